//! EL-001, EL-006 to EL-008, EL-047 to EL-051: the identity number.

use crate::{Mottakerregler, Regelsett, regler::brudd};
use elevliste::{Avvik, Listenokkel};
use identitet::{Art, Dom, Formatfeil, Grunn, Grunnlag, Klassifisering, Politikk, Serie, Ugyldig, klassifiser};
use kodeverk::{Fylkesnummer, fylkets_numre};

/// The rules that a number, or its absence, may break so that the pupil cannot be sent.
pub(crate) const HINDRER: [&str; 6] = ["EL-001", "EL-007", "EL-047", "EL-048", "EL-049", "EL-050"];

/// Everything that is wrong with a number on this list.
pub(super) fn avvik(nummer: Option<&str>, regelsett: &Regelsett, liste: &Listenokkel) -> Vec<Avvik> {
    let Some(nummer) = nummer else { return vec![brudd("EL-007", None)] };
    let klassifisert = klassifiser(nummer);
    let mut avvik = Vec::from_iter(dom(nummer, regelsett.politikk, &regelsett.mottaker));
    if avvik.iter().any(|a| HINDRER.contains(&a.regel.as_str())) {
        return avvik;
    }
    if klassifisert.art() == Art::VigoFiktiv && er_et_annet_fylkes(nummer, liste.fylke) {
        avvik.push(brudd("EL-051", Some(&nummer[9..])));
    }
    let ventet = i32::from(regelsett.trinn.vanlig_fodselsaar(liste.skolear.startar()));
    if klassifisert.fodselsaar().is_some_and(|ar| ar != ventet) {
        avvik.push(brudd("EL-006", Some(&ventet.to_string())));
    }
    avvik
}

/// Whether the receiver takes a number: nothing, a warning, or what stands in the way.
pub(crate) fn dom(nummer: &str, politikk: Politikk, mottaker: &Mottakerregler) -> Option<Avvik> {
    let klassifisert = klassifiser(nummer);
    Some(match politikk.vurder(&klassifisert) {
        Dom::Avvis(grunn) => brudd(avvist(nummer, &klassifisert, grunn), Some(&kode(grunn))),
        Dom::Advar(grunn @ Grunn::Fiktivt) => brudd(mottaker.fiktivt, Some(grunn.kode())),
        Dom::Advar(grunn) => brudd("EL-008", Some(grunn.kode())),
        Dom::Godta if ser_fiktivt_ut(nummer, &klassifisert) => brudd("EL-008", Some(Grunn::LignerFiktivt.kode())),
        Dom::Godta => return None,
    })
}

/// The rule that tells the way out best.
fn avvist(nummer: &str, klassifisert: &Klassifisering, grunn: Grunn) -> &'static str {
    match grunn {
        Grunn::Ugyldig(Ugyldig::Format(Formatfeil::Lengde)) if nummer.len() == DUF => "EL-047",
        Grunn::Ugyldig(Ugyldig::Format(Formatfeil::Tegn)) if nummer.chars().any(char::is_alphabetic) => "EL-049",
        Grunn::Helse | Grunn::NavIntern => "EL-048",
        Grunn::Syntetisk if !matches!(klassifisert.art(), Art::Dato(_, Serie::Tenor)) => "EL-048",
        _ => "EL-001",
    }
}

/// The digits of a DUF number, which the immigration authorities give. Of a format with digits only, so bytes are digits.
const DUF: usize = 12;

/// A synthetic D-number of the series that receivers take for fictitious. Of real ones the policy says so itself.
fn ser_fiktivt_ut(nummer: &str, klassifisert: &Klassifisering) -> bool {
    klassifisert.art() == Art::Dato(Grunnlag::Dnr, Serie::Tenor) && nummer.as_bytes()[6] == b'9'
}

/// A fictitious number ends in the number of the county whose office made it.
fn er_et_annet_fylkes(nummer: &str, fylke: Fylkesnummer) -> bool {
    fylkets_numre(fylke).is_some_and(|numre| !numre.contains(&&nummer[9..]))
}

/// The reason's code; for a number of the wrong form also what is wrong with the form: `ID-FORMAT/ten_digits`.
fn kode(grunn: Grunn) -> String {
    match grunn {
        Grunn::Ugyldig(Ugyldig::Format(feil)) => format!("{}/{}", grunn.kode(), feil.as_str()),
        _ => grunn.kode().to_owned(),
    }
}

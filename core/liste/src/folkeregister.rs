//! What Folkeregisteret says of a pupil on a list, and whom it is asked about.

use crate::{regler::brudd, tilstand::Person, utvalg::Utvalg};
use elevliste::{Avvik, Elevliste};
use fint::tillegg::Registermerknad;
use identitet::{Art, Serie, Skjermet, klassifiser};
use uuid::Uuid;

/// The numbers of a list that Folkeregisteret may know: whom it is to be asked about.
///
/// Protected pupils have no line and are not among them; whoever keeps asking about a number that has been asked about
/// hears when the protection ends. [`Listebygger::registernumre`](crate::Listebygger::registernumre) has them too.
pub fn registernumre(liste: &Elevliste) -> impl Iterator<Item = &Skjermet<String>> {
    let numre = liste.linjer.iter().filter_map(|linje| linje.identitetsnummer.as_ref());
    numre.filter(|nummer| kan_sta_i_registeret(nummer.vis()))
}

/// Whether a number is of a kind that Folkeregisteret, or Skatteetaten's test register, gives out.
pub fn kan_sta_i_registeret(nummer: &str) -> bool {
    matches!(klassifiser(nummer).art(), Art::Dato(_, Serie::Ekte | Serie::Tenor))
}

/// EL-011 to EL-017.
pub(crate) fn avvik(utvalg: Utvalg<'_>, person: Option<&Person>, elevforhold: Uuid) -> Vec<Avvik> {
    let nummer = person.and_then(|p| p.nummer.as_ref()).map(|nummer| klassifiser(nummer.vis()));
    let tatt = nummer.filter(|nummer| utvalg.regelsett.politikk.vurder(nummer).er_godtatt());
    let registerets = tatt.filter(|nummer| matches!(nummer.art(), Art::Dato(_, Serie::Ekte | Serie::Tenor)));
    let tillegg = utvalg.tilstand.tillegg.get(&elevforhold);
    match tillegg.and_then(|tillegg| tillegg.register.vis().as_ref()) {
        None if utvalg.regelsett.krever_register && registerets.is_some() => vec![brudd("EL-017", None)],
        None => Vec::new(),
        Some(merknader) => {
            // A fictitious number is never in the register, and one that only looks like a D-number may be one.
            let skal_finnes = registerets.is_some_and(|nummer| !nummer.ligner_fiktivt());
            let gjelder = |merknad: &&Registermerknad| **merknad != Registermerknad::UkjentNummer || skal_finnes;
            merknader.iter().filter(gjelder).map(|merknad| brudd(regelen(*merknad), None)).collect()
        }
    }
}

const fn regelen(merknad: Registermerknad) -> &'static str {
    match merknad {
        Registermerknad::GammeltNummer => "EL-011",
        Registermerknad::UkjentNummer => "EL-012",
        Registermerknad::UtenNummer => "EL-013",
        Registermerknad::DodEllerForsvunnet => "EL-014",
        Registermerknad::Utflyttet => "EL-015",
        Registermerknad::AnnetNavn => "EL-016",
    }
}

//! One attempt as it is shown, and the shape of what was read or sent: paths, kinds and counts, never values.

use super::ord::{self, Tilstand};
use crate::sprak::Sprak;
use jiff::Timestamp;
use runtime::Snapshotresultat;
use runtime::drift::{Felttall, Form, Kildeforsok, Mottakerforsok};

/// An attempt.
pub(super) struct Forsok {
    /// Names it on the page.
    pub(super) id: String,
    pub(super) nar: String,
    pub(super) varighet: String,
    pub(super) slag: &'static str,
    pub(super) tilstand: Tilstand,
    /// A stable code: technical information.
    pub(super) kode: String,
    /// «10 ganger, sist kl. 10.42», where several came to the same.
    pub(super) ganger: Option<String>,
    /// The list that it was about.
    pub(super) liste: Option<String>,
    /// How much it was, in words.
    pub(super) tall: Vec<String>,
    /// Tolerances, or a receiver's remarks: code and count.
    pub(super) funn: Vec<(String, u64)>,
    /// What could not be read: code, field and count.
    pub(super) avvist: Vec<(String, String, u64)>,
    pub(super) form: Vec<Typeform>,
}

/// The fields of one type.
pub(super) struct Typeform {
    pub(super) typ: String,
    pub(super) felter: Vec<Felt>,
}

/// One field.
pub(super) struct Felt {
    pub(super) sti: String,
    /// Keys of what kinds of thing stood in it.
    pub(super) slag: Vec<&'static str>,
    pub(super) med: u64,
    pub(super) uten: u64,
}

/// A reading in one line, for those who have the source and do not run it.
pub(in crate::sider) struct Lesning {
    pub(in crate::sider) nar: String,
    pub(in crate::sider) slag: &'static str,
    pub(in crate::sider) tilstand: Tilstand,
    pub(in crate::sider) tall: String,
}

/// The last readings of a source, the newest first.
pub(in crate::sider) fn lesninger(s: Sprak, forsok: &[Kildeforsok], na: Timestamp) -> Vec<Lesning> {
    let lesning = |forsok: &Kildeforsok| Lesning {
        nar: s.nar(forsok.sist, na).to_string(),
        slag: ord::kildeslag(forsok.slag),
        tilstand: ord::lesning(forsok.tilstand),
        tall: resultat(s, forsok.rader, &forsok.resultat).join(", "),
    };
    forsok.iter().map(lesning).collect()
}

impl Forsok {
    pub(super) fn av_kilde(s: Sprak, forsok: &Kildeforsok, na: Timestamp) -> Self {
        let ganger = (forsok.ganger > 1)
            .then(|| s.t("drift-ganger").n("antall", forsok.ganger).s("nar", s.nar(forsok.sist, na)).to_string());
        let avvist = forsok.avvist.iter().map(|a| (a.kode.clone(), a.felt.clone(), a.antall));
        Self {
            id: format!("f{}", forsok.start.as_millisecond()),
            nar: s.nar(forsok.start, na).to_string(),
            varighet: ord::varighet(s, forsok.varighet_ms).to_string(),
            slag: ord::kildeslag(forsok.slag),
            tilstand: ord::lesning(forsok.tilstand),
            kode: forsok.kode.clone(),
            ganger,
            liste: None,
            tall: resultat(s, forsok.rader, &forsok.resultat),
            funn: forsok.funn.iter().map(|(kode, n)| (kode.clone(), *n)).collect(),
            avvist: avvist.collect(),
            form: former(&forsok.form),
        }
    }

    pub(super) fn av_mottaker(s: Sprak, forsok: &Mottakerforsok, skole: Option<&String>, na: Timestamp) -> Self {
        let liste = forsok.liste.to_string();
        Self {
            id: format!("f{}-{}", forsok.start.as_millisecond(), liste.replace('.', "-")),
            nar: s.nar(forsok.start, na).to_string(),
            varighet: ord::varighet(s, forsok.varighet_ms).to_string(),
            slag: ord::mottakerslag(forsok.slag),
            tilstand: ord::utfall(&forsok.utfall),
            kode: [Some(forsok.utfall.as_str()), forsok.http.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            ganger: None,
            liste: Some(skole.cloned().unwrap_or(liste)),
            tall: vec![s.t("drift-tall-linjer").n("antall", forsok.linjer).to_string()],
            funn: forsok.merknader.iter().map(|(kode, n)| (kode.clone(), *n)).collect(),
            avvist: vec![],
            form: former(&forsok.form),
        }
    }

    /// Whether there is more to see than the line itself.
    pub(super) fn har_mer(&self) -> bool {
        !(self.funn.is_empty() && self.avvist.is_empty() && self.form.is_empty())
    }
}

/// What a reading brought. What there is nothing of is not named.
fn resultat(s: Sprak, rader: u64, r: &Snapshotresultat) -> Vec<String> {
    let deler = [
        (rader, "drift-tall-rader"),
        (r.nye, "drift-tall-nye"),
        (r.endret, "drift-tall-endret"),
        (r.flyttet, "drift-tall-flyttet"),
        (r.fjernet + r.forsvunnet, "drift-tall-borte"),
        (r.savnet, "drift-tall-savnet"),
        (r.avvist, "drift-tall-avvist"),
    ];
    let deler: Vec<String> =
        deler.iter().filter(|(n, _)| *n > 0).map(|(n, navn)| s.t(navn).n("antall", *n).to_string()).collect();
    if deler.is_empty() { vec![s.t("drift-tall-ingen").to_string()] } else { deler }
}

fn former(form: &Form) -> Vec<Typeform> {
    form.iter()
        .map(|(typ, felter)| {
            // A field that an object lacks is not in its json: the field that all have tells how many objects there were.
            let alle =
                felter.iter().filter(|(sti, _)| ytterst(sti)).map(|(_, tall)| tall.til_stede() + tall.null).max();
            let alle = alle.unwrap_or_default();
            let felt = |(sti, tall): (&String, &Felttall)| Felt {
                sti: sti.clone(),
                slag: slag(*tall),
                med: tall.til_stede(),
                uten: if ytterst(sti) { alle - tall.til_stede() } else { tall.null },
            };
            Typeform { typ: typ.clone(), felter: felter.iter().map(felt).collect() }
        })
        .collect()
}

fn ytterst(sti: &str) -> bool {
    !sti.contains(['.', '['])
}

fn slag(tall: Felttall) -> Vec<&'static str> {
    let alle = [
        (tall.tekst, "drift-form-tekst"),
        (tall.tall, "drift-form-tall"),
        (tall.bool, "drift-form-bool"),
        (tall.liste, "drift-form-liste"),
        (tall.objekt, "drift-form-objekt"),
    ];
    alle.into_iter().filter(|(antall, _)| *antall > 0).map(|(_, navn)| navn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_some_lack_is_counted_as_lacking() {
        let tekst = |tekst, null| Felttall { tekst, null, ..Felttall::default() };
        let felter = [
            ("sourcedId".to_owned(), tekst(14, 0)),
            ("identifier".to_owned(), tekst(9, 2)),
            ("roles".to_owned(), Felttall { liste: 14, ..Felttall::default() }),
            ("roles[].org".to_owned(), tekst(20, 1)),
        ];
        let form = Form::from([("user".to_owned(), felter.into())]);
        let vist = former(&form);
        let sett: Vec<_> = vist[0].felter.iter().map(|f| (f.sti.as_str(), f.med, f.uten)).collect();
        let ventet = [("identifier", 9, 5), ("roles", 14, 0), ("roles[].org", 20, 1), ("sourcedId", 14, 0)];
        assert_eq!(sett, ventet);
        assert_eq!(vist[0].felter[1].slag, ["drift-form-liste"]);
    }

    #[test]
    fn a_reading_that_brought_nothing_says_so() {
        let ingen = resultat(Sprak::Bokmal, 0, &Snapshotresultat::default());
        assert_eq!(ingen.len(), 1);
        let noe = resultat(Sprak::Bokmal, 120, &Snapshotresultat { nye: 1, ..Snapshotresultat::default() });
        assert_eq!(noe, ["120 rader", "1 ny"]);
    }
}

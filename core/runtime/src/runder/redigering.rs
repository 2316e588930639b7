//! What the county says and asks for in a round, changed by its people. Pure: the moment is handed in.

use super::Endringsfeil;
use elevliste::{Godkjenning, Innsamling, Kontakt};
use jiff::Timestamp;
use liste::holder_nummer;

/// The longest letter of instruction.
const INSTRUKS: usize = 10_000;
/// Reminders of one round at most, and the earliest one.
const PAMINNELSER: usize = 10;
const TIDLIGST: u32 = 120;

/// A change of what a round says. What is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runderedigering {
    /// What the county asks of the schools.
    pub instruks: Option<Option<String>>,
    /// Whom to ask.
    pub kontakt: Option<Option<Kontakt>>,
    /// Days before the last day on which schools are reminded.
    pub paminnelser: Option<Vec<u32>>,
    /// VIGO's numbers of the schools that are in; empty: all that have a list.
    pub skoler: Option<Vec<String>>,
    /// Who approves; and for the policy the hours that a list must have been still.
    pub godkjenning: Option<(Godkjenning, u32)>,
}

impl Runderedigering {
    /// The round after the change at `na`. One that is over is not edited: what it said is what was delivered by.
    pub fn bruk(self, runde: &Innsamling, na: Timestamp) -> Result<Innsamling, Endringsfeil> {
        if runde.stenger <= na {
            return Err(Endringsfeil::Over);
        }
        let mut ny = runde.clone();
        if let Some(instruks) = self.instruks {
            ny.instruks = instruks;
        }
        if let Some(kontakt) = self.kontakt {
            ny.kontakt = kontakt;
        }
        if let Some(paminnelser) = self.paminnelser {
            ny.paminnelser = paminnelser;
        }
        if let Some(skoler) = self.skoler {
            ny.skoler = skoler;
        }
        if let Some((godkjenning, timer)) = self.godkjenning {
            (ny.godkjenning, ny.stille_timer) = (godkjenning, timer);
        }
        let ny = ryddet(ny)?;
        if ny == *runde { Err(Endringsfeil::Uendret) } else { Ok(ny) }
    }

    /// A round that is to be.
    pub(crate) fn sjekk_ny(runde: Innsamling, na: Timestamp) -> Result<Innsamling, Endringsfeil> {
        if runde.stenger <= runde.apner {
            return Err(Endringsfeil::Rekkefolge);
        }
        if runde.stenger <= na {
            return Err(Endringsfeil::Fortid);
        }
        ryddet(runde)
    }
}

/// The round as it is kept: nothing empty, nothing twice.
fn ryddet(mut runde: Innsamling) -> Result<Innsamling, Endringsfeil> {
    runde.instruks = runde.instruks.and_then(tekst);
    if runde.instruks.as_ref().is_some_and(|i| i.chars().count() > INSTRUKS || holder_nummer(i)) {
        return Err(Endringsfeil::Instruks);
    }
    if let Some(kontakt) = runde.kontakt.take() {
        let kontakt = Kontakt {
            navn: kontakt.navn.trim().to_owned(),
            epost: kontakt.epost.and_then(tekst),
            telefon: kontakt.telefon.and_then(tekst),
        };
        let epost = kontakt.epost.as_ref().is_none_or(|e| e.contains('@') && !e.contains(char::is_whitespace));
        let deler = [Some(&kontakt.navn), kontakt.epost.as_ref(), kontakt.telefon.as_ref()];
        let lange = deler.into_iter().flatten().any(|del| del.chars().count() > 200 || del.contains(char::is_control));
        if kontakt.navn.is_empty() || lange || !epost {
            return Err(Endringsfeil::Kontakt);
        }
        runde.kontakt = Some(kontakt);
    }
    runde.paminnelser.sort_unstable_by(|a, b| b.cmp(a));
    runde.paminnelser.dedup();
    if runde.paminnelser.len() > PAMINNELSER || runde.paminnelser.first().is_some_and(|forste| *forste > TIDLIGST) {
        return Err(Endringsfeil::Paminnelser);
    }
    let skoler = std::mem::take(&mut runde.skoler).into_iter().map(|skole| skole.trim().to_owned());
    runde.skoler = skoler.filter(|skole| !skole.is_empty()).collect();
    runde.skoler.sort();
    runde.skoler.dedup();
    let er_nummer = |skole: &String| skole.len() == 5 && skole.bytes().all(|b| b.is_ascii_digit());
    if !runde.skoler.iter().all(er_nummer) {
        return Err(Endringsfeil::Skoler);
    }
    Ok(runde)
}

fn tekst(tekst: String) -> Option<String> {
    let kort = tekst.trim();
    (!kort.is_empty()).then(|| kort.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(tekst: &str) -> Timestamp {
        tekst.parse().unwrap()
    }

    fn runde() -> Innsamling {
        let vindu = (t("2026-11-01T00:00:00+01"), t("2026-11-14T00:00:00+01"));
        Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole)
    }

    fn kontakt(navn: &str, epost: &str) -> Option<Option<Kontakt>> {
        Some(Some(Kontakt { navn: navn.into(), epost: Some(epost.into()), telefon: None }))
    }

    #[test]
    fn what_is_said_is_changed_tidied_and_what_cannot_be_is_refused() {
        let na = t("2026-11-05T12:00:00Z");
        let god = Runderedigering {
            instruks: Some(Some("  Kjære skole ".into())),
            kontakt: kontakt(" Inntakskontoret ", " inntak@fylke.example "),
            paminnelser: Some(vec![0, 7, 7, 14]),
            skoler: Some(vec![" 46505".into(), "46503".into(), "46503".into(), String::new()]),
            godkjenning: Some((Godkjenning::Automatisk, 24)),
        };
        let ny = god.clone().bruk(&runde(), na).unwrap();
        let sagt = (ny.instruks.as_deref(), &ny.paminnelser[..], ny.skoler.join(" "), ny.stille_timer);
        assert_eq!(sagt, (Some("Kjære skole"), &[14, 7, 0][..], "46503 46505".to_owned(), 24));
        assert_eq!((ny.apner, ny.stenger), (runde().apner, runde().stenger));
        assert_eq!(god.bruk(&ny, na), Err(Endringsfeil::Uendret));
        let r = Runderedigering::default;
        for (redigering, feil) in [
            (r(), Endringsfeil::Uendret),
            (Runderedigering { instruks: Some(Some("gjelder 05820998865".into())), ..r() }, Endringsfeil::Instruks),
            (Runderedigering { instruks: Some(Some("x".repeat(10_001))), ..r() }, Endringsfeil::Instruks),
            (Runderedigering { kontakt: kontakt("", "a@b.example"), ..r() }, Endringsfeil::Kontakt),
            (Runderedigering { kontakt: kontakt("Inntak", "a b"), ..r() }, Endringsfeil::Kontakt),
            (Runderedigering { paminnelser: Some(vec![121]), ..r() }, Endringsfeil::Paminnelser),
            (Runderedigering { paminnelser: Some((0..11).collect()), ..r() }, Endringsfeil::Paminnelser),
            (Runderedigering { skoler: Some(vec!["Voss".into()]), ..r() }, Endringsfeil::Skoler),
        ] {
            assert_eq!(redigering.clone().bruk(&runde(), na), Err(feil), "{redigering:?}");
        }
        let etter = Runderedigering { paminnelser: Some(vec![]), ..r() };
        assert_eq!(etter.bruk(&runde(), t("2026-12-01T00:00:00Z")), Err(Endringsfeil::Over));
    }
}

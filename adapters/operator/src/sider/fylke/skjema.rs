//! What a round says, as fields of a form, and read from them. Pure.

use super::tid::{self, Ende};
use crate::sprak::Sprak;
use elevliste::{Godkjenning, Innsamling, Kontakt};
use jiff::ToSpan as _;
use runtime::Runderedigering;
use serde::Deserialize;

/// The fields, as they were entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) instruks: String,
    pub(super) kontakt_navn: String,
    pub(super) kontakt_epost: String,
    pub(super) kontakt_telefon: String,
    pub(super) paminnelser: String,
    pub(super) skoler: String,
    pub(super) godkjenning: String,
    pub(super) timer: String,
    /// Only of a round that is to be.
    pub(super) apner: String,
    pub(super) frist: String,
    pub(super) grunn: String,
    pub(super) sekvens: Option<u64>,
}

/// Who may approve: what stands in the form, and the key of the name.
pub(super) const GODKJENNERE: [(Godkjenning, &str, &str); 3] = [
    (Godkjenning::Skole, "skole", "fylke-godkjenning-skole"),
    (Godkjenning::Kommune, "kommune", "fylke-godkjenning-kommune"),
    (Godkjenning::Automatisk, "automatisk", "fylke-godkjenning-automatisk-valg"),
];

impl Felter {
    /// What a round says now.
    pub(super) fn av(runde: &Innsamling) -> Self {
        let kontakt = runde.kontakt.clone().unwrap_or_default();
        let godkjenning = GODKJENNERE.iter().find(|(hvem, ..)| *hvem == runde.godkjenning);
        let dager: Vec<String> = runde.paminnelser.iter().map(ToString::to_string).collect();
        Self {
            instruks: runde.instruks.clone().unwrap_or_default(),
            kontakt_navn: kontakt.navn,
            kontakt_epost: kontakt.epost.unwrap_or_default(),
            kontakt_telefon: kontakt.telefon.unwrap_or_default(),
            paminnelser: dager.join(", "),
            skoler: runde.skoler.join(" "),
            godkjenning: godkjenning.map(|(_, verdi, _)| (*verdi).to_owned()).unwrap_or_default(),
            timer: runde.stille_timer.to_string(),
            apner: tid::skriv(runde.apner, Ende::Fra),
            frist: tid::skriv(runde.stenger, Ende::Til),
            ..Self::default()
        }
    }

    /// What is to be changed; or what cannot be read, in words.
    pub(super) fn redigering(&self, s: Sprak) -> Result<Runderedigering, String> {
        let tekst = |felt: &str| Some(felt.trim().to_owned()).filter(|felt| !felt.is_empty());
        let kontakt = Kontakt {
            navn: self.kontakt_navn.clone(),
            epost: tekst(&self.kontakt_epost),
            telefon: tekst(&self.kontakt_telefon),
        };
        let ingen =
            [&self.kontakt_navn, &self.kontakt_epost, &self.kontakt_telefon].iter().all(|f| f.trim().is_empty());
        let tall = |ord: &str| ord.parse::<u32>();
        let dager: Result<Vec<u32>, _> = ord(&self.paminnelser).map(tall).collect();
        let dager = dager.map_err(|_| s.t("fylke-paminnelser-ugyldig").to_string())?;
        let hvem = GODKJENNERE.iter().find(|(_, verdi, _)| *verdi == self.godkjenning);
        let (hvem, ..) = hvem.ok_or_else(|| s.t("fylke-godkjenning-ugyldig").to_string())?;
        // Hours mean something for the policy only: elsewhere what stands in the field is not in the way.
        let timer = match (hvem, self.timer.trim()) {
            (Godkjenning::Automatisk, timer) => {
                let timer = timer.parse().ok().filter(|timer| *timer <= 24 * 30);
                timer.ok_or_else(|| s.t("fylke-timer-ugyldig").to_string())?
            }
            (_, timer) => timer.parse().unwrap_or_default(),
        };
        Ok(Runderedigering {
            // Browsers send lines as the web does.
            instruks: Some(tekst(&self.instruks.replace("\r\n", "\n"))),
            kontakt: Some((!ingen).then_some(kontakt)),
            paminnelser: Some(dager),
            skoler: Some(ord(&self.skoler).map(str::to_owned).collect()),
            godkjenning: Some((*hvem, timer)),
        })
    }
}

fn ord(felt: &str) -> impl Iterator<Item = &str> {
    felt.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|ord| !ord.is_empty())
}

/// Next year's round, made from this one: it opens on the same date, and the deadline is the same day of the week.
pub(super) fn neste_ar(runde: &Innsamling) -> Option<Innsamling> {
    let om_et_ar = |tid: jiff::Timestamp, spenn| {
        let her = tid.to_zoned(elevliste::oslo());
        her.checked_add(spenn).ok().map(|tid| tid.timestamp())
    };
    Some(Innsamling {
        skolear: runde.skolear.neste()?,
        apner: om_et_ar(runde.apner, 1.year())?,
        stenger: om_et_ar(runde.stenger, 52.weeks())?,
        ..runde.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn runde() -> Innsamling {
        let tid = |t: &str| t.parse().unwrap();
        let vindu = (tid("2026-10-20T08:00:00+02"), tid("2026-11-14T00:00:00+01"));
        Innsamling {
            instruks: Some("Kjære skole.\nFristen er 13. november.".into()),
            kontakt: Some(Kontakt { navn: "Inntak".into(), epost: None, telefon: Some("55 00 00 00".into()) }),
            skoler: vec!["46503".into(), "46505".into()],
            ..Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Kommune)
        }
    }

    #[test]
    fn a_form_that_nobody_touched_changes_nothing() {
        let mut felter = Felter::av(&runde());
        felter.instruks = felter.instruks.replace('\n', "\r\n");
        let na: Timestamp = "2026-11-01T12:00:00Z".parse().unwrap();
        let uendret = felter.redigering(Sprak::Bokmal).unwrap().bruk(&runde(), na);
        assert_eq!(uendret, Err(runtime::Endringsfeil::Uendret));
        let tomt = Felter { kontakt_navn: String::new(), kontakt_telefon: " ".into(), ..felter };
        assert_eq!(tomt.redigering(Sprak::Bokmal).unwrap().bruk(&runde(), na).unwrap().kontakt, None);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let god = Felter::av(&runde());
        for (felter, ventet) in [
            (Felter { paminnelser: "14, sju".into(), ..god.clone() }, "Skriv påminnelsene som antall dager"),
            (Felter { godkjenning: "alle".into(), ..god.clone() }, "Velg hvem som godkjenner"),
            (Felter { godkjenning: "automatisk".into(), timer: "-1".into(), ..god.clone() }, "Skriv antall timer"),
        ] {
            let feil = felter.redigering(Sprak::Bokmal).unwrap_err();
            assert!(feil.starts_with(ventet), "{feil}");
        }
        let lest =
            Felter { paminnelser: "14,7; 2  0".into(), timer: "tull".into(), ..god }.redigering(Sprak::Bokmal).unwrap();
        assert_eq!((lest.paminnelser, lest.godkjenning), (Some(vec![14, 7, 2, 0]), Some((Godkjenning::Kommune, 0))));
    }

    #[test]
    fn next_year_opens_by_the_same_clock_and_closes_on_the_same_day_of_the_week() {
        let neste = neste_ar(&runde()).unwrap();
        assert_eq!(neste.skolear.to_string(), "2027-2028");
        let felter = Felter::av(&neste);
        assert_eq!((felter.apner.as_str(), felter.frist.as_str()), ("2027-10-20T08:00", "2027-11-12T23:59"));
    }
}

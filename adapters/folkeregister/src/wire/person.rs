//! The person: five properties out of many. The rest, every address among it, is skipped and never becomes a value.

use super::Avvisning;
use super::gjeldende::{Element, Valg, elementer, velg};
use crate::config::Modus;
use folkeregister::{
    Graderingsnivaa, Identifikatorstatus, Identifikatortype, Personidentifikator, Personnavn, Personstatus,
    Registerperson,
};
use identitet::{Art, Serie, Skjermet, klassifiser};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What is looked at of a person. Written again, it is what a refusal keeps: nothing that was not asked for.
#[derive(Deserialize, Serialize)]
pub(crate) struct Person<'a> {
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    identifikasjonsnummer: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    status: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    navn: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    foedsel: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    adressebeskyttelse: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Nummer {
    foedsels_eller_d_nummer: String,
    identifikatortype: Option<String>,
    status: Option<String>,
}

#[derive(Deserialize, PartialEq)]
struct Status {
    status: Option<String>,
}

#[derive(Deserialize, PartialEq)]
struct Navn {
    fornavn: Option<String>,
    mellomnavn: Option<String>,
    etternavn: Option<String>,
}

#[derive(Deserialize, PartialEq)]
struct Foedsel {
    foedselsdato: Option<String>,
}

#[derive(Deserialize)]
struct Beskyttelse {
    graderingsnivaa: Option<String>,
}

impl Person<'_> {
    /// Whether the person lists this number as its own.
    pub(crate) fn har(&self, nummer: &str) -> bool {
        numre(elementer(self.identifikasjonsnummer))
            .is_some_and(|numre| numre.iter().any(|n| n.foedsels_eller_d_nummer.vis() == nummer))
    }

    /// Reads the answer on `spurt`.
    ///
    /// What contradicts itself is left out and noted, since the rest must reach its reader all the same: a person with two
    /// names may be one whose address has just been protected. The protection itself is never left out.
    pub(crate) fn les(
        &self,
        spurt: &Skjermet<String>,
        modus: Modus,
        funn: &mut Vec<&'static str>,
    ) -> Result<Registerperson, Avvisning> {
        let avvis = |code, sti| Err(Avvisning { code, sti });
        let (identer, status) = (elementer::<Nummer>(self.identifikasjonsnummer), elementer::<Status>(self.status));
        let (navn, foedsel) = (elementer::<Navn>(self.navn), elementer::<Foedsel>(self.foedsel));
        let beskyttelse = elementer::<Beskyttelse>(self.adressebeskyttelse);
        // Everyone in the register has a status. An answer with neither is not the one we asked for, and its silence is
        // no proof that the person is unprotected.
        if status.is_empty() && beskyttelse.is_empty() {
            return avvis("missing-status", "status");
        }
        let syntetisk = har_syntetisk(&identer)
            || har_syntetisk(&status)
            || har_syntetisk(&navn)
            || har_syntetisk(&foedsel)
            || har_syntetisk(&beskyttelse);
        let numre = numre(identer).unwrap_or_else(|| {
            funn.push("unreadable-identifier");
            Vec::new()
        });
        let serier = || numre.iter().filter_map(|n| serie(n.foedsels_eller_d_nummer.vis()));
        match modus {
            Modus::Produksjon if syntetisk || serier().any(|s| s != Serie::Ekte) => {
                return avvis("synthetic-person", "identifikasjonsnummer");
            }
            Modus::Test if serier().any(|s| s == Serie::Ekte) => return avvis("real-person", "identifikasjonsnummer"),
            _ => {}
        }
        Ok(Registerperson {
            nummer: spurt.clone(),
            funnet: true,
            identifikasjonsnummer: numre,
            status: en(velg(status), "two-statuses", funn).map_or(Personstatus::Ukjent, |s| personstatus(&s)),
            navn: en(velg(navn), "two-names", funn).and_then(|navn| personnavn(navn, funn)),
            foedselsdato: en(velg(foedsel), "two-births", funn).and_then(|f| f.foedselsdato?.parse().ok()),
            graderingsnivaa: gradering(&beskyttelse, funn),
        })
    }
}

fn en<T>(valg: Valg<T>, motsigelse: &'static str, funn: &mut Vec<&'static str>) -> Option<T> {
    match valg {
        Valg::Ingen => None,
        Valg::En(verdi) => Some(verdi),
        Valg::Flere => {
            funn.push(motsigelse);
            None
        }
    }
}

fn har_syntetisk<T>(elementer: &[Element<T>]) -> bool {
    elementer.iter().any(|e| e.syntetisk)
}

/// Who made the number, where it is one that the register could have.
pub(crate) fn serie(nummer: &str) -> Option<Serie> {
    match klassifiser(nummer).art() {
        Art::Dato(_, serie) => Some(serie),
        Art::VigoFiktiv | Art::Fh | Art::Ugyldig(_) => None,
    }
}

/// All numbers, each once, as its element in force has it. A number that is only history is not in use whatever it says.
/// None: one of them cannot be read, and without it nobody can tell which number is the person's.
fn numre(elementer: Vec<Element<Nummer>>) -> Option<Vec<Personidentifikator>> {
    let mut numre: Vec<(Personidentifikator, Option<bool>)> = Vec::new();
    for element in elementer {
        let nummer = element.verdi?;
        let status = match (nummer.status.as_deref(), element.gjeldende) {
            (Some("iBruk"), Some(false)) => Identifikatorstatus::Annen,
            (Some("iBruk"), _) => Identifikatorstatus::IBruk,
            (Some("opphoert"), _) => Identifikatorstatus::Opphoert,
            _ => Identifikatorstatus::Annen,
        };
        let identifikatortype = match nummer.identifikatortype.as_deref() {
            Some("foedselsnummer") => Identifikatortype::Foedselsnummer,
            Some("dNummer") => Identifikatortype::DNummer,
            _ => Identifikatortype::Annen,
        };
        let ny = Personidentifikator {
            foedsels_eller_d_nummer: nummer.foedsels_eller_d_nummer.into(),
            identifikatortype,
            status,
        };
        let vekt = |gjeldende: Option<bool>| gjeldende.map_or(1, |gjeldende| if gjeldende { 2 } else { 0 });
        match numre.iter_mut().find(|(sett, _)| sett.foedsels_eller_d_nummer == ny.foedsels_eller_d_nummer) {
            None => numre.push((ny, element.gjeldende)),
            Some(sett) if vekt(element.gjeldende) > vekt(sett.1) => *sett = (ny, element.gjeldende),
            // Equally good and not the same: it is not known to be in use.
            Some((sett, gjeldende)) if *gjeldende == element.gjeldende && sett.status != status => {
                sett.status = Identifikatorstatus::Annen;
            }
            Some(_) => {}
        }
    }
    Some(numre.into_iter().map(|(nummer, _)| nummer).collect())
}

fn personstatus(status: &Status) -> Personstatus {
    match status.status.as_deref() {
        Some("bosatt") => Personstatus::Bosatt,
        Some("utflyttet") => Personstatus::Utflyttet,
        Some("forsvunnet") => Personstatus::Forsvunnet,
        Some("doed") => Personstatus::Doed,
        Some("opphoert") => Personstatus::Opphoert,
        Some("foedselsregistrert") => Personstatus::Foedselsregistrert,
        Some("midlertidig") => Personstatus::Midlertidig,
        Some("inaktiv") => Personstatus::Inaktiv,
        Some("ikkeBosatt") => Personstatus::IkkeBosatt,
        Some("aktiv") => Personstatus::Aktiv,
        _ => Personstatus::Ukjent,
    }
}

/// The name as the register has it. A newborn is called after the mother with `*PIKE` or `*GUTT` until it has a name.
fn personnavn(navn: Navn, funn: &mut Vec<&'static str>) -> Option<Personnavn> {
    let del = |del: Option<String>| del.filter(|tekst| !tekst.trim().is_empty());
    let (fornavn, mellomnavn, etternavn) = (del(navn.fornavn), del(navn.mellomnavn), del(navn.etternavn));
    let deler = || [&fornavn, &mellomnavn, &etternavn].into_iter().flatten();
    if deler().any(|del| del.contains('*')) {
        funn.push("newborn-name");
        return None;
    }
    deler().next()?;
    let skjermet = |del: Option<String>| del.map(Skjermet::new);
    Some(Personnavn { fornavn: skjermet(fornavn), mellomnavn: skjermet(mellomnavn), etternavn: skjermet(etternavn) })
}

/// The strictest level of all that is in force, or cannot be told not to be. What cannot be read is the strictest there is.
/// No level at all is what the register has for most people.
fn gradering(elementer: &[Element<Beskyttelse>], funn: &mut Vec<&'static str>) -> Graderingsnivaa {
    let mut strengest = Graderingsnivaa::Ugradert;
    for element in elementer.iter().filter(|e| e.gjeldende != Some(false)) {
        let nivaa = match element.verdi.as_ref().and_then(|b| b.graderingsnivaa.as_deref()) {
            Some("ugradert") => Graderingsnivaa::Ugradert,
            Some("klientadresse") => Graderingsnivaa::Klientadresse,
            Some("fortrolig") => Graderingsnivaa::Fortrolig,
            Some("strengtFortrolig") => Graderingsnivaa::StrengtFortrolig,
            _ => {
                funn.push("unreadable-protection");
                Graderingsnivaa::StrengtFortrolig
            }
        };
        strengest = strengest.max(nivaa);
    }
    strengest
}

#[cfg(test)]
mod tests;

//! The bulk answer, matched to what was asked by number and never by place: the order is promised only if asked for, and
//! promises break.

use super::feed::Sidefeil;
use super::person::Person;
use super::{Avvisning, ikke_json};
use crate::config::Modus;
use flow::Refused;
use folkeregister::Registerperson;
use identitet::Skjermet;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The collection, in refusals.
pub(crate) const SAMLING: &str = "personer";
/// How many numbers one look-up takes.
pub(crate) const FLEST: usize = 1_000;

/// What an answer says of one number.
#[derive(Debug)]
pub(crate) enum Utfall {
    /// The person.
    Person(Registerperson),
    /// The register does not know the number.
    Ukjent,
    /// The number is retired, and the answer does not say for whom: asked alone, the register gives the person.
    Utgaatt(Refused),
    /// The answer cannot be read as what it should be.
    Avvist(Refused),
}

#[derive(Deserialize)]
struct Svar<'a> {
    #[serde(borrow)]
    oppslag: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Oppslag<'a> {
    #[serde(rename = "foedselsEllerDNummer", borrow)]
    nummer: Option<&'a RawValue>,
    #[serde(borrow)]
    folkeregisterperson: Option<&'a RawValue>,
    #[serde(borrow)]
    feilmelding: Option<&'a RawValue>,
}

/// The body that asks about these numbers.
pub(crate) fn foresporsel(numre: &[&Skjermet<String>]) -> Vec<u8> {
    let numre: Vec<_> = numre.iter().map(|nummer| nummer.vis()).collect();
    json!({ "foedselsEllerDNummer": numre }).to_string().into_bytes()
}

/// Reads the answer on `spurt`, which names each number once: one outcome for each, in that order.
pub(crate) fn svar(
    kropp: &[u8],
    spurt: &[&Skjermet<String>],
    modus: Modus,
    funn: &mut Vec<&'static str>,
) -> Result<Vec<Utfall>, Sidefeil> {
    let svar: Svar<'_> = serde_json::from_slice(kropp).map_err(|_| Sidefeil(ikke_json(kropp)))?;
    if svar.oppslag.len() > 10 * FLEST {
        return Err(Sidefeil("more than ten thousand answers"));
    }
    let mut paa: HashMap<String, Vec<Oppslag<'_>>> = HashMap::new();
    for raw in svar.oppslag {
        match serde_json::from_str::<Oppslag<'_>>(raw.get()) {
            Ok(oppslag) => match oppslag.nummer.and_then(|raw| serde_json::from_str(raw.get()).ok()) {
                Some(nummer) => paa.entry(nummer).or_default().push(oppslag),
                None => funn.push("answer-without-number"),
            },
            Err(_) => funn.push("unreadable-answer"),
        }
    }
    let egne: Vec<_> = spurt.iter().map(|nummer| paa.remove(nummer.vis())).collect();
    // What is left was not asked about, as it stands. A look-up on an old number may come back under the new one.
    let resten: Vec<&Oppslag<'_>> = paa.values().flatten().collect();
    if !resten.is_empty() {
        funn.push("answer-not-asked-for");
    }
    Ok(spurt
        .iter()
        .zip(egne)
        .map(|(nummer, egne)| match egne {
            Some(egne) => ett_av(&egne.iter().collect::<Vec<_>>(), nummer, modus, funn),
            None => {
                let har = |o: &&&Oppslag<'_>| o.person().is_some_and(|person| person.har(nummer.vis()));
                ett_av(&resten.iter().filter(har).copied().collect::<Vec<_>>(), nummer, modus, funn)
            }
        })
        .collect())
}

/// Reads the answer of a look-up on one number.
pub(crate) fn enkelt(
    kropp: &[u8],
    spurt: &Skjermet<String>,
    modus: Modus,
    funn: &mut Vec<&'static str>,
) -> Result<Utfall, Sidefeil> {
    let person: Person<'_> = serde_json::from_slice(kropp).map_err(|_| Sidefeil(ikke_json(kropp)))?;
    Ok(lest(&person, spurt, modus, funn))
}

/// The same number answered twice must have the same answer.
fn ett_av(alle: &[&Oppslag<'_>], spurt: &Skjermet<String>, modus: Modus, funn: &mut Vec<&'static str>) -> Utfall {
    let Some((forste, resten)) = alle.split_first() else {
        return Utfall::Avvist(avvist(Avvisning { code: "missing-answer", sti: "oppslag" }, spurt, None));
    };
    let utfall = forste.les(spurt, modus, funn);
    let lik = |andre: &&Oppslag<'_>| match (&utfall, andre.les(spurt, modus, &mut Vec::new())) {
        (Utfall::Person(en), Utfall::Person(to)) => *en == to,
        (Utfall::Ukjent, Utfall::Ukjent) | (Utfall::Utgaatt(_), Utfall::Utgaatt(_)) => true,
        (Utfall::Avvist(en), Utfall::Avvist(to)) => en.code == to.code,
        _ => false,
    };
    if resten.iter().all(lik) {
        return utfall;
    }
    Utfall::Avvist(avvist(Avvisning { code: "contradicting-answers", sti: "oppslag" }, spurt, None))
}

impl<'a> Oppslag<'a> {
    fn person(&self) -> Option<Person<'a>> {
        serde_json::from_str(self.folkeregisterperson?.get()).ok()
    }

    fn les(&self, spurt: &Skjermet<String>, modus: Modus, funn: &mut Vec<&'static str>) -> Utfall {
        match (self.folkeregisterperson, self.feilmelding) {
            (Some(_), _) => match self.person() {
                Some(person) => lest(&person, spurt, modus, funn),
                None => {
                    let avvisning = Avvisning { code: "unreadable-person", sti: "oppslag.folkeregisterperson" };
                    Utfall::Avvist(avvist(avvisning, spurt, None))
                }
            },
            (None, Some(melding)) => {
                let avvisning = Avvisning { code: "register-message", sti: "oppslag.feilmelding" };
                let avvist = || avvist(avvisning, spurt, Some(("feilmelding", melding.get())));
                match Melding::av(melding) {
                    Melding::Ukjent => Utfall::Ukjent,
                    Melding::Utgaatt => Utfall::Utgaatt(avvist()),
                    Melding::Annen => Utfall::Avvist(avvist()),
                }
            }
            (None, None) => {
                let avvisning = Avvisning { code: "missing-person", sti: "oppslag.folkeregisterperson" };
                Utfall::Avvist(avvist(avvisning, spurt, None))
            }
        }
    }
}

fn lest(person: &Person<'_>, spurt: &Skjermet<String>, modus: Modus, funn: &mut Vec<&'static str>) -> Utfall {
    match person.les(spurt, modus, funn) {
        Ok(lest) => Utfall::Person(lest),
        Err(avvisning) => {
            let utdrag = serde_json::to_string(person).unwrap_or_default();
            Utfall::Avvist(avvist(avvisning, spurt, Some(("folkeregisterperson", &utdrag))))
        }
    }
}

/// A refusal keeps the number and, of the rest, only what was asked for: the answer itself could hold addresses.
pub(crate) fn avvist(avvisning: Avvisning, spurt: &Skjermet<String>, del: Option<(&str, &str)>) -> Refused {
    let nummer = json!(spurt.vis());
    let raw = match del {
        Some((navn, del)) if !del.is_empty() => format!("{{\"foedselsEllerDNummer\":{nummer},\"{navn}\":{del}}}"),
        _ => format!("{{\"foedselsEllerDNummer\":{nummer}}}"),
    };
    Refused { samling: SAMLING, code: avvisning.code, field: avvisning.sti.to_owned(), raw: raw.into_bytes() }
}

/// What the register's message says. Its texts are not published, so only plain words are believed.
#[derive(Debug, PartialEq, Eq)]
enum Melding {
    Ukjent,
    Utgaatt,
    Annen,
}

impl Melding {
    fn av(melding: &RawValue) -> Self {
        let tekst = melding.get().to_lowercase();
        let har = |ord: &[&str]| ord.iter().any(|ord| tekst.contains(ord));
        if har(&["utgått", "utgaatt", "opphørt", "opphoert", "lenger"]) {
            Self::Utgaatt
        } else if har(&["finnes ikke", "finst ikkje", "ikke funnet", "fant ikke", "ukjent", "not found"]) {
            Self::Ukjent
        } else {
            Self::Annen
        }
    }
}

#[cfg(test)]
mod tests;

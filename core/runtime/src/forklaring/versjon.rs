//! The versions of single objects in KILDE and FINT, read by subject: nothing else is read.

use crate::hovedbok::alt;
use crate::melding::hode;
use crate::trinn::Omgivelse;
use crate::{Stopp, strommer};
use bus::{Record, Start};
use hendelse::{
    Bibliotek, Emne, FINT, Fingeravtrykk, Fintklasse, Fintobjekt, Hode, KILDE, Kildeobjekt, SkjemaFeil, Spor,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;

/// One version of an object.
#[derive(Debug, Clone)]
pub(super) struct Versjon<T> {
    pub tid: Timestamp,
    /// `ny`, `endret`, `fjernet`, …: the end of the event's type.
    pub hva: String,
    /// The trace's id.
    pub spor: Option<String>,
    /// None where the version says that it is gone.
    pub verdi: Option<T>,
}

/// The versions of one object that are kept, the first one first.
#[derive(Debug, Clone)]
pub(super) struct Historie<T> {
    pub emne: Emne,
    pub versjoner: Vec<Versjon<T>>,
}

impl<T> Historie<T> {
    /// What it was at `ved`, if it was anything then.
    pub fn ved(&self, ved: Timestamp) -> Option<&T> {
        self.versjoner.iter().rfind(|v| v.tid <= ved)?.verdi.as_ref()
    }

    /// What it is or was last.
    pub fn sist(&self) -> Option<&T> {
        self.versjoner.iter().rev().find_map(|v| v.verdi.as_ref())
    }

    /// Every version that says something: that in force at `ved` first, then older ones, then newer ones.
    pub fn nermest(&self, ved: Timestamp) -> impl Iterator<Item = (&Versjon<T>, &T)> {
        let (da, senere): (Vec<_>, Vec<_>) = self.versjoner.iter().partition(|v| v.tid <= ved);
        da.into_iter().rev().chain(senere).filter_map(|v| Some((v, v.verdi.as_ref()?)))
    }

    pub fn kart<U>(self, f: impl Fn(T) -> Option<U>) -> Historie<U> {
        let versjon = |v: Versjon<T>| Versjon { tid: v.tid, hva: v.hva, spor: v.spor, verdi: v.verdi.and_then(&f) };
        Historie { emne: self.emne, versjoner: self.versjoner.into_iter().map(versjon).collect() }
    }
}

/// Reads objects, also those that a newer program wrote.
pub(super) struct Leser<'a> {
    om: &'a Omgivelse,
    bibliotek: Bibliotek,
}

impl<'a> Leser<'a> {
    pub fn ny(om: &'a Omgivelse) -> Self {
        Self { om, bibliotek: Bibliotek::default() }
    }

    pub async fn kilde(&mut self, emne: Emne) -> Result<Historie<Kildeobjekt>, Stopp> {
        let Emne::Kilde { typ, .. } = &emne else { return Ok(Historie { emne, versjoner: vec![] }) };
        let mut versjoner = Vec::new();
        for record in self.alle(KILDE, &emne).await? {
            versjoner.push(self.versjon(KILDE, &record, |b, f, data| b.les_kilde(typ, f, data)).await?);
        }
        Ok(Historie { emne, versjoner })
    }

    pub async fn fint(&mut self, emne: Emne) -> Result<Historie<Fintobjekt>, Stopp> {
        let Emne::Fint { klasse, .. } = emne else { return Ok(Historie { emne, versjoner: vec![] }) };
        let poster = self.alle(FINT, &emne).await?;
        let versjoner = self.fintversjoner(klasse, poster).await?;
        Ok(Historie { emne, versjoner })
    }

    /// Every version of one object: there are few, and one by one they come faster than a reader is opened.
    async fn alle(&self, stream: &str, emne: &Emne) -> Result<Vec<Record>, Stopp> {
        let (emne, mut ut) = (emne.to_string(), Vec::<Record>::new());
        while let Some(post) = self.om.bus.next(stream, &emne, ut.last().map_or(0, |post| post.sequence)).await? {
            ut.push(post);
        }
        Ok(ut)
    }

    /// The last version of every object that fits `filter`, with its subject.
    pub async fn fint_siste(&mut self, klasse: Fintklasse, filter: String) -> Result<Vec<Fintobjekt>, Stopp> {
        let poster = alt(self.om, FINT, filter, Start::LastPerSubject).await?;
        Ok(self.fintversjoner(klasse, poster).await?.into_iter().filter_map(|v| v.verdi).collect())
    }

    /// The subject of the first object of a source's type that is the one asked for.
    pub async fn finn_kilde(
        &mut self,
        (filter, typ): (String, &str),
        start: Start,
        er_den: impl Fn(&Kildeobjekt) -> bool + Send,
    ) -> Result<Option<Emne>, Stopp> {
        let mut reader = self.om.bus.read(KILDE, &[filter], start).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for record in reader.next(100, Duration::from_secs(10)).await? {
                igjen = record.pending;
                let versjon = self.versjon(KILDE, &record, |b, f, data| b.les_kilde(typ, f, data)).await?;
                if versjon.verdi.as_ref().is_some_and(&er_den) {
                    return Ok(record.subject.parse().ok());
                }
            }
        }
        Ok(None)
    }

    async fn fintversjoner(
        &mut self,
        klasse: Fintklasse,
        poster: Vec<Record>,
    ) -> Result<Vec<Versjon<Fintobjekt>>, Stopp> {
        let mut versjoner = Vec::new();
        for record in poster {
            versjoner.push(self.versjon(FINT, &record, |b, f, data| b.les_fint(klasse, f, data)).await?);
        }
        Ok(versjoner)
    }

    async fn versjon<T>(
        &mut self,
        stream: &'static str,
        record: &Record,
        les: impl Fn(&Bibliotek, Fingeravtrykk, &[u8]) -> Result<T, SkjemaFeil>,
    ) -> Result<Versjon<T>, Stopp> {
        let Hode { tid, typ, skjema, spor, .. } =
            hode(record).map_err(|feil| Stopp::Fremmed { stream, sekvens: record.sequence, feil })?;
        let hva = typ.rsplit('.').next().unwrap_or_default().to_owned();
        let verdi = loop {
            let Some(skjema) = skjema else { break None };
            match les(&self.bibliotek, skjema, &record.payload) {
                Err(SkjemaFeil::Ukjent(f)) if strommer::hent_skjema(&*self.om.bus, &mut self.bibliotek, f).await? => {}
                Err(SkjemaFeil::Ukjent(f)) => return Err(Stopp::UkjentSkjema(f)),
                lest => break Some(lest?),
            }
        };
        Ok(Versjon { tid, hva, spor: spor.as_ref().map(sporets_id), verdi })
    }
}

/// The trace's id: what one looks a trace up by.
pub(super) fn sporets_id(spor: &Spor) -> String {
    spor.as_str().split('-').nth(1).unwrap_or_default().to_owned()
}

/// The names of the fields in which two versions differ. No value leaves this function.
pub(super) fn ulike_felter<T: Serialize>(a: &T, b: &T) -> Vec<String> {
    let mut ut = Vec::new();
    if let (Ok(a), Ok(b)) = (serde_json::to_value(a), serde_json::to_value(b)) {
        ulike(&a, &b, "", &mut ut);
    }
    ut
}

fn ulike(a: &Value, b: &Value, foran: &str, ut: &mut Vec<String>) {
    let (Value::Object(a), Value::Object(b)) = (a, b) else { return };
    let felter: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    for felt in felter {
        match (a.get(felt), b.get(felt)) {
            (a, b) if a == b => {}
            // Of a person's name it matters which part it is; everything else is one thing.
            (Some(a @ Value::Object(_)), Some(b @ Value::Object(_))) if felt == "navn" => ulike(a, b, "navn.", ut),
            _ => ut.push(format!("{foran}{felt}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn differences_are_named_without_values() {
        let a = json!({"fodselsnummer": {"identifikatorverdi": "05911099839"}, "navn": {"fornavn": "Kari", "etternavn": "P"}, "x": 1});
        let b = json!({"fodselsnummer": {"identifikatorverdi": "17851099980"}, "navn": {"fornavn": "Kari", "etternavn": "N"}, "x": 1});
        assert_eq!(ulike_felter(&a, &b), ["fodselsnummer", "navn.etternavn"]);
        assert!(ulike_felter(&a, &a).is_empty());
    }
}

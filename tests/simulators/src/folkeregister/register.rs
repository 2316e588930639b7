//! Everybody: people, and whom each number finds.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::Value;

use super::person::{Person, navn};
use crate::generator::{Kommune, Nummerserie, kontrollsifre};

/// All people.
#[derive(Debug)]
pub(super) struct Register {
    personer: Vec<Person>,
    /// Old numbers too, and those of doubles.
    finner: HashMap<String, usize>,
    /// The double, its numbers, and the person it was merged into.
    dubletter: HashMap<String, (usize, usize)>,
    serie: Nummerserie,
}

impl Register {
    pub(super) fn ny(seed: u64) -> Self {
        let serie = Nummerserie::ny(seed.wrapping_add(0xF0_1C), 150_000);
        Self { personer: Vec::new(), finner: HashMap::new(), dubletter: HashMap::new(), serie }
    }

    /// The pupils whose numbers could be right. One person at two schools is one person here.
    pub(super) fn fyll(&mut self, kommune: &Kommune, na: &str) {
        for elev in &kommune.elever {
            let Some(nummer) = elev.nummer.as_deref().filter(|n| riktig(n) && !self.finner.contains_key(*n)) else {
                continue;
            };
            // A pupil without a given name at the school has one here.
            let fornavn = if elev.fornavn.is_empty() { "Uoppgitt" } else { &elev.fornavn };
            let navn = navn(fornavn, elev.mellomnavn.as_deref(), &elev.etternavn);
            self.legg_til(nummer, &navn, elev.fodselsdato, na);
        }
    }

    pub(super) fn legg_til(&mut self, nummer: &str, navn: &Value, fodt: Date, na: &str) {
        let nr = self.personer.len();
        self.personer.push(Person::ny(nr, nummer, navn, fodt, na));
        self.finner.insert(nummer.to_owned(), nr);
    }

    pub(super) fn finn(&self, nummer: &str) -> Option<&Person> {
        self.personer.get(*self.finner.get(nummer)?)
    }

    pub(super) fn finn_mut(&mut self, nummer: &str) -> Option<&mut Person> {
        self.personer.get_mut(*self.finner.get(nummer)?)
    }

    pub(super) fn numre(&self) -> Vec<String> {
        self.finner.keys().cloned().collect()
    }

    /// The numbers in use of the first so many people.
    pub(super) fn de_forste(&self, antall: usize) -> Vec<String> {
        self.personer.iter().filter_map(Person::gjeldende).take(antall).map(str::to_owned).collect()
    }

    /// A number that nobody has.
    pub(super) fn ledig_nummer(&mut self, fodselsaar: i16) -> String {
        loop {
            let nummer = self.serie.fodselsnummer(fodselsaar);
            if !self.finner.contains_key(&nummer) {
                return nummer;
            }
        }
    }

    /// The person with `gammelt` has the number `nytt` from now on; both find the person.
    pub(super) fn nytt_nummer(&mut self, gammelt: &str, nytt: &str, na: &str) -> Option<()> {
        let nr = *self.finner.get(gammelt)?;
        self.personer[nr].nytt_nummer(nytt, na);
        self.finner.insert(nytt.to_owned(), nr);
        Some(())
    }

    /// The double's numbers find the one that goes on.
    pub(super) fn slaa_sammen(&mut self, gjeldende: &str, dublett: &str) -> Option<()> {
        let (til, fra) = (*self.finner.get(gjeldende)?, *self.finner.get(dublett)?);
        if til == fra {
            return None;
        }
        let forsvinner = self.personer[fra].clone();
        self.personer[til].ta_over(&forsvinner);
        for nummer in forsvinner.numre() {
            self.finner.insert(nummer.clone(), til);
            self.dubletter.insert(nummer, (fra, til));
        }
        Some(())
    }

    /// Undoes a merge.
    pub(super) fn splitt(&mut self, dublett: &str) -> Option<String> {
        let (fra, til) = self.dubletter.remove(dublett)?;
        let numre = self.personer[fra].numre();
        self.personer[til].gi_fra_seg(&numre);
        for nummer in numre {
            self.dubletter.remove(&nummer);
            self.finner.insert(nummer, fra);
        }
        self.personer[til].gjeldende().map(str::to_owned)
    }
}

/// Whether the register can have given out the number.
fn riktig(nummer: &str) -> bool {
    let sifre = nummer.len() == 11 && nummer.bytes().all(|b| b.is_ascii_digit());
    sifre && kontrollsifre(&nummer[..9]).is_some_and(|(k1, k2)| nummer[9..] == format!("{k1}{k2}"))
}

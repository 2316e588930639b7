//! The difference between a file and a list, by line number and our id: neither names nor numbers.

use super::form::{Filelev, Navnerekkefolge};
use super::skriv::navn;
use elevliste::Elevlinje;
use serde::Serialize;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

/// The same pupil in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Par {
    /// Line of the file.
    pub linje: u32,
    /// Our id of the pupil.
    pub elev: Uuid,
}

/// What differs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sammenligning {
    /// Pupils in the file.
    pub i_fil: usize,
    /// Pupils that would be sent.
    pub i_liste: usize,
    /// Pupils that are the same in both.
    pub like: usize,
    /// Lines whose pupil is not on the list at all.
    pub kun_i_fil: Vec<u32>,
    /// Pupils in the file whom somebody has held back, or sent by hand, here.
    pub holdt: Vec<Par>,
    /// Pupils that would be sent and are not in the file.
    pub kun_i_liste: Vec<Uuid>,
    /// Pupils with another class.
    pub klasse: Vec<Par>,
    /// Pupils with another name.
    pub navn: Vec<Par>,
    /// How many names have the same words in another order. They count as the same.
    pub annen_rekkefolge: usize,
    /// Lines whose number stands on an earlier line too.
    pub dobbelt_i_fil: Vec<u32>,
    /// Pupils whose number stands earlier on the list too.
    pub dobbelt_i_liste: Vec<Uuid>,
}

/// Compares the pupils of a file with those who would be sent, and with those whom somebody has taken off the list.
///
/// The same pupil is the same identity number; one without a number is only where it is.
pub fn sammenlign(
    fil: &[Filelev],
    sendes: &[Elevlinje],
    holdt: &[Elevlinje],
    rekkefolge: Navnerekkefolge,
) -> Sammenligning {
    let mut ut = Sammenligning { i_fil: fil.len(), i_liste: sendes.len(), ..Sammenligning::default() };
    let mut i_fil: HashMap<&str, &Filelev> = HashMap::new();
    for elev in fil {
        let plass = i_fil.entry(elev.nummer.vis()).or_insert(elev);
        if plass.linje != elev.linje {
            ut.dobbelt_i_fil.push(elev.linje);
        }
    }
    let mut i_liste: HashMap<&str, Uuid> = HashMap::new();
    for linje in sendes {
        let Some(nummer) = nummer(linje) else {
            ut.kun_i_liste.push(linje.elev);
            continue;
        };
        if i_liste.insert(nummer, linje.elev).is_some() {
            ut.dobbelt_i_liste.push(linje.elev);
            continue;
        }
        let Some(elev) = i_fil.remove(nummer) else {
            ut.kun_i_liste.push(linje.elev);
            continue;
        };
        let par = Par { linje: elev.linje, elev: linje.elev };
        let samme_klasse = linje.klasse.as_deref().is_some_and(|klasse| ord(klasse) == ord(&elev.klasse));
        let samme_navn = match navnene(elev, linje, rekkefolge) {
            Navn::Like => true,
            Navn::AnnenRekkefolge => {
                ut.annen_rekkefolge += 1;
                true
            }
            Navn::Ulike => false,
        };
        if !samme_klasse {
            ut.klasse.push(par);
        }
        if !samme_navn {
            ut.navn.push(par);
        }
        ut.like += usize::from(samme_klasse && samme_navn);
    }
    for linje in holdt {
        if let Some(elev) = nummer(linje).and_then(|nummer| i_fil.remove(nummer)) {
            ut.holdt.push(Par { linje: elev.linje, elev: linje.elev });
        }
    }
    ut.kun_i_fil = i_fil.values().map(|elev| elev.linje).collect();
    ut.kun_i_fil.sort_unstable();
    ut.holdt.sort_unstable_by_key(|par| par.linje);
    ut
}

fn nummer(linje: &Elevlinje) -> Option<&str> {
    linje.identitetsnummer.as_ref().map(|nummer| nummer.vis().as_str()).filter(|nummer| !nummer.is_empty())
}

enum Navn {
    Like,
    AnnenRekkefolge,
    Ulike,
}

fn navnene(fil: &Filelev, linje: &Elevlinje, rekkefolge: Navnerekkefolge) -> Navn {
    let (mut der, mut her) = (ord(fil.navn.vis()), ord(navn(linje, rekkefolge).vis()));
    if der == her {
        return Navn::Like;
    }
    der.sort_unstable();
    her.sort_unstable();
    if der == her { Navn::AnnenRekkefolge } else { Navn::Ulike }
}

/// The words of a text, each letter in one form: a file has no say in how «å» is put together.
fn ord(tekst: &str) -> Vec<String> {
    tekst.split_whitespace().map(|ord| ord.nfc().collect()).collect()
}

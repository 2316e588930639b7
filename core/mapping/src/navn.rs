//! Names of two owners: the school system's and Folkeregisteret's.
//!
//! The register's name is the person's name, in capitals. The school's is kept where it is the same name written otherwise:
//! in other letters' case, without an accent or a hyphen, or with middle names in another field or order. The first given
//! name and the last family name must stand where they stand in the register.
//!
//! Where the names differ, the register's is written as names are written in Norway, by one plain rule: the first letter of
//! each part is a capital and the others are not, where parts are what spaces, hyphens and apostrophes part. It gives
//! «Anne-Kari O'Hara» and also «Von Der Lippe» and «Mcdonald», which the register's capitals cannot tell from others; a part
//! that the school system has too is written as it stands there.

use fint::Personnavn;
use identitet::Skjermet;
use oneroster::User;
use unicode_normalization::UnicodeNormalization;

/// The name as the school system has it.
pub(crate) fn skolens(user: &User) -> Personnavn {
    let del = |navn: &'_ Option<Skjermet<String>>| navn.as_ref().map(|n| n.vis().clone());
    let (fornavn, mellomnavn, etternavn) = (del(&user.given_name), del(&user.middle_name), del(&user.family_name));
    Personnavn::av(fornavn.as_deref(), mellomnavn.as_deref(), etternavn.as_deref())
}

/// Whether the register has a full name. What stands for a newborn child's, such as `*PIKE`, is none.
pub(crate) fn er_navn(navn: &folkeregister::Personnavn) -> bool {
    let [fornavn, mellomnavn, etternavn] = deler(navn);
    !fornavn.trim().is_empty()
        && !etternavn.trim().is_empty()
        && ![fornavn, mellomnavn, etternavn].concat().contains('*')
}

/// Whether the register has a full name, and it is another than the school's.
pub(crate) fn er_et_annet(registerets: Option<&folkeregister::Personnavn>, skolens: &Personnavn) -> bool {
    registerets.is_some_and(|registerets| {
        let [fornavn, mellomnavn, etternavn] = deler(registerets);
        er_navn(registerets) && brettet([fornavn, mellomnavn, etternavn]) != brettet(skolens_deler(skolens))
    })
}

/// The register's name, written as names are written.
pub(crate) fn skrevet(registerets: &folkeregister::Personnavn, skolens: &Personnavn) -> Personnavn {
    let kjente: Vec<&str> = skolens_deler(skolens).into_iter().flat_map(ord).collect();
    let [fornavn, mellomnavn, etternavn] = deler(registerets).map(|del| skriv(del, &kjente));
    Personnavn::av(Some(&fornavn), Some(mellomnavn.as_str()).filter(|m| !m.is_empty()), Some(&etternavn))
}

fn deler(navn: &folkeregister::Personnavn) -> [&str; 3] {
    [&navn.fornavn, &navn.mellomnavn, &navn.etternavn].map(|del| del.as_ref().map_or("", |d| d.vis().as_str()))
}

fn skolens_deler(navn: &Personnavn) -> [&str; 3] {
    [navn.fornavn.vis(), navn.mellomnavn.as_ref().map_or("", |m| m.vis()), navn.etternavn.vis()]
}

/// What makes two names the same: the first given name, the last family name, and all names in alphabetical order.
#[derive(PartialEq, Eq)]
struct Brettet {
    forste: Option<String>,
    siste: Option<String>,
    alle: Vec<String>,
}

fn brettet([fornavn, mellomnavn, etternavn]: [&str; 3]) -> Brettet {
    let alle = [fornavn, mellomnavn, etternavn].map(|del| ord(del).map(brett).collect::<Vec<_>>());
    let [fornavn, _, etternavn] = &alle;
    let (forste, siste) = (fornavn.first().cloned(), etternavn.last().cloned());
    let mut alle = alle.concat();
    alle.sort_unstable();
    Brettet { forste, siste, alle }
}

/// The parts between spaces and hyphens.
fn ord(tekst: &str) -> impl Iterator<Item = &str> {
    tekst.split(|c: char| c.is_whitespace() || er_bindestrek(c)).filter(|del| !del.is_empty())
}

const fn er_bindestrek(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}')
}

const fn er_apostrof(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{b4}' | '`')
}

/// A word without case and accents. Æ, ø and å are letters of their own, and ä and ö are how neighbours write two of them.
fn brett(ord: &str) -> String {
    let mut ut = String::with_capacity(ord.len());
    for c in ord.nfd().flat_map(char::to_lowercase) {
        match (c, ut.chars().next_back()) {
            ('\u{30a}', Some('a')) => bytt_siste(&mut ut, 'å'),
            ('\u{308}', Some('a')) => bytt_siste(&mut ut, 'æ'),
            ('\u{308}', Some('o')) => bytt_siste(&mut ut, 'ø'),
            ('\u{300}'..='\u{36f}', _) => {}
            ('đ' | 'ð', _) => ut.push('d'),
            ('ŋ', _) => ut.push('n'),
            ('ŧ', _) => ut.push('t'),
            ('ł', _) => ut.push('l'),
            (c, _) if er_apostrof(c) => ut.push('\''),
            (c, _) => ut.push(c),
        }
    }
    ut
}

fn bytt_siste(ut: &mut String, c: char) {
    ut.pop();
    ut.push(c);
}

/// A part of a name with capitals where parts begin, words that are known as they are known, and single spaces.
fn skriv(del: &str, kjente: &[&str]) -> String {
    let skriv_ord = |ord: &str| {
        let kjent = kjente.iter().find(|kjent| brett(kjent) == brett(ord));
        kjent.map_or_else(|| med_stor_forbokstav(ord), |kjent| (*kjent).to_owned())
    };
    let skriv_sammensatt = |ord: &str| ord.split(er_bindestrek).map(skriv_ord).collect::<Vec<_>>().join("-");
    del.split_whitespace().map(skriv_sammensatt).collect::<Vec<_>>().join(" ")
}

fn med_stor_forbokstav(ord: &str) -> String {
    let mut forst = true;
    let mut ut = String::with_capacity(ord.len());
    for c in ord.nfc() {
        if forst {
            ut.extend(c.to_uppercase());
        } else {
            ut.extend(c.to_lowercase());
        }
        forst = er_apostrof(c);
    }
    ut
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registerets(fornavn: &str, mellomnavn: &str, etternavn: &str) -> folkeregister::Personnavn {
        let del = |navn: &str| Some(navn.into()).filter(|_| !navn.is_empty());
        folkeregister::Personnavn { fornavn: del(fornavn), mellomnavn: del(mellomnavn), etternavn: del(etternavn) }
    }

    fn skolens(fornavn: &str, mellomnavn: &str, etternavn: &str) -> Personnavn {
        Personnavn::av(Some(fornavn), Some(mellomnavn).filter(|m| !m.is_empty()), Some(etternavn))
    }

    #[test]
    fn a_name_written_otherwise_is_the_same_name() {
        let like = [
            (registerets("KARI", "PRØVE", "EKSEMPEL"), skolens("Kari", "Prøve", "Eksempel")),
            (registerets("KARI PRØVE", "", "EKSEMPEL"), skolens("Kari", "Prøve", "Eksempel")),
            (registerets("KARI", "STI LUND", "EKSEMPEL"), skolens("Kari Lund", "", "Sti Eksempel")),
            (registerets("ANNE-KARI", "", "EKSEMPEL"), skolens("Anne Kari", "", "Eksempel ")),
            (registerets("RENÉ", "", "ÅSEN"), skolens("Rene", "", "A\u{30a}sen")),
            (registerets("GOLBMAČ", "", "ÖBERG"), skolens("Golbmac", "", "Øberg")),
            (registerets("SIDE", "", "O'HARA"), skolens("Side", "", "O’Hara")),
        ];
        for (registerets, skolens) in like {
            assert!(!er_et_annet(Some(&registerets), &skolens));
        }
        let ulike = [
            (registerets("KARI", "", "EKSEMPEL"), skolens("Eksempel", "", "Kari")),
            (registerets("KARI", "", "EKSEMPEL"), skolens("Kari", "Prøve", "Eksempel")),
            (registerets("KARI", "", "ASEN"), skolens("Kari", "", "Åsen")),
            (registerets("KARI", "", "EKSEMPEL"), skolens("", "", "")),
        ];
        for (registerets, skolens) in ulike {
            assert!(er_et_annet(Some(&registerets), &skolens));
        }
    }

    #[test]
    fn a_newborns_and_half_a_name_are_no_names() {
        for navn in [registerets("*PIKE", "", "EKSEMPEL"), registerets("KARI", "", ""), registerets("", "", "EKSEMPEL")]
        {
            assert!(!er_navn(&navn) && !er_et_annet(Some(&navn), &skolens("Ola", "", "Nordli")));
        }
        assert!(!er_et_annet(None, &skolens("Ola", "", "Nordli")));
    }

    #[test]
    fn capitals_stand_where_parts_begin_and_what_the_school_knows_is_written_as_there() {
        let skriv = |navn: folkeregister::Personnavn, kjent: Personnavn| {
            let ut = skrevet(&navn, &kjent);
            skolens_deler(&ut).join("|")
        };
        let ingen = || skolens("", "", "");
        assert_eq!(skriv(registerets("ANNE-KARI", "", "O'HARA"), ingen()), "Anne-Kari||O'Hara");
        assert_eq!(skriv(registerets("ÅSE  ÁVDNOS", "ŊIVDNI", "ØDEGÅRD"), ingen()), "Åse Ávdnos|Ŋivdni|Ødegård");
        assert_eq!(skriv(registerets("PER", "VON", "MCDONALD"), ingen()), "Per|Von|Mcdonald");
        assert_eq!(skriv(registerets("PER", "VON", "MCDONALD"), skolens("Pål", "von", "McDonald")), "Per|von|McDonald");
    }
}

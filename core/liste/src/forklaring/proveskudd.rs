//! The dry run: what the receiver would get and answer if a list were sent now, and what keeps it from being sent.

use super::som_tekst;
use super::tekst::{tid, utfallet};
use crate::{Listebilde, Plassering, for_merknad, regel, status_tekst};
use elevliste::{Innsamling, Listenokkel, Merknad, Niva, Skolestatus, Utfall};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use uuid::Uuid;

/// What would happen if a list were sent now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proveskudd {
    /// Which list.
    #[serde(serialize_with = "som_tekst")]
    pub liste: Listenokkel,
    /// The school's name.
    pub skole: String,
    /// Where the list stands.
    pub status: Skolestatus,
    /// The seal of what would be sent.
    pub segl: String,
    /// How many pupils the receiver would have.
    pub antall: usize,
    /// What is new to the receiver; none where it has no list of ours.
    pub siden_sist: Option<Sidensist>,
    /// What it would answer, as far as its rules are known.
    pub forutsagt: Forutsagt,
    /// Our rules that stand in the way.
    pub regler: Vec<Brutt>,
    /// Why it is not sent now. Empty: it would be.
    pub hinder: Vec<Hinder>,
    /// The rules that this was judged by.
    pub regelverk: Regelverk,
}

/// What differs from the version that the receiver has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sidensist {
    /// Pupils it does not have.
    pub nye: Vec<Uuid>,
    /// Pupils whose line is another.
    pub endret: Vec<Uuid>,
    /// Pupils who are gone.
    pub borte: Vec<Uuid>,
}

/// An answer that has not been given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forutsagt {
    /// What would become of it.
    pub utfall: Utfall,
    /// The receiver's code, where it is no matter of lines.
    pub kode: Option<String>,
    /// Its remarks, line by line.
    pub merknader: Vec<Elevmerknad>,
}

/// A remark, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Elevmerknad {
    /// The pupil.
    pub elev: Option<Uuid>,
    /// The remark.
    pub merknad: Merknad,
}

/// A rule that bars sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brutt {
    /// Its id.
    pub id: String,
    /// How many pupils; none when it is about the list.
    pub elever: Option<usize>,
}

/// Why a list is not sent now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "hva")]
pub enum Hinder {
    /// Our rules: see [`Proveskudd::regler`].
    Regler,
    /// The receiver has it as it is.
    Mottatt,
    /// The receiver takes a list once, and has one. What has changed since goes to the intake office.
    TarEnGang,
    /// It is on its way.
    Underveis,
    /// Nobody knows whether it arrived.
    Uavklart,
    /// No round is for this list.
    IngenRunde,
    /// The round has not begun.
    IkkeApnet {
        /// When it does.
        apner: Timestamp,
    },
    /// The round is over, or the receiver has said so.
    Stengt,
    /// Nobody has approved exactly this.
    IkkeGodkjent {
        /// When the policy does, where it does.
        policyen: Option<Timestamp>,
    },
}

/// Which rules: another digest, other rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regelverk {
    /// The program's version.
    pub versjon: String,
    /// See [`super::regelavtrykk`].
    pub avtrykk: String,
}

impl Hinder {
    /// Everything that keeps a list from being sent at `na`.
    pub fn av(bilde: &Listebilde, runde: Option<&Innsamling>, na: Timestamp) -> Vec<Self> {
        match bilde.status {
            Skolestatus::Mottatt if bilde.mottaker.erstattbar || bilde.etter.er_tom() => return vec![Self::Mottatt],
            Skolestatus::Mottatt => return vec![Self::TarEnGang],
            Skolestatus::Sendes => return vec![Self::Underveis],
            Skolestatus::Uavklart => return vec![Self::Uavklart],
            _ => {}
        }
        let mut ut = Vec::new();
        if bilde.feil {
            ut.push(Self::Regler);
        }
        match runde.filter(|runde| runde.gjelder(&bilde.nokkel)) {
            None => ut.push(Self::IngenRunde),
            Some(runde) if na < runde.apner => ut.push(Self::IkkeApnet { apner: runde.apner }),
            Some(runde) if runde.stenger <= na => ut.push(Self::Stengt),
            Some(_) if bilde.status == Skolestatus::Stengt => ut.push(Self::Stengt),
            Some(_) => {}
        }
        if bilde.godkjent.as_deref() != Some(&bilde.segl) || bilde.status == Skolestatus::Avvist {
            ut.push(Self::IkkeGodkjent { policyen: bilde.godkjennes });
        }
        ut
    }

    fn tekst(&self, bilde: &Proveskudd) -> String {
        match self {
            Self::Regler => {
                let mut ut = "Dette må rettes først:".to_owned();
                for brutt in &bilde.regler {
                    let tittel = regel(&brutt.id).map_or("(en regel som denne versjonen ikke har)", |r| r.tittel.nb);
                    let hvem = brutt.elever.map(|n| format!(" ({})", elever(n))).unwrap_or_default();
                    ut.push_str(&format!("\n    {} {tittel}{hvem}", brutt.id));
                }
                ut
            }
            Self::Mottatt => "VIGO har listen slik den er.".to_owned(),
            Self::TarEnGang => {
                "VIGO tar imot én gang og har en liste. Endringene meldes til inntakskontoret.".to_owned()
            }
            Self::Underveis => "Listen er på vei nå.".to_owned(),
            Self::Uavklart => "Det er ukjent om et tidligere forsøk kom fram. Det må avklares først.".to_owned(),
            Self::IngenRunde => "Ingen innsamling gjelder for listen.".to_owned(),
            Self::IkkeApnet { apner } => format!("Innsamlingen åpner {}.", tid(*apner)),
            Self::Stengt => "Innsamlingen er stengt.".to_owned(),
            Self::IkkeGodkjent { policyen: Some(ved) } => format!("Listen blir godkjent av seg selv {}.", tid(*ved)),
            Self::IkkeGodkjent { policyen: None } => "Listen er ikke godkjent slik den er nå.".to_owned(),
        }
    }
}

impl Brutt {
    /// The rules that bar sending what a picture shows, the list's own first.
    pub fn av(bilde: &Listebilde) -> Vec<Self> {
        let feil = |avvik: &&elevliste::Avvik| avvik.niva == Niva::Feil;
        let listens = bilde.avvik.iter().filter(feil).map(|a| Self { id: a.regel.clone(), elever: None });
        let mut ut: Vec<Self> = listens.collect();
        let mut antall: BTreeMap<&str, usize> = BTreeMap::new();
        let sperrer = |p: &Plassering| matches!(p, Plassering::Avvik | Plassering::Klar);
        for linje in bilde.plasseringer.iter().filter(|linje| sperrer(&linje.plassering)) {
            let regler: BTreeSet<&str> = linje.avvik.iter().filter(feil).map(|a| a.regel.as_str()).collect();
            regler.into_iter().for_each(|id| *antall.entry(id).or_default() += 1);
        }
        ut.extend(antall.into_iter().map(|(id, n)| Self { id: id.to_owned(), elever: Some(n) }));
        ut
    }
}

/// The dry run in bokmål.
pub fn proveskuddtekst(p: &Proveskudd) -> String {
    let mut ut = format!("{} – {}: {}\n", p.skole, p.liste, status_tekst(p.status).nb);
    let siste = match &p.siden_sist {
        None => ". Mottakeren har ingen liste fra før.".to_owned(),
        Some(s) if s.nye.is_empty() && s.endret.is_empty() && s.borte.is_empty() => {
            ". Ingenting er endret siden sist.".to_owned()
        }
        Some(s) => {
            let (nye, borte, endret) = (s.nye.len(), s.borte.len(), s.endret.len());
            format!(": {nye} {}, {borte} borte, {endret} endret siden sist.", if nye == 1 { "ny" } else { "nye" })
        }
    };
    skriv(&mut ut, format_args!("Hvis listen sendes nå, får VIGO {}{siste}", elever(p.antall)));
    let avviste: BTreeSet<u32> = avvist(p).map(|m| m.merknad.linje).collect();
    if !avviste.is_empty() {
        skriv(&mut ut, format_args!("{} ville blitt avvist:", avviste.len()));
    }
    for m in avvist(p).chain(p.forutsagt.merknader.iter().filter(|m| !m.merknad.feil)) {
        let elev = m.elev.map_or_else(|| "ukjent".to_owned(), |elev| elev.to_string());
        let niva = if m.merknad.feil { "feil" } else { "advarsel" };
        let tittel = for_merknad(&m.merknad.kode).tittel.nb;
        skriv(&mut ut, format_args!("    Elev {elev}, {} ({niva}): {tittel} [{}]", m.merknad.felt, m.merknad.kode));
    }
    let kode = p.forutsagt.kode.as_deref().map(|kode| format!(" [{kode}]")).unwrap_or_default();
    skriv(&mut ut, format_args!("Svaret ville vært: {}{kode}.", utfallet(&p.forutsagt.utfall)));
    if p.hinder.is_empty() {
        ut.push_str("Listen er godkjent og sendes av seg selv.\n");
    } else {
        ut.push_str("Den sendes ikke nå:\n");
    }
    for hinder in &p.hinder {
        skriv(&mut ut, format_args!("  {}", hinder.tekst(p)));
    }
    skriv(&mut ut, format_args!("Regelverk: {} {}", p.regelverk.versjon, p.regelverk.avtrykk));
    ut
}

fn avvist(p: &Proveskudd) -> impl Iterator<Item = &Elevmerknad> {
    p.forutsagt.merknader.iter().filter(|m| m.merknad.feil)
}

fn elever(antall: usize) -> String {
    if antall == 1 { "1 elev".to_owned() } else { format!("{antall} elever") }
}

fn skriv(ut: &mut String, tekst: std::fmt::Arguments<'_>) {
    writeln!(ut, "{tekst}").expect("writing to a text does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dry_run_says_what_would_come_back_and_why_it_is_not_sent() {
        let elev = Uuid::from_u128(0xa1);
        let feil = Merknad {
            linje: 7,
            felt: "personalIdentityNumber".into(),
            kode: "INVALID_IDENTITY_NUMBER".into(),
            feil: true,
        };
        let p = Proveskudd {
            liste: "46.46503.2026-2027.1".parse().unwrap(),
            skole: "Prøveskolen".into(),
            status: Skolestatus::Avvik,
            segl: "s".into(),
            antall: 112,
            siden_sist: Some(Sidensist { nye: vec![elev; 3], endret: vec![elev; 2], borte: vec![elev] }),
            forutsagt: Forutsagt {
                utfall: Utfall::Avvist,
                kode: None,
                merknader: vec![Elevmerknad { elev: Some(elev), merknad: feil }],
            },
            regler: vec![Brutt { id: "EL-001".into(), elever: Some(1) }],
            hinder: vec![Hinder::Regler, Hinder::IkkeGodkjent { policyen: None }],
            regelverk: Regelverk { versjon: "1".into(), avtrykk: "ab".into() },
        };
        let tekst = proveskuddtekst(&p);
        for ventet in [
            "Hvis listen sendes nå, får VIGO 112 elever: 3 nye, 1 borte, 2 endret siden sist.\n1 ville blitt avvist:\n",
            "    Elev 00000000-0000-0000-0000-0000000000a1, personalIdentityNumber (feil): ",
            "Svaret ville vært: listen er avvist på grunn av linjer i den.\nDen sendes ikke nå:\n  Dette må rettes først:\n    EL-001 ",
            "(1 elev)\n  Listen er ikke godkjent slik den er nå.\nRegelverk: 1 ab\n",
        ] {
            assert!(tekst.contains(ventet), "{ventet}\n---\n{tekst}");
        }
    }
}

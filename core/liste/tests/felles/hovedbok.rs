//! Lists and ledgers, made by hand.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test binary uses its own part of this, and all of it is a test"
)]

use elevliste::{
    Aktor, Avvik, Egenskaper, Elevlinje, Elevliste, Handling, Innsendingspost, Linjeavtrykk, Merknad, Sending,
    Skolereferanse, Utfall,
};
use identitet::Politikk;
use jiff::Timestamp;
use liste::{Listebilde, Omstendigheter, bilde};

use crate::felles::{id, nokkel};

pub fn linje(navn: &str, klasse: &str, regler: &[&str]) -> Elevlinje {
    Elevlinje {
        elev: id("elev", navn),
        klasse: Some(klasse.to_owned()).filter(|k| !k.is_empty()),
        identitetsnummer: Some("14851170031".into()),
        fornavn: navn.into(),
        mellomnavn: None,
        etternavn: "Eksempel".into(),
        avvik: avvik(regler),
        opphav: None,
    }
}

pub fn avvik(regler: &[&str]) -> Vec<Avvik> {
    regler.iter().map(|r| liste::regel(r).unwrap().brudd(None)).collect()
}

pub fn liste(linjer: Vec<Elevlinje>) -> Elevliste {
    Elevliste {
        nokkel: "46.46505.2026-2027.1".parse().unwrap(),
        skole: Skolereferanse {
            organisasjonsnummer: Some("974738368".into()),
            skolenr: "46505".into(),
            navn: "Skole".into(),
            kommunenr: Some("4601".into()),
        },
        tenant: "bergen".into(),
        linjer,
        avvik: Vec::new(),
        skjermede: Vec::new(),
    }
}

/// Nothing known but a receiver of synthetic people.
pub fn rundt() -> Omstendigheter<'static> {
    Omstendigheter {
        na: Timestamp::UNIX_EPOCH,
        endret: Timestamp::UNIX_EPOCH,
        runde: None,
        runde_endret: None,
        mottaker: Egenskaper::default(),
        politikk: Politikk::VigoskoleSyntetisk,
        regler: liste::Mottakerregler::VIGO,
    }
}

/// A ledger that is written against pictures, as the runtime does.
#[derive(Default)]
pub struct Bok(pub Vec<Innsendingspost>);

impl Bok {
    pub fn post(&mut self, handling: Handling) -> &mut Self {
        let ny = Innsendingspost::etter(self.0.last(), Timestamp::UNIX_EPOCH, Aktor::person("kari"), handling);
        self.0.push(ny);
        self
    }

    pub fn post_av(&mut self, av: Aktor, na: Timestamp, handling: Handling) -> &mut Self {
        let ny = Innsendingspost::etter(self.0.last(), na, av, handling);
        self.0.push(ny);
        self
    }

    pub fn bilde(&self, liste: &Elevliste) -> Listebilde {
        self.bilde_i(liste, &rundt())
    }

    pub fn bilde_i(&self, liste: &Elevliste, rundt: &Omstendigheter<'_>) -> Listebilde {
        bilde(liste, &self.0, &nokkel(), rundt)
    }

    pub fn godkjenn(&mut self, liste: &Elevliste) -> &mut Self {
        let segl = self.bilde(liste).segl;
        self.post(Handling::Godkjent { segl })
    }

    pub fn hold(&mut self, navn: &str) -> &mut Self {
        self.post(Handling::HoldtTilbake { elev: id("elev", navn), grunn: "flytter".into() })
    }

    pub fn manuelt(&mut self, navn: &str) -> &mut Self {
        self.post(Handling::RutetManuelt { elev: id("elev", navn), grunn: "uten nummer".into() })
    }

    pub fn frigi(&mut self, navn: &str) -> &mut Self {
        self.post(Handling::Frigitt { elev: id("elev", navn) })
    }

    pub fn intensjon(&mut self, liste: &Elevliste) -> &mut Self {
        let intensjon = self.bilde(liste).intensjon("vigoskole", Sending::Liste, None);
        self.post(intensjon)
    }

    pub fn svar(&mut self, utfall: Utfall, merknader: Vec<Merknad>) -> &mut Self {
        let segl = self.0.iter().rev().find_map(|p| match &p.handling {
            Handling::Intensjon { segl, .. } => Some(segl.clone()),
            _ => None,
        });
        self.post(svar(&segl.unwrap(), utfall, merknader))
    }

    /// Approves, sends and is answered.
    pub fn send(&mut self, liste: &Elevliste, utfall: Utfall, merknader: Vec<Merknad>) -> &mut Self {
        self.godkjenn(liste).intensjon(liste).svar(utfall, merknader)
    }
}

pub fn svar(segl: &str, utfall: Utfall, merknader: Vec<Merknad>) -> Handling {
    Handling::Svar {
        segl: segl.to_owned(),
        utfall,
        kvittering: None,
        merknader,
        forklaring: None,
        etag: None,
        bevis: None,
    }
}

pub fn merknad(linje: u32, kode: &str, feil: bool) -> Merknad {
    Merknad { linje, felt: "x".into(), kode: kode.into(), feil }
}

pub fn avtrykk(linjer: &[Elevlinje]) -> Vec<Linjeavtrykk> {
    linjer.iter().map(|l| liste::avtrykk(l, &nokkel())).collect()
}

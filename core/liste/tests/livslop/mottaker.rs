//! Receivers of both kinds, as far as a list can tell: what they have is what counts.

use elevliste::{Egenskaper, Endringsslag, Merknad, Utfall};
use liste::Linjeendring;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is known of a pupil at the receiver: the line itself, so that nothing hangs on our own fingerprints.
pub type Innhold = BTreeMap<Uuid, String>;

/// A class that this receiver refuses.
pub const NEKTET: &str = "10X";

#[derive(Debug, Clone)]
pub struct Foresporsel {
    pub linjer: Vec<(Uuid, String)>,
    pub endringer: Option<(Vec<Linjeendring>, Option<String>)>,
    pub nokkel: String,
}

#[derive(Debug, Clone)]
pub struct Svar {
    pub utfall: Utfall,
    pub merknader: Vec<Merknad>,
    pub etag: Option<String>,
}

#[derive(Debug)]
pub struct Mottaker {
    pub egenskaper: Egenskaper,
    pub har: Option<(Innhold, String)>,
    pub stengt: bool,
    pub kjenner_skolen: bool,
    /// Every change that a request of ours has made, by its key.
    pub virkninger: Vec<String>,
    /// Requests that are still under way though we have given them up.
    pub underveis: Vec<Foresporsel>,
    svart: BTreeMap<String, Svar>,
    versjon: u32,
}

impl Mottaker {
    pub fn ny(erstattbar: bool, eneste_avsender: bool) -> Self {
        Self {
            egenskaper: Egenskaper { erstattbar, tilbakelesing: erstattbar, idempotent: erstattbar, eneste_avsender },
            har: None,
            stengt: false,
            kjenner_skolen: true,
            virkninger: vec![],
            underveis: vec![],
            svart: BTreeMap::new(),
            versjon: 0,
        }
    }

    pub fn innhold(&self) -> Innhold {
        self.har.clone().map(|(innhold, _)| innhold).unwrap_or_default()
    }

    /// Somebody else delivers.
    pub fn fremmed(&mut self, innhold: Innhold) {
        self.versjon += 1;
        self.har = Some((innhold, format!("e{}", self.versjon)));
    }

    pub fn ta_imot(&mut self, f: &Foresporsel) -> Svar {
        if let Some(svar) = self.svart.get(&f.nokkel).filter(|_| self.egenskaper.idempotent) {
            return svar.clone();
        }
        let svar = self.behandle(f);
        if self.egenskaper.idempotent {
            self.svart.insert(f.nokkel.clone(), svar.clone());
        }
        svar
    }

    fn behandle(&mut self, f: &Foresporsel) -> Svar {
        let nei = |utfall| Svar { utfall, merknader: vec![], etag: None };
        if self.stengt {
            return nei(Utfall::Stengt);
        }
        if !self.kjenner_skolen {
            return nei(Utfall::UkjentSkole);
        }
        let merknader: Vec<_> = (1..)
            .zip(&f.linjer)
            .filter(|(_, (_, linje))| linje.contains(NEKTET))
            .map(|(linje, _)| Merknad { linje, felt: "klasse".into(), kode: "INVALID_CLASS".into(), feil: true })
            .collect();
        let ny: Innhold = match (&self.har, &f.endringer) {
            (Some(_), None) => return nei(Utfall::AlleredeLevert),
            (None, Some(_)) => return nei(Utfall::AvvistUtenGrunn),
            (Some((_, har)), Some((_, etag))) if Some(har) != etag.as_ref() => return nei(Utfall::AvvistUtenGrunn),
            (None, None) => f.linjer.iter().cloned().collect(),
            (Some((har, _)), Some((endringer, _))) => oppdatert(har, endringer, &f.linjer),
        };
        if !merknader.is_empty() {
            return Svar { merknader, ..nei(Utfall::Avvist) };
        }
        assert_eq!(ny.values().count(), ny.keys().collect::<BTreeSet<_>>().len());
        self.fremmed(ny);
        self.virkninger.push(f.nokkel.clone());
        Svar { etag: self.har.as_ref().map(|(_, etag)| etag.clone()), ..nei(Utfall::Mottatt) }
    }
}

fn oppdatert(har: &Innhold, endringer: &[Linjeendring], linjer: &[(Uuid, String)]) -> Innhold {
    let mut ny = har.clone();
    for endring in endringer {
        let linje = || linjer.iter().find(|(elev, _)| *elev == endring.elev).unwrap().1.clone();
        match endring.slag {
            Endringsslag::Ny => assert!(ny.insert(endring.elev, linje()).is_none(), "added twice"),
            Endringsslag::Endret => assert!(ny.insert(endring.elev, linje()).is_some(), "changed, but never there"),
            Endringsslag::Borte => assert!(ny.remove(&endring.elev).is_some(), "removed, but never there"),
        }
    }
    ny
}

//! The first reading of a file: what stands in it is counted, remembered by hash and reported; nothing is handed out.

use super::{Modus, Pakkefil, innhold};
use crate::config::Grenser;
use crate::error::Pakkefeil;
use crate::fil::Fil;
use crate::indeks::{Indeks, Roller};
use crate::rader::{Leser, Utfall};
use crate::rapport::{Filsammendrag, Kode, Rapport};
use std::collections::HashSet;

/// A row that was kept: its id, its content, its number.
type Spor = (u64, u64, u32);

/// Goes through a file. `leser` knows the files before it; what this one has, is added to the answer.
pub(super) struct Gjennomgang {
    pub(super) sammendrag: Filsammendrag,
    ider: Vec<u64>,
    spor: Vec<Spor>,
    kurs: Vec<(u64, Vec<String>)>,
    roller: Roller,
    uten_id: bool,
}

impl Gjennomgang {
    pub(super) fn av(
        fil: Fil,
        pakkefil: &Pakkefil,
        leser: &Leser<'_>,
        grenser: &Grenser,
        rapport: &mut Rapport,
    ) -> Result<Self, Pakkefeil> {
        let skadet = |_| Pakkefeil::Skadet { fil: fil.navn() };
        let mut ut = Self {
            sammendrag: Filsammendrag {
                fil: fil.navn(),
                modus: pakkefil.modus,
                tegnsett: pakkefil.tegnsett.navn(),
                rader: 0,
                beholdt: 0,
                utenfor: 0,
                avvist: 0,
            },
            ider: Vec::new(),
            spor: Vec::new(),
            kurs: Vec::new(),
            roller: Roller::default(),
            uten_id: false,
        };
        let Some(mut tabell) = pakkefil.tabell(fil, grenser).map_err(skadet)? else { return Ok(ut) };
        let mut merknader = Vec::new();
        let id_plass = tabell.hode().plass("sourcedId");
        let bruker_plass = tabell.hode().plass("userSourcedId");
        while let Some(rad) = tabell.neste().map_err(skadet)? {
            ut.sammendrag.rader += 1;
            if ut.sammendrag.rader > grenser.rader.get().into() {
                let grense = grenser.rader.get().into();
                return Err(Pakkefeil::ForMangeRader { fil: fil.navn(), grense });
            }
            let felt = |plass: Option<usize>| {
                let felter = rad.felter.as_ref().ok()?;
                Some(felter.get(plass?)?.trim()).filter(|felt| !felt.is_empty())
            };
            let id = felt(id_plass).map(|id| leser.indeks.avtrykk(id));
            ut.ider.extend(id);
            ut.uten_id |= id.is_none();
            let lest = leser.les((fil, pakkefil.modus), tabell.hode(), &rad, &mut merknader);
            for (kode, kolonne) in merknader.drain(..) {
                rapport.merk(fil, Some(rad.nummer), kolonne, kode);
            }
            match lest {
                Ok(utfall) => ut.ta_imot(utfall, id, rad.nummer),
                Err(avvisning) => {
                    ut.sammendrag.avvist += 1;
                    rapport.merk(fil, Some(rad.nummer), avvisning.kolonne, avvisning.kode);
                    if let Some(bruker) = felt(bruker_plass).filter(|_| fil == Fil::Roles) {
                        ut.roller.merk_usikker(bruker);
                    }
                }
            }
        }
        if tabell.ulesbart() {
            rapport.merk(fil, None, None, Kode::UlesbarTegn);
        }
        Ok(ut)
    }

    fn ta_imot(&mut self, utfall: Utfall, id: Option<u64>, nummer: u64) {
        match utfall {
            Utfall::Objekt(observed) => {
                self.sammendrag.beholdt += 1;
                let nummer = u32::try_from(nummer).unwrap_or(u32::MAX);
                self.spor.extend(id.map(|id| (id, innhold(&observed), nummer)));
            }
            Utfall::Kurs(trinn) => {
                self.sammendrag.beholdt += 1;
                self.kurs.extend(id.map(|id| (id, trinn)));
            }
            Utfall::Rolle(bruker, rolle) => {
                self.sammendrag.beholdt += 1;
                self.roller.ta_imot(&bruker, rolle);
            }
            Utfall::Utenfor => self.sammendrag.utenfor += 1,
        }
    }

    /// Adds what was found to the index.
    pub(super) fn til(mut self, fil: Fil, indeks: &mut Indeks, rapport: &mut Rapport) -> Filsammendrag {
        let hel = self.sammendrag.modus == Modus::Bulk && self.sammendrag.rader > 0;
        let konflikter = self.konflikter(fil, rapport);
        indeks.sett_konflikter(fil, konflikter);
        indeks.sett_ider(fil, self.ider, hel);
        if self.uten_id {
            indeks.sett_uten_id(fil);
        }
        for (id, trinn) in self.kurs {
            indeks.sett_kurs(id, trinn);
        }
        if fil == Fil::Roles {
            self.roller.ferdig();
            indeks.roller = self.roller;
        }
        self.sammendrag
    }

    /// Finds ids on several rows. With the same content they are one; with different contents nothing says which of
    /// them is right.
    fn konflikter(&mut self, fil: Fil, rapport: &mut Rapport) -> HashSet<u64> {
        let mut konflikter = HashSet::new();
        self.spor.sort_unstable_by_key(|(id, _, nummer)| (*id, *nummer));
        for like in self.spor.chunk_by(|a, b| a.0 == b.0).filter(|like| like.len() > 1) {
            if like.iter().all(|spor| spor.1 == like[0].1) {
                for (_, _, nummer) in &like[1..] {
                    rapport.merk(fil, Some(u64::from(*nummer)), Some("sourcedId"), Kode::DuplikatRad);
                }
                continue;
            }
            konflikter.insert(like[0].0);
            self.sammendrag.beholdt -= like.len() as u64;
            self.sammendrag.avvist += like.len() as u64;
            for (_, _, nummer) in like {
                rapport.merk(fil, Some(u64::from(*nummer)), Some("sourcedId"), Kode::Konflikt);
            }
        }
        konflikter
    }
}

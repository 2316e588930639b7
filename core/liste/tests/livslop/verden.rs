//! One school, its people, its round and its receiver, in a world where anything may happen at any moment.

use super::hovedbok::{Bok, avvik, linje, liste};
use super::mottaker::{Foresporsel, Innhold, Mottaker, NEKTET, Svar};
use elevliste::{Aktor, Avklaring, Elevlinje, Elevliste, Godkjenning, Handling, Innsamling, Rolle, Sending, Utfall};
use identitet::Politikk;
use jiff::{SignedDuration, Timestamp};
use liste::{Handlingsfeil, Listebilde, Omstendigheter, Steg, Tilbakelest, neste, vurder};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub const NAVN: [&str; 4] = ["a", "b", "c", "d"];
/// Valid, synthetic, and different.
const GODE: [&str; 4] = ["14851170031", "14851170112", "14851170384", "14851170465"];
/// Fictitious: check digits that do not fit, series 99, county 46.
pub const FIKTIVE: [&str; 2] = ["54051199146", "54051299146"];
const KLASSER: [&str; 3] = ["10A", "10B", NEKTET];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nummer {
    Godt,
    Mangler,
}

#[derive(Debug, Clone)]
pub struct Elev {
    pub klasse: usize,
    pub nummer: Nummer,
    pub skjermet: bool,
}

pub struct Verden {
    pub rng: ChaCha8Rng,
    pub na: Timestamp,
    pub kilde: BTreeMap<usize, Elev>,
    pub liste: Elevliste,
    pub endret: Timestamp,
    pub runde: Innsamling,
    pub runde_endret: Timestamp,
    pub bok: Bok,
    pub mottaker: Mottaker,
    /// What the receiver would have, by seal, as people saw it when they approved.
    pub sett: BTreeMap<String, Innhold>,
    /// What the intake office has been told and not refused, by pupil.
    pub kontor: BTreeMap<Uuid, Vec<(Uuid, Option<String>)>>,
}

pub fn innhold(linje: &Elevlinje) -> String {
    let nummer = linje.identitetsnummer.as_ref().map_or("-", |n| n.vis().as_str());
    format!("{}|{nummer}|{}", linje.klasse.as_deref().unwrap_or("-"), linje.fornavn.vis())
}

impl Verden {
    pub fn ny(mut rng: ChaCha8Rng) -> Self {
        let na: Timestamp = "2026-10-30T12:00:00Z".parse().unwrap();
        let policy = [Godkjenning::Skole, Godkjenning::Kommune, Godkjenning::Automatisk];
        let time = |timer: i64| na + SignedDuration::from_hours(timer);
        let mut runde = Innsamling::ny(
            "46".parse().unwrap(),
            "2026-2027".parse().unwrap(),
            (time(rng.random_range(-3..4)), time(rng.random_range(5..40))),
            policy[rng.random_range(0..3)],
        );
        runde.stille_timer = rng.random_range(0..4);
        let mottaker = Mottaker::ny(rng.random(), rng.random());
        let mut verden = Self {
            rng,
            na,
            kilde: BTreeMap::new(),
            liste: liste(vec![]),
            endret: na,
            runde,
            runde_endret: na,
            bok: Bok::default(),
            mottaker,
            sett: BTreeMap::new(),
            kontor: BTreeMap::new(),
        };
        for _ in 0..3 {
            verden.rediger();
        }
        verden.kilde.entry(0).or_insert(Elev { klasse: 0, nummer: Nummer::Godt, skjermet: false });
        verden.kilden_er_endret();
        verden
    }

    pub fn bilde(&self) -> Listebilde {
        let rundt = Omstendigheter {
            na: self.na,
            endret: self.endret,
            runde: Some(&self.runde),
            runde_endret: Some(self.runde_endret),
            mottaker: self.mottaker.egenskaper,
            politikk: Politikk::VigoskoleSyntetisk,
            regler: liste::Mottakerregler::VIGO,
        };
        self.bok.bilde_i(&self.liste, &rundt)
    }

    /// What the receiver has when it takes what the picture would send.
    pub fn blir(&self, bilde: &Listebilde) -> Innhold {
        let mut ny: Innhold = bilde.sendbare.iter().map(|linje| (linje.elev, innhold(linje))).collect();
        if bilde.mottatt.is_some() && self.mottaker.egenskaper.erstattbar {
            let skjermede = &self.liste.skjermede;
            let frosne = self.mottaker.innhold().into_iter();
            ny.extend(frosne.filter(|(elev, _)| bilde.tatt_ut.contains(elev) || skjermede.contains(elev)));
        }
        ny
    }

    // The source.

    /// The list as it should be now, and from now on.
    pub fn kilden_er_endret(&mut self) {
        let mut ut = liste(vec![]);
        for (nr, elev) in &self.kilde {
            let mut en = linje(NAVN[*nr], KLASSER[elev.klasse], &[]);
            if elev.skjermet {
                ut.skjermede.push(en.elev);
                continue;
            }
            match elev.nummer {
                Nummer::Godt => en.identitetsnummer = Some(GODE[*nr].into()),
                Nummer::Mangler => (en.identitetsnummer, en.avvik) = (None, avvik(&["EL-007"])),
            }
            ut.linjer.push(en);
        }
        ut.linjer.sort_by(|a, b| (&a.klasse, a.elev).cmp(&(&b.klasse, b.elev)));
        (self.liste, self.endret) = (ut, self.na);
    }

    pub fn rediger(&mut self) {
        let nr = self.rng.random_range(0..NAVN.len());
        if self.rng.random_ratio(1, 6) {
            self.kilde.remove(&nr);
        } else {
            let klasse = [0, 0, 0, 1, 1, 1, 2][self.rng.random_range(0..7)];
            let nummer = if self.rng.random_ratio(1, 6) { Nummer::Mangler } else { Nummer::Godt };
            self.kilde.insert(nr, Elev { klasse, nummer, skjermet: self.rng.random_ratio(1, 12) });
        }
        self.kilden_er_endret();
    }

    // People, and the program on their behalf: everything goes by `vurder`.

    pub fn prov(&mut self, av: Aktor, handling: Handling) -> Result<(), Handlingsfeil> {
        let bilde = self.bilde();
        vurder(&bilde, &self.liste, &handling, &av, Some(&self.runde), self.na)?;
        if let Handling::Godkjent { segl } = &handling {
            self.sett.insert(segl.clone(), self.blir(&bilde));
        }
        if let Handling::Ettermeldt { id, elev, .. } = &handling {
            let na = bilde.sendbare.iter().find(|linje| linje.elev == *elev).map(innhold);
            self.kontor.entry(*elev).or_default().push((*id, na));
        }
        if let Handling::EttermeldingBehandlet { id, godtatt: false, .. } = &handling {
            self.kontor.values_mut().for_each(|fortalt| fortalt.retain(|(fortalt, _)| fortalt != id));
        }
        self.bok.post_av(av, self.na, handling);
        Ok(())
    }

    pub fn noen(&mut self) -> Aktor {
        let roller = [None, Some(Rolle::Skole), Some(Rolle::Kommune), Some(Rolle::Fylke), Some(Rolle::Leverandor)];
        Aktor { rolle: roller[self.rng.random_range(0..5)], ..Aktor::person("kari") }
    }

    // The program.

    /// One step of the program; whether it did anything.
    pub fn kjor(&mut self) -> bool {
        if let Some(uavklart) = liste::start(&self.bok.0) {
            self.bok.post_av(Aktor::system("levering"), self.na, uavklart);
            return true;
        }
        let bilde = self.bilde();
        match neste(&bilde, Some(&self.runde), self.na) {
            Steg::Ingenting | Steg::Stengt | Steg::VentTil(_) => false,
            Steg::Godkjenn => {
                let segl = bilde.segl;
                self.prov(Aktor::policy("automatisk"), Handling::Godkjent { segl })
                    .expect("the policy knows its place");
                true
            }
            Steg::LesTilbake => self.les_tilbake(),
            Steg::Send(sending) => {
                self.send(&bilde, sending);
                true
            }
        }
    }

    fn send(&mut self, bilde: &Listebilde, sending: Sending) {
        super::lofter::for_sending(self, bilde, sending);
        let nokkel = bilde.gjentas.clone().unwrap_or_else(|| self.rng.random::<u64>().to_string());
        let intensjon = bilde.intensjon("mottaker", sending, Some(nokkel.clone()));
        self.prov(Aktor::system("levering"), intensjon).expect("what is to be sent may be sent");
        let f = Foresporsel {
            linjer: bilde.sendbare.iter().map(|linje| (linje.elev, innhold(linje))).collect(),
            endringer: (sending == Sending::Oppdatering).then(|| (bilde.endringer.clone(), self.etag(bilde))),
            nokkel,
        };
        let forsvant = Svar { utfall: Utfall::Uavklart, merknader: vec![], etag: None };
        let svar = match self.rng.random_range(0..10) {
            // The answer is lost; the program may die of it.
            0 => {
                self.mottakeren_tar(&f);
                if self.rng.random() {
                    return;
                }
                forsvant
            }
            // The request is lost, or late.
            1 => forsvant,
            2 => {
                self.mottaker.underveis.push(f);
                forsvant
            }
            3 => Svar { utfall: Utfall::IkkeSendt, ..forsvant },
            _ => self.mottakeren_tar(&f),
        };
        self.svar(&bilde.segl, svar);
    }

    fn svar(&mut self, segl: &str, svar: Svar) {
        // Somebody acts while the request is under way.
        if self.rng.random_ratio(1, 8) {
            let elev = super::felles::id("elev", NAVN[self.rng.random_range(0..NAVN.len())]);
            let _ = self.prov(Aktor::person("ola"), Handling::HoldtTilbake { elev, grunn: "flytter".into() });
        }
        let handling = Handling::Svar {
            segl: segl.to_owned(),
            utfall: svar.utfall,
            kvittering: None,
            merknader: svar.merknader,
            forklaring: None,
            etag: svar.etag,
            bevis: None,
        };
        self.bok.post_av(Aktor::system("levering"), self.na, handling);
        if let Some(avklart) = liste::avklar_svar(&self.bok.0, &self.mottaker.egenskaper) {
            self.prov(Aktor::system("levering"), avklart).expect("what the program found out may be written");
        }
    }

    /// Whatever is under way arrives before the receiver answers what it has.
    fn les_tilbake(&mut self) -> bool {
        self.kommer_fram();
        let har: Option<(Vec<_>, _)> = self.mottaker.har.clone().map(|(h, etag)| (h.into_iter().collect(), etag));
        let tilbakelest =
            har.as_ref().map(|(linjer, etag)| Tilbakelest { id: None, etag: Some(etag.as_str()), linjer });
        let segl = liste::uavklart_forsok(&self.bok.0).unwrap().segl;
        let sendt: Vec<_> = self.sett[segl].clone().into_iter().collect();
        let funnet = liste::avklar_tilbakelest(&self.bok.0, &self.mottaker.egenskaper, &sendt, tilbakelest);
        let funnet = funnet.expect("a receiver with keys can always be asked");
        if matches!(funnet, Handling::Avklart { .. }) {
            self.prov(Aktor::system("levering"), funnet).expect("what the program found out may be written");
        } else {
            self.bok.post_av(Aktor::system("levering"), self.na, funnet);
        }
        true
    }

    /// The tag to name in an update: one that nobody told us is read back.
    fn etag(&self, bilde: &Listebilde) -> Option<String> {
        bilde.etag.clone().or_else(|| self.mottaker.har.as_ref().map(|(_, etag)| etag.clone()))
    }

    /// What the receiver takes is newer than what the office was told.
    fn mottakeren_tar(&mut self, f: &Foresporsel) -> Svar {
        let da = self.mottaker.innhold();
        let svar = self.mottaker.ta_imot(f);
        let na = self.mottaker.innhold();
        self.kontor.retain(|elev, _| da.get(elev) == na.get(elev));
        svar
    }

    pub fn kommer_fram(&mut self) {
        for f in std::mem::take(&mut self.mottaker.underveis) {
            self.mottakeren_tar(&f);
        }
    }

    /// A person looks in the receiver's own pages. `ser`: whether what is there is seen.
    pub fn undersok(&mut self, av: Aktor, ser: bool) {
        // Where a version can be replaced, nobody looks before everything must have arrived.
        let ser = ser || self.mottaker.egenskaper.erstattbar;
        if self.mottaker.egenskaper.erstattbar {
            self.kommer_fram();
        }
        let uavklarte = self.bilde().uavklarte;
        let har = self.mottaker.har.as_ref().map(|(har, etag)| (har.clone(), etag.clone()));
        let funnet = uavklarte.iter().find(|segl| ser && har.as_ref().map(|(har, _)| har) == self.sett.get(*segl));
        let Some(segl) = funnet.or(uavklarte.first()) else { return };
        let mottatt = funnet.is_some();
        let handling = Handling::Avklart {
            segl: segl.clone(),
            mottatt,
            hvordan: Avklaring::Person,
            grunn: "ser det på sidene til mottakeren".into(),
            kvittering: None,
            etag: har.filter(|_| mottatt).map(|(_, etag)| etag),
            bevis: None,
        };
        let _ = self.prov(av, handling);
    }

    pub fn runde_endres(&mut self, f: impl FnOnce(&mut Innsamling)) {
        f(&mut self.runde);
        self.runde_endret = self.na;
    }

    pub fn skjermede(&self) -> BTreeSet<Uuid> {
        self.liste.skjermede.iter().copied().collect()
    }
}

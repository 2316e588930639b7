//! What happens to everyone at once: a new school year, a new term, a server that starts again, a clean-up.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, civil::date};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{
    tilstand::{Bruker, Paamelding, Rad, Tilstand, avledet},
    utfor::{Tid, les_nummer},
};
use crate::generator::{Elev, Gruppetype, Klasse, Navn, ny_id};

impl Tilstand {
    /// Rows marked `tobedeleted` are gone.
    pub(super) fn rydd(&mut self) {
        self.klasser.retain(|_, rad| !rad.slettet);
        self.brukere.retain(|_, rad| !rad.slettet);
        self.paameldinger.retain(|_, rad| !rad.slettet);
    }

    /// Every row has changed now, or so the server believes.
    pub(super) fn dater_alt(&mut self, na: Timestamp) {
        let klasser = self.klasser.values_mut().map(|rad| &mut rad.endret);
        let brukere = self.brukere.values_mut().map(|rad| &mut rad.endret);
        let paameldinger = self.paameldinger.values_mut().map(|rad| &mut rad.endret);
        klasser.chain(brukere).chain(paameldinger).chain([&mut self.eier.endret]).for_each(|endret| *endret = na);
    }

    /// Every membership ends, and a new one in the same class begins.
    pub(super) fn skift_termin(&mut self, na: Timestamp) {
        let fra = date(self.eier.skolear + 1, 1, 15);
        let nye: Vec<(Uuid, Paamelding)> = self
            .paameldinger
            .iter()
            .filter(|(_, rad)| !rad.slettet)
            .map(|(id, rad)| (avledet(*id, 2), Paamelding { fra, ..rad.data.clone() }))
            .collect();
        self.avslutt_alle_medlemskap(na);
        for (id, data) in nye {
            self.paameldinger.insert(id, Rad { data, endret: na, slettet: false });
        }
    }

    /// A new school year.
    pub(super) fn rull(&mut self, na: Timestamp) {
        let nye_elever = self.laveste_trinn();
        self.eier.skolear += 1;
        self.eier.endret = na;
        self.avslutt_alle_medlemskap(na);
        let nye_klasser = self.nye_klasser(na);
        let elever: Vec<Elev> = self
            .brukere
            .values()
            .filter(|rad| !rad.slettet)
            .filter_map(|rad| if let Bruker::Elev(elev) = &rad.data { Some(elev.clone()) } else { None })
            .collect();
        for elev in elever {
            self.flytt_opp(elev, &nye_klasser, na);
        }
        self.flytt_laerere(&nye_klasser, na);
        let mut rng = ChaCha8Rng::seed_from_u64(self.eier.skolear.unsigned_abs().into());
        for (skole, (klasser, elever)) in nye_elever {
            self.fyll_laveste_trinn(skole, klasser, elever, na, &mut rng);
        }
    }

    fn avslutt_alle_medlemskap(&mut self, na: Timestamp) {
        for rad in self.paameldinger.values_mut().filter(|rad| !rad.slettet) {
            (rad.slettet, rad.endret) = (true, na);
        }
    }

    /// Classes and pupils in the lowest grade of each school.
    fn laveste_trinn(&self) -> BTreeMap<Uuid, (usize, usize)> {
        let mut antall = BTreeMap::new();
        for skole in self.skoler.values() {
            let i_trinnet = |k: &&Rad<Klasse>| {
                !k.slettet
                    && k.data.skole == skole.id
                    && k.data.trinn == skole.trinn_fra
                    && k.data.gruppetype == Gruppetype::Klasse
            };
            let klasser = self.klasser.values().filter(i_trinnet).count();
            antall.insert(skole.id, (klasser, self.elever_i(skole.id, skole.trinn_fra)));
        }
        antall
    }

    fn elever_i(&self, skole: Uuid, trinn: u8) -> usize {
        let i_trinnet = |rad: &&Rad<Bruker>| matches!(&rad.data, Bruker::Elev(e) if !rad.slettet && e.skole == skole && e.trinn == trinn);
        self.brukere.values().filter(i_trinnet).count()
    }

    /// Where a grade goes on for someone at `skole`: the same school, or the one that takes over.
    fn skole_for(&self, skole: Uuid, trinn: u8) -> Option<Uuid> {
        let har = |s: &crate::generator::Skole| (s.trinn_fra..=s.trinn_til).contains(&trinn);
        if self.skoler.get(&skole).is_some_and(har) {
            return Some(skole);
        }
        let andre: Vec<Uuid> = self.skoler.values().filter(|s| har(s)).map(|s| s.id).collect();
        let nr = usize::try_from(skole.as_u128() % 997).unwrap_or_default();
        andre.get(nr.checked_rem(andre.len())?).copied()
    }

    /// Ends every class and makes its successor, if it has one.
    fn nye_klasser(&mut self, na: Timestamp) -> HashMap<Uuid, Uuid> {
        let gamle: Vec<Klasse> = self.klasser.values().filter(|rad| !rad.slettet).map(|rad| rad.data.clone()).collect();
        let mut arvtakere = HashMap::new();
        for gammel in gamle {
            if let Some(rad) = self.klasser.get_mut(&gammel.id) {
                (rad.slettet, rad.endret) = (true, na);
            }
            let trinn = if gammel.gruppetype == Gruppetype::Sfo { gammel.trinn } else { gammel.trinn + 1 };
            let Some(skole) = self.skole_for(gammel.skole, trinn).filter(|_| trinn <= 10) else { continue };
            let kode = if skole != gammel.skole {
                self.ny_kode(skole, trinn)
            } else if gammel.gruppetype == Gruppetype::Sfo {
                gammel.kode.clone()
            } else {
                format!("{trinn}{}", gammel.kode.trim_start_matches(|c: char| c.is_ascii_digit()))
            };
            let id = avledet(gammel.id, self.eier.skolear.unsigned_abs().into());
            arvtakere.insert(gammel.id, id);
            let data = Klasse { id, skole, trinn, kode, gruppetype: gammel.gruppetype };
            self.klasser.insert(id, Rad { data, endret: na, slettet: false });
        }
        arvtakere
    }

    /// The first letter that is free among the classes of a grade.
    fn ny_kode(&self, skole: Uuid, trinn: u8) -> String {
        let brukt = |kode: &str| {
            self.klasser.values().any(|rad| !rad.slettet && rad.data.skole == skole && rad.data.kode == kode)
        };
        let koder = (b'A'..=b'Z').map(|bokstav| format!("{trinn}{}", char::from(bokstav)));
        koder.into_iter().find(|kode| !brukt(kode)).unwrap_or_else(|| format!("{trinn}Å"))
    }

    fn flytt_opp(&mut self, elev: Elev, nye_klasser: &HashMap<Uuid, Uuid>, na: Timestamp) {
        let trinn = elev.trinn + 1;
        let Some(skole) = self.skole_for(elev.skole, trinn).filter(|_| trinn <= 10) else {
            return self.slutt(elev.id, false, Tid::ved(na));
        };
        let ny = |gammel: &Uuid| nye_klasser.get(gammel).copied();
        let hos = |t: &Self, klasse: &Uuid| {
            t.klasser
                .get(klasse)
                .is_some_and(|k| k.data.skole == skole && (k.data.gruppetype != Gruppetype::Sfo || trinn <= 4))
        };
        let klasse = elev.klasse.as_ref().and_then(ny).filter(|k| hos(self, k));
        let grupper = elev.grupper.iter().filter_map(ny).filter(|k| hos(self, k)).collect();
        self.ta_inn_ny(Elev { trinn, skole, klasse, grupper, ..elev }, Tid::ved(na));
    }

    fn flytt_laerere(&mut self, nye_klasser: &HashMap<Uuid, Uuid>, na: Timestamp) {
        let mut medlemskap = Vec::new();
        for rad in self.brukere.values_mut().filter(|rad| !rad.slettet) {
            if let Bruker::Laerer(laerer) = &mut rad.data {
                laerer.klasse = laerer.klasse.and_then(|gammel| nye_klasser.get(&gammel).copied());
                medlemskap.extend(laerer.klasse.map(|klasse| (laerer.id, klasse)));
            }
        }
        for (laerer, klasse) in medlemskap {
            if let Some(skole) = self.klasser.get(&klasse).map(|rad| rad.data.skole) {
                self.meld_paa(laerer, klasse, skole, "teacher", na);
            }
        }
    }

    /// As many as last year begin, where nobody came up from another school.
    fn fyll_laveste_trinn(&mut self, skole: Uuid, klasser: usize, antall: usize, na: Timestamp, rng: &mut ChaCha8Rng) {
        let Some(trinn) = self.skoler.get(&skole).map(|s| s.trinn_fra) else { return };
        if klasser == 0 || self.elever_i(skole, trinn) > 0 {
            return;
        }
        let klasser: Vec<Uuid> = (0..klasser)
            .map(|_| {
                let (id, kode) = (ny_id(rng), self.ny_kode(skole, trinn));
                let data = Klasse { id, skole, trinn, kode, gruppetype: Gruppetype::Klasse };
                self.klasser.insert(id, Rad { data, endret: na, slettet: false });
                id
            })
            .collect();
        for i in 0..antall {
            let elev = self.ny_elev(skole, Some(klasser[i % klasser.len()]), trinn, ny_id(rng), rng);
            self.ta_inn_ny(elev, Tid::ved(na));
        }
    }

    /// A pupil that nobody has met, with a number from the series.
    pub(super) fn ny_elev(
        &mut self,
        skole: Uuid,
        klasse: Option<Uuid>,
        trinn: u8,
        id: Uuid,
        rng: &mut ChaCha8Rng,
    ) -> Elev {
        let ar = self.eier.skolear - 5 - i16::from(trinn);
        let nummer = self.nummerserie.fodselsnummer(ar);
        let (fodselsdato, jente) = les_nummer(&nummer).unwrap_or((date(ar, 6, 15), true));
        let navn = Navn::trekk(rng, jente);
        Elev {
            id,
            fornavn: navn.fornavn.into(),
            mellomnavn: navn.mellomnavn.map(Into::into),
            etternavn: navn.etternavn.into(),
            nummer: Some(nummer),
            fodselsdato,
            jente,
            nynorsk: rng.random_bool(0.15),
            trinn,
            skole,
            klasse,
            grupper: Vec::new(),
            foresatte: Vec::new(),
        }
    }
}

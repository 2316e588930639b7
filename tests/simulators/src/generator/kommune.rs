//! Fills one municipality.

use jiff::{SignedDuration, civil::date, tz::TimeZone};
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{
    Elev, Foresatt, GeneratorConfig, Gruppetype, Klasse, Kommune, Laerer, Navn, Nummerserie, Skole, SkoleOppsett, feil,
};

/// No class is larger.
const KLASSESTORRELSE: u16 = 26;

impl Kommune {
    /// Makes the municipality that the configuration describes: the same configuration, the same municipality.
    pub fn generer(config: &GeneratorConfig) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
        // Municipalities with the same seed draw from different streams.
        rng.set_stream(config.kommunenummer.parse().unwrap_or_default());
        let start = date(config.skolear, 8, 17).at(6, 0, 0, 0).to_zoned(TimeZone::UTC).map(|z| z.timestamp());
        let mut kommune = Self {
            kommunenummer: config.kommunenummer.clone(),
            navn: config.navn.clone(),
            id: ny_id(&mut rng),
            orgnr: config.orgnr.clone(),
            domene: config.domene.clone(),
            skolear: config.skolear,
            opprettet: start.unwrap_or_default() + SignedDuration::from_mins(rng.random_range(0..600)),
            skoler: Vec::new(),
            klasser: Vec::new(),
            elever: Vec::new(),
            laerere: Vec::new(),
            foresatte: Vec::new(),
            plantet: Vec::new(),
            nummerserie: Nummerserie::ny(config.seed, config.nummer_fra),
        };
        for oppsett in &config.skoler {
            kommune.fyll_skole(oppsett, config, &mut rng);
        }
        feil::plant(&mut kommune, config.feil, &mut rng);
        kommune
    }

    fn fyll_skole(&mut self, oppsett: &SkoleOppsett, config: &GeneratorConfig, rng: &mut ChaCha8Rng) {
        let skole = Skole {
            id: ny_id(rng),
            orgnr: oppsett.orgnr.clone(),
            skolenummer: oppsett.skolenummer.clone(),
            navn: oppsett.navn.clone(),
            trinn_fra: oppsett.trinn_fra,
            trinn_til: oppsett.trinn_til,
        };
        let id = skole.id;
        self.skoler.push(skole);
        let sfo = (oppsett.trinn_fra <= 4).then(|| self.ny_gruppe(id, oppsett.trinn_fra, "SFO", Gruppetype::Sfo, rng));
        for trinn in oppsett.trinn_fra..=oppsett.trinn_til {
            let fag = (trinn >= 8).then(|| self.ny_gruppe(id, trinn, "Tysk", Gruppetype::Fag, rng));
            let antall = varier(oppsett.per_trinn, config.variasjon, rng);
            let klasser = antall.div_ceil(KLASSESTORRELSE).max(1);
            for nr in 0..klasser {
                let bokstav = char::from(b'A' + u8::try_from(nr % 26).expect("below 26"));
                let klasse = self.ny_gruppe(id, trinn, &bokstav.to_string(), Gruppetype::Klasse, rng);
                self.ny_laerer(id, klasse, rng);
                // The remainder is spread over the first classes.
                let storrelse = antall / klasser + u16::from(nr < antall % klasser);
                for _ in 0..storrelse {
                    let gruppe = match (sfo, fag) {
                        (Some(sfo), _) if trinn <= 4 && rng.random_bool(0.6) => Some(sfo),
                        (_, Some(fag)) if rng.random_bool(0.3) => Some(fag),
                        _ => None,
                    };
                    self.ny_elev(id, klasse, trinn, gruppe, rng);
                    if rng.random_bool(config.foresatte_andel) {
                        self.ny_foresatt(rng);
                    }
                }
            }
        }
    }

    fn ny_gruppe(&mut self, skole: Uuid, trinn: u8, navn: &str, type_: Gruppetype, rng: &mut ChaCha8Rng) -> Uuid {
        let kode = match type_ {
            Gruppetype::Klasse => format!("{trinn}{navn}"),
            Gruppetype::Sfo => navn.to_owned(),
            Gruppetype::Fag => format!("{trinn} {navn}"),
        };
        let klasse = Klasse { id: ny_id(rng), skole, trinn, kode, gruppetype: type_ };
        let id = klasse.id;
        self.klasser.push(klasse);
        id
    }

    fn ny_elev(&mut self, skole: Uuid, klasse: Uuid, trinn: u8, gruppe: Option<Uuid>, rng: &mut ChaCha8Rng) {
        let nummer = self.nummerserie.neste(self.skolear - 5 - i16::from(trinn), false);
        let navn = Navn::trekk(rng, nummer.jente);
        self.elever.push(Elev {
            id: ny_id(rng),
            fornavn: navn.fornavn.into(),
            mellomnavn: navn.mellomnavn.map(Into::into),
            etternavn: navn.etternavn.into(),
            nummer: Some(nummer.sifre),
            fodselsdato: nummer.fodselsdato,
            jente: nummer.jente,
            nynorsk: rng.random_bool(0.15),
            trinn,
            skole,
            klasse: Some(klasse),
            grupper: gruppe.into_iter().collect(),
            foresatte: Vec::new(),
        });
    }

    fn ny_laerer(&mut self, skole: Uuid, klasse: Uuid, rng: &mut ChaCha8Rng) {
        let jente = rng.random_bool(0.7);
        let navn = Navn::trekk(rng, jente);
        self.laerere.push(Laerer {
            id: ny_id(rng),
            fornavn: navn.fornavn.into(),
            etternavn: navn.etternavn.into(),
            skole,
            klasse: Some(klasse),
        });
    }

    /// A guardian for the pupil that was made last.
    fn ny_foresatt(&mut self, rng: &mut ChaCha8Rng) {
        let mor = rng.random_bool(0.5);
        let navn = Navn::trekk(rng, mor);
        let id = ny_id(rng);
        let Some(barn) = self.elever.last_mut() else { return };
        barn.foresatte.push(id);
        self.foresatte.push(Foresatt {
            id,
            fornavn: navn.fornavn.into(),
            etternavn: barn.etternavn.clone(),
            mor,
            skole: barn.skole,
            barn: vec![barn.id],
        });
    }
}

/// A number near `antall`, at most so many per cent away, and never 0.
fn varier(antall: u16, prosent: u16, rng: &mut ChaCha8Rng) -> u16 {
    let avvik = (antall / 100 * prosent.min(100)) + (antall % 100 * prosent.min(100)) / 100;
    if avvik == 0 { antall } else { rng.random_range(antall - avvik..=antall + avvik).max(1) }
}

/// A random UUID (version 4) from the seeded generator.
pub(crate) fn ny_id(rng: &mut ChaCha8Rng) -> Uuid {
    let mut byte = [0; 16];
    rng.fill_bytes(&mut byte);
    uuid::Builder::from_random_bytes(byte).into_uuid()
}

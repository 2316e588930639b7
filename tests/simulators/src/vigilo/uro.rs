//! Rarer changes than those of an ordinary morning: what breaks a client that trusts ids, numbers or dates.

use rand::{RngExt as _, SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use super::{
    Endring,
    tilstand::{Bruker, Tilstand},
};
use crate::generator::{Elev, Navn, ny_id};

/// Draws at most `antall` changes, each for its own pupil, the same for the same seed and state. New numbers are taken
/// from the series.
pub(super) fn uro(tilstand: &mut Tilstand, seed: u64, antall: usize) -> Vec<Endring> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut elever: Vec<Elev> = tilstand
        .brukere
        .values()
        .filter(|rad| !rad.slettet)
        .filter_map(|rad| if let Bruker::Elev(elev) = &rad.data { Some(elev.clone()) } else { None })
        .collect();
    elever.shuffle(&mut rng);
    elever.into_iter().take(antall).filter_map(|elev| en(tilstand, &elev, &mut rng)).collect()
}

fn en(tilstand: &mut Tilstand, elev: &Elev, rng: &mut ChaCha8Rng) -> Option<Endring> {
    let id = elev.id;
    let har_trinnet =
        |s: &&crate::generator::Skole| s.id != elev.skole && (s.trinn_fra..=s.trinn_til).contains(&elev.trinn);
    let annen_skole = tilstand.skoler.values().find(har_trinnet).map(|s| s.id);
    let nummer = |t: &mut Tilstand| t.nummerserie.fodselsnummer(t.eier.skolear - 5 - i16::from(elev.trinn));
    Some(match rng.random_range(0..9) {
        0 => {
            let skole = annen_skole?;
            Endring::BytterSkole { elev: id, skole, klasse: tilstand.klasse_paa(skole, elev.trinn) }
        }
        1 => Endring::ToSkoler { elev: id, skole: annen_skole?, ny: ny_id(rng) },
        2 => Endring::BytterId { elev: id, ny: ny_id(rng), hardt: rng.random_bool(0.5) },
        3 => {
            let nummer = nummer(tilstand);
            let navn = Navn::trekk(rng, nummer.as_bytes()[8].is_multiple_of(2));
            Endring::GjenbrukerId {
                elev: id,
                fornavn: navn.fornavn.to_owned(),
                mellomnavn: navn.mellomnavn.map(str::to_owned),
                etternavn: navn.etternavn.to_owned(),
                nummer,
            }
        }
        4 => Endring::BytterNummer { elev: id, nummer: nummer(tilstand) },
        5 => Endring::MisterNummer { elev: id },
        6 => Endring::Skjermes { elev: id },
        7 => {
            let trinn = if elev.trinn == 10 { 9 } else { elev.trinn + 1 };
            Endring::UtenDato { endring: Box::new(Endring::BytterTrinn { elev: id, trinn }) }
        }
        _ => Endring::Slutter { elev: id, hardt: rng.random_bool(0.5) },
    })
}

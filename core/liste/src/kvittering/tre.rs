//! The Merkle tree over the pupils of a list, as in RFC 6962.

use super::form::{Elev, Hex, kanonisk};
use ct_merkle::{InclusionProof, RootHash, mem_backed_tree::MemoryBackedTree};
use elevliste::{Elevlinje, Linjeavtrykk};
use hendelse::Tenantnokkel;
use serde::Serialize;
use sha2::Sha256;
use uuid::Uuid;

#[derive(Serialize)]
struct Blad<'a> {
    elev: &'a Elev,
    salt: Hex<16>,
}

fn blad(elev: &Elev, salt: Hex<16>) -> Vec<u8> {
    kanonisk(&Blad { elev, salt })
}

/// The leaf of a pupil who is as the receiver had him.
#[derive(Serialize)]
struct Uendret<'a> {
    avtrykk: &'a str,
    salt: Hex<16>,
}

/// What keeps a pupil's leaf from being guessed. Whoever has the salt of one pupil has no other.
pub(crate) fn salt(nokkel: &Tenantnokkel, segl: &str, elev: Uuid) -> Hex<16> {
    Hex(nokkel.k(&["kvitteringssalt", segl, &elev.to_string()]).0)
}

/// The tree over these lines, in order.
pub(crate) struct Tre(MemoryBackedTree<Sha256, Vec<u8>>);

impl Tre {
    /// `uendret` are those whom the receiver keeps as it has them.
    pub(crate) fn over(linjer: &[Elevlinje], uendret: &[Linjeavtrykk], nokkel: &Tenantnokkel, segl: &str) -> Self {
        let mut tre = MemoryBackedTree::new();
        for linje in linjer {
            tre.push(blad(&Elev::from(linje), salt(nokkel, segl, linje.elev)));
        }
        for Linjeavtrykk { elev, avtrykk } in uendret {
            tre.push(kanonisk(&Uendret { avtrykk, salt: salt(nokkel, segl, *elev) }));
        }
        Self(tre)
    }

    pub(crate) fn rot(&self) -> Hex<32> {
        Hex((*self.0.root().as_bytes()).into())
    }

    /// The hashes from the leaf with this index, which must exist, to the root.
    pub(crate) fn bevis(&self, plass: usize) -> Vec<Hex<32>> {
        let bevis = self.0.prove_inclusion(plass);
        bevis.as_bytes().as_chunks().0.iter().map(|hash| Hex(*hash)).collect()
    }
}

/// Whether the pupil stands on line `linje` (from 1) of the list of `antall` pupils with this root.
pub(crate) fn star_i((rot, antall): (Hex<32>, u32), linje: u32, elev: &Elev, salt: Hex<16>, bevis: &[Hex<32>]) -> bool {
    let Some(plass) = linje.checked_sub(1) else { return false };
    let bevis = InclusionProof::<Sha256>::from_bytes(bevis.iter().flat_map(|hash| hash.0).collect());
    let rot = RootHash::<Sha256>::new(rot.0.into(), antall.into());
    rot.verify_inclusion(&blad(elev, salt), plass.into(), &bevis).is_ok()
}

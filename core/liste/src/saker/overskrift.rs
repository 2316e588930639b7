//! The numbers of a school's first line: «112 elever: 109 klare, 3 må rettes».

use crate::{Listebilde, Plassering, bilde::har_feil};

/// How many pupils the source has for a list, and where they are. The page has the words.
///
/// `sendt + klare + ma_rettes + ma_meldes + holdt + manuelt` is always `elever`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Overskrift {
    /// What the source has, protected pupils among them.
    pub elever: usize,
    /// Accepted by the receiver as they stand.
    pub sendt: usize,
    /// Nothing stands in their way.
    pub klare: usize,
    /// Something about them has to be corrected.
    pub ma_rettes: usize,
    /// Changed after acceptance, and only the intake office can be told.
    pub ma_meldes: usize,
    /// Held back by somebody.
    pub holdt: usize,
    /// Handled by hand, protected pupils among them.
    pub manuelt: usize,
    /// Of these the protected ones. For those who may know it.
    pub skjermet: usize,
}

impl Overskrift {
    /// Whether every pupil is somewhere.
    pub const fn gar_opp(&self) -> bool {
        let Self { elever, sendt, klare, ma_rettes, ma_meldes, holdt, manuelt, skjermet } = *self;
        sendt + klare + ma_rettes + ma_meldes + holdt + manuelt == elever && skjermet <= manuelt
    }
}

/// The numbers of a list.
pub fn overskrift(bilde: &Listebilde) -> Overskrift {
    let mut tall = Overskrift::default();
    for linje in &bilde.plasseringer {
        *match linje.plassering {
            Plassering::Sendt => &mut tall.sendt,
            Plassering::Klar => &mut tall.klare,
            Plassering::Avvik if har_feil(&linje.avvik) => &mut tall.ma_rettes,
            Plassering::Avvik => &mut tall.ma_meldes,
            Plassering::Holdt { .. } => &mut tall.holdt,
            Plassering::Manuelt { .. } => &mut tall.manuelt,
        } += 1;
    }
    tall.elever = bilde.avstemming.kilde as usize;
    tall.skjermet = tall.elever - bilde.plasseringer.len();
    tall.manuelt += tall.skjermet;
    tall
}

//! A list as a person is shown it.

use crate::hovedbok::Listesak;
use crate::utsikt::Sammendrag;
use elevliste::{Elevlinje, Handling, Innsendingspost};
use identitet::Skjermet;
use liste::{Linjebilde, Listebilde};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// A list as a person is shown it: without protected pupils, of whom nothing here is a trace, and with numbers of which
/// only the day of birth can be read. The counts and the seal are those of the whole list.
#[derive(Debug, Clone)]
pub struct Sett {
    /// The list in numbers, as it stands.
    pub sammendrag: Arc<Sammendrag>,
    /// The list and its ledger. Acts are not written with it: see [`super::Utsnitt::utfor`].
    pub sak: Listesak,
    /// The list and its ledger seen together.
    pub bilde: Listebilde,
}

impl Sett {
    /// What may be shown of a list, of whom `skjermede` are protected.
    pub(super) fn av(
        sammendrag: Arc<Sammendrag>,
        mut sak: Listesak,
        mut bilde: Listebilde,
        skjermede: &BTreeSet<Uuid>,
    ) -> Self {
        let borte = |elev: &Uuid| skjermede.contains(elev);
        bilde.uten(&sak.liste.linjer, borte);
        sak.liste.linjer.retain(|linje| !borte(&linje.elev));
        sak.liste.skjermede.clear();
        sak.poster.retain(|post| !elev_av(&post.handling).is_some_and(|elev| borte(&elev)));
        sak.poster.iter_mut().for_each(|post| uten(post, borte));
        sak.liste.linjer.iter_mut().chain(&mut bilde.sendbare).for_each(masker_linje);
        Self { sammendrag, sak, bilde }
    }

    /// Only the lines that are asked for.
    pub(super) fn velg(mut self, velg: impl Fn(&Elevlinje, &Linjebilde) -> bool) -> Self {
        let linjer = &self.sak.liste.linjer;
        let valgt = |plassert: &&Linjebilde| linjer.get(plassert.linje).is_some_and(|linje| velg(linje, plassert));
        let valgte: BTreeSet<Uuid> =
            self.bilde.plasseringer.iter().filter(valgt).map(|plassert| linjer[plassert.linje].elev).collect();
        let andre: BTreeSet<Uuid> = linjer.iter().map(|l| l.elev).filter(|elev| !valgte.contains(elev)).collect();
        self.bilde.uten(linjer, |elev| andre.contains(elev));
        self.sak.liste.linjer.retain(|linje| !andre.contains(&linje.elev));
        self
    }

    /// The pupils whose names are in it.
    pub fn elever(&self) -> BTreeSet<Uuid> {
        self.sak.liste.linjer.iter().chain(&self.bilde.sendbare).map(|linje| linje.elev).collect()
    }

    /// A line and where its pupil is.
    pub fn linje(&self, elev: Uuid) -> Option<(&Elevlinje, &Linjebilde)> {
        self.linjer().find(|(linje, _)| linje.elev == elev)
    }

    /// Every line, with where its pupil is.
    pub fn linjer(&self) -> impl Iterator<Item = (&Elevlinje, &Linjebilde)> {
        let linjer = &self.sak.liste.linjer;
        self.bilde.plasseringer.iter().filter_map(|plassert| Some((linjer.get(plassert.linje)?, plassert)))
    }
}

/// The pupil that an act is about.
fn elev_av(handling: &Handling) -> Option<Uuid> {
    match handling {
        Handling::HoldtTilbake { elev, .. }
        | Handling::RutetManuelt { elev, .. }
        | Handling::Frigitt { elev }
        | Handling::FiktivtNummer { elev, .. }
        | Handling::Ettermeldt { elev, .. } => Some(*elev),
        _ => None,
    }
}

/// Lines of an intent keep their places, which the receiver's remarks refer to.
fn uten(post: &mut Innsendingspost, borte: impl Fn(&Uuid) -> bool) {
    match &mut post.handling {
        Handling::Intensjon { linjer, .. } => {
            for linje in linjer.iter_mut().filter(|linje| borte(&linje.elev)) {
                (linje.elev, linje.avtrykk) = (Uuid::nil(), String::new());
            }
        }
        Handling::FiktivtNummer { nummer: Some(nummer), .. } => *nummer = masker(nummer),
        _ => {}
    }
}

pub(super) fn masker_linje(linje: &mut Elevlinje) {
    linje.identitetsnummer = linje.identitetsnummer.as_ref().map(masker);
}

/// Day, month and year of birth of what looks like a number that has them; of anything else only how long it is.
pub(super) fn masker(nummer: &Skjermet<String>) -> Skjermet<String> {
    let tekst = nummer.vis();
    let dato = if tekst.len() == 11 && tekst.bytes().all(|b| b.is_ascii_digit()) { 6 } else { 0 };
    Skjermet::new(tekst.chars().enumerate().map(|(plass, tegn)| if plass < dato { tegn } else { '*' }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_number_the_day_of_birth_is_shown_and_of_anything_else_nothing() {
        for (nummer, ventet) in [
            ("05911099839", "059110*****"),
            ("123456789012", "************"),
            ("ABC123", "******"),
            ("ÅÅ", "**"),
            ("", ""),
        ] {
            assert_eq!(masker(&nummer.into()).vis(), ventet);
        }
    }
}

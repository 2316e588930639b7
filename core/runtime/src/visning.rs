//! What is shown of a list: the values that `core/liste` works out, for adapters that show them to people.

pub use liste::forklaring;
pub use liste::kvittering;
pub use liste::{
    Alvor, Egnestier, Etterendringer, Handlingsfeil, Linjebilde, Linjeendring, Linjefelt, Listebilde, Mottattbilde,
    Oppgave, Overskrift, Plassering, Regel, Rettefelt, Rettested, Sak, Skolesystem, Stifeil, Tekst, detalj_tekst,
    effektiv, eier_tekst, for_merknad, oppgave_tekst, overskrift, plassering_tekst, regel, rettested, saker,
    status_tekst,
};
pub use mapping::{Kartregel, kartregel};

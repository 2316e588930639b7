//! FINT's JSON: attributes, and `_links` with addresses instead of our [`Lenke`]s.
//!
//! - [`render()`] writes one resource and [`list()`] the envelope around many. What is empty is left out.
//! - [`parse()`] reads one resource, tolerant where FINT's own senders differ.
//! - [`Baklenker`] derives the side of a relation that is not stored.
//!
//! All of it goes by the metamodel; no class has code of its own here. Beware that FINT puts fodselsnummer into
//! addresses: what is rendered is a payload, and neither it nor any `href` in it belongs in a log.

mod baklenker;
mod dato;
mod envelope;
mod href;
mod parse;
mod render;

pub use baklenker::Baklenker;
pub use envelope::{Utsnitt, list};
pub use parse::{Parsefeil, parse};
pub use render::render;

use crate::{Lenke, Modellert, Ressurs, metamodell::Relasjon};
use serde_json::{Map, Value};

/// The package that common classes (Person, Kontaktperson) are served under when nothing else says.
pub const FELLES_UNDER: &str = "utdanning/elev";

/// The address of a class's collection, e.g. `{base}/utdanning/elev/klasse`: the `url` of [`list`].
pub fn samling<T: Ressurs>(base: &str) -> String {
    format!("{}/{}", base.trim_end_matches('/'), href::sti(T::MODELL.full, &href::felles_under(T::MODELL)))
}

/// The fields of a struct by their names on the wire.
fn felter<T: Modellert>(verdi: &T) -> Map<String, Value> {
    match serde_json::to_value(verdi) {
        Ok(Value::Object(felter)) => felter,
        _ => unreachable!("a class is a struct of strings, numbers, lists and structs, which always serialise"),
    }
}

/// The links that a struct holds for one relation, whatever their number.
fn lenker(felter: &Map<String, Value>, relasjon: &Relasjon) -> Vec<Lenke> {
    let les = |verdi: &Value| -> Lenke {
        serde_json::from_value(verdi.clone()).expect("a stored relation was serialised from a Lenke")
    };
    match felter.get(relasjon.navn) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(flere)) => flere.iter().map(les).collect(),
        Some(en) => vec![les(en)],
    }
}

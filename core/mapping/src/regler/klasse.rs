//! KA-02x: class → Klasse.

use super::Mapped;
use crate::{oppslag::Ar, poster::Klassepost};
use fint::{Arstrinn, Identifikator, Klasse, Lenke, Skolear};
use kodeverk::Trinn;
use uuid::Uuid;

/// FINT requires a grade. This stands where there is none, as in a class of several grades.
const UKJENT: &str = "ukjent";

/// What is known around a class.
pub(crate) struct Klassested {
    pub(crate) id: Uuid,
    /// The school year, and who said so.
    pub(crate) ar: Ar,
    /// The grade that all its pupils share.
    pub(crate) elevenes_trinn: Option<Trinn>,
}

/// KA-020, for a class at a school that exists.
pub(crate) fn klasse(post: &Klassepost, om: &Klassested) -> Mapped<Klasse> {
    let (trinn, avvik) = match (&*post.trinn, om.elevenes_trinn) {
        ([trinn], _) => (Some(*trinn), None),
        (_, Some(trinn)) => (Some(trinn), Some("KA-021")),
        (_, None) => (None, Some("KA-022")),
    };
    let trinn = Lenke::til::<Arstrinn>(trinn.map_or_else(|| UKJENT.to_owned(), |t| t.to_string()));
    let id = Identifikator::ny(om.id.to_string());
    let mut klasse = Klasse::ny(id, post.navn.as_str(), trinn, Lenke::til::<fint::Skole>(post.skole.to_string()));
    klasse.skolear = om.ar.skolear().map(|ar| Lenke::til::<Skolear>(ar.to_string()));
    let mut ut = Mapped::ren(klasse);
    avvik.into_iter().for_each(|regel| ut.avvik(regel, "grades"));
    if !matches!(om.ar, Ar::Sagt(_)) {
        ut.avvik("KA-023", "terms");
    }
    ut
}

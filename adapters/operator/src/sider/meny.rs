//! The menu of each role.

use crate::sider::besok::Besok;
use runtime::adgang::Adgangsrolle;

/// The places of the menu: address and name.
pub(crate) fn punkter(besok: &Besok) -> Vec<(String, String)> {
    let steder: &[(&str, &'static str)] = match besok.rolle() {
        Adgangsrolle::Skole => &[("/skole", "meny-lister")],
        Adgangsrolle::Kommune => &[
            ("/kommune", "meny-skoler"),
            ("/kommune/kilder", "meny-kilder"),
            ("/brukere", "meny-brukere"),
            ("/innsyn", "meny-innsyn"),
        ],
        Adgangsrolle::Fylke => &[
            ("/fylke", "meny-oversikt"),
            ("/fylke/runder", "meny-runder"),
            ("/fylke/ettermeldinger", "meny-ettermeldinger"),
            ("/fylke/kvitteringer", "meny-kvitteringer"),
            ("/fylke/fiktive", "meny-fiktive"),
            ("/brukere", "meny-brukere"),
            ("/innsyn", "meny-innsyn"),
        ],
        Adgangsrolle::Integrator => &[
            ("/drift", "meny-drift"),
            ("/drift/karantene", "meny-karantene"),
            ("/drift/pauser", "meny-pauser"),
            ("/drift/topologi", "meny-topologi"),
        ],
        Adgangsrolle::Revisor => {
            &[("/innsyn", "meny-innsyn"), ("/kommune", "meny-skoler"), ("/brukere", "meny-brukere")]
        }
    };
    steder.iter().map(|(adresse, navn)| ((*adresse).to_owned(), besok.sprak.t(navn).to_string())).collect()
}

/// Where a person begins.
pub(crate) const fn forside(rolle: Adgangsrolle) -> &'static str {
    match rolle {
        Adgangsrolle::Skole => "/skole",
        Adgangsrolle::Kommune => "/kommune",
        Adgangsrolle::Fylke => "/fylke",
        Adgangsrolle::Integrator => "/drift",
        Adgangsrolle::Revisor => "/innsyn",
    }
}

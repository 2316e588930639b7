//! The letters of a round, as they will go out.

use super::{lister, skolenavn};
use crate::rute::{Brevbestilling, Brevskole, Brevskriver, Brevslag, Brevtil};
use crate::sprak::Sprak;
use elevliste::{Innsamling, Skolestatus};
use runtime::adgang::Utsnitt;
use runtime::utsikt::Sammendrag;
use std::sync::Arc;

/// A letter.
pub(crate) struct Brev {
    pub(crate) slag: Brevslag,
    pub(crate) til: Brevtil,
    pub(crate) emne: String,
    pub(crate) tekst: String,
}

/// All of them, in the language `pa`.
pub(crate) fn brev(ut: &Utsnitt, skriv: &Brevskriver, runde: &Innsamling, pa: Sprak) -> Vec<Brev> {
    let lister = lister(ut, runde.nokkel());
    let ett = |(slag, til)| {
        let skoler = skoler(pa, &lister, runde, til);
        let (emne, tekst) = skriv(&Brevbestilling { runde, slag, til, skoler: &skoler, sprak: pa });
        Brev { slag, til, emne, tekst }
    };
    alle(runde).into_iter().map(ett).collect()
}

/// Every letter of a round, to everybody who gets it.
fn alle(runde: &Innsamling) -> Vec<(Brevslag, Brevtil)> {
    use Brevtil::{Fylke, Kommune, Skole};
    let til = |slag, alle: &[Brevtil]| alle.iter().map(|til| (slag, *til)).collect::<Vec<_>>();
    let mut ut = til(Brevslag::Instruks, &[Skole, Kommune]);
    for dager in &runde.paminnelser {
        // The office is reminded on the last day.
        let hvem: &[Brevtil] = if *dager == 0 { &[Skole, Kommune, Fylke] } else { &[Skole, Kommune] };
        ut.extend(til(Brevslag::Paminnelse(*dager), hvem));
    }
    ut.extend(til(Brevslag::IkkeLevert, &[Skole, Kommune, Fylke]));
    ut
}

/// The schools that a letter to them would name today: those that have not delivered. One that is made up, where all have.
fn skoler(pa: Sprak, lister: &[Arc<Sammendrag>], runde: &Innsamling, til: Brevtil) -> Vec<Brevskole> {
    let mangler = |liste: &&Arc<Sammendrag>| runde.gjelder(&liste.nokkel) && liste.forst_mottatt.is_none();
    let alle: Vec<&Arc<Sammendrag>> = lister.iter().filter(mangler).collect();
    // The one with most to do, and its neighbours.
    let Some(valgt) = alle.iter().max_by_key(|liste| (liste.ma_rettes, liste.antall.kilde)) else {
        let navn = pa.t("fylke-brev-eksempel").to_string();
        return vec![Brevskole { navn, status: Skolestatus::Avvik, elever: 24, ma_rettes: 2 }];
    };
    let med = alle.iter().filter(|liste| match til {
        Brevtil::Skole => liste.nokkel == valgt.nokkel,
        Brevtil::Kommune => liste.tenant == valgt.tenant,
        Brevtil::Fylke => true,
    });
    med.map(|liste| Brevskole {
        navn: skolenavn(liste),
        status: liste.status,
        elever: liste.antall.kilde,
        ma_rettes: liste.ma_rettes,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Godkjenning;

    #[test]
    fn every_letter_is_shown_as_everybody_gets_it() {
        let vindu = ("2026-10-01T00:00:00+02".parse().unwrap(), "2026-11-14T00:00:00+01".parse().unwrap());
        let runde = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole);
        let alle = alle(&runde);
        assert_eq!(alle.len(), 2 + 3 * 2 + 3 + 3);
        let til_fylket: Vec<_> = alle.iter().filter(|(_, til)| *til == Brevtil::Fylke).map(|(slag, _)| *slag).collect();
        assert_eq!(til_fylket, [Brevslag::Paminnelse(0), Brevslag::IkkeLevert]);
        let skoler = skoler(Sprak::Bokmal, &[], &runde, Brevtil::Kommune);
        assert!(skoler.len() == 1 && skoler[0].elever > 0, "a letter of nobody shows nothing");
    }
}

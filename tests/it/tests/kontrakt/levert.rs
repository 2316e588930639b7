//! Sources that are handed in as changes: a package of delta files, and single pupils who are keyed in.

use crate::omveier::Stokket;
use crate::pakke;
use crate::prover::{kommune, tastede};
use crate::sannhet::{Sannhet, av_objekter, av_vigilo, avvik};
use crate::sted::{Sted, klokke};
use adapter_csv::tastet::{Tastetendring, Tastetkilde, observasjoner};
use async_trait::async_trait;
use flow::{Cursor, Kildeobjekt, Page, Presence, Progress, Source, SourceError, Vannmerker};
use identitet::Skjermet;
use runtime::{Levering, lever};
use simulators::vigilo::{Endring, Samling, Vigilo, VigiloConfig};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every page of the changes comes twice, each from a source object that knows nothing of the ones before.
struct HverSin(Box<dyn Fn() -> Arc<dyn Source> + Send + Sync>);

#[async_trait]
impl Source for HverSin {
    fn name(&self) -> &'static str {
        "kilden"
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        (self.0)().read(after).await
    }

    async fn changes(&self, since: &Vannmerker, after: &Cursor) -> Result<Option<Page>, SourceError> {
        let igjen = after.0.strip_prefix("igjen:");
        let side = (self.0)().changes(since, &Cursor(igjen.unwrap_or(&after.0).to_owned())).await?;
        let neste = Cursor(format!("igjen:{}", after.0));
        Ok(side.map(|side| match igjen {
            Some(_) => side,
            None => Page { next: neste, progress: Progress::More, ..side },
        }))
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        (self.0)().look_up(objekt).await
    }
}

async fn er(sted: &Sted, fasit: &Sannhet, hva: &str) {
    let avvik = avvik(&sted.innhold().await, fasit);
    assert!(avvik.is_empty(), "{hva}: KILDE is not what is true: {avvik:?}");
}

#[tokio::test]
async fn a_delta_package_on_top_of_a_whole_one() {
    for versjon in ["1.1", "1.2"] {
        let vigilo = Vigilo::start(VigiloConfig::ny(kommune(9))).await.unwrap();
        let hel = pakke::config(7).build(pakke::hel(&vigilo, versjon)).unwrap();
        let sted = Sted::ny(&klokke(), Arc::new(hel)).await;
        lever(&sted.om, sted.kilde.clone(), Levering::Helt).await.unwrap();
        er(&sted, &av_vigilo(&vigilo), versjon).await;

        let samlinger =
            [Samling::Orgs, Samling::AcademicSessions, Samling::Classes, Samling::Users, Samling::Enrollments];
        let for_: BTreeMap<Samling, _> = samlinger.into_iter().map(|s| (s, vigilo.rader(s))).collect();
        let elever = &vigilo.kommune().elever;
        let klasse =
            vigilo.kommune().klasser.iter().find(|k| k.skole == elever[2].skole && Some(k.id) != elever[2].klasse);
        vigilo
            .endre(&[
                Endring::Slutter { elev: elever[0].id, hardt: false },
                Endring::MisterNummer { elev: elever[1].id },
                Endring::BytterKlasse { elev: elever[2].id, klasse: klasse.unwrap().id },
                Endring::Kommer {
                    id: "0b0f0d1e-7a11-4c5e-9f00-5d2d1c1b0a09".parse().unwrap(),
                    skole: elever[0].skole,
                    klasse: elever[0].klasse,
                    fornavn: "Ågot".into(),
                    mellomnavn: None,
                    etternavn: "Prøvesen".into(),
                    nummer: None,
                },
            ])
            .unwrap();
        let bytes = pakke::endringer(&|samling| for_[&samling].clone(), &vigilo, versjon);
        let bygg = move || -> Arc<dyn Source> { Arc::new(pakke::config(1).build(bytes.clone()).unwrap()) };
        let kilde = sted.med(Arc::new(HverSin(Box::new(bygg))));
        let antall = sted.logg().len();
        let utfall = lever(&sted.om, kilde.clone(), Levering::Endringer).await.unwrap();
        assert!(utfall.resultat.endret_noe() && utfall.avvist.is_empty(), "{versjon}: {utfall:?}");
        er(&sted, &av_vigilo(&vigilo), versjon).await;
        let endret = sted.logg().len();
        assert!(endret > antall && endret < antall + 12, "{versjon}: only what differs");
        // The same package once more says nothing new.
        assert!(!lever(&sted.om, kilde, Levering::Endringer).await.unwrap().resultat.endret_noe(), "{versjon}");
        assert_eq!(sted.logg().len(), endret);
    }
}

#[tokio::test]
async fn single_pupils_keyed_in_say_the_same_as_all_of_them() {
    let mut alle = tastede(&kommune(10));
    let sted = Sted::ny(&klokke(), Arc::new(Tastetkilde::hel("kilden", &alle))).await;
    lever(&sted.om, sted.kilde.clone(), Levering::Helt).await.unwrap();
    let borte = alle[0].elever.remove(0);
    alle[0].elever[0].fornavn = Skjermet::from("Ågot");
    let (skole, skolear, ny) = (alle[0].skole.clone(), alle[0].skolear, alle[0].elever[0].clone());
    let endringer = [
        Tastetendring::Fjernet { skole: skole.clone(), skolear, elev: Box::new(borte) },
        Tastetendring::Lagret { skole, skolear, elev: Box::new(ny) },
    ];
    let bygg = move || -> Arc<dyn Source> { Arc::new(Tastetkilde::endringer("kilden", &endringer)) };
    let kilde = sted.med(Arc::new(HverSin(Box::new(bygg))));
    for endret in [true, false] {
        let utfall = lever(&sted.om, kilde.clone(), Levering::Endringer).await.unwrap();
        assert_eq!(utfall.resultat.endret_noe(), endret);
        let objekter: Vec<_> = alle.iter().flat_map(observasjoner).map(|o| o.objekt).collect();
        er(&sted, &av_objekter(&objekter), "keyed in").await;
    }
    // All of them, in any order, adds nothing.
    let hel = Stokket::ny(Arc::new(Tastetkilde::hel("kilden", &alle)), 5, 4);
    let utfall = lever(&sted.om, sted.med(Arc::new(hel)), Levering::Helt).await.unwrap();
    assert!(!utfall.resultat.endret_noe() && utfall.holdt.is_none(), "{utfall:?}");
}

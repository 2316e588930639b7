//! What every source keeps, whatever it is read from.

use crate::omveier::{Lest, Stokket, ToGanger, les_fra};
use crate::prover::{self, Prove};
use crate::sannhet::{Sannhet, av_objekter, avvik, uten};
use crate::sted::Sted;
use flow::{Cursor, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What was read, against what is true. The code base has schools of its own beside the test's.
fn er_fasit(prove: &Prove, sannhet: Sannhet) {
    let (fasit, mut sannhet) = (prove.fasit(), uten(sannhet, prove.uten));
    if prove.navn == "vigo's code base" {
        sannhet.retain(|nokkel, _| fasit.contains_key(nokkel));
    }
    assert!(!fasit.is_empty());
    let avvik = avvik(&sannhet, &fasit);
    assert!(avvik.is_empty(), "{}: a reading is not what is true: {avvik:?}", prove.navn);
}

fn av(lest: &[Lest]) -> Sannhet {
    av_objekter(lest.iter().flat_map(|l| &l.observed).map(|o| &o.objekt))
}

#[tokio::test]
async fn a_source_resumes_from_any_cursor_in_another_process() {
    for prove in prover::alle().await {
        let forste = prove.ny_kilde();
        let hel = les_fra(&*forste, &Cursor::default()).await.unwrap();
        let tilsammen = av(std::slice::from_ref(&hel));
        er_fasit(&prove, tilsammen.clone());
        assert!(hel.refused.is_empty(), "{}: {:?}", prove.navn, hel.refused);
        assert!(hel.cursors.len() > 3 || prove.navn == "keyed in", "{}: {} pages", prove.navn, hel.cursors.len());
        let ulike: BTreeSet<_> = hel.cursors.iter().map(|c| &c.0).collect();
        assert_eq!(ulike.len(), hel.cursors.len(), "{}: every place has a cursor of its own", prove.navn);
        for (nr, cursor) in hel.cursors.iter().enumerate() {
            // Only as far as the cursor; then the source object is thrown away.
            let forst = prove.ny_kilde();
            let mut lest = Lest::default();
            for cursor in &hel.cursors[..nr] {
                lest.observed.extend(forst.read(cursor).await.unwrap().observed);
            }
            drop(forst);
            let resten = les_fra(&*prove.ny_kilde(), cursor).await.unwrap();
            assert_eq!(av(&[lest, resten]), tilsammen, "{} from page {nr}", prove.navn);
            prove.klokke.flytt(jiff::SignedDuration::from_secs(61));
        }
    }
}

#[tokio::test]
async fn the_same_cursor_gives_the_same_page() {
    for prove in prover::alle().await {
        let (en, annen) = (prove.ny_kilde(), prove.ny_kilde());
        let cursors = les_fra(&*en, &Cursor::default()).await.unwrap().cursors;
        for cursor in cursors.iter().rev() {
            let ventet = en.read(cursor).await.unwrap();
            for igjen in [annen.read(cursor).await.unwrap(), annen.read(cursor).await.unwrap()] {
                let objekter = |side: &flow::Page| side.observed.iter().map(|o| o.objekt.clone()).collect::<Vec<_>>();
                assert_eq!(objekter(&igjen), objekter(&ventet), "{}", prove.navn);
                assert_eq!((&igjen.next, &igjen.progress), (&ventet.next, &ventet.progress), "{}", prove.navn);
            }
            prove.klokke.flytt(jiff::SignedDuration::from_secs(61));
        }
    }
}

#[tokio::test]
async fn repeats_and_order_make_no_difference_in_kilde() {
    for prove in prover::alle().await {
        let lag = || prove.ny_kilde();
        let omveier: [Arc<dyn Source>; 5] = [
            lag(),
            Arc::new(ToGanger(lag())),
            Arc::new(Stokket::ny(lag(), 1, 3)),
            Arc::new(Stokket::ny(lag(), 2, 50)),
            Arc::new(ToGanger(Arc::new(Stokket::ny(lag(), 3, 17)))),
        ];
        let mut forrige = None;
        for (nr, vei) in omveier.iter().enumerate() {
            prove.klokke.flytt(jiff::SignedDuration::from_secs(61));
            let sted = Sted::ny(&prove.klokke, vei.clone()).await;
            let mut lop = sted.lop(vei.clone()).await;
            let utfall = lop.snapshot().await.unwrap();
            let innhold = sted.innhold().await;
            er_fasit(&prove, innhold.clone());
            assert_eq!(sted.logg().len(), innhold.len(), "{} by way {nr}: one message for each object", prove.navn);
            assert_eq!(utfall.resultat.nye as usize, innhold.len());
            assert!(forrige.is_none_or(|f| f == innhold), "{} by way {nr}", prove.navn);
            // The same source again, and another one in another process: nothing to do.
            prove.klokke.flytt(jiff::SignedDuration::from_secs(61));
            assert!(!lop.snapshot().await.unwrap().resultat.endret_noe(), "{} by way {nr}", prove.navn);
            let mut ny = sted.lop(Arc::new(Stokket::ny(lag(), nr as u64, 20))).await;
            prove.klokke.flytt(jiff::SignedDuration::from_secs(61));
            assert!(!ny.snapshot().await.unwrap().resultat.endret_noe(), "{} by way {nr}", prove.navn);
            assert_eq!(sted.logg().len(), innhold.len(), "{} by way {nr}: nothing is said twice", prove.navn);
            forrige = Some(innhold);
        }
    }
}

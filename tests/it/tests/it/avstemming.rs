//! Reconciliation of the four stores: when one of them has been tampered with, the pupil is named, and nobody else.

use crate::scene::{Scene, Valg};
use anyhow::{Context, Result};
use bus::{Bus, Memory, Message, Record, Start};
use elevliste::{Elevliste, Handling, Innsendingspost, Listenokkel};
use hendelse::{Bibliotek, Data, Emne, Hode, Kildeobjekt, LISTE, kod};
use liste::{Forskjell, Forskjellsslag, Lager};
use oneroster::Objekt;
use runtime::{Gjennomgang, Grunnlag, Maalere, Omgivelse, Spurt};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// All roles have done their work and are stopped; what they left is in `om`.
struct Arkiv {
    scene: Scene,
    om: Omgivelse,
    liste: Elevliste,
}

impl Arkiv {
    async fn nytt(oppdaterbar: bool) -> Result<Self> {
        let scene = Scene::ny(Valg { oppdaterbar, ..Valg::default() }).await?;
        let kjoring = scene.kjor().await?;
        kjoring.ro(1).await?;
        let liste = kjoring.sak().await?.liste;
        kjoring.stopp().await;
        let om = scene.omgivelse().await?;
        Ok(Self { scene, om, liste })
    }

    fn grunnlag(&self) -> Result<Grunnlag> {
        let plan = self.scene.plan()?;
        let mottakere = plan.mottakere.iter().flat_map(|m| m.fylker.iter().map(|f| (*f, m.sink.clone())));
        Ok(Grunnlag { mottakere: mottakere.collect(), rundt: plan.rundt, kart: plan.kart, lister: plan.lister })
    }

    async fn gjennomga(&self, om: &Omgivelse) -> Result<Gjennomgang> {
        let mut alle: BTreeMap<Listenokkel, Gjennomgang> = runtime::gjennomga(om, &self.grunnlag()?, |_| true).await?;
        alle.remove(&self.liste.nokkel).context("the list")
    }

    /// The same stores, but for what `endre` makes of single records.
    async fn kopi(&self, endre: impl Fn(&Record) -> Option<Vec<u8>>) -> Result<Omgivelse> {
        let kopi = Memory::default();
        runtime::klargjor(&kopi, 1).await?;
        let mut endret = 0;
        for strom in runtime::strommer(1) {
            let filtre: Vec<String> = strom.subjects.iter().map(|s| (*s).to_owned()).collect();
            let mut leser = self.om.bus.read(strom.name, &filtre, Start::After(0)).await?;
            let mut igjen = leser.pending_at_start();
            while igjen > 0 {
                for record in leser.next(500, Duration::from_secs(10)).await? {
                    igjen = record.pending;
                    // Nothing at all stands for a record that is lost.
                    let nytt = endre(&record);
                    if nytt.as_ref().is_some_and(Vec::is_empty) {
                        endret += 1;
                        continue;
                    }
                    endret += usize::from(nytt.is_some());
                    let hode = Hode::les(|navn| record.header(navn)).context("an event")?;
                    let payload = nytt.map_or(record.payload, Into::into);
                    kopi.publish(vec![Message { subject: record.subject, headers: hode.hoder(), payload }]).await?;
                }
            }
        }
        assert!(endret > 0, "nothing was tampered with");
        Ok(Omgivelse { bus: Arc::new(kopi), clock: self.om.clock.clone(), maalere: Maalere::default() })
    }
}

fn les<T: Data>(record: &Record) -> Option<T> {
    let skjema = Hode::les(|navn| record.header(navn)).ok()?.skjema?;
    Bibliotek::default().les(skjema, &record.payload).ok()
}

fn ny<T: Data>(verdi: &T) -> Vec<u8> {
    kod(verdi).expect("it fitted before").1
}

fn uforklarte(g: &Gjennomgang) -> Vec<(Uuid, Lager, Lager, Forskjellsslag)> {
    let uten = |f: &&Forskjell| f.grunn.is_none();
    g.forskjeller.iter().filter(uten).map(|f| (f.elev, f.fra, f.til, f.slag)).collect()
}

#[tokio::test]
async fn what_nobody_has_touched_is_the_same_in_all_four() -> Result<()> {
    for oppdaterbar in [true, false] {
        let arkiv = Arkiv::nytt(oppdaterbar).await?;
        let g = arkiv.gjennomga(&arkiv.om).await?;
        assert!(g.stemmer() && g.forskjeller.is_empty(), "{g:?}");
        let digester = [g.kilde.as_ref(), Some(&g.liste), g.sendt.as_ref()].map(|l| l.map(|l| l.digest.clone()));
        assert!(digester[0].is_some() && digester.iter().all(|d| *d == digester[0]));
        assert_eq!(g.mottaker, g.sendt_hos_mottaker);
        assert_eq!(g.mottaker.is_some(), oppdaterbar);
        assert_eq!(g.spurt, if oppdaterbar { Spurt::Svarte } else { Spurt::KanIkkeSporres });
    }
    Ok(())
}

#[tokio::test]
async fn a_source_that_was_tampered_with_names_the_pupil() -> Result<()> {
    let arkiv = Arkiv::nytt(true).await?;
    let offer = &arkiv.liste.linjer[3];
    let om = arkiv
        .kopi(|record| {
            let Ok(Emne::Kilde { typ, .. }) = record.subject.parse() else { return None };
            let skjema = Hode::les(|navn| record.header(navn)).ok()?.skjema?;
            let Kildeobjekt::Roster(Objekt::User(mut bruker)) =
                Bibliotek::default().les_kilde(&typ, skjema, &record.payload).ok()?
            else {
                return None;
            };
            (bruker.identifier == offer.identitetsnummer).then(|| {
                bruker.family_name = Some("Forfalsket".into());
                ny(&bruker)
            })
        })
        .await?;
    let g = arkiv.gjennomga(&om).await?;
    assert_eq!(uforklarte(&g), [(offer.elev, Lager::Kilde, Lager::Liste, Forskjellsslag::Ulik)]);
    assert!(!g.stemmer());
    Ok(())
}

#[tokio::test]
async fn a_list_that_was_tampered_with_names_the_pupil() -> Result<()> {
    let arkiv = Arkiv::nytt(true).await?;
    let offer = arkiv.liste.linjer[1].elev;
    let siste = arkiv.om.bus.last(LISTE, &format!("liste.{}", arkiv.liste.nokkel)).await?.context("the list")?;
    let om = arkiv
        .kopi(|record| {
            (record.subject == siste.subject && record.sequence == siste.sequence).then(|| {
                let mut liste: Elevliste = les(record).expect("a list");
                liste.linjer.retain(|linje| linje.elev != offer);
                ny(&liste)
            })
        })
        .await?;
    let g = arkiv.gjennomga(&om).await?;
    assert_eq!(uforklarte(&g)[0], (offer, Lager::Kilde, Lager::Liste, Forskjellsslag::Mangler));
    assert!(uforklarte(&g).iter().all(|(elev, ..)| *elev == offer), "{g:?}");
    assert!(!g.stemmer());
    Ok(())
}

#[tokio::test]
async fn a_ledger_that_was_tampered_with_names_the_pupil_and_the_entry() -> Result<()> {
    let arkiv = Arkiv::nytt(true).await?;
    let offer = arkiv.liste.linjer[2].elev;
    let om = arkiv
        .kopi(|record| {
            if !record.subject.starts_with("innsending.") {
                return None;
            }
            let mut post: Innsendingspost = les(record)?;
            let Handling::Intensjon { linjer, .. } = &mut post.handling else { return None };
            linjer.retain(|linje| linje.elev != offer);
            Some(ny(&post))
        })
        .await?;
    let g = arkiv.gjennomga(&om).await?;
    assert_eq!(g.brutt, Some(3), "the entry after the one that was changed does not fit");
    let ventet = [(offer, Lager::Sendt, Lager::Mottaker, Forskjellsslag::Ekstra)];
    assert_eq!(uforklarte(&g), ventet);
    assert!(g.forskjeller.iter().all(|f| f.elev == offer), "{g:?}");
    assert!(!g.stemmer());
    Ok(())
}

#[tokio::test]
async fn a_receiver_that_has_something_else_names_the_pupil() -> Result<()> {
    let arkiv = Arkiv::nytt(true).await?;
    let offer = arkiv.liste.linjer[4].elev;
    let (orgnr, skolear) = (arkiv.scene.orgnr(), arkiv.scene.skolear.to_string());
    arkiv.scene.vigo.forvansk(&orgnr, &skolear, |liste| {
        let elev = liste.elever.iter_mut().find(|e| e.elev_ref == offer).expect("the pupil");
        // Its digest is over what it has.
        (elev.klassekode, elev.avtrykk) = (Some("10Z".into()), "0".repeat(64));
    });
    let g = arkiv.gjennomga(&arkiv.om).await?;
    assert_eq!(uforklarte(&g), [(offer, Lager::Sendt, Lager::Mottaker, Forskjellsslag::Ulik)]);
    assert_eq!(g.tall.sendt, g.tall.kilde, "our own ledger knows nothing of it");
    assert!(!g.stemmer());
    Ok(())
}

/// A list that is lost is not forgotten: its ledger says what was sent.
#[tokio::test]
async fn a_list_that_is_lost_is_told_by_its_ledger() -> Result<()> {
    let arkiv = Arkiv::nytt(true).await?;
    let alle = arkiv.liste.linjer.len();
    let om = arkiv.kopi(|record| record.subject.starts_with("liste.46.").then(Vec::new)).await?;
    let g = arkiv.gjennomga(&om).await?;
    assert_eq!((g.liste.antall, g.sendt.as_ref().map(|s| s.antall)), (0, Some(alle)));
    assert_eq!(g.kilde.as_ref().map(|k| k.antall), Some(alle));
    assert!(!g.stemmer());
    // And when the source has nobody either, the receiver still has them.
    let om = arkiv
        .kopi(|record| (record.subject.starts_with("liste.46.") || record.subject.contains(".user.")).then(Vec::new))
        .await?;
    let g = arkiv.gjennomga(&om).await?;
    assert_eq!((g.kilde.as_ref().map(|k| k.antall), g.sendt.as_ref().map(|s| s.antall)), (Some(0), Some(alle)));
    assert!(!g.stemmer(), "{g:?}");
    Ok(())
}

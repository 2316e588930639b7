//! Two people who key in at the same moment: one is stored, the other is told.

use super::pakke::nummer;
use super::sted::*;
use crate::innlevert::Bok;
use adapter_operator::{Elevbok, Feltfeil, Innlagt, Tastetskole, Tjeneste};
use async_trait::async_trait;
use flow::{Cursor, Kildeobjekt, Page, Presence, Source, SourceError, Vannmerker};
use kodeverk::Skolear;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Barrier;
use uuid::Uuid;

/// A book whose changes are read only when two of them are under way, each after having looked at what stands.
struct Kappbok(Bok, Arc<Barrier>);

struct Kappkilde(Arc<dyn Source>, Arc<Barrier>);

#[async_trait]
impl Source for Kappkilde {
    fn name(&self) -> &str {
        self.0.name()
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        self.0.read(after).await
    }

    async fn changes(&self, since: &Vannmerker, after: &Cursor) -> Result<Option<Page>, SourceError> {
        self.1.wait().await;
        self.0.changes(since, after).await
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        self.0.look_up(objekt).await
    }
}

impl Elevbok for Kappbok {
    fn skole(&self) -> (&str, Option<&str>) {
        self.0.skole()
    }

    fn vis(&self, holdt: &[Kildeobjekt]) -> Vec<serde_json::Value> {
        self.0.vis(holdt)
    }

    fn finnes(&self, id: Uuid, holdt: &[Kildeobjekt]) -> bool {
        self.0.finnes(id, holdt)
    }

    fn lagre(&self, id: Uuid, skolear: Skolear, json: &[u8]) -> Result<Innlagt, Vec<Feltfeil>> {
        let Innlagt { source, merknader } = self.0.lagre(id, skolear, json)?;
        Ok(Innlagt { source: Arc::new(Kappkilde(source, self.1.clone())), merknader })
    }

    fn fjern(&self, id: Uuid, holdt: &[Kildeobjekt]) -> Option<Arc<dyn Source>> {
        self.0.fjern(id, holdt)
    }
}

#[tokio::test]
async fn of_two_at_once_one_is_stored_and_the_other_is_told() {
    let skole = Tastetskole {
        tenant: "voss".into(),
        navn: "fjellskolen".into(),
        skole: "Fjellskolen".into(),
        organisasjonsnummer: "974738368".into(),
        vigo_id: None,
    };
    let sted = Sted::med(|mut operator| {
        let bok: Arc<dyn Elevbok> = Arc::new(Kappbok(Bok::av(&skole), Arc::new(Barrier::new(2))));
        let kilde = ("voss".parse().unwrap(), "fjellskolen".parse().unwrap());
        operator.kilder.insert(kilde, Tjeneste::Tastet(bok));
        operator
    })
    .await;
    let sti = format!("{FJELLSKOLEN}/elever");
    let elev = |i| json!({"identitetsnummer": nummer(i), "fornavn": "Åse", "etternavn": "Prøve", "klasse": "10A", "trinn": "10"});
    let (en, to) = (elev(1), elev(2));
    let (en, to) = tokio::join!(sted.json(OLA, "POST", &sti, &en), sted.json(KARI, "POST", &sti, &to));
    let taper = if en.status == 201 { &to } else { &en };
    assert_eq!(en.status.min(to.status), 201);
    assert_eq!((taper.status, taper.problem().as_str()), (409, "samtidig"));
    assert_eq!(sted.holder("fjellskolen", "user").await.len(), 1);
}

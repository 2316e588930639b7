//! A register whose newest answer cannot be used: what is known of a pupil may be old, and is told so at once.

use crate::{Scene, les, liv};
use async_trait::async_trait;
use bus::{Message, Start};
use elevliste::{Elevlinje, Elevliste, Skolereferanse};
use fint::tillegg::Elevtillegg;
use flow::{Feedside, Personregister, Refused, RegisterError, Registerhendelse, Terskler};
use folkeregister::{Personstatus, Registerperson};
use hendelse::{Bibliotek, FINT, Fintklasse, Fintobjekt, Hode, kod};
use identitet::Skjermet;
use oneroster::Objekt;
use runtime::{Kart, Plan, Program, Register};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// A register of one person, about whom something happens again and again.
#[derive(Default)]
struct Uklart {
    nummer: String,
    siste: AtomicI64,
    uleselig: AtomicBool,
}

#[async_trait]
impl Personregister for Uklart {
    fn name(&self) -> &str {
        "freg"
    }

    fn feed(&self) -> &str {
        "test"
    }

    async fn siste(&self) -> Result<i64, RegisterError> {
        Ok(self.siste.load(Ordering::Relaxed))
    }

    async fn hendelser(&self, fra: i64) -> Result<Feedside, RegisterError> {
        let siste = self.siste.load(Ordering::Relaxed);
        let hendelse = |sekvens| Registerhendelse { sekvens, nummer: self.nummer.as_str().into(), ajourhold: None };
        let hendelser: Vec<_> = (fra..=siste).map(hendelse).collect();
        let (neste, innhentet) = (fra.max(siste + 1), hendelser.is_empty());
        Ok(Feedside { hendelser, refused: vec![], findings: vec![], neste, innhentet })
    }

    fn maks_oppslag(&self) -> usize {
        100
    }

    async fn personer(
        &self,
        numre: &[Skjermet<String>],
    ) -> Result<Vec<Result<Registerperson, Refused>>, RegisterError> {
        let svar = |nummer: &Skjermet<String>| {
            if self.uleselig.load(Ordering::Relaxed) {
                return Err(Refused {
                    samling: "oppslag",
                    code: "unreadable-person",
                    field: "status".into(),
                    raw: vec![],
                });
            }
            Ok(Registerperson { funnet: true, status: Personstatus::Bosatt, ..Registerperson::ukjent(nummer.clone()) })
        };
        Ok(numre.iter().map(svar).collect())
    }
}

fn liste(nummer: &str) -> Elevliste {
    let linje = Elevlinje {
        elev: Uuid::nil(),
        klasse: None,
        identitetsnummer: Some(nummer.into()),
        fornavn: "Prøve".into(),
        mellomnavn: None,
        etternavn: "Prøvesen".into(),
        avvik: vec![],
        opphav: None,
    };
    let (skolenr, navn) = ("46503".to_owned(), "Eksempel".to_owned());
    Elevliste {
        nokkel: "46.46503.2026-2027.1".parse().unwrap(),
        skole: Skolereferanse { organisasjonsnummer: None, skolenr, navn, kommunenr: None },
        tenant: "litlevik".into(),
        linjer: vec![linje],
        avvik: vec![],
        skjermede: vec![],
    }
}

async fn publiser(scene: &Scene, liste: &Elevliste) {
    let (skjema, data) = kod(liste).unwrap();
    let (id, tid) = (Uuid::now_v7(), scene.om.clock.now());
    let (kilde, typ) = ("litlevik:liste".into(), "liste.elevliste.ny".into());
    let headers = Hode { id, kilde, typ, tid, skjema: Some(skjema), spor: None }.hoder();
    let subject = format!("liste.{}", liste.nokkel);
    scene.om.bus.publish(vec![Message { subject, headers, payload: data.into() }]).await.unwrap();
}

/// What stands beside the pupil's Elevforhold.
async fn tillegg(scene: &Scene) -> Option<Elevtillegg> {
    let filter = format!("fint.litlevik.{}.*", Fintklasse::Tillegg.as_str());
    let mut reader = scene.om.bus.read(FINT, &[filter], Start::LastPerSubject).await.unwrap();
    let record = reader.next(1, Duration::ZERO).await.unwrap().pop()?;
    let skjema = Hode::les(|navn| record.header(navn)).unwrap().skjema.unwrap();
    match Bibliotek::default().les_fint(Fintklasse::Tillegg, skjema, &record.payload).unwrap() {
        Fintobjekt::Tillegg(tillegg) => Some(*tillegg),
        _ => None,
    }
}

/// Waits for a state, however long it takes.
async fn vent(scene: &Scene, besvart: bool) {
    while tillegg(scene).await.is_none_or(|t| t.register.is_some() != besvart) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_puts_the_old_one_in_doubt_at_once() {
    let scene = Scene::ny(Terskler::default()).await;
    let elev = liv::elev(1, "s1", 10, "Prøve");
    let nummer = elev.identifier.as_ref().unwrap().vis().clone();
    {
        let mut t = scene.falsk.tilstand();
        t.ny_dag(scene.om.clock.now(), 7);
        t.legg(liv::org("s1", "Eksempel skole"));
        t.legg(Objekt::User(elev).into());
    }
    les(&scene, &mut scene.lop().await).await.unwrap();
    publiser(&scene, &liste(&nummer)).await;
    let register = Arc::new(Uklart { nummer, ..Uklart::default() });
    let (tenant, nokkel) = (scene.kilde.tenant.clone(), scene.kilde.nokkel.clone());
    let plan = Plan {
        kart: vec![Kart {
            tenant: tenant.clone(),
            nokkel: nokkel.clone(),
            krever: vec![(tenant.clone(), scene.kilde.navn.clone())],
            skolesvar: Default::default(),
        }],
        registre: vec![Register::ny(tenant, nokkel, "freg".parse().unwrap(), register.clone())],
        ..Plan::default()
    };
    let program = Program::start(scene.om.clone(), plan.clone());
    vent(&scene, true).await;
    for uleselig in [true, false, true] {
        register.uleselig.store(uleselig, Ordering::Relaxed);
        register.siste.fetch_add(1, Ordering::Relaxed);
        program.hent_na();
        vent(&scene, !uleselig).await;
    }
    assert!(program.stopp(Duration::from_secs(20)).await);
    // A new process begins in doubt, and the register is asked again.
    register.uleselig.store(false, Ordering::Relaxed);
    let program = Program::start(scene.om.clone(), plan);
    vent(&scene, true).await;
    assert!(program.stopp(Duration::from_secs(20)).await);
}

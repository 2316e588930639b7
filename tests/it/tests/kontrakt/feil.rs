//! Every fault that a school system is known for, one after the other, none left out: while it stands, while it passes,
//! and after it.

use crate::prover::{API, Oppsett, Prove};
use crate::sannhet::{Sannhet, Uten, avvik, uten};
use crate::sted::{Lop, Sted};
use runtime::{Kildestatus, Kildetilstand};
use simulators::vigilo::{Endring, Feil, Feilplan, Samling, Virkning};
use std::time::Duration;

/// As many readings as it takes for a missing pupil to be believed gone, and one more.
const LESNINGER: usize = 3;

/// What a fault takes out of rows that are right otherwise.
fn skjuler(feil: &Feil) -> Uten {
    match feil {
        Feil::UtenTrinn => &[("user", "grades")],
        Feil::NullFelter => &[("user", "middleName")],
        _ => &[],
    }
}

/// An ordinary day's changes: one leaves and it is said, one leaves without a word, one has a new name.
fn endringer(prove: &Prove) -> [Endring; 3] {
    let elever = &prove.vigilo().kommune().elever;
    [
        Endring::Slutter { elev: elever[0].id, hardt: false },
        Endring::Slutter { elev: elever[1].id, hardt: true },
        Endring::BytterNavn { elev: elever[2].id, fornavn: "Ny".into(), mellomnavn: None, etternavn: "Prøve".into() },
    ]
}

/// What stands while and after a fault.
struct Vitne<'a> {
    prove: &'a Prove,
    sted: &'a Sted,
    hva: String,
}

impl Vitne<'_> {
    async fn innhold(&self) -> Sannhet {
        uten(self.sted.innhold().await, self.prove.uten)
    }

    /// Everything that is true is there; perhaps also somebody who has left, while rows that cannot be read may be theirs.
    async fn har_fasit(&self, skjult: Uten) {
        let (mut innhold, fasit) = (uten(self.innhold().await, skjult), uten(self.prove.fasit(), skjult));
        innhold.retain(|nokkel, _| fasit.contains_key(nokkel));
        let avvik = avvik(&innhold, &fasit);
        assert!(avvik.is_empty(), "{}: KILDE lacks what is true: {avvik:?}", self.hva);
    }

    async fn er_fasit(&self, skjult: Uten) {
        let avvik = avvik(&uten(self.innhold().await, skjult), &uten(self.prove.fasit(), skjult));
        assert!(avvik.is_empty(), "{}: KILDE is not what is true: {avvik:?}", self.hva);
    }

    /// Reads, and looks after that nobody was taken away who is there.
    async fn les(&self, lop: &Lop<'_>) -> Kildestatus {
        let (fra, for_) = (self.sted.logg().len(), self.prove.fasit());
        let status = lop.les().await;
        self.ingen_falske(fra, &for_);
        status
    }

    async fn til_ro(&self, lop: &Lop<'_>) {
        let (fra, for_) = (self.sted.logg().len(), self.prove.fasit());
        lop.til_ro().await;
        self.ingen_falske(fra, &for_);
        self.er_fasit(&[]).await;
    }

    fn ingen_falske(&self, fra: usize, for_: &Sannhet) {
        let falskt = self.sted.falskt_fjernet(fra, for_, &self.prove.fasit());
        assert!(falskt.is_empty(), "{}: published as gone while there: {falskt:?}", self.hva);
    }
}

/// A status that a person can act on: something other than ok, with a code.
fn klar(status: &Kildestatus) -> bool {
    !matches!(status.tilstand, Kildetilstand::Ok | Kildetilstand::Ny) && status.kode.starts_with("kilde-")
}

/// What the fault must come to here: a server that never sends a count cannot send a wrong one.
fn virkning(prove: &Prove, feil: &Feil) -> Virkning {
    if prove.navn == "like ed-fi" && *feil == Feil::TotalVakler { Virkning::Rett } else { feil.virkning() }
}

async fn staaende(vitne: &Vitne<'_>, lop: &Lop<'_>, feil: &Feil) {
    let Vitne { prove, sted, hva } = vitne;
    let (for_feilen, folk) = (sted.logg().len(), prove.fasit());
    // What happens to people happens on one page in each attempt: a server does not lose everybody.
    let underveis = matches!(feil, Feil::Underveis { .. });
    let plan = if underveis { feil.clone().i(Samling::Users).paa_side(1) } else { feil.clone().into() };
    prove.vigilo().feil(plan);
    if matches!(feil, Feil::TokenNede | Feil::TokenAvvist) {
        // Else a token that was fetched before would do for a while.
        prove.vigilo().trekk_tilbake_tokens();
    }
    if virkning(prove, feil) == Virkning::Rett {
        let status = lop.til_ro().await;
        vitne.ingen_falske(for_feilen, &folk);
        // Under a limit that a snapshot uses up there is no request left to look the missing up with.
        let brukt_opp = matches!(feil, Feil::Grense { .. }) && status.resultat.savnet > 0;
        if status.resultat.avvist > 0 || brukt_opp {
            vitne.har_fasit(skjuler(feil)).await;
        } else {
            vitne.er_fasit(skjuler(feil)).await;
        }
    } else {
        for _ in 0..LESNINGER {
            let status = vitne.les(lop).await;
            let noe_rart = status.resultat.avvist > 0 || !status.toleranser.is_empty() || status.resultat.savnet > 0;
            match virkning(prove, feil) {
                Virkning::SisteGode => {
                    assert!(klar(&status), "{hva}: every reading says what is wrong: {status:?}");
                    assert_eq!(sted.logg().len(), for_feilen, "{hva}: the last good state is untouched");
                }
                _ => assert!(klar(&status) || noe_rart, "{hva}: it is said that something is odd: {status:?}"),
            }
        }
    }
    prove.vigilo().fjern_feil();
}

async fn gjennom(oppsett: Oppsett, nr: usize, feil: Feil) {
    // Several pages; but a server that allows few requests is asked for large ones.
    let side = if matches!(feil, Feil::Underveis { .. }) { 30 } else { oppsett.stor_side };
    let prove = oppsett.start(nr as u64, side).await;
    let sted = Sted::ny(&prove.klokke, prove.ny_kilde()).await;
    let vitne = Vitne { prove: &prove, sted: &sted, hva: format!("{} under {feil:?}", oppsett.navn) };
    let (lop, status) = sted.start().await;
    assert_eq!(status.tilstand, Kildetilstand::Ok, "{}: before the fault: {status:?}", vitne.hva);
    vitne.er_fasit(&[]).await;

    prove.vigilo().endre(&endringer(&prove)).unwrap();
    staaende(&vitne, &lop, &feil).await;
    vitne.til_ro(&lop).await;

    // The fault strikes once, in the middle of a day's changes, and a new process reads.
    assert!(lop.stopp(Duration::from_secs(10)).await);
    let igjen = prove.fasit().into_keys().filter(|(typ, _)| *typ == "user").nth(5).unwrap().1;
    prove.vigilo().endre(&[Endring::Slutter { elev: igjen.parse().unwrap(), hardt: true }]).unwrap();
    let plan: Feilplan = feil.clone().ganger(1);
    assert_eq!(plan.virkning(), Virkning::Rett);
    prove.vigilo().feil(plan);
    let (fra, for_) = (sted.logg().len(), prove.fasit());
    let (lop, _) = sted.start().await;
    vitne.ingen_falske(fra, &for_);
    vitne.til_ro(&lop).await;
    assert!(lop.stopp(Duration::from_secs(10)).await);
}

/// All faults against one kind of server, a few at a time.
async fn alle_feil(nr: usize) {
    assert!(Feil::alle().len() > 60);
    let mut oppgaver = tokio::task::JoinSet::new();
    for (i, feil) in Feil::alle().into_iter().enumerate() {
        while oppgaver.len() >= 4 {
            oppgaver.join_next().await.unwrap().unwrap();
        }
        oppgaver.spawn(gjennom(API[nr], i, feil));
    }
    while let Some(ferdig) = oppgaver.join_next().await {
        ferdig.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_vigilo() {
    alle_feil(0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_generic_server_in_1p1() {
    alle_feil(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_the_bridge_from_fint() {
    alle_feil(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_server_like_ed_fi() {
    alle_feil(3).await;
}

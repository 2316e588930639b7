//! `mellomlag reconcile`: source, list, ledger and receiver side by side, and every pupil that is not the same in all.

use crate::kjor::{les, omgivelse};
use crate::kobling;
use crate::kommandoer::Gjennomgangsvalg;
use anyhow::Result;
use elevliste::Listenokkel;
use liste::{Forskjell, Forskjellsslag, Grunn, Lager};
use runtime::{Gjennomgang, Lagerbilde, Listesak, Spurt};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Reconciles what was chosen. False when something is wrong.
pub async fn kjor(valg: Gjennomgangsvalg) -> Result<bool> {
    let oppsett = les(&valg.mappe.config)?;
    let om = omgivelse(&oppsett).await?;
    let grunnlag = kobling::grunnlag(&oppsett, &om.clock)?;
    let lister = runtime::gjennomga(&om, &grunnlag, |sak| valg.gjelder(sak)).await?;
    om.bus.close().await;
    let stemmer = lister.values().all(Gjennomgang::stemmer);
    if valg.json {
        let lister = lister.iter().map(|(nokkel, g)| (nokkel.to_string(), g)).collect();
        println!("{}", serde_json::to_string(&Json { stemmer, summer: summer(&lister), lister })?);
    } else {
        print!("{}", tekst(&lister)?);
    }
    Ok(stemmer)
}

impl Gjennomgangsvalg {
    fn gjelder(&self, sak: &Listesak) -> bool {
        let (nokkel, skole) = (&sak.liste.nokkel, &sak.liste.skole);
        self.fylke.is_none_or(|fylke| fylke == nokkel.fylke)
            && self.kommune.as_ref().is_none_or(|kommune| skole.kommunenr.as_ref() == Some(kommune))
            && self.skole.as_ref().is_none_or(|skolenr| *skolenr == nokkel.skolenr)
    }
}

#[derive(Serialize)]
struct Json<'a> {
    stemmer: bool,
    /// By county, and by municipality where it is known.
    summer: BTreeMap<String, Sum>,
    lister: BTreeMap<String, &'a Gjennomgang>,
}

#[derive(Debug, Default, Serialize)]
struct Sum {
    lister: usize,
    stemmer: usize,
    kilde: usize,
    liste: usize,
    sendt: usize,
    mottaker: usize,
}

fn summer(lister: &BTreeMap<String, &Gjennomgang>) -> BTreeMap<String, Sum> {
    let mut ut: BTreeMap<String, Sum> = BTreeMap::new();
    for (nokkel, g) in lister {
        let fylke = nokkel.split('.').next().unwrap_or_default();
        for navn in [Some(format!("fylke {fylke}")), g.kommunenr.as_ref().map(|k| format!("kommune {k}"))] {
            let Some(navn) = navn else { continue };
            let sum = ut.entry(navn).or_default();
            let antall = |lager: &Option<Lagerbilde>| lager.as_ref().map_or(0, |l| l.antall);
            sum.lister += 1;
            sum.stemmer += usize::from(g.stemmer());
            sum.kilde += antall(&g.kilde);
            sum.liste += g.liste.antall;
            sum.sendt += antall(&g.sendt);
            sum.mottaker += antall(&g.mottaker);
        }
    }
    ut
}

fn tekst(lister: &BTreeMap<Listenokkel, Gjennomgang>) -> Result<String> {
    let mut ut = String::new();
    writeln!(ut, "{:<26} {:>6} {:>6} {:>6} {:>9}  Stemmer", "Liste", "Kilde", "Liste", "Sendt", "Mottaker")?;
    let antall = |lager: &Option<Lagerbilde>| lager.as_ref().map_or_else(|| "–".to_owned(), |l| l.antall.to_string());
    for (nokkel, g) in lister {
        writeln!(
            ut,
            "{:<26} {:>6} {:>6} {:>6} {:>9}  {}",
            nokkel.to_string(),
            antall(&g.kilde),
            g.liste.antall,
            antall(&g.sendt),
            antall(&g.mottaker),
            if g.stemmer() { "ja" } else { "NEI" }
        )?;
        if g.kilde.is_none() {
            writeln!(ut, "  Kilden er ikke lest helt ennå, så den kan ikke sammenlignes.")?;
        }
        match g.spurt {
            Spurt::Svarte | Spurt::KanIkkeSporres => {}
            Spurt::SvarteIkke => {
                writeln!(ut, "  Mottakeren svarte ikke. Prøv igjen; `mellomlag check` sier hva som er galt.")?
            }
            Spurt::UtenGrunnlag => writeln!(
                ut,
                "  Det som ble sendt, finnes ikke i noen versjon av listen. Noen kan ha endret lageret: kontakt drift."
            )?,
        }
        if let Some(post) = g.brutt {
            writeln!(ut, "  Hovedboken er brutt fra post {post}. Noen kan ha endret lageret: kontakt drift.")?;
        }
        for forskjell in &g.forskjeller {
            writeln!(ut, "  Elev {}: {}", forskjell.elev, setning(forskjell))?;
        }
    }
    if lister.values().any(|g| g.spurt == Spurt::KanIkkeSporres) {
        writeln!(
            ut,
            "\n– under Mottaker: mottakeren kan ikke spørres om hva den har. Hovedboken sier hva den har godtatt."
        )?;
    }
    Ok(ut)
}

/// One difference, for people.
fn setning(f: &Forskjell) -> String {
    let navn = |lager| match lager {
        Lager::Kilde => "kilden",
        Lager::Liste => "listen",
        Lager::Sendt => "det som er sendt",
        Lager::Mottaker => "det mottakeren har",
    };
    let (fra, til) = (navn(f.fra), navn(f.til));
    let hva = match f.slag {
        Forskjellsslag::Mangler => format!("i {fra}, men ikke i {til}"),
        Forskjellsslag::Ekstra => format!("i {til}, men ikke i {fra}"),
        Forskjellsslag::Ulik => format!("ulik i {fra} og {til}"),
    };
    match f.grunn {
        Some(Grunn::Holdt) => format!("{hva} (holdt tilbake)"),
        Some(Grunn::Manuelt) => format!("{hva} (behandles manuelt)"),
        Some(Grunn::EndretEtterpa) => format!("{hva} (endret etter at listen var godtatt)"),
        None => format!("{hva}. UFORKLART"),
    }
}

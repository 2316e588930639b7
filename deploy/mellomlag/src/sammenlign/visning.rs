//! The comparison in words, for a school secretary.

use super::Funn;
use adapter_vigo::fil::{Felt, Par};
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// More of a kind are counted; JSON has them all.
const VIST: usize = 20;

pub(super) fn tekst(funn: &Funn<'_>) -> String {
    let (s, skole) = (&funn.sammenligning, &funn.liste.skole);
    let navn: String = skole.navn.chars().filter(|c| !c.is_control()).collect();
    let ulike: BTreeSet<u32> = s.klasse.iter().chain(&s.navn).map(|par| par.linje).collect();
    let alle = s.like + ulike.len() + s.kun_i_fil.len() + s.kun_i_liste.len() + s.holdt.len();
    let mut ut = format!("{navn}, liste {}\n\n", funn.liste.nokkel);
    ut += &if funn.er_like() {
        format!("Alle {} er like i filen og på listen.\n", elever(s.like))
    } else {
        format!("{} av {} er like i filen og på listen.\n", s.like, elever(alle))
    };
    if funn.lest.elever.is_empty() {
        ut += "Det er ikke lest noen elever i filen.\n";
    }
    avsnitt(&mut ut, "Bare i filen", linjer(&s.kun_i_fil), bare_i_fil(funn.liste.skjermede.len()));
    avsnitt(
        &mut ut,
        "I filen, men tatt ut her",
        par(&s.holdt),
        "De er holdt tilbake eller meldt til inntakskontoret for hånd, og sendes ikke.",
    );
    avsnitt(
        &mut ut,
        "Bare på listen",
        s.kun_i_liste.iter().map(ToString::to_string).collect(),
        "De sendes herfra. Er de kommet til etter at filen ble laget, eller mangler de fødselsnummer?",
    );
    avsnitt(
        &mut ut,
        "Ulik klasse",
        par(&s.klasse),
        "Se hva som er riktig i skolesystemet. Listen følger det av seg selv.",
    );
    avsnitt(&mut ut, "Ulikt navn", par(&s.navn), "Se hva som er riktig i skolesystemet og Folkeregisteret.");
    avsnitt(
        &mut ut,
        "Samme nummer to ganger i filen",
        linjer(&s.dobbelt_i_fil),
        "Bare den første linjen er sammenlignet.",
    );
    avsnitt(
        &mut ut,
        "Samme nummer to ganger på listen",
        s.dobbelt_i_liste.iter().map(ToString::to_string).collect(),
        "Det må rettes i skolesystemet før listen kan sendes.",
    );
    if s.annen_rekkefolge > 0 {
        let _ = writeln!(
            ut,
            "\nNavn i annen rekkefølge: {}. De regnes som like; --navn sier hvilken rekkefølge filen har.",
            elever(s.annen_rekkefolge)
        );
    }
    problemer(&mut ut, funn);
    let _ = writeln!(
        ut,
        "\nFilen er lest som {}. Elevene på listen står med id-en som `list show` viser.",
        funn.tegnsett.navn()
    );
    ut
}

fn bare_i_fil(skjermede: usize) -> &'static str {
    match skjermede {
        0 => "De sendes ikke herfra. Går de på trinnet, må de stå der i skolesystemet.",
        _ => {
            "De sendes ikke herfra. Går de på trinnet, må de stå der i skolesystemet. Elever med adressebeskyttelse meldes \
             for hånd, og kan være blant dem."
        }
    }
}

fn avsnitt(ut: &mut String, tittel: &str, hvem: Vec<String>, hva: &str) {
    if hvem.is_empty() {
        return;
    }
    let _ = writeln!(ut, "\n{tittel}: {}. {hva}", elever(hvem.len()));
    for en in hvem.iter().take(VIST) {
        let _ = writeln!(ut, "  {en}");
    }
    if hvem.len() > VIST {
        let _ = writeln!(ut, "  … og {} til; --json viser alle", hvem.len() - VIST);
    }
}

fn problemer(ut: &mut String, funn: &Funn<'_>) {
    let (problemer, flere) = (&funn.lest.problemer, funn.lest.flere);
    if problemer.is_empty() {
        return;
    }
    let _ = writeln!(ut, "\nFilen har noe å merke seg ({}):", problemer.len() + flere);
    for problem in problemer.iter().take(VIST) {
        let hvor = match (problem.linje, problem.felt) {
            (0, _) => "  ".to_owned(),
            (nr, Felt::Linje) => format!("  linje {nr} "),
            (nr, felt) => format!("  linje {nr}: {} ", felt.tekst()),
        };
        let _ = writeln!(ut, "{hvor}{}", problem.hva.tekst());
    }
    let resten = problemer.len().saturating_sub(VIST) + flere;
    if resten > 0 {
        let _ = writeln!(ut, "  … og {resten} til");
    }
}

fn elever(antall: usize) -> String {
    if antall == 1 { "1 elev".to_owned() } else { format!("{antall} elever") }
}

fn linjer(linjer: &[u32]) -> Vec<String> {
    linjer.iter().map(|nr| format!("linje {nr}")).collect()
}

fn par(par: &[Par]) -> Vec<String> {
    par.iter().map(|par| format!("linje {} = {}", par.linje, par.elev)).collect()
}

pub(super) fn json(funn: &Funn<'_>) -> String {
    let ut = json!({
        "liste": funn.liste.nokkel.to_string(),
        "like": funn.er_like(),
        "tegnsett": funn.tegnsett.navn(),
        "sammenligning": funn.sammenligning,
        "problemer": funn.lest.problemer,
        "flere_problemer": funn.lest.flere,
        "skjermede": funn.liste.skjermede.len(),
    });
    format!("{ut}\n")
}

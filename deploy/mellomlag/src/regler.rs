//! `mellomlag rules`: every rule, with its texts. The handbook's page is made by it, and a test holds the two together.

use crate::kommandoer::Regelvalg;
use anyhow::Result;
use elevliste::{Eier, Niva};
use liste::{Mottakerregler, Regel, Tekst, eier_tekst, regler};
use serde::Serialize;
use std::fmt::Write;

/// Prints the rules.
pub fn kjor(valg: &Regelvalg) -> Result<bool> {
    if valg.json {
        println!("{}", serde_json::to_string_pretty(&regler().iter().map(Visning::av).collect::<Vec<_>>())?);
    } else if valg.md {
        print!("{}", side());
    } else {
        for regel in regler() {
            println!("{}  {:<9}  {}", regel.id, niva(regel.niva).nb, regel.tittel.nb);
        }
    }
    Ok(true)
}

/// One rule as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Visning {
    id: &'static str,
    niva: Niva,
    eier: Eier,
    felt: Option<&'static str>,
    tittel: Former,
    hva: Former,
    rett: Former,
    videre: Former,
    mottakere: Vec<Mottakers>,
}

#[derive(Serialize)]
struct Former {
    nb: &'static str,
    nn: &'static str,
}

/// A remark of a receiver that the rule says beforehand, or is made of.
#[derive(Serialize)]
struct Mottakers {
    mottaker: &'static str,
    kode: &'static str,
    felt: &'static str,
}

impl Visning {
    fn av(regel: &Regel) -> Self {
        let former = |tekst: Tekst| Former { nb: tekst.nb, nn: tekst.nn };
        Self {
            id: regel.id,
            niva: regel.niva,
            eier: regel.eier,
            felt: regel.felt,
            tittel: former(regel.tittel),
            hva: former(regel.hva),
            rett: former(regel.rett),
            videre: former(regel.videre),
            mottakere: mottakere(regel.id),
        }
    }
}

fn mottakere(id: &str) -> Vec<Mottakers> {
    let hos = |mottaker: Mottakerregler| {
        let gjelder = move |speil: &&liste::Speil| speil.egne.contains(&id) || speil.regel == id;
        let merknader = mottaker.merknader.iter().filter(gjelder);
        merknader.map(move |speil| Mottakers { mottaker: mottaker.navn, kode: speil.kode, felt: speil.felt })
    };
    Mottakerregler::ALLE.into_iter().flat_map(hos).collect()
}

const fn niva(niva: Niva) -> Tekst {
    match niva {
        Niva::Feil => Tekst { nb: "feil", nn: "feil", en: "error" },
        Niva::Advarsel => Tekst { nb: "advarsel", nn: "åtvaring", en: "warning" },
    }
}

/// The handbook's page.
fn side() -> String {
    let mut ut = String::from(
        "# Regler\n\n<!-- Made by `mellomlag rules --md`. A test compares; SKRIV_REGLER=1 writes it anew. -->\n\n\
         Listen blir kontrollert mot disse reglene hver gang noe endrer seg i skolesystemet. En *feil* stopper listen til den er rettet \
         eller eleven er tatt ut; en *advarsel* gjør ikke det. Reglene som begynner med VI, er merknader fra mottakeren.\n\n\
         Bokmål står til venstre og nynorsk til høyre.\n\n| Regel | Nivå | Hvem retter | Hva |\n| --- | --- | --- | --- |\n",
    );
    for regel in regler() {
        let (niva, eier) = (niva(regel.niva).nb, eier_tekst(regel.eier).nb);
        let lenke = regel.id.to_lowercase();
        let _ = writeln!(ut, "| [{}](#{lenke}) | {niva} | {eier} | {} |", regel.id, regel.tittel.nb);
    }
    for regel in regler() {
        let _ = write!(ut, "\n## {}\n\n", regel.id);
        let (niva, eier) = (niva(regel.niva), eier_tekst(regel.eier));
        let felt = regel.felt.map(|felt| format!(" · `{felt}`")).unwrap_or_default();
        let _ = writeln!(ut, "| {} | {} |\n| --- | --- |", regel.tittel.nb, regel.tittel.nn);
        for tekst in [regel.hva, regel.rett, regel.videre] {
            let _ = writeln!(ut, "| {} | {} |", tekst.nb, tekst.nn);
        }
        let _ = writeln!(ut, "| {} · {}{felt} | {} · {}{felt} |", niva.nb, eier.nb, niva.nn, eier.nn);
        let mottakere: Vec<_> = mottakere(regel.id).iter().map(|m| format!("`{}` ({})", m.kode, m.mottaker)).collect();
        if !mottakere.is_empty() {
            let _ = writeln!(ut, "\nHos mottakeren: {}.", mottakere.join(", "));
        }
    }
    ut.push_str(
        "\n## Mottakerne\n\n| Mottaker | Fiktivt nummer | Klasse, tegn | Navn, tegn |\n| --- | --- | --- | --- |\n",
    );
    for m in Mottakerregler::ALLE {
        let _ = writeln!(ut, "| `{}` | {} | {} | {} |", m.navn, m.fiktivt, m.klasse_maks, m.navn_maks);
    }
    ut
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_handbook_has_the_page() {
        let fil = Path::new(env!("CARGO_MANIFEST_DIR")).join("../handbook/src/regler.md");
        if std::env::var_os("SKRIV_REGLER").is_some() {
            std::fs::write(&fil, side()).unwrap();
        }
        let skrevet = std::fs::read_to_string(&fil).unwrap_or_default();
        assert!(skrevet == side(), "the page is another than the rules: run the test with SKRIV_REGLER=1");
        let innhold = std::fs::read_to_string(fil.with_file_name("SUMMARY.md")).unwrap();
        assert!(innhold.contains("(regler.md)"));
    }

    #[test]
    fn json_has_every_rule_with_both_forms_and_the_receivers_codes() {
        let json = serde_json::to_value(regler().iter().map(Visning::av).collect::<Vec<_>>()).unwrap();
        assert_eq!(json.as_array().unwrap().len(), regler().len());
        let regel = json.as_array().unwrap().iter().find(|r| r["id"] == "EL-002").unwrap();
        assert_eq!((&regel["niva"], &regel["eier"]), (&"feil".into(), &"skole".into()));
        assert_eq!(regel["tittel"]["nn"], "Eleven manglar klasse");
        assert_eq!(regel["mottakere"][1]["kode"], "MISSING_CLASS_CODE");
    }
}

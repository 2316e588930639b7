//! One list as people and machines see it: without names, numbers, or who is protected.

use anyhow::{Context, Result};
use elevliste::{Avvik, Elevliste, Niva};
use liste::{Listebilde, Plassering};
use serde_json::Value;
use std::fmt::Write as _;

/// For machines.
pub fn json(liste: &Elevliste, bilde: &Listebilde) -> Value {
    let a = &bilde.avstemming;
    let elever: Vec<_> = bilde
        .plasseringer
        .iter()
        .map(|p| {
            let linje = &liste.linjer[p.linje];
            let regler: Vec<_> = p.avvik.iter().map(|a| a.regel.as_str()).collect();
            serde_json::json!({"elev": linje.elev, "klasse": linje.klasse, "plassering": ord(&p.plassering), "avvik": regler})
        })
        .collect();
    serde_json::json!({
        "liste": liste.nokkel.to_string(), "status": bilde.status.as_str(), "segl": bilde.segl,
        "kilde": a.kilde, "sendt": a.sendt, "holdt": a.holdt, "manuelt": a.manuelt, "avvik": a.avvik,
        "skjermede": liste.skjermede.len(),
        "listeavvik": bilde.avvik.iter().map(|a| a.regel.as_str()).collect::<Vec<_>>(), "elever": elever,
    })
}

/// For people.
pub fn tekst(liste: &Elevliste, bilde: &Listebilde) -> Result<String> {
    let a = &bilde.avstemming;
    let mut ut = String::new();
    writeln!(ut, "{} – {} ({})", liste.skole.navn, liste.nokkel, bilde.status.as_str())?;
    writeln!(ut, "{} elever: {} sendt, {} holdt, {} manuelt, {} avvik", a.kilde, a.sendt, a.holdt, a.manuelt, a.avvik)?;
    match liste.skjermede.len() {
        0 => {}
        1 => writeln!(ut, "1 elev med skjermet adresse behandles manuelt")?,
        n => writeln!(ut, "{n} elever med skjermet adresse behandles manuelt")?,
    }
    writeln!(ut, "Segl: {}\n", bilde.segl)?;
    for avvik in &bilde.avvik {
        vis(&mut ut, avvik, "")?;
    }
    for p in bilde.plasseringer.iter().filter(|p| !p.avvik.is_empty()) {
        let linje = &liste.linjer[p.linje];
        let klasse = linje.klasse.as_deref().unwrap_or("uten klasse");
        writeln!(ut, "Elev {} ({klasse}, {})", linje.elev, ord(&p.plassering))?;
        for avvik in &p.avvik {
            vis(&mut ut, avvik, "  ")?;
        }
    }
    Ok(ut)
}

fn vis(ut: &mut String, avvik: &Avvik, innrykk: &str) -> Result<()> {
    let regel = liste::regel(&avvik.regel).with_context(|| format!("{} is no rule of this version", avvik.regel))?;
    let niva = if avvik.niva == Niva::Feil { "Feil" } else { "Advarsel" };
    let detalj = avvik.detalj.as_deref().map(|d| format!(" [{d}]")).unwrap_or_default();
    writeln!(ut, "{innrykk}{niva} {}: {}{detalj}", avvik.regel, regel.tittel.nb)?;
    writeln!(ut, "{innrykk}  {} {} {}", regel.hva.nb, regel.rett.nb, regel.videre.nb)?;
    Ok(())
}

const fn ord(p: &Plassering) -> &'static str {
    match p {
        Plassering::Sendt => "sendt",
        Plassering::Holdt { .. } => "holdt",
        Plassering::Manuelt { .. } => "manuelt",
        Plassering::Avvik => "avvik",
        Plassering::Klar => "klar",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::{Egenskaper, Skolereferanse};
    use hendelse::Tenantnokkel;
    use identitet::Politikk;
    use liste::Omstendigheter;
    use uuid::Uuid;

    fn vist(skjermede: &[Uuid]) -> (String, Value) {
        let liste = Elevliste {
            nokkel: "46.46503.2026-2027.1".parse().unwrap(),
            skole: Skolereferanse {
                skolenr: "46503".into(),
                navn: "Prøveskolen".into(),
                organisasjonsnummer: Some("974738368".into()),
                kommunenr: None,
            },
            tenant: "voss".into(),
            linjer: vec![],
            avvik: vec![],
            skjermede: skjermede.to_vec(),
        };
        let bilde = liste::bilde(
            &liste,
            &[],
            &Tenantnokkel::fra_hex(&"0a".repeat(32)).unwrap(),
            &Omstendigheter {
                na: jiff::Timestamp::UNIX_EPOCH,
                endret: jiff::Timestamp::UNIX_EPOCH,
                runde: None,
                runde_endret: None,
                mottaker: Egenskaper::default(),
                politikk: Politikk::Vigoskole,
                regler: liste::Mottakerregler::VIGO,
            },
        );
        (tekst(&liste, &bilde).unwrap(), json(&liste, &bilde))
    }

    #[test]
    fn of_the_protected_only_the_number_is_shown() {
        let hvem = [Uuid::from_u128(0xa1), Uuid::from_u128(0xa2)];
        for (antall, ventet) in
            [(1, "\n1 elev med skjermet"), (2, "\n2 elever med skjermet adresse behandles manuelt\n")]
        {
            let (tekst, json) = vist(&hvem[..antall]);
            assert!(tekst.contains(ventet), "{tekst}");
            assert_eq!((&json["skjermede"], &json["manuelt"]), (&antall.into(), &antall.into()));
            for id in hvem {
                assert!(!tekst.contains(&id.to_string()) && !json.to_string().contains(&id.to_string()), "{tekst}");
            }
        }
        let (tekst, json) = vist(&[]);
        assert!(!tekst.contains("skjermet") && json["skjermede"] == 0, "{tekst}");
    }
}

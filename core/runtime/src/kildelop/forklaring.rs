//! What a person reads about a hold, in bokmål: what has happened, what it looks like, and what to do. Pure.

use super::gate::{Typetall, Utlosning, Utlost};
use super::hold::{Arsak, Hold};
use super::minne::USER;
use std::collections::BTreeMap;

/// What is added when a sample of what was approved as gone turns out to be there.
pub(super) const STIKKPROVE: &str = " Endringen ble godkjent, men da kilden ble spurt direkte, fantes minst én av dem \
                                     som skulle være borte. Ingenting er slettet. Be leverandøren rette kilden.";

/// The whole explanation.
pub(super) fn forklar(
    kilde: &str,
    arsak: Arsak,
    typer: &BTreeMap<String, Typetall>,
    utlost: &[Utlost],
    for_: Option<&Hold>,
) -> String {
    // People ask about pupils first.
    let (elever, andre): (Vec<_>, Vec<_>) = utlost.iter().partition(|u| u.typ == USER);
    let mut tekst: Vec<String> = elever.into_iter().chain(andre).map(|u| setning(u, typer.get(&u.typ))).collect();
    tekst.push(match arsak {
        Arsak::Skolearsskifte => format!(
            "Det ser ut som et skoleårsskifte i {kilde}: klasser og medlemskap byttes ut eller elevene rykker opp et trinn, \
             og elevene er de samme. Er det nytt skoleår, kan du godkjenne. Kommer det midt i skoleåret, forkast og spør \
             skolen."
        ),
        Arsak::Redatering => format!(
            "Nesten bare datoer er endret. Det skjer når {kilde} er startet på nytt eller har satt nye datoer på alt. \
             Godkjenn hvis eksemplene ser riktige ut."
        ),
        Arsak::Krymping => format!(
            "Mye er borte uten at noe er kommet i stedet. Vanlige årsaker er at tilgangen i {kilde} er snevret inn, eller at \
             en skole ikke lenger er med. Ingenting er slettet. Godkjenn bare hvis de virkelig er borte."
        ),
        Arsak::Masseendring => format!(
            "Sjekk i {kilde} om dette stemmer. Godkjenn hvis det gjør det. Forkast hvis ikke, og få rettet {kilde}; da blir \
             det som står i Mellomlag, stående."
        ),
    });
    tekst.extend(for_.and_then(|hold| ulikt(hold, typer)));
    tekst.join(" ")
}

fn setning(u: &Utlost, tall: Option<&Typetall>) -> String {
    let (hva, hadde) = (flertall(&u.typ), tall.map_or(0, |t| t.hadde));
    let (antall, grense) = (u.antall, u.grense);
    match u.hva {
        Utlosning::Tom => format!("Kilden viser ingen {hva} lenger, der den hadde {hadde}."),
        Utlosning::Borte if grense == 0 => format!("{antall} av {hadde} {hva} er ikke med lenger."),
        Utlosning::Borte => format!("{antall} av {hadde} {hva} er borte; grensen er {grense}."),
        Utlosning::Endret => format!("{antall} av {hadde} {hva} er endret; grensen er {grense}."),
    }
}

/// How a new hold differs from the one before it, where that had been decided.
fn ulikt(for_: &Hold, typer: &BTreeMap<String, Typetall>) -> Option<String> {
    let avgjorelse = for_.avgjorelse.as_ref()?;
    let tomt = Typetall::default();
    let mut deler = Vec::new();
    for typ in typer.keys().chain(for_.typer.keys().filter(|t| !typer.contains_key(*t))) {
        let (na, da) = (typer.get(typ).unwrap_or(&tomt), for_.typer.get(typ).unwrap_or(&tomt));
        for (ord, na, da) in [("borte", na.borte(), da.borte()), ("endret", na.endret, da.endret)] {
            if na != da {
                deler.push(format!("{} {ord}: {na} mot {da}", flertall(typ)));
            }
        }
    }
    let avgjort = if avgjorelse.godkjent { "godkjent" } else { "forkastet" };
    Some(if deler.is_empty() {
        format!("Antallene er som da forrige endring ble {avgjort}, men det gjelder andre.")
    } else {
        format!("Dette er ikke det samme som ble {avgjort} sist ({}).", deler.join("; "))
    })
}

fn flertall(typ: &str) -> &str {
    match typ {
        "org" => "skoler og enheter",
        "academicSession" => "skoleår og terminer",
        "class" => "klasser",
        "user" => "elever",
        "enrollment" => "klassemedlemskap",
        "vigoskole" => "skoler i kodeverket",
        "registerperson" => "personer",
        andre => andre,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tall(hadde: u64, endret: u64, savnet: u64) -> Typetall {
        Typetall { hadde, vist: hadde - savnet, endret, savnet, ..Typetall::default() }
    }

    #[test]
    fn a_person_reads_what_has_happened_and_what_to_do() {
        let typer = [("user".to_owned(), tall(400, 0, 90))].into();
        let utlost = [Utlost { typ: "user".into(), hva: Utlosning::Borte, antall: 90, grense: 40 }];
        let tekst = forklar("vigilo", Arsak::Krymping, &typer, &utlost, None);
        assert!(tekst.starts_with("90 av 400 elever er borte; grensen er 40. Mye er borte"), "{tekst}");
        assert!(tekst.contains("tilgangen i vigilo"), "{tekst}");
    }

    #[test]
    fn what_is_new_since_the_last_decision_is_said() {
        let avgjorelse = super::super::Avgjorelse {
            godkjent: true,
            hvem: "kari".into(),
            hvorfor: "nytt skoleår".into(),
            nar: jiff::Timestamp::UNIX_EPOCH,
        };
        let for_ = Hold {
            digest: "a".into(),
            opprettet: jiff::Timestamp::UNIX_EPOCH,
            lesninger: 1,
            typer: [("user".to_owned(), tall(400, 0, 90))].into(),
            utlost: vec![],
            skoler: vec![],
            eksempler: vec![],
            arsak: Arsak::Krymping,
            forklaring: String::new(),
            avgjorelse: Some(avgjorelse),
        };
        let na = [("user".to_owned(), tall(400, 0, 95))].into();
        let tekst = forklar("vigilo", Arsak::Krymping, &na, &[], Some(&for_));
        assert!(tekst.ends_with("Dette er ikke det samme som ble godkjent sist (elever borte: 95 mot 90)."), "{tekst}");
        let tekst = forklar("vigilo", Arsak::Krymping, &for_.typer, &[], Some(&for_));
        assert!(tekst.ends_with("men det gjelder andre."), "{tekst}");
        let apen = Hold { avgjorelse: None, ..for_ };
        assert!(!forklar("vigilo", Arsak::Krymping, &na, &[], Some(&apen)).contains("sist"));
    }
}

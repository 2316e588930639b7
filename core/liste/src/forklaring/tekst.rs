//! The explanation in bokmål, for people.

use super::{Feltspor, Forklaring, Gjelder, Handlingsspor, Hendelse, Kildespor, Lag, Listedel};
use crate::{for_merknad, status_tekst};
use elevliste::{Endringsslag, Ettermeldingstilstand, Niva, Rolle, Utfall, oslo};
use jiff::Timestamp;
use std::fmt::Write as _;

/// What is known of a mapping rule, for people.
pub type Regeltekst = fn(&str) -> Option<&'static str>;

/// The explanation as text. `kartregel` knows the texts of the mapping's rules.
pub fn tekst(forklaring: &Forklaring, kartregel: Regeltekst) -> String {
    let mut ut = format!("Elev {} ({})\n", forklaring.elev, forklaring.tenant);
    if forklaring.handteres_manuelt {
        ut.push_str(
            "\nEleven håndteres manuelt. Kommunens ansvarlige og inntakskontoret avtaler det utenfor Mellomlag.\n",
        );
        return ut;
    }
    if let Some(annen) = forklaring.del_av {
        linje(&mut ut, format_args!("Eleven er den samme som {annen}, og forklares under det navnet."));
    }
    if forklaring.lister.is_empty() {
        ut.push_str("\nEleven har ikke stått på noen liste.\n");
    }
    for del in &forklaring.lister {
        liste(&mut ut, del, kartregel);
    }
    if !forklaring.hendelser.is_empty() {
        ut.push_str("\nHva som har skjedd med opplysningene\n");
        for hendelse in &forklaring.hendelser {
            linje(&mut ut, format_args!("  {}", hendelsen(hendelse)));
        }
    }
    ut
}

fn liste(ut: &mut String, del: &Listedel, kartregel: Regeltekst) {
    linje(ut, format_args!("\n{} – {}: {}", del.skole, del.liste, status_tekst(del.status).nb));
    match &del.plassering {
        None => ut.push_str("Eleven står ikke på listen lenger.\n"),
        Some(plass) => {
            let grunn = plass.grunn.as_deref().map(|grunn| format!(": «{grunn}»")).unwrap_or_default();
            linje(ut, format_args!("Eleven nå: {}{grunn}", plass.nb));
        }
    }
    match &del.gjelder {
        Gjelder::Sendt { nar, kvittering, .. } => {
            let kvittering = kvittering.as_deref().map(|id| format!(" Kvittering {id}.")).unwrap_or_default();
            linje(
                ut,
                format_args!("\nDette ble sendt {} og godtatt.{kvittering} Slik ble hver opplysning til:", tid(*nar)),
            );
        }
        Gjelder::Na => ut.push_str("\nDette står på listen nå. Slik ble hver opplysning til:\n"),
        Gjelder::Ingen => {}
    }
    del.felter.iter().for_each(|spor| feltet(ut, spor, kartregel));
    if !del.regler.is_empty() {
        ut.push_str("\nRegler som slår ut på eleven\n");
    }
    for regel in &del.regler {
        let niva = if regel.niva == Niva::Feil { "feil" } else { "advarsel" };
        let detalj = regel.detalj.as_deref().map(|d| format!(" [{d}]")).unwrap_or_default();
        linje(ut, format_args!("  {} ({niva}): {}.{detalj} {}", regel.id, regel.nb[0], regel.nb[1]));
    }
    if !del.handlinger.is_empty() {
        ut.push_str("\nHva folk og Mellomlag har gjort\n");
    }
    for handling in &del.handlinger {
        linje(ut, format_args!("  {} {}", tid(handling.tid), handlingen(handling)));
        for merknad in &handling.merknader {
            let regel = for_merknad(&merknad.kode);
            let niva = if merknad.feil { "feil" } else { "advarsel" };
            linje(ut, format_args!("      {} {} ({niva}): {}", merknad.felt, merknad.kode, regel.tittel.nb));
        }
    }
    if !del.ettermeldinger.is_empty() {
        ut.push_str("\nEndringer som inntakskontoret må få vite om\n");
    }
    for melding in &del.ettermeldinger {
        let hva = match melding.slag {
            Endringsslag::Ny => "Eleven kom til etter at listen var mottatt",
            Endringsslag::Endret => "Opplysningene ble endret etter at listen var mottatt",
            Endringsslag::Borte => "Eleven ble borte etter at listen var mottatt",
        };
        let tilstand = match melding.tilstand {
            Ettermeldingstilstand::Apen => "ikke meldt ennå",
            Ettermeldingstilstand::Meldt => "meldt",
            Ettermeldingstilstand::Godtatt => "godtatt av inntakskontoret",
            Ettermeldingstilstand::Avvist => "avvist av inntakskontoret",
        };
        linje(ut, format_args!("  {hva}: {tilstand}. ({})", melding.id));
    }
}

fn feltet(ut: &mut String, spor: &Feltspor, kartregel: Regeltekst) {
    let verdi = match (&spor.verdi, spor.tom) {
        (_, true) => "(tomt)",
        (Some(verdi), false) => verdi.vis(),
        (None, false) => "•••",
    };
    let endret = if spor.endret_etter { "  ← er et annet nå" } else { "" };
    linje(ut, format_args!("  {:<22} {verdi}{endret}", spor.felt));
    if let Some(fiktivt) = &spor.fiktivt {
        let (av, nar, kilde) = (&fiktivt.av, tid(fiktivt.nar), &fiktivt.kilde);
        linje(ut, format_args!("      fiktivt nummer fra inntakskontoret, lagt inn av {av} {nar}: «{kilde}»"));
        return;
    }
    match &spor.kilde {
        Some(kilde) => linje(ut, format_args!("      {} i FINT, {}", spor.fint, kilden(kilde))),
        None if spor.tom => linje(ut, format_args!("      {} i FINT; kilden har ingen", spor.fint)),
        None => linje(ut, format_args!("      {} i FINT; kilden som sa det, er ikke tatt vare på", spor.fint)),
    }
    for id in &spor.regler {
        linje(ut, format_args!("      {id}: {}", kartregel(id).unwrap_or("(en regel som denne versjonen ikke har)")));
    }
}

fn kilden(kilde: &Kildespor) -> String {
    format!("fra {} i {} hos {}, sett {}", kilde.felt, kilde.objekt, kilde.kilde, tid(kilde.sett))
}

fn hendelsen(hendelse: &Hendelse) -> String {
    let hva = match hendelse.hva.as_str() {
        "ny" => "sett for første gang",
        "endret" => "endret",
        "flyttet" => "endret: eleven byttet skole",
        "fjernet" => "fjernet",
        "forsvunnet" => "forsvunnet fra kilden",
        annet => annet,
    };
    let lag = match hendelse.lag {
        Lag::Kilde => "Kilde",
        Lag::Fint => "FINT",
        Lag::Liste => "Liste",
    };
    let felter = if hendelse.felter.is_empty() { String::new() } else { format!(" ({})", hendelse.felter.join(", ")) };
    let spor = hendelse.spor.as_deref().map(|spor| format!("  spor {spor}")).unwrap_or_default();
    format!("{} {lag:<5} {}: {hva}{felter}{spor}", tid(hendelse.tid), hendelse.hvor)
}

fn handlingen(h: &Handlingsspor) -> String {
    let hvem = match (h.slag.as_str(), h.rolle) {
        ("person", Some(rolle)) => format!("{} ({})", h.av, rollen(rolle)),
        ("person", None) => h.av.clone(),
        ("policy", _) => format!("regelen «{}»", h.av),
        _ => "Mellomlag".to_owned(),
    };
    let linje = h.linje.map(|nr| format!(" Eleven var linje {nr}.")).unwrap_or_default();
    let kvittering = h.kvittering.as_deref().map(|id| format!(" Kvittering {id}.")).unwrap_or_default();
    let bevis = if h.bevis { " Vi har utstedt en signert kvittering." } else { "" };
    let hva = match (h.handling, &h.utfall, h.ja) {
        ("godkjent", ..) => format!("{hvem} godkjente listen."),
        ("holdt-tilbake", ..) => format!("{hvem} holdt eleven tilbake."),
        ("rutet-manuelt", ..) => format!("{hvem} tok eleven ut til manuell behandling."),
        ("frigitt", ..) => format!("{hvem} satte eleven tilbake på listen."),
        ("intensjon", ..) => format!("{hvem} sendte listen.{linje}"),
        ("svar", Some(utfall), _) => format!("Mottakeren svarte: {}.{kvittering}{bevis}", utfallet(utfall)),
        ("tilbakekalt", ..) => format!("{hvem} trakk godkjenningen tilbake."),
        ("fiktivt-nummer", _, Some(true)) => format!("{hvem} la inn et fiktivt nummer fra inntakskontoret."),
        ("fiktivt-nummer", ..) => format!("{hvem} tok bort det fiktive nummeret."),
        ("avklart", _, Some(true)) => format!("{hvem} fant ut at listen kom fram.{kvittering}{bevis}"),
        ("avklart", ..) => format!("{hvem} fant ut at listen ikke kom fram."),
        ("ettermeldt", ..) => format!("{hvem} meldte endringen til inntakskontoret."),
        ("ettermelding-behandlet", _, Some(true)) => format!("{hvem}: inntakskontoret godtok endringen."),
        ("ettermelding-behandlet", ..) => format!("{hvem}: inntakskontoret avviste endringen."),
        ("eksportert", ..) => format!("{hvem} skrev listen til fil."),
        (annet, ..) => format!("{hvem}: {annet}."),
    };
    match h.grunn.as_deref() {
        Some(grunn) if h.slag == "person" => format!("{hva} «{grunn}»"),
        _ => hva,
    }
}

const fn rollen(rolle: Rolle) -> &'static str {
    match rolle {
        Rolle::Skole => "skolen",
        Rolle::Kommune => "kommunen",
        Rolle::Fylke => "inntakskontoret",
        Rolle::Leverandor => "leverandøren",
    }
}

/// What became of an attempt, in a few words.
pub(crate) const fn utfallet(utfall: &Utfall) -> &'static str {
    match utfall {
        Utfall::Mottatt => "listen er mottatt",
        Utfall::MottattMedAdvarsler => "listen er mottatt, med advarsler",
        Utfall::Avvist => "listen er avvist på grunn av linjer i den",
        Utfall::Stengt => "innsamlingen er stengt hos mottakeren",
        Utfall::UkjentSkole => "mottakeren kjenner ikke skolen",
        Utfall::AlleredeLevert => "mottakeren har en liste fra før",
        Utfall::AvvistUtenGrunn => "listen er avvist uten en grunn som lar seg lese",
        Utfall::IkkeSendt => "listen kom ikke av sted",
        Utfall::Uavklart => "det er ukjent om listen kom fram",
    }
}

/// Norwegian time, as people write it.
pub(crate) fn tid(tid: Timestamp) -> String {
    tid.to_zoned(oslo()).strftime("%d.%m.%Y kl. %H.%M.%S").to_string()
}

fn linje(ut: &mut String, tekst: std::fmt::Arguments<'_>) {
    writeln!(ut, "{tekst}").expect("writing to a text does not fail");
}

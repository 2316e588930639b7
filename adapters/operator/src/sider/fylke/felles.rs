//! What the county's pages share: who may come in, the chosen round, words and names.

use super::tall::{self, Skole};
use crate::inntak;
use crate::sider::besok::Besok;
use crate::sider::feil::Feilslag;
use crate::sider::skole::vis::uten_id;
use crate::sprak::Sprak;
use elevliste::{Aktor, Elevlinje, Innsamling, Overforing, Rundenokkel, Skolestatus};
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use runtime::adgang::Adgangsfeil;
use runtime::utsikt::{Rundebilde, Sammendrag};
use runtime::{Endringsfeil, Rundefeil};
use std::sync::Arc;

pub(super) use crate::inntak::skolenavn;

/// These pages are a county's own people's.
pub(super) fn inn(besok: &Besok) -> Result<(), Feilslag> {
    if inntak::inne(&besok.ut) { Ok(()) } else { Err(Feilslag::FinnesIkke) }
}

/// The rounds of this person's counties, the last one first.
pub(super) fn runder(besok: &Besok) -> Vec<Arc<Rundebilde>> {
    let mut runder = besok.ut.runder();
    runder.sort_by_key(|runde| {
        let runde = runde.sak.runde();
        (std::cmp::Reverse(runde.apner), runde.nokkel())
    });
    runder
}

/// A round that an address names.
pub(super) fn runde(besok: &Besok, navn: &str) -> Result<Arc<Rundebilde>, Feilslag> {
    inntak::runde(&besok.ut, navn).ok_or(Feilslag::FinnesIkke)
}

/// The round that people mean when they say none: the last one that has opened, else the first that will.
pub(super) fn gjeldende<'a>(
    runder: impl Iterator<Item = &'a Innsamling> + Clone,
    na: Timestamp,
) -> Option<Rundenokkel> {
    let apnet = runder.clone().filter(|runde| runde.apner <= na).max_by_key(|runde| (runde.apner, runde.nokkel()));
    apnet.or_else(|| runder.min_by_key(|runde| (runde.apner, runde.nokkel()))).map(Innsamling::nokkel)
}

/// The lists of a round.
pub(super) fn lister(besok: &Besok, runde: Rundenokkel) -> Vec<Arc<Sammendrag>> {
    inntak::lister(&besok.ut, runde)
}

/// The schools of a round, in numbers.
pub(super) async fn skoler(besok: &Besok, runde: &Innsamling) -> Vec<Skole> {
    let kodeverk = besok.sider().skolebok.grunnskoler(&besok.delt.om, runde.fylke).await;
    tall::skoler(&lister(besok, runde.nokkel()), runde, &kodeverk, besok.na())
}

/// «2026/27»
pub(super) fn skolear(helt: kodeverk::Skolear) -> String {
    format!("{}/{:02}", helt.startar(), helt.sluttar() % 100)
}

/// «Vestland»
pub(super) fn fylkesnavn(fylke: Fylkesnummer) -> String {
    kodeverk::fylke(fylke).map_or_else(|| fylke.to_string(), |f| f.navn.to_owned())
}

/// «10. trinn 2026/27, Vestland»
pub(super) fn rundenavn(s: Sprak, runde: Rundenokkel) -> String {
    let navn = match runde.overforing {
        Overforing::Elevliste => s.t("fylke-runde-elevliste"),
        Overforing::Terminkarakterer => s.t("fylke-runde-termin"),
        Overforing::Standpunkt => s.t("fylke-runde-standpunkt"),
    };
    navn.s("skolear", skolear(runde.skolear)).s("fylke", fylkesnavn(runde.fylke)).to_string()
}

/// «Åpen. Frist fredag 13. november kl. 23.59 (4 dager igjen).»
pub(super) fn tilstand(s: Sprak, runde: &Innsamling, na: Timestamp) -> String {
    let frist = || s.frist(runde.stenger);
    if na < runde.apner {
        s.t("fylke-tilstand-venter").s("apner", s.tid(runde.apner)).s("frist", frist()).to_string()
    } else if runde.apen(na) {
        s.t("fylke-tilstand-apen").s("frist", frist()).s("igjen", s.igjen(runde.stenger, na)).to_string()
    } else {
        s.t("fylke-tilstand-stengt").s("frist", frist()).to_string()
    }
}

/// The same where it is seen from what is delivered that the round is open: «Frist …».
pub(super) fn frist(s: Sprak, runde: &Innsamling, na: Timestamp) -> String {
    if !runde.apen(na) {
        return tilstand(s, runde, na);
    }
    s.t("fylke-frist").s("frist", s.frist(runde.stenger)).s("igjen", s.igjen(runde.stenger, na)).to_string()
}

/// Who acted, as people say it.
pub(super) fn hvem(s: Sprak, av: &Aktor) -> String {
    match av.slag.as_str() {
        "person" => uten_id(&av.id).to_owned(),
        "policy" => s.t("fylke-av-regel").to_string(),
        _ if elevliste::Rundeversjon::er_oppsett(av) => s.t("fylke-av-oppsett").to_string(),
        _ => "Mellomlag".to_owned(),
    }
}

/// The name as a class list has it.
pub(super) fn navn(linje: &Elevlinje) -> String {
    let deler = [Some(&linje.fornavn), linje.mellomnavn.as_ref(), Some(&linje.etternavn)];
    let deler: Vec<&str> =
        deler.into_iter().flatten().map(|del| del.vis().as_str()).filter(|d| !d.is_empty()).collect();
    deler.join(" ")
}

/// The municipality's name, from its number.
pub(super) fn kommunenavn(s: Sprak, nr: Option<&str>) -> String {
    let kjent = nr.and_then(|nr| nr.parse().ok()).and_then(kodeverk::kommune).map(|k| k.navn.to_owned());
    kjent.or_else(|| nr.map(str::to_owned)).unwrap_or_else(|| s.t("fylke-uten-kommune").to_string())
}

/// The order of the Norwegian alphabet, in which æ, ø and å come last.
pub(super) fn alfabetisk(tekst: &str) -> String {
    tekst.to_lowercase().replace('æ', "\u{7b}").replace('ø', "\u{7c}").replace('å', "\u{7d}")
}

/// The colour of a status. It never says anything alone.
pub(super) const fn farge(status: Skolestatus) -> &'static str {
    match status {
        Skolestatus::Mottatt => "success",
        Skolestatus::Avvik | Skolestatus::Samles => "warning",
        Skolestatus::Avvist | Skolestatus::Uavklart | Skolestatus::Stengt => "danger",
        Skolestatus::Klar | Skolestatus::Godkjent | Skolestatus::Sendes => "info",
    }
}

/// What a person can correct in what was asked for, in words; anything else is a page of its own.
pub(super) fn kan_rettes(s: Sprak, feil: Adgangsfeil) -> Result<String, Feilslag> {
    let tekst = |feil: Endringsfeil| Ok(s.av_tekst(feil.tekst()).to_owned());
    match feil {
        Adgangsfeil::Runde(Rundefeil::Endring(feil)) => tekst(feil),
        Adgangsfeil::Runde(Rundefeil::Tidspunkt) => tekst(Endringsfeil::Rekkefolge),
        Adgangsfeil::Grunn => tekst(Endringsfeil::Grunn),
        Adgangsfeil::FinnesAllerede => Ok(s.t("fylke-ny-finnes").to_string()),
        feil => Err(feil.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Godkjenning;

    #[test]
    fn the_round_that_is_meant_is_the_last_one_that_has_opened() {
        let runde = |skolear: &str, apner: &str| {
            let apner: Timestamp = apner.parse().unwrap();
            let stenger = apner.checked_add(jiff::SignedDuration::from_hours(240)).unwrap();
            Innsamling::ny("46".parse().unwrap(), skolear.parse().unwrap(), (apner, stenger), Godkjenning::Skole)
        };
        let alle = [runde("2026-2027", "2026-11-01T00:00:00Z"), runde("2027-2028", "2027-11-01T00:00:00Z")];
        let valgt = |na: &str| gjeldende(alle.iter(), na.parse().unwrap()).unwrap().skolear.to_string();
        assert_eq!(valgt("2026-08-01T00:00:00Z"), "2026-2027");
        assert_eq!(valgt("2027-06-01T00:00:00Z"), "2026-2027");
        assert_eq!(valgt("2027-11-01T00:00:00Z"), "2027-2028");
        assert_eq!(gjeldende([].iter(), Timestamp::UNIX_EPOCH), None);
        let sagt = |na: &str| frist(Sprak::Bokmal, &alle[0], na.parse().unwrap());
        assert_eq!(sagt("2026-11-07T00:00:00Z"), "Frist onsdag 11. november kl. 00.59 (4 dager igjen).");
        assert!(sagt("2026-10-07T00:00:00Z").starts_with("Åpner 1. november 2026"));
        assert!(sagt("2026-12-07T00:00:00Z").starts_with("Stengt."));
    }

    #[test]
    fn names_are_in_the_order_of_the_norwegian_alphabet() {
        let mut navn = ["Ål", "Ærfugl", "Voss", "Ørsta", "alver"];
        navn.sort_by_key(|navn| alfabetisk(navn));
        assert_eq!(navn, ["alver", "Voss", "Ærfugl", "Ørsta", "Ål"]);
        assert_eq!(kommunenavn(Sprak::Bokmal, Some("4601")), "Bergen");
        assert_eq!(
            (kommunenavn(Sprak::Bokmal, Some("9999")), kommunenavn(Sprak::Engelsk, None)),
            ("9999".to_owned(), "Municipality not known".to_owned())
        );
    }
}

//! One school system, and the mass change that waits for a person: what it is, how large, what it looks like, yes or no.

use super::kilder::{Kildevist, kildevist, navnene};
use super::ord;
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::drift::forsok::{Lesning, lesninger};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use crate::sider::skole::vis::uten_id;
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::Path;
use hendelse::{Kildenavn, Tenant};
use runtime::adgang::{Adgangsfeil, Gjoremal};
use runtime::utsikt::Kildebilde;
use runtime::{Avgjorelse, Avgjorfeil, Eksempel, Hold, Skoletall, Typetall};
use serde::Deserialize;
use std::sync::Arc;

/// Schools of a report that are shown at once.
const SKOLER: usize = 100;
/// Readings that are shown.
const LESNINGER: usize = 10;

#[derive(Template)]
#[template(path = "kommune/kilde.html")]
struct Kildeside {
    ramme: Ramme,
    kilde: Kildevist,
    toleranser: Vec<(String, u64)>,
    /// The last readings, the newest first.
    lesninger: Vec<Lesning>,
    hold: Option<Holdvist>,
    /// The last mass change that is over: when it came, when it ended, what was decided.
    sist: Option<(String, String, Option<Avgjort>)>,
    kan_avgjore: bool,
}

impl Kildeside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

struct Holdvist {
    digest: String,
    tittel: &'static str,
    hva: &'static str,
    /// Which limits were passed, in words.
    utlost: Vec<String>,
    /// As the core has written it, in bokmål.
    forklaring: String,
    i_bokmal: bool,
    oppdaget: String,
    lesninger: u32,
    typer: Vec<(String, Typetall)>,
    skoler: Vec<Skoletall>,
    flere_skoler: usize,
    eksempler: Vec<(String, &'static str, Eksempel)>,
    avgjort: Option<Avgjort>,
}

struct Avgjort {
    godkjent: bool,
    hvem: String,
    hvorfor: String,
    nar: String,
}

fn avgjort(s: Sprak, avgjorelse: &Avgjorelse) -> Avgjort {
    let Avgjorelse { godkjent, hvem, hvorfor, nar } = avgjorelse;
    Avgjort {
        godkjent: *godkjent,
        hvem: uten_id(hvem).to_owned(),
        hvorfor: hvorfor.clone(),
        nar: s.tid(*nar).to_string(),
    }
}

/// A source within reach.
fn finn(besok: &Besok, tenant: &Tenant, navn: &Kildenavn) -> Result<Arc<Kildebilde>, Feilslag> {
    let mut alle = besok.ut.kilder().into_iter();
    alle.find(|kilde| kilde.tenant == *tenant && kilde.kilde == *navn).ok_or(Feilslag::FinnesIkke)
}

/// `GET /kommune/kilder/{tenant}/{kilde}`.
pub(super) async fn vis(besok: Besok, Path((tenant, kilde)): Path<(String, String)>) -> Svar {
    let (tenant, navn) = navnene(&tenant, &kilde)?;
    let kilde = finn(&besok, &tenant, &navn)?;
    let s = besok.sprak;
    let vist = kildevist(&besok, &kilde);
    // Counts alone, of a source that is within reach.
    let forsok =
        besok.sider().drift.forsok_kilde(&tenant, &navn).await.map_err(|_| Feilslag::Utilgjengelig("kjerne"))?;
    let siste = &forsok[..forsok.len().min(LESNINGER)];
    let sist = kilde.status.sist.as_ref().map(|sist| {
        let (fra, til) = (s.tid(sist.opprettet).to_string(), s.tid(sist.lukket).to_string());
        (fra, til, sist.avgjorelse.as_ref().map(|avgjorelse| avgjort(s, avgjorelse)))
    });
    let side = Kildeside {
        ramme: besok.ramme(&vist.navn).levende("/levende"),
        toleranser: kilde.status.toleranser.clone().into_iter().collect(),
        lesninger: lesninger(s, siste, besok.na()),
        hold: kilde.hold.as_ref().map(|hold| holdvist(s, hold)),
        sist,
        kan_avgjore: besok.ut.ma(Gjoremal::AvgjorHold),
        kilde: vist,
    };
    svar(&side)
}

fn holdvist(s: Sprak, hold: &Hold) -> Holdvist {
    let (tittel, hva) = ord::arsak(hold.arsak);
    let skjedd = |hva: &str| match hva {
        "endret" => "kommune-skjedd-endret",
        "fjernet" => "kommune-skjedd-fjernet",
        _ => "kommune-skjedd-savnet",
    };
    Holdvist {
        digest: hold.digest.clone(),
        tittel,
        hva,
        utlost: hold.utlost.iter().map(|u| ord::utlost(s, u, hold.typer.get(&u.typ))).collect(),
        forklaring: hold.forklaring.clone(),
        i_bokmal: s == Sprak::Bokmal,
        oppdaget: s.tid(hold.opprettet).to_string(),
        lesninger: hold.lesninger,
        typer: hold.typer.iter().map(|(typ, tall)| (ord::typ(s, typ), *tall)).collect(),
        skoler: hold.skoler.iter().take(SKOLER).cloned().collect(),
        flere_skoler: hold.skoler.len().saturating_sub(SKOLER),
        eksempler: hold.eksempler.iter().map(|e| (ord::typ(s, &e.typ), skjedd(&e.hva), e.clone())).collect(),
        avgjort: hold.avgjorelse.as_ref().map(|avgjorelse| avgjort(s, avgjorelse)),
    }
}

#[derive(Deserialize)]
pub(super) struct Valg {
    digest: String,
    valg: String,
    #[serde(default)]
    grunn: String,
}

/// `POST /kommune/kilder/{tenant}/{kilde}/avgjor`: yes or no to exactly what was looked at.
pub(super) async fn avgjor(Path((tenant, kilde)): Path<(String, String)>, Sendt(besok, valg): Sendt<Valg>) -> Svar {
    let (tenant, navn) = navnene(&tenant, &kilde)?;
    let godkjent = match valg.valg.as_str() {
        "godkjenn" => true,
        "forkast" => false,
        _ => return Err(Feilslag::Skjema),
    };
    let her = format!("/kommune/kilder/{tenant}/{navn}");
    match besok.ut.avgjor(&tenant, &navn, &valg.digest, godkjent, &valg.grunn).await {
        Ok(()) => Ok(videre(&her)),
        Err(Adgangsfeil::Hold(Avgjorfeil::Avgjort { .. }))
            if er_mitt(&besok, &tenant, &navn, &valg.digest, godkjent) =>
        {
            Ok(videre(&her))
        }
        Err(Adgangsfeil::Hold(Avgjorfeil::Avgjort { .. } | Avgjorfeil::Ingen(_) | Avgjorfeil::AnnenDigest { .. })) => {
            Err(Feilslag::Samtidig)
        }
        Err(feil) => Err(feil.into()),
    }
}

/// Whether this person has decided the same already: the form was sent twice.
fn er_mitt(besok: &Besok, tenant: &Tenant, navn: &Kildenavn, digest: &str, godkjent: bool) -> bool {
    let meg = besok.ut.adgang().aktor().map(|aktor| aktor.id);
    let hold = finn(besok, tenant, navn).ok().and_then(|kilde| kilde.hold.clone()).filter(|hold| hold.digest == digest);
    hold.and_then(|hold| hold.avgjorelse).is_some_and(|a| a.godkjent == godkjent && Some(a.hvem) == meg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::drift::{Kildeforsok, Kildeslag};
    use runtime::{Arsak, Kildetilstand, Snapshotresultat, Utlosning, Utlost};

    fn hold(avgjorelse: Option<Avgjorelse>) -> Hold {
        let tall = Typetall { hadde: 400, vist: 310, savnet: 90, ..Typetall::default() };
        Hold {
            digest: "d1".into(),
            opprettet: jiff::Timestamp::UNIX_EPOCH,
            lesninger: 2,
            typer: [("user".to_owned(), tall)].into(),
            utlost: vec![Utlost { typ: "user".into(), hva: Utlosning::Borte, antall: 90, grense: 40 }],
            skoler: vec![Skoletall { navn: Some("<b>Ås</b>".into()), nummer: None, nye: 0, endret: 0, borte: 90 }],
            eksempler: vec![],
            arsak: Arsak::Krymping,
            forklaring: "90 av 400 elever er borte.".into(),
            avgjorelse,
        }
    }

    fn forsok() -> Kildeforsok {
        Kildeforsok {
            start: jiff::Timestamp::UNIX_EPOCH,
            varighet_ms: 10,
            slag: Kildeslag::Snapshot,
            tilstand: Kildetilstand::Borte,
            kode: "borte".into(),
            rader: 0,
            resultat: Snapshotresultat::default(),
            funn: Default::default(),
            avvist: vec![],
            form: Default::default(),
            ganger: 1,
            sist: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn html(s: Sprak, hold: &Hold, kan_avgjore: bool) -> String {
        let kilde = Kildevist {
            anker: "kilde-voss-vigilo".into(),
            adresse: "/kommune/kilder/voss/vigilo".into(),
            navn: "Vigilo".into(),
            id: "voss/vigilo".into(),
            eier: "Voss kommune".into(),
            tilstand: "kommune-tilstand-holdt",
            farge: "warning",
            hva: "kommune-hva-holdt",
            kode: "holdt".into(),
            sist_hel: None,
            sist_endring: None,
            sist_forsok: None,
            neste: None,
            stum_siden: None,
            rader: 310,
            resultat: Snapshotresultat::default(),
            pause: None,
            venter: true,
            kan_hente: true,
            leveres: None,
        };
        let ramme = Ramme::utenfor(s, "kilde", "/kommune/kilder/voss/vigilo", false);
        let hold = Some(holdvist(s, hold));
        Kildeside {
            ramme,
            kilde,
            toleranser: vec![],
            lesninger: lesninger(s, &[forsok()], jiff::Timestamp::UNIX_EPOCH),
            hold,
            sist: None,
            kan_avgjore,
        }
        .render()
        .unwrap()
    }

    #[test]
    fn what_is_decided_about_is_exactly_what_was_shown_and_only_once() {
        let avgjort = Avgjorelse {
            godkjent: false,
            hvem: "Kari [0a1b2c3d]".into(),
            hvorfor: "feil i systemet".into(),
            nar: jiff::Timestamp::UNIX_EPOCH,
        };
        for s in Sprak::ALLE {
            let apen = html(s, &hold(None), true);
            assert!(
                apen.contains("name=\"digest\" value=\"d1\"") && apen.contains("value=\"forkast\""),
                "{}",
                s.kode()
            );
            assert!(apen.contains("90") && !apen.contains("<b>Ås"), "a school's name is no markup");
            assert!(!apen.contains(">kommune-"), "a text is missing");
            let borte = s.t("drift-tilstand-borte").to_string();
            assert!(apen.contains(&borte), "what came of the last readings: {borte}");
            assert!(!html(s, &hold(None), false).contains("/avgjor\""), "who may only look decides nothing");
            let lukket = html(s, &hold(Some(avgjort.clone())), true);
            assert!(!lukket.contains("/avgjor\"") && lukket.contains("feil i systemet"));
            assert!(lukket.contains("<bdi>Kari</bdi>"), "the ledger's mark is not for people");
        }
    }
}

//! The dry run: reads, asks the adapter what it knows of its receiver's rules, and writes nothing anywhere.

use crate::hovedbok::{self, SakFeil};
use crate::trinn::Omgivelse;
use crate::{Mottakervalg, Sammenheng};
use elevliste::{Listenokkel, Utfall};
use flow::{Avslag, Forsendelse, Oppdatering, Outcome, Sink};
use liste::Listebilde;
use liste::forklaring::{Brutt, Elevmerknad, Forutsagt, Hinder, Proveskudd, Regelverk, Sidensist, regelavtrykk};

/// What would happen if a list were sent now, and what would be sent.
pub async fn proveskudd(
    om: &Omgivelse,
    rundt: &Sammenheng,
    sink: &dyn Sink,
    nokkel: &Listenokkel,
) -> Result<(Proveskudd, Forsendelse), SakFeil> {
    let na = om.clock.now();
    let sak = hovedbok::hent(om, nokkel).await?;
    let bilde = rundt.bilde(&sak, na)?;
    let mottaker = rundt.mottaker(nokkel.fylke);
    let endringer = bilde.endringer.iter().map(|endring| (endring.elev, endring.slag)).collect();
    let forsendelse = Forsendelse {
        skole: sak.liste.skole.clone(),
        skolear: nokkel.skolear,
        linjer: bilde.sendbare.clone(),
        segl: bilde.segl.clone(),
        idempotens: bilde.segl.clone(),
        oppdatering: bilde
            .etag
            .clone()
            .filter(|_| mottaker.egenskaper.erstattbar)
            .map(|etag| Oppdatering { etag, endringer }),
    };
    let proveskudd = Proveskudd {
        liste: nokkel.clone(),
        skole: sak.liste.skole.navn.clone(),
        status: bilde.status,
        segl: bilde.segl.clone(),
        antall: bilde.sendbare.len(),
        siden_sist: bilde.mottatt.is_some().then(|| Sidensist {
            nye: bilde.etter.nye.clone(),
            endret: bilde.etter.endret.clone(),
            borte: bilde.etter.borte.clone(),
        }),
        forutsagt: forutsi(&bilde, &mottaker, sink, &forsendelse),
        regler: Brutt::av(&bilde),
        hinder: Hinder::av(&bilde, sak.runde.as_ref(), na),
        regelverk: Regelverk {
            versjon: env!("CARGO_PKG_VERSION").to_owned(),
            avtrykk: regelavtrykk(&format!("{} {mottaker:?}", sink.name())),
        },
    };
    Ok((proveskudd, forsendelse))
}

/// What the receiver has already we know from the ledger, which schools it has from its code base; the rest is for the
/// adapter to know.
fn forutsi(bilde: &Listebilde, mottaker: &Mottakervalg, sink: &dyn Sink, forsendelse: &Forsendelse) -> Forutsagt {
    let uten_linjer = |utfall, kode| Forutsagt { utfall, kode, merknader: vec![] };
    if bilde.mottatt.is_some() && !mottaker.egenskaper.erstattbar {
        return uten_linjer(Utfall::AlleredeLevert, None);
    }
    let ukjent_skole = bilde.avvik.iter().any(|avvik| avvik.regel == "EL-020");
    let (utfall, svar) = match sink.forutsi(forsendelse) {
        Outcome::Rejected(Avslag::Ugyldig { kode } | Avslag::Uforklart { kode }) => {
            return uten_linjer(Utfall::AvvistUtenGrunn, Some(kode));
        }
        _ if ukjent_skole => return uten_linjer(Utfall::UkjentSkole, None),
        Outcome::Delivered(svar) if svar.merknader.is_empty() => (Utfall::Mottatt, svar),
        Outcome::Delivered(svar) => (Utfall::MottattMedAdvarsler, svar),
        Outcome::Rejected(Avslag::Linjer(svar)) => (Utfall::Avvist, svar),
        Outcome::Rejected(Avslag::Stengt) => return uten_linjer(Utfall::Stengt, None),
        Outcome::Rejected(Avslag::UkjentSkole) => return uten_linjer(Utfall::UkjentSkole, None),
        Outcome::Rejected(Avslag::AlleredeLevert) => return uten_linjer(Utfall::AlleredeLevert, None),
        Outcome::Rejected(Avslag::EndretHosMottaker | Avslag::UkjentSkolear) => {
            return uten_linjer(Utfall::AvvistUtenGrunn, None);
        }
        Outcome::Later { .. } => return uten_linjer(Utfall::IkkeSendt, None),
        Outcome::Unknown { .. } => return uten_linjer(Utfall::Uavklart, None),
    };
    let elev = |linje: u32| {
        let plass = usize::try_from(linje).ok()?.checked_sub(1)?;
        Some(forsendelse.linjer.get(plass)?.elev)
    };
    let merknader = svar.merknader.into_iter().map(|m| Elevmerknad { elev: elev(m.linje), merknad: m }).collect();
    Forutsagt { utfall, kode: None, merknader }
}

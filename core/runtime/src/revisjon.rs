//! The audit stream: who decided what, when and why.

use crate::Stopp;
use crate::kildelop::{Avgjorelse, Hold};
use crate::trinn::Omgivelse;
use bus::Message;
use bytes::Bytes;
use hendelse::{Hode, Kildenavn, REVISJON, Tenant, hodenavn};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// A decision about a hold, as it stands in the audit stream.
#[derive(Serialize)]
struct Holdavgjorelse<'a> {
    kilde: &'a str,
    digest: &'a str,
    arsak: crate::kildelop::Arsak,
    utlost: &'a [crate::kildelop::Utlost],
    #[serde(flatten)]
    avgjorelse: &'a Avgjorelse,
}

/// Somebody was shown the pupils of a source.
#[derive(Serialize)]
struct Vist<'a> {
    kilde: &'a str,
    hvem: &'a str,
}

/// Writes that somebody was shown the pupils of a source. Call it before they are shown: what cannot be written is not
/// shown.
pub async fn vist(om: &Omgivelse, tenant: &Tenant, kilde: &Kildenavn, hvem: &str) -> Result<(), Stopp> {
    skriv(om, tenant, "revisjon.elever.vist", om.clock.now(), &Vist { kilde: kilde.as_str(), hvem }).await
}

/// Somebody was shown what is known of a pupil.
#[derive(Serialize)]
struct Elevvist<'a> {
    elev: Uuid,
    hvem: &'a str,
}

/// Writes that somebody was shown what is known of a pupil. Call it before it is shown: what cannot be written is not shown.
pub(crate) async fn elev_vist(om: &Omgivelse, tenant: &Tenant, elev: Uuid, hvem: &str) -> Result<(), Stopp> {
    skriv(om, tenant, "revisjon.elev.vist", om.clock.now(), &Elevvist { elev, hvem }).await
}

/// Writes that a person has decided about a hold.
pub(crate) async fn holdavgjorelse(
    om: &Omgivelse,
    tenant: &Tenant,
    kilde: &Kildenavn,
    hold: &Hold,
    avgjorelse: &Avgjorelse,
) -> Result<(), Stopp> {
    let data = Holdavgjorelse {
        kilde: kilde.as_str(),
        digest: &hold.digest,
        arsak: hold.arsak,
        utlost: &hold.utlost,
        avgjorelse,
    };
    let typ = format!("revisjon.kilde.{}", if avgjorelse.godkjent { "godkjent" } else { "forkastet" });
    skriv(om, tenant, &typ, avgjorelse.nar, &data).await
}

async fn skriv(
    om: &Omgivelse,
    tenant: &Tenant,
    typ: &str,
    tid: Timestamp,
    data: &(impl Serialize + Sync),
) -> Result<(), Stopp> {
    let payload = Bytes::from(serde_json::to_vec(data).expect("texts and numbers always have a json form"));
    let (kilde, typ) = (format!("{tenant}:revisjon"), typ.to_owned());
    let hode = Hode { id: Uuid::now_v7(), kilde, typ, tid, skjema: None, spor: None };
    let mut headers = hode.hoder();
    headers.push((hodenavn::CONTENT_TYPE, "application/json".to_owned()));
    let subject = format!("{}.{tenant}", REVISJON.to_lowercase());
    Ok(om.bus.publish(vec![Message { subject, headers, payload }]).await?)
}

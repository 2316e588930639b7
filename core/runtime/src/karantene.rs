//! Quarantine: what could not be read or handled is kept, with its bytes, until a person has resolved it.
//!
//! What is resolved is closed with an empty message. The same again after that is put there again.

use crate::melding::Avsender;
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp};
use bus::Record;
use flow::Refused;
use hendelse::{Emne, K, Karantenepost, Tenant, Tenantnokkel, kod};
use sha2::{Digest, Sha256};

/// Puts things of one part of one tenant in quarantine.
pub(crate) struct Karantene<'a> {
    om: &'a Omgivelse,
    del: &'static str,
    tenant: &'a Tenant,
}

impl<'a> Karantene<'a> {
    pub const fn ny(om: &'a Omgivelse, del: &'static str, tenant: &'a Tenant) -> Self {
        Self { om, del, tenant }
    }

    /// A message of one of our streams.
    pub async fn melding(&self, stream: &str, record: &Record, kode: &str) -> Result<(), Stopp> {
        let opphav = format!("{stream}:{}", record.sequence);
        let k = k(stream, record.sequence);
        let post = Karantenepost {
            kode: kode.to_owned(),
            felt: "data".to_owned(),
            opphav: Some(opphav),
            innhold: record.payload.to_vec(),
        };
        self.legg(k, self.del, post).await
    }

    /// A record of a source, and what it is called here. The same record, read again tomorrow, is not put there twice.
    pub async fn avvist(&self, nokkel: &Tenantnokkel, kilde: &str, avvist: &Refused) -> Result<K, Stopp> {
        let k = nokkel.k(&["karantene", kilde, avvist.code, &String::from_utf8_lossy(&avvist.raw)]);
        let post = Karantenepost {
            kode: avvist.code.to_owned(),
            felt: avvist.field.clone(),
            opphav: None,
            innhold: avvist.raw.clone(),
        };
        // The source stands as the event's own source: so it can be asked again.
        self.legg(k, kilde, post).await?;
        Ok(k)
    }

    async fn legg(&self, k: K, komponent: &str, post: Karantenepost) -> Result<(), Stopp> {
        let emne = Emne::Karantene { trinn: self.del.to_owned(), tenant: self.tenant.clone(), k };
        let sist = self.om.bus.last(hendelse::KARANTENE, &emne.to_string()).await?;
        if sist.is_some_and(|sist| !sist.payload.is_empty()) {
            return Ok(());
        }
        Maalere::tell(&self.om.maalere.karantene, self.del, self.tenant.as_str(), post.kode.clone());
        let avsender = Avsender::ny(self.tenant.as_str(), komponent);
        let typ = format!("karantene.{}.ny", self.del);
        let melding = avsender.melding(&emne, typ, self.om.clock.now(), Some(kod(&post)?), None);
        Ok(self.om.bus.publish(vec![melding]).await?)
    }
}

/// Closes one. Its bytes are gone from the quarantine then.
pub(crate) async fn lukk(om: &Omgivelse, trinn: &str, tenant: &Tenant, k: K) -> Result<(), Stopp> {
    let emne = Emne::Karantene { trinn: trinn.to_owned(), tenant: tenant.clone(), k };
    let avsender = Avsender::ny(tenant.as_str(), trinn);
    let melding = avsender.melding(&emne, format!("karantene.{trinn}.lukket"), om.clock.now(), None, None);
    Ok(om.bus.publish(vec![melding]).await?)
}

/// Stream and sequence as a hash: nothing personal goes into it.
fn k(stream: &str, sekvens: u64) -> K {
    let mut k = [0; 16];
    k.copy_from_slice(&Sha256::digest(format!("{stream}:{sekvens}"))[..16]);
    K(k)
}

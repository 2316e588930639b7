//! Access tokens.

use std::sync::atomic::Ordering;

use jsonwebtoken::{Algorithm, Header};
use serde_json::{Map, Value, json};

use super::{Indre, Rsanokkel, grant::Grant, laas};

/// The authority behind an organisation number.
pub(super) const AUTORITET: &str = "iso6523-actorid-upis";

fn organisasjon(orgnr: &str) -> Value {
    json!({"authority": AUTORITET, "ID": format!("0192:{orgnr}")})
}

impl Indre {
    /// Issues a token for a grant that has been checked: the claims, signed.
    pub(super) fn utsted(&self, grant: &Grant) -> anyhow::Result<String> {
        let mut krav = self.felles(&grant.scope, &grant.klient.client_id);
        krav.insert("aud".into(), grant.ressurs.clone().unwrap_or_else(|| json!("unspecified")));
        match &grant.konsument {
            None => krav.insert("consumer".into(), organisasjon(&grant.klient.orgnr)),
            Some(konsument) => {
                krav.insert("supplier".into(), organisasjon(&grant.klient.orgnr));
                krav.insert("delegation_source".into(), json!(self.config.delegeringskilde));
                krav.insert("consumer".into(), organisasjon(konsument))
            }
        };
        krav.insert("client_amr".into(), json!(grant.amr));
        if let Some(detaljer) = &grant.systembruker {
            krav.insert("authorization_details".into(), detaljer.clone());
        }
        let token = self.signer(&krav)?;
        self.utstedt.fetch_add(1, Ordering::Relaxed);
        Ok(token)
    }

    fn felles(&self, scope: &str, client_id: &str) -> Map<String, Value> {
        let na = self.config.klokke.na().as_second();
        let levetid = i64::try_from(self.config.levetid.as_secs()).unwrap_or(i64::MAX);
        let krav = json!({
            "iss": self.utsteder, "scope": scope, "client_id": client_id, "client_amr": "private_key_jwt",
            "token_type": "Bearer", "iat": na, "exp": na.saturating_add(levetid), "jti": uuid::Uuid::new_v4(),
        });
        match krav {
            Value::Object(krav) => krav,
            _ => Map::new(),
        }
    }

    /// The usual claims with some replaced or, by `null`, removed.
    pub(super) fn fritt_token(&self, andre: &Value) -> anyhow::Result<String> {
        let mut krav = self.felles("", "test");
        krav.insert("aud".into(), json!("unspecified"));
        for (navn, verdi) in andre.as_object().into_iter().flatten() {
            if verdi.is_null() {
                krav.remove(navn);
            } else {
                krav.insert(navn.clone(), verdi.clone());
            }
        }
        self.signer(&krav)
    }

    fn signer(&self, krav: &Map<String, Value>) -> anyhow::Result<String> {
        let nokkel = self.aktiv_nokkel();
        let mut hode = Header::new(Algorithm::RS256);
        hode.typ = None;
        hode.kid = Some(nokkel.kid().to_owned());
        Ok(jsonwebtoken::encode(&hode, krav, nokkel.privat())?)
    }

    fn aktiv_nokkel(&self) -> std::sync::Arc<Rsanokkel> {
        std::sync::Arc::clone(laas(&self.nokler).first().expect("there is always a signing key"))
    }
}

//! Users as OneRoster writes them, in 1.2 and 1.1.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Samling, Utgave,
    tilstand::{Bruker, Tilstand},
    vis::{Visning, status},
};
use crate::generator::{Elev, Foresatt};

impl Tilstand {
    pub(super) fn vis_bruker(&self, id: Uuid, v: &Visning) -> Option<Value> {
        let rad = self.brukere.get(&id)?;
        let (fornavn, etternavn) = match &rad.data {
            Bruker::Elev(e) => (&e.fornavn, &e.etternavn),
            Bruker::Laerer(l) => (&l.fornavn, &l.etternavn),
            Bruker::Foresatt(f) => (&f.fornavn, &f.etternavn),
        };
        let brukernavn = format!("u{:08x}", id.as_fields().0);
        let feide = format!("{brukernavn}@{}", self.eier.domene);
        let mut bruker = json!({
            "sourcedId": id, "status": status(rad.slettet), "dateLastModified": v.tid(rad.endret),
            "username": brukernavn, "enabledUser": if rad.slettet { "false" } else { "true" },
            "givenName": fornavn, "familyName": etternavn,
            "userIds": [{"type": "Feide", "identifier": feide}],
        });
        match &rad.data {
            Bruker::Elev(elev) => self.elevfelt(&mut bruker, elev, v),
            Bruker::Laerer(_) => {
                bruker["metadata"] = v.onedhub([("employeeNumber", json!(format!("{}", id.as_fields().1)))]);
            }
            Bruker::Foresatt(foresatt) => foresatt_felt(&mut bruker, foresatt, v),
        }
        self.roller(&mut bruker, &rad.data, v);
        Some(bruker)
    }

    /// What the core scopes do not cover: of pupils only.
    pub(super) fn vis_demografi(&self, id: Uuid, v: &Visning) -> Option<Value> {
        let rad = self.brukere.get(&id)?;
        let Bruker::Elev(elev) = &rad.data else { return None };
        Some(json!({
            "sourcedId": id, "status": status(rad.slettet), "dateLastModified": v.tid(rad.endret),
            "birthDate": elev.fodselsdato.to_string(), "sex": if elev.jente { "female" } else { "male" },
        }))
    }

    fn elevfelt(&self, bruker: &mut Value, elev: &Elev, v: &Visning) {
        if let Some(mellomnavn) = &elev.mellomnavn {
            bruker["middleName"] = json!(mellomnavn);
        }
        if let Some(nummer) = &elev.nummer {
            bruker["identifier"] = json!(nummer);
            if let Some(ider) = bruker["userIds"].as_array_mut() {
                ider.push(json!({"type": "fnr", "identifier": nummer}));
            }
        }
        bruker["grades"] = json!([elev.trinn.to_string()]);
        if !elev.foresatte.is_empty() {
            bruker["agents"] = elev.foresatte.iter().map(|f| v.ref_til(Samling::Users, *f)).collect();
        }
        bruker["metadata"] = v.onedhub([
            ("birthDate", json!(elev.fodselsdato.to_string())),
            ("gender", json!(if elev.jente { "female" } else { "male" })),
            ("formOfWrittenNorwegian", json!(if elev.nynorsk { "nn" } else { "nb" })),
        ]);
    }

    fn roller(&self, bruker: &mut Value, data: &Bruker, v: &Visning) {
        let org = v.ref_til(Samling::Orgs, data.skole());
        if v.utgave == Utgave::V1p1 {
            bruker["role"] = json!(data.rolle());
            bruker["orgs"] = json!([org]);
            return;
        }
        bruker["roles"] = match data {
            Bruker::Foresatt(foresatt) => foresatt
                .barn
                .iter()
                .enumerate()
                .map(|(i, barn)| {
                    json!({
                        "roleType": if i == 0 { "primary" } else { "secondary" },
                        "role": "ext:primaryGuardian", "org": org, "userProfile": barneprofil(*barn),
                    })
                })
                .collect(),
            _ => json!([{
                "roleType": "primary", "role": data.rolle(), "org": org,
                "beginDate": format!("{}-08-01", self.eier.skolear),
                "endDate": format!("{}-08-01", self.eier.skolear + 1),
            }]),
        };
        bruker["primaryOrg"] = org;
    }
}

fn foresatt_felt(bruker: &mut Value, foresatt: &Foresatt, v: &Visning) {
    bruker["agents"] = foresatt.barn.iter().map(|b| v.ref_til(Samling::Users, *b)).collect();
    if v.utgave == Utgave::V1p1 {
        return;
    }
    bruker["userProfiles"] = foresatt
        .barn
        .iter()
        .map(|barn| {
            json!({
                "profileId": barneprofil(*barn), "profileType": "guardian", "vendorId": "onedhub",
                "credentials": [{
                    "type": "rolextension", "username": barn, "1edtech.role.agentId": barn,
                    "1edtech.role.userRoleForAgent": if foresatt.mor { "mother" } else { "father" },
                }],
            })
        })
        .collect();
}

/// The profile that ties a guardian's role to one child.
fn barneprofil(barn: Uuid) -> String {
    format!("userprofile://user/{barn}")
}

//! `users`: pupils only, from 1.1's `role` and `orgs` or 1.2's `roles`.

use super::felter::{Avvisning, Leser, Objekt, avvis, under};
use crate::profil::{Nummersted, Versjon};
use identitet::Skjermet;
use oneroster::{Role, Status, User, er_annen_rolle, er_nummerord};
use serde_json::Value;

impl Leser<'_> {
    /// A pupil, or `None` where the user is someone else.
    pub(super) fn user(&mut self, rad: &Objekt) -> Result<Option<User>, Avvisning> {
        let Some(roles) = self.elevroller(rad)? else { return Ok(None) };
        let sourced_id = self.sourced_id(rad)?;
        if matches!(rad.get("enabledUser"), Some(Value::Bool(_))) {
            self.funn("boolean-for-text");
        }
        let grades = self.trinn(rad)?;
        if grades.is_empty() {
            self.funn("grades-empty");
        }
        Ok(Some(User {
            sourced_id,
            given_name: self.navn(rad, "givenName")?,
            middle_name: self.navn(rad, "middleName")?,
            family_name: self.navn(rad, "familyName")?,
            identifier: self.nummer(rad)?,
            grades,
            roles,
        }))
    }

    fn navn(&mut self, rad: &Objekt, felt: &str) -> Result<Option<Skjermet<String>>, Avvisning> {
        Ok(self.skrift(rad, felt)?.map(Skjermet::new))
    }

    pub(super) fn er_elev(&mut self, rolle: &str) -> bool {
        if self.er(rolle, "student") {
            return true;
        }
        if !er_annen_rolle(rolle) {
            self.funn("unknown-role");
        }
        false
    }

    fn elevroller(&mut self, rad: &Objekt) -> Result<Option<Vec<Role>>, Avvisning> {
        let roller = self.liste(rad, "roles");
        if roller.is_empty() {
            return self.elevroller_1p1(rad);
        }
        if self.profil.versjon == Versjon::V1p1 {
            self.funn("roles-of-1p2");
        }
        let mut er_elev = false;
        let mut elevroller = Vec::new();
        for (i, rolle) in roller.iter().enumerate() {
            let sti = format!("roles[{i}]");
            let Value::Object(rolle) = rolle else { return avvis("wrong-type", sti) };
            let ord = under(&sti, self.krev(rolle, "role", "missing-role"))?;
            if self.er_elev(&ord) {
                er_elev = true;
                elevroller.extend(under(&sti, self.elevrolle(rad, rolle))?);
            }
        }
        Ok(er_elev.then_some(elevroller))
    }

    fn elevrolle(&mut self, rad: &Objekt, rolle: &Objekt) -> Result<Option<Role>, Avvisning> {
        let mut org = self.referanse(rolle, "org")?;
        if org.is_none() {
            self.funn("pupil-without-org");
            org = self.referanse(rad, "primaryOrg")?;
        }
        let primary = self.tekst(rolle, "roleType")?.is_none_or(|slag| self.er(&slag, "primary"));
        let begin_date = self.dato(rolle, "beginDate")?;
        let end_date = self.dato(rolle, "endDate")?;
        Ok(org.map(|org| Role { org, primary, begin_date, end_date }))
    }

    /// 1.1 has one role and no dates, and calls no school the primary one: the first is taken to be.
    fn elevroller_1p1(&mut self, rad: &Objekt) -> Result<Option<Vec<Role>>, Avvisning> {
        match self.tekst(rad, "role")? {
            Some(rolle) if self.er_elev(&rolle) => {}
            Some(_) => return Ok(None),
            // A row that is on its way out may have lost all but its id.
            None if self.status(rad)? == Status::Tobedeleted => {
                self.funn("tombstone-without-role");
                return Ok(Some(Vec::new()));
            }
            None => return avvis("missing-role", "role"),
        }
        if self.profil.versjon == Versjon::V1p2 {
            self.funn("role-of-1p1");
        }
        let mut orgs = self.referanser(rad, "orgs")?;
        if orgs.is_empty() {
            self.funn("pupil-without-org");
            orgs.extend(self.referanse(rad, "primaryOrg")?);
        }
        let roller = orgs.into_iter().enumerate();
        Ok(Some(roller.map(|(i, org)| Role { org, primary: i == 0, begin_date: None, end_date: None }).collect()))
    }

    /// The identity number from the first place that has one, as the source holds it but for spaces around it.
    fn nummer(&mut self, rad: &Objekt) -> Result<Option<Skjermet<String>>, Avvisning> {
        let mut valgt: Option<String> = None;
        for sted in self.profil.nummersteder {
            let Some(nummer) = self.nummer_i(rad, *sted)?.map(|tekst| tekst.trim().to_owned()) else { continue };
            match &valgt {
                Some(forste) if *forste != nummer => self.funn("identifiers-differ"),
                Some(_) => {}
                None => valgt = Some(nummer),
            }
        }
        Ok(valgt.map(Skjermet::new))
    }

    fn nummer_i(&mut self, rad: &Objekt, sted: Nummersted) -> Result<Option<String>, Avvisning> {
        match sted {
            Nummersted::Identifier => self.tekst(rad, "identifier"),
            Nummersted::Identfier => {
                let nummer = self.tekst(rad, "identfier")?;
                if nummer.is_some() {
                    self.funn("identfier-spelling");
                }
                Ok(nummer)
            }
            Nummersted::UserIds => self.nummer_i_user_ids(rad),
            Nummersted::Metadata => self.nummer_i_metadata(rad),
        }
    }

    fn nummer_i_user_ids(&mut self, rad: &Objekt) -> Result<Option<String>, Avvisning> {
        for (i, id) in self.liste(rad, "userIds").iter().enumerate() {
            let sti = format!("userIds[{i}]");
            let Value::Object(id) = id else { return avvis("wrong-type", sti) };
            let Some(slag) = under(&sti, self.tekst(id, "type"))? else { continue };
            if er_nummerord(&slag)
                && let Some(nummer) = under(&sti, self.tekst(id, "identifier"))?
            {
                return Ok(Some(nummer));
            }
        }
        Ok(None)
    }

    fn nummer_i_metadata(&mut self, rad: &Objekt) -> Result<Option<String>, Avvisning> {
        let Some(Value::Object(metadata)) = rad.get("metadata") else { return Ok(None) };
        let nostet = metadata.get("onedhub").and_then(Value::as_object).into_iter().flatten();
        let treff = metadata.iter().chain(nostet).find(|(felt, verdi)| !verdi.is_null() && er_nummerord(felt));
        let Some((_, verdi)) = treff else { return Ok(None) };
        self.funn("identity-number-in-metadata");
        self.som_tekst(verdi).map_or_else(|| avvis("wrong-type", "metadata"), Ok)
    }
}

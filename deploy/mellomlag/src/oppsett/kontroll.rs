//! What is wrong with each file, and between them. Opens nothing.

use super::leser::Leser;
use super::{OPERATORFIL, Oppsett};

impl Oppsett {
    /// Tells everything that is wrong.
    pub(super) fn kontroller(&self, leser: &mut Leser) {
        for (fil, kilde) in &self.kilder {
            leser.ta(fil, kilde.check());
        }
        for (fil, pakker) in &self.pakker {
            leser.ta(fil, pakker.check());
        }
        for (fil, register) in &self.registre {
            leser.ta(fil, register.check());
            self.kontroller_klient(leser, fil, &register.maskinporten);
        }
        for (navn, klient) in &self.maskinporten {
            leser.ta(&format!("maskinporten-{navn}.toml"), klient.check());
        }
        for (fil, mottaker) in &self.mottakere {
            leser.ta(fil, mottaker.check());
            self.kontroller_klient(leser, fil, &mottaker.maskinporten);
        }
        for (fil, felt, tenant, _) in self.navngitte() {
            self.kontroller_tenant(leser, fil, &format!("{felt}tenant"), tenant);
        }
        if let Some(operator) = &self.operator {
            leser.ta(OPERATORFIL, operator.check());
            self.kontroller_brukere(leser, operator);
        }
        let navn =
            self.navngitte().map(|(fil, felt, tenant, navn)| (fil, format!("{felt}navn"), format!("{tenant} {navn}")));
        leser.unike(navn);
        leser.unike(self.registre.iter().map(|(fil, r)| (fil.as_str(), "tenant".to_owned(), r.tenant.clone())));
        leser.unike(self.mottakere.iter().map(|(fil, m)| (fil.as_str(), "navn".to_owned(), m.navn.clone())));
    }

    fn kontroller_tenant(&self, leser: &mut Leser, fil: &str, felt: &str, tenant: &str) {
        if !self.nokler.keys().any(|t| t.as_str() == tenant) {
            leser.si(fil, felt, "no [[tenant]] in mellomlag.toml has this name; add it, or correct the name");
        }
    }

    fn kontroller_klient(&self, leser: &mut Leser, fil: &str, navn: &str) {
        if !self.maskinporten.contains_key(navn) {
            let hva = format!("there is no file maskinporten-{navn}.toml; write it, or correct the name");
            leser.si(fil, "maskinporten", hva);
        }
    }

    /// A user who is let in to what does not exist would be refused everywhere, without a word of why.
    fn kontroller_brukere(&self, leser: &mut Leser, operator: &adapter_operator::Config) {
        for (i, bruker) in operator.bruker.iter().enumerate() {
            for (j, tenant) in bruker.tenanter.iter().enumerate() {
                self.kontroller_tenant(leser, OPERATORFIL, &format!("bruker[{i}].tenanter[{j}]"), tenant);
            }
            for (j, kilde) in bruker.kilder.iter().flatten().enumerate() {
                if !self.navngitte().any(|(_, _, t, k)| k == kilde && bruker.tenanter.iter().any(|b| b == t)) {
                    let hva = "none of the user's tenants has a source with this name; correct it, or remove it";
                    leser.si(OPERATORFIL, format!("bruker[{i}].kilder[{j}]"), hva);
                }
            }
        }
    }
}

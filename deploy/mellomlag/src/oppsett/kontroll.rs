//! What is wrong with each file, and between them. Opens nothing.

use super::leser::Leser;
use super::{OPERATORFIL, Oppsett, Rolle};

impl Oppsett {
    /// Tells everything that is wrong.
    pub(super) fn kontroller(&self, leser: &mut Leser) {
        self.kontroller_skoler(leser);
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

    /// Whether a number is the school's is told by the code base, and on the list where it is not.
    fn kontroller_skoler(&self, leser: &mut Leser) {
        const FIL: &str = "mellomlag.toml";
        for (i, skole) in self.hoved.skole.iter().enumerate() {
            if skole.skolenr.is_none() && skole.ventet_antall.is_none() {
                leser.si(
                    FIL,
                    format!("skole[{i}]"),
                    "it says nothing of the school; write skolenr or ventet_antall, or remove it",
                );
            }
            if skole.skolenr.is_some_and(|nr| nr.er_uspesifisert()) {
                leser.si(
                    FIL,
                    format!("skole[{i}].skolenr"),
                    "the number stands for no particular school; write the school's own",
                );
            }
            if self.hoved.skole[..i].iter().any(|s| s.organisasjonsnummer == skole.organisasjonsnummer) {
                leser.si(
                    FIL,
                    format!("skole[{i}].organisasjonsnummer"),
                    "the school is named twice; write one [[skole]] for it",
                );
            }
        }
    }

    /// What `[epost]` says, and the secrets that it names.
    pub(super) fn les_epost(&mut self, leser: &mut Leser) {
        const FIL: &str = "mellomlag.toml";
        let Some(epost) = &self.hoved.epost else {
            if self.hoved.roller.as_ref().is_some_and(|roller| roller.contains(&Rolle::Epost)) {
                leser.si(FIL, "roller", "the role epost needs the section [epost]; write it, or leave the role out");
            }
            return;
        };
        let problemer = epost.check();
        for (i, mottaker) in epost.mottaker.iter().enumerate() {
            if let Some(tenant) = &mottaker.tenant {
                self.kontroller_tenant(leser, FIL, &format!("epost.mottaker[{i}].tenant"), tenant);
            }
        }
        if !problemer.is_empty() {
            return leser.ta(FIL, problemer);
        }
        match adapter_epost::Epost::les(epost, &leser.mappe) {
            Ok(epost) => self.epost = Some(epost),
            Err(problemer) => leser.ta(FIL, problemer),
        }
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

    /// Who is let in to what does not exist would be refused everywhere, without a word of why.
    fn kontroller_brukere(&self, leser: &mut Leser, operator: &adapter_operator::Config) {
        let brukere = operator.bruker.iter().enumerate();
        let brukere = brukere.map(|(i, b)| (format!("bruker[{i}]"), &b.tenanter, &b.kilder));
        let klienter = operator.klient.iter().enumerate();
        let klienter = klienter.map(|(i, k)| (format!("klient[{i}]"), &k.tenanter, &k.kilder));
        for (hvem, tenanter, kilder) in brukere.chain(klienter) {
            for (j, tenant) in tenanter.iter().enumerate() {
                self.kontroller_leser_tenant(leser, &format!("{hvem}.tenanter[{j}]"), tenant);
            }
            for (j, kilde) in kilder.iter().flatten().enumerate() {
                if !self.navngitte().any(|(_, _, t, k)| k == kilde && tenanter.iter().any(|b| b == t)) {
                    let hva = "none of the tenants has a source with this name; correct it, or remove it";
                    leser.si(OPERATORFIL, format!("{hvem}.kilder[{j}]"), hva);
                }
            }
        }
        for (i, webhook) in operator.webhook.iter().enumerate() {
            self.kontroller_leser_tenant(leser, &format!("webhook[{i}].tenant"), &webhook.tenant);
        }
    }

    /// What no tenant has, such as a school that has not delivered and is in nobody's source, is read as `felles`.
    fn kontroller_leser_tenant(&self, leser: &mut Leser, felt: &str, tenant: &str) {
        if tenant != hendelse::Tenant::felles().as_str() {
            self.kontroller_tenant(leser, OPERATORFIL, felt, tenant);
        }
    }
}

//! What can be wrong with a configuration: everything at once, each with the way out.

use super::Config;
use crate::profil::Versjon;
use flow::Problem;
use oneroster::Objekttype;
use reqwest::header::HeaderName;
use std::path::Path;
use url::Url;

impl Config {
    /// Everything that is wrong with the configuration. Opens nothing.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, value) in [("tenant", &self.tenant), ("navn", &self.navn)] {
            if value.is_empty() || !value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                problems.push(Problem::new(field, "use lower case letters a-z, digits and -, for example \"bergen\""));
            }
        }
        if !digits(&self.kommunenummer, 4) {
            problems.push(Problem::new("kommunenummer", "write four digits in quotes, for example \"4601\""));
        }
        self.check_lesevalg(&mut problems);
        if self.fil.is_some() {
            self.check_file(&mut problems)
        } else {
            self.check_api(&mut problems)
        }
        for (reference, skole) in &self.skoler {
            if skole.organisasjonsnummer.as_deref().is_some_and(|nummer| !digits(nummer, 9)) {
                let field = format!("skoler.{reference}.organisasjonsnummer");
                problems.push(Problem::new(field, "write nine digits in quotes, without spaces"));
            }
        }
        problems
    }

    fn check_lesevalg(&self, problems: &mut Vec<Problem>) {
        if self.endringer_sekunder.is_some_and(|s| s >= self.intervall_sekunder.get()) {
            let message = "write less than intervall_sekunder, or 0 to read only the whole";
            problems.push(Problem::new("endringer_sekunder", message));
        }
        if self.vindu.is_some_and(|vindu| vindu.fra == vindu.til) {
            problems.push(Problem::new("vindu", "from and to are the same minute; remove it to read at any hour"));
        }
        self.masseendring.check("masseendring", &Objekttype::ALLE.map(Objekttype::as_str), problems);
        if self.revisjonshode.as_deref().is_some_and(|navn| navn.parse::<HeaderName>().is_err()) {
            problems.push(Problem::new("revisjonshode", "write the name of a header, for example \"x-perm-rev\""));
        }
    }

    fn check_file(&self, problems: &mut Vec<Problem>) {
        let api = [
            ("base_url", self.base_url.is_some()),
            ("token_url", self.token_url.is_some()),
            ("client_id", self.client_id.is_some()),
            ("client_secret_file", self.client_secret_file.is_some()),
            ("tenant_id", self.tenant_id.is_some()),
            ("endringer_sekunder", self.endringer_sekunder.is_some()),
            ("revisjonshode", self.revisjonshode.is_some()),
        ];
        for (field, _) in api.into_iter().filter(|(_, given)| *given) {
            problems.push(Problem::new(field, "a source is either an api or a file: remove this field or `fil`"));
        }
        if self.skolear.is_none() {
            let message = "write the school year that the file is for, for example \"2026-2027\"";
            problems.push(Problem::new("skolear", message));
        }
        if self.fil.as_deref() == Some(Path::new("")) {
            problems.push(Problem::new("fil", "write the path of the file"));
        }
    }

    fn check_api(&self, problems: &mut Vec<Problem>) {
        const EXAMPLE: &str = "https://api.onedhub.io/<orgId>/ims/oneroster/rostering/v1p2/";
        match &self.base_url {
            None => problems
                .push(Problem::new("base_url", format!("write the service's address, as in {EXAMPLE}, or give `fil`"))),
            Some(url) => {
                check_url("base_url", url, problems);
                let other = match self.profil().versjon {
                    Versjon::V1p1 => Versjon::V1p2,
                    Versjon::V1p2 => Versjon::V1p1,
                };
                if url.path().trim_end_matches('/').ends_with(other.sti()) {
                    let message =
                        format!("the address ends in {}, but `versjon` says another; correct one of them", other.sti());
                    problems.push(Problem::new("base_url", message));
                }
            }
        }
        match &self.token_url {
            None => problems.push(Problem::new("token_url", "write the address of the supplier's token endpoint")),
            Some(url) => check_url("token_url", url, problems),
        }
        if self.client_id.as_deref().is_none_or(|id| id.trim().is_empty()) {
            problems.push(Problem::new("client_id", "write the client id that the supplier gave you"));
        }
        if self.client_secret_file.as_deref().is_none_or(|path| path.as_os_str().is_empty()) {
            problems
                .push(Problem::new("client_secret_file", "write the path of a file that holds the client's secret"));
        }
        let tenant_id = self.tenant_id.as_deref().map(str::trim);
        if tenant_id == Some("") || self.profil().krever_tenant_id && tenant_id.is_none() {
            let message = "write the customer's tenant id at the supplier; its tokens belong to one customer";
            problems.push(Problem::new("tenant_id", message));
        }
        if self.skolear.is_some() {
            problems.push(Problem::new("skolear", "this is for `fil`; an api says its school year itself: remove it"));
        }
        if !self.skoler.is_empty() {
            problems
                .push(Problem::new("skoler", "this table is for `fil`; an api names its schools itself: remove it"));
        }
    }
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn check_url(field: &str, url: &Url, problems: &mut Vec<Problem>) {
    Problem::check_url(field, url, "; use client_id and client_secret_file", "; we add what is needed", problems);
}

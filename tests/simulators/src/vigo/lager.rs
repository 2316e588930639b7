//! What has been received.

use super::Innsending;

/// All submissions in order.
#[derive(Debug, Default)]
pub(super) struct Lager(Vec<Innsending>);

impl Lager {
    pub(super) fn alle(&self) -> &[Innsending] {
        &self.0
    }

    pub(super) fn godkjent(&self, orgnr: &str, skolear: &str) -> Option<&Innsending> {
        self.0.iter().find(|i| i.er_godkjent() && i.school.org_nr == orgnr && i.school_year == skolear)
    }

    pub(super) fn legg_til(&mut self, innsending: Innsending) {
        self.0.push(innsending);
    }
}

//! Who is told of what, by e-mail.

use super::{Bruker, Brukerbok, Brukerfeil, Eier};
use crate::adgang::{Adgangsrolle, Omfang, Skolevalg};
use hendelse::Tenant;
use kodeverk::Fylkesnummer;

impl Brukerbok {
    /// Everyone of an owner who wants to be told and has an address.
    pub async fn mottakere(&self, eier: &Eier) -> Result<Vec<Bruker>, Brukerfeil> {
        let mut alle = self.alle(eier).await?;
        alle.retain(|b| b.varsles && b.epost.is_some());
        Ok(alle)
    }

    /// Who is told of a school: its own people first, then the municipality's school agency. A school that has no
    /// organisation number is known by VIGO's.
    pub async fn mottakere_for_skole(
        &self,
        tenant: &Tenant,
        organisasjonsnummer: Option<&str>,
        skolenr: Option<&str>,
    ) -> Result<Vec<(Adgangsrolle, Bruker)>, Brukerfeil> {
        let gjelder = |skole: &Skolevalg| skole.tenant == *tenant && skole.er_nummer(organisasjonsnummer, skolenr);
        let alle = self.mottakere(&Eier::Tenant(tenant.clone())).await?;
        let med = |rolle: Adgangsrolle| {
            let er = move |bruker: &&Bruker| {
                bruker.oppdrag.iter().any(|o| {
                    o.rolle == rolle
                        && match &o.omfang {
                            Omfang::Skoler(skoler) => skoler.iter().any(gjelder),
                            Omfang::Tenanter(tenanter) => tenanter.contains(tenant),
                            Omfang::Fylker(_) => false,
                        }
                })
            };
            alle.iter().filter(er).map(move |bruker| (rolle, bruker.clone())).collect::<Vec<_>>()
        };
        let mut ut = med(Adgangsrolle::Skole);
        let skolens: Vec<_> = ut.iter().map(|(_, b)| b.id).collect();
        ut.extend(med(Adgangsrolle::Kommune).into_iter().filter(|(_, b)| !skolens.contains(&b.id)));
        Ok(ut)
    }

    /// Who is told at the county's intake office.
    pub async fn mottakere_for_fylke(&self, fylke: Fylkesnummer) -> Result<Vec<Bruker>, Brukerfeil> {
        let mut alle = self.mottakere(&Eier::Fylke(fylke)).await?;
        alle.retain(|b| b.oppdrag.iter().any(|o| o.rolle == Adgangsrolle::Fylke));
        Ok(alle)
    }
}

//! The loop of each webhook.

use super::Webhookoppsett;
use super::config::Hemmelighet;
use super::sending::{self, Utfall};
use elevliste::Varsel;
use flow::Problem;
use jiff::SignedDuration;
use reqwest::Client;
use runtime::{Abonnement, Maalere, Omgivelse, Stopp, Webhookmerke};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use url::Url;
use uuid::Uuid;

const DEL: &str = "webhook";
/// How often the clock and the place are looked at while there is nothing to send.
const SE_ETTER: Duration = Duration::from_secs(1);
/// How long a process that says nothing more keeps a webhook: longer than the longest request.
const HOLDES: SignedDuration = SignedDuration::from_secs(60);
/// When so little of it is left, it says so again.
const FORNYES: SignedDuration = SignedDuration::from_secs(30);
/// A webhook that has failed for so long is paused.
const GIR_OPP: SignedDuration = SignedDuration::from_hours(5 * 24);
/// Events that are read at once.
const PORSJON: usize = 50;

/// A webhook with its secret.
#[derive(Debug)]
pub(super) struct Webhook {
    pub(super) navn: String,
    pub(super) tenant: String,
    pub(super) url: Url,
    pub(super) hendelser: Option<BTreeSet<String>>,
    hemmelighet: Hemmelighet,
}

impl Webhook {
    fn vil_ha(&self, varsel: &Varsel) -> bool {
        varsel.tenant == self.tenant && self.hendelser.as_ref().is_none_or(|h| h.contains(varsel.slag.navn()))
    }
}

/// All webhooks. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Webhooks(Arc<[Arc<Webhook>]>);

impl Webhooks {
    /// Reads the secrets, whose paths are meant from `mappe`. Returns everything that is wrong with them.
    pub fn les(oppsett: &[Webhookoppsett], mappe: &Path) -> Result<Self, Vec<Problem>> {
        let (mut ut, mut problemer) = (Vec::new(), Vec::new());
        for (i, webhook) in oppsett.iter().enumerate() {
            let Webhookoppsett { navn, tenant, url, hemmelighetfil, hendelser } = webhook.clone();
            match Hemmelighet::les(&mappe.join(hemmelighetfil)) {
                Ok(hemmelighet) => ut.push(Arc::new(Webhook { navn, tenant, url, hendelser, hemmelighet })),
                Err(hva) => problemer.push(Problem::new(format!("webhook[{i}].hemmelighetfil"), hva)),
            }
        }
        if problemer.is_empty() { Ok(Self(ut.into())) } else { Err(problemer) }
    }

    pub(super) fn alle(&self) -> impl Iterator<Item = &Webhook> {
        self.0.iter().map(|webhook| &**webhook)
    }

    /// Sends until `stopp`. Several processes may do this with the same configuration: one at a time sends for a webhook.
    pub async fn kjor(self, om: Omgivelse, stopp: CancellationToken) {
        let http = match sending::klient() {
            Ok(http) => http,
            Err(error) => return tracing::error!(%error, "webhooks cannot be sent; look at the machine's certificates"),
        };
        let mut oppgaver = tokio::task::JoinSet::new();
        for webhook in self.0.iter().cloned() {
            let sender = Sender { om: om.clone(), http: http.clone(), webhook, prosess: Uuid::new_v4() };
            let stopp = stopp.clone();
            oppgaver.spawn(async move {
                tokio::select! {
                    () = stopp.cancelled() => {}
                    () = sender.ga() => {}
                }
            });
        }
        while oppgaver.join_next().await.is_some() {}
    }
}

struct Sender {
    om: Omgivelse,
    http: Client,
    webhook: Arc<Webhook>,
    prosess: Uuid,
}

impl Sender {
    async fn ga(&self) {
        loop {
            if let Err(feil) = self.runde().await {
                Maalere::tell(&self.om.maalere.stopp, DEL, &self.webhook.tenant, feil.kode());
                tracing::warn!(webhook = self.webhook.navn, error = %feil, "the webhook starts again");
            }
            tokio::time::sleep(SE_ETTER).await;
        }
    }

    /// Sends what there is, until something fails, or another process is at it.
    async fn runde(&self) -> Result<(), Stopp> {
        let navn = &self.webhook.navn;
        let na = self.om.clock.now();
        let stand = Abonnement::stand(&self.om, navn).await?;
        if let Some(stand) = &stand {
            self.vis(stand.forsok, stand.pauset);
            let annen = stand.holder.is_some_and(|p| p != self.prosess) && stand.holdes_til.is_some_and(|t| t > na);
            if stand.pauset || annen || stand.neste.is_some_and(|neste| neste > na) {
                return Ok(());
            }
        }
        // A new one begins with what happens from now on; the present state is read from the API.
        let ny = if stand.is_none() { runtime::siste_varsel(&self.om).await? } else { 0 };
        let Some(mut sted) = Abonnement::ta(&self.om, navn, self.prosess, HOLDES, ny).await? else { return Ok(()) };
        while self.send_side(&mut sted).await? {}
        Ok(())
    }

    /// Whether to go on.
    async fn send_side(&self, sted: &mut Abonnement) -> Result<bool, Stopp> {
        let vil_ha = |varsel: &Varsel| self.webhook.vil_ha(varsel);
        let side = runtime::varsler(&self.om, sted.stand.posisjon, PORSJON, SE_ETTER, vil_ha).await?;
        let Some(side) = side else {
            tracing::warn!(webhook = self.webhook.navn, "the store is another than before; everything in it is sent");
            sted.stand.posisjon = 0;
            return sted.lagre(&self.om, HOLDES).await;
        };
        for (plass, varsel) in side.varsler {
            let Webhook { url, hemmelighet, .. } = &*self.webhook;
            let utfall = sending::send(&self.http, url, hemmelighet, varsel, self.om.clock.now()).await;
            if !self.bokfor(sted, plass, utfall).await? {
                return Ok(false);
            }
        }
        let snart = self.om.clock.now().checked_add(FORNYES).ok();
        if side.neste == sted.stand.posisjon && sted.stand.holdes_til > snart {
            return Ok(true);
        }
        sted.stand.posisjon = side.neste;
        sted.lagre(&self.om, HOLDES).await
    }

    /// Stores what became of an event. Whether to go on with the next.
    async fn bokfor(&self, sted: &mut Abonnement, plass: u64, utfall: Utfall) -> Result<bool, Stopp> {
        let (na, stand, navn) = (self.om.clock.now(), &mut sted.stand, &self.webhook.navn);
        let (feil, bedt_om) = match utfall {
            Utfall::Levert => {
                Maalere::tell(&self.om.maalere.utfall, DEL, &self.webhook.tenant, "levert");
                (stand.posisjon, stand.levert, stand.sist_levert) = (plass, stand.levert + 1, Some(na));
                (stand.forsok, stand.feilet_siden, stand.neste, stand.feil) = (0, None, None, None);
                self.vis(0, false);
                return sted.lagre(&self.om, HOLDES).await;
            }
            Utfall::Borte => {
                stand.pauset = true;
                ("status-410".to_owned(), None)
            }
            Utfall::Feilet(feil, bedt_om) => (feil, bedt_om),
        };
        Maalere::tell(&self.om.maalere.utfall, DEL, &self.webhook.tenant, feil.clone());
        stand.forsok += 1;
        let siden = *stand.feilet_siden.get_or_insert(na);
        stand.pauset |= na.duration_since(siden) >= GIR_OPP;
        stand.neste = na.checked_add(sending::pause(stand.forsok, bedt_om)).ok();
        let (forsok, pauset) = (stand.forsok, stand.pauset);
        if pauset {
            tracing::error!(
                webhook = navn,
                feil,
                forsok,
                "the webhook is paused: put the address right, and POST /api/v1/webhooks/{{navn}}/gjenoppta"
            );
        } else {
            tracing::warn!(webhook = navn, feil, forsok, "the webhook was not taken; it is sent again");
        }
        stand.feil = Some(feil);
        self.vis(forsok, pauset);
        sted.lagre(&self.om, HOLDES).await?;
        Ok(false)
    }

    fn vis(&self, forsok: u32, pauset: bool) {
        let merke = Webhookmerke { tenant: self.webhook.tenant.clone(), webhook: self.webhook.navn.clone() };
        self.om.maalere.webhook_feil.get_or_create(&merke).set(forsok.into());
        self.om.maalere.webhook_pauset.get_or_create(&merke).set(pauset.into());
    }
}

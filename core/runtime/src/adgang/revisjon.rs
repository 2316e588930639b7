//! What of a person's view stands in the audit log, and the log itself.

use super::{Adgangsfeil, Adgangsrolle, Gjoremal, Omfang, Utsnitt};
use crate::revisjon::{self, Hvem, Kjedesjekk, Loggfilter, Loggside};
use crate::utsikt::Sammendrag;
use elevliste::Listenokkel;
use hendelse::Tenant;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// A showing of the same to the same person is written once in this time: a page that turns by itself fills no log.
const IGJEN: SignedDuration = SignedDuration::from_mins(15);
/// Remembered kinds of showing before the old ones are thrown out.
const MAKS: usize = 10_000;

/// What of a pupil was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Visning {
    /// The name, on a list.
    Liste,
    /// The identity number.
    Nummer,
    /// The explanation.
    Forklaring,
    /// The receipt.
    Kvittering,
    /// Nothing: it was refused.
    Nektet,
}

impl Visning {
    const fn typ(self) -> &'static str {
        match self {
            Self::Liste => "revisjon.vist.liste",
            Self::Nummer => "revisjon.vist.nummer",
            Self::Forklaring => "revisjon.vist.forklaring",
            Self::Kvittering => "revisjon.vist.kvittering",
            Self::Nektet => "revisjon.nektet",
        }
    }
}

/// Who was shown what of which list: role by role, since each stands in the log as such.
type Hva = (String, Adgangsrolle, Option<Listenokkel>, Visning);

/// What was shown lately.
#[derive(Default)]
pub(crate) struct Nylig(Mutex<HashMap<Hva, HashMap<Uuid, Timestamp>>>);

impl Nylig {
    fn nye(&self, hva: &Hva, elever: &BTreeSet<Uuid>, na: Timestamp) -> BTreeSet<Uuid> {
        let sett = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let nylig = |elev: &Uuid| sett.get(hva).and_then(|sett| sett.get(elev)).is_some_and(|da| er_nylig(*da, na));
        elever.iter().filter(|elev| !nylig(elev)).copied().collect()
    }

    fn husk(&self, hva: Hva, elever: BTreeSet<Uuid>, na: Timestamp) {
        let mut sett = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sett.len() >= MAKS {
            sett.retain(|_, elever| elever.values().any(|da| er_nylig(*da, na)));
        }
        sett.entry(hva).or_default().extend(elever.into_iter().map(|elev| (elev, na)));
    }
}

fn er_nylig(da: Timestamp, na: Timestamp) -> bool {
    let siden = na.duration_since(da);
    !siden.is_negative() && siden < IGJEN
}

#[derive(Serialize)]
struct Vist<'a> {
    hvem: Hvem,
    liste: String,
    elever: &'a BTreeSet<Uuid>,
}

#[derive(Serialize)]
struct Nektet<'a> {
    hvem: Hvem,
    hva: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    liste: Option<String>,
}

#[derive(Serialize)]
struct Med<T> {
    hvem: Hvem,
    #[serde(flatten)]
    data: T,
}

impl Utsnitt {
    /// Writes that pupils of a list are shown, before they are. What cannot be written is not shown.
    pub(super) async fn vis(
        &self,
        liste: &Sammendrag,
        elever: BTreeSet<Uuid>,
        visning: Visning,
    ) -> Result<(), Adgangsfeil> {
        let hva = self.hva(Some(&liste.nokkel), visning);
        let nye = self.utsikt.nylig().nye(&hva, &elever, self.na());
        if nye.is_empty() {
            return Ok(());
        }
        let tenant = liste.tenant.parse().map_err(|_| Adgangsfeil::Finnes)?;
        let vist = Vist { hvem: (&*self.adgang).into(), liste: liste.nokkel.to_string(), elever: &nye };
        revisjon::skriv(self.om(), &tenant, visning.typ(), &vist).await?;
        self.utsikt.nylig().husk(hva, nye, self.na());
        Ok(())
    }

    fn hva(&self, liste: Option<&Listenokkel>, visning: Visning) -> Hva {
        let id = match &self.adgang.pa_vegne_av {
            Some(pa_vegne_av) => format!("{} {pa_vegne_av}", self.adgang.hvem.id),
            None => self.adgang.hvem.id.clone(),
        };
        (id, self.adgang.rolle, liste.cloned(), visning)
    }

    /// Refuses. That it was refused is written while the person is answered: how long an answer takes does not tell whether
    /// there was something to refuse.
    pub(super) fn avvis(
        &self,
        tenant: Option<Tenant>,
        liste: Option<&Listenokkel>,
        feil: Adgangsfeil,
        hva: Gjoremal,
    ) -> Adgangsfeil {
        if let Some(tenant) = tenant {
            let (utsnitt, liste) = (self.clone(), liste.cloned());
            tokio::spawn(async move { utsnitt.skriv_nektet(&tenant, liste.as_ref(), &hva.to_string()).await });
        }
        feil
    }

    /// Writes that this person was refused something of a tenant's, for what stands beside the lists.
    pub async fn nektet(&self, tenant: &Tenant, hva: &str) {
        self.skriv_nektet(tenant, None, hva).await;
    }

    async fn skriv_nektet(&self, tenant: &Tenant, liste: Option<&Listenokkel>, hva: &str) {
        let nylig = self.hva(liste, Visning::Nektet);
        // One of each kind: the name stands for what was asked for.
        let merke = [Uuid::new_v8(merke(&format!("{tenant} {hva}")))].into();
        if self.utsikt.nylig().nye(&nylig, &merke, self.na()).is_empty() {
            return;
        }
        let nektet = Nektet { hvem: (&*self.adgang).into(), hva, liste: liste.map(ToString::to_string) };
        match revisjon::skriv(self.om(), tenant, Visning::Nektet.typ(), &nektet).await {
            Ok(()) => self.utsikt.nylig().husk(nylig, merke, self.na()),
            Err(feil) => tracing::error!(error = %feil, "a refused access is not in the audit log"),
        }
    }

    /// Writes what this person has done, for what stands beside the lists. `typ` is `revisjon.` and what was done; `data` is
    /// a JSON object, to which is added who it was.
    pub async fn skriv_revisjon(
        &self,
        tenant: &Tenant,
        typ: &str,
        data: impl Serialize + Sync,
    ) -> Result<(), Adgangsfeil> {
        Ok(revisjon::skriv(self.om(), tenant, typ, &Med { hvem: (&*self.adgang).into(), data }).await?)
    }

    /// The logs that this person may read.
    pub fn loggtenanter(&self) -> Vec<Tenant> {
        match &self.adgang.omfang {
            _ if !self.ma(Gjoremal::SeRevisjon) => vec![],
            Omfang::Skoler(_) => vec![],
            Omfang::Tenanter(tenanter) => tenanter.iter().filter(|t| self.adgang.ser_tenant(t)).cloned().collect(),
            Omfang::Fylker(fylker) => {
                fylker.iter().filter(|f| self.adgang.ser_fylke(**f)).map(|f| revisjon::fylkets(*f)).collect()
            }
        }
    }

    /// Some of a log, newest first: see [`revisjon::logg`].
    pub async fn logg(
        &self,
        tenant: &Tenant,
        filter: &Loggfilter,
        eldre_enn: Option<u64>,
        maks: usize,
    ) -> Result<Loggside, Adgangsfeil> {
        self.krev_logg(tenant)?;
        Ok(revisjon::logg(self.om(), tenant, filter, eldre_enn, maks).await?)
    }

    /// Whether a log is a whole chain.
    pub async fn sjekk_logg(&self, tenant: &Tenant) -> Result<Kjedesjekk, Adgangsfeil> {
        self.krev_logg(tenant)?;
        Ok(revisjon::sjekk(self.om(), tenant).await?)
    }

    fn krev_logg(&self, tenant: &Tenant) -> Result<(), Adgangsfeil> {
        if self.loggtenanter().contains(tenant) {
            return Ok(());
        }
        let kjent = self.rundt().nokler.contains_key(tenant).then(|| tenant.clone());
        Err(self.avvis(kjent, None, Adgangsfeil::Finnes, Gjoremal::SeRevisjon))
    }
}

/// Stands for a text.
fn merke(tekst: &str) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    let sum = Sha256::digest(tekst);
    std::array::from_fn(|i| sum[i])
}

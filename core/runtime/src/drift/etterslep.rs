//! How far each source, step and receiver is behind, and where it stands.

use super::{Drift, Karantenefilter, Pause};
use crate::hovedbok::{self, SakFeil, les};
use crate::{Maalere, Stopp, kildestatus};
use elevliste::{Handling, Skolestatus};
use hendelse::{Emne, FINT, KILDE, Kildemarkor, Kildenavn, LISTE, Posisjon, Tenant};
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use std::collections::BTreeMap;

/// Where a source stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kildeetterslep {
    /// Whose.
    pub tenant: Tenant,
    /// Which.
    pub kilde: Kildenavn,
    /// The last complete snapshot that is in force.
    pub sist_hel: Option<Timestamp>,
    /// When it is read next.
    pub ventet: Option<Timestamp>,
    /// When it is believed to be dead.
    pub frist: Option<Timestamp>,
    /// How many snapshots have changed anything: the mark in KILDE.
    pub snapshot: Option<i64>,
    /// The place to go on from that the mark holds, in the adapter's own words: nothing personal.
    pub posisjon: Option<String>,
    /// The source's own newest time of change.
    pub merke: Option<Timestamp>,
    /// How many of its records lie in quarantine.
    pub karantene: u64,
    /// Why it is not read, if it is not.
    pub pause: Option<Pause>,
}

/// How far a step of one tenant is behind its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trinnetterslep {
    /// `fint` or `liste`.
    pub trinn: &'static str,
    /// Whose.
    pub tenant: Tenant,
    /// The input's sequence that the step has come to.
    pub sist_lest: u64,
    /// The sequence of the newest complete batch in the input.
    pub inn_sist: u64,
    /// The input's messages between the two, those of other tenants among them; 0 is up to date.
    pub bak: u64,
}

/// What waits for a county's receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mottakeretterslep {
    /// The county.
    pub fylke: Fylkesnummer,
    /// Lists that are approved and not answered for.
    pub ventende: u64,
    /// Since when the one that has waited longest has waited.
    pub eldste: Option<Timestamp>,
    /// Why nothing is sent, if nothing is.
    pub pause: Option<Pause>,
}

/// Everything that this process runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Etterslep {
    /// Sources.
    pub kilder: Vec<Kildeetterslep>,
    /// Steps.
    pub trinn: Vec<Trinnetterslep>,
    /// Receivers.
    pub mottakere: Vec<Mottakeretterslep>,
}

impl Drift {
    /// How far everything that this process runs is behind. Reads every list and ledger: not for each request.
    pub async fn etterslep(&self) -> Result<Etterslep, SakFeil> {
        let mut ut = Etterslep::default();
        let mut i_karantene: BTreeMap<(Tenant, Kildenavn), u64> = BTreeMap::new();
        for info in self.karantene(&Karantenefilter::default()).await? {
            if let Some(kilde) = info.kilde {
                *i_karantene.entry((info.tenant, kilde)).or_default() += 1;
            }
        }
        for (kilde, _) in &self.roller().kilder {
            let antall = i_karantene.get(&(kilde.tenant.clone(), kilde.navn.clone())).copied().unwrap_or_default();
            ut.kilder.push(self.kilden(&kilde.tenant, &kilde.navn, antall).await?);
        }
        for (trinn, tenant, _) in &self.roller().trinn {
            ut.trinn.push(self.trinnet(trinn, tenant).await?);
        }
        ut.mottakere = self.mottakerne().await?;
        Ok(ut)
    }

    async fn kilden(&self, tenant: &Tenant, kilde: &Kildenavn, karantene: u64) -> Result<Kildeetterslep, Stopp> {
        let status = match kildestatus(self.om(), tenant, kilde).await {
            Err(Stopp::Uforstaelig { .. }) => None,
            status => status?,
        };
        let status = status.unwrap_or_default();
        let emne = Emne::Kildemarkor { tenant: tenant.clone(), kilde: kilde.clone() };
        let markor: Option<Kildemarkor> =
            match self.om().bus.last(KILDE, &emne.to_string()).await.map_err(Stopp::from)? {
                Some(record) => les(self.om(), KILDE, &record).await?,
                None => None,
            };
        Ok(Kildeetterslep {
            tenant: tenant.clone(),
            kilde: kilde.clone(),
            sist_hel: status.sist_hel,
            ventet: status.ventet,
            frist: status.frist,
            snapshot: markor.as_ref().map(|m| m.snapshot),
            posisjon: markor.and_then(|m| m.posisjon),
            merke: status.merke,
            karantene,
            pause: self.kilde_pauset(tenant, kilde).await?,
        })
    }

    async fn trinnet(&self, trinn: &'static str, tenant: &Tenant) -> Result<Trinnetterslep, Stopp> {
        let inn_sist = if trinn == "fint" {
            let mut sist = 0;
            for (kilde, _) in self.roller().kilder.iter().filter(|(k, _)| k.tenant == *tenant) {
                let emne = Emne::Kildemarkor { tenant: tenant.clone(), kilde: kilde.navn.clone() };
                sist = self.sekvens(KILDE, &emne).await?.max(sist);
            }
            sist
        } else {
            self.sekvens(FINT, &Emne::Fintposisjon(tenant.clone())).await?
        };
        let sist_lest = self.lest(trinn, tenant).await?;
        Ok(Trinnetterslep {
            trinn,
            tenant: tenant.clone(),
            sist_lest,
            inn_sist,
            bak: inn_sist.saturating_sub(sist_lest),
        })
    }

    async fn sekvens(&self, stream: &str, emne: &Emne) -> Result<u64, Stopp> {
        Ok(self.om().bus.last(stream, &emne.to_string()).await?.map_or(0, |record| record.sequence))
    }

    /// How far a step has come: by its own word, where this process runs it, for the position that it stores moves only
    /// when there was something to write.
    async fn lest(&self, trinn: &'static str, tenant: &Tenant) -> Result<u64, Stopp> {
        let sagt = Maalere::niva(&self.om().maalere.behandlet, trinn, tenant.as_str()).get();
        let (stream, emne) = match trinn {
            "fint" => (FINT, Emne::Fintposisjon(tenant.clone())),
            _ => (LISTE, Emne::Listeposisjon(tenant.clone())),
        };
        let lagret = match self.om().bus.last(stream, &emne.to_string()).await? {
            Some(record) => les::<Posisjon>(self.om(), stream, &record).await?.map_or(0, |p| p.sekvens),
            None => 0,
        };
        Ok(u64::try_from(sagt.max(lagret)).unwrap_or_default())
    }

    async fn mottakerne(&self) -> Result<Vec<Mottakeretterslep>, SakFeil> {
        let (fylker, Some(rundt)) = (&self.roller().fylker, &self.roller().rundt) else { return Ok(vec![]) };
        let mut ut = BTreeMap::new();
        for fylke in fylker {
            let pause = self.er_pauset(&super::Hva::Mottaker(*fylke)).await?;
            ut.insert(*fylke, Mottakeretterslep { fylke: *fylke, ventende: 0, eldste: None, pause });
        }
        let na = self.om().clock.now();
        for (nokkel, sak) in hovedbok::hent_ukontrollert(self.om(), false).await? {
            let Some(fylket) = ut.get_mut(&nokkel.fylke) else { continue };
            let Ok(bilde) = rundt.bilde(&sak, na) else { continue };
            if matches!(bilde.status, Skolestatus::Godkjent | Skolestatus::Sendes | Skolestatus::Uavklart) {
                let godkjent = sak.poster.iter().rev().find(|p| matches!(p.handling, Handling::Godkjent { .. }));
                fylket.ventende += 1;
                fylket.eldste = [fylket.eldste, godkjent.map(|p| p.tidspunkt)].into_iter().flatten().min();
            }
        }
        Ok(ut.into_values().collect())
    }
}

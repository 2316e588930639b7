//! Reading back what KILDE holds of a source.

use super::minne::Nokkel;
use crate::melding::hode;
use crate::trinn::Omgivelse;
use crate::{Stopp, strommer};
use bus::{Record, Start};
use hendelse::{Bibliotek, Emne, Hode, KILDE, Kildenavn, Kildeobjekt, SkjemaFeil, Tenant};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// So few objects are fetched one by one; more are found by reading the whole type, which is faster then.
const EN_OG_EN: usize = 64;

/// Everything that KILDE holds of a source, in the order of types and hashes.
pub async fn les_kilde(om: &Omgivelse, tenant: &Tenant, kilde: &Kildenavn) -> Result<Vec<Kildeobjekt>, Stopp> {
    let mut alt = BTreeMap::new();
    let ta = |nokkel, objekt| drop(alt.insert(nokkel, objekt));
    Innhold::av(om, tenant, kilde).alle(">", |_| true, ta).await?;
    Ok(alt.into_values().collect())
}

/// Reads one source's objects.
pub(super) struct Innhold<'a> {
    om: &'a Omgivelse,
    tenant: &'a Tenant,
    kilde: &'a Kildenavn,
    bibliotek: Bibliotek,
}

impl<'a> Innhold<'a> {
    pub fn av(om: &'a Omgivelse, tenant: &'a Tenant, kilde: &'a Kildenavn) -> Self {
        Self { om, tenant, kilde, bibliotek: Bibliotek::default() }
    }

    /// The last record of every object whose subject ends with `hale`, one by one: `>` for everything.
    pub async fn poster(&self, hale: &str, mut ta: impl FnMut(Nokkel, Hode, &Record) + Send) -> Result<(), Stopp> {
        let filter = format!("kilde.{}.{}.{hale}", self.tenant, self.kilde);
        let mut reader = self.om.bus.read(KILDE, &[filter], Start::LastPerSubject).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for record in reader.next(500, Duration::from_secs(10)).await? {
                igjen = record.pending;
                let Ok(Emne::Kilde { typ, k, .. }) = record.subject.parse() else { continue };
                let Some(nokkel) = Nokkel::ny(&typ, k) else { continue };
                let hode =
                    hode(&record).map_err(|feil| Stopp::Fremmed { stream: KILDE, sekvens: record.sequence, feil })?;
                ta(nokkel, hode, &record);
            }
        }
        Ok(())
    }

    /// Every object that is wanted and not gone, read.
    pub async fn alle(
        &mut self,
        hale: &str,
        onsket: impl Fn(&Nokkel) -> bool + Send + Sync,
        mut ta: impl FnMut(Nokkel, Kildeobjekt) + Send,
    ) -> Result<(), Stopp> {
        let mut poster = Vec::new();
        self.poster(hale, |nokkel, hode, record| {
            if hode.skjema.is_some() && onsket(&nokkel) {
                poster.push((nokkel, record.clone()));
            }
        })
        .await?;
        for (nokkel, record) in poster {
            if let Some(objekt) = self.les(nokkel.typ(), &record).await? {
                ta(nokkel, objekt);
            }
        }
        Ok(())
    }

    /// Those of the objects that KILDE holds.
    pub async fn noen(&mut self, nokler: &BTreeSet<Nokkel>) -> Result<BTreeMap<Nokkel, Kildeobjekt>, Stopp> {
        let mut ut = BTreeMap::new();
        if nokler.len() <= EN_OG_EN {
            for nokkel in nokler {
                ut.extend(self.ett(nokkel).await?.map(|objekt| (*nokkel, objekt)));
            }
            return Ok(ut);
        }
        let typer: BTreeSet<&str> = nokler.iter().map(Nokkel::typ).collect();
        for typ in typer {
            let ta = |nokkel, objekt| drop(ut.insert(nokkel, objekt));
            self.alle(&format!("{typ}.*"), |n| nokler.contains(n), ta).await?;
        }
        Ok(ut)
    }

    /// One object; none when it is gone.
    pub async fn ett(&mut self, nokkel: &Nokkel) -> Result<Option<Kildeobjekt>, Stopp> {
        let emne = emne(self.tenant, self.kilde, nokkel).to_string();
        match self.om.bus.last(KILDE, &emne).await? {
            Some(record) => self.les(nokkel.typ(), &record).await,
            None => Ok(None),
        }
    }

    /// Also what a newer program wrote.
    async fn les(&mut self, typ: &str, record: &Record) -> Result<Option<Kildeobjekt>, Stopp> {
        let Some(skjema) = hode(record).ok().and_then(|h| h.skjema) else { return Ok(None) };
        loop {
            match self.bibliotek.les_kilde(typ, skjema, &record.payload) {
                Err(SkjemaFeil::Ukjent(f)) if strommer::hent_skjema(&*self.om.bus, &mut self.bibliotek, f).await? => {}
                Err(SkjemaFeil::Ukjent(f)) => return Err(Stopp::UkjentSkjema(f)),
                lest => return Ok(Some(lest?)),
            }
        }
    }
}

/// The subject of an object.
pub(super) fn emne(tenant: &Tenant, kilde: &Kildenavn, nokkel: &Nokkel) -> Emne {
    Emne::Kilde { tenant: tenant.clone(), kilde: kilde.clone(), typ: nokkel.typ().to_owned(), k: nokkel.k }
}

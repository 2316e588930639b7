//! Reconciliation of the four stores of every list: source, list, ledger, receiver. Reads everything anew and writes
//! nothing; how sets are compared is `core/liste`'s `mengder`.

mod kilde;
mod mottaker;

use crate::hovedbok::{self, Listesak, SakFeil};
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use crate::{Kart, Lister};
use elevliste::{Avstemmingslinje, Elevliste, Innsendingspost, Listenokkel};
use flow::Sink;
use kodeverk::Fylkesnummer;
use liste::{Forskjell, Mengde, Mengder};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a reconciliation needs to know.
pub struct Grunnlag {
    /// Secrets and receivers.
    pub rundt: Sammenheng,
    /// How each tenant's sources are mapped.
    pub kart: Vec<Kart>,
    /// How each tenant's lists are made.
    pub lister: Vec<Lister>,
    /// The receivers that can be asked, by county.
    pub mottakere: BTreeMap<Fylkesnummer, Arc<dyn Sink>>,
}

/// One store's count and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lagerbilde {
    /// Pupils.
    pub antall: usize,
    /// Digest of the set. Those of the receiver are over its own digests, and compare with `sendt_hos_mottaker`.
    pub digest: String,
}

/// What came of asking the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spurt {
    /// It answered.
    Svarte,
    /// It has no way of being asked, or there is no receiver for the county.
    KanIkkeSporres,
    /// It could not be reached, or refused us.
    SvarteIkke,
    /// The lines that were sent cannot be made again from LISTE, so its digests have nothing to be compared with.
    UtenGrunnlag,
}

/// One list's four stores.
#[derive(Debug, Clone, Serialize)]
pub struct Gjennomgang {
    /// The school's name.
    pub skole: String,
    /// The municipality, where it is known.
    pub kommunenr: Option<String>,
    /// Whose.
    pub tenant: String,
    /// The source mapped anew; none while its sources have not been read whole.
    pub kilde: Option<Lagerbilde>,
    /// The list.
    pub liste: Lagerbilde,
    /// What was accepted, by the ledger.
    pub sendt: Option<Lagerbilde>,
    /// The same, as the receiver would digest it.
    pub sendt_hos_mottaker: Option<Lagerbilde>,
    /// What the receiver has.
    pub mottaker: Option<Lagerbilde>,
    /// What came of asking it.
    pub spurt: Spurt,
    /// The counts.
    pub tall: Avstemmingslinje,
    /// Every pupil that differs, and why where that is known.
    pub forskjeller: Vec<Forskjell>,
    /// First entry of the ledger that does not fit the chain.
    pub brutt: Option<i64>,
}

impl Gjennomgang {
    /// Whether nothing is wrong: counts add up, the chain holds, every difference has its reason, and a receiver that can
    /// be asked has answered.
    pub fn stemmer(&self) -> bool {
        self.brutt.is_none()
            && self.tall.gar_opp()
            && self.kilde.is_some()
            && !matches!(self.spurt, Spurt::SvarteIkke | Spurt::UtenGrunnlag)
            && self.forskjeller.iter().all(|f| f.grunn.is_some())
    }
}

/// Reconciles the lists that `velg` chooses. A list that should be there by the source and is not has an empty line.
pub async fn gjennomga(
    om: &Omgivelse,
    grunnlag: &Grunnlag,
    velg: impl Fn(&Listesak) -> bool,
) -> Result<BTreeMap<Listenokkel, Gjennomgang>, SakFeil> {
    let mut saker = hovedbok::hent_ukontrollert(om, true).await?;
    let kildene = kilde::les(om, grunnlag).await?;
    for (nokkel, liste) in &kildene.lister {
        match saker.get_mut(nokkel) {
            None => _ = saker.insert(nokkel.clone(), Listesak::uten_liste(om, liste)),
            // The ledger of a list that is gone, but by the source should be there: the source says which school it is.
            Some(sak) if sak.liste.skole.navn.is_empty() => sak.liste.skole = liste.skole.clone(),
            Some(_) => {}
        }
    }
    let mut ut = BTreeMap::new();
    for (nokkel, sak) in saker.into_iter().filter(|(_, sak)| velg(sak)) {
        let gjennomgang = en(om, grunnlag, &sak, &kildene).await?;
        ut.insert(nokkel, gjennomgang);
    }
    Ok(ut)
}

async fn en(
    om: &Omgivelse,
    grunnlag: &Grunnlag,
    sak: &Listesak,
    kildene: &kilde::Kildelister,
) -> Result<Gjennomgang, SakFeil> {
    let rundt = &grunnlag.rundt;
    let (hemmelig, bilde) = (rundt.nokkel(sak)?, rundt.bilde(sak, om.clock.now())?);
    let mengde = |liste: &Elevliste| -> Mengde {
        let linjer: Vec<_> = liste.linjer.iter().map(|linje| liste::avtrykk(linje, hemmelig)).collect();
        linjer.iter().collect()
    };
    let mottatt = mottaker::les(om, grunnlag, sak).await?;
    let mengder = Mengder {
        // Of a source that has been read whole, no list is an empty one.
        kilde: kildene
            .lest
            .contains(&sak.liste.tenant)
            .then(|| kildene.lister.get(&sak.liste.nokkel).map(mengde).unwrap_or_default()),
        liste: mengde(&sak.liste),
        sendt: mottatt.sendt,
        sendt_hos_mottaker: mottatt.sendt_hos_mottaker,
        mottaker: mottatt.mottaker,
    };
    let lager = |m: &Mengde| Lagerbilde { antall: m.antall(), digest: m.digest() };
    Ok(Gjennomgang {
        skole: sak.liste.skole.navn.clone(),
        kommunenr: sak.liste.skole.kommunenr.clone(),
        tenant: sak.liste.tenant.clone(),
        forskjeller: liste::forskjeller(&mengder, &sak.liste, &bilde),
        kilde: mengder.kilde.as_ref().map(lager),
        liste: lager(&mengder.liste),
        sendt: mengder.sendt.as_ref().map(lager),
        sendt_hos_mottaker: mengder.sendt_hos_mottaker.as_ref().map(lager),
        mottaker: mengder.mottaker.as_ref().map(lager),
        spurt: mottatt.spurt,
        tall: bilde.avstemming,
        brutt: Innsendingspost::sjekk_kjede(&sak.poster).err(),
    })
}

//! What is known at start: the place in the feed, the answers that KILDE holds, and whom the lists name.

use super::fulgte::{Fulgte, TYPE};
use super::lop::{IGJEN_ETTER, PORSJON, Registerlop};
use super::sted::Sted;
use super::tilsyn::Tilsyn;
use super::{DEL, Register};
use crate::karantene::Karantene;
use crate::melding::{Avsender, hode, innholdsavtrykk};
use crate::trinn::Omgivelse;
use crate::{Stopp, strommer};
use bus::{Record, Start};
use elevliste::Elevliste;
use fint::tillegg::{FODSELSNUMMER, Identitetshistorikk};
use folkeregister::Registerperson;
use hendelse::{Bibliotek, Data, Emne, FINT, Fingeravtrykk, Fintklasse, KILDE, Kildemarkor, LISTE, SkjemaFeil};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

impl Registerlop {
    /// Reads what KILDE holds of the register, and whom the lists name.
    pub async fn last(om: Omgivelse, register: Register, tilsyn: &mut Tilsyn) -> Result<Self, Stopp> {
        let (bus, na) = (om.bus.clone(), om.clock.now());
        let lister = bus.read(LISTE, &["liste.*.*.*.*".to_owned()], Start::LastPerSubject).await?;
        let mut lop = Self {
            avsender: Avsender::ny(register.tenant.as_str(), register.navn.as_str()),
            bibliotek: Bibliotek::default(),
            lister,
            fulgte: Fulgte::ny(register.navn.clone(), register.nokkel.clone()),
            ubesvart: BTreeSet::new(),
            igjen: na.saturating_add(IGJEN_ETTER).unwrap_or(Timestamp::MAX),
            neste: None,
            lagret: None,
            lagret_tid: na,
            vakt: 0,
            snapshot: 0,
            sider: 0,
            bak: 0,
            skjermede: BTreeMap::new(),
            avvist: BTreeSet::new(),
            avvist_av_alle: None,
            eldste: None,
            om,
            register,
        };
        // The mark first: who writes after it was read moves it, and we are refused before we act on what is old.
        lop.les_markor(tilsyn).await?;
        lop.les_kjente().await?;
        let mut igjen = lop.lister.pending_at_start();
        while igjen > 0 {
            for record in lop.lister.next(PORSJON, Duration::from_secs(10)).await? {
                igjen = record.pending;
                lop.motta_liste(&record).await?;
            }
        }
        Ok(lop)
    }

    pub fn markoremne(&self) -> Emne {
        Emne::Kildemarkor { tenant: self.register.tenant.clone(), kilde: self.register.navn.clone() }
    }

    async fn les_markor(&mut self, tilsyn: &mut Tilsyn) -> Result<(), Stopp> {
        let Some(record) = self.om.bus.last(KILDE, &self.markoremne().to_string()).await? else { return Ok(()) };
        self.vakt = record.sequence;
        let Some(skjema) = hode(&record).ok().and_then(|h| h.skjema) else { return Ok(()) };
        let markor: Kildemarkor = self.les(skjema, &record.payload).await?;
        self.snapshot = markor.snapshot;
        let feed = self.register.register.feed();
        let sted = markor.posisjon.as_deref().and_then(|tekst| Sted::les(tekst, feed));
        let Some(sted) = sted else {
            tracing::warn!(
                tenant = %self.register.tenant, register = %self.register.navn,
                "the place in the feed is none of this feed's; everyone on a list is looked up"
            );
            return Ok(());
        };
        (self.neste, self.lagret) = (Some(sted.neste), Some(sted.neste));
        if let Some(ajourhold) = sted.ajourhold {
            tilsyn.hendelse(ajourhold, self.om.clock.now());
        }
        self.ubesvart = sted.ubesvarte().collect();
        Ok(())
    }

    /// What KILDE holds: protected pupils are on no line of a list, and still followed.
    async fn les_kjente(&mut self) -> Result<(), Stopp> {
        let filter = format!("kilde.{}.{}.{TYPE}.*", self.register.tenant, self.register.navn);
        let mut reader = self.om.bus.read(KILDE, &[filter], Start::LastPerSubject).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for record in reader.next(PORSJON, Duration::from_secs(10)).await? {
                igjen = record.pending;
                let hode =
                    hode(&record).map_err(|feil| Stopp::Fremmed { stream: KILDE, sekvens: record.sequence, feil })?;
                let Some(skjema) = hode.skjema else { continue };
                match self.les::<Registerperson>(skjema, &record.payload).await {
                    Ok(person) => self.fulgte.svart(&person, innholdsavtrykk(skjema, &record.payload)),
                    // Who is still on a list is looked up, and the answer is written over it.
                    Err(Stopp::Skjema(feil)) => self.uleselig(KILDE, &record, &feil).await?,
                    Err(feil) => return Err(feil),
                }
            }
        }
        self.ubesvart.iter().for_each(|k| self.fulgte.sporr(*k));
        Ok(())
    }

    async fn les<T: Data>(&mut self, skjema: Fingeravtrykk, data: &[u8]) -> Result<T, Stopp> {
        match self.bibliotek.les(skjema, data) {
            Err(SkjemaFeil::Ukjent(f)) => {
                if !strommer::hent_skjema(&*self.om.bus, &mut self.bibliotek, f).await? {
                    return Err(Stopp::UkjentSkjema(f));
                }
                Ok(self.bibliotek.les(skjema, data)?)
            }
            lest => Ok(lest?),
        }
    }

    async fn uleselig(&mut self, stream: &str, record: &Record, feil: &SkjemaFeil) -> Result<(), Stopp> {
        let Register { tenant, navn, .. } = &self.register;
        tracing::error!(%tenant, register = %navn, stream, sekvens = record.sequence, error = %feil, "put in quarantine");
        Karantene::ny(&self.om, DEL, tenant).melding(stream, record, "uleselig").await
    }

    /// Takes the numbers of a list, if it is ours. True when one of them is new.
    pub async fn motta_liste(&mut self, record: &Record) -> Result<bool, Stopp> {
        let hode = hode(record).map_err(|feil| Stopp::Fremmed { stream: LISTE, sekvens: record.sequence, feil })?;
        let tenant = self.register.tenant.as_str();
        let (Some(skjema), true) = (hode.skjema, hode.kilde.split(':').next() == Some(tenant)) else {
            return Ok(false);
        };
        let liste: Elevliste = match self.les(skjema, &record.payload).await {
            Ok(liste) => liste,
            Err(Stopp::Skjema(feil)) => {
                self.uleselig(LISTE, record, &feil).await?;
                return Ok(false);
            }
            Err(feil) => return Err(feil),
        };
        if liste.tenant != self.register.tenant.as_str() {
            return Ok(false);
        }
        self.skjermede.insert(record.subject.clone(), liste.skjermede);
        let numre = liste.linjer.iter().filter_map(|linje| linje.identitetsnummer.as_ref());
        let nye = numre.filter(|nummer| self.fulgte.pa_liste(nummer)).count();
        if nye > 0 {
            self.eldste.get_or_insert_with(Instant::now);
        }
        Ok(nye > 0)
    }

    /// Takes the numbers of protected pupils, whom the lists name by our id only: a number that the school changes is on no
    /// line, and the register must be asked about it all the same.
    pub async fn motta_skjermede(&mut self) -> Result<(), Stopp> {
        let elever: BTreeSet<Uuid> = self.skjermede.values().flatten().copied().collect();
        for id in elever {
            let (tenant, klasse) = (self.register.tenant.clone(), Fintklasse::Identitet);
            let emne = Emne::Fint { tenant, klasse, id }.to_string();
            let Some(record) = self.om.bus.last(FINT, &emne).await? else { continue };
            let Some(skjema) = hode(&record).ok().and_then(|h| h.skjema) else { continue };
            let historikk: Identitetshistorikk = self.les(skjema, &record.payload).await?;
            let numre = historikk.identifikatorer.iter().filter(|i| i.type_ == FODSELSNUMMER && i.til.is_none());
            if numre.filter(|i| self.fulgte.pa_liste(&i.verdi)).count() > 0 {
                self.eldste.get_or_insert_with(Instant::now);
            }
        }
        Ok(())
    }
}

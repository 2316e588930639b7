//! Look-ups: what the register says of those who wait, compared with what KILDE holds.

use super::fulgte::TYPE;
use super::lop::{Registerlop, stopp};
use super::sted::Sted;
use super::tilsyn::Tilsyn;
use super::{DEL, Register};
use crate::karantene::Karantene;
use crate::melding::innholdsavtrykk;
use crate::sporing::spor_av;
use crate::{Maalere, Stopp, vakt};
use bus::{Batch, Expect, Message};
use flow::{Refused, SourceError};
use folkeregister::Registerperson;
use hendelse::{Emne, K, KILDE, Kildemarkor, Spor, kod};
use identitet::Skjermet;
use tracing::Instrument;

impl Registerlop {
    /// Asks about everybody who waits, as many at a time as the register takes.
    pub async fn sla_opp(&mut self, tilsyn: &mut Tilsyn) -> Result<(), Stopp> {
        while self.fulgte.venter() > 0 {
            let Register { tenant, navn, .. } = &self.register;
            let span = tracing::info_span!("oppslag", otel.name = "register.oppslag", %tenant, register = %navn);
            let spor = spor_av(&span);
            self.oppslag(tilsyn, spor).instrument(span).await?;
        }
        self.eldste = None;
        Ok(())
    }

    async fn oppslag(&mut self, tilsyn: &mut Tilsyn, spor: Option<Spor>) -> Result<(), Stopp> {
        let sporsmal = self.fulgte.neste(self.maks());
        let numre: Vec<Skjermet<String>> = sporsmal.iter().map(|(_, nummer)| nummer.clone()).collect();
        let svar = self.register.register.personer(&numre).await.map_err(stopp)?;
        self.stemmer(&numre, &svar)?;
        let na = self.om.clock.now();
        tilsyn.svarte(na);
        let (mut meldinger, mut tvil) = (Vec::new(), false);
        for ((k, _), svar) in sporsmal.into_iter().zip(svar) {
            match svar {
                Ok(person) => {
                    tvil |= self.ubesvart.remove(&k);
                    meldinger.extend(self.besvar(k, &person, spor.as_ref())?);
                }
                Err(avvist) => {
                    self.avvist(k, &avvist).await?;
                    tvil |= self.ubesvart.insert(k);
                }
            }
        }
        // Whose answer has come into doubt, or out of it, is told at once: what KILDE holds of them may be old. While everybody
        // is looked up there is no place to tell it with, and it is told with the place that is found.
        if meldinger.is_empty() && !(tvil && self.lagret.is_some()) {
            return vakt::star(&*self.om.bus, KILDE, &self.markoremne(), self.vakt).await;
        }
        // The place may move only when everybody that the feed has named so far is answered for.
        let sted = if self.fulgte.venter() == 0 { self.neste } else { self.lagret };
        self.lagre(meldinger, sted, tilsyn, spor).await
    }

    /// One answer for each, in their order: otherwise one person's answer would stand under another's number.
    fn stemmer(&self, numre: &[Skjermet<String>], svar: &[Result<Registerperson, Refused>]) -> Result<(), Stopp> {
        let rett =
            |(nummer, svar): (&_, &Result<Registerperson, _>)| svar.as_ref().map_or(true, |p| p.nummer == *nummer);
        if numre.len() == svar.len() && numre.iter().zip(svar).all(rett) {
            return Ok(());
        }
        Err(Stopp::Kilde(SourceError::Malformed {
            system: self.register.register.name().to_owned(),
            field: "oppslag".to_owned(),
            hint: "the answers are not those to the questions, in their order".to_owned(),
        }))
    }

    /// Takes an answer into memory. A message where it says something else than KILDE.
    fn besvar(&mut self, k: K, person: &Registerperson, spor: Option<&Spor>) -> Result<Option<Message>, Stopp> {
        let data = kod(person)?;
        let avtrykk = innholdsavtrykk(data.0, &data.1);
        let kjent = self.fulgte.avtrykk(&k);
        self.fulgte.svart(person, avtrykk);
        if kjent == Some(avtrykk) {
            return Ok(None);
        }
        let hva = if kjent.is_some() { "endret" } else { "ny" };
        let (tenant, kilde) = (self.register.tenant.clone(), self.register.navn.clone());
        let emne = Emne::Kilde { tenant, kilde, typ: TYPE.to_owned(), k };
        let typ = format!("kilde.{TYPE}.{hva}");
        Ok(Some(self.avsender.melding(&emne, typ, self.om.clock.now(), Some(data), spor.cloned())))
    }

    /// An answer that cannot be used: it is kept for a person to look at, and asked for again later. What was known before
    /// stays, in doubt: it protects, and lets nobody through.
    async fn avvist(&mut self, k: K, avvist: &Refused) -> Result<(), Stopp> {
        let Register { tenant, nokkel, navn, .. } = &self.register;
        let i_karantene = Karantene::ny(&self.om, DEL, tenant).avvist(nokkel, navn.as_str(), avvist).await?;
        self.avvist.insert(i_karantene);
        self.fulgte.ubesvart(&k);
        Ok(())
    }

    /// Stores the place alone.
    pub async fn lagre_sted(&mut self, tilsyn: &Tilsyn) -> Result<(), Stopp> {
        if self.lagret == self.neste {
            return Ok(());
        }
        self.lagre(Vec::new(), self.neste, tilsyn, None).await
    }

    /// Stores answers and place together. Whatever goes wrong, memory must be thrown away: it is ahead of the stream.
    async fn lagre(
        &mut self,
        messages: Vec<Message>,
        neste: Option<i64>,
        tilsyn: &Tilsyn,
        spor: Option<Spor>,
    ) -> Result<(), Stopp> {
        let (na, antall) = (self.om.clock.now(), messages.len() as u64);
        let feed = self.register.register.feed().to_owned();
        let (ajourhold, ubesvart) = (tilsyn.ajourhold(), self.ubesvart.iter().map(K::to_string).collect());
        let posisjon = neste.map(|neste| Sted { feed, neste, ajourhold, ubesvart }.tekst());
        let markor = Kildemarkor { snapshot: self.snapshot, hel: true, lest: na, savnet: Vec::new(), posisjon };
        let guard = self.avsender.melding(&self.markoremne(), "kilde.markor", na, Some(kod(&markor)?), spor);
        let lagret = self.om.bus.commit(KILDE, Batch { guard, expect: Expect(self.vakt), messages }).await?;
        self.vakt = lagret.guard;
        if self.lagret != neste {
            self.sider = 0;
        }
        (self.lagret, self.lagret_tid) = (neste, na);
        let tenant = self.register.tenant.as_str();
        Maalere::av(&self.om.maalere.skrevet, DEL, tenant).inc_by(antall);
        Maalere::sett_sekvens(&self.om.maalere.sist_skrevet, DEL, tenant, self.vakt);
        Ok(())
    }
}

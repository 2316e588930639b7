//! One recipient: which letters are due, and what became of each.

use crate::Adressat;
use crate::brev::{Brev, brev};
use crate::lop::{DEL, Lop, Videre};
use crate::minne::Minne;
use crate::mottaker::Mottaker;
use crate::ord;
use crate::samlebrev::{Endret, samlebrev};
use crate::sending::{Utfall, pause};
use crate::skolebok::{innhold, linje};
use crate::stand::{PaVei, Plass, digest};
use crate::straks::{Melding, Skolelinje, straksbrev};
use crate::utvalg::{self, Straks};
use elevliste::{Rundenokkel, oslo};
use jiff::Timestamp;
use runtime::{Maalere, Stopp};
use std::collections::BTreeMap;

/// What is told at once, by matter, as what and in which round, with the lists that it is about.
type Saker = BTreeMap<(Straks, Adressat, Rundenokkel), Vec<Skolelinje>>;

/// A letter, and what names it for good.
pub(crate) struct Maate<'a> {
    pub brev: &'a Brev,
    pub id: &'a str,
}

impl Lop {
    /// Sends a recipient what is due.
    pub(crate) async fn fortell(&self, minne: &mut Minne, mottaker: &Mottaker) -> Result<Videre, Stopp> {
        let na = self.om.clock.now();
        let Some(mut plass) = minne.plasser.remove(&mottaker.id) else { return Ok(Videre::Neste) };
        let venter = plass.stand.avvist.is_some() || plass.stand.neste.is_some_and(|neste| neste > na);
        let mut videre = if venter { Videre::Neste } else { self.runder(minne, mottaker, &mut plass, na).await? };
        if videre == Videre::Ja {
            videre = self.om_kilder(minne, mottaker, &mut plass).await?;
        }
        if videre == Videre::Ja && !matches!(plass.stand.pa_vei, Some(PaVei::Samlet(..))) {
            videre = self.straks(minne, mottaker, &mut plass, na).await?;
        }
        if videre == Videre::Ja && !matches!(plass.stand.pa_vei, Some(PaVei::Straks(_))) {
            videre = self.samlet(minne, mottaker, &mut plass, na).await?;
        }
        minne.plasser.insert(mottaker.id.clone(), plass);
        Ok(videre)
    }

    /// The county's letter about each round that a school of theirs is in: when it opens, and when it says something else
    /// after that.
    async fn runder(
        &self,
        minne: &mut Minne,
        til: &Mottaker,
        plass: &mut Plass,
        na: Timestamp,
    ) -> Result<Videre, Stopp> {
        if plass.vurdert == minne.generasjon {
            return Ok(Videre::Ja);
        }
        for (nokkel, runde) in minne.runder.clone() {
            let (navn, innhold) = (nokkel.to_string(), innhold(&runde));
            if na < runde.apner || runde.stenger <= na || plass.stand.runder.get(&navn) == Some(&innhold) {
                continue;
            }
            let mut som: Option<Adressat> = None;
            for (liste, tenant) in minne.kjente.iter().filter(|(liste, _)| runde.gjelder(liste)) {
                let skole = minne.skoler.av(&self.om, liste).await?;
                let hans = til.om(liste, tenant, skole.orgnr.as_deref());
                // The county wrote it.
                som = som.into_iter().chain(hans.filter(|hans| *hans != Adressat::Fylke)).min();
            }
            let Some(som) = som else { continue };
            let id = digest(&["runde", &til.id, &navn, &innhold]);
            let brev = brev(&runde, som, til.sprak, &self.epost.adresse);
            let maate = Maate { brev: &brev, id: &id };
            let videre = self.send(minne, plass, til, maate, |stand| drop(stand.runder.insert(navn, innhold))).await?;
            if videre != Videre::Ja {
                return Ok(videre);
            }
        }
        plass.vurdert = minne.generasjon;
        Ok(Videre::Ja)
    }

    /// What is told at once.
    async fn straks(
        &self,
        minne: &mut Minne,
        til: &Mottaker,
        plass: &mut Plass,
        na: Timestamp,
    ) -> Result<Videre, Stopp> {
        let fra = plass.stand.straks;
        let slutt = match plass.stand.pa_vei {
            Some(PaVei::Straks(slutt)) => slutt,
            _ => minne.lest,
        };
        if fra >= slutt {
            return Ok(Videre::Ja);
        }
        let (var_noe, saker) = self.saker(minne, til, (fra, slutt), na).await?;
        if saker.is_empty() {
            plass.stand.straks = slutt;
            let var_pa_vei = plass.stand.pa_vei.take().is_some();
            // What concerned somebody and is done by now is not looked at again.
            let lagret = if var_noe || var_pa_vei { plass.lagre(&self.om).await? } else { true };
            return Ok(if lagret { Videre::Ja } else { Videre::Mistet });
        }
        if plass.stand.pa_vei.is_none() {
            plass.stand.pa_vei = Some(PaVei::Straks(slutt));
            if !plass.lagre(&self.om).await? {
                return Ok(Videre::Mistet);
            }
        }
        let i_dag = na.to_zoned(oslo()).date();
        let runder = minne.runder.clone();
        let meldinger: Vec<_> = saker
            .into_iter()
            .map(|((sak, adressat, runde), skoler)| {
                let runde = runder.get(&runde);
                let dager = runde.map_or(0, |runde| ord::dager_til(i_dag, runde.siste_dag()));
                Melding { sak, adressat, runde, dager, skoler }
            })
            .collect();
        let brev = straksbrev(&meldinger, til.sprak, &self.epost.adresse);
        let id = digest(&["straks", &til.id, &fra.to_string(), &slutt.to_string()]);
        let ferdig = |stand: &mut crate::stand::Stand| (stand.straks, stand.pa_vei) = (slutt, None);
        self.send(minne, plass, til, Maate { brev: &brev, id: &id }, ferdig).await
    }

    /// Whether anything concerned this recipient, and what of it still is so.
    async fn saker(
        &self,
        minne: &mut Minne,
        til: &Mottaker,
        (fra, slutt): (u64, u64),
        na: Timestamp,
    ) -> Result<(bool, Saker), Stopp> {
        let (mut var_noe, mut ut) = (false, Saker::new());
        let Minne { hale, skoler, runder, .. } = minne;
        for (liste, tenant) in hale.lister(fra, slutt) {
            let skole = skoler.av(&self.om, liste).await?;
            let Some(adressat) = til.om(liste, tenant, skole.orgnr.as_deref()) else { continue };
            let saker = utvalg::straks(hale.om(liste, fra, slutt), adressat);
            if saker.is_empty() {
                continue;
            }
            var_noe = true;
            let Some(status) = runtime::listestatus(&self.om, liste).await? else { continue };
            let runde = runder.get(&liste.runde()).filter(|runde| runde.gjelder(liste));
            let frist = runde.map(|runde| (runde.siste_dag(), runde.stenger <= na));
            for sak in saker {
                if utvalg::gjelder(sak, status.status, frist) {
                    ut.entry((sak, adressat, liste.runde())).or_default().push(linje(&skole, &status));
                }
            }
        }
        Ok((var_noe, ut))
    }

    /// What is told once a day.
    async fn samlet(
        &self,
        minne: &mut Minne,
        til: &Mottaker,
        plass: &mut Plass,
        na: Timestamp,
    ) -> Result<Videre, Stopp> {
        let fra = plass.stand.samlet;
        let (slutt, dag) = match (plass.stand.pa_vei, self.dagens(plass.stand.samlet_dag, na)) {
            (Some(PaVei::Samlet(slutt, dag)), _) => (slutt, dag),
            (_, Some(dag)) => (minne.lest, dag),
            (_, None) => return Ok(Videre::Ja),
        };
        let mut endret = vec![];
        let Minne { hale, skoler, .. } = minne;
        for (liste, tenant) in hale.lister(fra, slutt) {
            let skole = skoler.av(&self.om, liste).await?;
            let Some(adressat) = til.om(liste, tenant, skole.orgnr.as_deref()) else { continue };
            let nytt = utvalg::nytt(hale.om(liste, fra, slutt), adressat);
            if nytt == utvalg::Nytt::default() {
                continue;
            }
            let Some(status) = runtime::listestatus(&self.om, liste).await? else { continue };
            let (skole, utvalg::Nytt { status, regler }) = (linje(&skole, &status), nytt);
            endret.push(Endret { adressat, skole, status, regler });
        }
        let ferdig = |stand: &mut crate::stand::Stand| {
            (stand.samlet, stand.samlet_dag, stand.pa_vei) = (slutt, Some(dag), None);
        };
        let Some(brev) = samlebrev(&endret, til.sprak, &self.epost.adresse) else {
            ferdig(&mut plass.stand);
            return Ok(if plass.lagre(&self.om).await? { Videre::Ja } else { Videre::Mistet });
        };
        if plass.stand.pa_vei.is_none() {
            plass.stand.pa_vei = Some(PaVei::Samlet(slutt, dag));
            if !plass.lagre(&self.om).await? {
                return Ok(Videre::Mistet);
            }
        }
        let id = digest(&["samlet", &til.id, &fra.to_string(), &slutt.to_string()]);
        self.send(minne, plass, til, Maate { brev: &brev, id: &id }, ferdig).await
    }

    /// Sends a letter and stores what became of it.
    pub(crate) async fn send(
        &self,
        minne: &mut Minne,
        plass: &mut Plass,
        til: &Mottaker,
        Maate { brev, id }: Maate<'_>,
        ferdig: impl FnOnce(&mut crate::stand::Stand),
    ) -> Result<Videre, Stopp> {
        let na = self.om.clock.now();
        let utfall = self.epost.post.send(&til.epost, brev, id, na).await;
        let (hva, videre) = match &utfall {
            Utfall::Sendt => {
                Maalere::tell(&self.om.maalere.utfall, DEL, "", "sendt");
                ferdig(&mut plass.stand);
                plass.frisk();
                minne.oppe();
                return Ok(if plass.lagre(&self.om).await? { Videre::Ja } else { Videre::Mistet });
            }
            Utfall::Avvist(hva) => {
                plass.stand.avvist = Some(na);
                tracing::error!(mottaker = til.id, hva, "the address takes no letters: correct it");
                Maalere::tell(&self.om.maalere.utfall, DEL, "", "avvist");
                (hva, Videre::Neste)
            }
            Utfall::Senere(hva) => (hva, Videre::Neste),
            Utfall::Nede(hva) => (hva, Videre::Nede),
        };
        if videre == Videre::Neste {
            minne.oppe();
        }
        Maalere::tell(&self.om.maalere.utfall, DEL, "", hva.clone());
        plass.stand.forsok += 1;
        plass.stand.neste = na.checked_add(pause(plass.stand.forsok)).ok();
        plass.stand.feil = Some(hva.clone());
        Ok(if plass.lagre(&self.om).await? { videre } else { Videre::Mistet })
    }
}

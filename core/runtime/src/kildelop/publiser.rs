//! Publishing a judged reading: atomic batches together with the source's mark. Nothing changed, nothing published.

use super::dom::Sak;
use super::innhold::emne;
use super::minne::Nokkel;
use super::savn::Savnede;
use super::utkast::{Endring, Hva};
use super::{Kildelop, Merke, Snapshotresultat, Utfall};
use crate::sporing::spor_av;
use crate::{Maalere, Stopp, vakt};
use bus::{Batch, Expect, Message};
use hendelse::{KILDE, Kildemarkor, Savnet, kod};
use std::collections::BTreeSet;

/// How much of a reading is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Omfang {
    /// Everything; the missing are noted or looked up.
    Alt,
    /// Everything, and what was held as missing is gone.
    Godkjent,
    /// New objects only, while the rest waits for a person.
    BareNye,
    /// Everything but what a person has discarded.
    UtenUtloste,
}

impl Omfang {
    /// Whether KILDE is what the source shows afterwards.
    const fn er_helt(self) -> bool {
        matches!(self, Self::Alt | Self::Godkjent)
    }
}

impl Kildelop {
    pub(super) async fn publiser(
        &mut self,
        mut sak: Sak,
        omfang: Omfang,
        span: &tracing::Span,
    ) -> Result<Utfall, Stopp> {
        let mut utfall = Utfall::av(&sak.utkast);
        let Savnede { forsvunnet, savnet } = self.savnede(&sak, omfang).await?;
        let endringer = std::mem::take(&mut sak.utkast.endringer).into_iter();
        let slippes = |(nokkel, e): &(Nokkel, Endring)| match omfang {
            Omfang::Alt | Omfang::Godkjent => true,
            Omfang::BareNye => !e.kjent,
            Omfang::UtenUtloste => !e.kjent || !sak.er_utlost(nokkel.typ(), e.hva == Hva::Fjernet),
        };
        let borte = |nokkel| (nokkel, Endring { hva: Hva::Forsvunnet, kjent: true, data: None, avtrykk: None });
        let endringer: Vec<_> = endringer.filter(slippes).chain(forsvunnet.into_iter().map(borte)).collect();
        utfall.resultat.tell(&endringer);
        utfall.resultat.savnet = sak.mangler.len() as u64 - utfall.resultat.forsvunnet;
        self.lagre(endringer, savnet, sak.helt, span).await?;
        let (maalere, tenant) = (&self.om.maalere, self.kilde.tenant.as_str());
        Maalere::sett_sekvens(&maalere.sist_skrevet, super::DEL, tenant, self.vakt);
        if sak.helt {
            if sak.utkast.alt_kunne_leses() {
                self.flyttet_bort = sak.flyttet_bort;
            }
            if omfang.er_helt() {
                Maalere::av(&maalere.snapshot, super::DEL, tenant).inc();
                Maalere::niva(&maalere.sist_hel, super::DEL, tenant).set(self.om.clock.now().as_second());
            }
        }
        self.flytt_merker(sak.utkast.merker, sak.helt, omfang);
        Ok(utfall)
    }

    /// The marks for the next delta move only when everything was taken.
    fn flytt_merker(&mut self, sett: flow::Vannmerker, helt: bool, omfang: Omfang) {
        match (omfang.er_helt(), &mut self.merker) {
            (false, _) => self.merker = None,
            (true, merker) if helt => *merker = Some(sett),
            (true, Some(merker)) => {
                for (typ, tid) in sett {
                    let merke = merker.entry(typ).or_insert(tid);
                    *merke = tid.max(*merke);
                }
            }
            (true, None) => {}
        }
    }

    async fn savnede(&self, sak: &Sak, omfang: Omfang) -> Result<Savnede, Stopp> {
        let fjernet = |n: &Nokkel| sak.utkast.endringer.get(n).is_some_and(|e| e.hva == Hva::Fjernet);
        // Whoever was shown meanwhile, by a delta or by a reading that is believed in part only, is not missing any more.
        let savnes = |n: &&Nokkel| self.minne.borte(n) && !fjernet(n);
        let uendret = || self.savnet.iter().filter(savnes).copied().collect();
        if !sak.helt || !sak.utkast.alt_kunne_leses() || omfang == Omfang::BareNye {
            return Ok(Savnede { savnet: uendret(), ..Savnede::default() });
        }
        let holdt: BTreeSet<Nokkel> = sak.holdt_savn().into_iter().collect();
        let fri: Vec<Nokkel> = sak.mangler.iter().filter(|n| !holdt.contains(*n)).copied().collect();
        let mut typer = sak.utkast.typer.clone();
        if omfang == Omfang::UtenUtloste {
            // Of what was discarded neither the old notes nor the new count.
            typer.retain(|typ| !sak.er_utlost(typ, true));
            let fri: Vec<Nokkel> = fri.into_iter().filter(|n| typer.contains(&n.typ())).collect();
            return self.vurder_savnede(&fri, &typer).await;
        }
        let mut ut = self.vurder_savnede(&fri, &typer).await?;
        ut.forsvunnet.extend(holdt);
        Ok(ut)
    }

    async fn lagre(
        &mut self,
        endringer: Vec<(Nokkel, Endring)>,
        savnet: BTreeSet<Nokkel>,
        helt: bool,
        span: &tracing::Span,
    ) -> Result<(), Stopp> {
        let uendret = self.merke.as_ref().is_some_and(|m| m.hel) && self.savnet == savnet;
        if endringer.is_empty() && uendret {
            // There is nothing to do only if KILDE still is what memory says.
            return vakt::star(&*self.om.bus, KILDE, &self.markoremne(), self.vakt).await;
        }
        let spor = spor_av(span);
        let for_ = self.merke.take().unwrap_or_default();
        let snapshot = for_.snapshot + i64::from(helt || for_.snapshot == 0);
        let lest = self.om.clock.now();
        let mut igjen = endringer.into_iter().peekable();
        loop {
            let mut nye = Vec::new();
            let messages: Vec<Message> = igjen
                .by_ref()
                .take(Batch::MAX - 1)
                .map(|(nokkel, e)| {
                    nye.push((nokkel, e.avtrykk));
                    let typ = format!("kilde.{}.{}", nokkel.typ(), e.hva.as_str());
                    let emne = emne(&self.kilde.tenant, &self.kilde.navn, &nokkel);
                    self.avsender.melding(&emne, typ, lest, e.data, spor.clone())
                })
                .collect();
            let hel = igjen.peek().is_none();
            let noter = savnet.iter().filter(|_| hel).map(|n| Savnet { typ: n.typ().to_owned(), k: n.k.to_string() });
            let posisjon = for_.posisjon.clone();
            let data = Some(kod(&Kildemarkor { snapshot, hel, lest, savnet: noter.collect(), posisjon })?);
            let guard = self.avsender.melding(&self.markoremne(), "kilde.markor", lest, data, spor.clone());
            let antall = messages.len() as u64;
            let lagret = self.om.bus.commit(KILDE, Batch { guard, expect: Expect(self.vakt), messages }).await?;
            self.vakt = lagret.guard;
            self.merke = Some(Merke { snapshot, hel, posisjon: for_.posisjon.clone() });
            Maalere::av(&self.om.maalere.skrevet, super::DEL, self.kilde.tenant.as_str()).inc_by(antall);
            for (nokkel, avtrykk) in nye {
                match avtrykk {
                    Some(avtrykk) => self.minne.inn(nokkel, avtrykk),
                    None => self.minne.ut(&nokkel),
                }
            }
            if hel {
                self.savnet = savnet;
                self.minne.krymp();
                return Ok(());
            }
        }
    }
}

impl Snapshotresultat {
    fn tell(&mut self, endringer: &[(Nokkel, Endring)]) {
        for (_, endring) in endringer {
            *match endring.hva {
                Hva::Ny => &mut self.nye,
                Hva::Endret => &mut self.endret,
                Hva::Flyttet => &mut self.flyttet,
                Hva::Fjernet => &mut self.fjernet,
                Hva::Forsvunnet => &mut self.forsvunnet,
            } += 1;
        }
    }
}

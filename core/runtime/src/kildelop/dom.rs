//! From a staged reading to what may be published: counted, judged, and held where a person must look first.

use super::gate::{self, Savn, Typetall, Utlost};
use super::hold::{self, Hold};
use super::minne::{Nokkel, TYPER};
use super::utkast::{Hva, Utkast};
use super::{Kildelop, Utfall, publiser::Omfang};
use crate::Stopp;
use crate::karantene::Karantene;
use bus::Expect;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::OwnedSemaphorePermit;

/// A staged reading with everything that it is judged by.
pub(super) struct Sak {
    pub utkast: Utkast,
    /// Whether it is a whole snapshot: only then absence means something.
    pub helt: bool,
    pub savn: Savn,
    /// What KILDE holds and the reading does not show, in order.
    pub mangler: Vec<Nokkel>,
    /// Those among the missing and removed who are at another school now.
    pub flyttet_bort: BTreeSet<Nokkel>,
    pub tall: BTreeMap<&'static str, Typetall>,
    pub utlost: Vec<Utlost>,
}

/// A held reading that is kept in memory, so that it can be published as soon as it is approved.
pub(super) struct Ventende {
    sak: Sak,
    digest: String,
    _plass: OwnedSemaphorePermit,
}

/// What has become of a hold.
#[derive(Debug)]
pub enum Avgjort {
    /// Nobody has decided yet.
    Venter,
    /// The source must be read again: what was decided is about what it shows then.
    LesIgjen,
    /// It was approved, and what was held is published.
    Publisert(Box<Utfall>),
}

impl Sak {
    /// Whether a person must decide about what of this type goes, or changes.
    pub fn er_utlost(&self, typ: &str, borte: bool) -> bool {
        self.utlost.iter().any(|u| u.typ == typ && u.hva.gjelder_borte() == borte)
    }

    /// The missing that a person must decide about.
    pub fn holdt_savn(&self) -> Vec<Nokkel> {
        let holdt = |n: &&Nokkel| self.er_utlost(n.typ(), true) && !self.flyttet_bort.contains(*n);
        self.mangler.iter().filter(holdt).copied().collect()
    }

    /// Everything that a person must decide about, in order: what names it and what happens to it.
    pub fn holdt(&self) -> BTreeMap<Nokkel, &'static str> {
        let savnet = self.holdt_savn().into_iter().map(|n| (n, "savnet"));
        let endringer = self.utkast.endringer.iter().filter_map(|(n, e)| match e.hva {
            Hva::Fjernet if self.er_utlost(n.typ(), true) && !self.flyttet_bort.contains(n) => Some((*n, "fjernet")),
            Hva::Endret | Hva::Flyttet if e.kjent && self.er_utlost(n.typ(), false) => Some((*n, "endret")),
            _ => None,
        });
        savnet.chain(endringer).collect()
    }

    fn digest(&self) -> String {
        hold::avtrykk(self.holdt().into_iter().map(|(n, hva)| (n.typ(), hva, n.k)))
    }

    fn tell_opp(&mut self, hadde: [u64; TYPER.len()]) {
        for ((typ, hadde), vist) in TYPER.into_iter().zip(hadde).zip(self.utkast.vist) {
            if hadde + vist > 0 {
                self.tall.insert(typ, Typetall { hadde, vist, ..Typetall::default() });
            }
        }
        for (nokkel, endring) in &self.utkast.endringer {
            let tall = self.tall.entry(nokkel.typ()).or_default();
            match (endring.kjent, endring.data.is_some()) {
                (false, _) => tall.nye += 1,
                (true, true) => tall.endret += 1,
                (true, false) => tall.fjernet += u64::from(!self.flyttet_bort.contains(nokkel)),
            }
        }
        for nokkel in self.mangler.iter().filter(|n| !self.flyttet_bort.contains(*n)) {
            self.tall.entry(nokkel.typ()).or_default().savnet += 1;
        }
    }
}

impl Kildelop {
    /// Judges a staged reading, and publishes what may be.
    pub(super) async fn dom(&mut self, utkast: Utkast, helt: bool, span: &tracing::Span) -> Result<Utfall, Stopp> {
        let sak = self.sak(utkast, helt).await?;
        if sak.utlost.is_empty() {
            let utfall = self.publiser(sak, Omfang::Alt, span).await?;
            if self.har_hold {
                let (hold, revisjon) = hold::les(&self.om, &self.kilde.tenant, &self.kilde.navn).await?;
                self.lukk(hold, revisjon).await?;
            }
            return Ok(utfall);
        }
        let digest = sak.digest();
        let (hold, revisjon) = hold::les(&self.om, &self.kilde.tenant, &self.kilde.navn).await?;
        self.har_hold = hold.is_some();
        match hold {
            Some(hold) if hold.digest == digest => match &hold.avgjorelse {
                Some(a) if a.godkjent => self.godkjent(sak, hold, revisjon, span).await,
                Some(_) => {
                    let utfall = self.publiser(sak, Omfang::UtenUtloste, span).await?;
                    Ok(Utfall { holdt: Some(hold), ..utfall })
                }
                None => {
                    let hold = Hold { lesninger: hold.lesninger.saturating_add(1), ..hold };
                    self.skriv_hold(&hold, revisjon).await?;
                    self.hold_igjen(sak, hold, span).await
                }
            },
            for_ => {
                let hold = self.rapport(&sak, digest, for_).await?;
                self.skriv_hold(&hold, revisjon).await?;
                self.har_hold = true;
                let (tenant, navn) = (&self.kilde.tenant, &self.kilde.navn);
                tracing::error!(
                    %tenant, kilde = %navn, arsak = ?hold.arsak, digest = hold.digest,
                    "the source changes too much at once; nothing is published before a person has looked at it"
                );
                self.hold_igjen(sak, hold, span).await
            }
        }
    }

    /// Compares the whole of a staged reading with KILDE, and counts.
    async fn sak(&mut self, mut utkast: Utkast, helt: bool) -> Result<Sak, Stopp> {
        let karantene = Karantene::ny(&self.om, super::DEL, &self.kilde.tenant);
        for avvist in &utkast.avviste {
            utkast.karantene.insert(karantene.avvist(&self.kilde.nokkel, self.kilde.navn.as_str(), avvist).await?);
        }
        let mangler = if helt && utkast.alt_kunne_leses() { self.minne.savnet(&utkast.typer) } else { Vec::new() };
        let savn = if self.levert { Savn::AvgjoresAvEnPerson } else { Savn::SlasOpp };
        let mut sak = Sak {
            utkast,
            helt,
            savn,
            mangler,
            flyttet_bort: BTreeSet::new(),
            tall: BTreeMap::new(),
            utlost: Vec::new(),
        };
        self.finn_flyttede(&mut sak).await?;
        sak.tell_opp(self.minne.antall());
        sak.utlost = gate::vurder(&sak.tall, &self.kilde.valg.terskler, savn);
        Ok(sak)
    }

    /// A delta that may pass without a person. None when it may not: then a whole snapshot is judged instead.
    pub(super) async fn liten_nok(&mut self, utkast: Utkast) -> Result<Option<Sak>, Stopp> {
        Ok(Some(self.sak(utkast, false).await?).filter(|sak| sak.utlost.is_empty()))
    }

    async fn hold_igjen(&mut self, sak: Sak, hold: Hold, span: &tracing::Span) -> Result<Utfall, Stopp> {
        let mut utfall = Utfall::av(&sak.utkast);
        if self.kilde.valg.terskler.slipp_nye {
            utfall = self.publiser(sak, Omfang::BareNye, span).await?;
        } else if let Some(plass) = self.rom.plass(sak.utkast.bytes()).filter(|_| !self.levert) {
            self.ventende = Some(Ventende { sak, digest: hold.digest.clone(), _plass: plass });
        }
        utfall.holdt = Some(hold);
        Ok(utfall)
    }

    /// Publishes what a person has approved. What goes with it is looked up by sample; one that is still there, and it
    /// waits again.
    async fn godkjent(
        &mut self,
        sak: Sak,
        mut hold: Hold,
        revisjon: Expect,
        span: &tracing::Span,
    ) -> Result<Utfall, Stopp> {
        let savn = sak.holdt_savn();
        if sak.savn == Savn::SlasOpp && !self.stikkprove(&savn).await? {
            hold.avgjorelse = None;
            hold.forklaring.push_str(super::forklaring::STIKKPROVE);
            self.skriv_hold(&hold, revisjon).await?;
            let (tenant, navn) = (&self.kilde.tenant, &self.kilde.navn);
            tracing::error!(%tenant, kilde = %navn, "what was approved as gone is there when asked for; it waits again");
            return self.hold_igjen(sak, hold, span).await;
        }
        let utfall = self.publiser(sak, Omfang::Godkjent, span).await?;
        self.lukk(Some(hold), revisjon).await?;
        Ok(utfall)
    }

    /// Looks whether somebody has decided about what is held. What is still in memory is published at once; but what is
    /// missing must have been so in two complete readings.
    pub async fn avgjort(&mut self) -> Result<Avgjort, Stopp> {
        let (hold, revisjon) = hold::les(&self.om, &self.kilde.tenant, &self.kilde.navn).await?;
        let Some(hold) = hold else { return Ok(Avgjort::LesIgjen) };
        let Some(avgjorelse) = &hold.avgjorelse else { return Ok(Avgjort::Venter) };
        let godkjent = avgjorelse.godkjent;
        let kan_publiseres =
            |v: &Ventende| godkjent && v.digest == hold.digest && (hold.lesninger > 1 || v.sak.holdt_savn().is_empty());
        match self.ventende.take().filter(kan_publiseres) {
            Some(ventende) => {
                let span = self.span();
                let utfall = self.godkjent(ventende.sak, hold, revisjon, &span).await?;
                Ok(Avgjort::Publisert(Box::new(utfall)))
            }
            None => Ok(Avgjort::LesIgjen),
        }
    }

    async fn skriv_hold(&self, hold: &Hold, revisjon: Expect) -> Result<(), Stopp> {
        let hvem = (&self.kilde.tenant, &self.kilde.navn);
        if hold::skriv(&self.om, hvem, Some(hold), revisjon).await? {
            return Ok(());
        }
        Err(Stopp::Samtidig { kilde: self.kilde.navn.clone() })
    }

    /// Takes a hold away: it was published, or the source shows something else now.
    async fn lukk(&mut self, hold: Option<Hold>, revisjon: Expect) -> Result<(), Stopp> {
        let Some(hold) = hold else {
            self.har_hold = false;
            return Ok(());
        };
        let hvem = (&self.kilde.tenant, &self.kilde.navn);
        if hold::skriv(&self.om, hvem, None, revisjon).await? {
            let (tenant, navn) = hvem;
            tracing::info!(%tenant, kilde = %navn, digest = hold.digest, "the hold is over");
            self.har_hold = false;
            self.sist_hold = Some(hold);
        }
        Ok(())
    }
}

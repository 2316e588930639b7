//! A list in numbers: what overviews show. Nothing personal is in it.

use crate::hovedbok::{Listesak, SakFeil};
use crate::sammenheng::Sammenheng;
use elevliste::{
    Avstemmingslinje, Avvik, Ettermeldingstilstand, Handling, Innsamling, Innsendingspost, Listenokkel, Niva,
    Skolereferanse, Skolestatus, Utfall,
};
use jiff::Timestamp;
use liste::{Listebilde, Oppgave, Overskrift, Plassering, Sak};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// What can be said of a list's ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bokstand {
    /// It is a whole chain.
    #[default]
    Hel,
    /// The chain is broken at the entry with this number: somebody has tampered with the store, or it is damaged. What
    /// the list's numbers say cannot be trusted, and nothing can be done with it before a person has looked at it.
    Brutt(i64),
    /// The list or an entry cannot be read by this program.
    Uleselig,
}

/// The pupils of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Klassetall {
    /// The class; none of those who have none.
    pub klasse: Option<String>,
    /// How many.
    pub antall: u32,
    /// Of these: with something that must be corrected.
    pub med_feil: u32,
}

/// Something that was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rettet {
    /// The pupil.
    pub elev: Uuid,
    /// The rule that found it.
    pub regel: String,
    /// When it was seen to be right.
    pub nar: Timestamp,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sistgodkjent {
    /// Who, as the ledger names them.
    pub hvem: String,
    /// When.
    pub nar: Timestamp,
}

/// A list in numbers, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sammendrag {
    /// Which list.
    pub nokkel: Listenokkel,
    /// Its school.
    pub skole: Skolereferanse,
    /// Whose school.
    pub tenant: String,
    /// Where the list stands.
    pub status: Skolestatus,
    /// Where its pupils are.
    pub antall: Avstemmingslinje,
    /// Pupils with nothing in the way, whether they are sent or not.
    pub klare: u32,
    /// Pupils with something that must be corrected.
    pub ma_rettes: u32,
    /// The numbers of the first line.
    pub overskrift: Overskrift,
    /// What needs work, cause by cause.
    pub saker: Arc<[Sak]>,
    /// What was in a pupil's way a short while ago, and is not any more: the newest first.
    pub rettet: Vec<Rettet>,
    /// The last approval, whether it counts or not.
    pub sist_godkjent: Option<Sistgodkjent>,
    /// Errors, of pupils who are not taken out and of the list.
    pub feil: u32,
    /// And warnings.
    pub advarsler: u32,
    /// Whether the list as a whole has an error.
    pub feil_pa_liste: bool,
    /// Class by class.
    pub per_klasse: Vec<Klassetall>,
    /// Pupils whose identity number is missing or cannot be used.
    pub ugyldige_numre: u32,
    /// When the version was accepted that the receiver has.
    pub mottatt: Option<Timestamp>,
    /// How many pupils the receiver took then.
    pub mottatt_antall: u32,
    /// When any version first was.
    pub forst_mottatt: Option<Timestamp>,
    /// When the list last changed.
    pub endret: Timestamp,
    /// When the last entry of its ledger was written.
    pub sist_handling: Option<Timestamp>,
    /// Its round.
    pub runde: Option<Arc<Innsamling>>,
    /// First moment in which it cannot be sent any more.
    pub stenger: Option<Timestamp>,
    /// Changes that the intake office must be told, and has not been, or has refused.
    pub ettermeldinger: u32,
    /// Changes that the office has been told and has not dealt with.
    pub ettermeldinger_meldt: u32,
    /// What only a person can do.
    pub oppgave: Option<Oppgave>,
    /// The seal of the attempt that must be found out first.
    pub uavklart: Option<String>,
    /// Whether the receiver is asked what became of it, without anybody doing anything.
    pub leses: bool,
    /// When the policy approves the list, where it does.
    pub godkjennes: Option<Timestamp>,
    /// The seal of what would be sent now. Empty where there is no list.
    pub segl: String,
    /// Whether exactly this is approved.
    pub godkjent: bool,
    /// Whether something was approved, and the list is another by now.
    pub siden_godkjent: bool,
    /// Fictitious numbers that were entered.
    pub fiktive: u32,
    /// The last sequence of the ledger: what an act is upon.
    pub sekvens: u64,
    /// The sequence of the list's version; 0 where there is none.
    pub liste_sekvens: u64,
    /// The ledger's state.
    pub bok: Bokstand,
    /// There is no list: it is waited for, or it is gone.
    pub mangler: bool,
}

/// What the numbers are made from.
pub(super) struct Stoff<'a> {
    pub sak: &'a Listesak,
    pub runde: Option<Arc<Innsamling>>,
    pub liste_sekvens: u64,
    pub bok: Bokstand,
}

/// A list in numbers at `na`, and when time alone will change something about it.
pub(super) fn sammendrag(
    rundt: &Sammenheng,
    stoff: Stoff<'_>,
    na: Timestamp,
) -> Result<(Sammendrag, Option<Timestamp>), SakFeil> {
    let Stoff { sak, runde, liste_sekvens, bok } = stoff;
    let mangler = liste_sekvens == 0;
    let bilde = match rundt.bilde(sak, na) {
        Ok(bilde) => Some(bilde),
        // Somebody else's secret: that a list is waited for can be said without it.
        Err(SakFeil::Fremmed { .. }) if mangler => None,
        Err(feil) => return Err(feil),
    };
    let over = runde.as_ref().is_some_and(|runde| runde.stenger <= na);
    let godtatte: Vec<Timestamp> = sak.poster.iter().filter(|post| godtatt(post)).map(|post| post.tidspunkt).collect();
    let mut ut = Sammendrag {
        nokkel: sak.liste.nokkel.clone(),
        skole: sak.liste.skole.clone(),
        tenant: sak.liste.tenant.clone(),
        status: uten_liste(bilde.as_ref(), !godtatte.is_empty(), over),
        antall: Avstemmingslinje {
            skolenr: sak.liste.nokkel.skolenr.clone(),
            kilde: 0,
            sendt: 0,
            holdt: 0,
            manuelt: 0,
            avvik: 0,
            status: Skolestatus::Samles,
        },
        klare: 0,
        ma_rettes: 0,
        overskrift: Overskrift::default(),
        saker: Arc::default(),
        rettet: vec![],
        sist_godkjent: sak
            .poster
            .iter()
            .rev()
            .find(|p| matches!(p.handling, Handling::Godkjent { .. }))
            .map(|p| Sistgodkjent { hvem: p.av.id.clone(), nar: p.tidspunkt }),
        feil: 0,
        advarsler: 0,
        feil_pa_liste: false,
        per_klasse: vec![],
        ugyldige_numre: 0,
        mottatt: godtatte.last().copied(),
        mottatt_antall: 0,
        forst_mottatt: godtatte.first().copied(),
        endret: sak.endret,
        sist_handling: sak.poster.last().map(|post| post.tidspunkt),
        stenger: runde.as_ref().map(|runde| runde.stenger),
        ettermeldinger: 0,
        ettermeldinger_meldt: 0,
        oppgave: None,
        uavklart: None,
        leses: false,
        godkjennes: None,
        segl: String::new(),
        godkjent: false,
        siden_godkjent: false,
        fiktive: 0,
        sekvens: sak.sekvens,
        liste_sekvens,
        bok,
        mangler,
        runde,
    };
    if let Some(bilde) = &bilde {
        ut.ta_bilde(bilde, sak);
    }
    ut.antall.status = ut.status;
    let tider = ut.runde.iter().flat_map(|runde| [runde.apner, runde.stenger]);
    let neste = tider.chain(bilde.and_then(|bilde| bilde.godkjennes)).filter(|tid| *tid > na).min();
    Ok((ut, neste))
}

/// Where a school without a list stands. What is under way or unknown is so with a list or without.
fn uten_liste(bilde: Option<&Listebilde>, levert: bool, over: bool) -> Skolestatus {
    match bilde.map(|bilde| bilde.status) {
        Some(under_veis @ (Skolestatus::Sendes | Skolestatus::Uavklart)) => under_veis,
        _ if levert => Skolestatus::Mottatt,
        _ if over => Skolestatus::Stengt,
        _ => Skolestatus::Samles,
    }
}

fn godtatt(post: &Innsendingspost) -> bool {
    matches!(
        &post.handling,
        Handling::Svar { utfall: Utfall::Mottatt | Utfall::MottattMedAdvarsler, .. }
            | Handling::Avklart { mottatt: true, .. }
    )
}

fn tell<'a>(avvik: impl IntoIterator<Item = &'a Avvik>, niva: Niva) -> u32 {
    antall(avvik.into_iter().filter(|a| a.niva == niva).count())
}

fn antall(n: usize) -> u32 {
    u32::try_from(n).expect("a school has fewer than four billion of anything")
}

impl Sammendrag {
    fn ta_bilde(&mut self, bilde: &Listebilde, sak: &Listesak) {
        self.oppgave = bilde.oppgave;
        self.leses = bilde.leses;
        self.mottatt_antall = bilde.mottatt.as_ref().map_or(0, |m| antall(m.antall));
        self.uavklart = bilde.uavklarte.first().cloned();
        self.fiktive = antall(bilde.fiktive.len());
        let med = |tilstander: &[Ettermeldingstilstand]| {
            antall(bilde.ettermeldinger.iter().filter(|e| tilstander.contains(&e.tilstand)).count())
        };
        self.ettermeldinger = med(&[Ettermeldingstilstand::Apen, Ettermeldingstilstand::Avvist]);
        self.ettermeldinger_meldt = med(&[Ettermeldingstilstand::Meldt]);
        if self.mangler {
            return;
        }
        self.status = bilde.status;
        self.godkjennes = bilde.godkjennes;
        self.overskrift = liste::overskrift(bilde);
        self.saker = liste::saker(bilde, &sak.liste).into();
        self.antall = bilde.avstemming.clone();
        self.segl.clone_from(&bilde.segl);
        self.godkjent = bilde.godkjent.as_ref() == Some(&bilde.segl);
        self.siden_godkjent = bilde.godkjent.is_some() && !self.godkjent;
        self.mottatt = bilde.mottatt.as_ref().map(|m| m.tidspunkt);
        let mut klasser: BTreeMap<Option<&String>, (u32, u32)> = BTreeMap::new();
        for plassert in &bilde.plasseringer {
            let Some(linje) = sak.liste.linjer.get(plassert.linje) else { continue };
            let inne = !matches!(plassert.plassering, Plassering::Holdt { .. } | Plassering::Manuelt { .. });
            let ma_rettes = plassert.plassering == Plassering::Avvik;
            let klasse = klasser.entry(linje.klasse.as_ref()).or_default();
            klasse.0 += 1;
            klasse.1 += u32::from(ma_rettes);
            self.ma_rettes += u32::from(ma_rettes);
            self.klare += u32::from(inne && !ma_rettes);
            let nummer = |a: &Avvik| a.niva == Niva::Feil && a.felt.as_deref() == Some("identitetsnummer");
            self.ugyldige_numre += u32::from(plassert.avvik.iter().any(nummer));
            if inne {
                self.feil += tell(&plassert.avvik, Niva::Feil);
                self.advarsler += tell(&plassert.avvik, Niva::Advarsel);
            }
        }
        let pa_listen = tell(&bilde.avvik, Niva::Feil);
        self.feil_pa_liste = pa_listen > 0;
        self.feil += pa_listen;
        self.advarsler += tell(&bilde.avvik, Niva::Advarsel);
        let tall = |(klasse, (antall, med_feil)): (Option<&String>, _)| Klassetall {
            klasse: klasse.cloned(),
            antall,
            med_feil,
        };
        self.per_klasse = klasser.into_iter().map(tall).collect();
    }
}

//! The picture: the living list and its ledger seen together. Where does the list stand, where is each pupil, what would
//! be sent now?
//!
//! Every line is in exactly one place, so the counts always add up to what the source has:
//!
//! - *sendt*: the receiver accepted this pupil, and the line is what it was then;
//! - *holdt*, *manuelt*: somebody decided so; protected pupils, who have no line, are *manuelt* without a decision;
//! - *avvik*: all else. The line has a deviation of its own, or the list has one that it shares: it is not delivered.

use crate::{form, hovedbok::Forsok, hovedbok::Hovedbok, hovedbok::Valg, regler};
use elevliste::{
    Avstemmingslinje, Avvik, Egenskaper, Elevlinje, Elevliste, Endringsslag, Ettermelding, Handling, Innsamling,
    Innsendingspost, Linjeavtrykk, Listenokkel, Niva, Sending, Skolestatus, Utfall,
};
use hendelse::Tenantnokkel;
use identitet::Politikk;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// What is known around a list when it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Omstendigheter<'a> {
    /// The moment.
    pub na: Timestamp,
    /// When the list came to be what it is.
    pub endret: Timestamp,
    /// The list's round, where there is one.
    pub runde: Option<&'a Innsamling>,
    /// When the round came to be what it is.
    pub runde_endret: Option<Timestamp>,
    /// What the receiver can do.
    pub mottaker: Egenskaper,
    /// Which identity numbers the receiver takes: for numbers that people enter.
    pub politikk: Politikk,
}

/// One pupil's part in an update of a list that the receiver has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linjeendring {
    /// The pupil.
    pub elev: Uuid,
    /// What happens to the pupil's line.
    pub slag: Endringsslag,
}

/// What a person must find out or do before the list can go on, and cannot be done by machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oppgave {
    /// Nobody knows whether the receiver has it: look in the receiver's own pages, and say what is there.
    FinnUtOmMottatt,
    /// The receiver says that it has a list. By our ledger only this one can be it, unless somebody else has delivered.
    BekreftAtDetErVar,
    /// The receiver says that it has a list, and nothing of ours can be it: somebody else has delivered.
    AnnenHarLevert,
}

/// Where a pupil is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plassering {
    /// The receiver has accepted the pupil as the line stands now.
    Sendt,
    /// Held back by somebody.
    Holdt {
        /// Why.
        grunn: String,
    },
    /// Routed to the intake office by hand.
    Manuelt {
        /// Why.
        grunn: String,
    },
    /// Something about the pupil stands in the way, or came too late.
    Avvik,
    /// Nothing stands in the way; the list is not delivered.
    Klar,
}

/// One line of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linjebilde {
    /// Index in the list's lines, from 0.
    pub linje: usize,
    /// Where the pupil is.
    pub plassering: Plassering,
    /// Deviations by our rules, and the receiver's remarks as long as the line is what they were made about.
    pub avvik: Vec<Avvik>,
}

/// What has happened since the receiver accepted the list. Empty while it has not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Etterendringer {
    /// Pupils on the list now and not then.
    pub nye: Vec<Uuid>,
    /// Pupils whose line is another now.
    pub endret: Vec<Uuid>,
    /// Pupils on the list then and not now.
    pub borte: Vec<Uuid>,
    /// How many were accepted and are protected now. Who is not said here.
    pub skjermet: usize,
}

impl Etterendringer {
    /// Whether nothing has happened.
    pub const fn er_tom(&self) -> bool {
        self.nye.is_empty() && self.endret.is_empty() && self.borte.is_empty() && self.skjermet == 0
    }
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listebilde {
    /// Which list.
    pub nokkel: Listenokkel,
    /// Where it stands.
    pub status: Skolestatus,
    /// Every line, in the list's order.
    pub plasseringer: Vec<Linjebilde>,
    /// Deviations of the list as a whole.
    pub avvik: Vec<Avvik>,
    /// What would be sent now, in order: not held back, not routed by hand.
    pub sendbare: Vec<Elevlinje>,
    /// Their fingerprints, in the same order.
    pub avtrykk: Vec<Linjeavtrykk>,
    /// The seal of what would be sent now.
    pub segl: String,
    /// The seal that was last approved.
    pub godkjent: Option<String>,
    /// The counts.
    pub avstemming: Avstemmingslinje,
    /// What has happened since acceptance.
    pub etter: Etterendringer,
    /// What of it the intake office must be told, since the receiver takes no update; and how far that has come.
    pub ettermeldinger: Vec<Ettermelding>,
    /// What an update would hold now, where the receiver takes one. Empty while it has no list.
    pub endringer: Vec<Linjeendring>,
    /// The receiver's tag of what it has.
    pub etag: Option<String>,
    /// What only a person can do.
    pub oppgave: Option<Oppgave>,
}

impl Listebilde {
    /// The intent to send what the picture shows, for the ledger. `idempotens` names the attempt at the receiver.
    pub fn intensjon(&self, mottaker: &str, sending: Sending, idempotens: Option<String>) -> Handling {
        Handling::Intensjon {
            segl: self.segl.clone(),
            mottaker: mottaker.to_owned(),
            linjer: self.avtrykk.clone(),
            oppdatering: sending == Sending::Oppdatering,
            idempotens,
        }
    }
}

/// Sees a list and its ledger together, under these circumstances.
pub fn bilde(
    liste: &Elevliste,
    poster: &[Innsendingspost],
    nokkel: &Tenantnokkel,
    rundt: &Omstendigheter<'_>,
) -> Listebilde {
    let bok = Hovedbok::les(poster);
    let avtrykk: Vec<_> = liste.linjer.iter().map(|linje| form::avtrykk(linje, nokkel)).collect();
    let plasseringer = plasser(liste, &avtrykk, &bok);

    let i_sending: Vec<usize> = (0..avtrykk.len()).filter(|&i| !bok.valg.contains_key(&avtrykk[i].elev)).collect();
    let sendbare: Vec<_> = i_sending.iter().map(|&i| liste.linjer[i].clone()).collect();
    let sendbare_avtrykk: Vec<_> = i_sending.iter().map(|&i| avtrykk[i].clone()).collect();
    let segl = form::segl(liste, &sendbare_avtrykk);

    let mut avvik = liste.avvik.clone();
    if sendbare.is_empty() {
        avvik.push(regler::brudd("EL-032", None));
    }
    if !liste.skjermede.is_empty() {
        avvik.push(regler::brudd("EL-033", Some(&liste.skjermede.len().to_string())));
    }
    let feil = har_feil(&avvik) || i_sending.iter().any(|&i| har_feil(&plasseringer[i].avvik));
    let status = match status(&bok, &segl, feil) {
        apen @ (Skolestatus::Avvik | Skolestatus::Klar | Skolestatus::Godkjent | Skolestatus::Avvist) => {
            if rundt.runde.is_some_and(|runde| runde.stenger <= rundt.na) { Skolestatus::Stengt } else { apen }
        }
        fast => fast,
    };
    if status != Skolestatus::Mottatt {
        avvik.push(regler::brudd("EL-030", None));
    }

    Listebilde {
        nokkel: liste.nokkel.clone(),
        status,
        avstemming: avstemming(liste, &plasseringer, status),
        etter: etter(liste, &avtrykk, &bok),
        ettermeldinger: Vec::new(),
        endringer: Vec::new(),
        etag: bok.mottatt().and_then(|f| f.svar?.etag).map(str::to_owned),
        oppgave: (status == Skolestatus::Uavklart).then_some(Oppgave::FinnUtOmMottatt),
        plasseringer,
        avvik,
        sendbare,
        avtrykk: sendbare_avtrykk,
        segl,
        godkjent: bok.godkjent().map(str::to_owned),
    }
}

fn har_feil(avvik: &[Avvik]) -> bool {
    avvik.iter().any(|a| a.niva == Niva::Feil)
}

/// Where the list stands: what the ledger says for certain comes first, the state of the list last.
fn status(bok: &Hovedbok<'_>, segl: &str, feil: bool) -> Skolestatus {
    if bok.mottatt().is_some() {
        return Skolestatus::Mottatt;
    }
    if bok.apent().is_some() {
        return Skolestatus::Sendes;
    }
    if bok.uavklart() {
        return Skolestatus::Uavklart;
    }
    let av_lista = match bok.godkjent() {
        _ if feil => Skolestatus::Avvik,
        Some(godkjent) if godkjent == segl => Skolestatus::Godkjent,
        _ => Skolestatus::Klar,
    };
    let Some((forsok, svar)) = bok.besvart().and_then(|f| Some((f, f.svar?))) else { return av_lista };
    let ny_godkjenning = !feil && bok.godkjent_etter(segl, &svar);
    match svar.utfall {
        Utfall::Stengt if !ny_godkjenning => Skolestatus::Stengt,
        Utfall::Avvist | Utfall::UkjentSkole | Utfall::AvvistUtenGrunn if forsok.segl == segl && !ny_godkjenning => {
            Skolestatus::Avvist
        }
        _ => av_lista,
    }
}

fn plasser<'a>(liste: &Elevliste, avtrykk: &'a [Linjeavtrykk], bok: &Hovedbok<'a>) -> Vec<Linjebilde> {
    let mottatt = bok.mottatt();
    let mut godtatt = mottatt.map(godtatte).unwrap_or_default();
    let merknader = bok.besvart().map(merknader).unwrap_or_default();
    let mut plasser = |linje: usize| {
        let (innhold, avtrykk) = (&liste.linjer[linje], &avtrykk[linje]);
        let nokkel = (avtrykk.elev, avtrykk.avtrykk.as_str());
        let mut avvik = innhold.avvik.clone();
        avvik.extend(merknader.get(&nokkel).into_iter().flatten().cloned());
        let sendt = godtatt.get_mut(&nokkel).filter(|antall| **antall > 0).map(|antall| *antall -= 1).is_some();
        let plassering = match bok.valg.get(&avtrykk.elev) {
            _ if sendt => Plassering::Sendt,
            Some(Valg::Holdt(grunn)) => Plassering::Holdt { grunn: (*grunn).to_owned() },
            Some(Valg::Manuelt(grunn)) => Plassering::Manuelt { grunn: (*grunn).to_owned() },
            None if mottatt.is_some() => {
                avvik.push(regler::brudd("EL-031", None));
                Plassering::Avvik
            }
            None if har_feil(&avvik) => Plassering::Avvik,
            None => Plassering::Klar,
        };
        Linjebilde { linje, plassering, avvik }
    };
    (0..avtrykk.len()).map(&mut plasser).collect()
}

type Linjenokkel<'a> = (Uuid, &'a str);

/// How often each line was accepted. A line that the receiver refused in a list it took is not among them.
fn godtatte<'a>(forsok: &Forsok<'a>) -> HashMap<Linjenokkel<'a>, usize> {
    let merknader = forsok.svar.map_or(&[][..], |s| s.merknader);
    let mut antall = HashMap::new();
    for (nr, linje) in (1..).zip(forsok.linjer) {
        if !merknader.iter().any(|m| m.linje == nr && m.feil) {
            *antall.entry((linje.elev, linje.avtrykk.as_str())).or_default() += 1;
        }
    }
    antall
}

/// The receiver's remarks, by the line they were made about.
fn merknader<'a>(forsok: &Forsok<'a>) -> HashMap<Linjenokkel<'a>, Vec<Avvik>> {
    let mut ved: HashMap<_, Vec<Avvik>> = HashMap::new();
    for merknad in forsok.svar.map_or(&[][..], |s| s.merknader) {
        let plass = usize::try_from(merknad.linje).ok().and_then(|n| n.checked_sub(1));
        let Some(linje) = plass.and_then(|plass| forsok.linjer.get(plass)) else { continue };
        let mut avvik = regler::for_merknad(&merknad.kode).brudd(Some(&merknad.kode));
        avvik.niva = if merknad.feil { Niva::Feil } else { Niva::Advarsel };
        let avvikene = ved.entry((linje.elev, linje.avtrykk.as_str())).or_default();
        if !avvikene.contains(&avvik) {
            avvikene.push(avvik);
        }
    }
    ved
}

fn avstemming(liste: &Elevliste, plasseringer: &[Linjebilde], status: Skolestatus) -> Avstemmingslinje {
    let skjermede = u32::try_from(liste.skjermede.len()).expect("a school has fewer than four billion pupils");
    let mut linje = Avstemmingslinje {
        skolenr: liste.nokkel.skolenr.clone(),
        kilde: skjermede,
        sendt: 0,
        holdt: 0,
        manuelt: skjermede,
        avvik: 0,
        status,
    };
    for plassert in plasseringer {
        linje.kilde += 1;
        *match plassert.plassering {
            Plassering::Sendt => &mut linje.sendt,
            Plassering::Holdt { .. } => &mut linje.holdt,
            Plassering::Manuelt { .. } => &mut linje.manuelt,
            Plassering::Avvik | Plassering::Klar => &mut linje.avvik,
        } += 1;
    }
    linje
}

/// What differs from the accepted list. A pupil who is held back or routed by hand is somebody's business already, and
/// neither new nor changed.
fn etter(liste: &Elevliste, avtrykk: &[Linjeavtrykk], bok: &Hovedbok<'_>) -> Etterendringer {
    let Some(forsok) = bok.mottatt() else { return Etterendringer::default() };
    let (da, na) = (ved_elev(forsok.linjer), ved_elev(avtrykk));
    let fri = |elev: &Uuid| !bok.valg.contains_key(elev);
    let mut etter = Etterendringer::default();
    for (elev, linjer) in na.iter().filter(|(elev, _)| fri(elev)) {
        match da.get(elev) {
            None => etter.nye.push(*elev),
            Some(linjer_da) if linjer_da != linjer => etter.endret.push(*elev),
            Some(_) => {}
        }
    }
    let uten_linje = da.keys().filter(|elev| !na.contains_key(elev));
    let (skjermet, borte): (Vec<Uuid>, Vec<Uuid>) = uten_linje.partition(|elev| liste.skjermede.contains(elev));
    (etter.skjermet, etter.borte) = (skjermet.len(), borte);
    etter
}

fn ved_elev(linjer: &[Linjeavtrykk]) -> BTreeMap<Uuid, BTreeSet<&str>> {
    let mut ved: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for linje in linjer {
        ved.entry(linje.elev).or_default().insert(linje.avtrykk.as_str());
    }
    ved
}

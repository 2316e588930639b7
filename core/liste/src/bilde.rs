//! The picture: the living list and its ledger seen together. Where does the list stand, where is each pupil, what would
//! be sent now?
//!
//! Every line is in exactly one place, so the counts always add up to what the source has:
//!
//! - *sendt*: the receiver accepted this pupil, and the line is what it was then;
//! - *holdt*, *manuelt*: somebody decided so, or the intake office has taken the change by hand; protected pupils, who have
//!   no line, are *manuelt* without a decision;
//! - *avvik*: all else. The line has a deviation of its own, or the list has one that it shares: it is not delivered.

mod endringer;
mod ettermelding;
mod oppgave;
mod plassering;
mod status;
mod uten;

pub use endringer::{Etterendringer, Linjeendring, forskjell};
pub use oppgave::Oppgave;
pub use plassering::{Linjebilde, Plassering};

use crate::hovedbok::{Forsok, Hovedbok, ved_elev};
use crate::{Mottakerregler, fiktiv, form, regler, steg};
use elevliste::{
    Avstemmingslinje, Avvik, Egenskaper, Elevlinje, Elevliste, Ettermelding, Handling, Innsamling, Innsendingspost,
    Linjeavtrykk, Listenokkel, Niva, Sending, Skolestatus, Utfall,
};
use hendelse::Tenantnokkel;
use identitet::Politikk;
use jiff::Timestamp;
use std::{collections::BTreeSet, fmt};
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
    /// What else it is particular about.
    pub regler: Mottakerregler,
}

/// The version that the receiver has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mottattbilde {
    /// Its seal.
    pub segl: String,
    /// The receiver's id of the submission.
    pub kvittering: Option<String>,
    /// Our signed receipt for it, as it was issued.
    pub bevis: Option<String>,
    /// When we knew that it was accepted.
    pub tidspunkt: Timestamp,
    /// How many pupils the receiver took.
    pub antall: usize,
    /// The number of the ledger's entry by which it was approved.
    pub godkjenning: Option<i64>,
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
    /// Whether any of it bars sending: an error of the list, or of a line that would be sent.
    pub feil: bool,
    /// What would be sent now, in order, with the numbers that people entered: not held back, not routed by hand.
    pub sendbare: Vec<Elevlinje>,
    /// Their fingerprints, in the same order.
    pub avtrykk: Vec<Linjeavtrykk>,
    /// What the receiver is to keep as it has it.
    frosne: Frosne,
    /// The seal of what the receiver has when it accepts what would be sent now.
    pub segl: String,
    /// The key of the attempt that sending it now would repeat: the last one, where it was this list and did not arrive.
    /// Should it arrive after all, the receiver sees one attempt and not two. None: sending it is an attempt of its own,
    /// with a key of its own.
    pub gjentas: Option<String>,
    /// The seal that was last approved, by somebody whose approval counts.
    pub godkjent: Option<String>,
    /// How the list differs from the one that was approved, where it does and the ledger knows what that one held: it was
    /// about to be sent once.
    pub siden_godkjent: Option<Vec<Linjeendring>>,
    /// Whether the approval of exactly this was taken back. The policy leaves the list to people then.
    pub tilbakekalt: bool,
    /// When the list last changed, or a person last acted on it.
    pub rort: Timestamp,
    /// When the policy `automatisk` is to approve it: the list is clean and has been still for long enough then.
    pub godkjennes: Option<Timestamp>,
    /// The counts.
    pub avstemming: Avstemmingslinje,
    /// The version that the receiver has.
    pub mottatt: Option<Mottattbilde>,
    /// What has happened since acceptance.
    pub etter: Etterendringer,
    /// What of it the intake office must be told, since no update can carry it; and how far that has come.
    pub ettermeldinger: Vec<Ettermelding>,
    /// What an update would hold now, where the receiver takes one. Empty while it has no list.
    pub endringer: Vec<Linjeendring>,
    /// The receiver's tag of what it has.
    pub etag: Option<String>,
    /// The seals of attempts that may be what the receiver has, the one that must be found out first.
    pub uavklarte: Vec<String>,
    /// Whether the receiver can be asked what became of it, and has not been.
    pub leses: bool,
    /// What only a person can do.
    pub oppgave: Option<Oppgave>,
    /// Pupils who are held back or routed by hand, whether they have a line now or not. Never a protected one.
    pub tatt_ut: BTreeSet<Uuid>,
    /// Pupils for whom a fictitious number was entered, whether it is used or not. Never a protected one.
    pub fiktive: BTreeSet<Uuid>,
    /// What the receiver can do.
    pub mottaker: Egenskaper,
    /// Which identity numbers it takes.
    pub politikk: Politikk,
}

/// Accepted lines of pupils about whom nothing is sent now. Who they are is not printed: a protected pupil is among them.
#[derive(Clone, PartialEq, Eq)]
struct Frosne(Vec<Linjeavtrykk>);

impl fmt::Debug for Frosne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frosne({})", self.0.len())
    }
}

impl Listebilde {
    /// The intent to send what the picture shows, for the ledger. `idempotens` names the attempt at the receiver.
    ///
    /// Its lines are those that are sent, in order, and then those that the receiver keeps as it has them.
    pub fn intensjon(&self, mottaker: &str, sending: Sending, idempotens: Option<String>) -> Handling {
        Handling::Intensjon {
            segl: self.segl.clone(),
            mottaker: mottaker.to_owned(),
            linjer: self.avtrykk.iter().chain(&self.frosne.0).cloned().collect(),
            oppdatering: sending == Sending::Oppdatering,
            idempotens,
        }
    }

    /// Whether the round is over at `na`.
    pub(crate) fn over(runde: Option<&Innsamling>, na: Timestamp) -> bool {
        runde.is_some_and(|runde| runde.stenger <= na)
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
    let liste = &*fiktiv::med_fiktive(liste, &bok.fiktive, rundt.politikk, &rundt.regler);
    let runde = rundt.runde.filter(|runde| runde.gjelder(&liste.nokkel));
    let avtrykk: Vec<_> = liste.linjer.iter().map(|linje| form::avtrykk(linje, nokkel)).collect();

    let mottatt = bok.mottatt();
    let stengt = Listebilde::over(runde, rundt.na);
    let oppdaterbar = mottatt.is_some() && rundt.mottaker.erstattbar && !stengt;
    let etterpa = endringer::etterpa(liste, &avtrykk, &bok, nokkel, oppdaterbar);
    let plasseringer = plassering::plasser(liste, &avtrykk, &bok, &etterpa.ettermeldinger);

    let i_sending: Vec<usize> = (0..avtrykk.len()).filter(|&i| !bok.valg.contains_key(&avtrykk[i].elev)).collect();
    let sendbare: Vec<_> = i_sending.iter().map(|&i| liste.linjer[i].clone()).collect();
    let sendbare_avtrykk: Vec<_> = i_sending.iter().map(|&i| avtrykk[i].clone()).collect();
    let frosne = if oppdaterbar { frosne(mottatt, liste, &bok) } else { Vec::new() };
    let alt: Vec<_> = sendbare_avtrykk.iter().chain(&frosne).cloned().collect();
    let segl = form::segl(liste, &alt);

    let mut avvik = liste.avvik.clone();
    if alt.is_empty() {
        avvik.push(regler::brudd("EL-032", None));
    }
    if !liste.skjermede.is_empty() {
        avvik.push(regler::brudd("EL-033", Some(&liste.skjermede.len().to_string())));
    }
    // What the receiver has already is not sent: an error about it bars nothing.
    let bunde = |&i: &usize| plasseringer[i].plassering != Plassering::Sendt && har_feil(&plasseringer[i].avvik);
    let feil = har_feil(&avvik) || i_sending.iter().any(bunde);
    let grunnlag = status::Grunnlag {
        segl: &segl,
        feil,
        stengt,
        runde,
        runde_endret: rundt.runde_endret,
        endret: !etterpa.endringer.is_empty(),
        erstattbar: rundt.mottaker.erstattbar,
    };
    let status = status::status(&bok, &grunnlag);
    if status != Skolestatus::Mottatt {
        avvik.push(regler::brudd(if mottatt.is_some() { "EL-034" } else { "EL-030" }, None));
    }

    let apne = |elev: &&Uuid| !liste.skjermede.contains(elev);
    let mut bilde = Listebilde {
        nokkel: liste.nokkel.clone(),
        status,
        avstemming: plassering::avstemming(liste, &plasseringer, status),
        feil,
        siden_godkjent: siden_godkjent(&bok, runde, &segl, &alt, liste),
        godkjent: bok.godkjent(runde).map(|(segl, _)| segl.to_owned()),
        tilbakekalt: bok.tilbakekalt,
        rort: bok.sist_av_person.map_or(rundt.endret, |person| person.max(rundt.endret)),
        godkjennes: None,
        mottatt: mottatt.and_then(mottattbilde),
        etter: etterpa.etter,
        ettermeldinger: etterpa.ettermeldinger,
        endringer: etterpa.endringer,
        etag: mottatt.and_then(|f| f.svar?.etag).map(str::to_owned),
        uavklarte: uavklarte(&bok),
        leses: rundt.mottaker.tilbakelesing
            && bok.uvisst().is_some_and(|forsok| forsok.utfall() == Some(&Utfall::Uavklart)),
        oppgave: oppgave::oppgave(&bok, status, rundt.mottaker),
        tatt_ut: bok.valg.keys().filter(apne).copied().collect(),
        fiktive: bok.fiktive.keys().filter(apne).copied().collect(),
        mottaker: rundt.mottaker,
        politikk: rundt.politikk,
        plasseringer,
        avvik,
        sendbare,
        avtrykk: sendbare_avtrykk,
        frosne: Frosne(frosne),
        gjentas: bok.gjentas(&segl).map(str::to_owned),
        segl,
    };
    bilde.godkjennes = runde.and_then(|runde| steg::policyens_tid(&bilde, runde));
    bilde
}

pub(crate) fn har_feil(avvik: &[Avvik]) -> bool {
    avvik.iter().any(|a| a.niva == Niva::Feil)
}

/// Accepted lines of pupils about whom nothing is to be sent: held back, routed by hand, or protected since.
fn frosne(mottatt: Option<&Forsok<'_>>, liste: &Elevliste, bok: &Hovedbok<'_>) -> Vec<Linjeavtrykk> {
    let frossen = |elev: &Uuid| bok.valg.contains_key(elev) || liste.skjermede.contains(elev);
    mottatt.into_iter().flat_map(Forsok::tatt).filter(|linje| frossen(&linje.elev)).cloned().collect()
}

fn mottattbilde(forsok: &Forsok<'_>) -> Option<Mottattbilde> {
    let svar = forsok.svar?;
    Some(Mottattbilde {
        segl: forsok.segl.to_owned(),
        kvittering: svar.kvittering.map(str::to_owned),
        bevis: svar.bevis.map(str::to_owned),
        tidspunkt: svar.tidspunkt,
        antall: ved_elev(forsok.tatt()).len(),
        godkjenning: forsok.godkjenning.and_then(|plass| i64::try_from(plass + 1).ok()),
    })
}

/// How what would be sent differs from what was approved, where it does and that is known.
fn siden_godkjent(
    bok: &Hovedbok<'_>,
    runde: Option<&Innsamling>,
    segl: &str,
    alt: &[Linjeavtrykk],
    liste: &Elevliste,
) -> Option<Vec<Linjeendring>> {
    let (godkjent, _) = bok.godkjent(runde).filter(|(godkjent, _)| *godkjent != segl)?;
    let da = bok.forsokene().iter().rev().find(|forsok| forsok.segl == godkjent)?;
    let mut endringer = forskjell(da.linjer, alt);
    endringer.retain(|endring| !liste.skjermede.contains(&endring.elev));
    Some(endringer)
}

fn uavklarte(bok: &Hovedbok<'_>) -> Vec<String> {
    let mut segl: Vec<String> = Vec::new();
    for forsok in bok.uvisst().into_iter().chain(bok.tvilsomme()) {
        if !segl.iter().any(|annet| annet == forsok.segl) {
            segl.push(forsok.segl.to_owned());
        }
    }
    segl
}

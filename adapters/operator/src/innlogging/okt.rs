//! Sessions: made at sign-in, found by a hash of what the browser holds, ended by time, by the person, or by the service.

use super::config::Oktoppsett;
use super::hjelp::{dekod, kode, sum, tilfeldig, tilfeldig_tekst};
use super::lager::{Lager, Tid};
use super::{Avvist, csrf};
use hendelse::Tenant;
use jiff::{SignedDuration, Timestamp};
use runtime::Omgivelse;
use runtime::adgang::{Adgang, Identitet, Omfang};
use runtime::brukere::{Brukerbok, Eier, Oppdrag};
use runtime::revisjon::{self, Hvem};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// How seldom it is written that a session is in use.
const RORT: SignedDuration = SignedDuration::from_mins(1);

/// Something that the person can be, and the entry among the invited that says so, where it is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mulighet {
    pub oppdrag: Oppdrag,
    pub bruker: Option<(Eier, Uuid)>,
}

/// A session as it is stored.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Lagret {
    /// A hash of the service and what it calls the person.
    pub person: String,
    pub navn: String,
    pub tilbyder: String,
    pub sid: Option<String>,
    csrf: String,
    startet: Timestamp,
    sist: Timestamp,
    pub muligheter: Vec<Mulighet>,
    pub valgt: Option<usize>,
    pub sprak: Option<String>,
}

impl Lagret {
    pub(super) fn hemmelig(&self) -> [u8; 32] {
        // A secret that cannot be read is one that nobody knows.
        dekod(&self.csrf).and_then(|b| b.try_into().ok()).unwrap_or_else(tilfeldig)
    }
}

/// What is known of the one who asks.
pub(super) enum Funn {
    /// Signed in.
    Inne(Box<Lagret>),
    /// Was signed in, until it became too late.
    Utlopt(Box<Lagret>),
    /// Nobody.
    Ingen,
}

/// Somebody who has just shown who he is.
pub(super) struct Nyinnlogget {
    pub person: String,
    pub navn: String,
    pub tilbyder: String,
    pub sid: Option<String>,
    pub muligheter: Vec<Mulighet>,
    pub sprak: Option<String>,
}

/// Somebody who is signed in, in one role.
#[derive(Clone)]
pub struct Okt {
    /// What the person may see and do.
    pub adgang: Arc<Adgang>,
    /// The chosen language: `nb`, `nn` or `en`.
    pub sprak: Option<String>,
    /// The person's name.
    pub navn: String,
    /// Whether there is another role to choose.
    pub kan_bytte: bool,
    /// When the session ends, used or not.
    pub utloper: Timestamp,
    /// The entry among the invited that gives the role, where it is one.
    pub bruker: Option<(Eier, Uuid)>,
    pub(super) person: String,
    hemmelig: [u8; 32],
}

impl std::fmt::Debug for Okt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Okt").field("rolle", &self.adgang.rolle).finish_non_exhaustive()
    }
}

impl Okt {
    /// A token for one form on one page.
    pub fn csrf(&self) -> String {
        csrf::token(&self.hemmelig)
    }

    /// Stands for this session and no other, and says nothing of it.
    pub(crate) fn merke(&self) -> [u8; 32] {
        Sha256::digest(self.hemmelig).into()
    }

    /// Whether a form's token belongs to this session.
    pub fn sjekk_csrf(&self, token: &str) -> Result<(), Avvist> {
        if csrf::gjelder(token, &self.hemmelig) { Ok(()) } else { Err(Avvist::Csrf) }
    }
}

/// All sessions.
pub(super) struct Okter {
    pub om: Omgivelse,
    pub lager: Lager,
    pub brukere: Brukerbok,
    pub oppsett: Oktoppsett,
}

pub(super) fn nokkel(id: &str) -> String {
    format!("okt.{}", sum(&[id]))
}

fn ute_person(person: &str) -> String {
    format!("ut.person.{person}")
}

fn ute_sid(tilbyder: &str, sid: &str) -> String {
    format!("ut.sid.{}", sum(&[tilbyder, sid]))
}

impl Okter {
    /// A new session, under an id that nobody has seen before.
    pub(super) async fn ny(&self, hvem: Nyinnlogget) -> Result<String, Avvist> {
        let na = self.om.clock.now();
        let Nyinnlogget { person, navn, tilbyder, sid, muligheter, sprak } = hvem;
        let valgt = (muligheter.len() == 1).then_some(0);
        let csrf = kode(&tilfeldig());
        self.lagre(Lagret { person, navn, tilbyder, sid, csrf, startet: na, sist: na, muligheter, valgt, sprak }).await
    }

    async fn lagre(&self, okt: Lagret) -> Result<String, Avvist> {
        if let Some(sid) = &okt.sid {
            self.lager.forste_gang(&format!("kjent.{}", ute_sid(&okt.tilbyder, sid)), okt.startet).await?;
        }
        if let Some(adgang) = adgang(&okt) {
            self.revider("revisjon.innlogging.inn", &adgang, &okt.tilbyder).await?;
        }
        let id = tilfeldig_tekst();
        self.lager.skriv(&nokkel(&id), &okt).await?;
        Ok(id)
    }

    /// The session of an id, if it lasts: by time, by the services, and by what the person still is. It is used when a person
    /// does something (`i_bruk`), and not when a page asks by itself.
    pub(super) async fn finn(&self, id: &str, i_bruk: bool) -> Result<Funn, Avvist> {
        let Some((okt, sett)) = self.lager.les::<Lagret>(&nokkel(id)).await? else { return Ok(Funn::Ingen) };
        let na = self.om.clock.now();
        if self.er_ute(&okt).await? {
            return Ok(Funn::Ingen);
        }
        if na >= okt.sist + self.oppsett.ubrukt() || na >= okt.startet + self.oppsett.lengst() {
            return Ok(Funn::Utlopt(Box::new(okt)));
        }
        if !self.har_fortsatt(&okt).await? {
            self.lager.fjern(&nokkel(id)).await?;
            return Ok(Funn::Ingen);
        }
        if i_bruk && na.duration_since(okt.sist) >= RORT {
            // Another request wrote the same just now, or the session was ended: nothing is lost by letting it be.
            self.lager.skriv_om(&nokkel(id), &Lagret { sist: na, ..okt.clone() }, sett).await?;
        }
        Ok(Funn::Inne(Box::new(okt)))
    }

    /// Whether the service has signed the person out since.
    async fn er_ute(&self, okt: &Lagret) -> Result<bool, Avvist> {
        let person = self.lager.les::<Tid>(&ute_person(&okt.person)).await?;
        let sid = match &okt.sid {
            Some(sid) => self.lager.les::<Tid>(&ute_sid(&okt.tilbyder, sid)).await?,
            None => None,
        };
        Ok(sid.is_some() || person.is_some_and(|(ut, _)| okt.startet <= ut.tid))
    }

    /// Whether somebody who was invited still is what he was.
    async fn har_fortsatt(&self, okt: &Lagret) -> Result<bool, Avvist> {
        let Some(valgt) = okt.valgt.and_then(|nr| okt.muligheter.get(nr)) else { return Ok(true) };
        let Some((eier, id)) = &valgt.bruker else { return Ok(true) };
        let bruker = self.brukere.en(eier, *id).await.map_err(|error| {
            tracing::warn!(%error, "people cannot be read");
            Avvist::Intern
        })?;
        Ok(bruker
            .is_some_and(|b| b.kobling.is_some_and(|k| k.avtrykk == okt.person) && b.oppdrag.contains(&valgt.oppdrag)))
    }

    /// What pages and routes see of a session. None until a role is chosen.
    pub(super) fn vis(&self, okt: &Lagret) -> Option<Okt> {
        Some(Okt {
            adgang: Arc::new(adgang(okt)?),
            sprak: okt.sprak.clone(),
            navn: okt.navn.clone(),
            kan_bytte: okt.muligheter.len() > 1,
            utloper: (okt.sist + self.oppsett.ubrukt()).min(okt.startet + self.oppsett.lengst()),
            bruker: okt.valgt.and_then(|nr| okt.muligheter.get(nr)).and_then(|m| m.bruker.clone()),
            person: okt.person.clone(),
            hemmelig: okt.hemmelig(),
        })
    }

    /// The same person in another role: a new id, the same end.
    pub(super) async fn velg(&self, id: &str, okt: Lagret, nr: usize) -> Result<String, Avvist> {
        if nr >= okt.muligheter.len() {
            return Err(Avvist::ValgUkjent);
        }
        let na = self.om.clock.now();
        let valgt = Lagret { valgt: Some(nr), csrf: kode(&tilfeldig()), sist: na, ..okt };
        if !self.har_fortsatt(&valgt).await? {
            return Err(Avvist::ValgUkjent);
        }
        self.lager.fjern(&nokkel(id)).await?;
        self.lagre(valgt).await
    }

    /// The person signs out here.
    pub(super) async fn avslutt(&self, id: &str, okt: &Lagret) -> Result<(), Avvist> {
        self.lager.fjern(&nokkel(id)).await?;
        match adgang(okt) {
            Some(adgang) => self.revider("revisjon.innlogging.ut", &adgang, &okt.tilbyder).await,
            None => Ok(()),
        }
    }

    /// Every session of a session at the service ends. False when it is none of ours.
    pub(super) async fn avslutt_sid(&self, tilbyder: &str, sid: &str) -> Result<bool, Avvist> {
        let nokkel = ute_sid(tilbyder, sid);
        if self.lager.les::<Tid>(&format!("kjent.{nokkel}")).await?.is_none() {
            return Ok(false);
        }
        self.lager.skriv(&nokkel, &Tid { tid: self.om.clock.now() }).await?;
        Ok(true)
    }

    /// Every session of a person ends.
    pub(super) async fn avslutt_person(&self, person: &str) -> Result<(), Avvist> {
        self.lager.skriv(&ute_person(person), &Tid { tid: self.om.clock.now() }).await
    }

    /// Writes to the logs that the role reaches.
    async fn revider(&self, typ: &str, adgang: &Adgang, tilbyder: &str) -> Result<(), Avvist> {
        #[derive(Serialize)]
        struct Post<'a> {
            hvem: Hvem,
            tilbyder: &'a str,
        }
        for tenant in logger(&adgang.omfang) {
            let post = Post { hvem: Hvem::from(adgang), tilbyder };
            revisjon::skriv(&self.om, &tenant, typ, &post).await.map_err(revisjonsfeil)?;
        }
        Ok(())
    }

    /// Writes that somebody was not let in, and why. Who it was is a hash.
    pub(super) async fn nektet(&self, person: &str, tilbyder: &str, hvorfor: Avvist) -> Result<(), Avvist> {
        #[derive(Serialize)]
        struct Post<'a> {
            hvem: &'a str,
            tilbyder: &'a str,
            kode: &'a str,
        }
        let post = Post { hvem: person_id(person), tilbyder, kode: hvorfor.kode() };
        let typ = "revisjon.innlogging.nektet";
        revisjon::skriv(&self.om, &Tenant::felles(), typ, &post).await.map_err(revisjonsfeil)
    }
}

fn revisjonsfeil(error: runtime::Stopp) -> Avvist {
    tracing::warn!(%error, "the audit log cannot be written");
    Avvist::Intern
}

/// What names a person in ledgers and logs.
fn person_id(person: &str) -> &str {
    person.get(..32).unwrap_or(person)
}

fn adgang(okt: &Lagret) -> Option<Adgang> {
    let Oppdrag { rolle, omfang, pa_vegne_av, bare_lese } = okt.muligheter.get(okt.valgt?)?.oppdrag.clone();
    let hvem = Arc::new(Identitet { id: person_id(&okt.person).to_owned(), navn: okt.navn.clone() });
    Some(Adgang { hvem, rolle, omfang, pa_vegne_av, bare_lese })
}

fn logger(omfang: &Omfang) -> BTreeSet<Tenant> {
    match omfang {
        Omfang::Skoler(skoler) => skoler.iter().map(|s| s.tenant.clone()).collect(),
        Omfang::Tenanter(tenanter) => tenanter.clone(),
        Omfang::Fylker(fylker) => fylker.iter().map(|f| revisjon::fylkets(*f)).collect(),
    }
}

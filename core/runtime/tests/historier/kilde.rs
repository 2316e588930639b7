//! A school system in memory that pages as real ones do, and has their faults.

use async_trait::async_trait;
use flow::{Cursor, Observed, Page, Presence, Progress, Refused, Source, SourceError, Vannmerker};
use hendelse::Kildeobjekt;
use jiff::{SignedDuration, Timestamp};
use oneroster::Status;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

/// The types, in the order in which they are read.
pub const TYPER: [&str; 5] = ["org", "academicSession", "class", "user", "enrollment"];

/// Type and the source's own id.
pub type Id = (&'static str, String);
/// What is there, by id.
pub type Falsk = BTreeMap<Id, Kildeobjekt>;

/// What goes wrong in a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feil {
    /// The source says itself that it was torn, so many times.
    Revet(u32),
    /// The page after this one is the same once more.
    Gjentatt(usize),
    /// Rows that slip away at page borders.
    Mistet(BTreeSet<Id>),
    /// A type is answered with nothing.
    Tom(&'static str),
    /// No answer at this page.
    Taus(usize),
    /// A row that cannot be read stands in the place of this one.
    Uleselig(Id),
    /// A quota that lasts for one page: each of these pages is refused once, with a wait.
    Kvote(BTreeSet<usize>),
    /// The answer is as it was yesterday.
    Gammel,
    /// One row has another content the second time that its page comes.
    Flakkende(usize),
}

#[derive(Clone)]
struct Rad {
    objekt: Kildeobjekt,
    endret: Timestamp,
    der: bool,
}

/// The source's state.
#[derive(Default)]
pub struct Tilstand {
    rader: BTreeMap<Id, Rad>,
    i_gar: BTreeMap<Id, Rad>,
    liv: BTreeMap<Id, Vec<(u64, bool)>>,
    pub na: Timestamp,
    pub feil: Vec<Feil>,
    side: usize,
    slatt_opp: usize,
}

/// A source that behaves as it is told.
#[derive(Default)]
pub struct Lunefull(Mutex<Tilstand>);

impl Tilstand {
    /// A new day: what stands now is yesterday's.
    pub fn ny_dag(&mut self, na: Timestamp, side: usize) {
        self.i_gar = self.rader.clone();
        (self.na, self.side) = (na, side);
        self.feil.clear();
    }

    fn lev(&mut self, id: &Id, der: bool) {
        let na = self.na.as_second().try_into().unwrap();
        self.liv.entry(id.clone()).or_default().push((na, der));
    }

    /// Adds or changes.
    pub fn legg(&mut self, objekt: Kildeobjekt) {
        let id = (objekt.typenavn(), objekt.kildeid().to_owned());
        self.lev(&id, true);
        self.rader.insert(id, Rad { objekt, endret: self.na, der: true });
    }

    /// Removes without a word.
    pub fn slett(&mut self, id: &Id) {
        self.lev(id, false);
        self.rader.remove(id);
    }

    /// Marks as removed.
    pub fn merk_slettet(&mut self, id: &Id) {
        self.lev(id, false);
        let na = self.na;
        let rad = self.rader.get_mut(id).unwrap();
        (rad.der, rad.endret) = (false, na);
    }

    /// Gives one thing a time of change.
    pub fn dater(&mut self, id: &Id, endret: Timestamp) {
        self.rader.get_mut(id).unwrap().endret = endret;
    }

    /// Gives everything a new time of change.
    pub fn redater(&mut self) {
        let na = self.na;
        self.rader.values_mut().for_each(|r| r.endret = na);
    }

    /// What is there of a type.
    pub fn av(&self, typ: &str) -> Vec<Kildeobjekt> {
        self.rader.iter().filter(|((t, _), r)| *t == typ && r.der).map(|(_, r)| r.objekt.clone()).collect()
    }

    /// Whether something is there, marked as removed or not.
    pub fn har(&self, id: &Id) -> bool {
        self.rader.contains_key(id)
    }

    fn observert(rad: &Rad) -> Observed {
        let status = if rad.der { Status::Active } else { Status::Tobedeleted };
        Observed { status, modified: Some(rad.endret), objekt: rad.objekt.clone() }
    }

    fn les(&mut self, cursor: &Cursor) -> Result<Page, SourceError> {
        let (nummer, gjentatt) = match cursor.0.split_once(':') {
            Some((nummer, gjentatt)) => (nummer.parse().unwrap(), gjentatt == "1"),
            None => (0_usize, false),
        };
        let revet = self.feil.iter_mut().find_map(|f| match f {
            Feil::Revet(n) if *n > 0 && nummer > 0 => Some(n),
            _ => None,
        });
        if let Some(n) = revet {
            *n -= 1;
            return Err(SourceError::Torn { system: "falsk".into(), samling: "users", hint: "it moved".into() });
        }
        let brems =
            self.feil.iter_mut().any(|f| if let Feil::Kvote(sider) = f { sider.remove(&nummer) } else { false });
        if brems {
            return Err(SourceError::Throttled { system: "falsk".into(), wait: std::time::Duration::from_millis(1) });
        }
        if self.feil.contains(&Feil::Taus(nummer)) {
            return Err(SourceError::Unreachable { system: "falsk".into(), hint: "status 502".into() });
        }
        let rader = if self.feil.contains(&Feil::Gammel) { &self.i_gar } else { &self.rader };
        let (mut observed, mut refused) = (vec![], vec![]);
        let i_rekkefolge = TYPER.iter().flat_map(|typ| rader.iter().filter(move |((t, _), _)| t == typ));
        let vises = i_rekkefolge.filter(|(id, _)| {
            !self.feil.iter().any(|f| matches!(f, Feil::Tom(typ) if *typ == id.0))
                && !self.feil.iter().any(|f| matches!(f, Feil::Mistet(mistet) if mistet.contains(id)))
        });
        let vises: Vec<_> = vises.collect();
        let siste = (nummer + 1) * self.side >= vises.len();
        for (id, rad) in vises.into_iter().skip(nummer * self.side).take(self.side) {
            if self.feil.contains(&Feil::Uleselig(id.clone())) {
                let (code, field) = ("missing-sourced-id", format!("{}[{nummer}]", id.0));
                refused.push(Refused { samling: id.0, code, field, raw: b"{}".to_vec() });
            } else {
                observed.push(Self::observert(rad));
            }
        }
        if gjentatt && self.feil.contains(&Feil::Flakkende(nummer)) {
            observed.iter_mut().for_each(|o| o.status = Status::Tobedeleted);
        }
        let igjen =
            !gjentatt && self.feil.iter().any(|f| matches!(f, Feil::Gjentatt(n) | Feil::Flakkende(n) if *n == nummer));
        let (next, progress) = match (igjen, siste) {
            (true, _) => (Cursor(format!("{nummer}:1")), Progress::More),
            (false, false) => (Cursor(format!("{}:0", nummer + 1)), Progress::More),
            (false, true) => (Cursor::default(), Progress::Complete(TYPER.to_vec())),
        };
        Ok(Page { observed, refused, findings: vec![], next, progress, expected: None })
    }

    fn endringer(&self, siden: &Vannmerker) -> Page {
        let overlapp = SignedDuration::from_secs(1);
        let nye = self.rader.iter().filter(|((typ, _), r)| siden.get(typ).is_none_or(|t| r.endret + overlapp >= *t));
        let observed = nye.map(|(_, r)| Self::observert(r)).collect();
        let (next, progress) = (Cursor::default(), Progress::Complete(TYPER.to_vec()));
        Page { observed, refused: vec![], findings: vec![], next, progress, expected: None }
    }
}

impl Lunefull {
    pub fn tilstand(&self) -> MutexGuard<'_, Tilstand> {
        self.0.lock().unwrap()
    }

    /// What is there now.
    pub fn sannhet(&self) -> Falsk {
        let t = self.tilstand();
        t.rader.iter().filter(|(_, r)| r.der).map(|(id, r)| (id.clone(), r.objekt.clone())).collect()
    }

    /// How often something was looked up.
    pub fn slatt_opp(&self) -> usize {
        self.tilstand().slatt_opp
    }

    /// When everything came and went, in order.
    pub fn liv(&self) -> BTreeMap<Id, Vec<(u64, bool)>> {
        self.tilstand().liv.clone()
    }
}

#[async_trait]
impl Source for Lunefull {
    fn name(&self) -> &'static str {
        "vigilo"
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        self.tilstand().les(after)
    }

    async fn changes(&self, since: &Vannmerker, _after: &Cursor) -> Result<Option<Page>, SourceError> {
        Ok(Some(self.tilstand().endringer(since)))
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        let id = (objekt.typenavn(), objekt.kildeid().to_owned());
        let mut t = self.tilstand();
        t.slatt_opp += 1;
        let der = t.rader.get(&id).is_some_and(|r| r.der);
        Ok(if der { Presence::Present } else { Presence::Gone })
    }
}

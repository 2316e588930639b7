//! The report of a hold: counts, schools, examples and what it looks like. Schools are named, pupils are not.

use super::dom::Sak;
use super::flytting::skoler;
use super::gate::{Typetall, Utlost};
use super::hold::{Arsak, Eksempel, Hold, Skoletall};
use super::innhold::Innhold;
use super::minne::{Nokkel, USER};
use super::{Kildelop, forklaring};
use crate::Stopp;
use hendelse::Kildeobjekt;
use kodeverk::{Skolear, Trinn};
use oneroster::{AcademicSession, Objekt, Org, User};
use std::collections::{BTreeMap, BTreeSet};

/// As many changed objects are compared with what they were, to see what the change looks like.
const PROVE: usize = 400;
/// Examples of each type.
const EKSEMPLER: usize = 5;
/// Schools in a report. A county has fewer.
const SKOLER: usize = 500;

/// What a sample of the change looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Kjennetegn {
    /// A school year appears that is later than all that were known.
    nytt_skolear: bool,
    /// Changed pupils in the sample, and how many of them are one grade up.
    elever: usize,
    opp: usize,
    /// Changed objects in the sample, and how many of them differ in dates only.
    endret: usize,
    bare_datoer: usize,
}

/// A school: its name, and its number where the source gives one.
type Skole = (String, Option<String>);

impl Kildelop {
    /// Describes what is held.
    pub(super) async fn rapport(&self, sak: &Sak, digest: String, for_: Option<Hold>) -> Result<Hold, Stopp> {
        let holdt = sak.holdt();
        let endret: Vec<Nokkel> = holdt.iter().filter(|(_, hva)| **hva == "endret").map(|(n, _)| *n).collect();
        let prove: BTreeSet<Nokkel> = endret.iter().step_by(endret.len().div_ceil(PROVE).max(1)).copied().collect();
        let borte = holdt.iter().filter(|(n, hva)| n.typ() == USER && **hva != "endret").map(|(n, _)| *n);
        let mut innhold = Innhold::av(&self.om, &self.kilde.tenant, &self.kilde.navn);
        let for_dette = innhold.noen(&borte.chain(prove.iter().copied()).collect()).await?;
        let mut orger = BTreeMap::new();
        let mut skolear = BTreeSet::new();
        innhold.alle("org.*", |_| true, |_, objekt| ta_org(&objekt, &mut orger)).await?;
        innhold.alle("academicSession.*", |_| true, |_, objekt| skolear.extend(ta_skolear(&objekt))).await?;
        let siste = skolear.last().copied();
        let mut kjennetegn = Kjennetegn::default();
        for (nokkel, endring) in &sak.utkast.endringer {
            let ny = matches!(nokkel.typ(), "org" | "academicSession") && endring.data.is_some();
            if ny && let Some(objekt) = sak.objekt(nokkel)? {
                ta_org(&objekt, &mut orger);
                kjennetegn.nytt_skolear |= ta_skolear(&objekt) > siste.filter(|_| siste.is_some());
            }
        }
        for nokkel in &prove {
            if let (Some(gammel), Some(ny)) = (for_dette.get(nokkel), sak.objekt(nokkel)?) {
                kjennetegn.sammenlign(gammel, &ny);
            }
        }
        let arsak = arsak(&sak.tall, &sak.utlost, &kjennetegn);
        let typer: BTreeMap<String, Typetall> = sak.tall.iter().map(|(typ, t)| ((*typ).to_owned(), *t)).collect();
        let forklaring = forklaring::forklar(self.kilde.navn.as_str(), arsak, &typer, &sak.utlost, for_.as_ref());
        Ok(Hold {
            digest,
            opprettet: self.om.clock.now(),
            lesninger: 1,
            typer,
            utlost: sak.utlost.clone(),
            skoler: per_skole(sak, &holdt, &for_dette, &orger)?,
            eksempler: eksempler(sak, &holdt, &for_dette, &orger)?,
            arsak,
            forklaring,
            avgjorelse: None,
        })
    }
}

fn ta_org(objekt: &Kildeobjekt, orger: &mut BTreeMap<String, Skole>) {
    if let Kildeobjekt::Roster(Objekt::Org(Org { sourced_id, name, identifier, vigo_id, .. })) = objekt {
        let nummer = identifier.clone().or_else(|| vigo_id.clone());
        orger.insert(sourced_id.vis().clone(), (name.clone(), nummer));
    }
}

fn ta_skolear(objekt: &Kildeobjekt) -> Option<Skolear> {
    let Kildeobjekt::Roster(Objekt::AcademicSession(AcademicSession { school_year, start_date, .. })) = objekt else {
        return None;
    };
    let sagt = school_year.as_deref().and_then(|ar| Skolear::fra_oneroster(ar).ok());
    sagt.or_else(|| Skolear::try_from((*start_date)?).ok())
}

/// A pupil as shown now, else as known before.
fn elev(sak: &Sak, nokkel: &Nokkel, for_: &BTreeMap<Nokkel, Kildeobjekt>) -> Result<Option<User>, Stopp> {
    if let Some(user) = sak.user(nokkel)? {
        return Ok(Some(user));
    }
    Ok(match for_.get(nokkel) {
        Some(Kildeobjekt::Roster(Objekt::User(user))) => Some(user.clone()),
        _ => None,
    })
}

fn skole<'a>(user: &User, orger: &'a BTreeMap<String, Skole>) -> Option<&'a Skole> {
    skoler(user).into_iter().find_map(|org| orger.get(org))
}

fn per_skole(
    sak: &Sak,
    holdt: &BTreeMap<Nokkel, &'static str>,
    for_: &BTreeMap<Nokkel, Kildeobjekt>,
    orger: &BTreeMap<String, Skole>,
) -> Result<Vec<Skoletall>, Stopp> {
    let nye = sak.utkast.endringer.iter().filter(|(_, e)| !e.kjent).map(|(n, _)| (n, "ny"));
    let mut tall: BTreeMap<Option<&Skole>, [u64; 3]> = BTreeMap::new();
    for (nokkel, hva) in nye.chain(holdt.iter().map(|(n, hva)| (n, *hva))).filter(|(n, _)| n.typ() == USER) {
        let user = elev(sak, nokkel, for_)?;
        let skole = user.as_ref().and_then(|u| skole(u, orger));
        let plass = match hva {
            "ny" => 0,
            "endret" => 1,
            _ => 2,
        };
        tall.entry(skole).or_default()[plass] += 1;
    }
    let mut ut: Vec<Skoletall> = tall
        .into_iter()
        .map(|(skole, [nye, endret, borte])| {
            let (navn, nummer) = skole.cloned().map_or((None, None), |(navn, nummer)| (Some(navn), nummer));
            Skoletall { navn, nummer, nye, endret, borte }
        })
        .collect();
    ut.sort_by_key(|s| std::cmp::Reverse((s.borte, s.endret, s.nye)));
    ut.truncate(SKOLER);
    Ok(ut)
}

fn eksempler(
    sak: &Sak,
    holdt: &BTreeMap<Nokkel, &'static str>,
    for_: &BTreeMap<Nokkel, Kildeobjekt>,
    orger: &BTreeMap<String, Skole>,
) -> Result<Vec<Eksempel>, Stopp> {
    let mut antall: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut ut = Vec::new();
    for (nokkel, hva) in holdt {
        let sett = antall.entry((nokkel.typ(), hva)).or_default();
        if *sett < EKSEMPLER {
            *sett += 1;
            let user = if nokkel.typ() == USER { elev(sak, nokkel, for_)? } else { None };
            let skole = user.as_ref().and_then(|u| skole(u, orger)).map(|(navn, _)| navn.clone());
            let (typ, k, hva) = (nokkel.typ().to_owned(), nokkel.k.to_string(), (*hva).to_owned());
            ut.push(Eksempel { typ, k, hva, skole });
        }
    }
    Ok(ut)
}

impl Kjennetegn {
    fn sammenlign(&mut self, gammel: &Kildeobjekt, ny: &Kildeobjekt) {
        let (Kildeobjekt::Roster(gammel), Kildeobjekt::Roster(ny)) = (gammel, ny) else { return };
        self.endret += 1;
        self.bare_datoer += usize::from(uten_datoer(gammel.clone()) == uten_datoer(ny.clone()));
        if let (Objekt::User(gammel), Objekt::User(ny)) = (gammel, ny) {
            self.elever += 1;
            let opp = trinn(gammel).zip(trinn(ny)).is_some_and(|(for_, na)| na == for_ + 1);
            self.opp += usize::from(opp);
        }
    }

    const fn de_fleste_rykker_opp(&self) -> bool {
        self.elever > 0 && self.opp * 2 >= self.elever
    }
}

fn trinn(user: &User) -> Option<u8> {
    user.grades.iter().filter_map(|g| g.trim().parse::<Trinn>().ok()).map(Trinn::tall).min()
}

fn uten_datoer(mut objekt: Objekt) -> Objekt {
    match &mut objekt {
        Objekt::AcademicSession(s) => (s.start_date, s.end_date) = (None, None),
        Objekt::Enrollment(e) => (e.begin_date, e.end_date) = (None, None),
        Objekt::User(u) => u.roles.iter_mut().for_each(|r| (r.begin_date, r.end_date) = (None, None)),
        Objekt::Org(_) | Objekt::Class(_) => {}
    }
    objekt
}

/// What the change looks like.
fn arsak(tall: &BTreeMap<&'static str, Typetall>, utlost: &[Utlost], kjennetegn: &Kjennetegn) -> Arsak {
    let av = |typ| tall.get(typ).copied().unwrap_or_default();
    let byttes_ut = |t: Typetall| t.hadde > 0 && t.borte() * 2 >= t.hadde && t.nye * 2 >= t.hadde;
    let elever = av(USER);
    let elevene_blir = elever.hadde > 0 && elever.borte() * 2 < elever.hadde;
    let nye_klasser = byttes_ut(av("enrollment")) || byttes_ut(av("class"));
    if elevene_blir && (nye_klasser || kjennetegn.de_fleste_rykker_opp()) {
        return Arsak::Skolearsskifte;
    }
    if elevene_blir && kjennetegn.nytt_skolear && utlost.iter().all(|u| matches!(&*u.typ, "class" | "enrollment")) {
        return Arsak::Skolearsskifte;
    }
    if kjennetegn.endret > 0 && kjennetegn.bare_datoer * 10 >= kjennetegn.endret * 9 {
        return Arsak::Redatering;
    }
    let bare_borte = utlost.iter().all(|u| u.hva.gjelder_borte() && av_navn(tall, &u.typ).nye * 2 < u.antall);
    if bare_borte { Arsak::Krymping } else { Arsak::Masseendring }
}

fn av_navn(tall: &BTreeMap<&'static str, Typetall>, typ: &str) -> Typetall {
    tall.get(typ).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::gate::Utlosning;
    use super::*;

    fn utlost(typ: &str, hva: Utlosning, antall: u64) -> Vec<Utlost> {
        vec![Utlost { typ: typ.into(), hva, antall, grense: 0 }]
    }

    const T: Typetall = Typetall { hadde: 900, vist: 900, nye: 0, endret: 0, fjernet: 0, savnet: 0 };

    #[test]
    fn a_new_school_year_is_known_by_its_memberships_or_by_its_grades() {
        let borte = utlost("enrollment", Utlosning::Borte, 900);
        let tall =
            [("user", Typetall { nye: 100, savnet: 95, ..T }), ("enrollment", Typetall { nye: 900, savnet: 900, ..T })];
        assert_eq!(arsak(&tall.into(), &borte, &Kjennetegn::default()), Arsak::Skolearsskifte);
        let endret = utlost("user", Utlosning::Endret, 850);
        let tall = [("user", Typetall { endret: 850, ..T })].into();
        let opp = Kjennetegn { elever: 400, opp: 390, endret: 400, ..Kjennetegn::default() };
        assert_eq!(arsak(&tall, &endret, &opp), Arsak::Skolearsskifte);
        let alt_nytt = [
            ("user", Typetall { nye: 900, savnet: 900, ..T }),
            ("enrollment", Typetall { nye: 900, savnet: 900, ..T }),
        ];
        assert_ne!(
            arsak(&alt_nytt.into(), &borte, &Kjennetegn::default()),
            Arsak::Skolearsskifte,
            "the pupils do not stay"
        );
    }

    #[test]
    fn dates_shrinking_and_the_rest() {
        let endret = utlost("enrollment", Utlosning::Endret, 850);
        let tall = [("enrollment", Typetall { endret: 850, ..T })].into();
        let datoer = Kjennetegn { endret: 100, bare_datoer: 90, ..Kjennetegn::default() };
        assert_eq!(arsak(&tall, &endret, &datoer), Arsak::Redatering);
        assert_eq!(arsak(&tall, &endret, &Kjennetegn { endret: 100, ..Kjennetegn::default() }), Arsak::Masseendring);
        let borte = utlost("user", Utlosning::Borte, 200);
        let tall = [("user", Typetall { savnet: 200, ..T })].into();
        assert_eq!(arsak(&tall, &borte, &Kjennetegn::default()), Arsak::Krymping);
        let byttet = [("user", Typetall { savnet: 200, nye: 200, ..T })].into();
        assert_eq!(arsak(&byttet, &borte, &Kjennetegn::default()), Arsak::Masseendring);
    }
}

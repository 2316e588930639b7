//! KA-03x to KA-06x: user, role and enrollment → Elevforhold, Tillegg, Klassemedlemskap, Elev, Person.

use super::Mapped;
use crate::{navn, oppslag::Ar, poster::Brukerpost, poster::Innmelding};
use fint::tillegg::{Adressebeskyttelse, Elevtillegg, Registermerknad};
use fint::{Elev, Elevforhold, Identifikator, Klassemedlemskap, Lenke, Periode, Person, Skole, Skolear};
use hendelse::Kildenavn;
use identitet::Skjermet;
use jiff::civil::Date;
use oneroster::Role;
use uuid::Uuid;

/// What is known around a role.
pub(crate) struct Elevforholdsted<'a> {
    pub(crate) id: Uuid,
    pub(crate) elev: Uuid,
    pub(crate) skole: Uuid,
    pub(crate) skolens_navn: &'a str,
    /// The first of the pupil's classes there.
    pub(crate) klasse: Option<&'a str>,
    pub(crate) ar: Ar,
    /// Whether it is the pupil's main school, where that can be told.
    pub(crate) hovedskole: Option<bool>,
}

/// KA-030, for a role at a school that exists.
pub(crate) fn elevforhold(role: &Role, om: &Elevforholdsted<'_>) -> Mapped<Elevforhold> {
    let beskrivelse = Elevforhold::beskrivelse_av(om.klasse, om.skolens_navn);
    let elev = Lenke::til::<Elev>(om.elev.to_string());
    let skole = Lenke::til::<Skole>(om.skole.to_string());
    let mut forhold = Elevforhold::ny(Identifikator::ny(om.id.to_string()), beskrivelse, elev, skole);
    forhold.hovedskole = om.hovedskole;
    forhold.skolear = om.ar.skolear().map(|ar| Lenke::til::<Skolear>(ar.to_string()));
    let (periode, ordnet) = periode(role.begin_date, role.end_date, om.ar);
    forhold.gyldighetsperiode = periode;
    let mut ut = Mapped::ren(forhold);
    if !matches!(om.ar, Ar::Sagt(_)) {
        ut.avvik("KA-032", "classes");
    }
    if !ordnet {
        ut.avvik("KA-033", "endDate");
    }
    ut
}

/// What Folkeregisteret says that an Elevtillegg tells.
#[derive(Default)]
pub(crate) struct Registersvar {
    pub(crate) adressebeskyttelse: Adressebeskyttelse,
    /// None where there is no answer.
    pub(crate) merknader: Option<Vec<Registermerknad>>,
}

/// KA-035.
pub(crate) fn tillegg(
    post: &Brukerpost,
    om: &Elevforholdsted<'_>,
    kilde: &Kildenavn,
    svar: Registersvar,
) -> Mapped<Elevtillegg> {
    Mapped::ren(Elevtillegg {
        elevforhold: om.id,
        elev: om.elev,
        trinn: post.user.grades.clone(),
        kilde: kilde.to_string(),
        kilde_endret: post.endret,
        adressebeskyttelse: svar.adressebeskyttelse,
        register: svar.merknader,
    })
}

/// What is known around an enrollment.
pub(crate) struct Medlemskapssted {
    pub(crate) id: Uuid,
    pub(crate) elevforhold: Uuid,
    pub(crate) ar: Ar,
}

/// KA-040, for an enrollment whose ends exist.
pub(crate) fn klassemedlemskap(innmelding: &Innmelding, om: &Medlemskapssted) -> Mapped<Klassemedlemskap> {
    let elevforhold = Lenke::til::<Elevforhold>(om.elevforhold.to_string());
    let klasse = Lenke::til::<fint::Klasse>(innmelding.klasse.to_string());
    let mut medlemskap = Klassemedlemskap::ny(Identifikator::ny(om.id.to_string()), elevforhold, klasse);
    let (periode, ordnet) = periode(innmelding.start, innmelding.slutt, om.ar);
    medlemskap.gyldighetsperiode = periode;
    let mut ut = Mapped::ren(medlemskap);
    if !ordnet {
        ut.avvik("KA-033", "endDate");
    }
    ut
}

/// KA-041 to KA-043: the first thing that an enrollment lacks.
pub(crate) fn manglende_medlemskap(har_klasse: bool, har_bruker: bool) -> Mapped<Klassemedlemskap> {
    match (har_klasse, har_bruker) {
        (false, _) => Mapped::ingen("KA-041", "class"),
        (true, false) => Mapped::ingen("KA-042", "user"),
        (true, true) => Mapped::ingen("KA-043", "school"),
    }
}

/// KA-050. The link to the Person is by its number, as FINT has it.
pub(crate) fn elev(elev: Uuid, nummer: Option<&Skjermet<String>>) -> Mapped<Elev> {
    let id = elev.to_string();
    let person = Lenke::til::<Person>(fodselsnummer(nummer, &id).verdi());
    Mapped::ren(Elev::ny(Identifikator::ny(id), person))
}

/// KA-060. `nummer` is the number that the person has now, `registerets` the name that Folkeregisteret has.
pub(crate) fn person(
    elev: Uuid,
    post: &Brukerpost,
    nummer: Option<&Skjermet<String>>,
    registerets: Option<&folkeregister::Personnavn>,
) -> Mapped<Person> {
    let mut navn = navn::skolens(&post.user);
    let annet_navn = registerets.filter(|registerets| navn::er_et_annet(Some(registerets), &navn));
    if let Some(registerets) = annet_navn {
        navn = navn::skrevet(registerets, &navn);
    }
    let fullt = navn.er_fullt();
    let person = Person::ny(fodselsnummer(nummer, &elev.to_string()), navn);
    let mangler = person.kildens_nummer().is_none();
    let mut ut = Mapped::ren(person);
    if mangler {
        ut.avvik("KA-061", "identifier");
    } else if post.nummer.is_none() {
        ut.avvik("KA-062", "identifier");
    }
    if !fullt {
        ut.avvik("KA-063", "name");
    }
    if nummer != post.user.identifier.as_ref() {
        ut.avvik("KA-064", "identifier");
    }
    if annet_navn.is_some() {
        ut.avvik("KA-065", "name");
    }
    ut
}

fn fodselsnummer(nummer: Option<&Skjermet<String>>, elev: &str) -> Identifikator {
    Person::fodselsnummer_av(nummer.map(|n| n.vis().as_str()), elev)
}

/// A period of whole days, and whether its ends were in order. OneRoster's end is the day after the last day.
fn periode(start: Option<Date>, slutt: Option<Date>, ar: Ar) -> (Option<Periode>, bool) {
    let siste = slutt.map(|slutt| slutt.yesterday().unwrap_or(slutt));
    let arets_start = ar.skolear().map(|ar| ar.forste_dag());
    let fra = start.or(arets_start).or(siste);
    let ordnet = siste.is_none_or(|siste| fra.is_none_or(|fra| fra <= siste));
    let siste = siste.filter(|_| ordnet);
    (fra.and_then(|fra| Periode::av(start, siste, fra)), ordnet)
}

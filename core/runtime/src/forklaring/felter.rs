//! Each field of a line, and the source field that it is from.

use super::mappe::{Kildehistorie, Klassegang, Mappe};
use elevliste::{Elevlinje, Handling, Innsendingspost, Skolereferanse};
use fint::Personnavn;
use folkeregister::Registerperson;
use identitet::{Skjermet, klassifiser};
use jiff::Timestamp;
use kodeverk::Vigoskole;
use liste::forklaring::{Feltspor, Fiktivspor, Kildespor};
use mapping::forklaring::{self, Kildefelt, Navnedel};
use oneroster::{Org, User};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a line is explained by.
pub(super) struct Grunnlag<'a> {
    pub mappe: &'a Mappe,
    pub klassegang: &'a Klassegang,
    pub vigoskoler: &'a [Kildehistorie<Vigoskole>],
    /// The ledger up to the moment.
    pub poster: &'a [Innsendingspost],
    /// The moment at which the line was what it is.
    pub ved: Timestamp,
    /// Whether values may be shown.
    pub vis: bool,
}

type Funn = Option<(Kildespor, Vec<&'static str>)>;

impl Grunnlag<'_> {
    /// The fields of a line, in the order in which they are sent.
    pub fn felter(&self, linje: &Elevlinje, skole: &Skolereferanse) -> Vec<Feltspor> {
        let navn = Personnavn {
            fornavn: linje.fornavn.clone(),
            mellomnavn: linje.mellomnavn.clone(),
            etternavn: linje.etternavn.clone(),
        };
        let apen = |verdi: &Option<String>| verdi.clone().map(Skjermet::new);
        let nummer = linje.identitetsnummer.as_ref();
        let fiktivt = nummer.and_then(|nummer| self.fiktivt(linje.elev, nummer));
        let nummerets = if fiktivt.is_some() { None } else { nummer.and_then(|n| self.nummer(n.vis())) };
        let delen = |del| self.navn(&navn, del);
        let org = skole.organisasjonsnummer.as_deref();
        let mut ut = vec![
            self.felt("organisasjonsnummer", "Skole.organisasjonsnummer", apen(&skole.organisasjonsnummer), true),
            self.felt("skolenummer", "Skole.skolenummer", Some(skole.skolenr.as_str().into()), true),
            self.felt("klassekode", "Klasse.navn", apen(&linje.klasse), true),
            self.felt("identitetsnummer", "Person.fodselsnummer", nummer.cloned(), self.vis),
            self.felt("fornavn", "Person.navn.fornavn", Some(linje.fornavn.clone()), self.vis),
            self.felt("mellomnavn", "Person.navn.mellomnavn", linje.mellomnavn.clone(), self.vis),
            self.felt("etternavn", "Person.navn.etternavn", Some(linje.etternavn.clone()), self.vis),
        ];
        let funn: [Funn; 7] = [
            org.and_then(|verdi| self.org(|org, _| forklaring::skolens_orgnr(org, verdi))),
            self.skolenummer(&skole.skolenr),
            linje.klasse.as_deref().and_then(|verdi| self.klasse(verdi)),
            nummerets,
            delen(Navnedel::Fornavn),
            delen(Navnedel::Mellomnavn),
            delen(Navnedel::Etternavn),
        ];
        for (felt, funn) in ut.iter_mut().zip(funn) {
            if let Some((kilde, regler)) = funn {
                (felt.kilde, felt.regler) = (Some(kilde), regler);
            }
        }
        if nummer.is_none() {
            ut[3].regler.push("KA-061");
        }
        ut[3].fiktivt = fiktivt;
        ut
    }

    fn felt(&self, felt: &'static str, fint: &'static str, verdi: Option<Skjermet<String>>, vis: bool) -> Feltspor {
        let tom = verdi.as_ref().is_none_or(|verdi| verdi.vis().is_empty());
        let verdi = verdi.filter(|_| vis);
        Feltspor { felt, verdi, tom, fint, kilde: None, regler: vec![], fiktivt: None, endret_etter: false }
    }

    /// The entered number, if it is the one on the line.
    fn fiktivt(&self, elev: Uuid, nummer: &Skjermet<String>) -> Option<Fiktivspor> {
        let om_eleven = |e: &Uuid| *e == elev || self.mappe.elever.contains(e);
        let sist = self.poster.iter().rev().find_map(|post| match &post.handling {
            Handling::FiktivtNummer { elev, nummer, kilde } if om_eleven(elev) => Some((post, nummer, kilde)),
            _ => None,
        });
        let (post, lagt_inn, kilde) = sist?;
        let gjelder = lagt_inn.as_ref() == Some(nummer) && self.nummer(nummer.vis()).is_none();
        gjelder.then(|| Fiktivspor { av: post.av.id.clone(), nar: post.tidspunkt, kilde: kilde.clone() })
    }

    /// The users of the pupil, those first whose word counts: a valid number before none, then the last seen.
    fn brukere(&self) -> Vec<&Kildehistorie<User>> {
        let mut ut: Vec<_> = self.mappe.brukere.iter().collect();
        let rang = |bruker: &&Kildehistorie<User>| {
            let user = bruker.historie.ved(self.ved);
            let nummer = user.and_then(|user| user.identifier.as_ref());
            let gyldig = nummer.is_some_and(|nummer| klassifiser(nummer.vis()).ugyldig().is_none());
            let sett = bruker.historie.versjoner.iter().rfind(|v| v.tid <= self.ved).map(|v| v.tid);
            std::cmp::Reverse((user.is_some(), gyldig, sett))
        };
        ut.sort_by_key(rang);
        ut
    }

    fn nummer(&self, verdi: &str) -> Funn {
        let brukere = self.brukere().into_iter();
        let egne = brukere.map(|b| self.finn(b, |user| forklaring::brukerens_nummer(user, verdi)));
        let register = self.mappe.register.iter();
        let registerets = register.map(|r| self.finn(r, |svar| forklaring::registerets_nummer(svar, verdi)));
        // The version in force decides: a school may have had the number once and the register has it now.
        velg(egne.chain(registerets), self.ved)
    }

    fn navn(&self, navn: &Personnavn, del: Navnedel) -> Funn {
        let egne = self.brukere().into_iter().map(|b| self.finn(b, |user| forklaring::brukerens_navn(user, navn, del)));
        let svaret = |svar: &Registerperson| {
            let users = self.brukere().into_iter().flat_map(|b| b.historie.nermest(self.ved).map(|(_, user)| user));
            users.into_iter().find_map(|user| forklaring::registerets_navn(svar, user, navn, del))
        };
        let registerets = self.mappe.register.iter().map(|r| self.finn(r, svaret));
        velg(egne.chain(registerets), self.ved)
    }

    fn klasse(&self, verdi: &str) -> Funn {
        let class = self.klassegang.class.as_ref()?;
        self.finn(class, |class| forklaring::klassens_kode(class, verdi))
    }

    fn org(&self, felt: impl Fn(&Org, ()) -> Option<Kildefelt>) -> Funn {
        let orger = self.mappe.skolegang.iter().map(|s| self.finn(&s.org, |org| felt(org, ())));
        velg(orger, self.ved)
    }

    fn skolenummer(&self, verdi: &str) -> Funn {
        let orger = || self.mappe.skolegang.iter().flat_map(|s| s.org.historie.nermest(self.ved).map(|(_, org)| org));
        let vigos = self.vigoskoler.iter().map(|skole| {
            self.finn(skole, |skole| orger().find_map(|org| forklaring::vigos_skolenummer(skole, org, verdi)))
        });
        velg(vigos, self.ved).or_else(|| self.org(|org, ()| forklaring::kildens_skolenummer(org, verdi)))
    }

    /// The version of an object nearest to the moment that has the value.
    fn finn<T>(&self, objekt: &Kildehistorie<T>, felt: impl Fn(&T) -> Option<Kildefelt>) -> Funn {
        let (versjon, felt) = objekt.historie.nermest(self.ved).find_map(|(v, verdi)| Some((v, felt(verdi)?)))?;
        let spor = Kildespor {
            kilde: objekt.kilde.to_string(),
            objekt: objekt.typ.to_owned(),
            felt: felt.felt,
            emne: objekt.historie.emne.to_string(),
            sett: versjon.tid,
            spor: versjon.spor.clone(),
        };
        Some((spor, felt.regler))
    }
}

/// The first that said so at the moment; else the first that said so at all.
fn velg(funn: impl Iterator<Item = Funn>, ved: Timestamp) -> Funn {
    let mut alle: Vec<_> = funn.flatten().collect();
    let plass = alle.iter().position(|(spor, _)| spor.sett <= ved).unwrap_or(0);
    (plass < alle.len()).then(|| alle.swap_remove(plass))
}

/// Marks the fields that are others on the line now.
pub(super) fn merk_endrede(felter: &mut [Feltspor], sendt: &Elevlinje, na: Option<&Elevlinje>) {
    let Some(na) = na else { return };
    let ulike: BTreeSet<&str> = [
        ("klassekode", sendt.klasse != na.klasse),
        ("identitetsnummer", sendt.identitetsnummer != na.identitetsnummer),
        ("fornavn", sendt.fornavn != na.fornavn),
        ("mellomnavn", sendt.mellomnavn != na.mellomnavn),
        ("etternavn", sendt.etternavn != na.etternavn),
    ]
    .into_iter()
    .filter_map(|(felt, ulikt)| ulikt.then_some(felt))
    .collect();
    felter.iter_mut().for_each(|felt| felt.endret_etter = ulike.contains(felt.felt));
}

//! Where a value on a list is from: the rules seen from the other end.
//!
//! Nothing is claimed that is not checked: a source field is named only if the rule makes exactly the value of it.

use crate::navn;
use fint::Personnavn;
use folkeregister::Registerperson;
use identitet::{Organisasjonsnummer, klassifiser};
use kodeverk::Vigoskole;
use oneroster::{Class, Org, User};

/// A field of a source object, and the rules that carried it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kildefelt {
    /// The field, as the source's contract spells it.
    pub felt: &'static str,
    /// The rules, by id.
    pub regler: Vec<&'static str>,
}

impl Kildefelt {
    fn ny(felt: &'static str, regler: &[&'static str]) -> Self {
        Self { felt, regler: regler.to_vec() }
    }
}

/// The part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Navnedel {
    /// Given name.
    Fornavn,
    /// Middle name.
    Mellomnavn,
    /// Family name.
    Etternavn,
}

/// The identity number of a user, if it is this one.
pub fn brukerens_nummer(user: &User, verdi: &str) -> Option<Kildefelt> {
    let egen = user.identifier.as_ref().filter(|nummer| nummer.vis() == verdi)?;
    let ugyldig = klassifiser(egen.vis()).ugyldig().is_some();
    Some(Kildefelt::ny("identifier", if ugyldig { &["KA-060", "KA-062"] } else { &["KA-060"] }))
}

/// The number that Folkeregisteret has in force, if it is this one.
pub fn registerets_nummer(svar: &Registerperson, verdi: &str) -> Option<Kildefelt> {
    let gjeldende = svar.gjeldende().filter(|_| svar.funnet)?;
    (gjeldende.vis() == verdi).then(|| Kildefelt::ny("identifikasjonsnummer", &["KA-060", "KA-064"]))
}

/// A part of a user's name, if the whole name is this one.
pub fn brukerens_navn(user: &User, ventet: &Personnavn, del: Navnedel) -> Option<Kildefelt> {
    let skolens = navn::skolens(user);
    if skolens != *ventet {
        return None;
    }
    let felt = match del {
        Navnedel::Fornavn => "givenName",
        Navnedel::Mellomnavn => "middleName",
        Navnedel::Etternavn => "familyName",
    };
    let mangler = !skolens.er_fullt() && tomt(&skolens, del);
    Some(Kildefelt::ny(felt, if mangler { &["KA-060", "KA-063"] } else { &["KA-060"] }))
}

/// A part of the register's name, if the name that is made of it for this user is this one.
pub fn registerets_navn(svar: &Registerperson, user: &User, ventet: &Personnavn, del: Navnedel) -> Option<Kildefelt> {
    let skolens = navn::skolens(user);
    let registerets = svar.navn.as_ref().filter(|navn| svar.funnet && navn::er_et_annet(Some(navn), &skolens))?;
    let felt = match del {
        Navnedel::Fornavn => "navn.fornavn",
        Navnedel::Mellomnavn => "navn.mellomnavn",
        Navnedel::Etternavn => "navn.etternavn",
    };
    (navn::skrevet(registerets, &skolens) == *ventet).then(|| Kildefelt::ny(felt, &["KA-060", "KA-065"]))
}

/// The code of a class, if it is this one.
pub fn klassens_kode(class: &Class, verdi: &str) -> Option<Kildefelt> {
    let kode = class.class_code.as_deref().filter(|kode| !kode.trim().is_empty());
    let (felt, navn) = kode.map_or(("title", class.title.as_str()), |kode| ("classCode", kode));
    (navn.trim() == verdi).then(|| Kildefelt::ny(felt, &["KA-020", "KA-040"]))
}

/// The organisation number of an org, if it is this one.
pub fn skolens_orgnr(org: &Org, verdi: &str) -> Option<Kildefelt> {
    (orgnr(org)?.as_str() == verdi).then(|| Kildefelt::ny("identifier", &["KA-010"]))
}

/// VIGO's number for a school, if VIGO's code base gives an org with its organisation number this one.
pub fn vigos_skolenummer(skole: &Vigoskole, org: &Org, verdi: &str) -> Option<Kildefelt> {
    let skolens = orgnr(org) == Some(skole.organisasjonsnummer);
    (skolens && skole.nummer.as_str() == verdi).then(|| Kildefelt::ny("skolenummer", &["KA-010"]))
}

/// VIGO's number as the source itself gives it, if it is this one.
pub fn kildens_skolenummer(org: &Org, verdi: &str) -> Option<Kildefelt> {
    (org.vigo_id.as_deref()?.trim() == verdi).then(|| Kildefelt::ny("vigoId", &["KA-010"]))
}

fn orgnr(org: &Org) -> Option<Organisasjonsnummer> {
    org.identifier.as_deref()?.trim().parse().ok()
}

fn tomt(navn: &Personnavn, del: Navnedel) -> bool {
    let verdi = match del {
        Navnedel::Fornavn => Some(&navn.fornavn),
        Navnedel::Mellomnavn => navn.mellomnavn.as_ref(),
        Navnedel::Etternavn => Some(&navn.etternavn),
    };
    verdi.is_none_or(|verdi| verdi.vis().trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use folkeregister::{Identifikatorstatus, Identifikatortype, Personidentifikator};

    fn user(fornavn: &str, etternavn: &str) -> User {
        User {
            sourced_id: "u".into(),
            given_name: Some(fornavn.into()).filter(|_| !fornavn.is_empty()),
            middle_name: None,
            family_name: Some(etternavn.into()),
            identifier: Some("05911099839".into()),
            grades: vec![],
            roles: vec![],
        }
    }

    #[test]
    fn a_name_of_another_source_is_not_claimed() {
        let sendt = Personnavn::av(Some("Kari"), None, Some("Ny"));
        let skolens = user("Kari", "Prøve");
        assert_eq!(brukerens_navn(&skolens, &sendt, Navnedel::Etternavn), None);
        let mut svar = Registerperson { funnet: true, ..Registerperson::ukjent("05911099839".into()) };
        svar.navn = Some(folkeregister::Personnavn {
            fornavn: Some("KARI".into()),
            mellomnavn: None,
            etternavn: Some("NY".into()),
        });
        let felt = registerets_navn(&svar, &skolens, &sendt, Navnedel::Etternavn).unwrap();
        assert_eq!((felt.felt, felt.regler), ("navn.etternavn", vec!["KA-060", "KA-065"]));
        // The same name in capitals is the school's own.
        assert_eq!(registerets_navn(&svar, &user("Kari", "Ny"), &sendt, Navnedel::Fornavn), None);
        assert!(brukerens_navn(&user("Kari", "Ny"), &sendt, Navnedel::Fornavn).is_some());
    }

    #[test]
    fn what_is_missing_or_replaced_says_by_which_rule() {
        let sendt = Personnavn::av(None, None, Some("Prøve"));
        let felt = brukerens_navn(&user("", "Prøve"), &sendt, Navnedel::Fornavn).unwrap();
        assert_eq!(felt.regler, ["KA-060", "KA-063"]);
        let mut svar = Registerperson { funnet: true, ..Registerperson::ukjent("05911099839".into()) };
        svar.identifikasjonsnummer = vec![Personidentifikator {
            foedsels_eller_d_nummer: "17851099980".into(),
            identifikatortype: Identifikatortype::Foedselsnummer,
            status: Identifikatorstatus::IBruk,
        }];
        assert_eq!(registerets_nummer(&svar, "17851099980").unwrap().regler, ["KA-060", "KA-064"]);
        assert_eq!(registerets_nummer(&svar, "05911099839"), None);
        assert_eq!(brukerens_nummer(&user("Kari", "Prøve"), "05911099839").unwrap().felt, "identifier");
    }

    #[test]
    fn a_class_without_a_code_is_called_by_its_title() {
        let mut class = Class {
            sourced_id: "c".into(),
            title: "10A ".into(),
            class_code: Some(" ".into()),
            school: "s".into(),
            terms: vec![],
            grades: vec![],
        };
        assert_eq!(klassens_kode(&class, "10A").unwrap().felt, "title");
        class.class_code = Some("10B".into());
        assert_eq!(klassens_kode(&class, "10A"), None);
        assert_eq!(klassens_kode(&class, "10B").unwrap().felt, "classCode");
    }
}

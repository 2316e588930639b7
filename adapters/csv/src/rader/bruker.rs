//! `users.csv`: pupils only, with 1.1's `role` and `orgSourcedIds` or the rows of 1.2's `roles.csv`.

use super::Leser;
use super::felter::{Avvisning, Felter, avvis};
use crate::config::Nummersted;
use crate::indeks::Rolleoppslag;
use crate::pakke::Modus;
use crate::rapport::Kode;
use identitet::{Formatfeil, Skjermet, Ugyldig, klassifiser};
use oneroster::{Role, Status, User, er_annen_rolle, er_nummerord};

/// Whether a role is a pupil's. `elev` is what Norwegian exports have been seen to write.
pub(super) fn er_elev(f: &mut Felter<'_>, rolle: &str, kolonne: &'static str) -> bool {
    if f.er(rolle, "student", kolonne) {
        return true;
    }
    if rolle.eq_ignore_ascii_case("elev") || rolle.eq_ignore_ascii_case("pupil") {
        f.merk(Kode::Ordlyd, kolonne);
        return true;
    }
    if !er_annen_rolle(rolle) {
        f.merk(Kode::UkjentRolle, kolonne);
    }
    false
}

impl Leser<'_> {
    /// A pupil, or `None` where the user is someone else.
    pub(super) fn user(&self, f: &mut Felter<'_>) -> Result<Option<User>, Avvisning> {
        let roles = if self.roller_i_fil { self.roller_fra_fil(f)? } else { roller_1p1(f)? };
        let Some(roles) = roles else { return Ok(None) };
        let sourced_id = f.sourced_id()?;
        let borte = f.status()? == Status::Tobedeleted;
        let grades: Vec<String> = f.liste("grades")?.into_iter().map(String::from).collect();
        let given_name = f.navn("givenName")?;
        let family_name = f.navn("familyName")?;
        if !borte {
            for (navn, kolonne) in [(&given_name, "givenName"), (&family_name, "familyName")] {
                if navn.is_none() {
                    f.merk(Kode::ManglerNavn, kolonne);
                }
            }
            if grades.is_empty() {
                f.merk(Kode::TrinnTomt, "grades");
            }
            if roles.is_empty() {
                f.merk(Kode::UtenSkole, "orgSourcedIds");
            }
        }
        for rolle in roles.iter().filter(|_| !self.roller_i_fil) {
            self.sjekk_skole(f, &rolle.org, "orgSourcedIds");
        }
        let middle_name = f.navn("middleName")?;
        let identifier = self.nummer(f, borte)?;
        Ok(Some(User { sourced_id, given_name, middle_name, family_name, identifier, grades, roles }))
    }

    fn roller_fra_fil(&self, f: &mut Felter<'_>) -> Result<Option<Vec<Role>>, Avvisning> {
        let id = f.sourced_id()?;
        match self.indeks.roller.finn(id.vis()) {
            Rolleoppslag::Usikker => avvis(Kode::UsikreRoller, "sourcedId"),
            Rolleoppslag::Andre => Ok(None),
            Rolleoppslag::Elev(roller) => Ok(Some(roller)),
            // A row that is on its way out may have lost its roles.
            Rolleoppslag::Ingen if f.status()? == Status::Tobedeleted => Ok(Some(Vec::new())),
            Rolleoppslag::Ingen if f.modus == Modus::Delta => avvis(Kode::DeltaUtenRoller, "sourcedId"),
            Rolleoppslag::Ingen => avvis(Kode::ManglerRolle, "sourcedId"),
        }
    }

    /// The identity number from the first place that has one, as the source holds it. What is wrong with it is told,
    /// and never repaired.
    fn nummer(&self, f: &mut Felter<'_>, borte: bool) -> Result<Option<Skjermet<String>>, Avvisning> {
        let mut valgt: Option<(String, &'static str)> = None;
        for sted in self.nummersteder {
            let Some((nummer, kolonne)) = nummer_i(f, *sted)? else { continue };
            match &valgt {
                Some((forste, _)) if *forste != nummer => f.merk(Kode::UlikeNumre, kolonne),
                Some(_) => {}
                None => valgt = Some((nummer, kolonne)),
            }
        }
        match &valgt {
            _ if borte => {}
            None => f.merk(Kode::ManglerNummer, "identifier"),
            Some((nummer, kolonne)) => {
                if let Some(kode) = nummerfeil(nummer) {
                    f.merk(kode, kolonne);
                }
            }
        }
        Ok(valgt.map(|(nummer, _)| Skjermet::new(nummer)))
    }
}

/// What is wrong with an identity number, in the report's words.
pub(crate) fn nummerfeil(nummer: &str) -> Option<Kode> {
    match klassifiser(nummer).ugyldig()? {
        Ugyldig::Format(Formatfeil::TiSifre) => Some(Kode::TapteNuller),
        Ugyldig::Format(Formatfeil::Regneark) => Some(Kode::Regnearktall),
        _ => Some(Kode::UgyldigNummer),
    }
}

/// 1.1 has one role and no dates, and calls no school the primary one: the first is taken to be.
fn roller_1p1(f: &mut Felter<'_>) -> Result<Option<Vec<Role>>, Avvisning> {
    match f.tekst("role")? {
        Some(rolle) if er_elev(f, rolle, "role") => {}
        Some(_) => return Ok(None),
        None if f.status()? == Status::Tobedeleted => return Ok(Some(Vec::new())),
        None => return avvis(Kode::ManglerRolle, "role"),
    }
    let orgs = f.liste("orgSourcedIds")?;
    let rolle = |(i, org): (usize, &str)| Role { org: org.into(), primary: i == 0, begin_date: None, end_date: None };
    Ok(Some(orgs.into_iter().enumerate().map(rolle).collect()))
}

fn nummer_i(f: &mut Felter<'_>, sted: Nummersted) -> Result<Option<(String, &'static str)>, Avvisning> {
    let (funnet, kolonne) = match sted {
        Nummersted::Identifier => (f.tekst("identifier")?, "identifier"),
        Nummersted::UserMasterIdentifier => (f.tekst("userMasterIdentifier")?, "userMasterIdentifier"),
        Nummersted::Metadata => (f.metadata(er_nummerord)?, "metadata"),
        Nummersted::UserIds => (f.tekst("userIds")?.and_then(i_user_ids), "userIds"),
    };
    Ok(funnet.map(|nummer| (nummer.to_owned(), kolonne)))
}

/// The number in `{LDAP:olanor},{FNR:…}`.
fn i_user_ids(tekst: &str) -> Option<&str> {
    let deler = tekst.split(['{', '}', ',', ';']);
    let (_, nummer) = deler.filter_map(|del| del.rsplit_once(':')).find(|(slag, _)| er_nummerord(slag))?;
    Some(nummer.trim()).filter(|nummer| !nummer.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_found_by_its_type() {
        for (tekst, nummer) in [
            ("{FNR:05820998865}", Some("05820998865")),
            ("{LDAP:olanor},{fnr:05820998865},{LTI:15}", Some("05820998865")),
            ("{ext:no:D-nummer:45820998865}", Some("45820998865")),
            ("fnr:05820998865", Some("05820998865")),
            ("{LDAP:05820998865}", None),
            ("{fnr:}", None),
            ("05820998865", None),
        ] {
            assert_eq!(i_user_ids(tekst), nummer, "{tekst}");
        }
    }
}

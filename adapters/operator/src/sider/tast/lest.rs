//! Keyed-in pupils as they are read for a page: without those who are protected, and with numbers of which only the day of
//! birth can be read.

use super::Sted;
use crate::elever;
use crate::sider::besok::Besok;
use crate::sider::feil::Feilslag;
use identitet::Skjermet;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// A keyed-in pupil.
#[derive(Deserialize)]
pub(super) struct Tastet {
    pub(super) id: Uuid,
    pub(super) identitetsnummer: Option<Skjermet<String>>,
    pub(super) fornavn: Skjermet<String>,
    pub(super) mellomnavn: Option<Skjermet<String>>,
    pub(super) etternavn: Skjermet<String>,
    pub(super) klasse: String,
    pub(super) trinn: String,
    skolear: String,
}

impl Tastet {
    pub(super) fn navn(&self) -> String {
        let deler = [Some(&self.fornavn), self.mellomnavn.as_ref(), Some(&self.etternavn)];
        let deler: Vec<&str> = deler.into_iter().flatten().map(|del| del.vis().as_str()).collect();
        deler.join(" ")
    }

    /// The number with the day of birth at most.
    pub(super) fn maskert(&self) -> Option<String> {
        self.identitetsnummer.as_ref().map(|nummer| maskert(nummer.vis()))
    }
}

fn maskert(nummer: &str) -> String {
    let helt = nummer.len() == 11 && nummer.bytes().all(|b| b.is_ascii_digit());
    nummer.chars().enumerate().map(|(plass, tegn)| if helt && plass < 6 { tegn } else { '*' }).collect()
}

/// The pupils of the list's school year, by class and name. That they are shown stands in the audit log before they are.
pub(super) async fn elever(besok: &Besok, sted: &Sted) -> Result<Vec<Tastet>, Feilslag> {
    let skjulte = besok.ut.skjermede_hos(&sted.nokkel, &sted.mottak.navn).await?;
    let skolear = sted.nokkel.skolear.to_string();
    let alle = elever::tastede(&besok.delt, &sted.mottak, &skjulte).await?.into_iter();
    let mut ut = alle.map(les).collect::<Result<Vec<_>, _>>()?;
    ut.retain(|elev| elev.skolear == skolear);
    ut.sort_by_cached_key(|elev| (elev.klasse.clone(), elev.etternavn.vis().clone(), elev.fornavn.vis().clone()));
    let vist = serde_json::json!({ "kilde": sted.mottak.navn, "liste": sted.nokkel.to_string() });
    besok.ut.skriv_revisjon(&sted.mottak.tenant, "revisjon.elever.vist", vist).await?;
    Ok(ut)
}

/// One of them. Who is protected is answered for like one who is not there.
pub(super) async fn elev(besok: &Besok, sted: &Sted, id: Uuid) -> Result<Tastet, Feilslag> {
    elever(besok, sted).await?.into_iter().find(|elev| elev.id == id).ok_or(Feilslag::FinnesIkke)
}

fn les(elev: Value) -> Result<Tastet, Feilslag> {
    serde_json::from_value(elev).map_err(|_| Feilslag::Uventet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_number_the_day_of_birth_is_shown_and_of_anything_else_nothing() {
        for (nummer, ventet) in [("05911099839", "059110*****"), ("0591109983", "**********"), ("ÅB", "**"), ("", "")]
        {
            assert_eq!(maskert(nummer), ventet);
        }
    }
}

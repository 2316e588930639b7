//! Which element of a property is in force. Every property is a list with its history in it, in no order that is promised;
//! the first element means nothing.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What the register says of an element beside its value.
#[derive(Debug)]
pub(super) struct Element<T> {
    /// `erGjeldende`; absent, or no truth value: it cannot be told.
    pub(super) gjeldende: Option<bool>,
    /// It comes from the register's simulator of synthetic lives.
    pub(super) syntetisk: bool,
    ajourhold: Option<Timestamp>,
    opphort: bool,
    /// None: the element cannot be read.
    pub(super) verdi: Option<T>,
}

/// What is in force.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Valg<T> {
    /// Nothing.
    Ingen,
    /// This.
    En(T),
    /// More than one value, or it cannot be told which.
    Flere,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Felles<'a> {
    #[serde(borrow)]
    er_gjeldende: Option<&'a RawValue>,
    #[serde(borrow)]
    kilde: Option<&'a RawValue>,
    #[serde(borrow)]
    ajourholdstidspunkt: Option<&'a RawValue>,
    #[serde(borrow)]
    opphoerstidspunkt: Option<&'a RawValue>,
}

/// The elements of a property. One value without a list around it is a list of one; null is the same as absent.
pub(super) fn elementer<'a, T: Deserialize<'a>>(egenskap: Option<&'a RawValue>) -> Vec<Element<T>> {
    let Some(egenskap) = egenskap else { return Vec::new() };
    let liste = serde_json::from_str::<Vec<&RawValue>>(egenskap.get()).unwrap_or_else(|_| vec![egenskap]);
    liste.into_iter().map(element).collect()
}

fn element<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Element<T> {
    let Ok(felles) = serde_json::from_str::<Felles<'_>>(raw.get()) else {
        return Element { gjeldende: None, syntetisk: false, ajourhold: None, opphort: false, verdi: None };
    };
    let tekst = |raw: Option<&RawValue>| raw.and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
    Element {
        gjeldende: felles.er_gjeldende.and_then(|raw| serde_json::from_str(raw.get()).ok()),
        syntetisk: tekst(felles.kilde).is_some_and(|kilde| kilde.trim().eq_ignore_ascii_case("synutopia")),
        ajourhold: tekst(felles.ajourholdstidspunkt).and_then(|tid| tid.parse().ok()),
        opphort: felles.opphoerstidspunkt.is_some(),
        verdi: serde_json::from_str(raw.get()).ok(),
    }
}

/// The one value in force.
///
/// What says that it is in force, is; then what says nothing is history. Where no element says so, an element that says
/// nothing and has no end counts: the only one, or the newest. Two that differ are a contradiction, never a choice.
pub(super) fn velg<T: PartialEq>(elementer: Vec<Element<T>>) -> Valg<T> {
    let (sikre, andre): (Vec<_>, Vec<_>) = elementer.into_iter().partition(|e| e.gjeldende == Some(true));
    if !sikre.is_empty() {
        return enig(sikre);
    }
    let mulige: Vec<_> = andre.into_iter().filter(|e| e.gjeldende.is_none() && !e.opphort).collect();
    if let Some(nyest) = mulige.iter().filter_map(|e| e.ajourhold).max()
        && mulige.iter().all(|e| e.ajourhold.is_some())
    {
        return enig(mulige.into_iter().filter(|e| e.ajourhold == Some(nyest)).collect());
    }
    enig(mulige)
}

/// The value that all that can be read agree on.
fn enig<T: PartialEq>(elementer: Vec<Element<T>>) -> Valg<T> {
    let mut verdier = elementer.into_iter().filter_map(|e| e.verdi);
    match verdier.next() {
        None => Valg::Ingen,
        Some(forste) if verdier.all(|neste| neste == forste) => Valg::En(forste),
        Some(_) => Valg::Flere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[derive(Debug, PartialEq, Deserialize)]
    struct Navn {
        n: String,
    }

    fn valg(verdi: &Value) -> Valg<String> {
        let raw = serde_json::value::to_raw_value(verdi).unwrap();
        match velg::<Navn>(elementer(Some(&raw))) {
            Valg::Ingen => Valg::Ingen,
            Valg::En(navn) => Valg::En(navn.n),
            Valg::Flere => Valg::Flere,
        }
    }

    #[test]
    fn the_element_in_force_is_found_wherever_it_stands() {
        let (t, f) = (Some(true), Some(false));
        let e = |n: &str, gjeldende: Option<bool>, dag: u8| {
            let mut e = json!({"n": n, "erGjeldende": gjeldende, "ajourholdstidspunkt": format!("2026-01-0{dag}T00:00:00+01:00")});
            if gjeldende.is_none() {
                e.as_object_mut().unwrap().remove("erGjeldende");
            }
            e
        };
        let en = |n: &str| Valg::En(n.to_owned());
        for (liste, ventet) in [
            (json!([]), Valg::Ingen),
            (json!(null), Valg::Ingen),
            (json!([e("gammel", f, 9), e("ny", t, 1)]), en("ny")),
            (json!([e("ny", t, 1), e("gammel", f, 9)]), en("ny")),
            (json!([e("taus", None, 9), e("ny", t, 1)]), en("ny")),
            (json!([e("gammel", f, 9)]), Valg::Ingen),
            (json!([e("eneste", None, 1)]), en("eneste")),
            (json!([e("gammel", f, 9), e("eneste", None, 1)]), en("eneste")),
            (json!([e("eldst", None, 1), e("nyest", None, 3), e("eldre", None, 2)]), en("nyest")),
            (json!([e("a", None, 3), e("b", None, 3)]), Valg::Flere),
            (json!([{"n": "a"}, {"n": "b"}]), Valg::Flere),
            (json!([{"n": "a"}, {"n": "a"}]), en("a")),
            (json!([{"n": "a"}, e("b", None, 3)]), Valg::Flere),
            (json!([{"n": "slutt", "opphoerstidspunkt": "2026-01-01T00:00:00+01:00"}, {"n": "ny"}]), en("ny")),
            (json!([e("a", t, 1), e("b", t, 2)]), Valg::Flere),
            (json!([e("a", t, 1), e("a", t, 2)]), en("a")),
            (json!([{"n": "ja", "erGjeldende": "true"}, e("nei", f, 1)]), en("ja")),
            (json!([{"n": 7, "erGjeldende": true}]), Valg::Ingen),
            (json!(["x", e("ny", t, 1)]), en("ny")),
            (json!(e("uten liste", t, 1)), en("uten liste")),
        ] {
            assert_eq!(valg(&liste), ventet, "{liste}");
        }
    }
}

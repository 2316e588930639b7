//! The query part of a URL, read as strictly as OneRoster allows.

use axum::{extract::Query, http::Uri};

use super::{Feil, Filtersvar, Samling, VigiloConfig, filter::Filter, imsx::Avslag};

/// A query on a collection.
#[derive(Debug)]
pub(super) struct Sporring {
    pub(super) limit: u32,
    pub(super) offset: u32,
    pub(super) sortering: Option<Sortering>,
    pub(super) filter: Option<Filter>,
    /// The filter could not be read, and that gives no rows.
    pub(super) tomt: bool,
    /// The filter as it was written, for links and for remembering selections.
    pub(super) filtertekst: String,
    pub(super) felter: Option<Vec<String>>,
}

/// `sort` and `orderBy`.
#[derive(Debug)]
pub(super) struct Sortering {
    pub(super) felt: String,
    pub(super) synkende: bool,
}

/// Names and values in order.
type Par = Vec<(String, String)>;

fn par(uri: &Uri, tillatte: &[&str]) -> Result<Par, Avslag> {
    let Query(par) =
        Query::<Par>::try_from_uri(uri).map_err(|_| Avslag::UgyldigSporring("the query cannot be decoded".into()))?;
    for (i, (navn, _)) in par.iter().enumerate() {
        if !tillatte.contains(&navn.as_str()) {
            let lov = tillatte.join(", ");
            return Err(Avslag::UgyldigSporring(format!("unknown query parameter; allowed, in this spelling: {lov}")));
        }
        if par[..i].iter().any(|(annet, _)| annet == navn) {
            return Err(Avslag::UgyldigSporring(format!("{navn}: given more than once")));
        }
    }
    Ok(par)
}

impl Sporring {
    /// Reads the query of a list. A `limit` above `maks_side` is cut.
    pub(super) fn les(
        uri: &Uri,
        samling: Samling,
        config: &VigiloConfig,
        maks_side: u32,
        feil: &[Feil],
    ) -> Result<Self, Avslag> {
        let par = par(uri, &["limit", "offset", "sort", "orderBy", "filter", "fields"])?;
        let verdi = |navn: &str| par.iter().find(|(n, _)| n == navn).map(|(_, v)| v.as_str());
        let limit = match verdi("limit") {
            None => config.standard_side,
            Some(tekst) => tall("limit", tekst, 1)?,
        };
        let offset = verdi("offset").map_or(Ok(0), |tekst| tall("offset", tekst, 0))?;
        let mut sortering = sortering(verdi("sort"), verdi("orderBy"), samling, config)?;
        if let Some(sortering) = &mut sortering
            && feil.contains(&Feil::IgnorererOrderBy)
        {
            sortering.synkende = false;
        }
        let filter = verdi("filter").map(|tekst| Filter::les(tekst, samling, config.utgave)).transpose();
        let (filter, tomt) = match (filter, filtersvar(feil)) {
            (Ok(filter), _) => (filter, false),
            (Err(_), Filtersvar::Tom) => (None, true),
            (Err(Avslag::UgyldigSporring(_)), Filtersvar::Ufiltrert) => (None, false),
            (Err(avslag), _) => return Err(avslag),
        };
        Ok(Self {
            limit: limit.min(maks_side).max(1),
            offset,
            sortering,
            filter,
            tomt,
            filtertekst: verdi("filter").unwrap_or_default().to_owned(),
            felter: felter(verdi("fields"), samling, config)?,
        })
    }

    /// The page that a query asks for, as far as it can be read; the first is 1.
    pub(super) fn side(uri: &Uri, standard: u32, maks_side: u32) -> u32 {
        let par = Query::<Par>::try_from_uri(uri).map(|Query(par)| par).unwrap_or_default();
        let verdi = |navn: &str| par.iter().find(|(n, _)| n == navn).and_then(|(_, v)| v.parse::<u32>().ok());
        let limit = verdi("limit").unwrap_or(standard).min(maks_side).max(1);
        (verdi("offset").unwrap_or(0) / limit).saturating_add(1)
    }

    /// The page that was read.
    pub(super) fn side_nr(&self) -> u32 {
        (self.offset / self.limit).saturating_add(1)
    }

    /// Reads the query of a single object, which may only select fields.
    pub(super) fn les_felter(
        uri: &Uri,
        samling: Samling,
        config: &VigiloConfig,
    ) -> Result<Option<Vec<String>>, Avslag> {
        let par = par(uri, &["fields"])?;
        felter(par.first().map(|(_, v)| v.as_str()), samling, config)
    }
}

fn filtersvar(feil: &[Feil]) -> Filtersvar {
    let av = |feil: &Feil| if let Feil::DarligFilter { svar } = feil { Some(*svar) } else { None };
    feil.iter().find_map(av).unwrap_or_default()
}

fn tall(navn: &str, tekst: &str, minst: u32) -> Result<u32, Avslag> {
    let bare_sifre = !tekst.is_empty() && tekst.bytes().all(|b| b.is_ascii_digit());
    match tekst.parse::<u32>() {
        Ok(verdi) if bare_sifre && verdi >= minst => Ok(verdi),
        _ => Err(Avslag::UgyldigSporring(format!("{navn}: expected a whole number from {minst} up"))),
    }
}

fn sortering(
    felt: Option<&str>,
    retning: Option<&str>,
    samling: Samling,
    config: &VigiloConfig,
) -> Result<Option<Sortering>, Avslag> {
    let synkende = match retning {
        None if felt.is_some() && config.krev_orderby => {
            return Err(Avslag::UgyldigSporring("orderBy: needed together with sort".into()));
        }
        None | Some("asc") => false,
        Some("desc") => true,
        Some(_) => return Err(Avslag::UgyldigSporring("orderBy: asc or desc".into())),
    };
    match felt {
        None if retning.is_some() => Err(Avslag::UgyldigSporring("orderBy: only together with sort".into())),
        None => Ok(None),
        Some(felt) if samling.kan_filtreres(felt, config.utgave) => {
            Ok(Some(Sortering { felt: felt.to_owned(), synkende }))
        }
        Some(_) => Err(Avslag::UkjentFilterfelt(format!("sort: no such field in {}", samling.konvolutt()))),
    }
}

fn felter(tekst: Option<&str>, samling: Samling, config: &VigiloConfig) -> Result<Option<Vec<String>>, Avslag> {
    let Some(tekst) = tekst else { return Ok(None) };
    let felter: Vec<String> = tekst.split(',').map(str::to_owned).collect();
    if felter.iter().any(|felt| !samling.har_felt(felt, config.utgave)) {
        return Err(Avslag::UkjentUtvalgsfelt(format!("fields: no such field in {}", samling.konvolutt())));
    }
    Ok(Some(felter))
}

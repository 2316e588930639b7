//! What stands around the rows: the collection's name, another name, or nothing.

use flow::Finding;
use oneroster::Objekttype;
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Why an answer cannot be read as a whole. The hint holds no content of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Uleselig(pub(crate) String);

/// A key and its value, unread.
type Felter<'a> = BTreeMap<String, &'a RawValue>;

enum Kropp<'a> {
    Objekt(Felter<'a>),
    Liste(Vec<&'a RawValue>),
}

/// The rows of a collection's page.
pub(crate) fn liste<'a>(
    kropp: &'a [u8],
    objekttype: Objekttype,
    findings: &mut Vec<Finding>,
) -> Result<Vec<&'a RawValue>, Uleselig> {
    let samling = objekttype.samling();
    under_navn(kropp, samling, &mut |code| findings.push(Finding { code, samling }))
}

/// The rows of a page of a collection that is none of the five.
pub(crate) fn navngitt<'a>(kropp: &'a [u8], samling: &str) -> Result<Vec<&'a RawValue>, Uleselig> {
    under_navn(kropp, samling, &mut |_| ())
}

fn under_navn<'a>(
    kropp: &'a [u8],
    samling: &str,
    mut funn: &mut impl FnMut(&'static str),
) -> Result<Vec<&'a RawValue>, Uleselig> {
    let felter = match les(kropp, &mut funn)? {
        Kropp::Objekt(felter) => felter,
        Kropp::Liste(rader) => {
            funn("bare-array");
            return Ok(rader);
        }
    };
    if let Some(verdi) = felter.get(samling) {
        return rader(verdi, samling, &mut funn);
    }
    let mut lister = felter.values().filter(|verdi| verdi.get().starts_with('['));
    match (lister.next(), lister.next()) {
        // Not a collection under another name, but `{"statusInfoSet":[…]}` and its like.
        (Some(_), None) if er_feilmelding(&felter) => Err(feilmelding()),
        (Some(verdi), None) => {
            funn("unexpected-envelope");
            rader(verdi, samling, &mut funn)
        }
        _ if er_feilmelding(&felter) => Err(feilmelding()),
        _ => Err(Uleselig(format!("expected one list named {samling}"))),
    }
}

/// The rows of the answer to a look-up: one object, or a list where one identifier has several rows.
pub(crate) fn enkelt(kropp: &[u8], objekttype: Objekttype) -> Result<Vec<&RawValue>, Uleselig> {
    let mut ingen = |_| ();
    let felter = match les(kropp, &mut ingen)? {
        Kropp::Objekt(felter) => felter,
        Kropp::Liste(rader) => return Ok(rader),
    };
    match felter.get(objekttype.as_str()).or_else(|| felter.get(objekttype.samling())) {
        Some(verdi) if verdi.get().starts_with('[') => rader(verdi, objekttype.samling(), &mut ingen),
        Some(verdi) => Ok(vec![verdi]),
        None if felter.contains_key("sourcedId") => bart_objekt(kropp).map(|rad| vec![rad]),
        None if er_feilmelding(&felter) => Err(feilmelding()),
        None => Err(Uleselig(format!("expected one {}", objekttype.as_str()))),
    }
}

/// Splits a file into its collections.
pub(crate) fn samlinger<'a>(
    kropp: &'a [u8],
    findings: &mut Vec<Finding>,
) -> Result<Vec<(Objekttype, Vec<&'a RawValue>)>, Uleselig> {
    let mut funn = |code| findings.push(Finding { code, samling: Objekttype::User.samling() });
    let felter = match les(kropp, &mut funn)? {
        Kropp::Objekt(felter) => felter,
        Kropp::Liste(rader) => {
            funn("bare-array");
            return Ok(vec![(Objekttype::User, rader)]);
        }
    };
    let mut funnet = Vec::new();
    for objekttype in Objekttype::ALLE {
        if let Some(verdi) = felter.get(objekttype.samling()) {
            funnet.push((objekttype, rader(verdi, objekttype.samling(), &mut funn)?));
        }
    }
    if funnet.is_empty() { Err(Uleselig("expected a list named users".into())) } else { Ok(funnet) }
}

fn les<'a>(kropp: &'a [u8], funn: &mut impl FnMut(&'static str)) -> Result<Kropp<'a>, Uleselig> {
    let kropp = match kropp.strip_prefix(b"\xEF\xBB\xBF") {
        Some(resten) => {
            funn("byte-order-mark");
            resten
        }
        None => kropp,
    };
    match kropp.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'{') => serde_json::from_slice(kropp).map(Kropp::Objekt).map_err(|feil| uleselig(&feil)),
        Some(b'[') => serde_json::from_slice(kropp).map(Kropp::Liste).map_err(|feil| uleselig(&feil)),
        Some(b'<') => {
            Err(Uleselig("expected json, got a web page; check base_url, it may lead to a log-in page".into()))
        }
        Some(_) => Err(Uleselig("expected json".into())),
        None => Err(Uleselig("expected json, got nothing".into())),
    }
}

fn rader<'a>(
    verdi: &'a RawValue,
    samling: &str,
    funn: &mut impl FnMut(&'static str),
) -> Result<Vec<&'a RawValue>, Uleselig> {
    match verdi.get().as_bytes().first() {
        Some(b'[') => serde_json::from_str(verdi.get()).map_err(|feil| uleselig(&feil)),
        Some(b'n') => {
            funn("null-for-list");
            Ok(Vec::new())
        }
        _ => Err(Uleselig(format!("{samling} is not a list"))),
    }
}

fn bart_objekt(kropp: &[u8]) -> Result<&RawValue, Uleselig> {
    serde_json::from_slice(kropp.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(kropp)).map_err(|feil| uleselig(&feil))
}

fn er_feilmelding(felter: &Felter<'_>) -> bool {
    ["imsx_codeMajor", "imsx_StatusInfo", "statusInfoSet", "error", "errors"].iter().any(|k| felter.contains_key(*k))
}

fn feilmelding() -> Uleselig {
    Uleselig("status 200, but the body says that something failed; ask the supplier".into())
}

/// serde's own message may quote the value it met, so only the place and the kind are told.
fn uleselig(feil: &serde_json::Error) -> Uleselig {
    let hva = match feil.classify() {
        Category::Eof => "json that stops in the middle",
        Category::Syntax => "broken json",
        Category::Data | Category::Io => "json of another shape than expected",
    };
    Uleselig(format!("{hva}, line {}, column {}", feil.line(), feil.column()))
}

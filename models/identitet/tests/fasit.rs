//! Comparison with the vectors of the shared fact collection, where that lies beside the project.

use identitet::{Politikk, Regime, klassifiser};
use std::path::Path;

#[test]
fn every_shared_vector_comes_out_as_expected() {
    let fil = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fnr-vectors.csv");
    let Ok(tekst) = std::fs::read_to_string(&fil) else {
        eprintln!("skipped: no shared fact collection beside the project (fnr-vectors.csv)");
        return;
    };
    let mut leser = csv::Reader::from_reader(tekst.as_bytes());
    let kolonner = leser.headers().unwrap().clone();
    let plass = |navn: &str| kolonner.iter().position(|k| k == navn).unwrap_or_else(|| panic!("no column {navn}"));
    let verdi = plass("value_json");
    let ventet = ["kind", "regime", "expected_production", "expected_test", "expected_vigo_sink"].map(plass);
    let begrunnelse = plass("reason_production");

    let (mut antall, mut avvik) = (0, Vec::new());
    for rad in leser.records().map(Result::unwrap) {
        antall += 1;
        let klasse = klassifiser(&serde_json::from_str::<String>(&rad[verdi]).unwrap());
        let fikk = [
            klasse.art().as_str(),
            klasse.regime().map_or("", Regime::as_str),
            Politikk::Produksjon.vurder(&klasse).as_str(),
            Politikk::Test.vurder(&klasse).as_str(),
            Politikk::Vigoskole.vurder(&klasse).as_str(),
        ];
        let skulle = ventet.map(|plass| &rad[plass]);
        // The sink column says `warning`, with or without a remark, and `error`.
        let vigo = match skulle[4] {
            "accept" => "accept",
            tekst if tekst.starts_with("warning") => "warn",
            _ => "refuse",
        };
        let grunn_stemmer = klasse.ugyldig().is_none_or(|g| rad[begrunnelse] == format!("invalid: {}", g.as_str()));
        if fikk != [skulle[0], skulle[1], skulle[2], skulle[3], vigo] || !grunn_stemmer {
            avvik.push(format!("row {}: got {fikk:?}, expected {skulle:?} ({})", &rad[0], &rad[begrunnelse]));
        }
    }
    assert!(antall > 0, "the shared vectors are empty");
    assert!(avvik.is_empty(), "{} of {antall} differ:\n{}", avvik.len(), avvik.join("\n"));
}

//! `mellomlag identity`: what kind of number each line holds, and who accepts it. The number itself is never printed.

use anyhow::{Context, Result};
use identitet::{Politikk, klassifiser};
use serde::Serialize;
use std::io::{BufRead, Write};

/// Longer lines are not read into memory: no number is near this length.
const LENGSTE: u64 = 4096;

#[derive(Serialize)]
struct Linje {
    kind: &'static str,
    regime: Option<&'static str>,
    production: &'static str,
    test: &'static str,
    vigoskole: &'static str,
}

/// Reads numbers, one a line, until the end; writes one JSON object a line.
pub fn kjor(mut inn: impl BufRead, mut ut: impl Write) -> Result<()> {
    let mut linje = Vec::new();
    loop {
        linje.clear();
        let lest = std::io::Read::take(&mut inn, LENGSTE).read_until(b'\n', &mut linje).context("standard input")?;
        if lest == 0 {
            return ut.flush().context("standard output");
        }
        if linje.last() == Some(&b'\n') {
            linje.pop();
            if linje.last() == Some(&b'\r') {
                linje.pop();
            }
        } else if lest as u64 == LENGSTE {
            while !matches!(inn.fill_buf().context("standard input")?, []) {
                let bit = inn.fill_buf().context("standard input")?;
                let slutt = bit.iter().position(|b| *b == b'\n');
                let lengde = slutt.map_or(bit.len(), |s| s + 1);
                inn.consume(lengde);
                if slutt.is_some() {
                    break;
                }
            }
        }
        let k = klassifiser(&String::from_utf8_lossy(&linje));
        let dom = |p: Politikk| p.vurder(&k).as_str();
        let svar = Linje {
            kind: k.art().as_str(),
            regime: k.regime().map(|r| r.as_str()),
            production: dom(Politikk::Produksjon),
            test: dom(Politikk::Test),
            vigoskole: dom(Politikk::Vigoskole),
        };
        writeln!(ut, "{}", serde_json::to_string(&svar)?).context("standard output")?;
    }
}

#[cfg(test)]
mod tests {
    use super::kjor;

    #[test]
    fn one_object_a_line_and_never_the_number() {
        let inn = format!("05820998865\r\n\n{}\n0582099886", "1".repeat(10_000));
        let mut ut = Vec::new();
        kjor(inn.as_bytes(), &mut ut).unwrap();
        let tekst = String::from_utf8(ut).unwrap();
        let linjer: Vec<serde_json::Value> = tekst.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(linjer.len(), 4, "{tekst}");
        assert_eq!(linjer[0]["kind"], "tenor_fnr");
        assert_eq!(linjer[0]["regime"], "1964");
        assert_eq!((&linjer[0]["production"], &linjer[0]["test"]), (&"refuse".into(), &"accept".into()));
        assert!(linjer[1..].iter().all(|l| l["kind"] == "invalid" && l["regime"].is_null() && l["test"] == "refuse"));
        assert!(!tekst.contains("0582099886"), "{tekst}");
    }
}

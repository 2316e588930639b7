//! What is noted of each request to a receiver, for those who look into how it goes.

use super::arbeid::Arbeider;
use crate::drift::{Mottakerforsok, Mottakerslag, linjeform, mellom};
use elevliste::{Listenokkel, Merknad};
use flow::{Avslag, Forsendelse, Outcome, SinkError, Svar};
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Arbeider {
    pub(super) fn noter_sending(
        &self,
        nokkel: &Listenokkel,
        start: Timestamp,
        sendt: &Forsendelse,
        utfall: &Result<Outcome, SinkError>,
    ) {
        let (ord, merknader) = ord(utfall);
        let mut per_kode: BTreeMap<String, u64> = BTreeMap::new();
        for merknad in merknader {
            *per_kode.entry(merknad.kode.clone()).or_default() += 1;
        }
        self.drift.noter_mottaker(Mottakerforsok {
            start,
            varighet_ms: mellom(start, self.om.clock.now()),
            liste: nokkel.clone(),
            slag: if sendt.oppdatering.is_some() { Mottakerslag::Oppdatering } else { Mottakerslag::Liste },
            utfall: ord.to_owned(),
            http: http(utfall),
            linjer: sendt.linjer.len() as u64,
            merknader: per_kode,
            form: linjeform(&sendt.linjer),
        });
    }

    pub(super) fn noter_tilbakelesing(&self, nokkel: &Listenokkel, start: Timestamp, utfall: &str, linjer: usize) {
        self.drift.noter_mottaker(Mottakerforsok {
            start,
            varighet_ms: mellom(start, self.om.clock.now()),
            liste: nokkel.clone(),
            slag: Mottakerslag::Tilbakelesing,
            utfall: utfall.to_owned(),
            http: None,
            linjer: linjer as u64,
            merknader: BTreeMap::new(),
            form: BTreeMap::new(),
        });
    }
}

/// The outcome in a word, and the receiver's remarks.
fn ord(utfall: &Result<Outcome, SinkError>) -> (&'static str, &[Merknad]) {
    match utfall {
        Ok(Outcome::Delivered(Svar { merknader, .. })) if merknader.is_empty() => ("mottatt", merknader),
        Ok(Outcome::Delivered(Svar { merknader, .. })) => ("mottatt-med-advarsler", merknader),
        Ok(Outcome::Rejected(avslag)) => match avslag {
            Avslag::Linjer(Svar { merknader, .. }) => ("avvist", merknader),
            Avslag::Stengt => ("stengt", &[]),
            Avslag::UkjentSkole => ("ukjent-skole", &[]),
            Avslag::AlleredeLevert => ("allerede-levert", &[]),
            Avslag::EndretHosMottaker => ("endret-hos-mottaker", &[]),
            Avslag::UkjentSkolear => ("ukjent-skolear", &[]),
            Avslag::Uforklart { .. } | Avslag::Ugyldig { .. } => ("avvist-uten-grunn", &[]),
        },
        Ok(Outcome::Later { .. }) => ("ikke-sendt", &[]),
        Ok(Outcome::Unknown { .. }) => ("uavklart", &[]),
        Err(SinkError::Denied { .. }) => ("nektet", &[]),
        Err(SinkError::Unreachable { .. }) => ("borte", &[]),
    }
}

/// The class of the answer's HTTP status, where an outcome's code or hint names it: `5xx`.
fn http(utfall: &Result<Outcome, SinkError>) -> Option<String> {
    let tekst = match utfall {
        Ok(Outcome::Rejected(Avslag::Uforklart { kode } | Avslag::Ugyldig { kode })) => kode,
        Ok(Outcome::Later { hint, .. } | Outcome::Unknown { hint }) => hint,
        Err(SinkError::Denied { hint, .. } | SinkError::Unreachable { hint, .. }) => hint,
        _ => return None,
    };
    let etter = ["status ", "HTTP_"].into_iter().find_map(|ord| Some(tekst.split_once(ord)?.1))?;
    let status = etter.get(..3).filter(|s| s.bytes().all(|b| b.is_ascii_digit()))?;
    matches!(status.as_bytes()[0], b'1'..=b'5').then(|| format!("{}xx", &status[..1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_told_where_it_is_known() {
        let ukjent = |hint: &str| http(&Ok(Outcome::Unknown { hint: hint.into() }));
        assert_eq!(ukjent("it answered status 502, which does not tell").as_deref(), Some("5xx"));
        assert_eq!(ukjent("the connection was lost"), None);
        assert_eq!(ukjent("status quo"), None);
        let avvist = Ok(Outcome::Rejected(Avslag::Ugyldig { kode: "HTTP_413".into() }));
        assert_eq!(http(&avvist).as_deref(), Some("4xx"));
    }
}

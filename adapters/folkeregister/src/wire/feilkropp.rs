//! Bodies of errors: three shapes of JSON, and the web page of the firewall in front. They are hints, and may quote the
//! request: of their texts nothing is kept but a code that has the register's form.

use serde_json::Value;
use std::fmt;

/// What an error's body tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Feilkropp {
    html: bool,
    kode: Option<String>,
    om_sekvens: bool,
    om_type: bool,
}

impl Feilkropp {
    /// Reads any bytes.
    pub(crate) fn les(kropp: &[u8]) -> Self {
        if kropp.trim_ascii_start().first() == Some(&b'<') {
            return Self { html: true, ..Self::default() };
        }
        let json: Value = serde_json::from_slice(kropp).unwrap_or_default();
        let tekst = |felter: [&str; 3]| felter.into_iter().find_map(|felt| json.get(felt)?.as_str());
        let kode = tekst(["kode", "code", "feilkode"]).filter(|kode| er_kode(kode)).map(str::to_owned);
        let melding = match tekst(["melding", "message", "feilmelding"]) {
            Some(melding) => melding.to_lowercase(),
            None => String::from_utf8_lossy(kropp).to_lowercase(),
        };
        // The bare phrase of the status says nothing about the reason.
        let melding = melding.replace("not acceptable", "");
        let har = |ord: &[&str]| ord.iter().any(|ord| melding.contains(ord));
        Self {
            html: false,
            kode,
            om_sekvens: har(&["sekvensnummer", "36 måneder"]),
            om_type: har(&["accept", "mediatype", "media type", "content type", "innholdstype"]),
        }
    }

    /// A web page.
    pub(crate) const fn html(&self) -> bool {
        self.html
    }

    /// It speaks of a sequence number.
    pub(crate) const fn om_sekvens(&self) -> bool {
        self.om_sekvens
    }

    /// It speaks of the type of answer, and not of a sequence number.
    pub(crate) const fn om_type(&self) -> bool {
        self.om_type && !self.om_sekvens
    }
}

/// As an addition to a hint: nothing, or what kind of body it was.
impl fmt::Display for Feilkropp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.kode, self.html) {
            (Some(kode), _) => write!(f, " ({kode})"),
            (None, true) => f.write_str(" (a web page)"),
            (None, false) => Ok(()),
        }
    }
}

/// `FREG-001` and the like: too short to hold anything of a person.
fn er_kode(tekst: &str) -> bool {
    tekst.split_once('-').is_some_and(|(system, nummer)| {
        (2..=8).contains(&system.len())
            && system.bytes().all(|b| b.is_ascii_uppercase())
            && (1..=4).contains(&nummer.len())
            && nummer.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_shapes_and_a_web_page_give_hints_only() {
        for (kropp, ventet) in [
            (r#"{"kode":"FREG-001","melding":"Feil for 05820998865"}"#, " (FREG-001)"),
            (r#"{"code":"DELING-17","message":"05820998865","feilreferanse":"x","httpStatus":403}"#, " (DELING-17)"),
            (
                r#"{"feilkode":"MAG-1","feilmelding":"x","alvorlighetsgrad":"FEIL","tilleggsinformasjon":{}}"#,
                " (MAG-1)",
            ),
            (r#"{"kode":"05820998865"}"#, ""),
            (r#"{"kode":"PERSON-05820998865"}"#, ""),
            ("<html>Support ID: 05820998865</html>", " (a web page)"),
            ("05820998865", ""),
            ("", ""),
        ] {
            assert_eq!(Feilkropp::les(kropp.as_bytes()).to_string(), ventet, "{kropp}");
        }
    }

    #[test]
    fn the_two_reasons_for_406_are_told_apart() {
        let gammel = Feilkropp::les(
            r#"{"kode":"FREG-9","melding":"Det er oppgitt ulovlig sekvensnummer. Det er eldre enn 36 måneder gammelt"}"#
                .as_bytes(),
        );
        assert!(gammel.om_sekvens() && !gammel.om_type());
        let type_ = Feilkropp::les(br#"{"code":"x","message":"Accept: text/html not supported"}"#);
        assert!(!type_.om_sekvens() && type_.om_type());
        let taus = Feilkropp::les(b"Not Acceptable");
        assert!(!taus.om_sekvens() && !taus.om_type(), "the bare phrase decides nothing");
    }
}

//! A letter as it came, and decoded as far as a test needs to read it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// A letter that came whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mottatt {
    /// The sender of the envelope.
    pub fra: String,
    /// The receivers of the envelope.
    pub til: Vec<String>,
    /// The headers, unfolded and decoded, in order.
    pub hoder: Vec<(String, String)>,
    /// The first part of type text/plain, decoded.
    pub tekst: String,
    /// The first part of type text/html, decoded.
    pub html: Option<String>,
    /// As it came, without the dots that SMTP adds.
    pub ra: String,
}

impl Mottatt {
    pub(super) fn les(fra: String, til: Vec<String>, ra: Vec<u8>) -> Self {
        let ra = String::from_utf8_lossy(&ra).into_owned();
        let mut deler = vec![];
        let hoder = del(&ra, &mut deler);
        let av = |type_: &str| deler.iter().find(|(t, _)| t.starts_with(type_)).map(|(_, innhold)| innhold.clone());
        let (tekst, html) = (av("text/plain").unwrap_or_default(), av("text/html"));
        Self { fra, til, hoder, tekst, html, ra }
    }

    /// The first header of this name; empty when there is none.
    pub fn hode(&self, navn: &str) -> &str {
        self.hoder.iter().find(|(n, _)| n.eq_ignore_ascii_case(navn)).map_or("", |(_, verdi)| verdi)
    }

    /// The subject.
    pub fn emne(&self) -> &str {
        self.hode("Subject")
    }
}

/// Takes a part apart: its headers, and the texts in it by type.
fn del(ra: &str, ut: &mut Vec<(String, String)>) -> Vec<(String, String)> {
    let (hodet, kropp) = ra.split_once("\r\n\r\n").unwrap_or((ra, ""));
    let hodet = hodet.replace("\r\n ", " ").replace("\r\n\t", " ");
    let hoder: Vec<(String, String)> = hodet
        .split("\r\n")
        .filter_map(|linje| linje.split_once(':'))
        .map(|(navn, verdi)| (navn.trim().to_owned(), ord(verdi.trim())))
        .collect();
    let hode = |navn: &str| {
        let funnet = hoder.iter().find(|(n, _)| n.eq_ignore_ascii_case(navn));
        funnet.map(|(_, verdi)| verdi.clone()).unwrap_or_default()
    };
    let type_ = hode("Content-Type");
    let grense = type_.split_once("boundary=").map(|(_, rest)| rest.trim_matches('"').split('"').next().unwrap_or(""));
    match grense {
        Some(grense) if type_.to_ascii_lowercase().starts_with("multipart/") => {
            for indre in kropp.split(&format!("--{grense}")).skip(1).filter(|indre| !indre.starts_with("--")) {
                del(indre.trim_start_matches("\r\n"), ut);
            }
        }
        _ => ut.push((type_.to_ascii_lowercase(), dekod(kropp, &hode("Content-Transfer-Encoding")))),
    }
    hoder
}

fn dekod(kropp: &str, koding: &str) -> String {
    let bytes = match koding.to_ascii_lowercase().as_str() {
        "base64" => STANDARD.decode(kropp.replace(['\r', '\n'], "")).unwrap_or_default(),
        "quoted-printable" => sitert(&kropp.replace("=\r\n", "")),
        _ => kropp.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim_end().to_owned()
}

/// Quoted-printable (RFC 2045), its soft line breaks taken out before.
fn sitert(tekst: &str) -> Vec<u8> {
    let bytes = tekst.as_bytes();
    let (mut ut, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while i < bytes.len() {
        let to = tekst.get(i + 1..i + 3).filter(|_| bytes[i] == b'=');
        match to.and_then(|to| u8::from_str_radix(to, 16).ok()) {
            Some(byte) => {
                ut.push(byte);
                i += 3;
            }
            None => {
                ut.push(bytes[i]);
                i += 1;
            }
        }
    }
    ut
}

/// Encoded words (RFC 2047) of a header, in utf-8. What stands between two of them is not shown.
fn ord(verdi: &str) -> String {
    let (mut ut, mut rest, mut etter_ord) = (Vec::new(), verdi, false);
    while let Some((for_, etter)) = rest.split_once("=?") {
        let mut deler = etter.splitn(4, '?');
        let (_, koding, innhold) = (deler.next(), deler.next().unwrap_or(""), deler.next().unwrap_or(""));
        let Some(hale) = deler.next().and_then(|hale| hale.strip_prefix('=')) else { break };
        if !(etter_ord && for_.trim().is_empty()) {
            ut.extend(for_.bytes());
        }
        match koding {
            "b" | "B" => ut.extend(STANDARD.decode(innhold).unwrap_or_default()),
            _ => ut.extend(sitert(&innhold.replace('_', " "))),
        }
        (rest, etter_ord) = (hale, true);
    }
    ut.extend(rest.bytes());
    String::from_utf8_lossy(&ut).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_read_as_a_person_reads_it() {
        let ra = "Subject: =?utf-8?b?UMOlbWlubmVsc2U=?=\r\n =?utf-8?q?:_fr=C3=A5_no?=\r\nAuto-Submitted: auto-generated\r\n\
                  Content-Type: multipart/alternative; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\
                  Content-Transfer-Encoding: quoted-printable\r\n\r\nm=C3=A5 ret=\r\ntes\r\n--x\r\n\
                  Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+w6U8L3A+\r\n--x--\r\n";
        let brev = Mottatt::les("a@b".into(), vec![], ra.as_bytes().to_vec());
        assert_eq!(brev.emne(), "Påminnelse: frå no");
        assert_eq!((brev.tekst.as_str(), brev.html.as_deref()), ("må rettes", Some("<p>å</p>")));
        assert_eq!(brev.hode("auto-submitted"), "auto-generated");
    }
}

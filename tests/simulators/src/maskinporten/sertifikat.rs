//! Enterprise certificates (`x5c`): reads the few fields that decide, and makes self-signed ones for tests.
//!
//! Whether the chain ends in a trusted issuer is not checked here: a simulator has no such issuer.

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use jsonwebtoken::{Algorithm, DecodingKey};

use super::Rsanokkel;

const HELTALL: u8 = 0x02;
const BITSTRENG: u8 = 0x03;
const OID: u8 = 0x06;
const UTF8: u8 = 0x0c;
const UTCTIME: u8 = 0x17;
const GENERALIZEDTIME: u8 = 0x18;
const SEKVENS: u8 = 0x30;
const SETT: u8 = 0x31;
const VERSJON: u8 = 0xa0;

/// organizationIdentifier: `NTRNO-` and the organisation number, in today's certificates.
const ORGANISASJON: &[u8] = &[0x55, 0x04, 0x61];
/// serialNumber: the organisation number alone, in older ones.
const SERIENUMMER: &[u8] = &[0x55, 0x04, 0x05];
/// sha256WithRSAEncryption and rsaEncryption, each as an AlgorithmIdentifier.
const SHA256_RSA: &[u8] = &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00];
const RSA: &[u8] = &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// What decides about a certificate.
pub(super) struct Sertifikat {
    pub(super) orgnr: String,
    pub(super) nokkel: DecodingKey,
    fra: Timestamp,
    til: Timestamp,
}

impl Sertifikat {
    /// Reads a certificate; `None` when it is not one, or has no organisation number or RSA key.
    pub(super) fn les(der: &[u8]) -> Option<Self> {
        let (SEKVENS, sertifikat, []) = element(der)? else { return None };
        let (SEKVENS, mut rest, _) = element(sertifikat)? else { return None };
        let mut deler = Vec::new();
        while !rest.is_empty() {
            let (merke, innhold, neste) = element(rest)?;
            if merke != VERSJON {
                deler.push((merke, innhold));
            }
            rest = neste;
        }
        let [(HELTALL, _), (SEKVENS, _), (SEKVENS, _), (SEKVENS, gyldig), (SEKVENS, emne), (SEKVENS, nokkel), ..] =
            deler[..]
        else {
            return None;
        };
        let (merke, fra, rest) = element(gyldig)?;
        let fra = tid(merke, fra)?;
        let (merke, til, _) = element(rest)?;
        let (_, _, bitstreng) = element(nokkel)?;
        let (BITSTRENG, [0, pkcs1 @ ..], _) = element(bitstreng)? else { return None };
        let nokkel = DecodingKey::from_rsa_der(pkcs1);
        Some(Self { orgnr: orgnr(emne)?, nokkel, fra, til: tid(merke, til)? })
    }

    pub(super) fn gjelder(&self, na: Timestamp) -> bool {
        self.fra <= na && na < self.til
    }
}

/// Tag, content and what follows. Long-form lengths of up to four bytes.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let [merke, lengde, rest @ ..] = der else { return None };
    let (lengde, rest) = match *lengde {
        kort @ 0..=0x7f => (usize::from(kort), rest),
        lang @ 0x81..=0x84 => {
            let (siffer, rest) = rest.split_at_checked(usize::from(lang - 0x80))?;
            (siffer.iter().fold(0, |sum, b| sum << 8 | usize::from(*b)), rest)
        }
        _ => return None,
    };
    let (innhold, rest) = rest.split_at_checked(lengde)?;
    Some((*merke, innhold, rest))
}

fn orgnr(mut emne: &[u8]) -> Option<String> {
    while !emne.is_empty() {
        let (_, sett, neste) = element(emne)?;
        let (_, par, _) = element(sett)?;
        let (OID, oid, rest) = element(par)? else { return None };
        if oid == ORGANISASJON || oid == SERIENUMMER {
            let (_, verdi, _) = element(rest)?;
            let verdi = std::str::from_utf8(verdi).ok()?;
            return Some(verdi.strip_prefix("NTRNO-").unwrap_or(verdi).to_owned());
        }
        emne = neste;
    }
    None
}

fn tid(merke: u8, innhold: &[u8]) -> Option<Timestamp> {
    let tekst = std::str::from_utf8(innhold).ok()?;
    let hel = match merke {
        // The standard splits the century at 50.
        UTCTIME if tekst.get(..2)? < "50" => format!("20{tekst}"),
        UTCTIME => format!("19{tekst}"),
        GENERALIZEDTIME => tekst.to_owned(),
        _ => return None,
    };
    let tid = DateTime::strptime("%Y%m%d%H%M%SZ", hel).ok()?;
    Some(tid.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// A self-signed certificate (DER) of the key, for an organisation.
pub(super) fn lag(nokkel: &Rsanokkel, orgnr: &str, fra: Timestamp, til: Timestamp) -> anyhow::Result<Vec<u8>> {
    let emne = skriv(
        SEKVENS,
        &[&skriv(
            SETT,
            &[&skriv(SEKVENS, &[&skriv(OID, &[ORGANISASJON]), &skriv(UTF8, &[format!("NTRNO-{orgnr}").as_bytes()])])],
        )],
    );
    let tidspunkt = |t: Timestamp| skriv(GENERALIZEDTIME, &[t.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes()]);
    let jwk = serde_json::to_value(nokkel.jwk())?;
    let tall = |navn: &str| -> anyhow::Result<Vec<u8>> {
        let byte =
            URL_SAFE_NO_PAD.decode(jwk[navn].as_str().context("the public key has a modulus and an exponent")?)?;
        // A leading zero keeps the number positive.
        Ok(skriv(HELTALL, &[&[0][..usize::from(byte[0] >= 0x80)], &byte]))
    };
    let pkcs1 = skriv(SEKVENS, &[&tall("n")?, &tall("e")?]);
    let offentlig = skriv(SEKVENS, &[RSA, &skriv(BITSTRENG, &[&[0], &pkcs1])]);
    let gyldig = skriv(SEKVENS, &[&tidspunkt(fra), &tidspunkt(til)]);
    let versjon = skriv(VERSJON, &[&[HELTALL, 1, 2]]);
    let serienummer = skriv(HELTALL, &[&[1]]);
    let tbs = skriv(SEKVENS, &[&versjon, &serienummer, SHA256_RSA, &emne, &gyldig, &emne, &offentlig]);
    let signatur = jsonwebtoken::crypto::sign(&tbs, nokkel.privat(), Algorithm::RS256)?;
    let signatur = URL_SAFE_NO_PAD.decode(signatur)?;
    Ok(skriv(SEKVENS, &[&tbs, SHA256_RSA, &skriv(BITSTRENG, &[&[0], &signatur])]))
}

fn skriv(merke: u8, deler: &[&[u8]]) -> Vec<u8> {
    let innhold = deler.concat();
    let lengde = innhold.len().to_be_bytes();
    let forste = lengde.iter().position(|b| *b != 0).unwrap_or(lengde.len() - 1);
    let mut ut = vec![merke];
    if innhold.len() > 0x7f {
        let antall = lengde.len() - forste;
        ut.push(0x80 | u8::try_from(antall).expect("a length has at most eight bytes"));
    }
    ut.extend_from_slice(&lengde[forste..]);
    ut.extend_from_slice(&innhold);
    ut
}

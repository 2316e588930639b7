//! One letter to one address, and what became of it. What the server says besides its code is not kept: it may repeat
//! the address.

use crate::brev::Brev;
use crate::config::{Config, Kryptering};
use flow::Problem;
use identitet::Skjermet;
use jiff::{SignedDuration, Timestamp};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, response::Severity};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How long one answer of the server is waited for.
const SVARFRIST: Duration = Duration::from_secs(20);
/// How long a whole letter may take.
const TIDSGRENSE: Duration = Duration::from_secs(45);
/// Pauses after failures, in seconds; the last is used again and again.
const PAUSER: [i64; 7] = [5, 30, 120, 600, 1_800, 3_600, 7_200];

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Utfall {
    /// Taken by the server.
    Sendt,
    /// The address does not take letters.
    Avvist(String),
    /// Not taken now; others may be.
    Senere(String),
    /// Nobody knows, or nothing can be sent at all just now.
    Nede(String),
}

/// The way out.
#[derive(Clone)]
pub(crate) struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    fra: Mailbox,
    svar_til: Option<Mailbox>,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").finish_non_exhaustive()
    }
}

impl Post {
    /// Reads the secrets, whose paths are meant from `mappe`. The configuration has been checked.
    pub(crate) fn ny(config: &Config, mappe: &Path) -> Result<Self, Vec<Problem>> {
        let mut problemer = Vec::new();
        let mut les = |felt: &str, fil: &Path| match std::fs::read(mappe.join(fil)) {
            Ok(innhold) => Some(innhold),
            Err(feil) => {
                problemer.push(Problem::new(format!("epost.{felt}"), format!("it cannot be read ({})", feil.kind())));
                None
            }
        };
        let passord = config.passordfil.as_deref().and_then(|fil| les("passordfil", fil));
        let rot = config.rotsertifikat.as_deref().and_then(|fil| les("rotsertifikat", fil));
        let rot = rot.map(|pem| Certificate::from_pem(&pem));
        let mut si = |felt: &str, hva: &str| problemer.push(Problem::new(format!("epost.{felt}"), hva));
        let mut tls = TlsParameters::builder(config.vert.clone());
        match rot {
            Some(Ok(sertifikat)) => tls = tls.add_root_certificate(sertifikat),
            Some(Err(_)) => si("rotsertifikat", "it must hold a certificate in PEM"),
            None => {}
        }
        let tls = match (config.kryptering, tls.build()) {
            (Kryptering::Ingen, _) => Some((Tls::None, 25)),
            (Kryptering::Starttls, Ok(tls)) => Some((Tls::Required(tls), 587)),
            (Kryptering::Tls, Ok(tls)) => Some((Tls::Wrapper(tls), 465)),
            (_, Err(_)) => {
                si("rotsertifikat", "TLS cannot be used with it; look at the certificate");
                None
            }
        };
        let passord = match passord.map(String::from_utf8) {
            Some(Ok(passord)) if !passord.trim().is_empty() => Some(passord.trim().to_owned()),
            Some(_) => {
                si("passordfil", "it must hold the password alone");
                None
            }
            None => None,
        };
        let fra: Option<Mailbox> = config.avsender.parse().ok();
        if fra.is_none() {
            si("avsender", "write an address");
        }
        let (Some((tls, port)), Some(fra), true) = (tls, fra, problemer.is_empty()) else { return Err(problemer) };
        let mut bygger = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(config.vert.trim())
            .port(config.port.unwrap_or(port))
            .tls(tls)
            .hello_name(ClientId::Domain(fra.email.domain().to_owned()))
            .timeout(Some(SVARFRIST));
        if let (Some(bruker), Some(passord)) = (&config.bruker, passord) {
            bygger = bygger.credentials(Credentials::new(bruker.clone(), passord));
        }
        let svar_til = config.svar_til.as_ref().and_then(|adresse| adresse.parse().ok());
        Ok(Self { transport: bygger.build(), fra, svar_til })
    }

    /// Sends a letter that is named `id` for good.
    pub(crate) async fn send(&self, til: &Skjermet<String>, brev: &Brev, id: &str, na: Timestamp) -> Utfall {
        let Ok(til) = til.vis().parse::<Address>() else { return Utfall::Avvist("adresse".into()) };
        let mut bygger = Message::builder()
            .from(self.fra.clone())
            .to(Mailbox::new(None, til))
            .date(SystemTime::from(na))
            .subject(brev.emne.clone())
            .message_id(Some(format!("<{id}@{}>", self.fra.email.domain())));
        if let Some(svar_til) = &self.svar_til {
            bygger = bygger.reply_to(svar_til.clone());
        }
        let auto = HeaderName::new_from_ascii_str("Auto-Submitted");
        let bygger = bygger.raw_header(HeaderValue::new(auto, "auto-generated".to_owned()));
        let innhold = MultiPart::alternative_plain_html(brev.tekst.clone(), brev.html.clone());
        let Ok(melding) = bygger.multipart(innhold) else { return Utfall::Avvist("adresse".into()) };
        match tokio::time::timeout(TIDSGRENSE, self.transport.send(melding)).await {
            Ok(Ok(_)) => Utfall::Sendt,
            Ok(Err(feil)) => utfall(&feil),
            Err(_) => Utfall::Nede("tidsavbrudd".into()),
        }
    }
}

fn utfall(feil: &Error) -> Utfall {
    let Some(kode) = feil.status() else {
        let hva = match () {
            () if feil.is_timeout() => "tidsavbrudd",
            () if feil.is_tls() => "tls",
            () if feil.is_client() => "tjener",
            () => "ingen-forbindelse",
        };
        return Utfall::Nede(hva.into());
    };
    // The text is looked at for the enhanced code alone (RFC 3463), and not kept.
    let tekst = std::error::Error::source(feil).map(ToString::to_string).unwrap_or_default();
    av_kode(kode.severity, u16::from(kode), &tekst)
}

fn av_kode(alvor: Severity, kode: u16, tekst: &str) -> Utfall {
    let ord = format!("smtp-{kode}");
    let utvidet = tekst.split_whitespace().find_map(|ord| {
        let mut deler = ord.split('.').map(str::parse::<u16>);
        match (deler.next(), deler.next(), deler.next(), deler.next()) {
            (Some(Ok(4 | 5)), Some(Ok(emne)), Some(Ok(_)), None) => Some(emne),
            _ => None,
        }
    });
    match (alvor, kode) {
        (Severity::PermanentNegativeCompletion, 530 | 534 | 535 | 538) => Utfall::Nede(ord),
        // 1: the address; 2: the mailbox. Everything else, such as «relaying denied», is between us and the server.
        (Severity::PermanentNegativeCompletion, 550..=553 | 556)
            if utvidet.is_none_or(|emne| matches!(emne, 1 | 2)) =>
        {
            Utfall::Avvist(ord)
        }
        (_, 421) => Utfall::Nede(ord),
        _ => Utfall::Senere(ord),
    }
}

/// How long to wait after so many failures in a row.
pub(crate) fn pause(forsok: u32) -> SignedDuration {
    let plass = usize::try_from(forsok.saturating_sub(1)).unwrap_or(usize::MAX).min(PAUSER.len() - 1);
    SignedDuration::from_secs(PAUSER[plass])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_address_is_told_from_a_server_that_refuses_us() {
        let nei = |kode, tekst| av_kode(Severity::PermanentNegativeCompletion, kode, tekst);
        assert_eq!(nei(550, "5.1.1 no such user"), Utfall::Avvist("smtp-550".into()));
        assert_eq!(nei(550, "unknown"), Utfall::Avvist("smtp-550".into()));
        assert_eq!(nei(550, "5.7.1 relaying denied"), Utfall::Senere("smtp-550".into()));
        assert_eq!(nei(552, "5.2.2 mailbox full"), Utfall::Avvist("smtp-552".into()));
        assert_eq!(nei(554, "5.6.0 no"), Utfall::Senere("smtp-554".into()));
        assert_eq!(nei(535, "5.7.8 who are you"), Utfall::Nede("smtp-535".into()));
        let ikke_na = |kode| av_kode(Severity::TransientNegativeCompletion, kode, "later");
        assert_eq!([ikke_na(450), ikke_na(421)], [Utfall::Senere("smtp-450".into()), Utfall::Nede("smtp-421".into())]);
    }

    #[test]
    fn pauses_grow() {
        let sekunder: Vec<_> = [0, 1, 2, 3, 9, u32::MAX].map(|n| pause(n).as_secs()).into();
        assert_eq!(sekunder, [5, 5, 30, 120, 7_200, 7_200]);
    }
}

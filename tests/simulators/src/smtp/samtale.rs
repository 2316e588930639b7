//! One conversation with a client.

use super::{Delt, Feil, Mottatt};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// The longest line that is listened to.
const MAKS_LINJE: u64 = 4_096;

/// How far the envelope has come.
#[derive(Default)]
struct Konvolutt {
    fra: Option<String>,
    til: Vec<String>,
}

struct Samtale<'a> {
    strom: BufReader<TcpStream>,
    delt: &'a Delt,
    hilst: bool,
    innlogget: bool,
    konvolutt: Konvolutt,
}

/// Speaks until the client hangs up, or is hung up on.
pub(super) async fn samtale(strom: TcpStream, delt: &Delt) -> io::Result<()> {
    let innlogget = delt.config.innlogging.is_none();
    let konvolutt = Konvolutt::default();
    let mut samtale = Samtale { strom: BufReader::new(strom), delt, hilst: false, innlogget, konvolutt };
    if delt.feil(|feil| *feil == Feil::Stengt).is_some() {
        return samtale.si("421 4.3.2 closing, come again later").await;
    }
    samtale.si("220 simulator ESMTP: delivers to nobody").await?;
    while let Some(linje) = samtale.linje().await? {
        if !samtale.svar(&linje).await? {
            break;
        }
    }
    Ok(())
}

impl Samtale<'_> {
    async fn si(&mut self, svar: &str) -> io::Result<()> {
        self.strom.get_mut().write_all(format!("{svar}\r\n").as_bytes()).await
    }

    /// A line without its end; none when the client has hung up, or says more than a line may hold.
    async fn linje(&mut self) -> io::Result<Option<String>> {
        let mut linje = Vec::new();
        (&mut self.strom).take(MAKS_LINJE).read_until(b'\n', &mut linje).await?;
        Ok(linje.strip_suffix(b"\r\n").map(|linje| String::from_utf8_lossy(linje).into_owned()))
    }

    /// Whether to go on.
    async fn svar(&mut self, linje: &str) -> io::Result<bool> {
        let (ord, rest) = linje.split_once(' ').unwrap_or((linje, ""));
        let svar = match ord.to_ascii_uppercase().as_str() {
            "EHLO" if !rest.is_empty() => {
                self.hilst = true;
                self.konvolutt = Konvolutt::default();
                let maks = self.delt.config.maks;
                let auth = if self.delt.config.innlogging.is_some() { "250-AUTH PLAIN\r\n" } else { "" };
                format!("250-simulator\r\n{auth}250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {maks}")
            }
            "HELO" if !rest.is_empty() => {
                self.hilst = true;
                "250 simulator".into()
            }
            "NOOP" => "250 2.0.0 well".into(),
            "RSET" => {
                self.konvolutt = Konvolutt::default();
                "250 2.0.0 forgotten".into()
            }
            "VRFY" => "252 2.5.0 try it".into(),
            "QUIT" => {
                self.si("221 2.0.0 goodbye").await?;
                return Ok(false);
            }
            "AUTH" => self.auth(rest).await?,
            "MAIL" | "RCPT" | "DATA" if !self.hilst => "503 5.5.1 say EHLO first".into(),
            "MAIL" | "RCPT" | "DATA" if !self.innlogget => "530 5.7.0 sign in first".into(),
            "MAIL" => self.mail(rest),
            "RCPT" => self.rcpt(rest),
            "DATA" => return self.data().await,
            "EHLO" | "HELO" => "501 5.5.4 say who you are".into(),
            _ => "500 5.5.2 not understood".into(),
        };
        self.si(&svar).await?;
        Ok(true)
    }

    async fn auth(&mut self, rest: &str) -> io::Result<String> {
        let Some(innlogging) = self.delt.config.innlogging.clone() else { return Ok("503 5.5.1 no need".into()) };
        let (mate, forst) = rest.split_once(' ').unwrap_or((rest, ""));
        if !mate.eq_ignore_ascii_case("PLAIN") {
            return Ok("504 5.5.4 PLAIN only".into());
        }
        let kodet = if forst.is_empty() {
            self.si("334 ").await?;
            self.linje().await?.unwrap_or_default()
        } else {
            forst.to_owned()
        };
        let ventet = format!("\0{}\0{}", innlogging.0, innlogging.1);
        self.innlogget = STANDARD.decode(kodet.trim()).is_ok_and(|sagt| sagt == ventet.as_bytes());
        Ok(if self.innlogget { "235 2.7.0 welcome".into() } else { "535 5.7.8 who are you".into() })
    }

    fn mail(&mut self, rest: &str) -> String {
        let Some((fra, parametre)) = adresse(rest, "FROM:") else { return "501 5.5.4 MAIL FROM:<address>".into() };
        if self.konvolutt.fra.is_some() {
            return "503 5.5.1 one letter at a time".into();
        }
        let storrelse = parametre.to_ascii_uppercase();
        let storrelse = storrelse.split_whitespace().find_map(|p| p.strip_prefix("SIZE=")?.parse::<usize>().ok());
        if storrelse.is_some_and(|storrelse| storrelse > self.delt.config.maks) {
            return "552 5.3.4 too large".into();
        }
        self.konvolutt = Konvolutt { fra: Some(fra), til: vec![] };
        "250 2.1.0 go on".into()
    }

    fn rcpt(&mut self, rest: &str) -> String {
        let Some((til, _)) = adresse(rest, "TO:") else { return "501 5.5.4 RCPT TO:<address>".into() };
        if self.konvolutt.fra.is_none() {
            return "503 5.5.1 MAIL first".into();
        }
        let feil = self.delt.feil(|feil| match feil {
            Feil::Opptatt { adresse } => adresse.as_ref().is_none_or(|adresse| *adresse == til),
            Feil::Avvis { adresse } | Feil::Videresender { adresse } => *adresse == til,
            _ => false,
        });
        // The address is repeated, as real servers do: nobody may log it.
        match feil {
            Some(Feil::Opptatt { .. }) => format!("450 4.2.1 <{til}> is busy"),
            Some(Feil::Avvis { .. }) => format!("550 5.1.1 <{til}>: no such user"),
            Some(_) => format!("550 5.7.1 <{til}>: relaying denied"),
            None => {
                self.konvolutt.til.push(til);
                "250 2.1.5 go on".into()
            }
        }
    }

    /// Whether to go on.
    async fn data(&mut self) -> io::Result<bool> {
        if self.konvolutt.til.is_empty() {
            self.si("503 5.5.1 RCPT first").await?;
            return Ok(true);
        }
        self.si("354 end with a dot").await?;
        let mut ra = Vec::new();
        loop {
            let mut linje = Vec::new();
            if (&mut self.strom).take(MAKS_LINJE).read_until(b'\n', &mut linje).await? == 0 {
                return Ok(false);
            }
            if linje == b".\r\n" {
                break;
            }
            ra.extend_from_slice(linje.strip_prefix(b".").unwrap_or(&linje));
        }
        let Konvolutt { fra, til } = std::mem::take(&mut self.konvolutt);
        if ra.len() > self.delt.config.maks {
            self.si("552 5.3.4 too large").await?;
            return Ok(true);
        }
        self.delt.minne().brev.push(Mottatt::les(fra.unwrap_or_default(), til, ra));
        if let Some(Feil::Treg { millisekunder }) = self.delt.feil(|feil| matches!(feil, Feil::Treg { .. })) {
            tokio::time::sleep(Duration::from_millis(millisekunder)).await;
        }
        if self.delt.feil(|feil| *feil == Feil::KuttEtterData).is_some() {
            return Ok(false);
        }
        self.si("250 2.0.0 remembered").await?;
        Ok(true)
    }
}

/// What stands between the brackets, and what stands after them.
fn adresse<'a>(rest: &'a str, foran: &str) -> Option<(String, &'a str)> {
    let etter = rest.get(..foran.len()).filter(|ord| ord.eq_ignore_ascii_case(foran)).map(|_| &rest[foran.len()..])?;
    let (adresse, parametre) = etter.trim_start().strip_prefix('<')?.split_once('>')?;
    Some((adresse.to_owned(), parametre))
}

//! Rows out of bytes: whatever a spreadsheet has done to a file, each good row comes out, and each bad one alone.

mod hode;
mod linjer;
mod oppdeling;

pub(crate) use hode::Hode;
pub(crate) use linjer::{Tegnsett, Tegnsettfinner};

use crate::config::Grenser;
use crate::fil::Fil;
use crate::rapport::Kode;
use linjer::{Linje, Linjeleser};
use oppdeling::{Deler, finn_skille};
use std::collections::VecDeque;
use std::io::{self, Read};

/// Most lines of one row: an address may have a few, a row does not.
const MAKS_LINJER: usize = 20;

/// One row.
#[derive(Debug)]
pub(crate) struct Rad {
    /// Its number as a spreadsheet shows it: the header is row 1.
    pub(crate) nummer: u64,
    /// Its fields, as many as the header has, or why it cannot be taken apart, and where.
    pub(crate) felter: Result<Vec<String>, (Kode, Option<usize>)>,
    /// Whether a quotation mark stood where none belongs.
    pub(crate) rart_sitat: bool,
    /// Whether there were empty fields behind the last column.
    pub(crate) tomme_felt: bool,
    /// Blank rows before this one.
    pub(crate) tomme_rader: u64,
    /// As received. Personal.
    pub(crate) raw: String,
}

/// A file with a header and rows.
pub(crate) struct Tabell<R> {
    linjer: Linjeleser<R>,
    /// Lines that were taken for the rest of a row and were not.
    ko: VecDeque<Linje>,
    skille: char,
    hode: Hode,
    nummer: u64,
    felt_bytes: usize,
    pub(crate) sep_linje: bool,
}

impl<R: Read> Tabell<R> {
    /// Opens a file and reads its header. None: it is empty.
    pub(crate) fn apne(fil: Fil, kilde: R, tegnsett: Tegnsett, grenser: &Grenser) -> io::Result<Option<Self>> {
        let mut tabell = Self {
            linjer: Linjeleser::ny(kilde, tegnsett, grenser.linje_bytes.get() as usize),
            ko: VecDeque::new(),
            skille: ',',
            hode: Hode::default(),
            nummer: 0,
            felt_bytes: grenser.felt_bytes.get() as usize,
            sep_linje: false,
        };
        let mut fast = None;
        loop {
            let (Linje::Tekst(linje) | Linje::ForLang(linje)) = match tabell.linjer.neste()? {
                Some(linje) => linje,
                None => return Ok(None),
            };
            if let Some(skille) = sep_linje(&linje).filter(|_| !tabell.sep_linje && tabell.nummer == 0) {
                // A spreadsheet does not show this line, so it is no row.
                (fast, tabell.sep_linje) = (Some(skille), true);
                continue;
            }
            tabell.nummer += 1;
            if linje.trim().is_empty() {
                continue;
            }
            tabell.skille = fast.unwrap_or_else(|| finn_skille(&linje));
            let mut deler = Deler::ny(tabell.skille);
            deler.linje(&linje);
            tabell.hode = Hode::les(fil, deler.felter());
            return Ok(Some(tabell));
        }
    }

    pub(crate) fn hode(&self) -> &Hode {
        &self.hode
    }

    /// What is to be said of the header, and of the file as far as it has been read.
    pub(crate) fn merknader(&self) -> impl Iterator<Item = (Kode, Option<&'static str>)> {
        let fast = [(self.skille != ',', Kode::Skilletegn), (self.sep_linje, Kode::SepLinje)];
        let fast = fast.into_iter().filter(|(er, _)| *er).map(|(_, kode)| (kode, None));
        fast.chain(self.hode.merknader.iter().copied())
    }

    /// Whether letters have been met that the character set does not have.
    pub(crate) fn ulesbart(&self) -> bool {
        self.linjer.ulesbart
    }

    fn linje(&mut self) -> io::Result<Option<Linje>> {
        match self.ko.pop_front() {
            Some(linje) => Ok(Some(linje)),
            None => self.linjer.neste(),
        }
    }

    /// The next row with content.
    pub(crate) fn neste(&mut self) -> io::Result<Option<Rad>> {
        let mut tomme_rader = 0;
        let forste = loop {
            let Some(linje) = self.linje()? else { return Ok(None) };
            self.nummer += 1;
            match linje {
                Linje::Tekst(tekst) if tekst.chars().all(|c| c.is_whitespace() || c == self.skille) => tomme_rader += 1,
                Linje::Tekst(tekst) => break tekst,
                Linje::ForLang(start) => {
                    return Ok(Some(self.uleselig(Kode::LinjeForLang, None, tomme_rader, start)));
                }
            }
        };
        let mut deler = Deler::ny(self.skille);
        deler.linje(&forste);
        let mut raw = forste;
        let forste_slutt = raw.len();
        let mut flere = Vec::new();
        while deler.apen() && flere.len() + 1 < MAKS_LINJER && raw.len() <= 2 * self.linjer.maks() {
            match self.linje()? {
                Some(Linje::Tekst(tekst)) => {
                    deler.linje(&tekst);
                    raw.push('\n');
                    raw.push_str(&tekst);
                    flere.push(tekst);
                }
                Some(lang) => {
                    self.ko.push_front(lang);
                    break;
                }
                None => break,
            }
        }
        let (apen, rart_sitat) = (deler.apen(), deler.rart_sitat);
        let mut felter = deler.felter();
        let for_mange =
            felter.len() > self.hode.antall && felter[self.hode.antall..].iter().any(|f| !f.trim().is_empty());
        let galt_antall = for_mange || felter.len() < self.hode.antall;
        if apen || (!flere.is_empty() && (galt_antall || rart_sitat || self.har_hel_rad(&flere))) {
            // The quotation mark was a slip: this line is lost, and those after it are rows of their own.
            flere.into_iter().rev().for_each(|linje| self.ko.push_front(Linje::Tekst(linje)));
            raw.truncate(forste_slutt);
            return Ok(Some(self.uleselig(Kode::ApentSitat, None, tomme_rader, raw)));
        }
        if galt_antall {
            let kode = if for_mange { Kode::ForMangeFelt } else { Kode::ForFaFelt };
            return Ok(Some(self.uleselig(kode, None, tomme_rader, raw)));
        }
        if let Some(plass) = felter.iter().position(|felt| felt.len() > self.felt_bytes) {
            return Ok(Some(self.uleselig(Kode::FeltForLangt, Some(plass), tomme_rader, raw)));
        }
        if let Some(plass) = felter.iter().position(|felt| felt.contains('\0')) {
            return Ok(Some(self.uleselig(Kode::NulTegn, Some(plass), tomme_rader, raw)));
        }
        let tomme_felt = felter.len() > self.hode.antall;
        felter.truncate(self.hode.antall);
        Ok(Some(Rad { nummer: self.nummer, felter: Ok(felter), rart_sitat, tomme_felt, tomme_rader, raw }))
    }

    /// Whether one of a row's inner lines is a whole row in itself: two slips have then met around it.
    fn har_hel_rad(&self, flere: &[String]) -> bool {
        flere.iter().any(|linje| {
            let mut deler = Deler::ny(self.skille);
            deler.linje(linje);
            !deler.apen() && !deler.rart_sitat && deler.felter().len() >= self.hode.antall.max(2)
        })
    }

    fn uleselig(&self, kode: Kode, plass: Option<usize>, tomme_rader: u64, raw: String) -> Rad {
        Rad { nummer: self.nummer, felter: Err((kode, plass)), rart_sitat: false, tomme_felt: false, tomme_rader, raw }
    }
}

/// Excel's own line in front of the header, which says what stands between the columns.
fn sep_linje(linje: &str) -> Option<char> {
    let linje = linje.trim_matches(|c: char| c == '"' || c == ' ');
    let (ord, skille) = linje.split_at_checked(4)?;
    let mut tegn = skille.chars();
    match (ord.eq_ignore_ascii_case("sep="), tegn.next(), tegn.next()) {
        (true, Some(skille), None) => Some(skille),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

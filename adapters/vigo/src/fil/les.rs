//! Reading a file to its end, and telling everything that is wrong.

use super::form::{BOM, Filelev, Filform, Filhode, Telling};
use super::problem::{Felt, Filproblem, Hva};
use identitet::Skjermet;
use jiff::civil::Date;
use std::collections::HashMap;

/// No county has a file as large.
const MAKS_BYTES: usize = 16 * 1024 * 1024;
/// Nor one of so many lines.
const MAKS_LINJER: usize = 20_000;
/// More problems are counted, not kept.
const MAKS_PROBLEMER: usize = 1000;

/// What the file is asked to be about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ventet<'a> {
    /// The county's number.
    pub fylke: Option<&'a str>,
    /// VIGO's number of the school.
    pub skolenr: Option<&'a str>,
}

/// A file as it was read. `Debug` shows nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lest {
    /// The first line, where it could be read.
    pub hode: Option<Filhode>,
    /// The pupils whose line could be read, in order.
    pub elever: Vec<Filelev>,
    /// The number on the last line.
    pub antall: Option<usize>,
    /// Everything that is wrong, in order of lines.
    pub problemer: Vec<Filproblem>,
    /// How many problems more there are.
    pub flere: usize,
}

impl Lest {
    /// Whether VIGO would take it, as far as anybody knows.
    pub fn er_ren(&self) -> bool {
        self.problemer.iter().all(|p| p.hva.er_advarsel())
    }
}

/// Reads a file.
pub fn les(fil: &[u8], form: &Filform, ventet: &Ventet<'_>) -> Lest {
    let mut leser = Leser { form, ventet, ut: Lest::default(), sett: HashMap::new(), avlinjer: 0, ferdig: false };
    if fil.len() > MAKS_BYTES {
        leser.si(0, Felt::Linje, Hva::ForStor);
        return leser.ut;
    }
    let uten_bom = fil.strip_prefix(BOM);
    if uten_bom.is_some() && !form.tegnsett.er_utf8() {
        leser.si(0, Felt::Linje, Hva::ErUtf8);
    }
    let fil = uten_bom.unwrap_or(fil);
    let skift = if fil.contains(&b'\n') { b'\n' } else { b'\r' };
    let mut linjer: Vec<&[u8]> = fil.split(|b| *b == skift).take(MAKS_LINJER + 1).collect();
    if linjer.len() > MAKS_LINJER {
        leser.si(0, Felt::Linje, Hva::ForMange);
    } else if linjer.last().is_some_and(|siste| siste.is_empty()) {
        linjer.pop();
    }
    for (nr, linje) in (1..).zip(linjer) {
        leser.linje(nr, linje.strip_suffix(b"\r").unwrap_or(linje));
    }
    if !leser.ferdig {
        leser.si(0, Felt::Linje, Hva::UtenEof);
    }
    leser.ut
}

struct Leser<'a> {
    form: &'a Filform,
    ventet: &'a Ventet<'a>,
    ut: Lest,
    sett: HashMap<String, u32>,
    avlinjer: u32,
    ferdig: bool,
}

impl Leser<'_> {
    fn si(&mut self, linje: u32, felt: Felt, hva: Hva) {
        if self.ut.problemer.len() < MAKS_PROBLEMER {
            self.ut.problemer.push(Filproblem { linje, felt, hva });
        } else {
            self.ut.flere += 1;
        }
    }

    fn linje(&mut self, nr: u32, linje: &[u8]) {
        if linje.is_empty() {
            return self.si(nr, Felt::Linje, Hva::TomLinje);
        }
        let mut felter: Vec<&[u8]> = linje.split(|b| *b == b';').take(12).collect();
        let merke = felter[0];
        if nr == 1 && merke != b"TOF" {
            self.si(nr, Felt::Linje, Hva::UtenTof);
        }
        if self.ferdig || nr > 1 && merke == b"TOF" {
            return self.si(nr, Felt::Linje, Hva::Etter);
        }
        // The semicolon ends a field, it does not part two.
        if felter.last().is_some_and(|siste| siste.is_empty()) {
            felter.pop();
        } else {
            self.si(nr, Felt::Linje, Hva::UtenSemikolon);
        }
        match merke {
            b"TOF" => self.hode(nr, &felter),
            b"$AV" => self.elev(nr, &felter),
            b"EOF" => self.slutt(nr, &felter),
            _ => self.si(nr, Felt::Linje, Hva::UkjentLinje),
        }
    }

    /// A field without what is wrong with every kind of field. None when something is.
    fn felt(&mut self, nr: u32, felt: Felt, bytes: &[u8]) -> Option<String> {
        let tekst = self.form.tegnsett.les(bytes).filter(|tekst| !tekst.chars().any(char::is_control));
        let hva = match tekst {
            None => Hva::Tegn,
            Some(tekst) if tekst.chars().count() > felt.plass() => Hva::ForLang,
            Some(tekst) => return Some(tekst.into_owned()),
        };
        self.si(nr, felt, hva);
        None
    }

    /// The same, of a field that should hold something.
    fn fylt(&mut self, nr: u32, felt: Felt, bytes: &[u8]) -> Option<String> {
        let tekst = self.felt(nr, felt, bytes)?;
        if tekst.trim().is_empty() {
            self.si(nr, felt, Hva::Tomt);
        }
        Some(tekst)
    }

    fn hode(&mut self, nr: u32, felter: &[&[u8]]) {
        let &[_, versjon, dato, melding, fylke, skolenr, avgiverid] = felter else {
            return self.si(nr, Felt::Linje, Hva::Felter);
        };
        let versjon = self.fylt(nr, Felt::Versjon, versjon);
        let dato = self.felt(nr, Felt::Dato, dato).and_then(|tekst| {
            let dato = Date::strptime("%Y%m%d", &tekst).ok().filter(|_| tekst.len() == 8);
            if dato.is_none() && !tekst.is_empty() {
                self.si(nr, Felt::Dato, Hva::Form);
            }
            dato
        });
        let melding = self.felt(nr, Felt::Melding, melding);
        let fylke = self.fylt(nr, Felt::Fylke, fylke);
        if let (Some(fylke), Some(ventet)) = (&fylke, self.ventet.fylke)
            && !fylke.trim().is_empty()
            && fylke != ventet
        {
            self.si(nr, Felt::Fylke, Hva::FeilFylke);
        }
        let skolenr = self.felt(nr, Felt::Skolenr, skolenr);
        if let (Some(skolenr), Some(ventet)) = (&skolenr, self.ventet.skolenr)
            && !skolenr.is_empty()
            && skolenr != ventet
        {
            self.si(nr, Felt::Skolenr, Hva::FremmedSkole);
        }
        let avgiverid = self.felt(nr, Felt::Avgiverid, avgiverid);
        self.ut.hode = (|| {
            Some(Filhode {
                versjon: versjon?,
                dato,
                melding: melding?,
                fylke: fylke?,
                skolenr: skolenr?,
                avgiverid: avgiverid?,
            })
        })();
    }

    fn elev(&mut self, nr: u32, felter: &[&[u8]]) {
        self.avlinjer += 1;
        let &[_, skolenr, klasse, nummer, navn] = felter else {
            return self.si(nr, Felt::Linje, Hva::Felter);
        };
        let skolenr = self.fylt(nr, Felt::Skolenr, skolenr);
        if let Some(skolenr) = &skolenr {
            match self.ventet.skolenr {
                _ if skolenr.trim().is_empty() => {}
                _ if !er_sifre(skolenr, 5) => self.si(nr, Felt::Skolenr, Hva::Form),
                Some(ventet) if skolenr != ventet => self.si(nr, Felt::Skolenr, Hva::FremmedSkole),
                _ => {}
            }
        }
        let klasse = self.fylt(nr, Felt::Klasse, klasse);
        let nummer = self.fylt(nr, Felt::Nummer, nummer);
        if let Some(nummer) = &nummer {
            if nummer.trim().is_empty() {
                // Said already.
            } else if !er_sifre(nummer, 11) {
                self.si(nr, Felt::Nummer, Hva::Form);
            } else if let Some(linje) = self.sett.get(nummer) {
                self.si(nr, Felt::Nummer, Hva::Dobbelt { linje: *linje });
            } else {
                self.sett.insert(nummer.clone(), nr);
            }
        }
        let navn = self.felt(nr, Felt::Navn, navn);
        if let (Some(skolenr), Some(klasse), Some(nummer), Some(navn)) = (skolenr, klasse, nummer, navn) {
            let (nummer, navn) = (Skjermet::new(nummer), Skjermet::new(navn));
            self.ut.elever.push(Filelev { linje: nr, skolenr, klasse, nummer, navn });
        }
    }

    fn slutt(&mut self, nr: u32, felter: &[&[u8]]) {
        self.ferdig = true;
        let &[_, antall] = felter else { return self.si(nr, Felt::Linje, Hva::Felter) };
        let Some(antall) = self.fylt(nr, Felt::Antall, antall) else { return };
        if antall.trim().is_empty() {
            return;
        }
        match antall.parse().ok().filter(|_| antall.bytes().all(|b| b.is_ascii_digit())) {
            None => self.si(nr, Felt::Antall, Hva::Form),
            Some(antall) => {
                self.ut.antall = Some(antall);
                // Lines as they stand, whether they could be read or not.
                let ventet = match self.form.telling {
                    Telling::UtenEof | Telling::UtenTof => nr.saturating_sub(1),
                    Telling::Elever => self.avlinjer,
                };
                let ventet = usize::try_from(ventet).unwrap_or(usize::MAX);
                if antall != ventet {
                    self.si(nr, Felt::Antall, Hva::FeilAntall { ventet });
                }
            }
        }
    }
}

pub(super) fn er_sifre(tekst: &str, antall: usize) -> bool {
    tekst.len() == antall && tekst.bytes().all(|b| b.is_ascii_digit())
}

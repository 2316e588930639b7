//! Writing a file: as it stands in the list, or not at all.

use super::form::{BOM, Filelev, Filform, Filhode, Linjeskift, Navnerekkefolge, Tegnsett};
use super::les::er_sifre;
use super::problem::Felt;
use elevliste::Elevlinje;
use identitet::Skjermet;

/// Why a file is not written. Names line and field, never a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Skriveproblem {
    /// The letters of the file lack one of the field's. It is never replaced.
    #[error("line {linje}, {}: {} has no such letter; choose others, or hold the pupil back", felt.tekst(), tegnsett.navn())]
    Bokstav {
        /// Line of the file.
        linje: u32,
        /// The field.
        felt: Felt,
        /// The letters.
        tegnsett: Tegnsett,
    },
    /// The field holds a semicolon, a line break, or something else that would make another field of it.
    #[error("line {linje}, {}: a semicolon, a line break or a control character cannot be written", felt.tekst())]
    Skilletegn {
        /// Line of the file.
        linje: u32,
        /// The field.
        felt: Felt,
    },
    /// Longer than VIGO takes.
    #[error("line {linje}, {}: longer than VIGO takes", felt.tekst())]
    ForLang {
        /// Line of the file.
        linje: u32,
        /// The field.
        felt: Felt,
    },
    /// Absent, or not of the form that VIGO takes.
    #[error("line {linje}, {}: missing, or not as VIGO takes it", felt.tekst())]
    Mangler {
        /// Line of the file.
        linje: u32,
        /// The field.
        felt: Felt,
    },
}

/// A pupil's line from the list. What is absent is left empty: [`skriv`] refuses it where VIGO requires it.
pub fn elev(linje: &Elevlinje, skolenr: &str, rekkefolge: Navnerekkefolge) -> Filelev {
    Filelev {
        linje: 0,
        skolenr: skolenr.to_owned(),
        klasse: linje.klasse.clone().unwrap_or_default(),
        nummer: linje.identitetsnummer.clone().unwrap_or_default(),
        navn: navn(linje, rekkefolge),
    }
}

/// The whole name, in this order.
pub(super) fn navn(linje: &Elevlinje, rekkefolge: Navnerekkefolge) -> Skjermet<String> {
    let (fornavn, mellomnavn, etternavn) = (Some(&linje.fornavn), linje.mellomnavn.as_ref(), Some(&linje.etternavn));
    let deler = match rekkefolge {
        Navnerekkefolge::FornavnForst => [fornavn, mellomnavn, etternavn],
        Navnerekkefolge::EtternavnForst => [etternavn, fornavn, mellomnavn],
    };
    let deler = deler.into_iter().flatten().map(|del| del.vis().trim()).filter(|del| !del.is_empty());
    Skjermet::new(deler.collect::<Vec<_>>().join(" "))
}

/// The bytes of a file with these pupils, in this order.
///
/// # Errors
/// Everything that stands in the way.
pub fn skriv(hode: &Filhode, elever: &[Filelev], form: &Filform) -> Result<Vec<u8>, Vec<Skriveproblem>> {
    let mut fil = Skriver { form, ut: Vec::new(), problemer: Vec::new() };
    if form.tegnsett == Tegnsett::Utf8Bom {
        fil.ut.extend_from_slice(BOM);
    }
    let dato = hode.dato.map_or_else(String::new, |dato| dato.strftime("%Y%m%d").to_string());
    fil.krev(1, Felt::Versjon, !hode.versjon.is_empty());
    fil.krev(1, Felt::Fylke, er_sifre(&hode.fylke, 2));
    fil.krev(1, Felt::Skolenr, hode.skolenr.is_empty() || er_sifre(&hode.skolenr, 5));
    let felter = [
        (Felt::Versjon, hode.versjon.as_str()),
        (Felt::Dato, &dato),
        (Felt::Melding, &hode.melding),
        (Felt::Fylke, &hode.fylke),
        (Felt::Skolenr, &hode.skolenr),
        (Felt::Avgiverid, &hode.avgiverid),
    ];
    fil.linje(1, "TOF", &felter);
    for (nr, elev) in (2..).zip(elever) {
        fil.krev(nr, Felt::Skolenr, er_sifre(&elev.skolenr, 5));
        fil.krev(nr, Felt::Klasse, !elev.klasse.trim().is_empty());
        fil.krev(nr, Felt::Nummer, er_sifre(elev.nummer.vis(), 11));
        let felter = [
            (Felt::Skolenr, elev.skolenr.as_str()),
            (Felt::Klasse, &elev.klasse),
            (Felt::Nummer, elev.nummer.vis()),
            (Felt::Navn, elev.navn.vis()),
        ];
        fil.linje(nr, "$AV", &felter);
    }
    let antall = form.telling.antall(elever.len()).to_string();
    fil.linje(0, "EOF", &[(Felt::Antall, &antall)]);
    if fil.problemer.is_empty() { Ok(fil.ut) } else { Err(fil.problemer) }
}

struct Skriver<'a> {
    form: &'a Filform,
    ut: Vec<u8>,
    problemer: Vec<Skriveproblem>,
}

impl Skriver<'_> {
    fn krev(&mut self, linje: u32, felt: Felt, godt: bool) {
        if !godt {
            self.problemer.push(Skriveproblem::Mangler { linje, felt });
        }
    }

    fn linje(&mut self, linje: u32, merke: &str, felter: &[(Felt, &str)]) {
        self.ut.extend_from_slice(merke.as_bytes());
        self.ut.push(b';');
        for (felt, verdi) in felter {
            self.felt(linje, *felt, verdi);
            self.ut.push(b';');
        }
        self.ut.extend_from_slice(match self.form.linjeskift {
            Linjeskift::Crlf => b"\r\n",
            Linjeskift::Lf => b"\n",
        });
    }

    fn felt(&mut self, linje: u32, felt: Felt, verdi: &str) {
        let tegnsett = self.form.tegnsett;
        let problem = if verdi.chars().any(|c| c == ';' || c.is_control()) {
            Skriveproblem::Skilletegn { linje, felt }
        } else if verdi.chars().count() > felt.plass() {
            Skriveproblem::ForLang { linje, felt }
        } else if let Some(bytes) = tegnsett.skriv(verdi) {
            return self.ut.extend_from_slice(&bytes);
        } else {
            Skriveproblem::Bokstav { linje, felt, tegnsett }
        };
        self.problemer.push(problem);
    }
}

//! A row's fields out of its lines.
//!
//! A library for CSV reads a quotation mark that is never closed to the end of the file, and with it every row that
//! follows. Here a row is given up after its first line, and the next line is tried as a row of its own.

/// Takes a row apart, line by line.
pub(super) struct Deler {
    skille: char,
    felter: Vec<String>,
    felt: String,
    tilstand: Tilstand,
    /// A quotation mark stood where none belongs.
    pub(super) rart_sitat: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tilstand {
    /// At the beginning of a field.
    Start,
    /// In a field without quotation marks.
    Bart,
    /// Between quotation marks.
    ISitat,
    /// After the quotation mark that may be the last, or the first of two.
    Etter,
}

impl Deler {
    pub(super) fn ny(skille: char) -> Self {
        Self { skille, felter: Vec::new(), felt: String::new(), tilstand: Tilstand::Start, rart_sitat: false }
    }

    /// Takes a line. The line before it ended inside quotation marks, if there was one.
    pub(super) fn linje(&mut self, linje: &str) {
        if self.tilstand == Tilstand::ISitat {
            self.felt.push('\n');
        }
        for tegn in linje.chars() {
            self.tegn(tegn);
        }
    }

    fn tegn(&mut self, tegn: char) {
        match (self.tilstand, tegn) {
            (Tilstand::ISitat, '"') => self.tilstand = Tilstand::Etter,
            (Tilstand::ISitat, _) => self.felt.push(tegn),
            (_, tegn) if tegn == self.skille => {
                self.felter.push(std::mem::take(&mut self.felt));
                self.tilstand = Tilstand::Start;
            }
            (Tilstand::Start, '"') => self.tilstand = Tilstand::ISitat,
            (Tilstand::Etter, '"') => {
                self.felt.push('"');
                self.tilstand = Tilstand::ISitat;
            }
            (Tilstand::Etter, _) if tegn.is_whitespace() => {}
            (Tilstand::Etter, _) => {
                self.rart_sitat = true;
                self.felt.push(tegn);
                self.tilstand = Tilstand::Bart;
            }
            (Tilstand::Start | Tilstand::Bart, _) => {
                self.rart_sitat |= tegn == '"' && !self.felt.starts_with('=');
                self.felt.push(tegn);
                self.tilstand = Tilstand::Bart;
            }
        }
    }

    /// Whether the row goes on in the next line.
    pub(super) fn apen(&self) -> bool {
        self.tilstand == Tilstand::ISitat
    }

    pub(super) fn felter(mut self) -> Vec<String> {
        self.felter.push(self.felt);
        self.felter
    }
}

/// The character between the columns, judged by the header: the one that it has most of outside quotation marks.
pub(super) fn finn_skille(hode: &str) -> char {
    let mut i_sitat = false;
    let mut antall = [(',', 0), (';', 0), ('\t', 0), ('|', 0)];
    for tegn in hode.chars() {
        i_sitat ^= tegn == '"';
        if !i_sitat && let Some((_, n)) = antall.iter_mut().find(|(skille, _)| *skille == tegn) {
            *n += 1;
        }
    }
    antall.into_iter().rev().max_by_key(|(_, n)| *n).map_or(',', |(skille, _)| skille)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn del(linjer: &[&str]) -> (Vec<String>, bool, bool) {
        let mut deler = Deler::ny(',');
        linjer.iter().for_each(|linje| deler.linje(linje));
        let (apen, rart) = (deler.apen(), deler.rart_sitat);
        (deler.felter(), apen, rart)
    }

    #[test]
    fn fields_are_split_as_spreadsheets_do() {
        for (linjer, felter) in [
            (&["a,b,c"][..], &["a", "b", "c"][..]),
            (&[",,"], &["", "", ""]),
            (&["\"a,b\",\"c\"\"d\""], &["a,b", "c\"d"]),
            (&["\"a", "b\",c"], &["a\nb", "c"]),
            (&["=\"0123\",b"], &["=\"0123\"", "b"]),
            (&["\"=\"\"0123\"\"\",b"], &["=\"0123\"", "b"]),
            (&["\"a\" ,b"], &["a", "b"]),
        ] {
            assert_eq!(del(linjer), (felter.iter().map(ToString::to_string).collect(), false, false), "{linjer:?}");
        }
        assert_eq!(del(&["Ola \"Olli\" N,\"a\"b"]), (vec!["Ola \"Olli\" N".into(), "ab".into()], false, true));
        assert!(del(&["a,\"b"]).1);
    }

    #[test]
    fn the_header_says_what_stands_between() {
        for (hode, skille) in
            [("a,b", ','), ("a;b;c,d", ';'), ("a\tb", '\t'), ("a", ','), ("\"a;b;c\",d", ','), ("", ',')]
        {
            assert_eq!(finn_skille(hode), skille, "{hode}");
        }
    }
}

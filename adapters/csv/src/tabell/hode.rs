//! The header: which column stands where, whatever its order and spelling.

use crate::fil::Fil;
use crate::rapport::Kode;

/// Columns found in a header.
#[derive(Debug, Default)]
pub(crate) struct Hode {
    kolonner: Vec<(&'static str, usize)>,
    /// Columns of a supplier's own, by what follows `metadata.`, in lower case.
    metadata: Vec<(String, usize)>,
    pub(super) antall: usize,
    pub(super) merknader: Vec<(Kode, Option<&'static str>)>,
}

impl Hode {
    pub(super) fn les(fil: Fil, mut felter: Vec<String>) -> Self {
        while felter.last().is_some_and(|felt| felt.trim().is_empty()) && felter.len() > 1 {
            felter.pop();
        }
        let mut hode = Self { antall: felter.len(), ..Self::default() };
        for (plass, felt) in felter.iter().enumerate() {
            hode.kolonne(fil, plass, felt);
        }
        for krav in fil.krav() {
            if hode.plass(krav).is_none() {
                hode.merknader.push((Kode::KolonneMangler, Some(krav)));
            }
        }
        hode
    }

    fn kolonne(&mut self, fil: Fil, plass: usize, felt: &str) {
        let bart = forenklet(felt);
        if let Some(navn) = bart.strip_prefix("metadata.") {
            self.metadata.push((navn.to_owned(), plass));
            return;
        }
        let skrivefeil = || fil.skrivefeil().iter().find(|(galt, _)| *galt == bart).map(|(_, rett)| *rett);
        let Some(navn) = fil.kolonner().find(|navn| navn.eq_ignore_ascii_case(&bart)).or_else(skrivefeil) else {
            self.merknader.push((Kode::UkjentKolonne, None));
            return;
        };
        if felt != navn {
            self.merknader.push((Kode::Kolonnenavn, Some(navn)));
        }
        if self.plass(navn).is_some() {
            self.merknader.push((Kode::KolonneDobbel, Some(navn)));
        } else {
            self.kolonner.push((navn, plass));
        }
    }

    /// Where a column stands.
    pub(crate) fn plass(&self, navn: &str) -> Option<usize> {
        self.kolonner.iter().find(|(kjent, _)| *kjent == navn).map(|(_, plass)| *plass)
    }

    /// The columns of a supplier's own.
    pub(crate) fn metadata(&self) -> impl Iterator<Item = (&str, usize)> {
        self.metadata.iter().map(|(navn, plass)| (navn.as_str(), *plass))
    }

    /// Why nothing in the file can be read.
    pub(crate) fn hindring(&self) -> Option<(Kode, &'static str)> {
        self.merknader.iter().find_map(|(kode, kolonne)| match kode {
            Kode::KolonneMangler | Kode::KolonneDobbel => kolonne.map(|kolonne| (*kode, kolonne)),
            _ => None,
        })
    }
}

/// A column's name without capitals, blanks, hyphens, underscores and characters that no screen shows.
fn forenklet(felt: &str) -> String {
    felt.chars().filter(|tegn| tegn.is_alphanumeric() || *tegn == '.').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn les(hode: &str) -> Hode {
        Hode::les(Fil::Users, hode.split(',').map(String::from).collect())
    }

    #[test]
    fn order_case_and_spelling_are_forgiven_and_told() {
        let hode =
            les("\u{200b}SourcedId,Family Name,given_name,identfier,dataLastModified,metadata.Fnr,skostørrelse,,");
        assert_eq!(hode.plass("familyName"), Some(1));
        assert_eq!(hode.plass("identifier"), Some(3));
        assert_eq!(hode.metadata().collect::<Vec<_>>(), [("fnr", 5)]);
        assert_eq!((hode.antall, hode.hindring()), (7, None));
        let koder: Vec<_> = hode.merknader.iter().map(|(kode, _)| kode.as_str()).collect();
        assert_eq!(koder.iter().filter(|kode| **kode == "header-spelling").count(), 5);
        assert!(koder.contains(&"unknown-column"));
    }

    #[test]
    fn what_is_missing_or_twice_is_named() {
        assert_eq!(les("sourcedId,givenName").hindring(), Some((Kode::KolonneMangler, "familyName")));
        let to = les("sourcedId,givenName,familyName,GivenName");
        assert_eq!(to.hindring(), Some((Kode::KolonneDobbel, "givenName")));
    }
}

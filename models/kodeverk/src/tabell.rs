//! Reads the embedded tables: semicolons, one header line, no quoting.

/// The rows below the header, each with exactly `N` fields.
///
/// # Panics
/// On a row with another number of fields: the tables are part of the program, and a test reads all of them.
pub(crate) fn rader<const N: usize>(tekst: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    tekst.lines().skip(1).map(|linje| {
        let felter: Vec<_> = linje.split(';').collect();
        felter.try_into().expect("the embedded tables have the same number of fields in every row; a test reads them")
    })
}

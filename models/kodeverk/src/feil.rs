//! What can be wrong with a code. The text that failed is never repeated: a column in the wrong place may hold a person.

/// Why a text is not the code it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KodeFeil {
    /// The text does not have the form of the code.
    #[error("{felt} must be {form}, as in \"{eksempel}\"; got {lengde} characters of another form")]
    Form {
        /// The field, as the domain names it.
        felt: &'static str,
        /// The form that was expected.
        form: &'static str,
        /// A text that would have been right.
        eksempel: &'static str,
        /// Length of what came, in characters.
        lengde: usize,
    },
    /// The form is right, the value lies outside what the code can be.
    #[error("{felt} must be from {fra} to {til}")]
    Utenfor {
        /// The field, as the domain names it.
        felt: &'static str,
        /// Lowest value.
        fra: i16,
        /// Highest value.
        til: i16,
    },
    /// A school year that does not end the year after it starts.
    #[error("skolear must be two years in a row, as in \"2026-2027\"")]
    IkkePafolgende,
}

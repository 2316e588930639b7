//! Why somebody is not let in. Each has a code, and the page by that code says what to do.

use axum::http::StatusCode;

/// Why somebody is not let in, or what was sent is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the texts say what each is")]
pub enum Avvist {
    #[error("there is no such way to sign in; begin at /logg-inn")]
    UkjentTilbyder,
    #[error("the sign-in service cannot be reached or answers strangely; try again in a while")]
    TilbyderNede,
    #[error("the sign-in service refused; check client_id and the key in operator.toml")]
    TilbyderAvviste,
    #[error("the sign-in was broken off")]
    Avbrutt,
    #[error("the sign-in is unknown or was used already; begin again")]
    StateUkjent,
    #[error("the sign-in took too long; begin again")]
    Utlopt,
    #[error("the sign-in was begun in another browser; begin again in this one")]
    NettleserUkjent,
    #[error("another service answered than the one that was asked")]
    UtstederFeil,
    #[error("the ID token is missing or cannot be read")]
    TokenUgyldig,
    #[error("the ID token answers another question than ours")]
    NonceFeil,
    #[error("the ID token is meant for somebody else")]
    PublikumFeil,
    #[error("the ID token is not signed by the service's keys")]
    SignaturFeil,
    #[error("the ID token is over, or not valid yet; check the clocks")]
    TokenUtlopt,
    #[error("the person is not known well enough; sign in at a higher level")]
    AcrForLav,
    #[error("the person signed in by a means that is not accepted here")]
    AmrMangler,
    #[error("nobody has invited this person; ask the municipality or the county")]
    IkkeInvitert,
    #[error("the invitation's code is unknown, used or too old; ask for a new one")]
    InvitasjonUgyldig,
    #[error("the form's token is missing or belongs to another session; load the page again")]
    Csrf,
    #[error("the form was sent from another site")]
    FremmedSide,
    #[error("too many attempts; wait a minute")]
    ForMangeForsok,
    #[error("the form is larger than is taken")]
    ForStort,
    #[error("the form cannot be read")]
    SkjemaUgyldig,
    #[error("there is no such choice; choose again")]
    ValgUkjent,
    #[error("something failed here; try again")]
    Intern,
}

impl Avvist {
    /// The code, which texts go by.
    pub const fn kode(self) -> &'static str {
        match self {
            Self::UkjentTilbyder => "ukjent-tilbyder",
            Self::TilbyderNede => "tilbyder-nede",
            Self::TilbyderAvviste => "tilbyder-avviste",
            Self::Avbrutt => "avbrutt",
            Self::StateUkjent => "state-ukjent",
            Self::Utlopt => "utlopt",
            Self::NettleserUkjent => "nettleser-ukjent",
            Self::UtstederFeil => "utsteder-feil",
            Self::TokenUgyldig => "token-ugyldig",
            Self::NonceFeil => "nonce-feil",
            Self::PublikumFeil => "publikum-feil",
            Self::SignaturFeil => "signatur-feil",
            Self::TokenUtlopt => "token-utlopt",
            Self::AcrForLav => "acr-for-lav",
            Self::AmrMangler => "amr-mangler",
            Self::IkkeInvitert => "ikke-invitert",
            Self::InvitasjonUgyldig => "invitasjon-ugyldig",
            Self::Csrf => "csrf",
            Self::FremmedSide => "fremmed-side",
            Self::ForMangeForsok => "for-mange-forsok",
            Self::ForStort => "for-stort",
            Self::SkjemaUgyldig => "skjema-ugyldig",
            Self::ValgUkjent => "valg-ukjent",
            Self::Intern => "intern",
        }
    }

    /// The status that goes with it.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::UkjentTilbyder => StatusCode::NOT_FOUND,
            Self::TilbyderNede | Self::TilbyderAvviste => StatusCode::BAD_GATEWAY,
            Self::AcrForLav | Self::AmrMangler | Self::IkkeInvitert | Self::Csrf | Self::FremmedSide => {
                StatusCode::FORBIDDEN
            }
            Self::ForMangeForsok => StatusCode::TOO_MANY_REQUESTS,
            Self::ForStort => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Intern => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

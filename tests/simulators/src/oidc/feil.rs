//! Faults.

use serde::{Deserialize, Serialize};

/// A fault. It lasts until it is taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Feil {
    /// The ID token has another nonce.
    FeilNonce,
    /// The ID token is for another client.
    FeilPublikum,
    /// The ID token is for us and for another client, and says nothing of who asked for it.
    ToPublikum,
    /// The ID token has another issuer.
    FeilUtsteder,
    /// The ID token is over.
    Utlopt,
    /// The ID token is from the future.
    Framtid,
    /// The ID token is signed by nobody.
    AlgNone,
    /// The ID token is signed with the client's secret, or with a known text where there is none.
    Hs256,
    /// The ID token names a key that is not published.
    UkjentNokkel,
    /// The signature belongs to other claims.
    FeilSignatur,
    /// The ID token says less of how the person was known.
    LavAcr,
    /// There is no ID token.
    UtenIdToken,
    /// The answer to the browser names another issuer.
    FeilIss,
    /// The token endpoint answers late.
    Treg {
        /// How late.
        millisekunder: u64,
    },
    /// The token endpoint answers with this status.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// The token endpoint answers with many megabytes.
    Enormt,
    /// The token endpoint sends the client on to somewhere else.
    Omdirigert,
}

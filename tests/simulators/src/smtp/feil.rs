//! What may go wrong.

use serde::{Deserialize, Serialize};

/// A fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Feil {
    /// «421»: closes instead of greeting.
    Stengt,
    /// «450»: the mailbox is busy. Of one address, or of any.
    Opptatt {
        /// Which; any when it is not said.
        #[serde(default)]
        adresse: Option<String>,
    },
    /// «550 5.1.1»: no such address.
    Avvis {
        /// Which.
        adresse: String,
    },
    /// «550 5.7.1»: will not carry letters for us.
    Videresender {
        /// To which address.
        adresse: String,
    },
    /// Takes the letter whole and hangs up before it says so.
    KuttEtterData,
    /// Waits before it answers to the letter.
    Treg {
        /// So long.
        millisekunder: u64,
    },
}

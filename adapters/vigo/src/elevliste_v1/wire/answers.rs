//! What is answered. Texts for people are part of the contract and are not read: they may quote what was sent.

use serde::Deserialize;

/// What the receiver can do. Open to all: it holds nothing about anybody.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Egenskaper {
    /// The versions of this contract that are spoken here.
    #[cfg_attr(test, schemars(length(min = 1), inner(regex(pattern = r"^[0-9]+\.[0-9]+$"))))]
    pub(crate) versjoner: Vec<String>,
    /// A list may be replaced until the window closes.
    pub(crate) erstattbar: bool,
    /// Single pupils of a list may be changed until the window closes.
    pub(crate) oppdatering: bool,
    /// The receiver can be asked what it has.
    pub(crate) tilbakelesing: bool,
    /// A repeated request with the same key has no second effect.
    pub(crate) idempotens: bool,
    #[expect(dead_code, reason = "in the contract: our lists are far smaller")]
    pub(crate) grenser: Grenser,
    /// The Maskinporten scopes, of which a token must have one.
    #[cfg_attr(test, schemars(length(min = 1)))]
    #[expect(dead_code, reason = "in the contract, for those who set up a Maskinporten client")]
    pub(crate) scopes: Vec<String>,
}

/// How much the receiver takes.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "in the contract: our lists are far smaller")]
pub(crate) struct Grenser {
    /// Most pupils on a list, and most changes in an update.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub(crate) maks_elever: u32,
    /// Largest body, in bytes.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub(crate) maks_bytes: u32,
    /// Days that an idempotency key is remembered after its write was accepted.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub(crate) nokkel_dager: u32,
}

/// What became of an accepted write.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Kvittering {
    /// The receipt's id: the receiver's name of this write.
    #[cfg_attr(test, schemars(extend("format" = "uuid")))]
    pub(crate) kvittering_id: String,
    /// When it was accepted.
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    #[expect(dead_code, reason = "in the contract, for people: our own clock dates the answer")]
    pub(crate) mottatt: String,
    /// The school's organisation number.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{9}$")))]
    pub(crate) organisasjonsnummer: String,
    /// The school year.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{4}-[0-9]{4}$")))]
    pub(crate) skolear: String,
    /// Whether there are remarks.
    #[cfg_attr(test, schemars(extend("enum" = ["mottatt", "mottatt-med-advarsler"])))]
    pub(crate) status: String,
    /// How many pupils the list has now.
    pub(crate) antall: u32,
    /// Digest of the whole list as it is now: SHA-256, in lower-case hexadecimal, over the canonical JSON (RFC 8785) of
    /// an array with one object for each pupil, `elevRef` and `avtrykk`, sorted by `elevRef`.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9a-f]{64}$")))]
    pub(crate) listeavtrykk: String,
    /// Remarks on what was sent. None is an error: those are answered with a problem.
    pub(crate) merknader: Vec<Merknad>,
    /// One receipt for each change of an update, in the order that they were sent; empty for a whole list.
    pub(crate) endringer: Vec<Endringskvittering>,
}

/// The receipt for one change.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Endringskvittering {
    /// The receipt's id.
    #[cfg_attr(test, schemars(extend("format" = "uuid")))]
    #[expect(dead_code, reason = "in the contract, for people: the ledger keeps the id of the write")]
    pub(crate) kvittering_id: String,
    /// The pupil.
    #[cfg_attr(test, schemars(extend("format" = "uuid")))]
    pub(crate) elev_ref: String,
    /// What was done.
    #[cfg_attr(test, schemars(extend("enum" = ["ny", "endre", "fjern"])))]
    pub(crate) handling: String,
    /// Digest of the pupil's line as it is now; left out where the pupil was removed.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "String", regex(pattern = r"^[0-9a-f]{64}$")))]
    pub(crate) avtrykk: Option<String>,
}

/// A remark on one field.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Merknad {
    /// The pupil; left out where the remark is on the list as a whole.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "String", extend("format" = "uuid")))]
    pub(crate) elev_ref: Option<String>,
    /// The field, as the request spells it, with a point between the levels.
    #[cfg_attr(test, schemars(extend("enum" = FELT)))]
    pub(crate) felt: String,
    /// What is wrong. New codes may come; a code that is not known is to be shown as it is.
    #[cfg_attr(test, schemars(extend("examples" = KODER)))]
    pub(crate) kode: String,
    /// An error refuses what was sent; a warning does not.
    #[cfg_attr(test, schemars(extend("enum" = ["feil", "advarsel"])))]
    pub(crate) alvor: String,
}

/// The fields that a remark may be on.
pub(crate) const FELT: [&str; 7] =
    ["elever", "elevRef", "klassekode", "identitetsnummer", "navn.fornavn", "navn.mellomnavn", "navn.etternavn"];

/// The codes of version 1.
pub(crate) const KODER: [&str; 11] = [
    "tom-liste",
    "duplikat-elev",
    "finnes-allerede",
    "ukjent-elev",
    "mangler-klassekode",
    "for-lang-klassekode",
    "ugyldig-nummer",
    "fiktivt-nummer",
    "duplikat-nummer",
    "mangler-navn",
    "for-langt-navn",
];

/// What the receiver has of a school and school year: no names, no numbers.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mottattliste {
    /// The school's organisation number.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{9}$")))]
    pub(crate) organisasjonsnummer: String,
    /// The school year.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{4}-[0-9]{4}$")))]
    pub(crate) skolear: String,
    /// The tag of this version, the same as in the header `ETag`.
    #[cfg_attr(test, schemars(regex(pattern = r#"^"[!#-~]{1,64}"$"#)))]
    pub(crate) etag: String,
    /// Whether the last accepted write had remarks.
    #[cfg_attr(test, schemars(extend("enum" = ["mottatt", "mottatt-med-advarsler"])))]
    #[expect(dead_code, reason = "in the contract, for people: the ledger has the answer to each write")]
    pub(crate) status: String,
    /// When the last write was accepted.
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    #[expect(dead_code, reason = "in the contract, for people")]
    pub(crate) mottatt: String,
    /// Receipt of the last accepted write.
    #[cfg_attr(test, schemars(extend("format" = "uuid")))]
    pub(crate) kvittering_id: String,
    /// Idempotency key of the last accepted write, without quotes.
    #[expect(dead_code, reason = "in the contract, for people: we compare what the receiver has")]
    pub(crate) idempotensnokkel: String,
    /// How many pupils the list has.
    pub(crate) antall: u32,
    /// Digest of the whole list: see the receipt.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9a-f]{64}$")))]
    pub(crate) listeavtrykk: String,
    /// The pupils, sorted by `elevRef`.
    pub(crate) elever: Vec<Elevavtrykk>,
}

/// One pupil that the receiver has.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Elevavtrykk {
    /// The pupil.
    #[cfg_attr(test, schemars(extend("format" = "uuid")))]
    pub(crate) elev_ref: String,
    /// Digest of the pupil's line: SHA-256, in lower-case hexadecimal, over the canonical JSON (RFC 8785) of the pupil
    /// as it was sent. Whoever knows everything else about a pupil can try numbers against it, so it is personal data.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9a-f]{64}$")))]
    pub(crate) avtrykk: String,
}

/// Why a request was not carried out, as RFC 9457 has it. Nothing was stored.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Problem {
    /// Which problem it is; what a program goes by.
    #[serde(rename = "type")]
    #[cfg_attr(test, schemars(extend("format" = "uri")))]
    pub(crate) kind: String,
    /// The problem in a few words, the same each time.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "String"))]
    #[expect(dead_code, reason = "in the contract, for people")]
    pub(crate) title: Option<String>,
    /// The HTTP status.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "u16", range(min = 400, max = 599)))]
    #[expect(dead_code, reason = "in the contract; the answer itself says it")]
    pub(crate) status: Option<u16>,
    /// What to do about it, without personal data.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "String"))]
    #[expect(dead_code, reason = "in the contract, for people; never shown unread")]
    pub(crate) detail: Option<String>,
    /// What is wrong with which pupil, where that is the problem.
    #[serde(default)]
    pub(crate) merknader: Vec<Merknad>,
}

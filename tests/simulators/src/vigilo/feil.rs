//! The ways in which the service can misbehave; each has been seen in a real program.
//!
//! A fault acts while it is in force and is gone without a trace after it. What changes the people themselves is an
//! [`Endring`].

use serde::{Deserialize, Serialize};

use super::Endring;

/// A fault. New ones are added here and in [`Feil::alle`], and act in the one place that the groups below name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Feil {
    // Instead of an answer, or before it: `forstyrr.rs`.
    /// The answer comes late.
    Treg {
        /// How late.
        millisekunder: u64,
    },
    /// 302 to another address.
    Omdirigering {
        /// The address.
        til: String,
    },
    /// 401, whatever the token.
    Avvis401,
    /// Every token is withdrawn when the page is asked for; a new one works.
    TokenUtloper,
    /// 429 with `Retry-After` in seconds.
    ForMange {
        /// Seconds in `Retry-After`.
        vent_sekunder: u32,
        /// An HTML page instead of JSON.
        html: bool,
    },
    /// 429 with `Retry-After` as an HTTP date.
    ForMangeDato {
        /// How far ahead of the server's clock the date lies.
        vent_sekunder: u32,
    },
    /// A real limit: more requests than this in a minute give 429 with an HTML body and the seconds left.
    Grense {
        /// Requests that are let through in any minute.
        per_minutt: u32,
    },
    /// This status instead of a page: 502, 503 and 504 with HTML as a proxy gives it, others in imsx shape.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// A web page with status 200.
    Html200,
    /// Helper endpoints such as `/schools/{id}/students` answer 403.
    HjelpereForbudt,
    /// Helper endpoints are not there: 404.
    HjelpereMangler,
    /// Refusals have another shape.
    Feilform {
        /// The shape.
        form: Feilform,
    },

    // Which rows there are, in which order and how many of them: `sporring.rs` and `side.rs`.
    /// A larger `limit` is cut to this, silently, on every page.
    KuttetSide {
        /// The most rows on a page.
        rader: u32,
    },
    /// `orderBy=desc` sorts ascending all the same.
    IgnorererOrderBy,
    /// What a filter that cannot be read gives.
    DarligFilter {
        /// The answer.
        svar: Filtersvar,
    },
    /// Rows marked `tobedeleted` are never shown: every delete is a hard one.
    UtenGravstein,
    /// The token does not cover one of the schools: nothing of it is there.
    SkoleUtenTilgang {
        /// Which of the schools in order of sourcedId, from 0; counted around.
        nr: usize,
    },
    /// After the answer has been sent, something happens to the people: rows move between pages.
    Underveis {
        /// What happens.
        hendelse: Underveis,
    },

    // The rows: `forvansk.rs`.
    /// Status 200 and no rows.
    TomSamling,
    /// The first row has no sourcedId.
    UtenSourcedId,
    /// The second row has the sourcedId of the first.
    DobbelSourcedId,
    /// The first row has a status no version of OneRoster knows.
    UkjentEnum,
    /// The first row has `null` for its names.
    NullNavn,
    /// Every optional object is `null`: metadata and middle name.
    NullFelter,
    /// `enabledUser` is a JSON boolean.
    BoolskEnabledUser,
    /// Pupils have no `username`.
    UtenBrukernavn,
    /// Pupils have no identity number: a provider that was not set up to give it.
    UtenNummer,
    /// Pupils have no `grades`; the grade must come from the class.
    UtenTrinn,
    /// One user per person and school, as Ed-Fi makes them: who moves school gets another sourcedId.
    BrukerPerSkole,
    /// Times are written in another way.
    Tidsform {
        /// The way.
        form: Tidsform,
    },
    /// Text in Unicode's decomposed form: `å` is `a` and a ring.
    Nfd,

    // The body: `kropp.rs`.
    /// Status 200, and JSON that stops in the middle.
    UgyldigJson,
    /// The connection breaks in the middle of the body.
    HalvtSvar,
    /// A body of at least this many bytes, streamed, without a length.
    Enorm {
        /// How many.
        byte: u64,
    },
    /// JSON nested this deep.
    Dyp {
        /// Levels.
        niva: u32,
    },
    /// The list is wrapped in the name of the path (`schools`, `students`) instead of the entity.
    StiSomKonvolutt,
    /// The list is not wrapped at all.
    BarListe,
    /// A single object comes as a list under the plural.
    ListeForEnkelt,

    // The headers: `hoder.rs`.
    /// `X-Total-Count` is the number before filtering.
    TotalForFilter,
    /// `X-Total-Count` is one higher on every other page.
    TotalVakler,
    /// Neither `X-Total-Count` nor `Link`.
    UtenHoder,
    /// No `X-Total-Count`.
    UtenTotal,
    /// No `Link`.
    UtenLink,
    /// `Link` points to another host.
    LinkTil {
        /// What stands before the path, for example `http://169.254.169.254`; empty for a relative URL.
        vert: String,
    },
    /// `x-perm-rev`, the revision of the data, as ClassLink sends it.
    Revisjonshode {
        /// It is another one for each request, though nothing has changed.
        skifter: bool,
    },
    /// The server's clock is wrong: the `Date` header, `dateLastModified` of what changes, the lifetime of tokens.
    SkjevKlokke {
        /// How many seconds it is ahead; behind when negative.
        sekunder: i64,
    },

    // The token endpoint: `token.rs`.
    /// The token endpoint answers 503.
    TokenNede,
    /// The token endpoint refuses the credentials.
    TokenAvvist,
}

/// The shapes of refusals that are in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feilform {
    /// OneRoster 1.2: `imsx_*` at the top.
    #[default]
    Flat,
    /// The same inside `imsx_StatusInfo`.
    Pakket,
    /// At the top, with `imsx_codeMinor` as a text.
    CodeMinor,
    /// OneRoster 1.1: a list in `statusInfoSet`.
    StatusInfoSet,
    /// `{"error": "…"}`
    Enkel,
    /// Text, with no shape.
    Tekst,
    /// A web page.
    Html,
}

impl Feilform {
    /// Every shape.
    pub const ALLE: [Self; 7] =
        [Self::Flat, Self::Pakket, Self::CodeMinor, Self::StatusInfoSet, Self::Enkel, Self::Tekst, Self::Html];
}

/// What a filter that cannot be read gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filtersvar {
    /// 400.
    #[default]
    Avvis,
    /// 200 and no rows, also for a field that is not known.
    Tom,
    /// 200 and every row; a field that is not known is still refused.
    Ufiltrert,
}

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tidsform {
    /// `2026-11-02T07:00:00.000Z`
    #[default]
    Millis,
    /// `2026-11-02T07:00:00Z`
    Sekunder,
    /// `2026-11-02T08:00:00.000+01:00`
    Forskjov,
    /// `2026-11-02T07:00:00.000`, which is UTC, but does not say so.
    UtenSone,
    /// `2026-11-02`
    Dato,
}

impl Tidsform {
    /// Every way.
    pub const ALLE: [Self; 5] = [Self::Millis, Self::Sekunder, Self::Forskjov, Self::UtenSone, Self::Dato];
}

/// What happens between two pages of a pull.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Underveis {
    /// The rows that sort first are gone without a trace; pages that follow skip as many. Pupils, or enrollments when
    /// those are being read.
    SletterForan {
        /// How many.
        antall: u32,
    },
    /// A new pupil with a class comes, whose rows sort before all others; pages that follow repeat one.
    SetterInnForan,
    /// Changes, as a test writes them.
    Endringer {
        /// The changes; one that cannot be made ends the list.
        endringer: Vec<Endring>,
    },
}

impl Feil {
    pub(super) fn gjelder_token(&self) -> bool {
        matches!(self, Self::TokenNede | Self::TokenAvvist)
    }
}

//! Why a package cannot be opened at all. What is wrong inside one that can, its report says.

use flow::Problem;
use serde::Serialize;

/// Why a package is refused as a whole: nothing of it is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Pakkefeil {
    /// The bytes are no zip.
    #[error("the upload is not a zip; send the package as it was exported")]
    IkkeZip,
    /// More bytes than are taken.
    #[error("the package is larger than {grense} bytes packed; raise grenser.pakket_bytes if that is right")]
    ForStor {
        /// The limit.
        grense: u64,
    },
    /// More files than a package has.
    #[error("the package has more than {grense} files; raise grenser.filer if that is right")]
    ForMangeFiler {
        /// The limit.
        grense: u32,
    },
    /// A file is encrypted.
    #[error("{fil} is encrypted; export without a password")]
    Kryptert {
        /// The file, by its standard name.
        fil: &'static str,
    },
    /// Two files with one name.
    #[error("the package has two files named {fil}; remove one of them")]
    ToLike {
        /// The file, by its standard name.
        fil: &'static str,
    },
    /// A way of packing that we do not read.
    #[error("{fil} is packed in a way that is not read; pack it as an ordinary zip (deflate)")]
    Pakkemate {
        /// The file, by its standard name.
        fil: &'static str,
    },
    /// A file that grows out of proportion: a zip bomb, or a limit that is too low.
    #[error("{fil} grows beyond the limits for unpacked files; see grenser.utpakket_bytes and grenser.forhold")]
    Svulmer {
        /// The file, by its standard name.
        fil: &'static str,
    },
    /// Bytes are missing or changed.
    #[error("{fil} is damaged in the zip; upload the package again, or export it again")]
    Skadet {
        /// The file, by its standard name.
        fil: &'static str,
    },
    /// More rows than are taken.
    #[error("{fil} has more than {grense} rows; raise grenser.rader if that is right")]
    ForMangeRader {
        /// The file, by its standard name.
        fil: &'static str,
        /// The limit.
        grense: u64,
    },
    /// A zip with a zip in it, and no files of its own.
    #[error("the package holds another zip; unpack the outer one and upload the inner one")]
    ZipIZip,
    /// Nothing of OneRoster in it.
    #[error("the zip has no oneroster files; upload the package that holds manifest.csv")]
    IngenFiler,
    /// Without a manifest nobody can tell a whole package from a list of changes, and the difference is every pupil.
    #[error(
        "manifest.csv is missing; add one with the header propertyName,value and the rows manifest.version,1.0 and \
         oneroster.version,1.2 and, for each file, file.users,bulk (or delta, or absent)"
    )]
    UtenManifest,
    /// A manifest that is not one.
    #[error("manifest.csv cannot be read; its header must be propertyName,value and each row a name and a value")]
    UlesbartManifest,
    /// A version that we do not read.
    #[error("oneroster.version in manifest.csv is neither 1.1 nor 1.2; export in one of them")]
    Versjon,
}

/// What a person is told of a refused package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Forklaring {
    /// A stable code.
    pub kode: &'static str,
    /// What is wrong, in bokmål.
    pub tekst_nb: &'static str,
    /// What to do, in bokmål.
    pub hva_gjore_nb: &'static str,
}

impl Pakkefeil {
    /// The code and the texts for the one who uploaded the package.
    pub const fn forklaring(&self) -> Forklaring {
        let (kode, tekst_nb, hva_gjore_nb) = match self {
            Self::IkkeZip => (
                "not-a-zip",
                "Filen er ikke en zip-fil.",
                "Last opp hele pakken slik den ble eksportert, ikke én fil fra den.",
            ),
            Self::ForStor { .. } => (
                "package-too-large",
                "Pakken er større enn det som tas imot.",
                "Be den som drifter Mellomlag om å heve grensen hvis størrelsen er riktig.",
            ),
            Self::ForMangeFiler { .. } => (
                "too-many-files",
                "Pakken har flere filer enn en OneRoster-pakke skal ha.",
                "Lag en zip med bare CSV-filene fra eksporten.",
            ),
            Self::Kryptert { .. } => (
                "encrypted",
                "Pakken er beskyttet med passord.",
                "Eksporter pakken uten passord. Opplastingen er kryptert i seg selv.",
            ),
            Self::ToLike { .. } => (
                "duplicate-file",
                "Pakken har to filer med samme navn.",
                "Fjern den som ikke skal være med, og last opp på nytt.",
            ),
            Self::Pakkemate { .. } => (
                "packing-method",
                "Pakken er pakket på en måte som ikke kan leses.",
                "Pakk filene som en vanlig zip-fil.",
            ),
            Self::Svulmer { .. } => (
                "unpacks-too-large",
                "En fil i pakken blir urimelig stor når den pakkes ut.",
                "Kontroller eksporten. Be den som drifter Mellomlag om å heve grensen hvis størrelsen er riktig.",
            ),
            Self::Skadet { .. } => {
                ("damaged", "Pakken er skadet.", "Last den opp på nytt. Hjelper ikke det, eksporter den på nytt.")
            }
            Self::ForMangeRader { .. } => (
                "too-many-rows",
                "En fil har flere rader enn det som tas imot.",
                "Be den som drifter Mellomlag om å heve grensen hvis antallet er riktig.",
            ),
            Self::ZipIZip => (
                "zip-in-zip",
                "Pakken inneholder en annen zip-fil.",
                "Pakk ut den ytterste, og last opp den som ligger inni.",
            ),
            Self::IngenFiler => (
                "no-files",
                "Zip-filen inneholder ingen OneRoster-filer.",
                "Last opp pakken som inneholder manifest.csv.",
            ),
            Self::UtenManifest => (
                "missing-manifest",
                "Pakken mangler manifest.csv. Uten den går det ikke an å vite om pakken er alt, eller bare endringer.",
                "Legg til manifest.csv med overskriften propertyName,value og radene manifest.version,1.0, \
                 oneroster.version,1.2 og for hver fil for eksempel file.users,bulk.",
            ),
            Self::UlesbartManifest => (
                "unreadable-manifest",
                "manifest.csv kan ikke leses.",
                "Første rad skal være propertyName,value, og hver rad et navn og en verdi.",
            ),
            Self::Versjon => (
                "unknown-version",
                "Pakken har en versjon av OneRoster som ikke kan leses.",
                "Eksporter i versjon 1.1 eller 1.2.",
            ),
        };
        Forklaring { kode, tekst_nb, hva_gjore_nb }
    }
}

/// Why a source could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The configuration has mistakes; all of them are listed.
    #[error("the oneroster csv configuration has {} mistake(s): {}", .0.len(), Problem::list(.0))]
    Config(Vec<Problem>),
    /// The package is refused.
    #[error(transparent)]
    Pakke(#[from] Pakkefeil),
}

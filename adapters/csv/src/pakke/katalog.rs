//! The zip: what is in it, judged before anything is unpacked, and each file as a stream.

use crate::config::Grenser;
use crate::error::Pakkefeil;
use crate::fil::Fil;
use crate::rapport::{Kode, Rapport};
use bytes::Bytes;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use zip::{CompressionMethod, ZipArchive};

/// Files smaller than this may be packed as well as they like.
const BAGATELL: u64 = 1024 * 1024;

/// Where a file stands in the zip.
#[derive(Debug, Clone)]
pub(super) struct Plass {
    data: Bytes,
    pakket_likt: bool,
    crc: u32,
    storrelse: u64,
}

/// Bytes as they are unpacked.
pub(crate) enum Utpakker {
    Likt(Cursor<Bytes>),
    Deflate(Box<DeflateDecoder<Cursor<Bytes>>>),
}

impl Read for Utpakker {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Likt(les) => les.read(buf),
            Self::Deflate(les) => les.read(buf),
        }
    }
}

impl Plass {
    pub(super) fn les(&self) -> Utpakker {
        let data = Cursor::new(self.data.clone());
        if self.pakket_likt { Utpakker::Likt(data) } else { Utpakker::Deflate(Box::new(DeflateDecoder::new(data))) }
    }

    /// Goes through the whole file once: it must be as long as the zip says, unharmed, and within the limits. `utpakket`
    /// counts across the files of the package. Each piece is shown to `se`.
    pub(super) fn ga_gjennom(
        &self,
        fil: Fil,
        grenser: &Grenser,
        utpakket: &mut u64,
        mut se: impl FnMut(&[u8]),
    ) -> Result<(), Pakkefeil> {
        let fil = fil.navn();
        let (mut les, mut crc, mut lengde) = (self.les(), Crc::new(), 0_u64);
        let forhold = (self.data.len() as u64).saturating_mul(grenser.forhold.get().into()).max(BAGATELL);
        let mut buf = vec![0; 64 * 1024];
        loop {
            let antall = les.read(&mut buf).map_err(|_| Pakkefeil::Skadet { fil })?;
            if antall == 0 {
                break;
            }
            lengde += antall as u64;
            *utpakket += antall as u64;
            if lengde > forhold || *utpakket > grenser.utpakket_bytes.get() {
                return Err(Pakkefeil::Svulmer { fil });
            }
            crc.update(&buf[..antall]);
            se(&buf[..antall]);
        }
        if lengde != self.storrelse || crc.sum() != self.crc {
            return Err(Pakkefeil::Skadet { fil });
        }
        Ok(())
    }
}

/// Finds the files of the package.
pub(super) fn les(bytes: &Bytes, grenser: &Grenser, rapport: &mut Rapport) -> Result<BTreeMap<Fil, Plass>, Pakkefeil> {
    if bytes.len() as u64 > grenser.pakket_bytes.get() {
        return Err(Pakkefeil::ForStor { grense: grenser.pakket_bytes.get() });
    }
    let for_mange = Pakkefeil::ForMangeFiler { grense: grenser.filer.get() };
    if oppforinger(bytes) > grenser.filer.get() as usize {
        return Err(for_mange);
    }
    let mut arkiv = ZipArchive::new(Cursor::new(bytes.clone())).map_err(|_| Pakkefeil::IkkeZip)?;
    let dobbelt = arkiv.has_duplicate_names();
    let mut funnet = BTreeMap::new();
    let mut zip_i_zip = false;
    for nummer in 0..arkiv.len() {
        let Ok(oppforing) = arkiv.by_index_raw(nummer) else { return Err(Pakkefeil::IkkeZip) };
        let navn = String::from_utf8_lossy(oppforing.name_raw()).replace('\\', "/");
        if navn.ends_with('/') || uvesentlig(&navn) {
            continue;
        }
        let (mappe, bart) = navn.rsplit_once('/').unwrap_or(("", &navn));
        zip_i_zip |= bart.to_ascii_lowercase().ends_with(".zip");
        // One folder around the files is what most zip programs make; deeper ones are somebody's archive.
        let Some(fil) = Fil::les(bart).filter(|_| !mappe.contains('/') && mappe != "..") else {
            if !i_standarden(bart) {
                rapport.merk(Fil::Manifest, None, None, Kode::UkjentFil);
            }
            continue;
        };
        if !mappe.is_empty() {
            rapport.merk(fil, None, None, Kode::IMappe);
        }
        if bart != fil.navn() {
            rapport.merk(fil, None, None, Kode::Filnavn);
        }
        if oppforing.encrypted() {
            return Err(Pakkefeil::Kryptert { fil: fil.navn() });
        }
        let pakket_likt = match oppforing.compression() {
            CompressionMethod::Stored => true,
            CompressionMethod::Deflated => false,
            _ => return Err(Pakkefeil::Pakkemate { fil: fil.navn() }),
        };
        let skadet = Pakkefeil::Skadet { fil: fil.navn() };
        let fra = oppforing.data_start().and_then(|fra| usize::try_from(fra).ok());
        let lengde = usize::try_from(oppforing.compressed_size()).ok();
        let til = fra.zip(lengde).and_then(|(fra, lengde)| fra.checked_add(lengde)).filter(|til| *til <= bytes.len());
        let (Some(fra), Some(til)) = (fra, til) else { return Err(skadet) };
        let plass =
            Plass { data: bytes.slice(fra..til), pakket_likt, crc: oppforing.crc32(), storrelse: oppforing.size() };
        if funnet.insert(fil, plass).is_some() {
            return Err(Pakkefeil::ToLike { fil: fil.navn() });
        }
    }
    match () {
        // The archive's own index has already thrown one of them away, and does not say which.
        () if dobbelt => Err(Pakkefeil::ToLike { fil: "*.csv" }),
        () if funnet.is_empty() && zip_i_zip => Err(Pakkefeil::ZipIZip),
        () if funnet.is_empty() => Err(Pakkefeil::IngenFiler),
        () => Ok(funnet),
    }
}

/// The standard's other files, which hold nothing that an elevliste needs.
fn i_standarden(navn: &str) -> bool {
    const ANDRE: [&str; 14] = [
        "categories.csv",
        "classResources.csv",
        "courseResources.csv",
        "demographics.csv",
        "lineItems.csv",
        "lineItemLearningObjectiveIds.csv",
        "lineItemScoreScales.csv",
        "resources.csv",
        "results.csv",
        "resultLearningObjectiveIds.csv",
        "resultScoreScales.csv",
        "scoreScales.csv",
        "userProfiles.csv",
        "userResources.csv",
    ];
    ANDRE.iter().any(|andre| andre.eq_ignore_ascii_case(navn))
}

/// What macOS and Windows put into every zip.
fn uvesentlig(navn: &str) -> bool {
    let bart = navn.rsplit('/').next().unwrap_or(navn);
    navn.starts_with("__MACOSX/") || bart.starts_with('.') || bart.eq_ignore_ascii_case("thumbs.db")
}

/// How many entries the central directory can have at most, counted by their signature and not by what it says of
/// itself: memory is set aside for each of them before they can be counted properly.
fn oppforinger(bytes: &[u8]) -> usize {
    bytes.windows(4).filter(|vindu| *vindu == b"PK\x01\x02").count()
}

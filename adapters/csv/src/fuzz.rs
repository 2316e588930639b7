//! Entries for fuzzing: whatever the bytes are, reading ends, and nothing panics.

use crate::pakke::{Modus, Pakke};
use crate::{Config, Csvkilde};
use bytes::Bytes;
use flow::{Cursor, Progress, Source};
use std::io::{Cursor as Minne, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const CONFIG: &str = "tenant = \"fuzz\"\nkommunenummer = \"4601\"\n[grenser]\npakket_bytes = 1048576\n\
                      utpakket_bytes = 16777216\nrader = 20000\n";

/// Opens the bytes as a package and reads it to the end.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let config = Config::parse(CONFIG).expect("a constant text");
    let Ok(pakke) = Pakke::apne(Bytes::copy_from_slice(data), &config) else { return };
    let rader: u64 = pakke.rapport().filer.iter().map(|fil| fil.rader).sum();
    let kilde = Csvkilde::ny("fuzz", pakke);
    let _ = kilde.rapport().til_csv();
    let run = tokio::runtime::Builder::new_current_thread().build().expect("a runtime without drivers");
    for modus in [Modus::Bulk, Modus::Delta] {
        let mut cursor = Cursor::default();
        let mut sider = 0;
        loop {
            let page = match modus {
                Modus::Bulk => run.block_on(kilde.read(&cursor)).map(Some),
                Modus::Delta => run.block_on(kilde.changes(&Default::default(), &cursor)),
            };
            let page = page.expect("a package that is opened can be read");
            match page {
                Some(page) if page.progress == Progress::More => cursor = page.next,
                _ => break,
            }
            sider += 1;
            assert!(sider <= rader + 16, "a page advances by a row or a file");
        }
    }
}

/// Reads the bytes as the `users.csv` of a package of 1.1.
#[doc(hidden)]
pub fn fuzz_users(data: &[u8]) {
    let manifest = b"propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\n";
    let mut zip = ZipWriter::new(Minne::new(Vec::new()));
    let valg = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (navn, innhold) in [("manifest.csv", &manifest[..]), ("users.csv", data)] {
        zip.start_file(navn, valg).expect("writing to memory");
        zip.write_all(innhold).expect("writing to memory");
    }
    fuzz(zip.finish().expect("writing to memory").get_ref());
}

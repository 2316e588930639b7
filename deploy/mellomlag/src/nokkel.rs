//! `mellomlag keygen`: a new key for signing receipts.

use crate::kommandoer::Nokkelvalg;
use anyhow::{Context, Result, bail};
use liste::kvittering::Nokkelpar;
use rand::{TryRng as _, rngs::SysRng};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use zeroize::Zeroizing;

/// Writes the private key, which nobody else may read, and the public key beside it. Never over a file.
pub fn kjor(valg: &Nokkelvalg) -> Result<bool> {
    let offentlig = valg.out.with_extension("offentlig.pem");
    if offentlig == valg.out || valg.out.file_name().is_none() {
        bail!("{} cannot be the private key's file: choose another name", valg.out.display());
    }
    if offentlig.exists() {
        bail!("{} exists already, and is not overwritten; choose another name", offentlig.display());
    }
    let par = nytt()?;
    skriv(&valg.out, par.privat.as_bytes(), 0o600)?;
    skriv(&offentlig, par.offentlig.as_bytes(), 0o644)?;
    println!("private key  {}  (never leaves this machine; keep a copy in a safe)", valg.out.display());
    println!("public key   {}  (give it to everybody who is to check receipts)", offentlig.display());
    println!("kid          {}", par.kid);
    Ok(true)
}

/// A key that nobody has had before.
pub fn nytt() -> Result<Nokkelpar> {
    let mut tilfeldig = Zeroizing::new([0; 32]);
    SysRng.try_fill_bytes(&mut *tilfeldig).context("the system's randomness")?;
    Ok(Nokkelpar::fra(&tilfeldig))
}

/// Makes a file with these rights, and is done when its bytes are on disk. Refuses one that exists.
pub fn skriv(sti: &Path, innhold: &[u8], rettigheter: u32) -> Result<()> {
    let mut fil = match OpenOptions::new().write(true).create_new(true).mode(rettigheter).open(sti) {
        Ok(fil) => fil,
        Err(feil) if feil.kind() == ErrorKind::AlreadyExists => {
            bail!("{} exists already, and is not overwritten; choose another name", sti.display())
        }
        Err(feil) => return Err(feil).with_context(|| sti.display().to_string()),
    };
    fil.write_all(innhold).and_then(|()| fil.sync_all()).with_context(|| sti.display().to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "all of it is a test")]

    use super::*;
    use liste::kvittering::{Nokkelring, Signerer, Utsteder};
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_key_is_made_once_for_its_owner_only() {
        let mappe = tempfile::tempdir().unwrap();
        let out = mappe.path().join("kvittering.pem");
        assert!(kjor(&Nokkelvalg { out: out.clone() }).unwrap());
        assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
        let privat = std::fs::read_to_string(&out).unwrap();
        let utsteder =
            Utsteder { navn: "X".into(), organisasjonsnummer: "964338531".parse().unwrap(), leverandor: None };
        let signerer = Signerer::fra_pem(&privat, utsteder).unwrap();
        let offentlig = std::fs::read_to_string(mappe.path().join("kvittering.offentlig.pem")).unwrap();
        assert_eq!(signerer.offentlig_pem(), offentlig);
        assert_eq!(Nokkelring::default().legg_til(&offentlig), Ok(1));

        assert!(kjor(&Nokkelvalg { out: out.clone() }).is_err());
        std::fs::remove_file(mappe.path().join("kvittering.offentlig.pem")).unwrap();
        assert!(kjor(&Nokkelvalg { out: out.clone() }).is_err());
        assert_eq!(std::fs::read_to_string(&out).unwrap(), privat);
        assert!(kjor(&Nokkelvalg { out: mappe.path().join("a.offentlig.pem") }).is_ok());
        assert_ne!(*nytt().unwrap().privat, *nytt().unwrap().privat);
    }
}

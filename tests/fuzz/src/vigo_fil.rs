//! The file that VIGO took before.

use adapter_vigo::fil::{Filform, Tegnsett, Ventet, les, skriv};

/// A file, in every set of letters. One without a remark is written again, and reads as it did.
pub fn vigo_fil(data: &[u8]) {
    let ventet = Ventet { fylke: Some("46"), skolenr: Some("46503") };
    for tegnsett in [Tegnsett::gjett(data), Tegnsett::Iso88591, Tegnsett::Windows1252, Tegnsett::Utf8] {
        let form = Filform { tegnsett, ..Filform::default() };
        let lest = les(data, &form, &ventet);
        assert!(lest.problemer.len() <= 1000, "problems have a limit");
        let Some(hode) = lest.hode.as_ref().filter(|_| lest.problemer.is_empty()) else { continue };
        let igjen = skriv(hode, &lest.elever, &form).expect("what reads without a remark can be written");
        assert_eq!(les(&igjen, &form, &ventet), lest);
    }
}

//! A receipt that somebody has: whether it is genuine. The same check as `mellomlag verify`.

use elevliste::Listenokkel;
use runtime::visning::kvittering::{Bevisfeil, Nokkelring, Verifisert};

/// More than a receipt and a key.
pub(crate) const MAKS: usize = 256 * 1024;

/// A genuine receipt.
#[derive(Debug)]
pub(crate) struct Funn {
    pub(crate) ekte: Verifisert,
    /// Whether it is signed with the key that this program signs with.
    pub(crate) var_nokkel: bool,
    /// Of a list: whether it is the newest that we have; none where we have none.
    pub(crate) siste: Option<bool>,
}

/// Why something proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Falsk {
    /// There is nothing.
    Tom,
    /// What was given as a key is no public key.
    Nokkel,
    /// The receipt.
    Bevis(Bevisfeil),
}

/// Checks `fil`. Trusted are our own key and the one that the reader hands in; `siste` finds the newest receipt that we have
/// of a list.
pub(crate) fn sjekk(
    egen: Option<&str>,
    annen: &str,
    fil: &[u8],
    siste: impl FnOnce(&Listenokkel) -> Option<String>,
) -> Result<Funn, Falsk> {
    let ring = ring(egen, annen)?;
    if fil.is_empty() {
        return Err(Falsk::Tom);
    }
    let ekte = ring.verifiser(fil).map_err(Falsk::Bevis)?;
    let var_nokkel = egen.is_some_and(|egen| self::ring(Some(egen), "").is_ok_and(|ring| ring.verifiser(fil).is_ok()));
    let siste = match &ekte {
        Verifisert::Liste(liste) => siste(&liste.liste),
        Verifisert::Elev(_) => None,
    };
    let siste = siste.map(|siste| siste.trim_end().as_bytes() == fil.trim_ascii_end());
    Ok(Funn { ekte, var_nokkel, siste })
}

fn ring(egen: Option<&str>, annen: &str) -> Result<Nokkelring, Falsk> {
    let mut ring = Nokkelring::default();
    for nokkel in egen.into_iter().chain(Some(annen).filter(|annen| !annen.trim().is_empty())) {
        ring.legg_til(nokkel).map_err(|_| Falsk::Nokkel)?;
    }
    Ok(ring)
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::visning::kvittering::Nokkelpar;

    const LISTE: &str = include_str!("../../../../core/liste/tests/kvittering/liste.json");
    const OFFENTLIG: &str = include_str!("../../../../core/liste/tests/kvittering/offentlig.pem");

    #[test]
    fn only_public_keys_are_taken() {
        let par = Nokkelpar::fra(&[7; 32]);
        assert!(ring(None, &par.offentlig).is_ok() && ring(Some(&par.offentlig), " ").is_ok());
        for annen in [par.privat.as_str(), "hei"] {
            assert_eq!(ring(None, annen).err(), Some(Falsk::Nokkel));
        }
    }

    #[test]
    fn a_receipt_is_held_against_the_newest_and_a_changed_one_proves_nothing() {
        let sjekk = |fil: &str, siste: Option<&str>| {
            super::sjekk(Some(OFFENTLIG), "", fil.as_bytes(), |_| siste.map(str::to_owned))
        };
        for (siste, ventet) in [(None, None), (Some("{}"), Some(false)), (Some(LISTE.trim_end()), Some(true))] {
            let funn = sjekk(LISTE, siste).unwrap();
            assert_eq!((funn.siste, funn.var_nokkel), (ventet, true));
        }
        let endret = LISTE.replace("\"antall\":3", "\"antall\":2");
        assert_eq!(sjekk(&endret, None).unwrap_err(), Falsk::Bevis(Bevisfeil::Signatur));
        assert_eq!(sjekk("", None).unwrap_err(), Falsk::Tom);
        assert!(!super::sjekk(None, OFFENTLIG, LISTE.as_bytes(), |_| None).unwrap().var_nokkel);
    }
}

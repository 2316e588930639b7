//! Grades as suppliers write them: `10`, `01`, `10.`, `10. trinn`, Grep's `…/aarstrinn10`.

/// Words that may stand beside the number.
const ORD: [&str; 5] = ["aarstrinn", "årstrinn", "arstrinn", "trinn", "klasse"];

/// The number of a grade; `None` where the text is something else (`VG1`, `KG`, `10A`).
pub(super) fn les(tekst: &str) -> Option<u8> {
    let siste = tekst.trim().trim_end_matches('/').rsplit('/').next()?.to_lowercase();
    let uten_ord = ORD.iter().fold(siste, |tekst, ord| tekst.replace(ord, " "));
    let tall = uten_ord.trim().trim_end_matches('.').trim_end();
    let bare_tall = !tall.is_empty() && tall.bytes().all(|b| b.is_ascii_digit());
    if bare_tall { tall.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::les;

    #[test]
    fn spellings_of_one_grade() {
        for tekst in [
            "10",
            "010",
            " 10 ",
            "10.",
            "10. trinn",
            "10. klasse",
            "Trinn 10",
            "10. årstrinn",
            "https://psi.udir.no/kl06/aarstrinn10",
            "https://data.udir.no/aarstrinn/aarstrinn10/",
        ] {
            assert_eq!(les(tekst), Some(10), "{tekst}");
        }
        assert_eq!((les("01"), les("aarstrinn6")), (Some(1), Some(6)));
        for tekst in ["", "VG1", "KG", "10A", "1,2", "-1", "10.5", "trinn", "999", "http://x/"] {
            assert_eq!(les(tekst), None, "{tekst}");
        }
    }
}

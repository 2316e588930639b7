//! Addresses: `{base}/{domain}/{package}/{class}/{idfield}/{idvalue}`.
//!
//! All lower case except the value, which is one percent-encoded segment, encoded once on the way out and decoded once
//! on the way in.

use crate::metamodell::{Klasseart, finn};
use crate::{Klassemodell, Lenke};

/// The address of a resource. `under` is the package that serves common classes here.
pub(super) fn skriv(base: &str, under: &str, lenke: &Lenke) -> String {
    if lenke.er_ekstern() {
        return lenke.verdi().to_owned();
    }
    let (base, sti, felt) = (base.trim_end_matches('/'), sti(&lenke.klasse, under), lenke.id_felt.to_lowercase());
    format!("{base}/{sti}/{felt}/{}", kod(lenke.verdi()))
}

/// The path of a class by its full name, e.g. `utdanning/elev/klasse`: known to this crate or not.
pub(super) fn sti(full: &str, under: &str) -> String {
    let (pakke, navn) = full.split_once(':').unwrap_or(("", full));
    let pakke = if pakke == "felles" { under.to_owned() } else { pakke.replace('-', "/") };
    format!("{pakke}/{}", navn.to_lowercase())
}

/// The package whose address space a class's links to common classes lie in.
pub(super) fn felles_under(modell: &Klassemodell) -> String {
    if modell.felles { super::FELLES_UNDER.to_owned() } else { modell.pakke.replace('-', "/") }
}

/// Reads an address of a resource of class `mal`: absolute, a path, a `${template}/…` or only `systemid/123`.
///
/// The last two segments count. An address that names no id field of the class is kept as it stands.
pub(super) fn les(mal: &'static str, href: &str) -> Lenke {
    ta_fra_hverandre(mal, href).unwrap_or_else(|| Lenke::ekstern(mal, href))
}

fn ta_fra_hverandre(mal: &'static str, href: &str) -> Option<Lenke> {
    let (foran, verdi) = href.rsplit_once('/')?;
    let felt = foran.rsplit('/').next().unwrap_or(foran);
    let felt = id_felt(mal, felt)?;
    let verdi = avkod(verdi).filter(|verdi| !verdi.is_empty())?;
    Some(Lenke::rett(mal, felt, verdi))
}

/// The id field in FINT's spelling. A class outside this crate has an unknown set of them: any plain word may be one.
fn id_felt(mal: &str, felt: &str) -> Option<String> {
    match finn(mal) {
        Some(modell) if modell.art == Klasseart::Referanse => None,
        Some(modell) => modell.identifikator(felt).map(str::to_owned),
        None if felt.eq_ignore_ascii_case("systemid") => Some("systemId".to_owned()),
        None => (!felt.is_empty() && felt.bytes().all(|b| b.is_ascii_alphabetic())).then(|| felt.to_lowercase()),
    }
}

/// Encodes one path segment: RFC 3986 `pchar` stands, all else becomes `%XX`, and a space never `+`.
pub(super) fn kod(verdi: &str) -> String {
    let mut ut = String::with_capacity(verdi.len());
    for b in verdi.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&b) {
            ut.push(char::from(b));
        } else {
            ut.push_str(&format!("%{b:02X}"));
        }
    }
    ut
}

/// Decodes one path segment; none if it is not valid percent-encoding of text.
fn avkod(segment: &str) -> Option<String> {
    let mut ut = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(b) = bytes.next() {
        if b == b'%' {
            let siffer = |b: Option<u8>| char::from(b?).to_digit(16);
            let verdi = siffer(bytes.next())? * 16 + siffer(bytes.next())?;
            ut.push(u8::try_from(verdi).ok()?);
        } else {
            ut.push(b);
        }
    }
    String::from_utf8(ut).ok()
}

#[cfg(test)]
mod tests {
    use super::{avkod, kod, les, skriv, sti};
    use crate::{Elev, Lenke, Person, Skole};

    const BASE: &str = "https://api.example.no/";
    const UNDER: &str = "utdanning/elev";

    #[test]
    fn the_value_is_one_segment_and_comes_back() {
        for (verdi, segment) in [
            ("10A", "10A"),
            ("a/b c", "a%2Fb%20c"),
            ("1+1", "1+1"),
            ("100%", "100%25"),
            ("Bø?#", "B%C3%B8%3F%23"),
            ("ola@solvang.no", "ola@solvang.no"),
        ] {
            assert_eq!(kod(verdi), segment);
            assert_eq!(avkod(segment).as_deref(), Some(verdi));
        }
        for bad in ["%", "%4", "%zz", "%+4", "%FF"] {
            assert_eq!(avkod(bad), None, "{bad}");
        }
    }

    #[test]
    fn writes_lower_case_but_for_the_value() {
        let lenke = Lenke::til::<Elev>("Aa/1");
        assert_eq!(skriv(BASE, UNDER, &lenke), "https://api.example.no/utdanning/elev/elev/systemid/Aa%2F1");
        assert_eq!(skriv("", UNDER, &lenke), "/utdanning/elev/elev/systemid/Aa%2F1");
    }

    #[test]
    fn a_common_class_is_served_under_the_package_that_links_to_it() {
        let person = Lenke::til::<Person>("14810512345");
        assert!(skriv(BASE, "utdanning/ot", &person).ends_with("/utdanning/ot/person/fodselsnummer/14810512345"));
        assert_eq!(sti("felles:Virksomhet", UNDER), "utdanning/elev/virksomhet");
        assert_eq!(sti("felles-kodeverk-iso:Sprak", UNDER), "felles/kodeverk/iso/sprak");
    }

    #[test]
    fn reads_every_shape_of_address() {
        let ventet = Lenke::med::<Skole>("organisasjonsnummer", "974589123");
        for href in [
            "https://api.example.no/utdanning/utdanningsprogram/skole/organisasjonsnummer/974589123",
            "/utdanning/utdanningsprogram/skole/organisasjonsnummer/974589123",
            "${utdanning.utdanningsprogram.skole}/organisasjonsnummer/974589123",
            "organisasjonsnummer/974589123",
            "ORGANISASJONSNUMMER/974589123",
        ] {
            assert_eq!(les("utdanning-utdanningsprogram:Skole", href), ventet, "{href}");
        }
        assert_eq!(les("utdanning-elev:Elev", "systemid/a%2Fb"), Lenke::til::<Elev>("a/b"));
    }

    #[test]
    fn keeps_what_it_cannot_take_apart() {
        for (mal, href) in [
            ("utdanning-kodeverk:Grepreferanse", "https://psi.example.no/kl06/systemid/1"),
            ("utdanning-elev:Elev", "https://api.example.no/utdanning/elev/elev/kortnummer/7"),
            ("utdanning-elev:Elev", "https://api.example.no/utdanning/elev/elev/systemid/a/b"),
            ("utdanning-elev:Elev", "systemid/"),
            ("utdanning-elev:Elev", "systemid/%ZZ"),
            ("utdanning-elev:Elev", "123"),
        ] {
            let lenke = les(mal, href);
            assert!(lenke.er_ekstern(), "{href}");
            assert_eq!(skriv(BASE, UNDER, &lenke), href);
        }
    }

    #[test]
    fn a_class_outside_the_crate_takes_any_plain_id_field() {
        let lenke = les("utdanning-elev:Undervisningsforhold", "systemid/1");
        assert_eq!(lenke.id_felt, "systemId");
        let lenke = les("administrasjon-personal:Personalressurs", "https://x.no/a/p/personalressurs/ansattnummer/1");
        assert_eq!(lenke.id_felt, "ansattnummer");
    }
}

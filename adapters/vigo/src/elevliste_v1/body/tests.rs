use super::*;
use crate::payload::tests::forsendelse as vigoskole;

/// The list of the other dialect's example, with a key and a pupil's id for each.
pub(crate) fn forsendelse() -> Forsendelse {
    let mut list = vigoskole();
    for (linje, nr) in list.linjer.iter_mut().zip(1..) {
        linje.elev = Uuid::from_u128(nr);
    }
    list
}

/// Its update: the first is gone, the second is in another class, the third is new.
pub(crate) fn update() -> Forsendelse {
    let mut list = forsendelse();
    let mut third = list.linjer[1].clone();
    third.elev = Uuid::from_u128(3);
    third.identitetsnummer = Some("05820998865".into());
    list.linjer[1].klasse = Some("10C".into());
    list.linjer[0] = third;
    let endringer = [(3, Endringsslag::Ny), (2, Endringsslag::Endret), (1, Endringsslag::Borte)];
    let endringer = endringer.map(|(nr, slag)| (Uuid::from_u128(nr), slag)).into();
    list.oppdatering = Some(Oppdatering { etag: "\"1\"".into(), endringer });
    list
}

#[test]
fn a_body_prints_no_pupil() {
    for list in [forsendelse(), update()] {
        let text = format!("{:?}", make(&list).unwrap());
        for secret in ["05911099839", "17851099980", "05820998865", "Ærlig", "Ågotnes", "Đuoddar"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("974738368") && text.contains("***"));
    }
}

#[test]
fn an_update_that_contradicts_its_lines_is_never_sent() {
    type Change = fn(&mut Vec<(Uuid, Endringsslag)>);
    let changes: [Change; 5] = [
        |e| e.clear(),
        |e| e.push((Uuid::from_u128(9), Endringsslag::Ny)),
        |e| e.push(e[0]),
        |e| e.push(e[2]),
        |e| e[0].1 = Endringsslag::Borte,
    ];
    for change in changes {
        let mut list = update();
        change(&mut list.oppdatering.as_mut().unwrap().endringer);
        assert_eq!(make(&list).unwrap_err(), LagFeil::Felt { felt: "endringer" });
    }
}

#[test]
fn keys_and_tags_are_what_headers_can_hold() {
    for key in ["", "a b", "a\"b", "å", "a\\b", &"x".repeat(256)] {
        assert!(!is_key(key), "{key}");
    }
    for etag in ["", "\"\"", "x", "W/\"x\"", "\"a b\"", "\"a\"b\"", "\""] {
        assert!(!is_etag(etag), "{etag}");
    }
    assert!(is_key("9f86d081:1") && is_etag("\"v1-9f86\""));
}

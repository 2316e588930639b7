//! The pilot's file as a source.

use super::lesing::{Lesing, ekte, feil, les_alt};
use adapter_oneroster::{Config, OneRosterSource};
use flow::{Cursor, Kildeobjekt, Presence, Source, SourceError};
use oneroster::{Objekt, Org, Status};
use simulators::generator::liten;
use simulators::vigilo::{Skrivemate, pilotfil};
use std::path::{Path, PathBuf};

struct Fil {
    _mappe: tempfile::TempDir,
    sti: PathBuf,
}

fn fil(innhold: &str) -> Fil {
    let mappe = tempfile::tempdir().unwrap();
    let sti = mappe.path().join("users.json");
    std::fs::write(&sti, innhold).unwrap();
    Fil { _mappe: mappe, sti }
}

fn kilde(sti: &Path, resten: &str) -> OneRosterSource {
    let toml = format!(
        "tenant = \"t\"\nkommunenummer = \"4601\"\nfil = \"{}\"\nskolear = \"2026-2027\"\n{resten}",
        sti.display()
    );
    Config::parse(&toml).unwrap().build(ekte()).unwrap()
}

fn orgs(lesing: &Lesing) -> Vec<&Org> {
    let alle = lesing.observed.iter();
    alle.filter_map(|o| match &o.objekt {
        Kildeobjekt::Roster(Objekt::Org(org)) => Some(org),
        _ => None,
    })
    .collect()
}

#[tokio::test]
async fn the_pilots_file_gives_pupils_and_the_schools_they_name() {
    let f = fil(include_str!("../../fixtures/pilot.json"));
    let lesing = les_alt(&kilde(
        &f.sti,
        "[skoler.bergen-skule-fana]\nnavn = \"Fana skule\"\norganisasjonsnummer = \"987654325\"",
    ))
    .await
    .unwrap();
    assert_eq!(
        lesing.komplett,
        ["org", "academicSession", "user"],
        "the file says nothing of classes, so it completes none"
    );
    let [fana, lind] = orgs(&lesing).try_into().unwrap();
    assert_eq!(
        (fana.name.as_str(), fana.identifier.as_deref(), fana.r#type.as_str()),
        ("Fana skule", Some("987654325"), "school")
    );
    assert_eq!((lind.name.as_str(), lind.identifier.as_deref()), ("bergen-skule-lind", None));
    assert_eq!(lesing.elever().count(), 3);
    assert_eq!(lesing.observed.iter().filter(|o| o.status == Status::Tobedeleted).count(), 1, "inactive");
    let numre: Vec<_> = lesing.elever().filter_map(|e| e.identifier.as_ref().map(|n| n.vis().as_str())).collect();
    assert_eq!(numre, ["14821150036", "09861150000", "23851150048"]);
    for funn in ["duplicate-row", "identfier-spelling", "status-inactive", "org-by-reference", "reference-without-href"]
    {
        assert!(lesing.funn().contains(funn), "{funn}");
    }
    assert!(lesing.refused.is_empty());
}

#[tokio::test]
async fn the_simulators_file_is_read_in_pages_that_can_be_repeated() {
    let kommune = liten(3);
    for skrivemate in [Skrivemate::Identfier, Skrivemate::Identifier] {
        let f = fil(&pilotfil(&kommune, skrivemate).to_string());
        let en = kilde(&f.sti, "sidestorrelse = 20");
        let lesing = les_alt(&en).await.unwrap();
        assert_eq!(lesing.elever().count(), kommune.elever.len());
        assert!(
            lesing
                .elever()
                .zip(&kommune.elever)
                .all(|(lest, e)| lest.identifier.as_ref().map(|n| n.vis()) == e.nummer.as_ref())
        );
        assert_eq!(lesing.funn().contains("identfier-spelling"), skrivemate == Skrivemate::Identfier);
        assert!(lesing.cursors.len() > 4);
        let to = kilde(&f.sti, "sidestorrelse = 20");
        for cursor in lesing.cursors.iter().rev() {
            let (a, b) = (en.read(cursor).await.unwrap(), to.read(cursor).await.unwrap());
            let innhold = |p: &flow::Page| p.observed.iter().map(|o| o.objekt.clone()).collect::<Vec<_>>();
            assert_eq!((innhold(&a), &a.next, &a.progress), (innhold(&b), &b.next, &b.progress));
        }
    }
}

#[tokio::test]
async fn a_file_may_carry_the_other_collections_too() {
    let f = fil(include_str!("../../fixtures/vigilo-flat.json"));
    let lesing = les_alt(&kilde(&f.sti, "")).await.unwrap();
    assert_eq!(lesing.komplett, ["org", "academicSession", "class", "user", "enrollment"]);
    assert_eq!(["org", "class", "user", "enrollment"].map(|t| lesing.av(t)), [2, 1, 1, 1]);
}

#[tokio::test]
async fn an_id_with_two_contents_is_refused_in_all_its_rows_and_the_rest_is_read() {
    let mut innhold: serde_json::Value = serde_json::from_str(include_str!("../../fixtures/pilot.json")).unwrap();
    innhold["users"][3]["givenName"] = "Olav".into();
    let f = fil(&innhold.to_string());
    let kilden = kilde(&f.sti, "");
    let lesing = les_alt(&kilden).await.unwrap();
    let avvist: Vec<_> = lesing.refused.iter().map(|r| (r.code, r.field.as_str())).collect();
    assert_eq!(
        avvist,
        [("conflicting-duplicate", "users[1].sourcedId"), ("conflicting-duplicate", "users[3].sourcedId")]
    );
    assert_eq!(lesing.elever().count(), 2);
    // Such a pupil is not gone: nobody knows what is right.
    let forste = fil(include_str!("../../fixtures/pilot.json"));
    let for_ = les_alt(&kilde(&forste.sti, "")).await.unwrap();
    let [en, to, tre] =
        for_.observed.iter().filter(|o| o.objekt.typenavn() == "user").collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(kilden.look_up(&en.objekt).await.unwrap(), Presence::Present);
    assert!(kilden.look_up(&to.objekt).await.is_err());
    assert_eq!(kilden.look_up(&tre.objekt).await.unwrap(), Presence::Gone, "inactive");
    std::fs::write(&f.sti, r#"{"users":[]}"#).unwrap();
    assert_eq!(kilden.look_up(&en.objekt).await.unwrap(), Presence::Gone);
    std::fs::write(&f.sti, r#"{"orgs":[]}"#).unwrap();
    assert!(kilden.look_up(&en.objekt).await.is_err(), "a file without users says nothing of users");
}

#[tokio::test]
async fn a_file_that_is_replaced_while_it_is_read_does_not_mix() {
    let kommune = liten(3);
    let f = fil(&pilotfil(&kommune, Skrivemate::Identifier).to_string());
    let kilden = kilde(&f.sti, "sidestorrelse = 20");
    let forste = kilden.read(&Cursor::default()).await.unwrap();
    std::fs::write(&f.sti, r#"{"users":[]}"#).unwrap();
    assert_eq!(kilden.read(&forste.next).await.unwrap().observed.len(), 20, "the day that was begun goes on");
    let etter_omstart = kilde(&f.sti, "sidestorrelse = 20").read(&forste.next).await;
    assert!(matches!(etter_omstart, Err(SourceError::Torn { .. })));
}

#[tokio::test]
async fn faulty_files_are_named_without_their_content() {
    let malformed = |s: &SourceError| matches!(s, SourceError::Malformed { field, .. } if field == "fil");
    for (innhold, del) in [
        ("{\"users\":[{\"givenName\":\"Kanari\"", "line 1"),
        ("<html>Kanari</html>", "web page"),
        ("{\"elever\":[]}", "a list named users"),
        ("navn;nummer\nKanari;1", "expected json"),
    ] {
        let svar = feil(&kilde(&fil(innhold).sti, "")).await;
        assert!(malformed(&svar) && svar.to_string().contains(del) && !svar.to_string().contains("Kanari"), "{svar}");
    }
    let latin1 = fil("");
    std::fs::write(&latin1.sti, b"{\"users\":[{\"givenName\":\"\xc5se\"}]}").unwrap();
    assert!(malformed(&feil(&kilde(&latin1.sti, "")).await));
    let stor = fil(&format!("{{\"users\":[{}]}}", " ".repeat(5_000)));
    assert!(feil(&kilde(&stor.sti, "maks_bytes = 1000")).await.to_string().contains("maks_bytes"));
    assert!(kilde(&stor.sti, "").probe().await.is_ok());
    let borte = kilde(Path::new("/finnes/ikke.json"), "");
    assert!(matches!(feil(&borte).await, SourceError::Unreachable { hint, .. } if hint.contains("does not exist")));
    assert!(borte.probe().await.is_err());
}

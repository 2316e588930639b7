//! Against the simulated Vigilo.

use super::lesing::{Lesing, Mot, ekte, feil, kilde, les_alt, les_endringer};
use adapter_oneroster::OneRosterSource;
use flow::{Cursor, Kildeobjekt, ManualClock, Presence, Source, SourceError};
use jiff::{SignedDuration, Timestamp};
use oneroster::{Objekt, Objekttype, Status};
use simulators::Klokke;
use simulators::generator::{Elev, Kommune, liten, voss};
use simulators::vigilo::{Endring, Feil, Metadataform, Samling, Utgave, Vigilo, VigiloConfig};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

async fn start(kommune: Kommune) -> Vigilo {
    Vigilo::start(VigiloConfig::ny(kommune)).await.unwrap()
}

fn til(vigilo: &Vigilo, resten: &str) -> OneRosterSource {
    let (base_url, token_url) = (vigilo.oneroster_url(), vigilo.token_url());
    kilde(&Mot { base_url: &base_url, token_url: &token_url, hemmelighet: "hemmelig", resten }, ekte())
}

/// What the generator made and what was read must be the same pupils.
fn like(lesing: &Lesing, kommune: &Kommune) {
    let lest: BTreeMap<&str, _> = lesing.elever().map(|e| (e.sourced_id.vis().as_str(), e)).collect();
    assert_eq!(lest.len(), kommune.elever.len());
    for Elev { id, fornavn, mellomnavn, etternavn, nummer, trinn, skole, .. } in &kommune.elever {
        let elev = lest[id.to_string().as_str()];
        let tekst = |t: &Option<identitet::Skjermet<String>>| t.as_ref().map(|t| t.vis().clone());
        assert_eq!(tekst(&elev.given_name), Some(fornavn.to_string()).filter(|n| !n.is_empty()));
        assert_eq!(tekst(&elev.middle_name), mellomnavn.as_ref().map(ToString::to_string));
        assert_eq!(tekst(&elev.family_name), Some(etternavn.to_string()));
        assert_eq!(&tekst(&elev.identifier), nummer);
        assert_eq!(elev.grades, [trinn.to_string()]);
        assert_eq!(elev.roles.iter().map(|r| r.org.vis().clone()).collect::<Vec<_>>(), [skole.to_string()]);
    }
    assert_eq!(lesing.komplett, Objekttype::ALLE.map(Objekttype::as_str));
}

#[tokio::test]
async fn everything_is_read_in_pages_in_1p2_and_1p1() {
    for (utgave, versjon) in [(Utgave::V1p2, "1.2"), (Utgave::V1p1, "1.1")] {
        for metadataform in [Metadataform::Flat, Metadataform::Nestet] {
            let config = VigiloConfig { utgave, metadataform, maks_side: 70, ..VigiloConfig::ny(voss(4)) };
            let vigilo = Vigilo::start(config).await.unwrap();
            let resten = format!("versjon = \"{versjon}\"\nsidestorrelse = 200");
            let lesing = les_alt(&til(&vigilo, &resten)).await.unwrap();
            like(&lesing, vigilo.kommune());
            let klasser = vigilo.kommune().klasser.iter().filter(|k| k.gruppetype.vigilo() == "Class").count();
            assert_eq!((lesing.av("org"), lesing.av("class")), (vigilo.antall(Samling::Orgs), klasser));
            assert_eq!(lesing.av("academicSession"), vigilo.antall(Samling::AcademicSessions));
            assert_eq!((lesing.refused.len(), lesing.findings.len()), (0, 0), "{:?}", lesing.funn());
            let paamelding_per_elev: usize =
                vigilo.kommune().elever.iter().map(|e| e.grupper.len() + usize::from(e.klasse.is_some())).sum();
            assert_eq!(lesing.av("enrollment"), paamelding_per_elev);
            assert!(lesing.expected.is_some());
        }
    }
}

#[tokio::test]
async fn the_generic_profile_reads_it_too_without_counts_and_filters() {
    let config = VigiloConfig { med_total: false, med_link: false, krev_orderby: true, ..VigiloConfig::ny(liten(5)) };
    let vigilo = Vigilo::start(config).await.unwrap();
    let lesing = les_alt(&til(&vigilo, "profil = \"generic\"\nklientautentisering = \"skjema\"")).await.unwrap();
    like(&lesing, vigilo.kommune());
}

#[tokio::test]
async fn the_same_cursor_gives_the_same_page_and_any_page_can_be_resumed() {
    let vigilo = start(liten(6)).await;
    let kilde_1 = til(&vigilo, "sidestorrelse = 40");
    let cursors = les_alt(&kilde_1).await.unwrap().cursors;
    assert!(cursors.len() > 9, "several pages: {}", cursors.len());
    // A fresh source knows nothing of the first one's reading.
    let kilde_2 = til(&vigilo, "sidestorrelse = 40");
    for cursor in cursors.iter().rev() {
        let en = kilde_1.read(cursor).await.unwrap();
        let to = kilde_2.read(cursor).await.unwrap();
        let igjen = kilde_2.read(cursor).await.unwrap();
        for annen in [&to, &igjen] {
            let innhold = |p: &flow::Page| p.observed.iter().map(|o| o.objekt.clone()).collect::<Vec<_>>();
            assert_eq!((innhold(&en), &en.next, &en.progress), (innhold(annen), &annen.next, &annen.progress));
            assert_eq!(en.findings, annen.findings);
        }
        assert!(!vigilo.kommune().elever.iter().any(|e| cursor.0.contains(&e.id.to_string())), "nothing personal");
    }
}

#[tokio::test]
async fn wrong_credentials_are_denied_with_what_to_check() {
    let vigilo = start(liten(7)).await;
    let (base_url, token_url) = (vigilo.oneroster_url(), vigilo.token_url());
    let feil_secret =
        kilde(&Mot { base_url: &base_url, token_url: &token_url, hemmelighet: "gal", resten: "" }, ekte());
    for svar in [feil(&feil_secret).await, feil_secret.probe().await.unwrap_err()] {
        let SourceError::Denied { system, hint } = svar else { panic!("{svar}") };
        assert!(system == "vigilo" && hint.contains("client_secret_file"), "{hint}");
        assert!(!hint.contains("gal"), "the secret is not repeated");
    }
    let feil_scope = til(&vigilo, "scope = \"finnes.ikke\"");
    assert!(matches!(feil(&feil_scope).await, SourceError::Denied { hint, .. } if hint.contains("scope")));
    assert!(til(&vigilo, "").probe().await.is_ok());
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let vigilo = start(liten(8)).await;
    let oneroster = til(&vigilo, "sidestorrelse = 40");
    vigilo.feil(Feil::TokenUtloper.i(Samling::Users).paa_side(2).ganger(1));
    like(&les_alt(&oneroster).await.unwrap(), vigilo.kommune());
    assert_eq!(vigilo.tokens_utstedt(), 2);

    vigilo.feil(Feil::Avvis401.i(Samling::Users));
    assert!(matches!(feil(&oneroster).await, SourceError::Denied { hint, .. } if hint.contains("401")));
    assert_eq!(vigilo.tokens_utstedt(), 3, "once, not again and again");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let start: Timestamp = "2026-11-02T08:00:00Z".parse().unwrap();
    let klokke = Klokke::stoppet(start);
    let levetid = Duration::from_secs(300);
    let config = VigiloConfig { klokke: klokke.clone(), token_levetid: levetid, ..VigiloConfig::ny(liten(9)) };
    let vigilo = Vigilo::start(config).await.unwrap();
    let var = Arc::new(ManualClock::new(start));
    let (base_url, token_url) = (vigilo.oneroster_url(), vigilo.token_url());
    let mot = Mot { base_url: &base_url, token_url: &token_url, hemmelighet: "hemmelig", resten: "" };
    let oneroster = kilde(&mot, Arc::<ManualClock>::clone(&var));
    for (sekunder, tokens) in [(0, 1), (239, 1), (241, 2), (299, 2), (600, 3)] {
        let na = start + SignedDuration::from_secs(sekunder);
        klokke.sett(na);
        var.set(na);
        oneroster.probe().await.unwrap();
        assert_eq!(vigilo.tokens_utstedt(), tokens, "after {sekunder} s");
    }
}

#[tokio::test]
async fn what_the_service_cannot_do_now_is_told_as_what_to_do_next() {
    let vigilo = start(liten(10)).await;
    let oneroster = til(&vigilo, "sidestorrelse = 40");
    type Sjekk = fn(&SourceError) -> bool;
    let cases: [(Feil, Sjekk); 9] = [
        (
            Feil::ForMange { vent_sekunder: 31, html: true },
            |f| matches!(f, SourceError::Throttled { wait, .. } if wait.as_secs() == 31),
        ),
        (
            Feil::ForMange { vent_sekunder: 7, html: false },
            |f| matches!(f, SourceError::Throttled { wait, .. } if wait.as_secs() == 7),
        ),
        (Feil::Status { status: 500 }, |f| matches!(f, SourceError::Unreachable { hint, .. } if hint.contains("500"))),
        (Feil::Status { status: 502 }, |f| matches!(f, SourceError::Unreachable { hint, .. } if hint.contains("502"))),
        (Feil::Status { status: 403 }, |f| matches!(f, SourceError::Denied { hint, .. } if hint.contains("scope"))),
        (Feil::HalvtSvar, |f| matches!(f, SourceError::Unreachable { .. })),
        (
            Feil::UgyldigJson,
            |f| matches!(f, SourceError::Malformed { field, hint, .. } if field == "users" && hint.contains("line 1")),
        ),
        (
            Feil::Html200,
            |f| matches!(f, SourceError::Malformed { field, hint, .. } if field == "users" && hint.contains("web page")),
        ),
        (
            Feil::Omdirigering { til: "http://127.0.0.1:9/".into() },
            |f| matches!(f, SourceError::Malformed { hint, .. } if hint.contains("redirects are not followed")),
        ),
    ];
    for (hva, passer) in cases {
        vigilo.feil(hva.clone().i(Samling::Users).paa_side(2));
        let svar = feil(&oneroster).await;
        assert!(passer(&svar), "{hva:?}: {svar:?}");
        vigilo.fjern_feil();
    }
    vigilo.feil(Feil::TokenNede);
    assert!(matches!(feil(&til(&vigilo, "")).await, SourceError::Unreachable { hint, .. } if hint.contains("token")));
    vigilo.fjern_feil();
    like(&les_alt(&oneroster).await.unwrap(), vigilo.kommune());
}

#[tokio::test]
async fn a_collection_that_contradicts_itself_is_torn() {
    let vigilo = start(liten(11)).await;
    let oneroster = til(&vigilo, "sidestorrelse = 40");
    let cases = [
        (Feil::Status { status: 404 }.i(Samling::Users).paa_side(2), "status 404 for the page at users[40]"),
        (Feil::DobbelSourcedId.i(Samling::Users).paa_side(2), "users[40] and users[41] have one sourcedId"),
        (Feil::TomSamling.i(Samling::Users).paa_side(2), "fewer pupils came than its count of 90"),
        (Feil::TomSamling.i(Samling::Users), "it ended after 0 rows, but its count says"),
        (Feil::TomSamling.i(Samling::Orgs), "it ended after 0 rows, but its count says"),
    ];
    for (plan, ventet) in cases {
        vigilo.feil(plan);
        let svar = feil(&oneroster).await;
        let SourceError::Torn { hint, .. } = svar else { panic!("{svar:?}") };
        assert!(hint.contains(ventet), "{hint}");
        vigilo.fjern_feil();
    }
}

#[tokio::test]
async fn the_same_unreadable_page_for_ever_ends_the_reading() {
    let vigilo = start(liten(11)).await;
    for hva in
        [simulators::vigilo::Feilplan::from(Feil::Dyp { niva: 10_000 }), Feil::Dyp { niva: 10_000 }.i(Samling::Users)]
    {
        vigilo.feil(hva);
        let svar = feil(&til(&vigilo, "sidestorrelse = 40")).await;
        assert!(matches!(&svar, SourceError::Torn { hint, .. } if hint.contains("repeats rows")), "{svar:?}");
        vigilo.fjern_feil();
    }
}

#[tokio::test]
async fn a_count_from_before_the_filter_is_found_out_and_the_collection_read_without() {
    let vigilo = start(liten(11)).await;
    vigilo.feil(Feil::TotalForFilter.i(Samling::Users));
    let oneroster = til(&vigilo, "sidestorrelse = 40");
    let forste = les_alt(&oneroster).await.unwrap();
    let kall = vigilo.kall();
    let andre = les_alt(&oneroster).await.unwrap();
    assert!(vigilo.kall() - kall < kall, "from then on it is not asked with the filter");
    for lesing in [forste, andre] {
        like(&lesing, vigilo.kommune());
        assert_eq!(lesing.antall_funn("count-before-filter"), 1);
    }
}

#[tokio::test]
async fn a_pupil_who_arrives_or_leaves_in_the_middle_tears_the_reading() {
    let vigilo = start(liten(12)).await;
    let oneroster = til(&vigilo, "sidestorrelse = 40");
    let mut cursor = Cursor::default();
    while !cursor.0.contains(r#""samling":"users","offset":40"#) {
        cursor = oneroster.read(&cursor).await.unwrap().next;
    }
    let elev = vigilo.kommune().elever[0].id;
    vigilo.endre(&[Endring::Slutter { elev, hardt: true }]).unwrap();
    let svar = oneroster.read(&cursor).await.unwrap_err();
    assert!(matches!(&svar, SourceError::Torn { hint, .. } if hint.contains("moved from 90 to 89")), "{svar:?}");
}

#[tokio::test]
async fn a_look_at_changes_shows_what_is_new_and_what_is_marked_as_deleted() {
    let vigilo = start(liten(16)).await;
    let oneroster = til(&vigilo, "overlapp_sekunder = 0");
    let merker = les_alt(&oneroster).await.unwrap().merker();
    let ingen = les_endringer(&oneroster, &merker).await.unwrap().unwrap();
    assert_eq!((ingen.observed.len(), ingen.komplett.len()), (0, merker.len()));
    let elever: Vec<_> = vigilo.kommune().elever.iter().take(3).map(|e| e.id).collect();
    let [slutter, navn, borte] = elever.as_slice() else { panic!() };
    vigilo
        .endre(&[
            Endring::Slutter { elev: *slutter, hardt: false },
            Endring::Slutter { elev: *borte, hardt: true },
            Endring::BytterNavn { elev: *navn, fornavn: "Ny".into(), mellomnavn: None, etternavn: "Prøve".into() },
        ])
        .unwrap();
    let lesing = les_endringer(&oneroster, &merker).await.unwrap().unwrap();
    let brukere: Vec<_> = lesing.observed.iter().filter(|o| o.objekt.typenavn() == "user").map(|o| o.status).collect();
    assert_eq!(brukere.len(), 2, "who is gone without a trace does not show");
    assert!(brukere.contains(&Status::Active) && brukere.contains(&Status::Tobedeleted));
}

#[tokio::test]
async fn a_faulty_record_is_refused_and_the_rest_is_read() {
    let vigilo = start(liten(13)).await;
    let oneroster = til(&vigilo, "sidestorrelse = 40");
    for (hva, code, field) in [
        (Feil::UtenSourcedId, "missing-sourced-id", "users[40].sourcedId"),
        (Feil::UkjentEnum, "unknown-status", "users[40].status"),
    ] {
        vigilo.feil(hva.i(Samling::Users).paa_side(2));
        let lesing = les_alt(&oneroster).await.unwrap();
        let [avvist] = lesing.refused.as_slice() else { panic!("one refused: {:?}", lesing.refused) };
        assert_eq!((avvist.samling, avvist.code, avvist.field.as_str()), ("users", code, field));
        assert!(serde_json::from_slice::<serde_json::Value>(&avvist.raw).unwrap()["givenName"].is_string());
        assert_eq!(lesing.av("user"), vigilo.kommune().elever.len() - 1);
        vigilo.fjern_feil();
    }
    vigilo.feil(Feil::NullNavn.i(Samling::Users).paa_side(1));
    let lesing = les_alt(&oneroster).await.unwrap();
    assert_eq!(lesing.elever().filter(|e| e.given_name.is_none() && e.family_name.is_none()).count(), 1);
    assert!(lesing.funn().contains("null-for-absent"));
    vigilo.fjern_feil();

    for (hva, funn) in
        [(Feil::BoolskEnabledUser, "boolean-for-text"), (Feil::NullFelter.i(Samling::Users).feil, "null-for-absent")]
    {
        vigilo.feil(hva.i(Samling::Users));
        let lesing = les_alt(&oneroster).await.unwrap();
        assert_eq!(lesing.av("user"), vigilo.kommune().elever.len());
        assert!(lesing.funn().contains(funn), "{funn}");
        vigilo.fjern_feil();
    }
    vigilo.feil(Feil::UtenHoder);
    like(&les_alt(&oneroster).await.unwrap(), vigilo.kommune());
}

#[tokio::test]
async fn an_answer_that_is_too_large_or_too_long_is_refused() {
    let vigilo = start(liten(14)).await;
    let svar = feil(&til(&vigilo, "maks_bytes = 2000")).await;
    assert!(matches!(&svar, SourceError::Malformed { hint, .. } if hint.contains("maks_bytes")), "{svar:?}");
    let svar = feil(&til(&vigilo, "maks_rader = 50")).await;
    assert!(matches!(&svar, SourceError::Malformed { hint, .. } if hint.contains("maks_rader")), "{svar:?}");
}

#[tokio::test]
async fn look_ups_tell_present_gone_and_unclear_apart() {
    let vigilo = start(liten(15)).await;
    let oneroster = til(&vigilo, "");
    let lesing = les_alt(&oneroster).await.unwrap();
    let finn = |id: String| -> Kildeobjekt {
        lesing
            .observed
            .iter()
            .find(|o| matches!(&o.objekt, Kildeobjekt::Roster(r) if *r.sourced_id().vis() == id))
            .unwrap()
            .objekt
            .clone()
    };
    let elever: Vec<_> = vigilo.kommune().elever.iter().take(3).map(|e| e.id).collect();
    let [blir, merket, borte] = elever.as_slice() else { panic!() };
    vigilo
        .endre(&[Endring::Slutter { elev: *merket, hardt: false }, Endring::Slutter { elev: *borte, hardt: true }])
        .unwrap();
    for (id, ventet) in [(blir, Presence::Present), (merket, Presence::Gone), (borte, Presence::Gone)] {
        assert_eq!(oneroster.look_up(&finn(id.to_string())).await.unwrap(), ventet);
    }
    for observed in &lesing.observed {
        if matches!(observed.objekt, Kildeobjekt::Roster(Objekt::Org(_) | Objekt::Class(_))) {
            assert_eq!(oneroster.look_up(&observed.objekt).await.unwrap(), Presence::Present);
        }
    }
    // The row marked as deleted is still in the collection, and says so.
    let igjen = les_alt(&oneroster).await.unwrap();
    let slettet = igjen.observed.iter().filter(|o| o.status == Status::Tobedeleted && o.objekt.typenavn() == "user");
    assert_eq!(slettet.count(), 1);

    vigilo.feil(Feil::Status { status: 404 }.i(Samling::Users));
    let svar = oneroster.look_up(&finn(blir.to_string())).await;
    assert!(svar.is_err(), "look-ups worked before the last snapshot; since then nothing shows that they do");
    vigilo.fjern_feil();
    for hva in [Feil::Html200, Feil::UkjentEnum, Feil::UtenSourcedId, Feil::Status { status: 500 }] {
        vigilo.feil(hva.clone().i(Samling::Users));
        assert!(oneroster.look_up(&finn(blir.to_string())).await.is_err(), "{hva:?}");
        vigilo.fjern_feil();
    }
}

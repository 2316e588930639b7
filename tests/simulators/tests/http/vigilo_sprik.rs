//! Vigilo: how other servers answer, switch by switch, and as whole servers.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use simulators::{
    Klokke,
    generator::{GeneratorConfig, Kommune, liten},
    vigilo::{
        Dialekt, Endring, Feil, Feilform, Feilplan, Filtersvar, Samling, Tidsform, Underveis, Vigilo, VigiloConfig,
    },
};

use crate::vigilo::{Leser, start, start_med};

const NA: &str = "2026-11-02T07:00:00Z";

fn med_klokke(kommune: Kommune) -> (VigiloConfig, Klokke) {
    let klokke = Klokke::stoppet(NA.parse().unwrap());
    (VigiloConfig { klokke: klokke.clone(), ..VigiloConfig::ny(kommune) }, klokke)
}

/// One fault, and only that.
fn bare(vigilo: &Vigilo, feil: impl Into<Feilplan>) {
    vigilo.fjern_feil();
    vigilo.feil(feil);
}

fn hode<'a>(svar: &'a Response, navn: &str) -> Option<&'a str> {
    svar.headers().get(navn).map(|verdi| verdi.to_str().unwrap())
}

/// Everything a client can see: of the collections, single objects, helpers, a bad filter and the token endpoint.
async fn avtrykk(vigilo: &Vigilo, leser: &Leser) -> String {
    let elev = vigilo.kommune().elever[0].id;
    let skole = vigilo.kommune().skoler[0].id;
    let mut alt = String::new();
    for sti in [
        "schools".to_owned(),
        "students?limit=10".to_owned(),
        "students?limit=10&offset=10".to_owned(),
        "students?limit=10&sort=familyName&orderBy=desc".to_owned(),
        "students?limit=5&filter=grades%3D'10'".to_owned(),
        format!("users/{elev}"),
        format!("schools/{skole}/students?limit=1"),
        "users?filter=nope".to_owned(),
    ] {
        let svar = leser.hent(&sti).await;
        alt += &format!("{sti} {} {:?}", svar.status(), svar.headers());
        alt += &svar.text().await.unwrap_or_else(|_| "broken".into());
    }
    let skjema = [("grant_type", "client_credentials"), ("client_id", "mellomlag"), ("client_secret", "hemmelig")];
    alt + leser.http.post(vigilo.token_url()).form(&skjema).send().await.unwrap().status().as_str()
}

#[tokio::test]
async fn no_fault_is_without_effect() {
    // Waiting, counting and moving school are seen in tests of their own; the others are how Vigilo is.
    let usynlig = |feil: &Feil| {
        matches!(feil, Feil::Treg { .. } | Feil::Grense { .. } | Feil::BrukerPerSkole)
            || *feil == Feil::Feilform { form: Feilform::Flat }
            || *feil == Feil::Tidsform { form: Tidsform::Millis }
            || *feil == Feil::DarligFilter { svar: Filtersvar::Avvis }
    };
    for feil in Feil::alle().into_iter().filter(|feil| !usynlig(feil)) {
        let (config, _) = med_klokke(liten(61));
        let vigilo = Vigilo::start(config).await.unwrap();
        let scope = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly";
        let leser = Leser::med_scope(&vigilo, scope).await;
        let borte = vigilo.rader(Samling::Students)[0]["sourcedId"].as_str().unwrap().parse().unwrap();
        vigilo.endre(&[Endring::Slutter { elev: borte, hardt: false }]).unwrap();
        let rolig = avtrykk(&vigilo, &leser).await;
        assert_eq!(rolig, avtrykk(&vigilo, &leser).await, "nothing else moves");
        let feil = match feil {
            Feil::Enorm { .. } => Feil::Enorm { byte: 100_000 },
            annen => annen,
        };
        bare(&vigilo, feil.clone());
        assert_ne!(rolig, avtrykk(&vigilo, &leser).await, "{feil:?}");
    }
}

#[tokio::test]
async fn headers_that_are_missing_or_lie() {
    let (config, klokke) = med_klokke(liten(62));
    let (vigilo, leser) = start_med(config).await;
    let side = async |nr: u32| leser.hent(&format!("users?limit=10&offset={}", 10 * (nr - 1))).await;
    bare(&vigilo, Feil::UtenTotal);
    let svar = side(1).await;
    assert!(hode(&svar, "x-total-count").is_none() && hode(&svar, "link").is_some());
    bare(&vigilo, Feil::UtenLink);
    let svar = side(1).await;
    assert!(hode(&svar, "x-total-count").is_some() && hode(&svar, "link").is_none());

    let sti = leser.url.strip_prefix(&vigilo.base_url()).unwrap();
    for vert in ["", "https://example.invalid", "http://10.0.0.7:8080"] {
        bare(&vigilo, Feil::LinkTil { vert: vert.into() });
        let lenker = side(1).await;
        let lenker = hode(&lenker, "link").unwrap();
        assert!(lenker.contains(&format!("<{vert}{sti}/users?limit=10&offset=10>; rel=\"next\"")), "{lenker}");
    }

    bare(&vigilo, Feil::TotalVakler);
    let total = async |nr| hode(&side(nr).await, "x-total-count").unwrap().parse::<usize>().unwrap();
    let alle = vigilo.antall(Samling::Users);
    assert_eq!((total(1).await, total(2).await, total(3).await), (alle, alle + 1, alle));

    let revisjon = async |nr| hode(&side(nr).await, "x-perm-rev").unwrap().to_owned();
    bare(&vigilo, Feil::Revisjonshode { skifter: false });
    let (forste, andre) = (revisjon(1).await, revisjon(2).await);
    assert_eq!(forste, andre);
    vigilo.endre(&[Endring::Omstart]).unwrap();
    assert_ne!(revisjon(3).await, forste, "the people have changed");
    bare(&vigilo, Feil::Revisjonshode { skifter: true });
    assert_ne!(revisjon(1).await, revisjon(2).await);

    vigilo.fjern_feil();
    assert_eq!(hode(&side(1).await, "date"), Some("Mon, 02 Nov 2026 07:00:00 GMT"));
    klokke.flytt(SignedDuration::from_secs(30));
    assert_eq!(hode(&side(1).await, "date"), Some("Mon, 02 Nov 2026 07:00:30 GMT"));
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_wrong_everywhere() {
    let (config, _) = med_klokke(liten(63));
    let (vigilo, leser) = start_med(config).await;
    let elev = vigilo.kommune().elever[0].id;
    for (sekunder, dato, endret) in [
        (600, "Mon, 02 Nov 2026 07:10:00 GMT", "2026-11-02T07:10:00.000Z"),
        (-600, "Mon, 02 Nov 2026 06:50:00 GMT", "2026-11-02T06:50:00.000Z"),
    ] {
        bare(&vigilo, Feil::SkjevKlokke { sekunder });
        vigilo.endre(&[Endring::MisterNummer { elev }]).unwrap();
        let leser = Leser::ny(&vigilo).await;
        let svar = leser.hent(&format!("users/{elev}")).await;
        assert_eq!(hode(&svar, "date"), Some(dato));
        assert_eq!(svar.json::<Value>().await.unwrap()["user"]["dateLastModified"], endret);
    }
    bare(&vigilo, Feil::SkjevKlokke { sekunder: 600 });
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::UNAUTHORIZED, "five minutes have passed, it thinks");
}

#[tokio::test]
async fn rows_and_bodies_of_other_shapes() {
    let (vigilo, leser) = start(64).await;
    let elev = vigilo.kommune().elever[0].id;
    let en = async || leser.json(&format!("users/{elev}")).await["user"].clone();
    let hel = en().await;
    for (feil, felt) in
        [(Feil::UtenBrukernavn, "username"), (Feil::UtenNummer, "identifier"), (Feil::UtenTrinn, "grades")]
    {
        bare(&vigilo, feil);
        assert!(hel[felt] != Value::Null && en().await.get(felt).is_none(), "{felt}");
    }
    bare(&vigilo, Feil::UtenNummer);
    assert_eq!(en().await["userIds"].as_array().unwrap().len(), 1, "Feide's name stays");

    let tid: Timestamp = hel["dateLastModified"].as_str().unwrap().parse().unwrap();
    for form in Tidsform::ALLE {
        bare(&vigilo, Feil::Tidsform { form });
        let tekst = en().await["dateLastModified"].as_str().unwrap().to_owned();
        let lest = match form {
            Tidsform::UtenSone => format!("{tekst}Z").parse::<Timestamp>(),
            Tidsform::Dato => format!("{tekst}T{}Z", tid.strftime("%H:%M:%S")).parse::<Timestamp>(),
            _ => tekst.parse(),
        };
        assert_eq!(lest.unwrap(), tid, "{form:?}: {tekst}");
    }

    let navn = async || {
        let rader = leser.json("students?limit=500&fields=givenName,familyName").await["users"].clone();
        rader.as_array().unwrap().iter().map(|r| format!("{} {}", r["givenName"], r["familyName"])).collect::<String>()
    };
    vigilo.fjern_feil();
    let sammensatt = navn().await;
    vigilo.feil(Feil::Nfd);
    let oppdelt = navn().await;
    assert!(sammensatt.contains('å') && !oppdelt.contains('å') && oppdelt.contains("a\u{30a}"));

    bare(&vigilo, Feil::BarListe);
    assert_eq!(leser.json("schools").await.as_array().unwrap().len(), 1);
    bare(&vigilo, Feil::ListeForEnkelt);
    assert_eq!(leser.json(&format!("users/{elev}")).await["users"][0]["sourcedId"], elev.to_string());

    bare(&vigilo, Feil::Dyp { niva: 500 });
    let tekst = leser.hent("users").await.text().await.unwrap();
    assert_eq!(tekst.matches('[').count(), 501);
    assert!(serde_json::from_str::<Value>(&tekst).is_err(), "deeper than the reader goes");
    bare(&vigilo, Feil::Enorm { byte: 1_000_000 });
    let svar = leser.hent("users").await;
    assert_eq!(svar.content_length(), None);
    let tekst = svar.text().await.unwrap();
    assert!((1_000_000..1_200_000).contains(&tekst.len()));
    assert!(serde_json::from_str::<Value>(&tekst).unwrap()["users"].is_array());
}

#[tokio::test]
async fn what_is_chosen_and_in_what_order() {
    let config = VigiloConfig::ny(Kommune::generer(&GeneratorConfig::voss(65)));
    let (vigilo, leser) = start_med(config).await;
    let antall = async |sti: &str| leser.json(sti).await["users"].as_array().unwrap().len();
    bare(&vigilo, Feil::KuttetSide { rader: 9 }.i(Samling::Users));
    assert_eq!(antall("students?limit=50").await, 9);
    assert_eq!(leser.json("classes?limit=50").await["classes"].as_array().unwrap().len(), 50);
    vigilo.feil(Feil::TomSamling.i(Samling::Users).paa_side(2));
    assert_eq!((antall("students?limit=50").await, antall("students?limit=50&offset=9").await), (9, 0));

    let navn = async |retning: &str| {
        let sti = format!("students?limit=500&fields=familyName&sort=familyName&orderBy={retning}");
        leser.json(&sti).await
    };
    bare(&vigilo, Feil::IgnorererOrderBy);
    assert_eq!(navn("asc").await, navn("desc").await);

    let alle = vigilo.antall(Samling::Students);
    for (svar, uleselig, ukjent) in [
        (Filtersvar::Avvis, None, None),
        (Filtersvar::Tom, Some(0), Some(0)),
        (Filtersvar::Ufiltrert, Some(alle), None),
    ] {
        bare(&vigilo, Feil::DarligFilter { svar });
        for (filter, ventet) in [("status%3Dactive", uleselig), ("shoeSize%3D'44'", ukjent)] {
            let funnet = leser.hent(&format!("students?filter={filter}")).await;
            let total = hode(&funnet, "x-total-count").map(|t| t.parse().unwrap());
            assert_eq!((total, funnet.status().is_success()), (ventet, ventet.is_some()), "{svar:?} {filter}");
        }
    }

    bare(&vigilo, Feil::SkoleUtenTilgang { nr: 2 });
    let skjult = vigilo.rader(Samling::Schools)[2]["sourcedId"].as_str().unwrap().to_owned();
    let kommune = vigilo.kommune();
    let elev = kommune.elever.iter().find(|e| e.skole.to_string() == skjult).unwrap().id;
    assert_eq!(leser.hent(&format!("users/{elev}")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(leser.hent(&format!("orgs/{skjult}")).await.status(), StatusCode::NOT_FOUND);
    let synlige = kommune.elever.iter().filter(|e| e.skole.to_string() != skjult).count();
    let svar = leser.hent("students").await;
    assert_eq!(hode(&svar, "x-total-count"), Some(synlige.to_string().as_str()));

    bare(&vigilo, Feil::UtenGravstein);
    let borte = kommune.elever[0].id;
    vigilo.endre(&[Endring::Slutter { elev: borte, hardt: false }]).unwrap();
    assert_eq!(leser.hent(&format!("users/{borte}")).await.status(), StatusCode::NOT_FOUND);
    let svar = leser.hent("students").await;
    assert_eq!(hode(&svar, "x-total-count"), Some((alle - 1).to_string().as_str()));
    vigilo.fjern_feil();
    assert_eq!(leser.json(&format!("users/{borte}")).await["user"]["status"], "tobedeleted");
}

#[tokio::test]
async fn refusals_have_many_shapes() {
    let (config, klokke) = med_klokke(liten(66));
    let (vigilo, leser) = start_med(config).await;
    for form in Feilform::ALLE {
        bare(&vigilo, Feil::Feilform { form });
        let svar = leser.hent("users/nobody").await;
        assert_eq!(svar.status(), StatusCode::NOT_FOUND, "{form:?}");
        let tekst = svar.text().await.unwrap();
        let kropp = serde_json::from_str::<Value>(&tekst).ok();
        let felt = |sti: &str| kropp.as_ref().unwrap().pointer(sti).unwrap().clone();
        match form {
            Feilform::Flat => assert_eq!(felt("/imsx_codeMajor"), "failure"),
            Feilform::Pakket => assert_eq!(felt("/imsx_StatusInfo/imsx_codeMajor"), "failure"),
            Feilform::CodeMinor => assert_eq!(felt("/imsx_codeMinor"), "unknownobject"),
            Feilform::StatusInfoSet => assert_eq!(felt("/statusInfoSet/0/imsx_codeMinor"), "unknownobject"),
            Feilform::Enkel => assert_eq!(felt("/error"), "no such object"),
            Feilform::Tekst => assert_eq!(tekst, "no such object"),
            Feilform::Html => assert!(tekst.starts_with("<!DOCTYPE html>")),
        }
    }
    bare(&vigilo, Feil::ForMangeDato { vent_sekunder: 90 });
    let svar = leser.hent("users").await;
    let ventet = ("Mon, 02 Nov 2026 07:01:30 GMT", StatusCode::TOO_MANY_REQUESTS);
    assert_eq!((hode(&svar, "retry-after").unwrap(), svar.status()), ventet);

    bare(&vigilo, Feil::Grense { per_minutt: 3 });
    for _ in 0..3 {
        leser.json("orgs").await;
        klokke.flytt(SignedDuration::from_secs(5));
    }
    let svar = leser.hent("orgs").await;
    assert_eq!((svar.status(), hode(&svar, "retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("46")));
    assert!(hode(&svar, "content-type").unwrap().starts_with("text/html"));
    klokke.flytt(SignedDuration::from_secs(46));
    leser.json("orgs").await;
}

#[tokio::test]
async fn rows_move_while_they_are_read() {
    for (samling, sti) in [(Samling::Users, "students"), (Samling::Enrollments, "enrollments")] {
        let les = async |leser: &Leser| {
            let (mut ider, mut rader) = (HashSet::new(), 0);
            for side in 0.. {
                let svar = leser.json(&format!("{sti}?limit=10&offset={}", 10 * side)).await;
                let liste = svar[samling.konvolutt()].as_array().unwrap().clone();
                if liste.is_empty() {
                    return (ider, rader);
                }
                rader += liste.len();
                ider.extend(liste.iter().map(|rad| rad["sourcedId"].as_str().unwrap().to_owned()));
            }
            unreachable!("a list ends")
        };
        let samlet = if sti == "students" { Samling::Students } else { samling };
        let (vigilo, leser) = start(67).await;
        vigilo
            .feil(Feil::Underveis { hendelse: Underveis::SletterForan { antall: 3 } }.i(samling).paa_side(1).ganger(1));
        let (lest, _) = les(&leser).await;
        let finnes: HashSet<_> =
            vigilo.rader(samlet).iter().map(|r| r["sourcedId"].as_str().unwrap().to_owned()).collect();
        assert_eq!(finnes.difference(&lest).count(), 3, "{sti}: still there, and never shown");
        assert_eq!(lest.difference(&finnes).count(), 3, "{sti}: shown, and gone");
        assert_eq!(les(&leser).await.0, finnes, "{sti}: only once");

        let (vigilo, leser) = start(68).await;
        vigilo.feil(Feil::Underveis { hendelse: Underveis::SetterInnForan }.i(samling).paa_side(2).ganger(1));
        let (lest, rader) = les(&leser).await;
        assert_eq!(rader, lest.len() + 1, "{sti}: one came twice");
        assert_eq!(vigilo.antall(samlet), lest.len() + 1, "{sti}: the new one was never shown");
    }
    let (vigilo, leser) = start(69).await;
    let endringer = vec![Endring::Omstart];
    vigilo.feil(Feil::Underveis { hendelse: Underveis::Endringer { endringer } }.i(Samling::Classes).ganger(1));
    let for_ = leser.json("classes").await;
    assert_ne!(for_, leser.json("classes").await);
}

#[tokio::test]
async fn the_bridge_from_fint() {
    let config = VigiloConfig::dialekt(liten(70), Dialekt::FintBro);
    let vigilo = Vigilo::start(config).await.unwrap();
    let leser = Leser::med_scope(&vigilo, "https://purl.imsglobal.org/spec/or/v1p1/scope/roster.readonly").await;
    let alle = vigilo.antall(Samling::Users);
    let elever = vigilo.antall(Samling::Students);
    let svar = leser.hent("users?limit=2000&filter=role%3D'student'&sort=familyName&orderBy=desc").await;
    assert_eq!(hode(&svar, "x-total-count"), Some(alle.to_string().as_str()), "before the filter");
    assert!(hode(&svar, "link").is_none());
    let rader = svar.json::<Value>().await.unwrap()["users"].as_array().unwrap().clone();
    assert_eq!(rader.len(), elever);
    assert_eq!(rader[0]["enabledUser"], true);
    assert!(rader[0].get("grades").is_none() && rader[0].get("roles").is_none());
    let navn: Vec<_> = rader.iter().map(|r| r["familyName"].as_str().unwrap()).collect();
    assert!(navn.is_sorted(), "ascending, whatever was asked");
    let id = rader[0]["sourcedId"].as_str().unwrap();
    assert_eq!(leser.json(&format!("users/{id}")).await["users"].as_array().unwrap().len(), 1);
    let ufiltrert = leser.json("users?limit=2000&filter=role%3Dstudent").await;
    assert_eq!(ufiltrert["users"].as_array().unwrap().len(), alle);
    vigilo.fjern_feil();
    assert!(leser.hent("users").await.headers().get("link").is_none(), "not a fault that can be taken away");
    let skole = vigilo.kommune().skoler[0].id;
    assert_eq!(leser.hent(&format!("schools/{skole}/students")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_server_like_ed_fi() {
    let config = VigiloConfig::dialekt(Kommune::generer(&GeneratorConfig::voss(71)), Dialekt::EdFi);
    let (vigilo, leser) = start_med(config).await;
    let svar = leser.hent("users?limit=5000").await;
    assert!(hode(&svar, "x-total-count").is_none() && hode(&svar, "link").is_none());
    assert_eq!(svar.json::<Value>().await.unwrap()["users"].as_array().unwrap().len(), 500);
    let svar = leser.hent("users?filter=nope").await;
    assert_eq!(svar.json::<Value>().await.unwrap()["imsx_codeMinor"], "invaliddata");

    let elev = vigilo.kommune().tiende().next().unwrap().clone();
    let skole = vigilo.kommune().skoler_med_tiende().find(|s| s.id != elev.skole).unwrap().id;
    let for_ = vigilo.antall(Samling::Students);
    vigilo.endre(&[Endring::BytterSkole { elev: elev.id, skole, klasse: None }]).unwrap();
    assert_eq!(vigilo.antall(Samling::Students), for_ + 1, "the old user is marked, the new one is another");
    assert_eq!(leser.hent(&format!("users/{}", elev.id)).await.status(), StatusCode::NOT_FOUND);
    let filter = format!("filter=identifier%3D'{}'", elev.nummer.unwrap());
    let samme = leser.json(&format!("users?{filter}")).await["users"].clone();
    assert_eq!(samme.as_array().unwrap().len(), 1);
    assert_eq!(samme[0]["primaryOrg"]["sourcedId"], json!(skole));
    assert_ne!(samme[0]["sourcedId"], json!(elev.id));

    let statuser = async || {
        for _ in 0..100 {
            let svar = leser.hent("orgs").await;
            if svar.status() != StatusCode::OK {
                return svar.status();
            }
        }
        StatusCode::OK
    };
    assert_eq!(statuser().await, StatusCode::TOO_MANY_REQUESTS);
}

//! Vigilo: reading, filters, strictness, changes.

use std::{collections::HashSet, time::Duration};

use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde_json::Value;
use simulators::{
    Klokke,
    generator::{Feiltype, GeneratorConfig, Kommune, liten},
    vigilo::{Endring, Endringsfeil, Metadataform, Samling, Utgave, Vigilo, VigiloConfig},
};

const CORE: &str = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly";

/// A client with a token.
pub(crate) struct Leser {
    pub(crate) http: reqwest::Client,
    pub(crate) url: String,
    pub(crate) token: String,
}

impl Leser {
    pub(crate) async fn ny(vigilo: &Vigilo) -> Self {
        Self::med_scope(vigilo, CORE).await
    }

    pub(crate) async fn med_scope(vigilo: &Vigilo, scope: &str) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let skjema = [("grant_type", "client_credentials"), ("scope", scope)];
        let svar = http.post(vigilo.token_url()).basic_auth("mellomlag", Some("hemmelig")).form(&skjema);
        let svar: Value = svar.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
        let token = svar["access_token"].as_str().unwrap().to_owned();
        Self { http, url: vigilo.oneroster_url(), token }
    }

    pub(crate) async fn hent(&self, sti: &str) -> reqwest::Response {
        self.http.get(format!("{}/{sti}", self.url)).bearer_auth(&self.token).send().await.unwrap()
    }

    pub(crate) async fn json(&self, sti: &str) -> Value {
        self.hent(sti).await.error_for_status().unwrap().json().await.unwrap()
    }

    async fn rader(&self, sti: &str, nokkel: &str) -> Vec<Value> {
        self.json(sti).await[nokkel].as_array().unwrap().clone()
    }
}

pub(crate) async fn start(seed: u64) -> (Vigilo, Leser) {
    start_med(VigiloConfig::ny(liten(seed))).await
}

pub(crate) async fn start_med(config: VigiloConfig) -> (Vigilo, Leser) {
    let vigilo = Vigilo::start(config).await.unwrap();
    let leser = Leser::ny(&vigilo).await;
    (vigilo, leser)
}

#[tokio::test]
async fn a_full_pull_in_pages_finds_every_row_once() {
    let (vigilo, leser) = start(1).await;
    for (samling, nokkel) in [
        (Samling::Orgs, "orgs"),
        (Samling::Schools, "orgs"),
        (Samling::AcademicSessions, "academicSessions"),
        (Samling::Terms, "academicSessions"),
        (Samling::Courses, "courses"),
        (Samling::Classes, "classes"),
        (Samling::Users, "users"),
        (Samling::Students, "users"),
        (Samling::Teachers, "users"),
        (Samling::Enrollments, "enrollments"),
    ] {
        let mut ider = HashSet::new();
        let mut neste = Some(format!("{}/{}?limit=7", leser.url, samling.sti()));
        while let Some(url) = neste {
            let svar = leser.http.get(&url).bearer_auth(&leser.token).send().await.unwrap();
            assert_eq!(svar.status(), StatusCode::OK, "{url}");
            let total: usize = svar.headers()["x-total-count"].to_str().unwrap().parse().unwrap();
            assert_eq!(total, vigilo.antall(samling));
            let lenker = svar.headers()["link"].to_str().unwrap().to_owned();
            neste = lenker
                .split(", ")
                .find(|l| l.ends_with("rel=\"next\""))
                .map(|l| l.trim_start_matches('<').split('>').next().unwrap().to_owned());
            let kropp: Value = svar.json().await.unwrap();
            for rad in kropp[nokkel].as_array().unwrap() {
                assert!(ider.insert(rad["sourcedId"].as_str().unwrap().to_owned()));
            }
        }
        assert_eq!(ider.len(), vigilo.antall(samling), "{samling:?}");
        assert!(!ider.is_empty(), "{samling:?}");
    }
}

#[tokio::test]
async fn a_pupil_can_be_followed_to_class_school_and_number() {
    let (vigilo, leser) = start(2).await;
    let skole = vigilo.kommune().skoler[0].id;
    let filter = format!("filter=roles.org.sourcedId%3D'{skole}'%20AND%20roles.role%3D'student'&limit=500");
    let elever = leser.rader(&format!("users?{filter}"), "users").await;
    assert_eq!(elever.len(), vigilo.antall(Samling::Students));
    let elev = elever.iter().find(|e| e["grades"][0] == "10").unwrap();
    assert_eq!(elev["enabledUser"], "true");
    assert_eq!(elev["roles"][0]["org"]["type"], "org");
    let nummer = elev["userIds"].as_array().unwrap().iter().find(|u| u["type"] == "fnr").unwrap();
    assert_eq!(nummer["identifier"], elev["identifier"]);
    assert!(elev["metadata"]["onedhub.birthDate"].as_str().unwrap().starts_with("2011-"));

    let id = elev["sourcedId"].as_str().unwrap();
    let medlemskap = leser.rader(&format!("enrollments?filter=user.sourcedId%3D'{id}'"), "enrollments").await;
    let mut klasser = Vec::new();
    for m in &medlemskap {
        klasser.push(leser.json(&format!("classes/{}", m["class"]["sourcedId"].as_str().unwrap())).await);
    }
    let ekte: Vec<_> = klasser.iter().filter(|k| k["class"]["metadata"]["groupType"] == "Class").collect();
    assert_eq!(ekte.len(), 1);
    assert!(ekte[0]["class"]["title"].as_str().unwrap().starts_with("10"));

    let org = leser.json(&format!("orgs/{skole}")).await;
    assert_eq!(org["org"]["identifier"], "974738368");
    let kull = leser.json(&format!("courses/{}", ekte[0]["class"]["course"]["sourcedId"].as_str().unwrap())).await;
    assert_eq!(kull["course"]["metadata"]["onedhub.initialYear"], 2017);
}

#[tokio::test]
async fn there_are_groups_and_people_that_a_client_must_sort_out() {
    let (vigilo, leser) = start(3).await;
    let klasser = leser.rader("classes?limit=500", "classes").await;
    assert!(klasser.iter().any(|k| k["metadata"]["groupType"] == "SubjectGroup"));
    let brukere = leser.rader("users?limit=500", "users").await;
    let roller: HashSet<_> = brukere.iter().map(|b| b["roles"][0]["role"].as_str().unwrap()).collect();
    assert_eq!(roller, HashSet::from(["student", "teacher", "ext:primaryGuardian"]));
    let foresatt = brukere.iter().find(|b| b["roles"][0]["role"] == "ext:primaryGuardian").unwrap();
    let barn = foresatt["agents"][0]["sourcedId"].as_str().unwrap();
    assert_eq!(foresatt["roles"][0]["userProfile"], format!("userprofile://user/{barn}"));
    assert!(vigilo.antall(Samling::Users) > vigilo.antall(Samling::Students));
    let uten = leser.rader("users?limit=500&filter=roles.role%3D'ext:primaryGuardian'", "users").await;
    assert_eq!(uten.len(), vigilo.kommune().foresatte.len());
}

#[tokio::test]
async fn sorting_selecting_and_limits() {
    let mut config = VigiloConfig::ny(liten(4));
    config.maks_side = 5;
    let (_vigilo, leser) = start_med(config).await;
    let rader =
        leser.rader("students?limit=5000&sort=familyName&orderBy=desc&fields=sourcedId,familyName", "users").await;
    assert_eq!(rader.len(), 5);
    let navn: Vec<_> = rader.iter().map(|r| r["familyName"].as_str().unwrap().to_owned()).collect();
    let mut sortert = navn.clone();
    sortert.sort_by(|a, b| b.cmp(a));
    assert_eq!(navn, sortert);
    assert_eq!(rader[0].as_object().unwrap().len(), 2);
    assert!(leser.rader("students?offset=100000", "users").await.is_empty());
}

#[tokio::test]
async fn what_is_not_in_the_specification_is_refused() {
    let (_vigilo, leser) = start(5).await;
    for (sti, kode) in [
        ("users?Limit=10", "invaliddata"),
        ("users?page=2", "invaliddata"),
        ("users?limit=0", "invaliddata"),
        ("users?limit=-1", "invaliddata"),
        ("users?limit=+5", "invaliddata"),
        ("users?limit=1e2", "invaliddata"),
        ("users?offset=abc", "invaliddata"),
        ("users?limit=5&limit=6", "invaliddata"),
        ("users?filter=role%3D'student'", "invalid_filter_field"),
        ("users?filter=status%3Dactive", "invaliddata"),
        ("users?sort=shoeSize&orderBy=asc", "invalid_filter_field"),
        ("users?sort=familyName&orderBy=up", "invaliddata"),
        ("users?fields=shoeSize", "invalid_selection_field"),
    ] {
        let svar = leser.hent(sti).await;
        assert_eq!(svar.status(), StatusCode::BAD_REQUEST, "{sti}");
        let kropp: Value = svar.json().await.unwrap();
        assert_eq!(kropp["imsx_codeMajor"], "failure");
        assert_eq!(kropp["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"], kode, "{sti}");
    }
    for sti in ["lineItems", "users/nobody", "students/6f9619ff-8b86-4d01-b42d-00cf4fc964ff"] {
        assert_eq!(leser.hent(sti).await.status(), StatusCode::NOT_FOUND, "{sti}");
    }
    for sti in ["demographics", "schools/x/students"] {
        assert_eq!(leser.hent(sti).await.status(), StatusCode::FORBIDDEN, "{sti}: another scope");
    }
}

#[tokio::test]
async fn tokens_are_checked() {
    let klokke = Klokke::stoppet("2026-11-02T07:00:00Z".parse().unwrap());
    let config = VigiloConfig {
        klokke: klokke.clone(),
        token_levetid: Duration::from_secs(60),
        scopes: vec!["roster-core.readonly".into(), "roster-demographics.readonly".into()],
        ..VigiloConfig::ny(liten(6))
    };
    let (vigilo, mut leser) = start_med(config).await;
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::OK);
    klokke.flytt(SignedDuration::from_secs(60));
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::UNAUTHORIZED);
    leser = Leser::ny(&vigilo).await;
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::OK);
    vigilo.trekk_tilbake_tokens();
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(vigilo.tokens_utstedt(), 2);

    let demografi = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-demographics.readonly";
    assert_eq!(Leser::med_scope(&vigilo, demografi).await.hent("orgs").await.status(), StatusCode::FORBIDDEN);
    let annen = leser.url.replace("litlevik", "annen");
    let leser = Leser { url: annen, ..Leser::ny(&vigilo).await };
    assert_eq!(leser.hent("orgs").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_token_endpoint_is_strict() {
    let (vigilo, leser) = start(7).await;
    let be_om = async |skjema: &[(&str, &str)]| {
        let svar = leser.http.post(vigilo.token_url()).form(skjema).send().await.unwrap();
        (svar.status().as_u16(), svar.json::<Value>().await.unwrap()["error"].as_str().unwrap_or("").to_owned())
    };
    let klient = [("client_id", "mellomlag"), ("client_secret", "hemmelig")];
    let med = |ekstra: &[(&'static str, &'static str)]| [&klient[..], ekstra].concat();
    assert_eq!(be_om(&med(&[("grant_type", "client_credentials"), ("scope", CORE)])).await, (200, String::new()));
    assert_eq!(be_om(&med(&[("grant_type", "client_credentials")])).await, (400, "invalid_scope".into()));
    assert_eq!(
        be_om(&med(&[("grant_type", "client_credentials"), ("scope", "roster.readonly")])).await,
        (400, "invalid_scope".into())
    );
    assert_eq!(be_om(&med(&[("grant_type", "password")])).await, (400, "unsupported_grant_type".into()));
    let feil = [("client_id", "mellomlag"), ("client_secret", "gjetning"), ("grant_type", "client_credentials")];
    assert_eq!(be_om(&feil).await, (401, "invalid_client".into()));
    let som_json = leser.http.post(vigilo.token_url()).json(&serde_json::json!({})).send().await.unwrap();
    assert_eq!(som_json.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn changes_move_the_date_and_can_be_asked_for() {
    let klokke = Klokke::stoppet("2026-11-02T07:00:00Z".parse().unwrap());
    let (vigilo, leser) = start_med(VigiloConfig { klokke: klokke.clone(), ..VigiloConfig::ny(liten(8)) }).await;
    let kommune = vigilo.kommune();
    let elever: Vec<_> = kommune.tiende().collect();
    let klasser: Vec<_> = kommune.klasser.iter().filter(|k| k.kode.starts_with("10") && k.kode.len() == 3).collect();
    let annen_klasse = klasser.iter().find(|k| Some(k.id) != elever[0].klasse).unwrap().id;
    let for_endring: Timestamp = klokke.na();
    klokke.flytt(SignedDuration::from_mins(1));
    let nytt = "05820998865".to_owned();
    vigilo
        .endre(&[
            Endring::BytterKlasse { elev: elever[0].id, klasse: annen_klasse },
            Endring::BytterNummer { elev: elever[1].id, nummer: nytt.clone() },
            Endring::Slutter { elev: elever[2].id, hardt: false },
            Endring::Slutter { elev: elever[3].id, hardt: true },
        ])
        .unwrap();
    let delta = format!("filter=dateLastModified%3E'{for_endring}'&limit=500");
    let brukere = leser.rader(&format!("users?{delta}"), "users").await;
    assert_eq!(brukere.len(), 3, "a hard delete leaves no trace");
    let med_id = |id: uuid::Uuid| brukere.iter().find(|b| b["sourcedId"] == id.to_string()).unwrap();
    assert_eq!(med_id(elever[1].id)["identifier"], nytt);
    assert_eq!(med_id(elever[2].id)["status"], "tobedeleted");
    assert_eq!(med_id(elever[0].id)["dateLastModified"], "2026-11-02T07:01:00.000Z");
    assert_eq!(leser.hent(&format!("users/{}", elever[3].id)).await.status(), StatusCode::NOT_FOUND);

    let medlemskap = leser.rader(&format!("enrollments?{delta}"), "enrollments").await;
    let hos = |id: uuid::Uuid| medlemskap.iter().filter(move |m| m["user"]["sourcedId"] == id.to_string());
    assert_eq!(hos(elever[0].id).filter(|m| m["status"] == "active").count(), 1);
    assert_eq!(hos(elever[0].id).filter(|m| m["status"] == "tobedeleted").count(), 1);

    let antall = vigilo.tiende_per_skole()["974738368"];
    assert_eq!(antall, elever.len() - 2);
    let svar = vigilo.endre(&[Endring::Slutter { elev: elever[3].id, hardt: false }]);
    assert_eq!(svar, Err(Endringsfeil::UkjentElev { nr: 1 }));
}

#[tokio::test]
async fn a_morning_has_every_kind_of_change_and_can_be_driven_over_http() {
    let config = || VigiloConfig::ny(Kommune::generer(&GeneratorConfig::voss(9)));
    let (a, leser) = start_med(config()).await;
    let (b, _) = start_med(config()).await;
    let morgen = a.morgen(5);
    assert_eq!(morgen, b.morgen(5));
    let typer: HashSet<_> = morgen.iter().map(Endring::type_).collect();
    assert_eq!(typer.len(), 7, "{typer:?}");
    b.endre(&morgen).unwrap();

    let uten_klasse = a.kommune().plantet.iter().filter(|p| p.type_ == Feiltype::ManglerKlasse).count();
    assert!(uten_klasse > 0);
    let svar = leser.http.post(format!("{}/_sim/endringer", a.base_url())).json(&serde_json::json!({"morgen": 6}));
    let svar: Value = svar.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
    assert!(svar["endringer"].as_array().unwrap().len() >= 8);
    let enkel = serde_json::json!({"endringer": [{"type": "slutter", "elev": uuid::Uuid::nil(), "hardt": true}]});
    let svar = leser.http.post(format!("{}/_sim/endringer", a.base_url())).json(&enkel).send().await.unwrap();
    assert_eq!(svar.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn version_1_1_has_the_older_shapes() {
    let config = VigiloConfig { utgave: Utgave::V1p1, ..VigiloConfig::ny(liten(10)) };
    let vigilo = Vigilo::start(config).await.unwrap();
    let scope = "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-core.readonly";
    let leser = Leser::med_scope(&vigilo, scope).await;
    assert!(leser.url.ends_with("/ims/oneroster/v1p1"));
    let elever = leser.rader("users?filter=role%3D'student'&limit=500", "users").await;
    assert_eq!(elever.len(), vigilo.antall(Samling::Students));
    assert_eq!(elever[0]["role"], "student");
    assert_eq!(elever[0]["orgs"][0]["type"], "org");
    assert!(elever[0].get("roles").is_none() && elever[0].get("primaryOrg").is_none());
    let skoler = leser.rader("schools", "orgs").await;
    assert_eq!(skoler[0]["metadata"]["vigoId"], "46505");
}

#[tokio::test]
async fn metadata_can_be_nested_and_headers_left_out() {
    let config = VigiloConfig {
        metadataform: Metadataform::Nestet,
        med_total: false,
        med_link: false,
        krev_orderby: true,
        ..VigiloConfig::ny(liten(11))
    };
    let (_vigilo, leser) = start_med(config).await;
    let svar = leser.hent("students?limit=1").await;
    assert!(svar.headers().get("x-total-count").is_none() && svar.headers().get("link").is_none());
    let kropp: Value = svar.json().await.unwrap();
    assert!(kropp["users"][0]["metadata"]["onedhub"]["birthDate"].is_string());
    assert_eq!(leser.hent("students?sort=familyName").await.status(), StatusCode::BAD_REQUEST);
}

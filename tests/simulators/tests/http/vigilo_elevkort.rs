//! Vigilo's page for people: it finds a pupil and changes what the collections serve.

use reqwest::{Client, StatusCode, redirect::Policy};
use serde_json::json;
use simulators::{
    generator::liten,
    vigilo::{Samling, Vigilo, VigiloConfig},
};
use uuid::Uuid;

struct Kontor {
    vigilo: Vigilo,
    http: Client,
}

impl Kontor {
    async fn ny(config: VigiloConfig) -> Self {
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { vigilo: Vigilo::start(config).await.unwrap(), http }
    }

    fn url(&self, rest: &str) -> String {
        format!("{}/_sim/elevkort{rest}", self.vigilo.base_url())
    }

    async fn side(&self, rest: &str) -> (StatusCode, String) {
        let svar = self.http.get(self.url(rest)).send().await.unwrap();
        (svar.status(), svar.text().await.unwrap())
    }

    async fn lagre(&self, elev: Uuid, skjema: &[(&str, &str)]) -> StatusCode {
        self.http.post(self.url(&format!("/{elev}"))).form(skjema).send().await.unwrap().status()
    }

    fn rad(&self, elev: Uuid) -> serde_json::Value {
        self.vigilo.rader(Samling::Students).into_iter().find(|rad| rad["sourcedId"] == json!(elev)).unwrap()
    }
}

#[tokio::test]
async fn a_pupil_is_found_and_changed() {
    let kontor = Kontor::ny(VigiloConfig::ny(liten(3))).await;
    let elev = kontor.vigilo.kommune().tiende().next().unwrap().clone();
    let annen = kontor.vigilo.kommune().klasser.iter().find(|k| k.kode == "10B").unwrap().id;

    let (status, side) = kontor.side("").await;
    assert_eq!(status, StatusCode::OK);
    assert!(side.contains("lang=\"nb\"") && side.contains("stedfortreder for Vigilo"), "{side}");
    assert!(!side.contains(&elev.id.to_string()), "nobody is shown before somebody is looked for");
    let (_, side) = kontor.side(&format!("?navn={}", elev.etternavn)).await;
    assert!(side.contains(&format!("/_sim/elevkort/{}", elev.id)), "{side}");

    let for_ = kontor.rad(elev.id)["dateLastModified"].clone();
    let skjema = [
        ("fornavn", "Åse <b>"),
        ("mellomnavn", ""),
        ("etternavn", &*elev.etternavn),
        ("nummer", "058209 98865"),
        ("klasse", &annen.to_string()),
    ];
    assert_eq!(kontor.lagre(elev.id, &skjema).await, StatusCode::SEE_OTHER);
    let rad = kontor.rad(elev.id);
    assert_eq!((&rad["givenName"], &rad["familyName"]), (&json!("Åse <b>"), &json!(elev.etternavn)));
    assert!(rad.to_string().contains("05820998865") && rad["dateLastModified"] != for_, "{rad}");
    let medlem = kontor.vigilo.rader(Samling::Enrollments).into_iter().any(|r| {
        r["user"]["sourcedId"] == json!(elev.id) && r["class"]["sourcedId"] == json!(annen) && r["status"] == "active"
    });
    assert!(medlem);
    let (_, side) = kontor.side(&format!("/{}?lagret=ja", elev.id)).await;
    assert!(side.contains("Åse &lt;b&gt;") && side.contains("role=\"status\""), "{side}");

    // The same once more changes nothing, and an empty number is none.
    let for_ = kontor.rad(elev.id)["dateLastModified"].clone();
    assert_eq!(kontor.lagre(elev.id, &skjema).await, StatusCode::SEE_OTHER);
    assert_eq!(kontor.rad(elev.id)["dateLastModified"], for_);
    let uten = skjema.map(|(navn, verdi)| if navn == "nummer" { (navn, " ") } else { (navn, verdi) });
    assert_eq!(kontor.lagre(elev.id, &uten).await, StatusCode::SEE_OTHER);
    assert!(!kontor.rad(elev.id).to_string().contains("05820998865"));
}

#[tokio::test]
async fn what_is_planted_is_suggested_and_what_is_not_there_is_refused() {
    let mut config = VigiloConfig::ny(liten(4));
    let elev = config.kommune.tiende().next().unwrap().id;
    config.fasit.insert(elev, "05820998865".into());
    let kontor = Kontor::ny(config).await;
    let (_, side) = kontor.side("?mangler=ja").await;
    assert!(side.contains("1 elev<") && side.contains(&elev.to_string()), "{side}");
    let (_, side) = kontor.side(&format!("/{elev}")).await;
    assert!(side.contains("det riktige nummeret 05820998865"), "{side}");
    assert!(side.contains("aria-describedby=\"forslag\""), "{side}");

    let ukjent = Uuid::from_u128(1);
    assert_eq!(kontor.side(&format!("/{ukjent}")).await.0, StatusCode::NOT_FOUND);
    fn skjema(klasse: &str) -> [(&str, &str); 5] {
        [("fornavn", "A"), ("mellomnavn", ""), ("etternavn", "B"), ("nummer", ""), ("klasse", klasse)]
    }
    assert_eq!(kontor.lagre(ukjent, &skjema("")).await, StatusCode::NOT_FOUND);
    for klasse in [ukjent.to_string(), "10A".into()] {
        assert_eq!(kontor.lagre(elev, &skjema(&klasse)).await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let fremmed = kontor.http.post(kontor.url(&format!("/{elev}"))).header("sec-fetch-site", "cross-site");
    assert_eq!(fremmed.form(&skjema("")).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

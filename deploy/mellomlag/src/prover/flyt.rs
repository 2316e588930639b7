//! Whole flow: a school that keys in and a school that hands in files, all the way to VIGO.

use super::pakke::{hel_ved, nummer};
use crate::kobling::{self, Sidevalg};
use crate::oppsett::Oppsett;
use bus::Memory;
use elevliste::{Aktor, Elevliste, Handling, Skolestatus};
use flow::{Clock, SystemClock};
use jiff::{ToSpan, Zoned, tz::TimeZone};
use kodeverk::Skolear;
use runtime::{Avstemming, Maalere, Omgivelse, Program};
use serde_json::json;
use simulators::generator::{GeneratorConfig, Kommune};
use simulators::maskinporten::{Maskinporten, MaskinportenConfig, TestKlient};
use simulators::vigo::{Skoleoppforing, Vigo, VigoConfig};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

const SCOPE: &str = "novari:fakevigoskole";
const TOKEN: &str = "kari-kari-kari-kari-kari-kari-kari";

fn skriv(mappe: &Path, skolear: Skolear, tastet: &str, porten: (&Maskinporten, &TestKlient), vigo: &Vigo) {
    let fil = |navn: &str, innhold: &str| std::fs::write(mappe.join(navn), innhold).unwrap();
    let na: Zoned = SystemClock.now().to_zoned(TimeZone::get("Europe/Oslo").unwrap());
    let tid = |t: Zoned| t.datetime().strftime("%FT%T").to_string();
    let (apner, stenger) = (tid(na.checked_sub(30.days()).unwrap()), tid(na.checked_add(30.days()).unwrap()));
    fil(
        "mellomlag.toml",
        &format!(
            "[nats]\nurl = \"nats://127.0.0.1:1\"\n[[tenant]]\nnavn = \"voss\"\nnokkelfil = \"voss.nokkel\"\n[[innsamling]]\n\
             fylke = \"46\"\nskolear = \"{skolear}\"\napner = {apner:?}\nstenger = {stenger:?}\ngodkjenning = \"automatisk\"\n"
        ),
    );
    fil("voss.nokkel", &"0a".repeat(32));
    fil("kari.token", TOKEN);
    fil("csv-friskolen.toml", "tenant = \"voss\"\nnavn = \"friskolen\"\nkommunenummer = \"4621\"\n");
    fil(
        "operator.toml",
        &format!(
            "listen = \"127.0.0.1:0\"\n[[bruker]]\nnavn = \"kari\"\ntokenfil = \"kari.token\"\ntenanter = [\"voss\"]\n\
             rett = \"avgjore\"\n[[tastet]]\ntenant = \"voss\"\nnavn = \"fjellskolen\"\nskole = \"Fjellskolen\"\n\
             organisasjonsnummer = {tastet:?}\n"
        ),
    );
    let (maskinporten, klient) = porten;
    fil("maskinporten.pem", klient.privat_pem());
    fil(
        "maskinporten-vigo.toml",
        &format!(
            "issuer = {:?}\ntoken_url = {:?}\nclient_id = {:?}\nkey_file = \"maskinporten.pem\"\nkid = {:?}\nscopes = [{SCOPE:?}]\n",
            maskinporten.utsteder(),
            maskinporten.token_url(),
            klient.client_id(),
            klient.kid()
        ),
    );
    fil(
        "mottaker-vigo.toml",
        &format!(
            "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = [\"46\"]\n\
             identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n",
            vigo.base_url()
        ),
    );
}

/// Waits until the school's list has so many pupils and stands so: for a state, not for a time.
async fn til_ro(om: &Omgivelse, oppsett: &Oppsett, orgnr: &str, ventet: (Skolestatus, u32)) -> Avstemming {
    let frist = Instant::now() + Duration::from_secs(60);
    loop {
        let avstemming = runtime::avstem(om, &kobling::rundt(oppsett)).await.unwrap();
        let saker = runtime::hent_alle(om).await.unwrap();
        let nokkel = saker.values().map(|s| &s.liste).find(|l| er(l, orgnr)).map(|l| &l.nokkel);
        let linje = nokkel.and_then(|nokkel| avstemming.linjer.get(nokkel));
        if avstemming.i_ro() && linje.is_some_and(|l| (l.status, l.kilde) == ventet) {
            return avstemming;
        }
        assert!(Instant::now() < frist, "nothing came to rest: {avstemming:?}\n{}", om.maalere.tekst());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn er(liste: &Elevliste, orgnr: &str) -> bool {
    liste.skole.organisasjonsnummer.as_deref() == Some(orgnr)
}

async fn godkjenn(om: &Omgivelse, oppsett: &Oppsett, orgnr: &str) {
    let mut saker = runtime::hent_alle(om).await.unwrap();
    let sak = saker.values_mut().find(|s| er(&s.liste, orgnr)).unwrap();
    let segl = kobling::rundt(oppsett).bilde(sak, om.clock.now()).unwrap().segl;
    runtime::skriv(om, sak, Aktor::person("kari"), Handling::Godkjent { segl }, None).await.unwrap();
}

#[tokio::test]
async fn keyed_in_and_handed_in_pupils_arrive_like_any_others() {
    let kommune = Kommune::generer(&GeneratorConfig::voss(1));
    let skoler: Vec<_> = kommune.skoler_med_tiende().map(|s| s.orgnr.clone()).take(2).collect();
    let [tastet, levert] = &skoler[..] else { panic!("two schools") };
    let klient = TestKlient::ny("mellomlag-prover", "312701103", "p-1", &[SCOPE]).unwrap();
    let maskinporten =
        Maskinporten::start(MaskinportenConfig { klienter: vec![klient.klient()], ..Default::default() })
            .await
            .unwrap();
    let mut config = VigoConfig::for_maskinporten(&maskinporten);
    config.skoler = Skoleoppforing::fra_kommune(&kommune);
    let vigo = Vigo::start(config).await.unwrap();
    let mappe = tempfile::tempdir().unwrap();
    let na = SystemClock.now().to_zoned(TimeZone::get("Europe/Oslo").unwrap());
    let skolear = Skolear::try_from(na.date()).unwrap();
    skriv(mappe.path(), skolear, tastet, (&maskinporten, &klient), &vigo);

    let oppsett = Oppsett::les(mappe.path()).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let bus = Memory::default();
    runtime::klargjor(&bus, 1).await.unwrap();
    let om = Omgivelse { bus: Arc::new(bus), clock: clock.clone(), maalere: Maalere::default() };
    let program = Program::start(om.clone(), kobling::plan(&oppsett, &clock).unwrap());
    let stopp = CancellationToken::new();
    let valg = Sidevalg { demo: false, stopp: stopp.clone() };
    let operator = kobling::operator(&oppsett, &om, &program, &valg).unwrap().unwrap();
    let (adresse, api) = operator.server("127.0.0.1:0".parse().unwrap(), stopp.clone()).await.unwrap();
    let api = tokio::spawn(api);

    let http = reqwest::Client::new();
    let kilder = format!("http://{adresse}/api/v1/kilder/voss");
    let pakke = hel_ved(levert, skolear.startar(), &[10, 11, 12]);
    let svar =
        http.put(format!("{kilder}/friskolen/oneroster-csv")).bearer_auth(TOKEN).body(pakke).send().await.unwrap();
    assert_eq!(svar.status(), 200);
    for i in 1..=2 {
        let elev = json!({
            "identitetsnummer": nummer(i), "fornavn": "Åse", "etternavn": "Prøve", "klasse": "10A", "trinn": "10"
        });
        let svar =
            http.post(format!("{kilder}/fjellskolen/elever")).bearer_auth(TOKEN).json(&elev).send().await.unwrap();
        assert_eq!(svar.status(), 201);
        // The round approves by itself, but nobody knows that this was all before a person says so.
        let avstemming = til_ro(&om, &oppsett, tastet, (Skolestatus::Klar, i.into())).await;
        assert_eq!(avstemming.sum().kilde, 3 + u32::from(i));
    }
    til_ro(&om, &oppsett, levert, (Skolestatus::Mottatt, 3)).await;
    assert!(vigo.godkjent(tastet, &skolear.to_string()).is_none());
    godkjenn(&om, &oppsett, tastet).await;
    let avstemming = til_ro(&om, &oppsett, tastet, (Skolestatus::Mottatt, 2)).await;
    assert!(avstemming.gar_opp());
    assert_eq!(avstemming.linjer.len(), 2);
    for (orgnr, ventet) in [(tastet, vec![1, 2]), (levert, vec![10, 11, 12])] {
        let godkjent = vigo.godkjent(orgnr, &skolear.to_string()).unwrap();
        let mut numre: Vec<_> = godkjent.lines.iter().map(|l| l.personal_identity_number.clone()).collect();
        numre.sort();
        let mut ventet: Vec<_> = ventet.into_iter().map(nummer).collect();
        ventet.sort();
        assert_eq!(numre, ventet);
    }
    stopp.cancel();
    api.await.unwrap();
    assert!(program.stopp(Duration::from_secs(30)).await);
}

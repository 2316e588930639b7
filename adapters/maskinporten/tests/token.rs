//! The client against a Maskinporten that checks grants as the real one does.

#![allow(clippy::unwrap_used)] // The lint knows test functions, not their helpers.

use adapter_maskinporten::{BuildError, Config, Maskinporten, TokenRequest};
use flow::{AccessToken, Clock, ManualClock, SystemClock, TokenError, TokenSource};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use simulators::maskinporten::{self as sim, Delegering, Feil, Klient, MaskinportenConfig, TestKlient};
use std::sync::Arc;
use tempfile::TempDir;

const SCOPE: &str = "novari:fakevigoskole";
const OTHER: &str = "folkeregister:deling/offentligmedhjemmel";
const US: &str = "991825827";
const SCHOOL_OWNER: &str = "974603268";

struct World {
    server: sim::Maskinporten,
    client: TestKlient,
    clock: Arc<ManualClock>,
    files: TempDir,
}

impl World {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A Maskinporten that knows one client with two scopes, both clocks showing the same time.
    async fn with(change: impl FnOnce(&mut Klient)) -> Self {
        let now = Timestamp::from_second(Timestamp::now().as_second()).unwrap();
        let client = TestKlient::ny("mellomlag-test", US, "key-1", &[SCOPE, OTHER]).unwrap();
        let mut registered = client.klient();
        change(&mut registered);
        let config = MaskinportenConfig {
            klienter: vec![registered],
            delegeringer: vec![Delegering {
                konsument: SCHOOL_OWNER.into(),
                leverandor: US.into(),
                scope: SCOPE.into(),
            }],
            klokke: simulators::Klokke::stoppet(now),
            ..MaskinportenConfig::default()
        };
        let server = sim::Maskinporten::start(config).await.unwrap();
        let files = tempfile::tempdir().unwrap();
        std::fs::write(files.path().join("key.pem"), client.privat_pem()).unwrap();
        Self { server, client, clock: Arc::new(ManualClock::new(now)), files }
    }

    fn config(&self) -> Config {
        Config::parse(&format!(
            "issuer = \"{}\"\ntoken_url = \"{}\"\nclient_id = \"{}\"\nkid = \"{}\"\nkey_file = \"{}\"\nscopes = [\"{SCOPE}\"]",
            self.server.utsteder(),
            self.server.token_url(),
            self.client.client_id(),
            self.client.kid(),
            self.files.path().join("key.pem").display(),
        ))
        .unwrap()
    }

    fn build(&self, config: Config) -> Arc<Maskinporten> {
        config.build(self.clock.clone()).unwrap()
    }

    /// Moves both clocks.
    fn wait(&self, seconds: i64) {
        let later = self.clock.now() + SignedDuration::from_secs(seconds);
        self.clock.set(later);
        self.server.klokke().sett(later);
    }
}

fn text(token: &AccessToken) -> &str {
    token.value.expose_secret()
}

/// The hint of a refusal.
fn denied(result: Result<AccessToken, TokenError>) -> String {
    match result {
        Err(TokenError::Denied { system: "maskinporten", hint }) => hint,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn a_grant_becomes_a_token_that_is_used_again() {
    let world = World::new().await;
    let client = world.build(world.config());
    let first = client.token().await.unwrap();
    assert_eq!(first.expires.duration_since(world.clock.now()).as_secs(), 120);
    assert_eq!(text(&first).split('.').count(), 3);
    assert_eq!(text(&client.token().await.unwrap()), text(&first));
    assert_eq!(world.server.tokens_utstedt(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let world = World::new().await;
    let client = world.build(world.config());
    let first = client.token().await.unwrap();
    world.wait(89);
    assert_eq!(text(&client.token().await.unwrap()), text(&first));
    world.wait(1);
    let second = client.token().await.unwrap();
    assert_ne!(text(&second), text(&first));
    assert_eq!(second.expires.duration_since(first.expires).as_secs(), 90);
    assert_eq!(world.server.tokens_utstedt(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_callers_at_once_cost_one_request() {
    let world = World::new().await;
    world.server.feil(Some(Feil::Treg { millisekunder: 50 }));
    let client = world.build(world.config());
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.token().await.map(|t| text(&t).to_owned()) })
        })
        .collect();
    let mut tokens = Vec::new();
    for call in calls {
        tokens.push(call.await.unwrap().unwrap());
    }
    tokens.dedup();
    assert_eq!((tokens.len(), world.server.tokens_utstedt(), world.server.kall()), (1, 1, 1));
}

#[tokio::test]
async fn each_request_has_its_own_token() {
    let world = World::new().await;
    let client = world.build(world.config());
    let scope = |scope: &str| client.for_request(TokenRequest::scope(scope));
    let delegated = TokenRequest { consumer_org: Some(SCHOOL_OWNER.into()), ..TokenRequest::scope(SCOPE) };
    let limited = TokenRequest { resource: vec!["https://vigo.example/api".into()], ..TokenRequest::scope(SCOPE) };
    let sources = [scope(SCOPE), scope(OTHER), client.for_request(delegated), client.for_request(limited)];
    let mut tokens = Vec::new();
    for source in &sources {
        let token = source.token().await.unwrap();
        assert_eq!(text(&source.token().await.unwrap()), text(&token));
        tokens.push(text(&token).to_owned());
    }
    assert_eq!(
        text(&client.token().await.unwrap()),
        tokens[0],
        "the configuration's own request is the first of these"
    );
    tokens.sort();
    tokens.dedup();
    assert_eq!((tokens.len(), world.server.tokens_utstedt()), (4, 4));
}

#[tokio::test]
async fn a_rejected_token_is_not_given_again_and_a_newer_one_stays() {
    let world = World::new().await;
    let client = world.build(world.config());
    let first = client.token().await.unwrap();
    client.reject(&first).await;
    let second = client.token().await.unwrap();
    assert_ne!(text(&second), text(&first));
    client.reject(&first).await;
    assert_eq!(text(&client.token().await.unwrap()), text(&second));
    let same = client.for_request(TokenRequest::scope(SCOPE));
    same.reject(&second).await;
    assert_ne!(text(&client.token().await.unwrap()), text(&second));
}

#[tokio::test]
async fn every_refusal_names_its_code_and_the_way_out() {
    type Change = fn(&mut Config);
    let cases: [(Change, &str, &str); 6] = [
        (|c| c.client_id = "somebody-else".into(), "MP-100", "client_id"),
        (|c| c.issuer = "https://test.maskinporten.no/".parse().unwrap(), "MP-110", "slash"),
        (|c| c.kid = Some("key-2".into()), "MP-124", "kid"),
        (|c| c.scopes = vec!["novari:annet".into()], "MP-200", "self-service"),
        (|c| c.consumer_org = Some("974738368".into()), "MP-251", "Altinn"),
        (|c| c.consumer_org = Some(US.into()), "invalid_grant", "without a code"),
    ];
    let world = World::new().await;
    for (change, code, way_out) in cases {
        let mut config = world.config();
        change(&mut config);
        let hint = denied(world.build(config).token().await);
        assert!(hint.starts_with(code) && hint.contains(way_out), "{code}: {hint}");
    }
    world.server.feil(Some(Feil::AvvisAlt));
    assert!(denied(world.build(world.config()).token().await).starts_with("MP-121"));
}

#[tokio::test]
async fn a_scope_that_its_owner_has_not_granted_is_told_from_one_that_is_not_on_the_client() {
    let world = World::with(|klient| klient.tildelt.clear()).await;
    assert!(denied(world.build(world.config()).token().await).starts_with("MP-250"));
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_refused() {
    let world = World::new().await;
    let client = world.build(world.config());
    world.clock.set(world.clock.now() - SignedDuration::from_secs(200));
    assert!(denied(client.token().await).starts_with("MP-130"));
}

#[tokio::test]
async fn a_server_that_fails_is_out_of_reach_and_comes_back() {
    let world = World::new().await;
    let client = world.build(world.config());
    for (feil, seen) in [
        (Feil::Status { status: 500 }, "500"),
        (Feil::Status { status: 503 }, "503"),
        (Feil::Html200, "proxy"),
        (Feil::Brudd, "broke"),
    ] {
        world.server.feil(Some(feil));
        match client.token().await {
            Err(TokenError::Unreachable { hint, .. }) => assert!(hint.contains(seen), "{hint}"),
            other => panic!("{seen}: {other:?}"),
        }
    }
    world.server.feil(Some(Feil::Status { status: 429 }));
    assert!(matches!(client.token().await, Err(TokenError::Throttled { wait, .. }) if wait.as_secs() == 30));
    world.server.feil(None);
    let calls = world.server.kall();
    assert!(matches!(client.token().await, Err(TokenError::Throttled { .. })), "nobody asks before the wait is over");
    assert_eq!(world.server.kall(), calls);
    world.wait(30);
    client.token().await.unwrap();
}

#[tokio::test]
async fn while_renewing_fails_the_old_token_is_used() {
    let world = World::new().await;
    let client = world.build(world.config());
    let first = client.token().await.unwrap();
    world.server.feil(Some(Feil::Status { status: 502 }));
    world.wait(100);
    assert_eq!(text(&client.token().await.unwrap()), text(&first));
    world.wait(18);
    assert!(matches!(client.token().await, Err(TokenError::Unreachable { .. })));
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_out_of_reach() {
    let world = World::new().await;
    let client = world.build(world.config());
    let World { server, .. } = world;
    server.stop().await;
    assert!(
        matches!(client.token().await, Err(TokenError::Unreachable { hint, .. }) if hint.contains("no connection"))
    );
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let world = World::new().await;
    let client = world.build(world.config());
    let token = client.token().await.unwrap();
    let pem = world.client.privat_pem().lines().nth(1).unwrap().to_owned();
    let printed = format!("{client:?} {token:?} {:?}", client.token().await);
    assert!(!printed.contains(text(&token)) && !printed.contains(&pem), "{printed}");
}

#[tokio::test]
async fn a_configuration_with_mistakes_builds_nothing() {
    let world = World::new().await;
    let mut config = world.config();
    config.scopes.clear();
    config.kid = None;
    let error = config.build(Arc::new(SystemClock)).unwrap_err();
    assert!(matches!(&error, BuildError::Config(problems) if problems.len() == 2), "{error}");
}

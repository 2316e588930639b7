use super::*;
use flow::ManualClock;

const LIFE: i64 = 120;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_793_600_000 + second).unwrap()
}

fn token(name: &str, now: Timestamp) -> AccessToken {
    AccessToken { value: name.into(), expires: now + SignedDuration::from_secs(LIFE) }
}

async fn get(slot: &Slot, clock: &ManualClock, answer: Result<&str, Failure>) -> Result<String, Failure> {
    let got = slot.get(clock, |now| async move { answer.map(|name| token(name, now)) }).await;
    got.map(|t| t.value.expose_secret().to_owned())
}

fn ok(name: &str) -> Result<String, Failure> {
    Ok(name.to_owned())
}

fn down() -> Failure {
    Failure::Unreachable("down".into())
}

#[tokio::test]
async fn a_token_is_kept_for_three_quarters_of_its_life() {
    let (slot, clock) = (Slot::default(), ManualClock::new(at(0)));
    assert_eq!(get(&slot, &clock, Ok("a")).await, ok("a"));
    clock.set(at(89));
    assert_eq!(get(&slot, &clock, Ok("b")).await, ok("a"));
    clock.set(at(90));
    assert_eq!(get(&slot, &clock, Ok("c")).await, ok("c"));
}

#[test]
fn a_short_life_leaves_some_seconds_all_the_same() {
    let left = |life| at(life).duration_since(renewal(at(0), at(life))).as_secs();
    assert_eq!((left(7_200), left(120), left(8), left(2)), (1_800, 30, 3, 3));
}

#[tokio::test]
async fn a_failed_renewal_uses_the_old_token_until_it_ends() {
    let (slot, clock) = (Slot::default(), ManualClock::new(at(0)));
    assert_eq!(get(&slot, &clock, Ok("a")).await, ok("a"));
    clock.set(at(100));
    assert_eq!(get(&slot, &clock, Err(down())).await, ok("a"));
    clock.set(at(104));
    assert_eq!(get(&slot, &clock, Ok("too soon")).await, ok("a"));
    clock.set(at(105));
    assert_eq!(get(&slot, &clock, Err(Failure::Denied("key".into()))).await, Err(Failure::Denied("key".into())));
    clock.set(at(118));
    assert_eq!(get(&slot, &clock, Err(down())).await, Err(down()));
    assert_eq!(get(&slot, &clock, Ok("b")).await, ok("b"));
}

#[tokio::test]
async fn while_asked_to_wait_nobody_asks() {
    let (slot, clock) = (Slot::default(), ManualClock::new(at(0)));
    let busy = Failure::Throttled(Duration::from_secs(20));
    assert_eq!(get(&slot, &clock, Err(busy.clone())).await, Err(busy));
    clock.set(at(15));
    assert_eq!(get(&slot, &clock, Ok("a")).await, Err(Failure::Throttled(Duration::from_secs(5))));
    clock.set(at(20));
    assert_eq!(get(&slot, &clock, Ok("a")).await, ok("a"));
}

#[tokio::test]
async fn only_the_rejected_token_is_forgotten() {
    let (slot, clock) = (Slot::default(), ManualClock::new(at(0)));
    assert_eq!(get(&slot, &clock, Ok("a")).await, ok("a"));
    slot.reject(&token("older", at(0)));
    assert_eq!(get(&slot, &clock, Ok("b")).await, ok("a"));
    slot.reject(&token("a", at(0)));
    assert_eq!(get(&slot, &clock, Ok("b")).await, ok("b"));
}

#[tokio::test]
async fn those_who_waited_for_a_request_share_its_failure() {
    let (slot, clock) = (Arc::new(Slot::default()), Arc::new(ManualClock::new(at(0))));
    let (asked, answer) = (Arc::new(AtomicU64::new(0)), Arc::new(tokio::sync::Notify::new()));
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let (slot, clock, asked, answer) = (slot.clone(), clock.clone(), asked.clone(), answer.clone());
            tokio::spawn(async move {
                let fetch = |_| async move {
                    asked.fetch_add(1, Ordering::SeqCst);
                    answer.notified().await;
                    Err(down())
                };
                slot.get(clock.as_ref(), fetch).await.map(|_| ())
            })
        })
        .collect();
    // On this single-threaded runtime every task has reached the lock after one turn each.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    answer.notify_one();
    for call in calls {
        assert_eq!(call.await.unwrap(), Err(down()));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(get(&slot, &clock, Ok("later")).await, ok("later"));
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_block_the_others() {
    let (slot, clock) = (Slot::default(), ManualClock::new(at(0)));
    let never = slot.get(&clock, |_| std::future::pending());
    assert!(tokio::time::timeout(Duration::from_millis(1), never).await.is_err());
    assert_eq!(get(&slot, &clock, Ok("a")).await, ok("a"));
}

#[test]
fn every_part_of_the_key_separates_tokens() {
    let cache = Cache::default();
    let base = CacheKey {
        issuer: "https://test.maskinporten.no/".into(),
        client_id: "c".into(),
        key_fingerprint: "f".into(),
        kid: None,
        request: TokenRequest::scope("a:b"),
    };
    let request = &base.request;
    let others = [
        CacheKey { issuer: "https://maskinporten.no/".into(), ..base.clone() },
        CacheKey { client_id: "d".into(), ..base.clone() },
        CacheKey { key_fingerprint: "g".into(), ..base.clone() },
        CacheKey { kid: Some("k".into()), ..base.clone() },
        CacheKey { request: TokenRequest::scope("a:c"), ..base.clone() },
        CacheKey {
            request: TokenRequest { consumer_org: Some("974603268".into()), ..request.clone() },
            ..base.clone()
        },
        CacheKey {
            request: TokenRequest { resource: vec!["https://x.example".into()], ..request.clone() },
            ..base.clone()
        },
    ];
    let first = cache.slot(base.clone());
    assert!(Arc::ptr_eq(&first, &cache.slot(base)));
    let slots: Vec<_> = others.into_iter().map(|key| cache.slot(key)).collect();
    for (i, slot) in slots.iter().enumerate() {
        assert!(!Arc::ptr_eq(&first, slot));
        assert!(slots[..i].iter().all(|other| !Arc::ptr_eq(other, slot)));
    }
}

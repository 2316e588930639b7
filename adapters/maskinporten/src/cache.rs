//! When a token is used again, when it is renewed, and that many callers at once cost one request.

use crate::config::TokenRequest;
use crate::error::Failure;
use flow::{AccessToken, Clock};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A token that ends sooner than this may be dead before it arrives.
const LEAST_LEFT: SignedDuration = SignedDuration::from_secs(3);
/// After a renewal that failed, while the old token still lives.
const PAUSE: SignedDuration = SignedDuration::from_secs(5);

/// Everything that makes one token another than the next. Two tokens with the same key are interchangeable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct CacheKey {
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) key_fingerprint: String,
    pub(crate) kid: Option<String>,
    pub(crate) request: TokenRequest,
}

/// One slot per key. Grows with the configuration, not with traffic.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<CacheKey, Arc<Slot>>>);

impl Cache {
    pub(crate) fn slot(&self, key: CacheKey) -> Arc<Slot> {
        lock(&self.0).entry(key).or_default().clone()
    }
}

/// The token of one key, and the one request that may be under way for it.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    kept: Mutex<Option<Kept>>,
    flight: tokio::sync::Mutex<Flight>,
    /// Requests that failed, so far.
    failures: AtomicU64,
}

#[derive(Debug)]
struct Kept {
    token: AccessToken,
    renew: Timestamp,
}

/// What the last request left behind.
#[derive(Debug, Default)]
struct Flight {
    failure: Option<Failure>,
    not_before: Option<Timestamp>,
}

impl Flight {
    fn failed(failure: &Failure, now: Timestamp) -> Self {
        let not_before = match failure {
            Failure::Throttled(wait) => now.checked_add(*wait).ok(),
            _ => None,
        };
        Self { failure: Some(failure.clone()), not_before }
    }

    /// How long the issuer still wants to be left alone.
    fn wait(&self, now: Timestamp) -> Option<Duration> {
        let left = self.not_before?.duration_since(now);
        Duration::try_from(left).ok().filter(|left| !left.is_zero())
    }
}

impl Slot {
    /// The kept token, or a new one by `fetch`. Of callers at the same time, one fetches; the others get what it got,
    /// failure included, so an issuer that is down is asked once and not once per caller.
    pub(crate) async fn get<F, Fut>(&self, clock: &dyn Clock, fetch: F) -> Result<AccessToken, Failure>
    where
        F: FnOnce(Timestamp) -> Fut + Send,
        Fut: Future<Output = Result<AccessToken, Failure>> + Send,
    {
        let failures = self.failures.load(Ordering::Acquire);
        if let Some(token) = self.fresh(clock.now()) {
            return Ok(token);
        }
        let mut flight = match self.flight.try_lock() {
            Ok(flight) => flight,
            // Somebody renews already: the old token is good until it ends.
            Err(_) => match self.living(clock.now()) {
                Some(token) => return Ok(token),
                None => self.flight.lock().await,
            },
        };
        let now = clock.now();
        if let Some(token) = self.fresh(now) {
            return Ok(token);
        }
        if let Some(failure) = flight.failure.as_ref().filter(|_| self.failures.load(Ordering::Acquire) > failures) {
            return Err(failure.clone());
        }
        if let Some(wait) = flight.wait(now) {
            return Err(Failure::Throttled(wait));
        }
        match fetch(now).await {
            Ok(token) => {
                *flight = Flight::default();
                let renew = renewal(now, token.expires);
                *lock(&self.kept) = Some(Kept { token: token.clone(), renew });
                Ok(token)
            }
            Err(failure) => {
                *flight = Flight::failed(&failure, now);
                self.failures.fetch_add(1, Ordering::Release);
                match failure {
                    Failure::Denied(_) => Err(failure),
                    _ => self.keep_on(clock.now()).ok_or(failure),
                }
            }
        }
    }

    /// Forgets `token`, if it is the one that is kept: a newer one stays.
    pub(crate) fn reject(&self, token: &AccessToken) {
        let mut kept = lock(&self.kept);
        if kept.as_ref().is_some_and(|k| k.token.value.expose_secret() == token.value.expose_secret()) {
            *kept = None;
        }
    }

    /// The token, while it is not yet time to renew it.
    fn fresh(&self, now: Timestamp) -> Option<AccessToken> {
        lock(&self.kept).as_ref().filter(|kept| now < kept.renew).map(|kept| kept.token.clone())
    }

    /// The token, while it can be used at all.
    fn living(&self, now: Timestamp) -> Option<AccessToken> {
        lock(&self.kept).as_ref().filter(|kept| now < end(kept.token.expires)).map(|kept| kept.token.clone())
    }

    /// The old token once more, when renewing failed for now; the next try is a little later.
    fn keep_on(&self, now: Timestamp) -> Option<AccessToken> {
        let mut kept = lock(&self.kept);
        let kept = kept.as_mut().filter(|kept| now < end(kept.token.expires))?;
        kept.renew = now.saturating_add(PAUSE).map_or(now, |later| later.min(end(kept.token.expires)));
        Some(kept.token.clone())
    }
}

/// When to renew: after three quarters of the life, but some seconds before the end.
fn renewal(now: Timestamp, expires: Timestamp) -> Timestamp {
    let life = expires.duration_since(now);
    let margin = (life / 4).max(LEAST_LEFT);
    expires.checked_sub(margin).unwrap_or(now)
}

fn end(expires: Timestamp) -> Timestamp {
    expires.checked_sub(LEAST_LEFT).unwrap_or(expires)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;

//! Signing in: throttled by account and by network, the same answer for a wrong password and an unknown account.
//! Whoever has a second factor waits behind another secret until the code is right; that is no session yet.

use super::person::{Person, account};
use crate::{App, Error, Work, chance};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Refusal, SessionId, journal::Actor};
use store::{
    Tx, read,
    record::{
        access::{self, NewSession},
        second_factor::{self, Waiting},
    },
};

/// A session ends after this many days, whatever happens.
pub const SESSION_DAYS: i64 = 14;
/// How long a sign-in waits for its code.
pub const WAITING_MINUTES: i64 = 10;
/// Failures allowed for one account, and for one network address, within [`WINDOW`].
pub(crate) const ACCOUNT_FAILURES: i64 = 8;
const NETWORK_FAILURES: i64 = 40;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Someone at the sign-in form.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Address as typed.
    pub email: String,
    /// Password as typed.
    pub password: String,
    /// Network address.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// An open session: the cookie's value, told once.
#[derive(Clone, Debug)]
pub struct Open {
    /// What the browser keeps.
    pub secret: String,
}

/// How far a right password leads.
#[derive(Clone, Debug)]
pub enum Entered {
    /// Into a session.
    Open(Open),
    /// To the question for a code: the value of the cookie the sign-in waits behind, told once.
    Waiting(String),
}

/// Signs a member of the team in.
///
/// # Errors
/// `signin-throttled` after too many failures, `signin-wrong` otherwise; both say nothing about the account.
pub async fn sign_in(app: &App, attempt: &Attempt) -> Result<Entered, Error> {
    let account = account("staff", &attempt.email);
    throttle(app, &account, &attempt.address).await?;
    let user = read::access::user_by_email(&app.reader(), &attempt.email).await?.filter(|user| user.active);
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let fits = super::password::verify(&attempt.password, hash).await?;
    let Some(user) = user.filter(|_| fits) else {
        count_failure(app, &account, &attempt.address).await?;
        return Err(Refusal::invalid("signin-wrong").into());
    };
    enter(app, &Person::of_user(user), attempt).await
}

/// Lets in somebody whose password is right: into a session, or to the question for a code.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn enter(app: &App, person: &Person, attempt: &Attempt) -> Result<Entered, Error> {
    let mut work = app.begin(person.actor()).await?;
    let factor = second_factor::factor(work.tx(), person.of).await?;
    let entered = if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
        let secret = chance::secret("flw_");
        let waiting = Waiting {
            id: work.id(),
            of: person.of,
            token_hash: &chance::hash_secret(&secret),
            expires_at: work.now() + TimeDelta::minutes(WAITING_MINUTES),
        };
        second_factor::insert_waiting(work.tx(), &waiting, work.now()).await?;
        Entered::Waiting(secret)
    } else {
        Entered::Open(open_session(&mut work, person, attempt).await?)
    };
    work.commit().await?;
    Ok(entered)
}

/// Opens a session for someone whose identity is proved; the journal says so.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn open_session(work: &mut Work, person: &Person, attempt: &Attempt) -> Result<Open, Error> {
    let secret = chance::secret("fls_");
    let session = NewSession {
        id: work.id::<SessionId>(),
        token_hash: chance::hash_secret(&secret),
        of: person.of,
        expires_at: work.now() + TimeDelta::days(SESSION_DAYS),
        address: attempt.address.chars().take(64).collect(),
        agent: attempt.agent.chars().take(200).collect(),
    };
    access::insert_session(work.tx(), &session, work.now()).await?;
    note_attempt(work, &person.account(), true).await?;
    work.note([person.signed_in()]);
    Ok(Open { secret })
}

/// Refuses when the account or the network failed too often lately. Counted in the database: all nodes share it.
///
/// # Errors
/// `signin-throttled` with the minutes to wait.
pub async fn throttle(app: &App, account: &str, address: &str) -> Result<(), Error> {
    let tx = app.store().begin().await?;
    within_limits(&tx, account, address, app.now()).await
}

/// The same within a transaction.
pub(crate) async fn within_limits(tx: &Tx, account: &str, address: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let since = now - WINDOW;
    let by_account = access::failed_attempts(tx, account, since).await?;
    let by_network = access::failed_attempts(tx, &network(address), since).await?;
    if by_account >= ACCOUNT_FAILURES || by_network >= NETWORK_FAILURES {
        return Err(Refusal::forbidden("signin-throttled").with("minutes", WINDOW.num_minutes()).into());
    }
    Ok(())
}

/// What failures of a network address are counted under.
pub(crate) fn network(address: &str) -> String {
    format!("network:{address}")
}

/// Notes an attempt under a key; one that succeeds forgets the failures before it.
pub(crate) async fn note_attempt(work: &Work, key: &str, ok: bool) -> Result<(), Error> {
    Ok(access::insert_attempt(work.tx(), work.id::<SessionId>().uuid(), key, ok, work.now()).await?)
}

/// Counts a failed sign-in of an account and its network.
///
/// # Errors
/// When the database does not answer.
pub async fn count_failure(app: &App, account: &str, address: &str) -> Result<(), Error> {
    let work = app.begin(Actor::Public).await?;
    note_attempt(&work, account, false).await?;
    note_attempt(&work, &network(address), false).await?;
    work.commit().await
}

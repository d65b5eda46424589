//! Signing in: throttled by account and by network, the same answer for a wrong password and an unknown account.

use crate::{App, Error, chance};
use chrono::TimeDelta;
use domain::{
    Refusal, SessionId,
    journal::{Actor, Fact, Subject, SubjectKind},
};
use store::{
    read,
    record::access::{self, NewSession, SessionOf},
};

/// A session ends after this many days, whatever happens.
pub const SESSION_DAYS: i64 = 14;
/// Failures allowed for one account, and for one network address, within [`WINDOW`].
const ACCOUNT_FAILURES: i64 = 8;
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

/// Signs a member of the team in.
///
/// # Errors
/// `signin-throttled` after too many failures, `signin-wrong` otherwise; both say nothing about the account.
pub async fn sign_in(app: &App, attempt: &Attempt) -> Result<Open, Error> {
    let folded = domain::text::fold_email(&attempt.email);
    let account = format!("staff:{folded}");
    throttle(app, &account, &attempt.address).await?;
    let user = read::access::user_by_email(&app.reader(), &attempt.email).await?.filter(|user| user.active);
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let fits = super::password::verify(&attempt.password, hash).await?;
    let Some(user) = user.filter(|_| fits) else {
        failed(app, &[&account, &network(&attempt.address)]).await?;
        return Err(Refusal::invalid("signin-wrong").into());
    };
    let of = SessionOf::User(user.id);
    let actor = Actor::User { id: user.id, name: user.name.clone() };
    let fact = Fact::new("user.signed_in", Subject::new(SubjectKind::User, user.id), None);
    open_session(app, of, actor, fact, &account, attempt).await
}

/// Opens a session for someone whose identity is proved; the journal says so.
///
/// # Errors
/// When the database does not answer.
pub async fn open_session(
    app: &App,
    of: SessionOf,
    actor: Actor,
    fact: Fact,
    account: &str,
    attempt: &Attempt,
) -> Result<Open, Error> {
    let secret = chance::secret("fls_");
    let mut work = app.begin(actor).await?;
    let session = NewSession {
        id: work.id::<SessionId>(),
        token_hash: chance::hash_secret(&secret),
        of,
        expires_at: work.now() + TimeDelta::days(SESSION_DAYS),
        address: attempt.address.chars().take(64).collect(),
        agent: attempt.agent.chars().take(200).collect(),
    };
    access::insert_session(work.tx(), &session, work.now()).await?;
    access::insert_attempt(work.tx(), work.id::<SessionId>().uuid(), account, true, work.now()).await?;
    work.note([fact]);
    work.commit().await?;
    Ok(Open { secret })
}

/// Refuses when the account or the network failed too often lately. Counted in the database: all nodes share it.
///
/// # Errors
/// `signin-throttled` with the minutes to wait.
pub async fn throttle(app: &App, account: &str, address: &str) -> Result<(), Error> {
    let tx = app.store().begin().await?;
    let since = app.now() - WINDOW;
    let by_account = access::failed_attempts(&tx, account, since).await?;
    let by_network = access::failed_attempts(&tx, &network(address), since).await?;
    if by_account >= ACCOUNT_FAILURES || by_network >= NETWORK_FAILURES {
        return Err(Refusal::forbidden("signin-throttled").with("minutes", WINDOW.num_minutes()).into());
    }
    Ok(())
}

/// Counts a failure under each key.
pub(crate) async fn failed(app: &App, keys: &[&str]) -> Result<(), Error> {
    let work = app.begin(Actor::Public).await?;
    for key in keys {
        access::insert_attempt(work.tx(), work.id::<SessionId>().uuid(), key, false, work.now()).await?;
    }
    work.commit().await
}

fn network(address: &str) -> String {
    format!("network:{address}")
}

/// Counts a failed sign-in of an account and its network.
///
/// # Errors
/// When the database does not answer.
pub async fn count_failure(app: &App, account: &str, address: &str) -> Result<(), Error> {
    failed(app, &[account, &network(address)]).await
}

//! Users, roles, sessions, sign-in attempts and tokens.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::{
    EditionId, Locale, SessionId, TokenId, UserId,
    access::{Grant, Permission, account::Holder},
};

/// A member of the team, as stored.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// E-mail address as typed.
    pub email: String,
    /// Name.
    pub name: String,
    /// PHC string, absent while no password was set.
    pub password_hash: Option<String>,
    /// Language of mails and pages.
    pub locale: Locale,
    /// May administer the installation.
    pub admin: bool,
    /// May sign in.
    pub active: bool,
    /// Version for concurrent changes.
    pub version: i32,
}

/// Adds a user.
///
/// # Errors
/// `Taken("uq_user_folded")` when the address is known.
pub async fn insert_user(tx: &Tx, user: &User, now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "insert into \"user\" (id, email, folded, name, password_hash, locale, admin, active, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        values![
            user.id.uuid(),
            user.email.as_str(),
            domain::text::fold_email(&user.email),
            user.name.as_str(),
            user.password_hash.clone(),
            user.locale.code(),
            user.admin,
            user.active,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Saves a user if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_user(tx: &Tx, user: &User) -> Outcome<()> {
    let touched = tx
        .run(
            "update \"user\" set email = $2, folded = $3, name = $4, password_hash = $5, locale = $6, admin = $7, active = $8,
             version = version + 1 where id = $1 and version = $9",
            values![
                user.id.uuid(), user.email.as_str(), domain::text::fold_email(&user.email), user.name.as_str(),
                user.password_hash.clone(), user.locale.code(), user.admin, user.active, user.version
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Gives exactly these roles to a user.
///
/// # Errors
/// When an edition does not exist.
pub async fn set_grants(tx: &Tx, user: UserId, grants: &[(uuid::Uuid, Grant)]) -> Outcome<()> {
    tx.run("delete from user_role where user_id = $1", values![user.uuid()]).await?;
    let rows = grants.iter().map(|(id, g)| values![*id, user.uuid(), g.edition.map(EditionId::uuid), g.role.code()]);
    tx.insert("user_role", &["id", "user_id", "edition_id", "role"], rows).await
}

/// A new session.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// Hash of the cookie's value.
    pub token_hash: String,
    /// Whose.
    pub of: Holder,
    /// Until when at the latest.
    pub expires_at: DateTime<Utc>,
    /// Network address.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// Opens a session.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_session(tx: &Tx, session: &NewSession, now: DateTime<Utc>) -> Outcome<()> {
    let (user, contact) = match session.of {
        Holder::User(id) => (Some(id.uuid()), None),
        Holder::Contact(id) => (None, Some(id.uuid())),
    };
    tx.run(
        "insert into session (id, token_hash, kind, user_id, contact_id, created_at, seen_at, expires_at, address, agent)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)",
        values![
            session.id.uuid(), session.token_hash.as_str(), session.of.kind(), user, contact, now, session.expires_at,
            session.address.as_str(), session.agent.as_str()
        ],
    )
    .await?;
    Ok(())
}

/// Ends the session of a cookie.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_session(tx: &Tx, token_hash: &str) -> Outcome<()> {
    tx.run("delete from session where token_hash = $1", values![token_hash]).await?;
    Ok(())
}

/// Ends all sessions of a user or contact, but for one, and every sign-in of theirs that is half done.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_sessions(tx: &Tx, of: Holder, but: Option<&str>) -> Outcome<()> {
    super::second_factor::end_waiting(tx, of).await?;
    let (column, id) = match of {
        Holder::User(id) => ("user_id", id.uuid()),
        Holder::Contact(id) => ("contact_id", id.uuid()),
    };
    let sql = format!("delete from session where {column} = $1 and token_hash <> $2");
    tx.run(&sql, values![id, but.unwrap_or("")]).await?;
    Ok(())
}

/// Removes sessions, sign-ins half done, sign-in attempts and links for forgotten passwords that no longer count.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>, attempts_before: DateTime<Utc>) -> Outcome<()> {
    tx.run("delete from session where expires_at < $1", values![now]).await?;
    tx.run("delete from signin_attempt where at < $1", values![attempts_before]).await?;
    tx.run("delete from password_reset where expires_at < $1", values![attempts_before]).await?;
    tx.run("delete from signin_waiting where expires_at < $1", values![now]).await?;
    Ok(())
}

/// A wish to choose a new password: whose, and how long the link works. The secret itself is in the mail only.
#[derive(Debug, Clone)]
pub struct NewReset<'a> {
    /// Identity.
    pub id: uuid::Uuid,
    /// `staff` or `contact`.
    pub kind: &'a str,
    /// The folded address.
    pub folded: &'a str,
    /// Hash of the secret.
    pub token_hash: &'a str,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// Notes a wish to choose a new password.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_reset(tx: &Tx, reset: &NewReset<'_>, now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "insert into password_reset (id, kind, folded, token_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        values![reset.id, reset.kind, reset.folded, reset.token_hash, now, reset.expires_at],
    )
    .await?;
    Ok(())
}

/// Wishes of an address since a moment.
///
/// # Errors
/// When the database does not answer.
pub async fn resets_since(q: &impl Query, kind: &str, folded: &str, since: DateTime<Utc>) -> Outcome<i64> {
    let sql = "select count(*) from password_reset where kind = $1 and folded = $2 and created_at > $3";
    Ok(q.scalar(sql, values![kind, folded, since]).await?.unwrap_or(0))
}

/// The address a secret may choose a new password for, if it still works.
///
/// # Errors
/// When the database does not answer.
pub async fn reset_of(q: &impl Query, kind: &str, token_hash: &str, now: DateTime<Utc>) -> Outcome<Option<String>> {
    let sql = "select folded from password_reset
               where kind = $1 and token_hash = $2 and used_at is null and expires_at > $3";
    q.scalar(sql, values![kind, token_hash, now]).await
}

/// Spends every link of an address; answers whether one still worked.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_resets(tx: &Tx, kind: &str, folded: &str, now: DateTime<Utc>) -> Outcome<bool> {
    let sql = "update password_reset set used_at = $3
               where kind = $1 and folded = $2 and used_at is null and expires_at > $3";
    Ok(tx.run(sql, values![kind, folded, now]).await? > 0)
}

/// Notes a sign-in attempt under a key (address of the account, or of the network).
///
/// # Errors
/// When the database does not answer.
pub async fn insert_attempt(tx: &Tx, id: uuid::Uuid, key: &str, ok: bool, now: DateTime<Utc>) -> Outcome<()> {
    tx.run("insert into signin_attempt (id, \"key\", at, ok) values ($1, $2, $3, $4)", values![id, key, now, ok])
        .await?;
    if ok {
        tx.run("delete from signin_attempt where \"key\" = $1 and ok = $2", values![key, false]).await?;
    }
    Ok(())
}

/// How often signing in failed under a key since `since`.
///
/// # Errors
/// When the database does not answer.
pub async fn failed_attempts(tx: &Tx, key: &str, since: DateTime<Utc>) -> Outcome<i64> {
    let sql = "select count(*) from signin_attempt where \"key\" = $1 and ok = $2 and at > $3";
    Ok(tx.scalar(sql, values![key, false, since]).await?.unwrap_or(0))
}

/// A new token.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Hash of its value.
    pub token_hash: String,
    /// On whose behalf.
    pub user: UserId,
    /// Only in this edition, if set.
    pub edition: Option<EditionId>,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Adds a token.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_token(tx: &Tx, token: &NewToken, now: DateTime<Utc>) -> Outcome<()> {
    let scopes = token.scopes.iter().map(|p| p.code()).collect::<Vec<_>>().join(" ");
    tx.run(
        "insert into api_token (id, name, token_hash, user_id, edition_id, scopes, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            token.id.uuid(),
            token.name.as_str(),
            token.token_hash.as_str(),
            token.user.uuid(),
            token.edition.map(EditionId::uuid),
            scopes,
            now,
            token.expires_at
        ],
    )
    .await?;
    Ok(())
}

/// Revokes a token; whether there was one to revoke.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke_token(tx: &Tx, id: TokenId, now: DateTime<Utc>) -> Outcome<bool> {
    let sql = "update api_token set revoked_at = $2 where id = $1 and revoked_at is null";
    Ok(tx.run(sql, values![id.uuid(), now]).await? == 1)
}

/// Notes when sessions and tokens were last used; written now and then, not with every request.
///
/// # Errors
/// When the database does not answer.
pub async fn touch(tx: &Tx, session_hash: Option<&str>, token: Option<TokenId>, now: DateTime<Utc>) -> Outcome<()> {
    if let Some(hash) = session_hash {
        tx.run("update session set seen_at = $2 where token_hash = $1", values![hash, now]).await?;
    }
    if let Some(id) = token {
        tx.run("update api_token set used_at = $2 where id = $1", values![id.uuid(), now]).await?;
    }
    Ok(())
}

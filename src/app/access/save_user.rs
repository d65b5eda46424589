//! Changing a member of the team: roles, password, switch, language.

use crate::{App, Error, chance};
use domain::{
    Locale, Refusal, UserId,
    access::{Grant, account::Holder, check_password},
    journal::{Actor, Fact, Subject, SubjectKind},
};
use store::{
    read::access::user_by_id,
    record::access::{delete_sessions, save_user, set_grants},
};

fn subject(user: UserId) -> Subject {
    Subject::new(SubjectKind::User, user)
}

/// Gives exactly these roles.
///
/// # Errors
/// `Missing` when there is no such user.
pub async fn set_roles(app: &App, actor: Actor, user: UserId, grants: &[Grant]) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    user_by_id(work.tx(), user).await?.ok_or(Error::Missing)?;
    let rows: Vec<_> = grants.iter().map(|g| (chance::id::<UserId>().uuid(), *g)).collect();
    set_grants(work.tx(), user, &rows).await?;
    let roles: Vec<&str> = grants.iter().map(|g| g.role.code()).collect();
    work.note([Fact::new("user.roles_set", subject(user), None).with("roles", roles)]);
    work.commit().await
}

/// Sets a password and ends all other sessions of the user.
///
/// # Errors
/// The password rules at `password`; `Missing`.
pub async fn set_password(app: &App, actor: Actor, user: UserId, password: &str) -> Result<(), Error> {
    let hash = super::password::hash(password).await?;
    let mut work = app.begin(actor).await?;
    let mut row = user_by_id(work.tx(), user).await?.ok_or(Error::Missing)?;
    check_password(password, &row.email)?;
    row.password_hash = Some(hash);
    save_user(work.tx(), &row).await?;
    delete_sessions(work.tx(), Holder::User(user), None).await?;
    work.note([Fact::new("user.password_set", subject(user), None)]);
    work.commit().await
}

/// Lets a user sign in or not; switching off ends all sessions. Nobody switches off themselves.
///
/// # Errors
/// `not-yourself`; `Missing`.
pub async fn set_active(app: &App, actor: Actor, user: UserId, active: bool) -> Result<(), Error> {
    if actor.user() == Some(user) && !active {
        return Err(Refusal::conflict("not-yourself").into());
    }
    let mut work = app.begin(actor).await?;
    let mut row = user_by_id(work.tx(), user).await?.ok_or(Error::Missing)?;
    row.active = active;
    save_user(work.tx(), &row).await?;
    if !active {
        delete_sessions(work.tx(), Holder::User(user), None).await?;
    }
    let kind = if active { "user.switched_on" } else { "user.switched_off" };
    work.note([Fact::new(kind, subject(user), None)]);
    work.commit().await
}

/// Remembers the language of a user.
///
/// # Errors
/// `Missing`.
pub async fn set_locale(app: &App, actor: Actor, user: UserId, locale: Locale) -> Result<(), Error> {
    let work = app.begin(actor).await?;
    let mut row = user_by_id(work.tx(), user).await?.ok_or(Error::Missing)?;
    row.locale = locale;
    save_user(work.tx(), &row).await?;
    work.commit().await
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database does not answer.
pub async fn touch_session(app: &App, token_hash: &str) -> Result<(), Error> {
    let work = app.begin(Actor::System).await?;
    store::record::access::touch(work.tx(), Some(token_hash), None, work.now()).await?;
    work.commit().await
}

/// Notes that a token is in use.
///
/// # Errors
/// When the database does not answer.
pub async fn touch_token(app: &App, token: domain::TokenId) -> Result<(), Error> {
    let work = app.begin(Actor::System).await?;
    store::record::access::touch(work.tx(), None, Some(token), work.now()).await?;
    work.commit().await
}

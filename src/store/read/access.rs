//! Who is calling, and the lists of users, sessions and tokens.

use crate::{Fault, Outcome, Query, Reader, Row, record::access::User, values};
use chrono::{DateTime, Utc};
use domain::{
    ContactId, EditionId, Locale, ParticipationId, SessionId, TokenId, UserId,
    access::{
        Grant, Permission, PortalViewer, Role, TokenScope, Viewer,
        account::{Holder, SessionLine},
    },
};
use uuid::Uuid;

const USER: &str = "select id, email, name, password_hash, locale, admin, active, version from \"user\"";

fn user(row: &Row) -> Outcome<User> {
    Ok(User {
        id: UserId::from_uuid(row.get(0)?),
        email: row.get(1)?,
        name: row.get(2)?,
        password_hash: row.get(3)?,
        locale: Locale::parse(&row.get::<String>(4)?).unwrap_or_default(),
        admin: row.get(5)?,
        active: row.get(6)?,
        version: row.get(7)?,
    })
}

/// The user with this address, if any.
///
/// # Errors
/// When the database does not answer.
pub async fn user_by_email(q: &impl Query, email: &str) -> Outcome<Option<User>> {
    let rows = q.rows(&format!("{USER} where folded = $1"), values![domain::text::fold_email(email)]).await?;
    rows.first().map(user).transpose()
}

/// The user, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn user_by_id(q: &impl Query, id: UserId) -> Outcome<Option<User>> {
    let rows = q.rows(&format!("{USER} where id = $1"), values![id.uuid()]).await?;
    rows.first().map(user).transpose()
}

/// All users by name.
///
/// # Errors
/// When the database does not answer.
pub async fn users(reader: &Reader) -> Outcome<Vec<User>> {
    reader.rows(&format!("{USER} order by name, id"), values![]).await?.iter().map(user).collect()
}

/// Roles of a user.
///
/// # Errors
/// When the database does not answer.
pub async fn grants(q: &impl Query, id: UserId) -> Outcome<Vec<Grant>> {
    let rows =
        q.rows("select edition_id, role from user_role where user_id = $1 order by role", values![id.uuid()]).await?;
    rows.iter().map(grant).collect()
}

/// All roles given, by user.
///
/// # Errors
/// When the database does not answer.
pub async fn all_grants(reader: &Reader) -> Outcome<Vec<(UserId, Grant)>> {
    let rows = reader.rows("select edition_id, role, user_id from user_role order by role", values![]).await?;
    rows.iter().map(|row| Ok((UserId::from_uuid(row.get(2)?), grant(row)?))).collect()
}

fn grant(row: &Row) -> Outcome<Grant> {
    let role: String = row.get(1)?;
    let role = Role::parse(&role).ok_or_else(|| Fault::impossible("user_role", role))?;
    Ok(Grant { edition: row.get::<Option<Uuid>>(0)?.map(EditionId::from_uuid), role })
}

/// Users who hold a role in the edition (or in all): the people a task can be given to.
///
/// # Errors
/// When the database does not answer.
pub async fn team(reader: &Reader, edition: EditionId) -> Outcome<Vec<(UserId, String, Role)>> {
    let sql = "select u.id, u.name, r.role from \"user\" u join user_role r on r.user_id = u.id
               where u.active and (r.edition_id is null or r.edition_id = $1) order by u.name, u.id, r.role";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let member = |row: &Row| -> Outcome<_> {
        let role: String = row.get(2)?;
        let role = Role::parse(&role).ok_or_else(|| Fault::impossible("user_role", role))?;
        Ok((UserId::from_uuid(row.get(0)?), row.get(1)?, role))
    };
    rows.iter().map(member).collect()
}

/// A session found by its cookie.
#[derive(Clone, Debug)]
pub struct Session<V> {
    /// Its id.
    pub id: SessionId,
    /// When it was last used, as far as noted.
    pub seen_at: DateTime<Utc>,
    /// Who it is.
    pub viewer: V,
    /// Their language.
    pub locale: Locale,
}

/// The signed-in member of the team behind a cookie; nobody when expired or switched off.
///
/// # Errors
/// When the database does not answer.
pub async fn staff_session(reader: &Reader, token_hash: &str, now: DateTime<Utc>) -> Outcome<Option<Session<Viewer>>> {
    let sql =
        "select s.id, s.seen_at, u.id, u.name, u.admin, u.locale from session s join \"user\" u on u.id = s.user_id
               where s.token_hash = $1 and s.kind = 'staff' and s.expires_at > $2 and u.active";
    let rows = reader.rows(sql, values![token_hash, now]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let user = UserId::from_uuid(row.get(2)?);
    let viewer =
        Viewer { user, name: row.get(3)?, admin: row.get(4)?, grants: grants(reader, user).await?, token: None };
    let locale = Locale::parse(&row.get::<String>(5)?).unwrap_or_default();
    Ok(Some(Session { id: SessionId::from_uuid(row.get(0)?), seen_at: row.get(1)?, viewer, locale }))
}

/// The signed-in contact behind a cookie; nobody when expired or switched off.
///
/// # Errors
/// When the database does not answer.
pub async fn contact_session(
    reader: &Reader,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Outcome<Option<Session<PortalViewer>>> {
    let sql = "select s.id, s.seen_at, c.id, c.name, c.edition_id, c.participation_id, c.locale
               from session s join contact c on c.id = s.contact_id
               where s.token_hash = $1 and s.kind = 'contact' and s.expires_at > $2 and c.active";
    let rows = reader.rows(sql, values![token_hash, now]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let viewer = PortalViewer {
        contact: ContactId::from_uuid(row.get(2)?),
        name: row.get(3)?,
        edition: EditionId::from_uuid(row.get(4)?),
        participation: ParticipationId::from_uuid(row.get(5)?),
    };
    let locale = Locale::parse(&row.get::<String>(6)?).unwrap_or_default();
    Ok(Some(Session { id: SessionId::from_uuid(row.get(0)?), seen_at: row.get(1)?, viewer, locale }))
}

/// The caller behind a token; nobody when expired, revoked or its user is switched off.
///
/// # Errors
/// When the database does not answer.
pub async fn token_viewer(
    reader: &Reader,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Outcome<Option<(Viewer, Option<DateTime<Utc>>)>> {
    let sql = "select t.id, t.name, t.edition_id, t.scopes, t.used_at, u.id, u.name, u.admin
               from api_token t join \"user\" u on u.id = t.user_id
               where t.token_hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2) and u.active";
    let rows = reader.rows(sql, values![token_hash, now]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let user = UserId::from_uuid(row.get(5)?);
    let scope = TokenScope {
        id: TokenId::from_uuid(row.get(0)?),
        name: row.get(1)?,
        edition: row.get::<Option<Uuid>>(2)?.map(EditionId::from_uuid),
        permissions: row.get::<String>(3)?.split(' ').filter_map(Permission::parse).collect(),
    };
    let viewer =
        Viewer { user, name: row.get(6)?, admin: row.get(7)?, grants: grants(reader, user).await?, token: Some(scope) };
    Ok(Some((viewer, row.get(4)?)))
}

/// A token as the list shows it.
#[derive(Clone, Debug)]
pub struct TokenLine {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Edition it is limited to.
    pub edition: Option<EditionId>,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
    /// Last used.
    pub used_at: Option<DateTime<Utc>>,
    /// Since when it no longer works.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Tokens of a user, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn tokens(reader: &Reader, user: UserId) -> Outcome<Vec<TokenLine>> {
    let sql = "select id, name, edition_id, scopes, created_at, expires_at, used_at, revoked_at from api_token
               where user_id = $1 order by id desc";
    let rows = reader.rows(sql, values![user.uuid()]).await?;
    let line = |row: &Row| -> Outcome<TokenLine> {
        Ok(TokenLine {
            id: TokenId::from_uuid(row.get(0)?),
            name: row.get(1)?,
            edition: row.get::<Option<Uuid>>(2)?.map(EditionId::from_uuid),
            scopes: row.get::<String>(3)?.split(' ').filter_map(Permission::parse).collect(),
            created_at: row.get(4)?,
            expires_at: row.get(5)?,
            used_at: row.get(6)?,
            revoked_at: row.get(7)?,
        })
    };
    rows.iter().map(line).collect()
}

/// Signed-in browsers of a person, the latest used first.
///
/// # Errors
/// When the database does not answer.
pub async fn sessions(q: &impl Query, of: Holder, here: &str, now: DateTime<Utc>) -> Outcome<Vec<SessionLine>> {
    let column = match of {
        Holder::User(_) => "user_id",
        Holder::Contact(_) => "contact_id",
    };
    let sql = format!(
        "select id, token_hash, created_at, seen_at, address, agent from session
         where {column} = $1 and expires_at > $2 order by seen_at desc, id desc limit 100"
    );
    let line = |row: &Row| -> Outcome<_> {
        Ok(SessionLine {
            id: SessionId::from_uuid(row.get(0)?),
            here: row.get::<String>(1)? == here,
            created_at: row.get(2)?,
            seen_at: row.get(3)?,
            address: row.get(4)?,
            agent: row.get(5)?,
        })
    };
    q.rows(&sql, values![of.uuid(), now]).await?.iter().map(line).collect()
}

/// The users whose second factor is on.
///
/// # Errors
/// When the database does not answer.
pub async fn users_with_factor(reader: &Reader) -> Outcome<Vec<UserId>> {
    let sql = "select owner_id from second_factor where kind = 'staff' and confirmed_at is not null";
    let rows = reader.rows(sql, values![]).await?;
    rows.iter().map(|row| Ok(UserId::from_uuid(row.get(0)?))).collect()
}

/// Every second factor's owner and sealed secret.
///
/// # Errors
/// When the database does not answer.
pub async fn sealed_factors(reader: &Reader) -> Outcome<Vec<(Uuid, String)>> {
    let rows = reader.rows("select owner_id, sealed from second_factor", values![]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

//! Adding a member of the team.

use crate::{App, Error, chance};
use domain::{
    EditionId, Locale, Refusal, UserId,
    access::{Grant, Role, check_password},
    journal::{Actor, Fact, Subject, SubjectKind},
    refusal::Parse,
};
use serde::{Deserialize, Serialize};
use store::record::access::{User, insert_user, set_grants};

/// What was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UserDraft {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// First password.
    pub password: String,
    /// Language tag.
    pub locale: String,
    /// A role code, or empty for none.
    pub role: String,
    /// Edition the role is for; empty for all.
    pub edition: String,
    /// `on` for administrators.
    pub admin: String,
}

/// A user to be made.
#[derive(Clone, Debug)]
pub struct CreateUser {
    name: String,
    email: String,
    password: String,
    locale: Locale,
    grants: Vec<Grant>,
    admin: bool,
}

impl UserDraft {
    /// A user to be made, or every field that cannot be accepted.
    ///
    /// # Errors
    /// One refusal a field.
    pub fn parse(&self) -> Result<CreateUser, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name = parse.required("name", &self.name, 80);
        let email = parse.email("email", &self.email);
        if let Err(refusal) = check_password(&self.password, &email) {
            parse.refuse(refusal);
        }
        let locale = Locale::parse(&self.locale).unwrap_or_default();
        let role = if self.role.is_empty() { None } else { parse.choice("role", &self.role, Role::parse) };
        let edition = if self.edition.is_empty() {
            None
        } else {
            parse.choice("edition", &self.edition, |text| text.parse::<EditionId>().ok())
        };
        let grants = role.into_iter().map(|role| Grant { edition, role }).collect();
        let admin = self.admin == "on";
        parse.finish(|| CreateUser { name, email, password: self.password.clone(), locale, grants, admin })
    }
}

/// Adds a user who may sign in at once.
///
/// # Errors
/// `email-taken` at `email`.
pub async fn create_user(app: &App, actor: Actor, command: CreateUser) -> Result<UserId, Error> {
    let hash = super::password::hash(&command.password).await?;
    let mut work = app.begin(actor).await?;
    let user = User {
        id: work.id(),
        email: command.email,
        name: command.name,
        password_hash: Some(hash),
        locale: command.locale,
        admin: command.admin,
        active: true,
        version: 1,
    };
    insert_user(work.tx(), &user, work.now()).await.map_err(|fault| {
        if fault.taken("uq_user_folded") {
            Refusal::conflict("email-taken").at("email").into()
        } else {
            Error::from(fault)
        }
    })?;
    let grants: Vec<_> = command.grants.iter().map(|g| (chance::id::<UserId>().uuid(), *g)).collect();
    set_grants(work.tx(), user.id, &grants).await?;
    let roles: Vec<&str> = command.grants.iter().map(|g| g.role.code()).collect();
    work.note([Fact::new("user.created", Subject::new(SubjectKind::User, user.id), None)
        .with("name", user.name.as_str())
        .with("roles", roles)
        .with("admin", user.admin)]);
    let id = user.id;
    work.commit().await?;
    Ok(id)
}

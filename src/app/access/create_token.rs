//! Making a key for a program on the network. Its value is shown once.

use crate::{App, Error, chance};
use chrono::TimeDelta;
use domain::{
    EditionId, Refusal, TokenId, UserId,
    access::Permission,
    journal::{Actor, Fact, Subject, SubjectKind},
    refusal::Parse,
};
use serde::{Deserialize, Serialize};
use store::record::access::{NewToken, insert_token};

/// What was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenDraft {
    /// What it is for.
    pub name: String,
    /// Edition id; empty for all.
    pub edition: String,
    /// Rights.
    pub scopes: Vec<String>,
    /// Days until it ends; empty for never.
    pub days: String,
}

/// A token to be made.
#[derive(Clone, Debug)]
pub struct CreateToken {
    name: String,
    edition: Option<EditionId>,
    scopes: Vec<Permission>,
    days: Option<i64>,
}

impl TokenDraft {
    /// A token to be made, or every field that cannot be accepted.
    ///
    /// # Errors
    /// One refusal a field.
    pub fn parse(&self) -> Result<CreateToken, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name = parse.required("name", &self.name, 80);
        let edition = if self.edition.is_empty() {
            None
        } else {
            parse.choice("edition", &self.edition, |text| text.parse().ok())
        };
        let scopes: Vec<_> =
            self.scopes.iter().filter_map(|code| parse.choice("scopes", code, Permission::parse)).collect();
        if self.scopes.is_empty() {
            parse.refuse(Refusal::invalid("required").at("scopes"));
        }
        let days = if self.days.trim().is_empty() { None } else { parse.number("days", &self.days, 1..=3650) };
        parse.finish(|| CreateToken { name, edition, scopes, days })
    }
}

/// Makes a token of a user and returns its value, which is stored only as a hash.
///
/// # Errors
/// When the database does not answer.
pub async fn create_token(app: &App, actor: Actor, user: UserId, command: CreateToken) -> Result<String, Error> {
    let secret = chance::secret("flt_");
    let mut work = app.begin(actor).await?;
    let token = NewToken {
        id: work.id::<TokenId>(),
        name: command.name,
        token_hash: chance::hash_secret(&secret),
        user,
        edition: command.edition,
        scopes: command.scopes,
        expires_at: command.days.map(|days| work.now() + TimeDelta::days(days)),
    };
    insert_token(work.tx(), &token, work.now()).await?;
    let scopes: Vec<&str> = token.scopes.iter().map(|p| p.code()).collect();
    work.note([Fact::new("token.created", Subject::new(SubjectKind::Token, token.id), None)
        .with("name", token.name.as_str())
        .with("scopes", scopes)]);
    work.commit().await?;
    Ok(secret)
}

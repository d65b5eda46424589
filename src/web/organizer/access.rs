//! Members of the team and keys for programs.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Admin, SignedIn},
    path::Path,
};
use app::{
    App,
    access::{self, TokenDraft, UserDraft},
};
use axum::extract::State;
use domain::{EditionId, TokenId, UserId};
use serde::Deserialize;
use store::read;
use templates::{
    Flash, FormState, Markup, links,
    organizer::access::{TokenLine, TokensPage, UserLine, UsersPage},
};

pub(super) fn routes(s: &mut Surface) {
    s.get("/users", Need::Admin, users);
    s.post("/users", Need::Admin, add_user);
    s.post("/users/{user}/active", Need::Admin, switch_user);
    s.post("/users/{user}/second-factor/end", Need::Admin, end_factor);
    s.get("/tokens", Need::SignedIn, tokens);
    s.post("/tokens", Need::SignedIn, make_token);
    s.post("/tokens/{token}/revoke", Need::SignedIn, revoke_token);
}

/// Editions as choices: id and name.
fn editions(who: &SignedIn) -> Vec<(String, String)> {
    who.editions().map(|e| (e.id.to_string(), e.name.get(who.ui.lang.locale()).to_owned())).collect()
}

fn edition_name(editions: &[(String, String)], id: EditionId) -> String {
    let id = id.to_string();
    editions.iter().find(|(known, _)| *known == id).map_or_else(String::new, |(_, name)| name.clone())
}

async fn users_page(who: &SignedIn, app: &App, form: &FormState) -> Result<Markup, Fail> {
    let (reader, editions) = (app.reader(), editions(who));
    let mut lines = Vec::new();
    let roles = read::access::all_grants(&reader).await?;
    let with_factor = read::access::users_with_factor(&reader).await?;
    for user in read::access::users(&reader).await? {
        let of_user = roles.iter().filter(|(id, _)| *id == user.id);
        lines.push(UserLine {
            id: user.id.to_string(),
            own: user.id == who.viewer.user,
            second_factor: with_factor.contains(&user.id),
            name: user.name,
            email: user.email,
            admin: user.admin,
            active: user.active,
            roles: of_user.map(|(_, g)| (g.role, g.edition.map(|e| edition_name(&editions, e)))).collect(),
        });
    }
    Ok(UsersPage { users: &lines, form, editions: &editions }.render(&who.shell()))
}

async fn users(Admin(who): Admin, State(app): State<App>) -> Answer {
    page(users_page(&who, &app, &FormState::empty()).await?)
}

async fn add_user(Admin(who): Admin, State(app): State<App>, Fields(draft): Fields<UserDraft>) -> Answer {
    let refused_with = match draft.parse() {
        Err(refusals) => refusals,
        Ok(command) => match access::create_user(&app, who.viewer.actor(), command).await {
            Ok(_) => {
                let flash = Flash::good("access-user-added").with("name", &draft.name);
                return see_other_saying(&links::access::users(), &flash);
            }
            Err(error) => refusals(error)?,
        },
    };
    let typed = UserDraft { password: String::new(), ..draft };
    refused(users_page(&who, &app, &FormState::new(&typed, &refused_with)).await?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Switch {
    active: String,
}

async fn switch_user(
    Admin(who): Admin,
    State(app): State<App>,
    Path(user): Path<String>,
    Fields(switch): Fields<Switch>,
) -> Answer {
    let user: UserId = user.parse().map_err(|_| Fail::Missing)?;
    access::set_active(&app, who.viewer.actor(), user, switch.active == "on").await?;
    see_other_saying(&links::access::users(), &Flash::good("access-user-saved"))
}

/// For somebody who lost phone and recovery codes.
async fn end_factor(Admin(who): Admin, State(app): State<App>, Path(user): Path<String>) -> Answer {
    let user: UserId = user.parse().map_err(|_| Fail::Missing)?;
    access::end_factor_of_user(&app, &who.viewer, user).await?;
    see_other_saying(&links::access::users(), &Flash::good("access-factor-ended"))
}

async fn tokens_page(who: &SignedIn, app: &App, form: &FormState, made: Option<&str>) -> Result<Markup, Fail> {
    let editions = editions(who);
    let lines = read::access::tokens(&app.reader(), who.viewer.user).await?.into_iter().map(|t| TokenLine {
        id: t.id.to_string(),
        name: t.name,
        edition: t.edition.map(|e| edition_name(&editions, e)),
        scopes: t.scopes,
        created_at: t.created_at,
        expires_at: t.expires_at,
        used_at: t.used_at,
        revoked: t.revoked_at.is_some(),
    });
    let lines: Vec<_> = lines.collect();
    Ok(TokensPage { tokens: &lines, form, editions: &editions, made }.render(&who.shell()))
}

async fn tokens(who: SignedIn, State(app): State<App>) -> Answer {
    page(tokens_page(&who, &app, &FormState::empty(), None).await?)
}

/// Answers with the page itself: the value is shown once and must not travel through a redirect.
async fn make_token(who: SignedIn, State(app): State<App>, Fields(draft): Fields<TokenDraft>) -> Answer {
    match draft.parse() {
        Ok(command) => {
            let secret = access::create_token(&app, who.viewer.actor(), who.viewer.user, command).await?;
            page(tokens_page(&who, &app, &FormState::empty(), Some(&secret)).await?)
        }
        Err(refusals) => refused(tokens_page(&who, &app, &FormState::new(&draft, &refusals), None).await?),
    }
}

async fn revoke_token(who: SignedIn, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let token: TokenId = token.parse().map_err(|_| Fail::Missing)?;
    access::revoke_token(&app, &who.viewer, token).await?;
    see_other_saying(&links::access::tokens(), &Flash::good("access-token-revoked"))
}

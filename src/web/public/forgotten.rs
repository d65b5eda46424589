//! Forgotten passwords at both doors.

use crate::{
    Need, Surface,
    answer::{Answer, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::Public,
    path::Path,
};
use app::{
    App, Error,
    access::{self, Door},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse},
};
use domain::{Refusal, access::PasswordDraft};
use serde::{Deserialize, Serialize};
use templates::{
    Flash, FormState, Markup, links,
    public::{Forgotten, ForgottenPage},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/signin/forgotten", Need::Public, form::<false>);
    s.post("/signin/forgotten", Need::Public, ask::<false>);
    s.get("/signin/reset/{token}", Need::Public, choose::<false>);
    s.post("/signin/reset/{token}", Need::Public, set::<false>);
    s.get("/portal/signin/forgotten", Need::Public, form::<true>);
    s.post("/portal/signin/forgotten", Need::Public, ask::<true>);
    s.get("/portal/reset/{token}", Need::Public, choose::<true>);
    s.post("/portal/reset/{token}", Need::Public, set::<true>);
}

const fn door(portal: bool) -> Door {
    if portal { Door::Portal } else { Door::Staff }
}

fn show(public: &Public, portal: bool, step: Forgotten<'_>) -> Markup {
    let mut shell = public.shell();
    // The address may hold a secret: coming back here after a change of language would put it into a form.
    shell.path = if portal { links::portal::sign_in() } else { links::access::sign_in() }.to_string();
    ForgottenPage { step, portal }.render(&shell)
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    email: String,
}

async fn form<const PORTAL: bool>(public: Public) -> Answer {
    page(show(&public, PORTAL, Forgotten::Ask(&FormState::empty())))
}

async fn ask<const PORTAL: bool>(public: Public, State(app): State<App>, Fields(typed): Fields<Typed>) -> Answer {
    let asked = if typed.email.trim().is_empty() {
        Err(Refusal::invalid("required").at("email").into())
    } else {
        access::forgotten(&app, door(PORTAL), &typed.email, &public.address).await
    };
    match asked {
        Ok(()) => page(show(&public, PORTAL, Forgotten::Asked)),
        Err(error) => {
            let form = FormState::new(&typed, &refusals(error)?);
            refused(show(&public, PORTAL, Forgotten::Ask(&form)))
        }
    }
}

/// Unknown, spent, expired: one answer for all.
fn spent(public: &Public, portal: bool) -> Answer {
    let markup = show(public, portal, Forgotten::Spent);
    Ok((StatusCode::NOT_FOUND, Html(markup.into_string())).into_response())
}

async fn choose<const PORTAL: bool>(public: Public, State(app): State<App>, Path(token): Path<String>) -> Answer {
    match access::reset_open(&app, door(PORTAL), &token).await {
        Ok(_) => page(show(&public, PORTAL, Forgotten::Choose(&token, &FormState::empty()))),
        Err(Error::Missing) => spent(&public, PORTAL),
        Err(error) => Err(error.into()),
    }
}

async fn set<const PORTAL: bool>(
    public: Public,
    State(app): State<App>,
    Path(token): Path<String>,
    Fields(draft): Fields<PasswordDraft>,
) -> Answer {
    match access::reset_password(&app, door(PORTAL), &token, &draft).await {
        Ok(()) => {
            let to = if PORTAL { links::portal::sign_in() } else { links::access::sign_in() };
            see_other_saying(&to, &Flash::good("forgotten-done"))
        }
        Err(Error::Missing) => spent(&public, PORTAL),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(show(&public, PORTAL, Forgotten::Choose(&token, &form)))
        }
    }
}

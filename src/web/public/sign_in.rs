//! Signing in and out.

use crate::{
    Need, Surface,
    answer::{Answer, page, redirect, refusals, refused, set_cookie},
    entering::entered,
    fields::Fields,
    guard::{Public, SESSION_COOKIE, SignedIn},
    ui,
};
use app::{
    App,
    access::{self, Attempt},
};
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use templates::{FormState, links, public::SignInPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/", Need::Public, front);
    s.get("/signin", Need::Public, form);
    s.post("/signin", Need::Public, submit);
    s.post("/signout", Need::SignedIn, sign_out);
}

/// What the sign-in form holds.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    email: String,
    #[serde(skip_serializing)]
    password: String,
    then: String,
}

/// The first address people type: where they belong.
async fn front(signed_in: Result<SignedIn, crate::answer::Fail>) -> Answer {
    match signed_in {
        Ok(_) => Ok(redirect(links::edition::list().as_str())),
        Err(_) => Ok(redirect(links::access::sign_in().as_str())),
    }
}

async fn form(public: Public, Query(typed): Query<Typed>) -> Answer {
    let form = FormState::of(&typed);
    page(SignInPage { form: &form, portal: false }.render(&public.shell()))
}

async fn submit(public: Public, State(app): State<App>, Fields(typed): Fields<Typed>) -> Answer {
    let attempt = Attempt {
        email: typed.email.clone(),
        password: typed.password.clone(),
        address: public.address.clone(),
        agent: public.agent.clone(),
    };
    match access::sign_in(&app, &attempt).await {
        Ok(how) => Ok(entered(&app, false, how, &typed.then)),
        Err(error) => {
            let form = FormState::new(&typed, &refusals(error)?);
            refused(SignInPage { form: &form, portal: false }.render(&public.shell()))
        }
    }
}

async fn sign_out(signed_in: SignedIn, State(app): State<App>) -> Answer {
    access::sign_out(&app, signed_in.viewer.actor(), &signed_in.secret).await?;
    let mut response = redirect(links::access::sign_in().as_str());
    set_cookie(&mut response, ui::removal(SESSION_COOKIE));
    Ok(response)
}

//! The second step of signing in, at both doors: a code from the app, or a recovery code.

use crate::{
    Need, Surface,
    answer::{Answer, page, refusals, refused, see_other_saying, set_cookie},
    entering::{opened, waiting_cookie},
    fields::Fields,
    guard::Public,
    ui,
};
use app::{
    App, Error,
    access::{self, Attempt, Door},
};
use axum::extract::{Query, State};
use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};
use templates::{Flash, FormState, Markup, links, public::SecondStepPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/signin/code", Need::Public, form::<false>);
    s.post("/signin/code", Need::Public, submit::<false>);
    s.get("/portal/signin/code", Need::Public, form::<true>);
    s.post("/portal/signin/code", Need::Public, submit::<true>);
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    #[serde(skip_serializing)]
    code: String,
    then: String,
}

const fn door(portal: bool) -> Door {
    if portal { Door::Portal } else { Door::Staff }
}

fn secret(jar: &CookieJar, portal: bool) -> String {
    jar.get(waiting_cookie(portal)).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

/// Nothing waits (any more): it begins at the password again.
fn over(portal: bool) -> Answer {
    let to = if portal { links::portal::sign_in() } else { links::access::sign_in() };
    let mut response = see_other_saying(&to, &Flash::bad("second-step-over"))?;
    set_cookie(&mut response, ui::removal(waiting_cookie(portal)));
    Ok(response)
}

fn show(public: &Public, portal: bool, form: &FormState) -> Markup {
    SecondStepPage { form, portal }.render(&public.shell())
}

async fn form<const PORTAL: bool>(
    public: Public,
    jar: CookieJar,
    State(app): State<App>,
    Query(typed): Query<Typed>,
) -> Answer {
    if access::waits(&app, door(PORTAL), &secret(&jar, PORTAL)).await? {
        page(show(&public, PORTAL, &FormState::of(&typed)))
    } else {
        over(PORTAL)
    }
}

async fn submit<const PORTAL: bool>(
    public: Public,
    jar: CookieJar,
    State(app): State<App>,
    Fields(typed): Fields<Typed>,
) -> Answer {
    let attempt = Attempt {
        email: String::new(),
        password: String::new(),
        address: public.address.clone(),
        agent: public.agent.clone(),
    };
    match access::pass(&app, door(PORTAL), &secret(&jar, PORTAL), &typed.code, &attempt).await {
        Ok(open) => {
            let mut response = opened(&app, PORTAL, open, &typed.then);
            set_cookie(&mut response, ui::removal(waiting_cookie(PORTAL)));
            Ok(response)
        }
        Err(Error::Missing) => over(PORTAL),
        Err(error) => {
            let form = FormState::new(&typed, &refusals(error)?);
            refused(show(&public, PORTAL, &form))
        }
    }
}

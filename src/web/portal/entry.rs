//! The ways into the portal: an invitation, and signing in.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, redirect, refusals, refused, set_cookie},
    entering::entered,
    fields::Fields,
    guard::{Contact, PORTAL_COOKIE, Public, edition_ref},
    path::Path,
    ui,
};
use app::{
    App, Error,
    access::{self, Attempt},
    exhibitor::Invited,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use domain::{access::PasswordDraft, journal::Actor};
use serde::{Deserialize, Serialize};
use templates::{
    FormState, Markup, PortalShell, links,
    portal::{JoinPage, LinkSpentPage},
    public::SignInPage,
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/portal/join/{token}", Need::Public, invitation);
    s.post("/portal/join/{token}", Need::Public, join);
    s.get("/portal/signin", Need::Public, form);
    s.post("/portal/signin", Need::Public, sign_in);
    s.post("/portal/signout", Need::Contact, sign_out);
}

fn frame(public: &Public) -> PortalShell {
    PortalShell {
        theme: public.ui.theme,
        path: public.ui.path.clone(),
        flash: public.ui.flash.clone(),
        ..PortalShell::plain(public.ui.lang)
    }
}

/// The page of an invitation, in the language of the person invited unless this browser chose another.
fn invitation_page(public: &Public, open: &Invited, token: &str, form: &FormState) -> Markup {
    let ui = public.ui.clone().spoken_by(open.contact.locale);
    let shell = PortalShell {
        lang: ui.lang,
        // The address holds a secret: coming back here after a change of language would put it into a form.
        path: links::portal::sign_in().to_string(),
        edition: Some(edition_ref(&open.edition)),
        ..frame(public)
    };
    let view = JoinPage {
        token,
        name: &open.contact.name,
        email: &open.contact.email,
        company: &open.company,
        edition: &open.edition.name,
        form,
    };
    view.render(&shell)
}

/// Unknown, spent, replaced, expired: one answer for all.
fn spent(public: &Public) -> Answer {
    let markup = LinkSpentPage.render(&frame(public));
    Ok((StatusCode::NOT_FOUND, Html(markup.into_string())).into_response())
}

async fn invitation(public: Public, State(app): State<App>, Path(token): Path<String>) -> Answer {
    match app::exhibitor::invited(&app, &token).await {
        Ok(open) => page(invitation_page(&public, &open, &token, &FormState::empty())),
        Err(Error::Missing) => spent(&public),
        Err(error) => Err(error.into()),
    }
}

fn attempt(public: &Public, email: &str, password: &str) -> Attempt {
    Attempt {
        email: email.to_owned(),
        password: password.to_owned(),
        address: public.address.clone(),
        agent: public.agent.clone(),
    }
}

async fn join(
    public: Public,
    State(app): State<App>,
    Path(token): Path<String>,
    Fields(draft): Fields<PasswordDraft>,
) -> Answer {
    let error = match app::exhibitor::join(&app, &token, &draft, &attempt(&public, "", "")).await {
        Ok(how) => return Ok(entered(&app, true, how, "")),
        Err(Error::Missing) => return spent(&public),
        Err(error) => error,
    };
    let form = FormState::new(&draft, &refusals(error)?);
    match app::exhibitor::invited(&app, &token).await {
        Ok(open) => refused(invitation_page(&public, &open, &token, &form)),
        Err(Error::Missing) => spent(&public),
        Err(error) => Err(error.into()),
    }
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

async fn form(public: Public, Query(typed): Query<Typed>) -> Answer {
    page(SignInPage { form: &FormState::of(&typed), portal: true }.render(&public.shell()))
}

async fn sign_in(public: Public, State(app): State<App>, Fields(typed): Fields<Typed>) -> Answer {
    match app::exhibitor::sign_in(&app, &attempt(&public, &typed.email, &typed.password)).await {
        Ok(how) => Ok(entered(&app, true, how, &typed.then)),
        Err(error) => {
            let form = FormState::new(&typed, &refusals(error)?);
            refused(SignInPage { form: &form, portal: true }.render(&public.shell()))
        }
    }
}

async fn sign_out(contact: Contact, State(app): State<App>) -> Result<Response, Fail> {
    let actor: Actor = contact.viewer.actor();
    access::sign_out(&app, actor, &contact.secret).await?;
    let mut response = redirect(links::portal::sign_in().as_str());
    set_cookie(&mut response, ui::removal(PORTAL_COOKIE));
    Ok(response)
}

//! The way in, at both doors: a session's cookie, or the cookie a sign-in waits behind until its code is right.

use crate::{
    answer::{redirect, set_cookie},
    guard::{PORTAL_COOKIE, SESSION_COOKIE},
    ui,
};
use app::{
    App,
    access::{Entered, Open, WAITING_MINUTES},
};
use axum::response::Response;
use templates::{Href, links};

/// The cookie a sign-in waits behind.
pub(crate) const fn waiting_cookie(portal: bool) -> &'static str {
    if portal { "fl_portal_waiting" } else { "fl_waiting" }
}

/// Where somebody wanted to go, if it is a place of this door; its home otherwise.
pub(crate) fn destination(portal: bool, then: &str) -> Href {
    let wanted = Href::local(then).filter(|link| !portal || link.as_str().starts_with("/portal"));
    wanted.unwrap_or_else(if portal { links::portal::home } else { links::edition::list })
}

/// In, or on to the question for a code.
pub(crate) fn entered(app: &App, portal: bool, entered: Entered, then: &str) -> Response {
    match entered {
        Entered::Open(open) => opened(app, portal, open, then),
        Entered::Waiting(secret) => {
            let mut response = redirect(links::account::code_then(portal, then).as_str());
            let cookie = ui::brief_cookie(waiting_cookie(portal), secret, WAITING_MINUTES, app);
            set_cookie(&mut response, cookie);
            response
        }
    }
}

/// In. Nothing waits any more.
pub(crate) fn opened(app: &App, portal: bool, open: Open, then: &str) -> Response {
    let mut response = redirect(destination(portal, then).as_str());
    let name = if portal { PORTAL_COOKIE } else { SESSION_COOKIE };
    set_cookie(&mut response, ui::session_cookie(name, open.secret, app));
    response
}

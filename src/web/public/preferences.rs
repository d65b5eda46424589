//! Language and look, for anybody: kept in this browser, and the language with the account of those signed in.

use crate::{
    Need, Surface,
    answer::{Answer, redirect, set_cookie},
    fields::Fields,
    guard::SignedIn,
    ui,
};
use app::App;
use axum::extract::State;
use domain::Locale;
use serde::Deserialize;
use templates::{Href, Theme, links};

pub(crate) fn routes(s: &mut Surface) {
    s.post("/preferences", Need::Public, choose);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Choice {
    locale: String,
    theme: String,
    then: String,
}

async fn choose(
    signed_in: Result<SignedIn, crate::answer::Fail>,
    State(app): State<App>,
    Fields(choice): Fields<Choice>,
) -> Answer {
    let back = Href::local(&choice.then).unwrap_or_else(links::access::sign_in);
    let mut response = redirect(back.as_str());
    if let Some(locale) = Locale::parse(&choice.locale) {
        set_cookie(&mut response, ui::lasting(ui::LOCALE, locale.code().to_owned()));
        if let Ok(person) = signed_in {
            app::access::set_locale(&app, person.viewer.actor(), person.viewer.user, locale).await?;
        }
    }
    if let Some(theme) = Theme::parse(&choice.theme) {
        set_cookie(&mut response, ui::lasting(ui::THEME, theme.code().to_owned()));
    }
    Ok(response)
}

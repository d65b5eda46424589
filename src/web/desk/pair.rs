//! Pairing a browser: the code is typed or comes with the QR code, a person agrees, the key becomes a cookie
//! that scripts cannot read.

use crate::{
    Need, Surface,
    answer::{Answer, page, redirect, refusals, refused, see_other, set_cookie},
    fields::Fields,
    guard::{DEVICE_COOKIE, Device, Public},
    path::Path,
    ui,
};
use app::{App, admission};
use axum::extract::State;
use axum_extra::extract::cookie::CookieJar;
use domain::Refusal;
use serde::{Deserialize, Serialize};
use templates::desk::pair::{PairConfirmPage, PairPage};
use templates::{DeskShell, FormState, links};

/// A device keeps its key for the length of a season; the show is over by then.
const KEY_DAYS: i64 = 400;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/desk/pair", Need::Public, form);
    s.post("/desk/pair", Need::Public, look_up);
    s.get("/desk/pair/{code}", Need::Public, confirm);
    s.post("/desk/pair/{code}", Need::Public, pair);
    s.post("/desk/leave", Need::Device, leave);
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    code: String,
}

fn shell(public: &Public) -> DeskShell {
    let ui = &public.ui;
    DeskShell { theme: ui.theme, path: ui.path.clone(), flash: ui.flash.clone(), ..DeskShell::plain(ui.lang) }
}

fn unknown(public: &Public, code: &str) -> Answer {
    let typed = Typed { code: code.chars().take(40).collect() };
    let form = FormState::new(&typed, &[Refusal::invalid("pairing-unknown").at("code")]);
    refused(PairPage { form: &form, revoked: false }.render(&shell(public)))
}

async fn form(public: Public, jar: CookieJar) -> Answer {
    // A cookie that led here no longer opens the scan page.
    let revoked = jar.get(DEVICE_COOKIE).is_some();
    page(PairPage { form: &FormState::empty(), revoked }.render(&shell(&public)))
}

async fn look_up(public: Public, State(app): State<App>, Fields(typed): Fields<Typed>) -> Answer {
    match admission::pairing(&app, &typed.code).await? {
        Some(_) => see_other(&links::desk::pair_with(typed.code.trim())),
        None => unknown(&public, &typed.code),
    }
}

async fn confirm(public: Public, State(app): State<App>, Path(code): Path<String>) -> Answer {
    let Some((device, gate)) = admission::pairing(&app, &code).await? else { return unknown(&public, &code) };
    page(PairConfirmPage { code: &code, device: &device.name, gate: &gate }.render(&shell(&public)))
}

async fn pair(public: Public, State(app): State<App>, Path(code): Path<String>) -> Answer {
    match admission::pair_device(&app, &code).await {
        Ok((_, key)) => {
            let mut response = redirect(links::desk::home().as_str());
            set_cookie(&mut response, ui::device_cookie(DEVICE_COOKIE, key, KEY_DAYS, &app));
            Ok(response)
        }
        Err(error) => {
            refusals(error)?;
            unknown(&public, &code)
        }
    }
}

async fn leave(_: Device) -> Answer {
    let mut response = redirect(links::desk::pair().as_str());
    set_cookie(&mut response, ui::removal(DEVICE_COOKIE));
    Ok(response)
}

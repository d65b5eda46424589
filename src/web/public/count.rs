//! Anybody may check a frozen count whose code they hold: the page, and the text that was sealed.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, refused, see_other},
    fields::Fields,
    guard::Public,
    path::Path,
};
use app::{App, admission};
use axum::extract::State;
use domain::Refusal;
use domain::admission::audit;
use domain::admission::count_view::Freeze;
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use templates::public::count::{CertificatePage, VerifyPage};
use templates::{FormState, links};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/verify/count", Need::Public, ask);
    s.post("/verify/count", Need::Public, find);
    s.get("/verify/count/{code}", Need::Public, show);
    s.get("/verify/count/{code}/certificate.json", Need::Public, text);
}

async fn ask(caller: Public) -> Answer {
    page(VerifyPage { form: &FormState::empty() }.render(&caller.shell()))
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    code: String,
}

/// A code as typed: letters of any case, with or without blanks.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(40).collect()
}

async fn by_code(app: &App, code: &str) -> Result<Freeze, Fail> {
    read::freeze_by_code(&app.reader(), &plain(code)).await?.ok_or(Fail::Missing)
}

async fn find(caller: Public, State(app): State<App>, Fields(typed): Fields<Typed>) -> Answer {
    match by_code(&app, &typed.code).await {
        Ok(freeze) => see_other(&links::public::count(&freeze.code)),
        Err(Fail::Missing) => {
            let refusals = [Refusal::missing("count-code-unknown").at("code")];
            refused(VerifyPage { form: &FormState::new(&typed, &refusals) }.render(&caller.shell()))
        }
        Err(other) => Err(other),
    }
}

async fn show(caller: Public, State(app): State<App>, Path(code): Path<String>) -> Answer {
    let freeze = by_code(&app, &code).await?;
    let certificate = freeze.certificate().ok_or(Fail::Missing)?;
    let reader = app.reader();
    let edition = store::read::edition::by_id(&reader, freeze.edition).await?.ok_or(Fail::Missing)?;
    let checks = read::freeze_checks(&reader, freeze.id, 1).await?;
    let html = CertificatePage {
        figures: &certificate.figures,
        profile: audit::profile(&freeze.profile).unwrap_or(&audit::profiles()[0]),
        edition: &certificate.name,
        check: checks.first(),
        sealed: admission::seal_holds(&freeze),
        zone: edition.time_zone,
        freeze: &freeze,
    };
    page(html.render(&caller.shell()))
}

async fn text(_: Public, State(app): State<App>, Path(code): Path<String>) -> Answer {
    let freeze = by_code(&app, &code).await?;
    let name = format!("count-{}.json", freeze.code);
    download(&name, "application/json", freeze.text.into_bytes())
}

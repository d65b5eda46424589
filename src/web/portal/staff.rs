//! The exhibitor names the people on its stand; each has a badge.

use super::{refusal, shell};
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, download_file, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::Contact,
    path::Path,
    upload,
};
use app::{
    App, Error, delegation as verbs,
    spreadsheet::{Format, Writer},
};
use axum::extract::{Query, Request, State};
use domain::{
    Refusal, RegistrationId,
    registration::{Draft, intake::Fault},
};
use serde::Deserialize;
use store::read::{self, delegation as groups, voucher as accounts};
use templates::{Flash, FormState, Markup, links, portal::StaffPage};

/// Rows on a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/portal/staff", Need::Contact, list);
    s.post("/portal/staff", Need::Contact, add);
    s.post("/portal/staff/{own}/cancel", Need::Contact, cancel);
    s.get("/portal/staff/{own}/badge.pdf", Need::Contact, badge);
    s.get("/portal/staff/table", Need::Contact, template);
    s.post("/portal/staff/table", Need::Contact, table);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Further {
    before: String,
}

/// What the page's two forms hold, and what a table came to.
#[derive(Default)]
struct Typed {
    one: FormState,
    table: FormState,
    faults: Vec<Fault>,
}

async fn draw(contact: &Contact, app: &App, before: &str, typed: &Typed) -> Result<Markup, Fail> {
    let (reader, viewer) = (app.reader(), &contact.viewer);
    let account = accounts::accounts(&reader, viewer.edition, ("", ""), Some(viewer.participation), 1).await?;
    let account = account.rows.first().ok_or(Fail::Missing)?.staff;
    let mut rows = match verbs::own_group(app, &contact.edition, viewer.participation).await? {
        Some(group) => groups::members(&reader, group, before.parse().ok(), PAGE as u32 + 1).await?,
        None => Vec::new(),
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.number);
    let view = StaffPage {
        account,
        rows: &rows,
        next,
        later: !before.is_empty(),
        form: &typed.one,
        table: &typed.table,
        faults: &typed.faults,
    };
    Ok(view.render(&shell(contact, app).await?))
}

async fn list(contact: Contact, State(app): State<App>, Query(further): Query<Further>) -> Answer {
    page(draw(&contact, &app, &further.before, &Typed { one: empty(&app), ..Typed::default() }).await?)
}

/// An empty form, with the key that makes a double click one person.
fn empty(app: &App) -> FormState {
    FormState::of(&Draft { submission: app.id::<RegistrationId>().uuid().to_string(), ..Draft::default() })
}

async fn template(contact: Contact) -> Answer {
    let heads = app::intake::template(contact.ui.lang);
    download_file("staff.csv", Writer::begin(Format::Csv, &heads)?.finish()?)
}

async fn table(contact: Contact, State(app): State<App>, request: Request) -> Answer {
    let by = verbs::By::Exhibitor(contact.viewer.participation);
    let taken = match upload::raw_file(request, &app).await? {
        Some((_, content)) => {
            app::intake::take_small(&app, contact.viewer.actor(), &contact.edition, by, content).await
        }
        None => Err(Refusal::invalid("required").at("file").into()),
    };
    match taken {
        Ok(small) if small.faults.is_empty() => said(Flash::good("intake-small-done").with("count", small.made)),
        Ok(small) => {
            let typed = Typed { one: empty(&app), faults: small.faults, ..Typed::default() };
            refused(draw(&contact, &app, "", &typed).await?)
        }
        Err(error) => {
            let form = FormState::new(&serde_json::json!({}), &refusals(error)?);
            let typed = Typed { one: empty(&app), table: form, ..Typed::default() };
            refused(draw(&contact, &app, "", &typed).await?)
        }
    }
}

fn said(flash: Flash) -> Answer {
    see_other_saying(&links::delegation::portal(), &flash)
}

async fn add(contact: Contact, State(app): State<App>, Fields(draft): Fields<Draft>) -> Answer {
    let by = verbs::By::Exhibitor(contact.viewer.participation);
    match verbs::add_member(&app, contact.viewer.actor(), &contact.edition, by, &draft).await {
        Ok(_) => said(Flash::good("portal-staff-added")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&contact, &app, "", &Typed { one: form, ..Typed::default() }).await?)
        }
    }
}

async fn cancel(contact: Contact, State(app): State<App>, Path(member): Path<RegistrationId>) -> Answer {
    let by = verbs::By::Exhibitor(contact.viewer.participation);
    match verbs::cancel_member(&app, contact.viewer.actor(), &contact.edition, by, member).await {
        Ok(()) => said(Flash::good("portal-staff-cancelled")),
        Err(Error::Refused(list)) => said(refusal(list)?),
        Err(error) => Err(error.into()),
    }
}

async fn badge(contact: Contact, State(app): State<App>, Path(member): Path<RegistrationId>) -> Answer {
    let (reader, edition) = (app.reader(), contact.edition.id);
    if !groups::belongs(&reader, edition, member, contact.viewer.participation).await? {
        return Err(Fail::Missing);
    }
    let badge = read::registration::badge(&reader, edition, member).await?.ok_or(Fail::Missing)?;
    let name = format!("badge-{}.pdf", badge.serial);
    download(&name, "application/pdf", app::printing::badge_file(&reader, edition, badge).await?)
}

//! People at a desk or with a supervisor: find them, register those who come without a registration, print the badge,
//! present it at the gate of this device.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, refusals, refused, see_other, see_other_saying},
    arrival,
    fields::{Both, Fields},
    guard::Device,
    path::Path,
    printers::{self, Where},
};
use app::printing::{PrintWish, print_badge};
use app::{App, admission, registration as verbs};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use domain::admission::scan::ScanDraft;
use domain::edition::Edition;
use domain::journal::Actor;
use domain::printing::station::StationChoice;
use domain::registration::view::Filter;
use domain::registration::{Category, Draft, Entry};
use domain::{Refusal, RegistrationId, ScanId};
use serde::{Deserialize, Serialize};
use store::read::{admission as gates, edition as editions, registration as read};
use templates::desk::people::{FindPage, PersonPage, WalkInPage};
use templates::{Flash, FormState, links};

/// People shown for what was looked for.
const FOUND: u32 = 20;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/desk/people", Need::Device, find);
    s.get("/desk/people/{registration}", Need::Device, show);
    s.get("/desk/people/{registration}/badge.pdf", Need::Device, badge_pdf);
    s.post("/desk/people/{registration}/print", Need::Device, print);
    s.post("/desk/people/{registration}/check-in", Need::Device, check_in);
    s.get("/desk/walk-in", Need::Device, form);
    s.post("/desk/walk-in", Need::Device, submit);
}

/// Names are for desks and supervisors; a steward's phone shows whom a badge belongs to, and nobody else.
fn may_search(device: &Device) -> Result<(), Fail> {
    let profile = device.known.key.device.profile;
    if profile.may_search() { Ok(()) } else { Err(Refusal::conflict("device-may-not-search").into()) }
}

fn actor(device: &Device) -> Actor {
    let its = &device.known.key.device;
    Actor::Device { id: its.id, name: its.name.clone() }
}

async fn edition_of(device: &Device, app: &App) -> Result<Edition, Fail> {
    editions::by_id(&app.reader(), device.known.key.device.edition).await?.ok_or(Fail::Missing)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Lookup {
    q: String,
}

async fn find(device: Device, State(app): State<App>, Query(lookup): Query<Lookup>) -> Answer {
    may_search(&device)?;
    let filter = Filter { q: lookup.q.clone(), ..Filter::default() };
    let edition = device.known.key.device.edition;
    let found = match lookup.q.trim() {
        "" => Vec::new(),
        _ => read::list(&app.reader(), edition, &filter, None, FOUND).await?,
    };
    page(FindPage { q: &lookup.q, found: &found }.render(&device.shell()))
}

/// Where a badge is to be printed, and why once more.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    station: String,
    /// `again` or `replace`.
    how: String,
    again: String,
}

async fn show(device: Device, State(app): State<App>, Path(id): Path<RegistrationId>) -> Answer {
    may_search(&device)?;
    person(&device, &app, id, None).await
}

/// Seconds after which the page of a person whose badge is on its way looks again.
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static("3");

async fn person(device: &Device, app: &App, id: RegistrationId, refused_form: Option<FormState>) -> Answer {
    let (reader, its) = (app.reader(), &device.known.key.device);
    let row = read::row(&reader, its.edition, id).await?.ok_or(Fail::Missing)?;
    let badge = read::badge(&reader, its.edition, id).await?;
    let code = badge.as_ref().map(|badge| verbs::qr(&badge.code));
    let printers = printers::at_device(app, &device.known).await?;
    let paper = printers::paper(app, &printers, its.edition, id).await?;
    let is_moving = paper.as_ref().is_some_and(templates::desk::paper::Paper::is_moving);
    let asked = Asked { station: printers.value(), how: "replace".to_owned(), ..Asked::default() };
    let form = refused_form.unwrap_or_else(|| FormState::of(&asked));
    let html = PersonPage {
        id,
        row: &row,
        badge: badge.as_ref().zip(code.as_ref()),
        at_gate: its.gate.is_some(),
        printers: &printers,
        paper: paper.as_ref(),
        form: &form,
    };
    let html = html.render(&device.shell());
    if !form.is_clean() {
        return refused(html);
    }
    let mut response = page(html)?;
    if is_moving {
        response.headers_mut().insert(header::REFRESH, LOOK_AGAIN);
    }
    Ok(response)
}

/// The badge goes to a printer; one printed before only with a reason.
async fn print(
    device: Device,
    State(app): State<App>,
    Path(id): Path<RegistrationId>,
    Fields(asked): Fields<Asked>,
) -> Answer {
    may_search(&device)?;
    let edition = edition_of(&device, &app).await?;
    let station = asked.station.parse().ok();
    let outcome = match station {
        Some(_) => {
            let wish = PrintWish { station, again: asked.again.trim().to_owned(), replace: asked.how == "replace" };
            print_badge(&app, actor(&device), &edition, id, &wish).await
        }
        None => Err(Refusal::invalid("unknown-choice").at("station").into()),
    };
    match outcome {
        Ok(queued) => {
            let said = Flash::good("desk-printing").with("station", queued.station);
            let choice = station.map_or(StationChoice::Nowhere, StationChoice::At);
            admission::choose_station(&app, &device.known, choice).await?;
            see_other_saying(&links::desk::person(id), &said)
        }
        Err(error) => person(&device, &app, id, Some(FormState::new(&asked, &refusals(error)?))).await,
    }
}

async fn badge_pdf(device: Device, State(app): State<App>, Path(id): Path<RegistrationId>) -> Answer {
    may_search(&device)?;
    let edition = device.known.key.device.edition;
    let badge = read::badge(&app.reader(), edition, id).await?.ok_or(Fail::Missing)?;
    let name = format!("badge-{}.pdf", badge.serial);
    download(&name, "application/pdf", app::printing::badge_file(&app.reader(), edition, badge).await?)
}

/// The person's badge is presented as if it had been scanned: the same decision, the same log.
async fn check_in(device: Device, State(app): State<App>, Path(id): Path<RegistrationId>) -> Answer {
    may_search(&device)?;
    let edition = device.known.key.device.edition;
    let code = gates::active_code(&app.reader(), edition, id).await?.ok_or(Fail::Missing)?;
    let draft = ScanDraft { id: app.id::<ScanId>().to_string(), code, ..ScanDraft::default() };
    let answer = admission::record_scan(&app, device.by(), draft.parse()?).await?;
    arrival::after_scan(&app, &device.known, &answer).await;
    see_other(&links::desk::home().query(&[("scan", &answer.scan.to_string())]))
}

async fn form(device: Device, State(app): State<App>, Query(lookup): Query<Lookup>) -> Answer {
    may_search(&device)?;
    // What was looked for and not found is not typed again.
    let draft = Draft {
        submission: app.id::<RegistrationId>().to_string(),
        category: Category::TradeVisitor.code().to_owned(),
        email: if lookup.q.contains('@') { lookup.q.trim().to_owned() } else { String::new() },
        family_name: if lookup.q.contains('@') { String::new() } else { lookup.q.trim().chars().take(80).collect() },
        ..Draft::default()
    };
    let printers = printers::at_device(&app, &device.known).await?;
    page(WalkInPage { form: &FormState::of(&draft), printers: &printers }.render(&device.shell()))
}

async fn submit(device: Device, State(app): State<App>, Both(draft, place): Both<Draft, Where>) -> Answer {
    may_search(&device)?;
    let station = place.station();
    let edition = edition_of(&device, &app).await?;
    let outcome = match draft.parse(Entry::Desk) {
        Ok(wish) => verbs::register_and_print(&app, actor(&device), &edition, &wish, station).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok((entered, _)) => {
            if let Some(choice) = place.kept(printers::at_device(&app, &device.known)).await? {
                admission::choose_station(&app, &device.known, choice).await?;
            }
            see_other(&links::desk::person(entered.id))
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            let printers = printers::at_device(&app, &device.known).await?.chosen(station);
            refused(WalkInPage { form: &form, printers: &printers }.render(&device.shell()))
        }
    }
}

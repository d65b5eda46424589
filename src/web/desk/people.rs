//! People at a desk or with a supervisor: find them, register those who come without a registration, print the badge,
//! present it at the gate of this device.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, refusals, refused, see_other, see_other_saying},
    fields::Fields,
    guard::Device,
    path::Path,
};
use app::printing::{PrintWish, print_badge};
use app::{App, admission, registration as verbs};
use axum::extract::{Query, State};
use domain::admission::scan::ScanDraft;
use domain::edition::Edition;
use domain::journal::Actor;
use domain::registration::view::Filter;
use domain::registration::{Category, Draft, Entry};
use domain::{Refusal, RegistrationId, ScanId};
use serde::{Deserialize, Serialize};
use store::read::{admission as gates, edition as editions, printing, registration as read};
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
    again: String,
}

async fn show(device: Device, State(app): State<App>, Path(id): Path<RegistrationId>) -> Answer {
    may_search(&device)?;
    person(&device, &app, id, FormState::empty()).await
}

async fn person(device: &Device, app: &App, id: RegistrationId, form: FormState) -> Answer {
    let (reader, its) = (app.reader(), &device.known.key.device);
    let row = read::row(&reader, its.edition, id).await?.ok_or(Fail::Missing)?;
    let badge = read::badge(&reader, its.edition, id).await?;
    let code = badge.as_ref().map(|badge| verbs::qr(&badge.code));
    let mut stations = printing::stations(&reader, its.edition).await?;
    stations.retain(domain::printing::Station::takes_jobs);
    let html = PersonPage {
        id,
        row: &row,
        badge: badge.as_ref().zip(code.as_ref()),
        at_gate: its.gate.is_some(),
        stations: &stations,
        form: &form,
    };
    let html = html.render(&device.shell());
    if form.is_clean() { page(html) } else { refused(html) }
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
    let outcome = match asked.station.parse() {
        Ok(station) => {
            let wish = PrintWish { station: Some(station), again: asked.again.trim().to_owned(), replace: false };
            print_badge(&app, actor(&device), &edition, id, &wish).await
        }
        Err(_) => Err(Refusal::invalid("unknown-choice").at("station").into()),
    };
    match outcome {
        Ok(queued) => {
            let said = Flash::good("desk-printing").with("station", queued.station);
            see_other_saying(&links::desk::person(id), &said)
        }
        Err(error) => person(&device, &app, id, FormState::new(&asked, &refusals(error)?)).await,
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
    page(WalkInPage { form: &FormState::of(&draft) }.render(&device.shell()))
}

async fn submit(device: Device, State(app): State<App>, Fields(draft): Fields<Draft>) -> Answer {
    may_search(&device)?;
    let edition = edition_of(&device, &app).await?;
    let outcome = match draft.parse(Entry::Desk) {
        Ok(wish) => verbs::register_walk_in(&app, actor(&device), &edition, &wish).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(entered) => see_other(&links::desk::person(entered.id)),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(WalkInPage { form: &form }.render(&device.shell()))
        }
    }
}

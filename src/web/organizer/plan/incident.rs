//! Pages and acts of contingency: the book, declaring in three taps, the running incident.

use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::{Need, Surface, path::Path};
use app::App;
use app::plan::incident::{self as verbs, Declare};
use axum::extract::{Query, State};
use domain::access::Permission;
use domain::plan::contingency::{self, Entry};
use domain::plan::incident::decides;
use domain::plan::incident_view::IncidentPage;
use serde::{Deserialize, Serialize};
use store::read;
use store::read::plan::incident;
use templates::organizer::plan::incident::{
    BookPage, DeclarePage, EntryPage, IncidentAct, IncidentList, IncidentRecord, IncidentSummary, PlaceChoice, alarm,
};
use templates::{Flash, FormState, Markup, links};

type IncidentPath = Path<(String, String)>;

pub(super) fn routes(s: &mut Surface) {
    let (read, work) = (Permission::PlanRead, Permission::PlanWork);
    s.get("/e/{edition}/incidents", Need::Staff(read), list);
    s.get("/e/{edition}/incidents/book", Need::Staff(read), book);
    s.get("/e/{edition}/incidents/book/{entry}", Need::Staff(read), entry);
    s.get("/e/{edition}/incidents/declare", Need::Staff(work), declaring);
    s.post("/e/{edition}/incidents/declare", Need::Staff(work), declare);
    s.get("/e/{edition}/incidents/alarm", Need::Staff(read), warning);
    s.get("/e/{edition}/incidents/{incident}", Need::Staff(read), show);
    s.get("/e/{edition}/incidents/{incident}/summary", Need::Staff(read), summary);
    s.post("/e/{edition}/incidents/{incident}/notes", Need::Staff(work), note);
    s.post("/e/{edition}/incidents/{incident}/first-action", Need::Staff(work), first_action);
    s.post("/e/{edition}/incidents/{incident}/stand-down", Need::Staff(work), stand_down);
}

async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    let rows = incident::incidents(&app.reader(), staff.edition.id).await?;
    let list = IncidentList {
        slug: &staff.edition.slug,
        rows: &rows,
        zone: staff.edition.time_zone,
        now: app.now(),
        may_work: staff.may(Permission::PlanWork),
    };
    page(list.render(&staff.shell()))
}

/// What the book shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    level: String,
}

async fn book(staff: Staff<may::PlanRead>, Query(wanted): Query<Wanted>) -> Answer {
    let may_work = staff.may(Permission::PlanWork);
    page(BookPage { slug: &staff.edition.slug, q: &wanted.q, level: &wanted.level, may_work }.render(&staff.shell()))
}

async fn entry(staff: Staff<may::PlanRead>, Path((_, code)): IncidentPath) -> Answer {
    let entry = contingency::find(&code).ok_or(Fail::Missing)?;
    let may_work = staff.may(Permission::PlanWork);
    page(EntryPage { slug: &staff.edition.slug, entry, may_work }.render(&staff.shell()))
}

async fn places<P>(staff: &Staff<P>, app: &App, entry: &Entry) -> Result<Vec<PlaceChoice>, Fail> {
    let edition = &staff.edition;
    let tree = read::venue::tree(&app.reader(), edition.venue, edition.id).await?;
    let kinds = &entry.places;
    // A stand is named in the note: six hundred of them are no choice for a thumb.
    let fits = |kind| kinds.contains(&kind) || kind == domain::venue::PlaceKind::Venue;
    let places = tree.into_iter().map(|row| row.place).filter(|place| fits(place.kind));
    Ok(places.map(|place| PlaceChoice { id: place.id, name: place.name, kind: place.kind.code() }).collect())
}

async fn declare_page<P>(staff: &Staff<P>, app: &App, draft: &Declare, form: FormState) -> Result<Markup, Fail> {
    let hazard = contingency::find(&draft.hazard);
    let places = match hazard {
        Some(entry) => places(staff, app, entry).await?,
        None => Vec::new(),
    };
    let place = places.iter().find(|place| place.id.to_string() == draft.place);
    let declaring = DeclarePage { slug: &staff.edition.slug, hazard, place, places: &places, form };
    Ok(declaring.render(&staff.shell()))
}

async fn declaring(staff: Staff<may::PlanWork>, State(app): State<App>, Query(draft): Query<Declare>) -> Answer {
    page(declare_page(&staff, &app, &draft, FormState::empty()).await?)
}

async fn declare(staff: Staff<may::PlanWork>, State(app): State<App>, Fields(draft): Fields<Declare>) -> Answer {
    match verbs::declare(&app, &staff.viewer, &staff.edition, &draft).await {
        Ok(number) => {
            let flash = Flash::good("incident-declared-flash").with("number", number);
            see_other_saying(&links::watch::incident(&staff.edition.slug, number), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(declare_page(&staff, &app, &draft, form).await?)
        }
    }
}

async fn warning(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    let alarms = incident::alarms(&app.reader(), staff.edition.id).await?;
    page(alarm(staff.ui.lang, &staff.edition.slug, staff.edition.time_zone, &alarms))
}

async fn found<P>(staff: &Staff<P>, app: &App, number: &str) -> Result<(IncidentPage, &'static Entry), Fail> {
    let number = number.parse().map_err(|_| Fail::Missing)?;
    let page = incident::page(&app.reader(), staff.edition.id, number, app.now()).await?.ok_or(Fail::Missing)?;
    let entry = contingency::find(&page.row.incident.entry).ok_or(Fail::Missing)?;
    Ok((page, entry))
}

async fn render<P>(
    staff: &Staff<P>,
    app: &App,
    number: &str,
    refusal: Option<(IncidentAct, FormState)>,
) -> Result<Markup, Fail> {
    let (page, entry) = found(staff, app, number).await?;
    let by = verbs::person(&staff.viewer, staff.edition.id);
    let record = IncidentRecord {
        slug: &staff.edition.slug,
        page: &page,
        entry,
        zone: staff.edition.time_zone,
        refused: refusal,
        may_work: staff.may(Permission::PlanWork),
        decides: staff.may(Permission::PlanWork) && decides(entry, &by),
    };
    Ok(record.render(&staff.shell()))
}

async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, number)): IncidentPath) -> Answer {
    page(render(&staff, &app, &number, None).await?)
}

async fn summary(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, number)): IncidentPath) -> Answer {
    let (found, entry) = found(&staff, &app, &number).await?;
    let (edition, lang) = (&staff.edition, staff.ui.lang);
    let footer = format!("{} · {}", edition.name.get(lang.locale()), lang.instant(app.now(), edition.time_zone));
    let sheet = IncidentSummary { slug: &edition.slug, page: &found, entry, zone: edition.time_zone };
    page(sheet.render(lang, footer))
}

/// What is said with an act.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    text: String,
    met: String,
}

async fn answer(
    staff: &Staff<may::PlanWork>,
    app: &App,
    number: &str,
    form: (IncidentAct, &Said),
    done: Result<&str, app::Error>,
) -> Answer {
    match done {
        Ok(flash) => {
            let link = links::watch::incident(&staff.edition.slug, number.parse().map_err(|_| Fail::Missing)?);
            see_other_saying(&link, &Flash::good(flash))
        }
        Err(error) => {
            let state = FormState::new(form.1, &refusals(error)?);
            refused(render(staff, app, number, Some((form.0, state))).await?)
        }
    }
}

async fn note(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, number)): IncidentPath,
    Fields(said): Fields<Said>,
) -> Answer {
    let id = found(&staff, &app, &number).await?.0.row.incident.id;
    let done = verbs::note(&app, &staff.viewer, staff.edition.id, id, &said.text).await;
    answer(&staff, &app, &number, (IncidentAct::Note, &said), done.map(|()| "incident-noted-flash")).await
}

async fn first_action(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, number)): IncidentPath,
    Fields(said): Fields<Said>,
) -> Answer {
    let id = found(&staff, &app, &number).await?.0.row.incident.id;
    let done = verbs::first_action(&app, &staff.viewer, staff.edition.id, id, &said.text).await;
    answer(&staff, &app, &number, (IncidentAct::FirstAction, &said), done.map(|()| "incident-first-action-flash")).await
}

async fn stand_down(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, number)): IncidentPath,
    Fields(said): Fields<Said>,
) -> Answer {
    let id = found(&staff, &app, &number).await?.0.row.incident.id;
    let met = said.met == "yes";
    let done = verbs::stand_down(&app, &staff.viewer, staff.edition.id, id, met, &said.text).await;
    answer(&staff, &app, &number, (IncidentAct::StandDown, &said), done.map(|()| "incident-over-flash")).await
}

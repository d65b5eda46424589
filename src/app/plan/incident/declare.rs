//! Declaring an incident: the clock starts, its tasks join the running plan, the roles are called.

use super::super::extra_task::{Extra, join};
use super::super::space::suspend_place;
use super::super::under_way::take;
use super::person;
use crate::{App, Error, Outgoing, Work};
use domain::access::{Role, Viewer};
use domain::edition::Edition;
use domain::plan::contingency::{self, Entry, Level};
use domain::plan::escalation::Member;
use domain::plan::incident::{self, Declaration, Incident, LineKind};
use domain::plan::{PlaceKind, Sheet};
use domain::refusal::Parse;
use domain::venue::{Place, PlaceKind as Venue};
use domain::{Bilingual, PlaceId, Refusal};
use serde::{Deserialize, Serialize};
use store::read;
use store::record::incident as record;
use templates::mails::plan::Alert;
use templates::{Lang, links};

/// An incident as declared: three taps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Declare {
    /// Code of the hazard.
    pub hazard: String,
    /// Place id; empty where the hazard has no place.
    pub place: String,
    /// Where exactly, what was seen; may be empty.
    pub note: String,
}

/// Declares an incident; answers its number.
///
/// # Errors
/// `unknown-choice` at `hazard` or `place`.
pub async fn declare(app: &App, viewer: &Viewer, edition: &Edition, draft: &Declare) -> Result<i32, Error> {
    let mut parse = Parse::new();
    let entry = parse.choice("hazard", &draft.hazard, contingency::find);
    let note = parse.optional("note", &draft.note, 500);
    let Some(entry) = entry else { return Err(parse.finish(|| ()).err().unwrap_or_default().into()) };
    parse.finish(|| ())?;
    let place = place(app, edition, entry, &draft.place).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    let line = read::plan::watch::line(work.tx(), edition.id).await?;
    let said = Declaration {
        edition: edition.id,
        number: record::next_number(work.tx(), edition.id).await?,
        place: place.as_ref().map(|place| (place.id, place.name.clone())),
        note,
    };
    let by = person(viewer, edition.id);
    let (mut incident, first, facts) = incident::declare(work.id(), entry, said, &by, work.now());
    work.note(facts);
    let mut lines = vec![first];
    let mut new = plan.old.clone();
    let extras = extras(entry, &incident, &new, place.as_ref());
    let tasks = join(&work, edition, &mut new, &extras, &line).await?;
    plan.settle(&mut work, new, None).await?;
    let codes: Vec<&str> = extras.iter().map(|extra| extra.code.as_str()).collect();
    lines.push(incident.add(LineKind::Tasks, &codes.join(", "), None, work.now()));
    if let Some(place) = place.as_ref().filter(|_| entry.closes) {
        let why = format!("#{} {} {}", incident.number, entry.hazard.en, entry.hazard.zh);
        incident.closure = Some(suspend_place(&mut work, edition.id, place.id, &why, None).await?);
        lines.push(incident.add(LineKind::Closed, &both(&place.name), None, work.now()));
    }
    let called = called(entry, &line);
    let names: Vec<&str> = called.iter().map(|member| member.name.as_str()).collect();
    lines.push(incident.add(LineKind::Alerted, &names.join(", "), None, work.now()));
    record::insert(work.tx(), &incident).await?;
    record::insert_lines(work.tx(), incident.id, &lines).await?;
    record::insert_tasks(work.tx(), incident.id, &tasks).await?;
    for member in called {
        work.mail(letter(&work, edition, entry, &incident, member, &by.name)).await?;
    }
    work.commit().await?;
    Ok(incident.number)
}

/// A name in both languages, for the log.
pub(super) fn both(name: &Bilingual) -> String {
    [name.en.as_str(), name.zh.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The place, if it is one of the venue's and the hazard can happen there.
async fn place(app: &App, edition: &Edition, entry: &Entry, text: &str) -> Result<Option<Place>, Error> {
    let refused = || Error::from(Refusal::invalid("unknown-choice").at("place").with("value", text.trim()));
    if text.trim().is_empty() {
        return if entry.places.is_empty() { Ok(None) } else { Err(Refusal::invalid("required").at("place").into()) };
    }
    let id: PlaceId = text.trim().parse().map_err(|_| refused())?;
    let found = read::venue::place_by_id(&app.reader(), edition.venue, edition.id, id).await?;
    Ok(Some(found.ok_or_else(refused)?))
}

/// The entry's tasks as they join the plan: `K01-3.2` is the second task of incident 3.
fn extras(entry: &Entry, incident: &Incident, sheet: &Sheet, place: Option<&Place>) -> Vec<Extra> {
    let stage = |lang: Lang| {
        let number = [("number", i64::from(incident.number).into())];
        format!("{} · {}", lang.with("incident-title", &number), entry.hazard.get(lang.locale()))
    };
    let task = |task: &contingency::EntryTask| Extra {
        code: free(sheet, format!("{}-{}.{}", entry.code, incident.number, task.no)),
        name: task.name.clone(),
        stage: Bilingual::new(stage(Lang::EN), stage(Lang::ZH)),
        objective: entry.stand_down.en.clone(),
        role: task.role,
        confirmer_role: entry.decision_owner,
        owner: None,
        minutes: task.minutes,
        starts: incident.declared_at,
        deadline: None,
        place: incident.place,
        place_kind: place.map_or(PlaceKind::AllPlaces, |place| kind(place.kind)),
        after: task.after.iter().map(|no| no - 1).collect(),
    };
    entry.tasks.iter().map(task).collect()
}

/// Numbers of incidents never repeat, so a code is taken only where somebody typed it by hand.
fn free(sheet: &Sheet, mut code: String) -> String {
    while sheet.tasks.iter().any(|task| task.code == code) {
        code.push('x');
    }
    code
}

/// A place of the venue as the plan names its kind.
fn kind(kind: Venue) -> PlaceKind {
    match kind {
        Venue::Hall | Venue::Aisle => PlaceKind::Hall,
        Venue::Stand => PlaceKind::Stand,
        Venue::Dock => PlaceKind::Dock,
        Venue::Yard => PlaceKind::Yard,
        Venue::RegistrationArea | Venue::Gate => PlaceKind::RegistrationArea,
        Venue::Room => PlaceKind::ConferenceRoom,
        Venue::Office => PlaceKind::Office,
        Venue::Warehouse => PlaceKind::Warehouse,
        Venue::Venue | Venue::Zone => PlaceKind::AllPlaces,
    }
}

/// Who is called: everybody with a role the entry names, and the managers; the directors too where lives, the law or
/// the whole show are at stake. Each once.
fn called<'a>(entry: &Entry, line: &'a [Member]) -> Vec<&'a Member> {
    let mut roles: Vec<Role> = entry.functions().into_iter().map(domain::plan::Function::role).collect();
    roles.push(Role::Manager);
    if entry.level == Level::L1 {
        roles.push(Role::Director);
    }
    let mut found: Vec<&Member> = Vec::new();
    for member in line.iter().filter(|member| roles.contains(&member.role)) {
        if !found.iter().any(|one| one.id == member.id) {
            found.push(member);
        }
    }
    found
}

fn letter(work: &Work, edition: &Edition, entry: &Entry, incident: &Incident, to: &Member, by: &str) -> Outgoing {
    let link = links::watch::incident(&edition.slug, incident.number).absolute(&work.app().settings().base_url);
    let lang = Lang::new(to.locale);
    let alert = Alert {
        lang,
        name: &to.name,
        edition: &edition.name,
        zone: edition.time_zone,
        entry,
        incident,
        by,
        link: &link,
    };
    let mail = alert.write();
    Outgoing {
        edition: Some(edition.id),
        to: to.email.clone(),
        to_name: to.name.clone(),
        locale: to.locale,
        mail,
        attachments: Vec::new(),
    }
}

//! Calendar feeds: making one, changing its address, ending it, and answering a calendar that asks. Whoever holds the
//! address sees what the owner may see now, and nothing once the owner may not.

use crate::{App, Error, chance};
use chrono::TimeDelta;
use domain::access::{Permission, Viewer};
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::feed::{About, Feed, FeedDraft, MOST};
use domain::plan::ical::{Calendar, Event};
use domain::plan::view::{Board, Row};
use domain::plan::{Task, TaskState};
use domain::refusal::Parse;
use domain::{CalendarFeedId, PlaceId, Refusal};
use std::collections::HashSet;
use store::read::{self, plan as read_plan};
use store::record::calendar_feed as record;
use templates::{Lang, links};

/// How often the use of a feed is noted.
const NOTED: TimeDelta = TimeDelta::hours(1);

fn fact(kind: &str, feed: &Feed) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::User, feed.user), feed.edition)
        .with("about", feed.about.code())
        .with("place", feed.place.as_ref().map_or("", |place| place.en.as_str()))
}

/// Makes a feed; answers it with its secret, which nobody will see again.
///
/// # Errors
/// A place there is none of, one feed too many.
pub async fn make_feed(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    draft: &FeedDraft,
) -> Result<(Feed, String), Error> {
    let places = read_plan::places(&app.reader(), edition.id).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let have = record::all(work.tx(), edition.id, viewer.user).await?;
    let mut parse = Parse::new();
    let about = match draft.about.trim() {
        "person" => Some((About::Person, None)),
        "place" => {
            let known = |id: PlaceId| places.iter().find(|(one, ..)| *one == id).map(|(_, _, name)| name.clone());
            let found = draft.place.trim().parse().ok().and_then(|id| Some((About::Place(id), Some(known(id)?))));
            if found.is_none() {
                let value = draft.place.trim();
                parse.refuse(Refusal::invalid("unknown-choice").at("place").with("value", value));
            }
            found
        }
        other => {
            parse.refuse(Refusal::invalid("unknown-choice").at("about").with("value", other));
            None
        }
    };
    if have.len() >= MOST {
        parse.refuse(Refusal::conflict("feed-many").with("most", MOST));
    }
    parse.finish(|| ())?;
    let (about, place) = about.ok_or(Error::Missing)?;
    let feed = Feed {
        id: work.id(),
        edition: edition.id,
        user: viewer.user,
        about,
        place,
        created_at: work.now(),
        used_at: None,
    };
    let secret = chance::secret("flc_");
    record::insert(work.tx(), &feed, &chance::hash_secret(&secret)).await?;
    work.note([fact("user.feed_made", &feed)]);
    work.commit().await?;
    Ok((feed, secret))
}

async fn own(work: &crate::Work, viewer: &Viewer, edition: &Edition, id: CalendarFeedId) -> Result<Feed, Error> {
    let all = record::all(work.tx(), edition.id, viewer.user).await?;
    all.into_iter().find(|feed| feed.id == id).ok_or(Error::Missing)
}

/// Gives a feed a new address; the old one answers nothing from now on.
///
/// # Errors
/// `Missing` when the person has no such feed.
pub async fn rotate_feed(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: CalendarFeedId,
) -> Result<(Feed, String), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let feed = own(&work, viewer, edition, id).await?;
    let secret = chance::secret("flc_");
    record::rotate(work.tx(), id, &chance::hash_secret(&secret)).await?;
    work.note([fact("user.feed_rotated", &feed)]);
    work.commit().await?;
    Ok((feed, secret))
}

/// Ends a feed.
///
/// # Errors
/// `Missing` when the person has no such feed.
pub async fn revoke_feed(app: &App, viewer: &Viewer, edition: &Edition, id: CalendarFeedId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let feed = own(&work, viewer, edition, id).await?;
    record::revoke(work.tx(), id, work.now()).await?;
    work.note([fact("user.feed_revoked", &feed)]);
    work.commit().await
}

/// The calendar behind a secret.
///
/// # Errors
/// `Missing` for everything that is not a living feed of someone who may see the plan: no difference is told.
pub async fn serve_feed(app: &App, secret: &str) -> Result<String, Error> {
    let reader = app.reader();
    let feed = record::by_secret(&reader, &chance::hash_secret(secret)).await?.ok_or(Error::Missing)?;
    let user = read::access::user_by_id(&reader, feed.user).await?.filter(|user| user.active).ok_or(Error::Missing)?;
    let grants = read::access::grants(&reader, feed.user).await?;
    let viewer = Viewer { user: user.id, name: user.name.clone(), admin: user.admin, grants, token: None };
    if !viewer.may(Permission::PlanRead, feed.edition) {
        return Err(Error::Missing);
    }
    let edition = read::edition::by_id(&reader, feed.edition).await?.ok_or(Error::Missing)?;
    let board = read_plan::board(&reader, feed.edition, app.now()).await?.ok_or(Error::Missing)?;
    let lang = Lang::new(user.locale);
    let within = match feed.about {
        About::Place(place) => read_plan::places_within(&reader, edition.id, place).await?,
        About::Person => HashSet::new(),
    };
    let mut events = Vec::new();
    for (task, row) in board.sheet.tasks.iter().zip(&board.rows) {
        if let Some(part) = part(&feed, task, &within) {
            events.push(event(app, lang, &edition, &board, (task, row), part));
        }
    }
    let about = match &feed.place {
        Some(place) => place.get(lang.locale()).to_owned(),
        None => user.name.clone(),
    };
    let name = format!("{} · {about}", edition.name.get(lang.locale()));
    let calendar = Calendar { name: &name, language: lang.code(), zone: edition.time_zone, stamp: app.now(), events };
    if feed.used_at.is_none_or(|at| app.now() - at > NOTED) {
        let work = app.begin(viewer.actor()).await?;
        record::used(work.tx(), feed.id, work.now()).await?;
        work.commit().await?;
    }
    Ok(calendar.render())
}

/// What the task is to the feed; `None` when it does not belong there.
fn part(feed: &Feed, task: &Task, within: &HashSet<PlaceId>) -> Option<&'static str> {
    if task.state == TaskState::Cancelled || task.kind == domain::plan::Kind::Summary {
        return None;
    }
    match feed.about {
        About::Place(_) => task.place.is_some_and(|place| within.contains(&place)).then_some("place"),
        About::Person if task.owner == Some(feed.user) => Some("do"),
        About::Person if task.checker == Some(feed.user) => Some("check"),
        About::Person if task.confirmer == Some(feed.user) => Some("confirm"),
        About::Person => None,
    }
}

fn event(app: &App, lang: Lang, edition: &Edition, board: &Board, (task, row): (&Task, &Row), part: &str) -> Event {
    let name = row.name.get(lang.locale());
    let summary = match part {
        "check" | "confirm" => format!("{} {name} ({})", row.code, lang.term("plan-part", part)),
        _ => format!("{} {name}", row.code),
    };
    let mut lines = vec![format!("{}{}", lang.label(&lang.t("plan-state")), lang.term("task-state", row.state.code()))];
    if let Some(owner) = &row.owner {
        lines.push(format!("{}{}", lang.label(&lang.t("plan-owner")), owner.name));
    }
    let done = row.done_when.get(lang.locale());
    if !done.is_empty() {
        lines.push(format!("{}{done}", lang.label(&lang.t("plan-column-done-when"))));
    }
    let place = row
        .place
        .as_ref()
        .map_or_else(|| lang.term("plan-place", row.place_kind.code()), |place| place.get(lang.locale()).to_owned());
    let zone = board.sheet.zone;
    let minute = |at| domain::plan::axis::minute_at(at, zone);
    Event {
        uid: format!("{}-{part}@fairlead", task.id),
        sequence: task.version,
        start: minute(task.dates.early_start),
        finish: minute(task.dates.early_finish),
        summary,
        description: lines.join("\n"),
        location: place,
        url: links::plan::task(&edition.slug, &row.code).absolute(&app.settings().base_url),
        categories: vec![lang.term("plan-phase", row.phase.code())],
        cancelled: false,
    }
}

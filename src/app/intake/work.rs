//! Working through a kept table, part by part. Each part is one transaction that also says which part is next, so a
//! node that dies loses at most the part it was at, and nobody is registered twice when another goes on.

use super::{
    batch,
    fate::{Fate, fates},
    guests, reading,
};
use crate::{App, Error, Work};
use domain::{
    EditionId, IntakeId, Refusal,
    edition::Edition,
    journal::Actor,
    registration::{
        Standing,
        delegation::Delegation,
        intake::{Counts, Fault, Intake, SILENCE, State, room, rows::Seen},
    },
};
use serde::Deserialize;
use serde_json::json;
use store::{
    Query, read,
    record::{delegation, intake as record, places},
};

/// The job that works through a table.
pub const WORK: &str = "registration.intake.1";
/// A table of so few parts is worked through within its job; a larger one beside the worker, which goes on meanwhile.
const SHORT: i32 = 8;

#[derive(Deserialize)]
struct Payload {
    edition: EditionId,
    intake: IntakeId,
}

/// Begins or goes on with the work that is asked for.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn work(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let bad = |error: serde_json::Error| Error::Outside(format!("an import's job without its ids: {error}"));
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(bad)?;
    let Some(edition) = read::edition::by_id(&app.reader(), payload.edition).await? else { return Ok(()) };
    let Some(intake) = read::intake::intake(&app.reader(), edition.id, payload.intake).await? else { return Ok(()) };
    if !intake.works() {
        return Ok(());
    }
    if intake.parts <= SHORT {
        return through(app, &edition, intake).await;
    }
    let app = app.clone();
    tokio::spawn(async move {
        let id = intake.id;
        if let Err(error) = through(&app, &edition, intake).await {
            tracing::warn!(intake.id = %id, %error, "an import stands still; it is taken up again in some minutes");
        }
    });
    Ok(())
}

/// Asks for work again that nobody was heard of for a while.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn resume_silent(app: &App) -> Result<(), Error> {
    let now = app.now();
    for (edition, intake) in record::silent(&app.reader(), now - SILENCE).await? {
        let work = app.begin(Actor::System).await?;
        let payload = json!({ "edition": edition, "intake": intake });
        let once = format!("intake:{intake}:again:{}", now.timestamp() / SILENCE.num_seconds());
        work.enqueue(WORK, payload, chrono::TimeDelta::zero(), Some(once)).await?;
        work.commit().await?;
    }
    Ok(())
}

async fn through(app: &App, edition: &Edition, begun: Intake) -> Result<(), Error> {
    let mut seen = Seen::default();
    let mut at = begun.next_part;
    loop {
        let Some(content) = record::part(&app.reader(), begun.id, at).await? else {
            return end(app, &begun, at).await;
        };
        let rows = reading::rows(&content)?;
        let goes_on = match begun.state {
            State::Judging => judge(app, edition, (&begun, at), &mut seen, &rows).await?,
            _ => take(app, edition, (&begun, at), &mut seen, &rows).await?,
        };
        if !goes_on {
            return end(app, &begun, at + 1).await;
        }
        at += 1;
    }
}

/// The import as it is now, if it still stands where this node believes it does: another may have taken it up.
pub(super) async fn ours(work: &Work, begun: &Intake, at: i32) -> Result<Option<Intake>, Error> {
    let now = record::intake(work.tx(), begun.edition, begun.id).await?;
    Ok(now.filter(|now| now.state == begun.state && now.next_part == at))
}

/// Looks at the rows of a part; whether to go on.
async fn judge(
    app: &App,
    edition: &Edition,
    (begun, at): (&Intake, i32),
    seen: &mut Seen,
    rows: &[(u32, Vec<String>)],
) -> Result<bool, Error> {
    if let Some(campaign) = begun.campaign {
        return guests::judge(app, edition, (begun, campaign, at), seen, rows).await;
    }
    let reader = app.reader();
    let group = group(&reader, edition, begun).await?;
    let fates = fates(&reader, begun, group.as_ref(), seen, rows).await?;
    let work = app.begin(Actor::System).await?;
    let Some(mut now) = ours(&work, begun, at).await? else { return Ok(false) };
    let mut bounds = Bounds::of(work.tx(), edition, &now, group.as_ref()).await?;
    // Those of earlier parts are not there yet, but they take the places they will have.
    bounds.promised(&now);
    let mut faults = Vec::new();
    for ((line, cells), fate) in rows.iter().zip(fates) {
        now.counts.done += 1;
        match bounds.bound(fate, &mut now.counts) {
            Fate::New(wish, _, standing) => {
                now.counts.new += 1;
                if standing != Standing::Waiting {
                    *now.placed.entry(wish.category).or_default() += 1;
                }
            }
            Fate::Update(..) => now.counts.updated += 1,
            Fate::Known => now.counts.known += 1,
            Fate::Rejected(reasons) => faults.push(Fault { line: *line, cells: cells.clone(), reasons }),
        }
    }
    end_part(work, now, faults, at).await
}

/// Registers the people of a part; whether to go on.
async fn take(
    app: &App,
    edition: &Edition,
    (begun, at): (&Intake, i32),
    seen: &mut Seen,
    rows: &[(u32, Vec<String>)],
) -> Result<bool, Error> {
    if let Some(campaign) = begun.campaign {
        return guests::take(app, edition, (begun, campaign, at), seen, rows).await;
    }
    let mut work = app.begin(Actor::System).await?;
    // Nobody else registers meanwhile: what is looked up here stays true until the commit.
    store::record::registration::queue(work.tx(), edition.id).await?;
    let Some(mut now) = ours(&work, begun, at).await? else { return Ok(false) };
    let group = group(work.tx(), edition, begun).await?;
    let fates = fates(work.tx(), begun, group.as_ref(), seen, rows).await?;
    let mut bounds = Bounds::of(work.tx(), edition, &now, group.as_ref()).await?;
    let (mut new, mut faults) = (Vec::new(), Vec::new());
    for ((line, cells), fate) in rows.iter().zip(fates) {
        now.counts.done += 1;
        match bounds.bound(fate, &mut now.counts) {
            Fate::New(wish, person, standing) => new.push((*wish, person, standing)),
            Fate::Update(registered, change) => {
                batch::amend(&mut work, edition, (&registered, &change)).await?;
                now.counts.updated += 1;
            }
            Fate::Known => now.counts.known += 1,
            Fate::Rejected(reasons) => faults.push(Fault { line: *line, cells: cells.clone(), reasons }),
        }
    }
    let made = batch::register(&mut work, edition, new, (begun.delegation, begun.options.mail)).await?;
    now.counts.new += i32::try_from(made).unwrap_or(i32::MAX);
    end_part(work, now, faults, at).await
}

/// Notes the rows that are not taken and which part is next, and makes the part last; whether to go on.
pub(super) async fn end_part(work: Work, mut now: Intake, faults: Vec<Fault>, at: i32) -> Result<bool, Error> {
    now.counts.rejected += i32::try_from(faults.len()).unwrap_or(i32::MAX);
    record::insert_faults(work.tx(), now.id, &faults).await?;
    now.next_part = at + 1;
    now.touched_at = work.now();
    record::save(work.tx(), &now).await?;
    work.commit().await?;
    Ok(!now.stop)
}

async fn end(app: &App, begun: &Intake, at: i32) -> Result<(), Error> {
    let mut work = app.begin(Actor::System).await?;
    let Some(now) = ours(&work, begun, at).await? else { return Ok(()) };
    let (ended, fact) = now.ended();
    let ended = Intake { touched_at: work.now(), ..ended };
    record::save(work.tx(), &ended).await?;
    if matches!(ended.state, State::Done | State::Stopped) {
        record::drop_parts(work.tx(), ended.id).await?;
    }
    work.note([fact]);
    work.commit().await
}

/// The group everybody in the table belongs to.
pub(super) async fn group(db: &impl Query, edition: &Edition, intake: &Intake) -> Result<Option<Delegation>, Error> {
    match intake.delegation {
        Some(id) => Ok(Some(delegation::by_id(db, edition.id, id).await?.ok_or(Error::Missing)?)),
        None => Ok(None),
    }
}

/// What bounds the new people of a table: the quota of its group, or else the rules of their categories. A group's
/// places are given with its quota, so that the rules of categories say nothing of its people.
struct Bounds {
    room: Room,
    categories: Option<room::Room>,
}

impl Bounds {
    async fn of(
        db: &impl Query,
        edition: &Edition,
        intake: &Intake,
        group: Option<&Delegation>,
    ) -> Result<Self, Error> {
        let room = Room::of(db, group).await?;
        if group.is_some() {
            return Ok(Self { room, categories: None });
        }
        let mut categories = Vec::new();
        for rules in places::all(db, edition.id).await? {
            // Counting takes a while; only where there is a limit it says something.
            let taken = match rules.capacity {
                Some(_) => places::taken(db, edition.id, rules.category).await?,
                None => 0,
            };
            categories.push((rules, taken));
        }
        Ok(Self { room, categories: Some(room::Room::new(categories, &intake.options)) })
    }

    /// Counts those in whom earlier parts of a dry run found new people.
    fn promised(&mut self, intake: &Intake) {
        self.room.take(intake.counts.new);
        if let Some(categories) = &mut self.categories {
            intake.placed.iter().for_each(|(category, count)| categories.promised(*category, *count));
        }
    }

    /// A new person beyond a bound waits or is rejected; who is registered moves to no category that is full.
    fn bound(&mut self, fate: Fate, counts: &mut Counts) -> Fate {
        let fate = self.room.bound(fate);
        let Some(categories) = &mut self.categories else { return fate };
        match fate {
            Fate::New(wish, person, _) => {
                let admitted = categories.admit(wish.category);
                counts.over += i32::from(admitted.over);
                match admitted.standing {
                    Ok(standing) => {
                        counts.review += i32::from(standing == Standing::Review);
                        Fate::New(wish, person, standing)
                    }
                    Err(refusal) => Fate::Rejected(vec![refusal]),
                }
            }
            Fate::Update(registered, change) => match change.category.filter(|to| *to != registered.category) {
                Some(to) if !categories.has_place(to) => {
                    counts.over += 1;
                    Fate::Rejected(vec![Refusal::unmet("category-full").at("category")])
                }
                Some(to) => {
                    categories.promised(to, 1);
                    Fate::Update(registered, change)
                }
                None => Fate::Update(registered, change),
            },
            other => other,
        }
    }
}

/// How many more people a group takes; without bound for a table of no group.
pub(super) struct Room {
    group: Option<Delegation>,
    live: i64,
}

impl Room {
    pub(super) async fn of(db: &impl Query, group: Option<&Delegation>) -> Result<Self, Error> {
        let live = match group {
            Some(group) => delegation::live(db, group.id).await?,
            None => 0,
        };
        Ok(Self { group: group.cloned(), live })
    }

    fn take(&mut self, more: i32) {
        self.live += i64::from(more);
    }

    /// A new person beyond the bound is rejected.
    pub(super) fn bound(&mut self, fate: Fate) -> Fate {
        let (Fate::New(..), Some(group)) = (&fate, &self.group) else { return fate };
        match group.admits(self.live, 1) {
            Ok(()) => {
                self.live += 1;
                fate
            }
            Err(refusal) => Fate::Rejected(vec![refusal]),
        }
    }
}

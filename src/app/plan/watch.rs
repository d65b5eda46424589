//! The look at a plan that nobody has to ask for: missed reports, forecasts behind their dates, and open deviations
//! whose time has come to be escalated. One job an edition every five minutes, on one node; what is found is opened
//! once, whatever looks again.

use crate::{App, Error, Outgoing, Work};
use chrono::{DateTime, TimeDelta, Utc};
use domain::edition::{Edition, Status};
use domain::journal::Actor;
use domain::plan::Function;
use domain::plan::cause::{self, Cause, Seen};
use domain::plan::deviation::{self, Deviation, Found, OpenDeviation, Source};
use domain::plan::escalation::{self, Member, Period};
use domain::plan::place_cause::place_causes;
use domain::plan::supervision::{self, Setting};
use domain::{Bilingual, EditionId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use store::read::plan::watch as looked;
use store::record::plan as record;
use templates::mails::plan::Escalation;
use templates::{Lang, links};

/// The job that looks at one plan.
pub const WATCH: &str = "plan.watch.1";

/// Seconds between two looks.
const BUCKET: i64 = 300;

/// What a look came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Deviations opened.
    pub opened: usize,
    /// Deviations closed because their cause is gone.
    pub closed: usize,
    /// Deviations lifted a level.
    pub escalated: usize,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    edition: EditionId,
}

/// Asks for a look at every plan that is prepared or running, at most one every five minutes.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_to_watch(app: &App) -> Result<usize, Error> {
    let editions = store::read::edition::all(&app.reader()).await?;
    let live: Vec<Edition> =
        editions.into_iter().filter(|one| matches!(one.status, Status::Planning | Status::Running)).collect();
    if live.is_empty() {
        return Ok(0);
    }
    let work = app.begin(Actor::System).await?;
    let bucket = work.now().timestamp().div_euclid(BUCKET);
    for edition in &live {
        let key = format!("watch:{}:{bucket}", edition.id);
        work.enqueue(WATCH, json!({ "edition": edition.id }), TimeDelta::zero(), Some(key)).await?;
    }
    work.commit().await?;
    Ok(live.len())
}

/// Does the job.
pub(crate) async fn run(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(|e| Error::Outside(e.to_string()))?;
    match store::read::edition::by_id(&app.reader(), payload.edition).await? {
        Some(edition) => watch(app, &edition).await.map(|_| ()),
        None => Ok(()),
    }
}

/// Looks at the plan of an edition now.
///
/// # Errors
/// When the database does not answer.
pub async fn watch(app: &App, edition: &Edition) -> Result<Watched, Error> {
    let mut work = app.begin(Actor::System).await?;
    let now = work.now();
    let setting = Setting { zone: edition.time_zone, opens_on: edition.opens_on, now };
    let (causes, sources) = causes(&work, edition.id, setting).await?;
    let known = looked::known_causes(work.tx(), edition.id).await?;
    let mut done = Watched::default();
    let gone = cause::to_close(&causes, &known, &sources);
    let (over, open): (Vec<_>, Vec<_>) =
        looked::open_deviations(work.tx(), edition.id).await?.into_iter().partition(|(one, _)| gone.contains(&one.id));
    for (one, _) in over {
        let proof = Lang::EN.term("watch-gone", one.source.code());
        let (one, facts) = deviation::close(one, &proof, deviation::nobody(), now)?;
        record::save_deviation(work.tx(), &one).await?;
        work.note(facts);
        done.closed += 1;
    }
    for cause in cause::to_open(&causes, &known) {
        open_on(&mut work, edition, cause).await?;
        done.opened += 1;
    }
    done.escalated = escalate(&mut work, edition, open).await?;
    if done != Watched::default() {
        work.commit().await?;
    }
    Ok(done)
}

/// What holds now, and which kinds of causes were looked at.
async fn causes(work: &Work, edition: EditionId, setting: Setting) -> Result<(Vec<Cause>, Vec<Source>), Error> {
    let working = looked::working(work.tx(), edition).await?;
    let rhythms = looked::rhythms(work.tx(), edition).await?;
    let mut causes = supervision::missed_reports(&working, &rhythms, setting);
    let (deadlines, chain) = looked::late(work.tx(), edition).await?;
    causes.extend(supervision::late_forecasts(&deadlines, chain.as_ref(), setting));
    let mut sources = vec![Source::Report, Source::Forecast];
    if let Some(sheet) =
        store::read::plan::sheet(work.tx(), edition).await?.filter(|one| !one.space.requirements.is_empty())
    {
        // A plan that cannot be computed has other worries than its places.
        if let Ok(computed) = sheet.compute() {
            let groups = sheet.assess(&computed, setting.now).groups(&sheet.space, &sheet.tasks);
            causes.extend(place_causes(&groups, &sheet.space, &sheet.tasks, setting));
            sources.push(Source::Conflict);
        }
    }
    Ok((causes, sources))
}

async fn open_on(work: &mut Work, edition: &Edition, cause: &Cause) -> Result<(), Error> {
    let zone = edition.time_zone;
    let title = Bilingual::new(words(Lang::EN, &cause.seen, zone), words(Lang::ZH, &cause.seen, zone));
    let due = supervision::due_on(cause.severity, edition.day(work.now()));
    let wanted = OpenDeviation::from_cause(cause, title, due);
    let found = Found { edition: edition.id, task: cause.task, round: cause.round };
    let (one, facts) = deviation::open(work.id(), found, wanted, deviation::nobody(), work.now());
    record::insert_deviation(work.tx(), &one).await?;
    work.note(facts);
    Ok(())
}

/// What was seen, as a sentence.
fn words(lang: Lang, seen: &Seen, zone: chrono_tz::Tz) -> String {
    let name = |name: &Bilingual| name.get(lang.locale()).to_owned();
    match seen {
        Seen::MissedReport { code, name: task, due } => lang.with(
            "watch-seen-report",
            &[("code", code.as_str().into()), ("name", name(task).into()), ("due", lang.moment(*due, zone).into())],
        ),
        Seen::PastDeadline { code, name: task, minutes } => lang.with(
            "watch-seen-deadline",
            &[("code", code.as_str().into()), ("name", name(task).into()), ("by", lang.minutes(*minutes).into())],
        ),
        Seen::PastOpening { code, name: task, minutes } => lang.with(
            "watch-seen-opening",
            &[("code", code.as_str().into()), ("name", name(task).into()), ("by", lang.minutes(*minutes).into())],
        ),
        Seen::LostState { place, state } => {
            lang.with("watch-seen-state", &[("place", name(place).into()), ("state", state.as_str().into())])
        }
        Seen::Conflict { place, tasks } => {
            lang.with("watch-seen-conflict", &[("place", name(place).into()), ("tasks", lang.list(tasks).into())])
        }
    }
}

/// Lifts every open deviation whose time has come, and writes to whoever is called.
async fn escalate(
    work: &mut Work,
    edition: &Edition,
    open: Vec<(Deviation, Option<Function>)>,
) -> Result<usize, Error> {
    let now = work.now();
    let period = Period::of(edition.day(now), edition.build_up_on, edition.breakdown_until);
    let due = |one: &Deviation| escalation::due(one, period, edition.time_zone, now);
    if open.iter().all(|(one, _)| due(one).is_none()) {
        return Ok(0);
    }
    let line = looked::line(work.tx(), edition.id).await?;
    let mut letters: HashMap<domain::UserId, (Member, Vec<Deviation>)> = HashMap::new();
    let mut lifted = 0;
    for (one, team) in open {
        let Some(step) = due(&one) else { continue };
        let called = escalation::called(step.to, team.or(Some(Function::ShowManager)), one.owner, &line);
        let (one, facts) = escalation::escalate(one, step, &called, now);
        record::save_deviation(work.tx(), &one).await?;
        work.note(facts);
        for member in called {
            letters.entry(member.id).or_insert_with(|| (member.clone(), Vec::new())).1.push(one.clone());
        }
        lifted += 1;
    }
    for (member, deviations) in letters.into_values() {
        work.mail(letter(work, edition, &member, &deviations, now)).await?;
    }
    Ok(lifted)
}

fn letter(work: &Work, edition: &Edition, to: &Member, about: &[Deviation], now: DateTime<Utc>) -> Outgoing {
    let base = &work.app().settings().base_url;
    let link = match about {
        [one] => links::watch::deviation(&edition.slug, one.id),
        _ => links::watch::deviations(&edition.slug).query(&[("only", "escalated")]),
    };
    let letter = Escalation {
        lang: Lang::new(to.locale),
        name: &to.name,
        edition: &edition.name,
        zone: edition.time_zone,
        now,
        deviations: about,
        link: &link.absolute(base),
    };
    let mail = letter.write();
    Outgoing {
        edition: Some(edition.id),
        to: to.email.clone(),
        to_name: to.name.clone(),
        locale: to.locale,
        mail,
        attachments: Vec::new(),
    }
}

//! Registrations against their goal, and how many will come.

use crate::{App, Error};
use chrono::NaiveDate;
use domain::{
    Bilingual, EditionId, Refusal,
    edition::Edition,
    journal::{Actor, Fact, Subject, SubjectKind},
    registration::turnout::{
        Day, Forecast, Sums, by_cohort,
        curve::Shape,
        forecast,
        goal::{Goal, GoalDraft},
    },
};
use store::{read, record::turnout as record};

/// Everything the pages show.
#[derive(Clone, Debug)]
pub struct Standing {
    pub days: Vec<Day>,
    pub goal: Option<Goal>,
    /// The edition that is followed: name, sums by cohort.
    pub reference: Option<(Bilingual, [Sums; 6])>,
    pub shape: Shape,
    pub forecast: Forecast,
    pub today: NaiveDate,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
}

/// Earlier editions that can be followed: those of the same series that opened before.
///
/// # Errors
/// When the database does not answer.
pub async fn earlier(app: &App, edition: &Edition) -> Result<Vec<Edition>, Error> {
    let all = read::edition::all(&app.reader()).await?;
    Ok(all.into_iter().filter(|one| one.series == edition.series && one.opens_on < edition.opens_on).collect())
}

/// How an edition came in: what is registered here, else its history from elsewhere.
async fn came_in(app: &App, edition: &Edition) -> Result<Vec<Day>, Error> {
    let reader = app.reader();
    let open = edition.day(app.now()) >= edition.opens_on;
    let history = read::turnout::history(&reader, edition.id).await?;
    if !history.is_empty() {
        return Ok(history);
    }
    Ok(read::turnout::days(&reader, edition.id, open).await?)
}

/// Where an edition stands. It follows the edition its goal names, else the latest earlier one anybody registered for.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(app: &App, edition: &Edition) -> Result<Standing, Error> {
    let reader = app.reader();
    let goal = read::turnout::goal(&reader, edition.id).await?;
    let mut followed = earlier(app, edition).await?;
    if let Some(wanted) = goal.and_then(|goal| goal.reference) {
        followed.retain(|one| one.id == wanted);
    }
    let mut reference = None;
    for one in followed.into_iter().take(3) {
        let days = came_in(app, &one).await?;
        if !days.is_empty() {
            reference = Some((one, days));
            break;
        }
    }
    let days = came_in(app, edition).await?;
    let (today, opens_on) = (edition.day(app.now()), edition.opens_on);
    let shape = reference.as_ref().map_or_else(Shape::usual, |(one, days)| Shape::of(days, one.opens_on));
    let reference = reference.map(|(one, days)| (one.name, by_cohort(&days, one.opens_on)));
    let sums = reference.as_ref().map_or([Sums::default(); 6], |(_, sums)| *sums);
    let forecast = forecast(&days, opens_on, today.min(edition.closes_on), sums, &shape);
    Ok(Standing { days, goal, reference, shape, forecast, today, opens_on, closes_on: edition.closes_on })
}

/// Sets the goal of registrations.
///
/// # Errors
/// Field refusals; `Stale`.
pub async fn save_goal(app: &App, actor: Actor, edition: &Edition, draft: &GoalDraft) -> Result<(), Error> {
    let known: Vec<EditionId> = earlier(app, edition).await?.iter().map(|one| one.id).collect();
    let goal = draft.parse(&known)?;
    let mut work = app.begin(actor).await?;
    record::save_goal(work.tx(), edition.id, &goal).await?;
    let subject = Subject::new(SubjectKind::Edition, edition.id);
    work.note([Fact::new("edition.registration_goal_set", subject, edition.id).with("target", goal.target)]);
    work.commit().await
}

/// Keeps how an edition came in that was run elsewhere; replaces what was kept before.
///
/// # Errors
/// `history-own` for an edition that has registrations of its own.
pub async fn save_history(app: &App, actor: Actor, edition: &Edition, days: &[Day]) -> Result<(), Error> {
    let own = read::turnout::days(&app.reader(), edition.id, false).await?;
    if !own.is_empty() {
        return Err(Refusal::unmet("history-own").at("days").into());
    }
    let mut work = app.begin(actor).await?;
    record::replace_history(work.tx(), edition.id, days).await?;
    let subject = Subject::new(SubjectKind::Edition, edition.id);
    work.note([Fact::new("edition.registration_history_kept", subject, edition.id).with("days", days.len())]);
    work.commit().await
}

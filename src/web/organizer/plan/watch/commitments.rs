//! Promises of a week or a day.

use super::super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::{JudgeDraft, PromiseDraft};
use axum::extract::{Query, State};
use chrono::{Days, NaiveDate};
use domain::CommitmentId;
use domain::access::Permission;
use domain::edition::Edition;
use domain::plan::Function;
use domain::plan::commitment::{self, Span, reached};
use domain::plan::view::{Board, Row};
use serde::Deserialize;
use store::read::plan::commitment as read;
use templates::organizer::plan::watch::{Commitments, Promised};
use templates::{Flash, FormState, Href, Markup, links};

/// Periods the pictures reach back.
const BACK: u64 = 12;

/// What is shown; lives in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    span: String,
    begins: String,
    team: String,
}

impl Shown {
    /// Days on site, weeks before and after, unless the address says otherwise.
    fn period(&self, edition: &Edition, today: NaiveDate) -> (Span, NaiveDate) {
        let on_site = (edition.build_up_on..=edition.breakdown_until).contains(&today);
        let usual = if on_site { Span::Day } else { Span::Week };
        let span = Span::parse(&self.span).unwrap_or(usual);
        let day = self.begins.parse().ok().filter(|day: &NaiveDate| (*day - today).num_days().abs() < 2_000);
        (span, span.first_day(day.unwrap_or(today)))
    }

    fn link(&self, slug: &str) -> Href {
        links::watch::commitments(slug).query(&[("span", &self.span), ("begins", &self.begins), ("team", &self.team)])
    }
}

/// Not promised, not done, and its dates touch the period.
fn may_be_promised(board: &Board, row: &Row, begins_on: NaiveDate, last: NaiveDate) -> bool {
    let live = !row.state.is_done() && row.kind == domain::plan::Kind::Task;
    let touches = row.starts_on <= last && row.ends_on >= begins_on;
    let going_on = row.state.is_working() && row.starts_on <= last;
    let task = board.sheet.tasks.iter().find(|task| task.id == row.id);
    live && (touches || going_on) && task.is_some_and(|task| !reached(task, 100))
}

async fn render<P>(staff: &Staff<P>, app: &App, shown: &Shown, form: FormState) -> Result<Markup, Fail> {
    let edition = &staff.edition;
    let board = board(app, edition).await?;
    let (span, begins_on) = shown.period(edition, board.head.today);
    let from = begins_on - Days::new(BACK * span.days());
    let all = read::since(&app.reader(), edition.id, span, from).await?;
    let team = Function::parse(&shown.team);
    let of_team = |one: Function| team.is_none_or(|team| team == one);
    let promised: Vec<Promised> = all
        .iter()
        .filter(|one| one.begins_on == begins_on && of_team(one.team))
        .filter_map(|one| {
            let at = board.sheet.position(one.task)?;
            Some(Promised { one, row: &board.rows[at], reached: reached(&board.sheet.tasks[at], one.goal) })
        })
        .collect();
    let known = |row: &Row| all.iter().any(|one| one.begins_on == begins_on && one.task == row.id);
    let last = span.last(begins_on);
    let open = board.rows.iter().filter(|row| of_team(row.role) && !known(row));
    let open = open.filter(|row| may_be_promised(&board, row, begins_on, last)).collect();
    let past: Vec<_> = all.iter().filter(|one| one.begins_on <= begins_on && of_team(one.team)).cloned().collect();
    let mut teams: Vec<Function> = board.rows.iter().map(|row| row.role).collect();
    teams.sort();
    teams.dedup();
    let tallies = commitment::tally(&past, span);
    let commitments = Commitments {
        slug: &edition.slug,
        head: &board.head,
        span,
        begins_on,
        team,
        teams,
        promised,
        open,
        tallies: &tallies,
        pareto: &commitment::pareto(&past),
        refused: form,
        may_work: staff.may(Permission::PlanWork),
    };
    Ok(commitments.render(&staff.shell()))
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Query(shown): Query<Shown>) -> Answer {
    page(render(&staff, &app, &shown, FormState::empty()).await?)
}

pub(super) async fn promise(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Fields(draft): Fields<PromiseDraft>,
) -> Answer {
    let shown = Shown { span: draft.span.clone(), begins: draft.begins_on.clone(), team: String::new() };
    match app::plan::promise(&app, &staff.viewer, &staff.edition, &draft).await {
        Ok(count) => {
            let flash = Flash::good("commitment-promised-flash").with("count", count);
            see_other_saying(&shown.link(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, &shown, form).await?)
        }
    }
}

/// What became of a promise, and where the person came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    outcome: String,
    reason: String,
    note: String,
    span: String,
    begins: String,
}

pub(super) async fn judge(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
    Fields(sent): Fields<Sent>,
) -> Answer {
    let id: CommitmentId = id.parse().map_err(|_| Fail::Missing)?;
    let shown = Shown { span: sent.span, begins: sent.begins, team: String::new() };
    let draft = JudgeDraft { outcome: sent.outcome, reason: sent.reason, note: sent.note };
    match app::plan::judge(&app, &staff.viewer, staff.edition.id, id, &draft).await {
        Ok(()) => see_other_saying(&shown.link(&staff.edition.slug), &Flash::good("commitment-judged-flash")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, &shown, form).await?)
        }
    }
}

//! What moved and why: the list of accepted changes, one of them told, and sending it.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::{Query, State};
use domain::UserId;
use domain::access::Permission;
use domain::plan::story::Story;
use serde::{Deserialize, Serialize};
use store::read::{access, plan as read};
use templates::organizer::plan::{Stories, StoryPage};
use templates::{Flash, FormState, Markup, links};

/// Changes on one page of the list.
const SIZE: usize = 30;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Before {
    before: String,
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>, Query(from): Query<Before>) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let before = from.before.parse().ok();
    let mut changes = read::changes(&app.reader(), staff.edition.id, before, SIZE as u32 + 1).await?;
    let more = changes.len() > SIZE;
    changes.truncate(SIZE);
    let stories = Stories {
        slug: &staff.edition.slug,
        zone: staff.edition.time_zone,
        head: &board.head,
        rows: &board.rows,
        changes: &changes,
        more,
        paged: before.is_some(),
    };
    page(stories.render(&staff.shell()))
}

async fn told<P>(staff: &Staff<P>, app: &App, revision: i32, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let change = read::change(&reader, staff.edition.id, revision).await?.ok_or(Fail::Missing)?;
    let story = Story::of(&change.delta, &board.rows, board.head.opening.as_deref());
    let older = read::changes(&reader, staff.edition.id, Some(revision), 1).await?;
    let mut team = Vec::new();
    if staff.may(Permission::PlanWork) {
        team.extend(access::team(&reader, staff.edition.id).await?.into_iter().map(|(id, name, _)| (id, name)));
        // Somebody with two roles is one person.
        team.dedup_by_key(|(id, _)| *id);
    }
    let shown = StoryPage {
        slug: &staff.edition.slug,
        zone: staff.edition.time_zone,
        change: &change,
        story: &story,
        rows: &board.rows,
        beside: (older.first().map(|one| one.revision), (revision < board.head.revision).then_some(revision + 1)),
        team,
        form,
    };
    Ok(shown.render(&staff.shell()))
}

pub(super) async fn show(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, revision)): Path<(String, String)>,
) -> Answer {
    let revision = revision.parse().map_err(|_| Fail::Missing)?;
    page(told(&staff, &app, revision, FormState::empty()).await?)
}

/// Who gets the mail, and a word with it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sending {
    to: Vec<String>,
    note: String,
}

pub(super) async fn send(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, revision)): Path<(String, String)>,
    Fields(sending): Fields<Sending>,
) -> Answer {
    let revision = revision.parse().map_err(|_| Fail::Missing)?;
    let to: Vec<UserId> = sending.to.iter().filter_map(|id| id.parse().ok()).collect();
    match app::plan::send_story(&app, &staff.viewer, &staff.edition, revision, &to, &sending.note).await {
        Ok(count) => {
            let flash = Flash::good("story-sent").with("count", count);
            see_other_saying(&links::plan::story(&staff.edition.slug, revision), &flash)
        }
        Err(error) => {
            let form = FormState::new(&sending, &refusals(error)?);
            refused(told(&staff, &app, revision, form).await?)
        }
    }
}

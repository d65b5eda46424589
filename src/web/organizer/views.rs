//! Views of lists kept by name, for every list of an edition.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, refusals, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use axum::extract::State;
use domain::{
    SavedViewId,
    access::Permission,
    office::{SavedView, SavedViewDraft},
};
use serde::Deserialize;
use store::read::office as read;
use templates::{Flash, Href, links};

pub(crate) fn routes(s: &mut Surface) {
    let read = Permission::EditionRead;
    s.post("/e/{edition}/views", Need::Staff(read), keep);
    s.post("/e/{edition}/views/{view}/forget", Need::Staff(read), forget);
}

/// A view, and where the form came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    list: String,
    name: String,
    query: String,
    back: String,
}

/// The views a person kept of a list of the edition, by name.
pub(super) async fn kept<P>(app: &App, staff: &Staff<P>, list: &str) -> Result<Vec<SavedView>, Fail> {
    Ok(read::saved_views(&app.reader(), staff.edition.id, staff.viewer.user, list).await?)
}

fn back(sent: &str, slug: &str) -> Href {
    Href::local(sent).unwrap_or_else(|| links::edition::today(slug))
}

async fn keep(staff: Staff<may::EditionRead>, State(app): State<App>, Fields(sent): Fields<Sent>) -> Answer {
    let back = back(&sent.back, &staff.edition.slug);
    let draft = SavedViewDraft { list: sent.list, name: sent.name, query: sent.query };
    match app::office::keep_view(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(view) => {
            let there = Href::local(&format!("{back}?{}", view.query)).unwrap_or(back);
            see_other_saying(&there, &Flash::good("saved-view-kept").with("name", view.name))
        }
        Err(error) => {
            let words: Vec<String> = refusals(error)?.iter().map(|one| staff.ui.lang.refusal(one)).collect();
            see_other_saying(&back, &Flash::bad("revise-refused").with("words", words.join(" ")))
        }
    }
}

async fn forget(
    staff: Staff<may::EditionRead>,
    State(app): State<App>,
    Path((_, view)): Path<(String, String)>,
    Fields(sent): Fields<Sent>,
) -> Answer {
    let id: SavedViewId = view.parse().map_err(|_| Fail::Missing)?;
    let view = app::office::forget_view(&app, &staff.viewer, staff.edition.id, id).await?;
    let back = back(&sent.back, &staff.edition.slug);
    see_other_saying(&back, &Flash::good("saved-view-forgotten").with("name", view.name))
}

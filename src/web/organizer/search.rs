//! Search over what the viewer may see, as a page and as the palette's fragment.

use crate::{
    Need, Surface,
    answer::{Answer, page},
    guard::SignedIn,
};
use app::App;
use axum::extract::{Query, State};
use domain::{access::Permission, edition::Edition};
use serde::Deserialize;
use templates::{
    Href, Shell,
    organizer::search::{Found, SearchPage},
};

/// Kinds of records that can be found, with the right that shows them.
const KINDS: &[(&str, Permission)] = &[
    ("edition", Permission::EditionRead),
    ("task", Permission::PlanRead),
    ("stand", Permission::VenueRead),
    ("application", Permission::SalesRead),
    ("exhibitor", Permission::ExhibitorRead),
    ("party", Permission::PartyRead),
    ("registration", Permission::RegistrationRead),
];
/// As many as a person reads.
const MOST: u32 = 30;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/search", Need::SignedIn, search);
    s.get("/search/results", Need::SignedIn, results);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    edition: String,
}

async fn search(signed_in: SignedIn, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let (shell, found) = find(&signed_in, &app, &asked).await?;
    page(SearchPage { query: &asked.q, found: &found }.render(&shell))
}

async fn results(signed_in: SignedIn, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let (shell, found) = find(&signed_in, &app, &asked).await?;
    page(SearchPage { query: &asked.q, found: &found }.results(&shell))
}

async fn find(signed_in: &SignedIn, app: &App, asked: &Asked) -> Result<(Shell, Vec<Found>), crate::answer::Fail> {
    let edition = signed_in.editions().find(|edition| edition.slug == asked.edition);
    let shell = signed_in.shell_in(edition);
    let kinds = kinds(signed_in, edition);
    let hits = store::read::search::find(&app.reader(), edition.map(|e| e.id), &kinds, &asked.q, MOST).await?;
    let visible: Vec<_> = signed_in.editions().map(|edition| edition.id.uuid()).collect();
    let found = hits.into_iter().filter_map(|hit| {
        if hit.kind == "edition" && !visible.contains(&hit.id) {
            return None;
        }
        let link = Href::local(&hit.link)?;
        Some(Found { kind: hit.kind, title: hit.title, subtitle: hit.subtitle, link })
    });
    Ok((shell, found.collect()))
}

/// What the viewer may find. Outside an edition only editions are looked for.
fn kinds(signed_in: &SignedIn, edition: Option<&Edition>) -> Vec<&'static str> {
    let Some(edition) = edition else { return vec!["edition"] };
    KINDS.iter().filter(|(_, right)| signed_in.viewer.may(*right, edition.id)).map(|(kind, _)| *kind).collect()
}

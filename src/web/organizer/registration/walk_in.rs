//! The desk: look up, register, print.

use crate::{
    answer::{Answer, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
};
use app::{App, registration as verbs};
use axum::extract::{Query, State};
use domain::{
    RegistrationId,
    registration::{Category, Draft, Entry, view::Filter},
};
use serde::Deserialize;
use store::read::registration as read;
use templates::{Flash, FormState, links, organizer::registration::WalkInPage};

/// People shown for what was looked up.
const FOUND: u32 = 12;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Lookup {
    q: String,
}

pub(super) async fn form(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Query(lookup): Query<Lookup>,
) -> Answer {
    let filter = Filter { q: lookup.q.clone(), ..Filter::default() };
    let found = if lookup.q.trim().is_empty() {
        Vec::new()
    } else {
        read::list(&app.reader(), staff.edition.id, &filter, None, FOUND).await?
    };
    // What was looked up and not found is not typed again.
    let draft = Draft {
        submission: app.id::<RegistrationId>().to_string(),
        category: Category::TradeVisitor.code().to_owned(),
        email: if lookup.q.contains('@') { lookup.q.trim().to_owned() } else { String::new() },
        ..Draft::default()
    };
    page(WalkInPage { form: &FormState::of(&draft), q: &lookup.q, found: &found }.render(&staff.shell()))
}

pub(super) async fn submit(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Fields(draft): Fields<Draft>,
) -> Answer {
    let outcome = match draft.parse(Entry::Desk) {
        Ok(wish) => {
            let name = wish.details.display_name.clone();
            let entered = verbs::register_walk_in(&app, staff.viewer.actor(), &staff.edition, &wish).await;
            entered.map(|entered| (entered, name))
        }
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok((entered, name)) => {
            let key = if entered.known { "registration-known" } else { "registration-registered" };
            let record = links::registration::record(&staff.edition.slug, entered.id);
            see_other_saying(&record, &Flash::good(key).with("name", name))
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(WalkInPage { form: &form, q: "", found: &[] }.render(&staff.shell()))
        }
    }
}

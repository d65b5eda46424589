//! What staff do with a registration.

use super::Named;
use crate::{
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
    typed::Typed,
};
use app::{App, Error, registration as verbs};
use axum::extract::State;
use domain::{
    Refusal, RegistrationId,
    registration::{Draft, Entry},
};
use serde::Deserialize;
use store::read::registration as read;
use templates::{Flash, components::answered, links, organizer::registration::EditPage};

type Editor = Staff<may::RegistrationEdit>;

pub(super) async fn edit_form(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let stored = read::registration(&app.reader(), staff.edition.id, named.id()?).await?.ok_or(Fail::Missing)?;
    let asked = verbs::current_form(&app, staff.edition.id).await?.form;
    let form = answered(&Draft::of(&stored), &asked, &[]);
    page(EditPage { registration: &stored, form: &form, asked: &asked, yours: None }.render(&staff.shell()))
}

pub(super) async fn edit(staff: Editor, State(app): State<App>, Path(named): Path<Named>, typed: Typed) -> Answer {
    let (id, draft) = (named.id()?, typed.draft);
    let stored = || async { read::registration(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing) };
    let asked = verbs::current_form(&app, staff.edition.id).await?.form;
    let category = stored().await?.category;
    let outcome = match draft.parse_amendment_with(Entry::Desk, &asked, category) {
        Ok(change) => verbs::amend_registration(&app, &staff.viewer, &staff.edition, id, &change).await,
        Err(refusals) => Err(refusals.into()),
    };
    let (shown, refusals, yours) = match outcome {
        Ok(()) => return said(&staff, id, "registration-saved"),
        // The form shows what is stored now; what was typed stands beside it, so nothing is lost or overwritten.
        Err(Error::Stale) => (Draft::of(&stored().await?), vec![Refusal::conflict("stale")], Some(&draft)),
        Err(error) => (draft.clone(), refusals(error)?, None),
    };
    let (stored, form) = (stored().await?, answered(&shown, &asked, &refusals));
    refused(EditPage { registration: &stored, form: &form, asked: &asked, yours }.render(&staff.shell()))
}

fn said(staff: &Editor, id: RegistrationId, key: &str) -> Answer {
    see_other_saying(&links::registration::record(&staff.edition.slug, id), &Flash::good(key))
}

/// A deed that the rules refused is said on the record's page: there is no form to show it in.
fn done(staff: &Editor, id: RegistrationId, key: &str, outcome: Result<(), Error>) -> Answer {
    match outcome {
        Ok(()) => said(staff, id, key),
        Err(Error::Refused(list)) => {
            let refusal = list.into_iter().next().ok_or(Fail::Missing)?;
            let mut flash = Flash::bad(format!("refusal-{}", refusal.code));
            for (name, value) in &refusal.params {
                flash = flash.with(name, value);
            }
            see_other_saying(&links::registration::record(&staff.edition.slug, id), &flash)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn reprint(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let id = named.id()?;
    let outcome = verbs::reprint_badge(&app, staff.viewer.actor(), &staff.edition, id).await;
    done(&staff, id, "registration-reprinted", outcome)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Because {
    reason: String,
}

impl Because {
    /// At most as long as the form allows.
    fn text(&self) -> String {
        self.reason.trim().chars().take(200).collect()
    }
}

pub(super) async fn block(
    staff: Editor,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(because): Fields<Because>,
) -> Answer {
    let id = named.id()?;
    let outcome = verbs::block_badge(&app, staff.viewer.actor(), &staff.edition, id, &because.text()).await;
    done(&staff, id, "registration-blocked", outcome)
}

pub(super) async fn unblock(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let id = named.id()?;
    let outcome = verbs::unblock_badge(&app, staff.viewer.actor(), &staff.edition, id).await;
    done(&staff, id, "registration-unblocked", outcome)
}

pub(super) async fn cancel(
    staff: Editor,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(because): Fields<Because>,
) -> Answer {
    let id = named.id()?;
    let outcome = verbs::cancel_registration(&app, staff.viewer.actor(), &staff.edition, id, &because.text()).await;
    done(&staff, id, "registration-cancelled", outcome)
}

pub(super) async fn approve(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let id = named.id()?;
    let outcome = verbs::review_registration(&app, &staff.viewer, &staff.edition, id, true).await;
    done(&staff, id, "registration-approved", outcome)
}

pub(super) async fn reject(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let id = named.id()?;
    let outcome = verbs::review_registration(&app, &staff.viewer, &staff.edition, id, false).await;
    done(&staff, id, "registration-rejected", outcome)
}

pub(super) async fn anonymize(
    staff: Staff<may::RegistrationManage>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Answer {
    let id = named.id()?;
    verbs::anonymize_registration(&app, staff.viewer.actor(), &staff.edition, id).await?;
    let record = links::registration::record(&staff.edition.slug, id);
    see_other_saying(&record, &Flash::good("registration-anonymized"))
}

pub(super) async fn promote(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let id = named.id()?;
    let outcome = verbs::promote_registration(&app, &staff.viewer, &staff.edition, id).await;
    done(&staff, id, "registration-promoted", outcome)
}

pub(super) async fn mail(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let id = named.id()?;
    let outcome = verbs::send_badge_again(&app, staff.viewer.actor(), &staff.edition, id).await;
    done(&staff, id, "registration-mailed", outcome)
}

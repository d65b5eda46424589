//! Working on an edition's registration form and publishing it.

use crate::{App, Error, Work};
use chrono::{DateTime, Utc};
use domain::{
    EditionId, Refusal,
    access::Viewer,
    edition::Edition,
    journal::{Fact, Subject, SubjectKind},
    registration::{
        Form, Registration,
        form::{Asking, check},
        view::{FormState, FormVersion},
    },
};
use store::{Query, record::form as record, record::places};

/// The form of an edition nobody has made one for.
fn standard(now: DateTime<Utc>) -> FormVersion {
    FormVersion {
        number: 0,
        state: FormState::Published,
        form: Form::standard(),
        by: String::new(),
        changed_at: now,
        published_at: None,
        version: 0,
    }
}

/// The form visitors see: the published one, or the one every edition begins with (number 0).
///
/// # Errors
/// When the database does not answer.
pub async fn current_form(app: &App, edition: EditionId) -> Result<FormVersion, Error> {
    Ok(record::published(&app.reader(), edition).await?.unwrap_or_else(|| standard(app.now())))
}

/// The form a registration answered, or the one visitors see when it was entered without.
///
/// # Errors
/// When the database does not answer.
pub async fn form_of(app: &App, registration: &Registration) -> Result<Form, Error> {
    if let Some(number) = registration.form
        && let Some(version) = record::of_number(&app.reader(), registration.edition, number).await?
    {
        return Ok(version.form);
    }
    Ok(current_form(app, registration.edition).await?.form)
}

/// Every version of the form, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn form_versions(app: &App, edition: EditionId) -> Result<Vec<FormVersion>, Error> {
    Ok(record::all(&app.reader(), edition).await?)
}

/// The form an editor works on: the draft, or a copy of what visitors see.
///
/// # Errors
/// When the database does not answer.
pub async fn form_at_hand(app: &App, edition: EditionId) -> Result<FormVersion, Error> {
    at_hand(&app.reader(), edition, app.now()).await
}

async fn at_hand(q: &impl Query, edition: EditionId, now: DateTime<Utc>) -> Result<FormVersion, Error> {
    if let Some(draft) = record::draft(q, edition).await? {
        return Ok(draft);
    }
    Ok(record::published(q, edition).await?.unwrap_or_else(|| standard(now)))
}

/// What visitors of the edition are asked today, and the categories they may choose.
///
/// # Errors
/// When the database does not answer.
pub async fn open_categories(app: &App, edition: &Edition) -> Result<Vec<domain::registration::Intake>, Error> {
    let today = edition.day(app.now());
    let all = places::all(&app.reader(), edition.id).await?;
    Ok(all.into_iter().filter(|intake| intake.open_on(today)).collect())
}

/// What is asked by this form of categories with these rules.
#[must_use]
pub fn asking<'a>(form: &'a Form, open: &[domain::registration::Intake]) -> Asking<'a> {
    Asking { form, open: open.iter().map(|intake| intake.category).collect() }
}

fn fact(edition: &Edition, kind: &str, number: i32) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Edition, edition.id), edition.id).with("number", number)
}

/// The form at hand, if it is still the one that was `seen`.
async fn seen_at_hand(work: &Work, edition: &Edition, seen: &str) -> Result<FormVersion, Error> {
    let base = at_hand(work.tx(), edition.id, work.now()).await?;
    if base.seen() == seen { Ok(base) } else { Err(Error::Stale) }
}

/// Changes the draft, which is made from what visitors see if there is none. Visitors notice nothing.
///
/// # Errors
/// What `change` refuses; `Stale` when somebody else changed the form since it was `seen`.
pub async fn change_form(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    seen: &str,
    change: impl FnOnce(&mut Form) -> Result<(), Vec<Refusal>> + Send,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let base = seen_at_hand(&work, edition, seen).await?;
    let mut form = base.form.clone();
    change(&mut form)?;
    if form == base.form {
        return Ok(());
    }
    let now = work.now();
    let number = if base.state == FormState::Draft {
        record::save_draft(work.tx(), edition.id, (&form, &viewer.name, base.version), now).await?;
        base.number
    } else {
        record::insert(work.tx(), edition.id, (FormState::Draft, &form, &viewer.name), now).await?
    };
    work.note([fact(edition, "registration.form_changed", number)]);
    work.commit().await
}

/// Makes the draft the form visitors see.
///
/// # Errors
/// Everything [`check`] finds; `form-no-draft`; `Stale`.
pub async fn publish_form(app: &App, viewer: &Viewer, edition: &Edition, seen: &str) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let base = seen_at_hand(&work, edition, seen).await?;
    if base.state != FormState::Draft {
        return Err(Refusal::unmet("form-no-draft").into());
    }
    let faults = check(&base.form);
    if !faults.is_empty() {
        return Err(faults.into());
    }
    record::publish(work.tx(), edition.id, base.version, work.now()).await?;
    work.note([fact(edition, "registration.form_published", base.number)]);
    work.commit().await
}

/// Throws the draft away.
///
/// # Errors
/// `form-no-draft`.
pub async fn discard_form(app: &App, viewer: &Viewer, edition: &Edition) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let draft = record::draft(work.tx(), edition.id).await?;
    let draft = draft.ok_or_else(|| Refusal::unmet("form-no-draft"))?;
    record::discard(work.tx(), edition.id).await?;
    work.note([fact(edition, "registration.form_discarded", draft.number)]);
    work.commit().await
}

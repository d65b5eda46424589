//! Plans of other programs: look at a file, bring it in, take this plan out.

use crate::answer::{Answer, Fail, download, page, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use app::App;
use app::plan::Proposed;
use axum::extract::{FromRequest, Multipart, Request, State};
use domain::Refusal;
use domain::access::Permission;
use domain::plan::mspdi;
use serde::{Deserialize, Serialize};
use store::read::plan as read;
use templates::organizer::plan::{Exchange, Shown};
use templates::{Flash, FormState, Markup, links};
use uuid::Uuid;

/// What was typed beside the file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    upload: String,
    revision: String,
    leave_out: String,
}

/// A form with a file of any kind: what it is, the reader of the file says.
pub(super) struct PlanFile {
    name: String,
    bytes: Vec<u8>,
    leave_out: String,
}

impl<S: Send + Sync> FromRequest<S> for PlanFile {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let unreadable = |_| Fail::from(Refusal::invalid("form-unreadable"));
        let mut read = PlanFile { name: String::new(), bytes: Vec::new(), leave_out: String::new() };
        let Ok(mut form) = Multipart::from_request(request, state).await else { return Ok(read) };
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            match field.name().unwrap_or_default() {
                "file" => {
                    read.name =
                        field.file_name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect();
                    read.bytes = field.bytes().await.map_err(unreadable)?.to_vec();
                }
                "leave_out" => read.leave_out = field.text().await.map_err(unreadable)?.chars().take(8).collect(),
                _ => {}
            }
        }
        Ok(read)
    }
}

async fn show<P>(
    staff: &Staff<P>,
    app: &App,
    sent: &Sent,
    refusals: &[Refusal],
    shown: Option<(&str, &str, &Proposed)>,
    stale: bool,
) -> Result<Markup, Fail> {
    let sheet = read::sheet(&app.reader(), staff.edition.id).await?;
    let lost = sheet.as_ref().map(mspdi::export::lost);
    let shown = shown.map(|(upload, name, proposed)| Shown {
        upload: upload.to_owned(),
        name,
        import: &proposed.import,
        preview: proposed.board.as_ref().zip(proposed.delta.as_ref()).map(|(board, delta)| board.preview(delta)),
        fine: proposed.refusals.is_empty(),
        may_leave_out: proposed.refusals.iter().all(|one| one.code == "mspdi-problems"),
        revision: proposed.revision,
    });
    let exchange = Exchange {
        slug: &staff.edition.slug,
        form: FormState::new(sent, refusals),
        lost: lost.as_deref(),
        shown,
        may_edit: staff.may(Permission::PlanEdit),
        may_export: staff.may(Permission::ExportData),
        stale,
    };
    Ok(exchange.render(&staff.shell()))
}

pub(super) async fn form(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(show(&staff, &app, &Sent::default(), &[], None, false).await?)
}

pub(super) async fn look(staff: Staff<may::PlanEdit>, State(app): State<App>, file: PlanFile) -> Answer {
    let leave_out = !file.leave_out.is_empty();
    let sent = Sent { leave_out: file.leave_out.clone(), ..Sent::default() };
    if file.bytes.is_empty() {
        let refusal = [Refusal::invalid("required").at("file")];
        return refused(show(&staff, &app, &sent, &refusal, None, false).await?);
    }
    let proposed = match app::plan::preview_import(&app, &staff.edition, &file.bytes, leave_out).await {
        Ok(proposed) => proposed,
        Err(error) => {
            let refusals = crate::answer::refusals(error)?;
            return refused(show(&staff, &app, &sent, &refusals, None, false).await?);
        }
    };
    let id = app::plan::keep_upload(&app, &staff.viewer, &staff.edition, &file.name, &file.bytes).await?;
    let shown = Some((&*id.to_string(), &*file.name, &proposed));
    let markup = show(&staff, &app, &sent, &proposed.refusals, shown, false).await?;
    if proposed.refusals.is_empty() { page(markup) } else { refused(markup) }
}

pub(super) async fn accept(staff: Staff<may::PlanEdit>, State(app): State<App>, Fields(sent): Fields<Sent>) -> Answer {
    let leave_out = !sent.leave_out.is_empty();
    let kept = match sent.upload.parse::<Uuid>() {
        Ok(id) => read::upload(&app.reader(), staff.edition.id, id, staff.viewer.user).await?,
        Err(_) => None,
    };
    let Some((name, bytes)) = kept else {
        let refusal = [Refusal::missing("mspdi-gone").at("file")];
        return refused(show(&staff, &app, &Sent::default(), &refusal, None, false).await?);
    };
    let revision = sent.revision.parse().ok().filter(|revision| *revision > 0);
    match app::plan::import_mspdi(&app, &staff.viewer, &staff.edition, &bytes, revision, leave_out).await {
        Ok(brought) => {
            let flash = Flash::good("mspdi-brought").with("added", brought.added).with("changed", brought.changed);
            see_other_saying(&links::plan::home(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let stale = matches!(error, app::Error::Stale);
            let refusals = if stale { Vec::new() } else { crate::answer::refusals(error)? };
            let proposed = app::plan::preview_import(&app, &staff.edition, &bytes, leave_out).await?;
            let shown = Some((&*sent.upload, &*name, &proposed));
            refused(show(&staff, &app, &sent, &refusals, shown, stale).await?)
        }
    }
}

pub(super) async fn xml(staff: Staff<may::ExportData>, State(app): State<App>) -> Answer {
    let title = staff.edition.name.get(staff.ui.lang.locale());
    let text = app::plan::export_mspdi(&app, &staff.edition, title).await?;
    download(&format!("{}-plan.xml", staff.edition.slug), "application/xml; charset=utf-8", text.into_bytes())
}

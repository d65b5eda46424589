//! A duty of the exhibitor: handing it in with a note and a file.

use super::shell;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, refusals, refused, see_other_saying},
    guard::Contact,
    path::Path,
};
use app::App;
use axum::extract::{Multipart, State};
use domain::{ExhibitorDutyId, Refusal, document::Upload, exhibitor::CompleteDraft};
use store::read;
use templates::{Flash, FormState, Markup, links, portal::DutyPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/portal/duties/{own}", Need::Contact, show);
    s.post("/portal/duties/{own}", Need::Contact, complete);
    s.get("/portal/duties/{own}/file", Need::Contact, file);
}

async fn draw(contact: &Contact, app: &App, id: ExhibitorDutyId, form: &FormState) -> Result<Markup, Fail> {
    let now = app.now();
    let all = read::exhibitor::duties(&app.reader(), contact.viewer.participation, now).await?;
    let duty = all.iter().find(|duty| duty.id == id).ok_or(Fail::Missing)?;
    let view = DutyPage { zone: contact.edition.time_zone, now, duty, form };
    Ok(view.render(&shell(contact, app).await?))
}

async fn show(contact: Contact, State(app): State<App>, Path(id): Path<ExhibitorDutyId>) -> Answer {
    page(draw(&contact, &app, id, &FormState::empty()).await?)
}

/// The fields of the form and the file, if one was chosen.
async fn read_form(mut body: Multipart) -> Result<(CompleteDraft, Option<(String, Vec<u8>)>), Fail> {
    let unreadable = || Fail::from(Refusal::invalid("form-unreadable"));
    let (mut draft, mut file) = (CompleteDraft::default(), None);
    while let Some(field) = body.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let known_as = field.file_name().unwrap_or_default().to_owned();
            let content = field.bytes().await.map_err(|_| unreadable())?;
            // Browsers send an empty part when no file was chosen.
            if !known_as.is_empty() {
                file = Some((known_as, content.to_vec()));
            }
            continue;
        }
        let text = field.text().await.map_err(|_| unreadable())?;
        match name.as_str() {
            "note" => draft.note = text,
            "confirm" => draft.confirm = text,
            "version" => draft.version = text,
            _ => {}
        }
    }
    Ok((draft, file))
}

async fn complete(
    contact: Contact,
    State(app): State<App>,
    Path(id): Path<ExhibitorDutyId>,
    body: Multipart,
) -> Answer {
    let (draft, file) = read_form(body).await?;
    let file = file.map(|(name, content)| Upload::check("file", &name, content)).transpose();
    let viewer = &contact.viewer;
    let done = match &file {
        Ok(file) => {
            let only = Some(viewer.participation);
            app::exhibitor::complete_duty(&app, viewer.actor(), viewer.edition, only, id, &draft, file.as_ref()).await
        }
        Err(refusal) => Err(refusal.clone().into()),
    };
    match done {
        Ok(_) => see_other_saying(&links::portal::home(), &Flash::good("portal-done-flash")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&contact, &app, id, &form).await?)
        }
    }
}

async fn file(contact: Contact, State(app): State<App>, Path(id): Path<ExhibitorDutyId>) -> Answer {
    let viewer = &contact.viewer;
    let found = read::exhibitor::duty_file(&app.reader(), viewer.edition, Some(viewer.participation), id).await?;
    let (name, media_type, content) = found.ok_or(Fail::Missing)?;
    download(&name, &media_type, content)
}

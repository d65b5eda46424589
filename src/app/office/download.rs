//! Noting that somebody took a list with people in it away as a file.

use crate::{App, Error};
use domain::{
    EditionId,
    access::Viewer,
    journal::{Fact, Subject, SubjectKind},
};

/// Notes in the journal who took which list of an edition away, and how long it was. `list` is a name of
/// [`domain::office::LISTS`].
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn note_download(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    (list, rows): (&str, u64),
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let subject = Subject::new(SubjectKind::Edition, edition);
    work.note([Fact::new("edition.list_downloaded", subject, edition).with("list", list).with("rows", rows)]);
    work.commit().await
}

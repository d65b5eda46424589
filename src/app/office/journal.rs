//! The journal of an edition as a file.

use super::note_download;
use crate::{
    App, Error,
    spreadsheet::{self, Format, Written},
};
use domain::{access::Viewer, edition::Edition, journal::Entry};
use store::read::journal::{self as read, JournalFilter};
use templates::Lang;

/// Facts read at once.
const PAGE: usize = 2_000;

fn cells(lang: Lang, edition: &Edition, entry: &Entry) -> Vec<String> {
    let said = ["reason", "text"].iter().find_map(|name| entry.fact.data.get(*name)?.as_str());
    let who =
        if entry.actor_name.is_empty() { lang.term("actor", &entry.actor_kind) } else { entry.actor_name.clone() };
    vec![
        entry.at.with_timezone(&edition.time_zone).format("%Y-%m-%d %H:%M:%S").to_string(),
        who,
        lang.term_opt("subject", entry.fact.subject.kind.code()).unwrap_or_default(),
        lang.fact(&entry.fact),
        said.unwrap_or_default().to_owned(),
    ]
}

/// Every fact the filter shows, newest first; who took the journal is noted in it.
///
/// # Errors
/// When the database does not answer, the disk is full, or there are more facts than a sheet has rows.
pub async fn download_journal(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &JournalFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = ["journal-when", "journal-who", "journal-about", "journal-what", "journal-said"].map(|key| lang.t(key));
    let reader = &app.reader();
    let read = |after| {
        let part = JournalFilter { after, ..filter.clone() };
        async move { read::journal(reader, edition.id, &part, PAGE).await }
    };
    let (written, rows) = spreadsheet::pages(format, &heads, read, |entry| cells(lang, edition, entry)).await?;
    note_download(app, viewer, edition.id, ("journal", rows)).await?;
    Ok(written)
}

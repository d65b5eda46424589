//! People or companies as a file.

use crate::{
    App, Error, office,
    spreadsheet::{Format, Writer, Written},
};
use domain::{
    access::Viewer,
    edition::Edition,
    party::{
        PartyKind,
        view::{PartyFilter, PartyRow},
    },
};
use store::read::party as read;
use templates::Lang;

/// Rows read at once.
const PAGE: u32 = 500;

fn heads(lang: Lang, kind: PartyKind) -> [String; 8] {
    let beside = match kind {
        PartyKind::Person => "party-company",
        PartyKind::Organisation => "party-website",
    };
    [
        "party-name",
        "party-name-en",
        "party-name-zh",
        beside,
        "party-country",
        "party-roles-here",
        "party-email",
        "party-phone",
    ]
    .map(|key| lang.t(key))
}

fn cells(lang: Lang, row: &PartyRow) -> [String; 8] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let country = row.country.as_deref().filter(|code| !code.is_empty());
    let roles: Vec<String> = row.roles.iter().map(|role| lang.term("participation-role", role)).collect();
    [
        row.name.clone(),
        row.name_en.clone(),
        row.name_zh.clone(),
        text(&row.beside),
        country.map(|code| lang.term("country", code)).unwrap_or_default(),
        lang.list(&roles),
        text(&row.email),
        text(&row.phone),
    ]
}

/// Everybody the filter shows, by name, with the roles they have in the edition; who took it is noted.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn download_parties(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &PartyFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let reader = app.reader();
    let mut writer = Writer::begin(format, &heads(lang, filter.kind))?;
    let mut after = None;
    loop {
        let rows = read::list(&reader, edition.id, filter, after, PAGE).await?;
        for row in &rows {
            writer.row(cells(lang, row))?;
        }
        match rows.last().filter(|_| rows.len() == PAGE as usize) {
            Some(last) => after = Some((last.sort_key.clone(), last.id)),
            None => break,
        }
    }
    office::note_download(app, viewer, edition.id, ("parties", writer.rows())).await?;
    writer.finish()
}

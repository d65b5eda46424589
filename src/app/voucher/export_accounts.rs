//! What exhibitors are allowed and what they gave out, as a file: for the account with each.

use crate::{
    App, Error,
    spreadsheet::{self, Cell, Format, Written},
};
use domain::{edition::Edition, registration::allowance::AccountRow};
use store::read::voucher as read;
use templates::Lang;

/// Rows read at once.
const PAGE: usize = 1_000;

fn cells(row: &AccountRow) -> Vec<Cell> {
    vec![
        row.company.en.as_str().into(),
        row.company.zh.as_str().into(),
        Cell::Number(row.area_dm2 as f64 / 100.0),
        row.staff.used.into(),
        row.staff.allowed.into(),
        row.invitations.used.into(),
        row.invitations.allowed.into(),
    ]
}

/// The accounts of all exhibitors whose company has these words in its name.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn export_accounts(
    app: &App,
    edition: &Edition,
    words: &str,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = [
        "apply-company-en",
        "apply-company-zh",
        "sales-area-m2",
        "allowance-staff-used",
        "allowance-staff-allowed",
        "allowance-invitations-used",
        "allowance-invitations-allowed",
    ]
    .map(|key| lang.t(key));
    let reader = &app.reader();
    let read = |after: String| async move { read::accounts(reader, edition.id, (words, &after), None, PAGE).await };
    Ok(spreadsheet::pages(format, &heads, read, cells).await?.0)
}

//! The codes of a campaign as a file: for the printer, for a mailing, for the account with an exhibitor.

use crate::{
    Error,
    spreadsheet::{Format, Writer, Written},
};
use domain::registration::voucher::{Campaign, shown};
use store::{Reader, read::voucher as read};
use templates::{Lang, links};

/// Codes read at once.
const PAGE: u32 = 2_000;

/// Every code with its address and who used it.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn export(
    reader: &Reader,
    campaign: &Campaign,
    (slug, base_url): (&str, &str),
    lang: Lang,
    format: Format,
) -> Result<Written, Error> {
    let heads = [
        "voucher-code",
        "voucher-link",
        "voucher-state",
        "voucher-redeemed",
        "registration-name",
        "registration-company",
    ]
    .map(|key| lang.t(key));
    let mut writer = Writer::begin(format, &heads)?;
    let mut after = None;
    loop {
        let rows = read::vouchers(reader, campaign, after, PAGE).await?;
        for row in &rows {
            let (name, company) = row.by.clone().map(|(_, name, company)| (name, company)).unwrap_or_default();
            let state = if row.stopped {
                "stopped"
            } else if row.redeemed > 0 {
                "used"
            } else {
                "open"
            };
            writer.row([
                shown(&row.code),
                links::voucher::invited(slug, &row.code).absolute(base_url),
                lang.term("voucher-code-state", state),
                row.redeemed.to_string(),
                name,
                company,
            ])?;
        }
        match rows.last().filter(|_| rows.len() == PAGE as usize) {
            Some(last) => after = Some(last.id.uuid()),
            None => return writer.finish(),
        }
    }
}

//! The codes of all campaigns of an edition, as their list and the API show them.

use super::{
    order::Order,
    sales::{Conditions, contains, page},
    voucher::{USED_BY, VOUCHER, VOUCHER_WIDTH, voucher_row},
};
use crate::{Fault, Outcome, Query, Reader, Row, values};
use domain::{
    CampaignId, EditionId,
    listing::Sort,
    registration::{
        Category,
        voucher::{CODE_SORTS, CodeLine, CodeState, plain},
    },
    sales::view::Page,
};

/// Counting codes stops here; a person narrows the list down long before.
pub const MOST_COUNTED: i64 = 10_000;

/// What the list of codes is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct CodeFilter {
    /// The beginning of a code, or words of the campaign's name.
    pub q: String,
    pub campaign: Option<CampaignId>,
    pub state: Option<CodeState>,
    /// One of [`CODE_SORTS`].
    pub sort: String,
    /// Cursor.
    pub after: String,
}

/// Whether somebody is registered by code `v`.
const USED: &str = "exists (select 1 from redemption d join registration r on r.edition_id = d.edition_id
    and r.id = d.registration_id where d.edition_id = v.edition_id and d.voucher_id = v.id
    and r.status not in ('cancelled', 'rejected'))";

fn conditions(edition: EditionId, filter: &CodeFilter) -> Conditions {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if let Some(campaign) = filter.campaign {
        conditions.and("v.campaign_id = ?", values![campaign.uuid()]);
    }
    let code = plain(&filter.q);
    if !filter.q.trim().is_empty() && code.is_empty() {
        conditions.and("lower(c.name) like ? escape '\\'", values![contains(&filter.q)]);
    } else if !code.is_empty() {
        conditions.and(
            "(v.code like ? or lower(c.name) like ? escape '\\')",
            values![format!("{code}%"), contains(&filter.q)],
        );
    }
    match filter.state {
        Some(CodeState::Stopped) => conditions.and("v.stopped", vec![]),
        Some(CodeState::Used) => conditions.and(&format!("not v.stopped and {USED}"), vec![]),
        Some(CodeState::Open) => conditions.and(&format!("not v.stopped and not {USED}"), vec![]),
        None => {}
    }
    conditions
}

/// A page of codes.
///
/// # Errors
/// When the database does not answer.
pub async fn codes(reader: &Reader, edition: EditionId, filter: &CodeFilter, limit: usize) -> Outcome<Page<CodeLine>> {
    let mut conditions = conditions(edition, filter);
    let sort = Sort::read(&filter.sort, CODE_SORTS);
    let order = match sort.by() {
        "code" => Order::text("v.code", "v.id", sort.down()),
        _ => Order::made("v.id", sort.down()),
    };
    order.after(&mut conditions, &filter.after);
    let sql = format!(
        "select {VOUCHER}, v.campaign_id, c.name, c.category, v.created_at
         from voucher v join campaign c on c.id = v.campaign_id {USED_BY} where v.edition_id = $1{}{} limit {}",
        conditions.sql(),
        order.sql(),
        limit + 1
    );
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(code_line).collect::<Outcome<Vec<_>>>()?;
    Ok(page(rows, limit, |line| (line.row.code.clone(), line.row.id.uuid())))
}

fn code_line(row: &Row) -> Outcome<CodeLine> {
    let at = VOUCHER_WIDTH;
    let category: String = row.get(at + 2)?;
    Ok(CodeLine {
        row: voucher_row(row)?,
        campaign: CampaignId::from_uuid(row.get(at)?),
        campaign_name: row.get(at + 1)?,
        category: Category::parse(&category).ok_or_else(|| Fault::impossible("campaign", &category))?,
        created_at: row.get(at + 3)?,
    })
}

/// How many codes a filter shows, up to [`MOST_COUNTED`].
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &CodeFilter) -> Outcome<i64> {
    let conditions = conditions(edition, filter);
    let sql = format!(
        "select count(*) from (select 1 from voucher v join campaign c on c.id = v.campaign_id
         where v.edition_id = $1{} limit {MOST_COUNTED}) t",
        conditions.sql()
    );
    Ok(reader.scalar(&sql, conditions.bound()).await?.unwrap_or(0))
}

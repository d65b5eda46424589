//! The invitations of all campaigns of an edition, as their list and the API show them.

use super::{
    order::Order,
    sales::{Conditions, contains, page},
    voucher::{CAME, CAME_OF_IT, INVITED_WIDTH, invitation_row, outcome},
};
use crate::{Fault, Outcome, Query, Reader, Row, record::voucher::INVITATION, values};
use domain::{
    CampaignId, EditionId,
    listing::Sort,
    registration::{
        Category,
        invitation::{InvitationLine, SORTS, State},
        voucher::plain,
    },
    sales::view::Page,
};

/// Counting invitations stops here; a person narrows the list down long before.
pub const MOST_COUNTED: i64 = 10_000;

/// What the list of invitations is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct InvitationFilter {
    /// Words of the name, the company or the address, or a whole code.
    pub q: String,
    pub campaign: Option<CampaignId>,
    /// `organizer`, `exhibitor`; all when empty.
    pub by: String,
    pub state: Option<State>,
    /// Only people who have entered the show.
    pub came: bool,
    /// One of [`SORTS`].
    pub sort: String,
    /// Cursor.
    pub after: String,
}

/// Live registrations `r` by the code of invitation `i`.
const BY_IT: &str = "select 1 from redemption d join registration r on r.edition_id = d.edition_id
    and r.id = d.registration_id where d.edition_id = i.edition_id and d.voucher_id = i.voucher_id
    and r.status not in ('cancelled', 'rejected')";

fn conditions(edition: EditionId, filter: &InvitationFilter) -> Conditions {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if let Some(campaign) = filter.campaign {
        conditions.and("i.campaign_id = ?", values![campaign.uuid()]);
    }
    match filter.by.as_str() {
        "organizer" => conditions.and("c.participation_id is null", vec![]),
        "exhibitor" => conditions.and("c.participation_id is not null", vec![]),
        _ => {}
    }
    if !filter.q.trim().is_empty() {
        let words = contains(&filter.q);
        conditions.and(
            "(lower(i.name) like ? escape '\\' or lower(i.company) like ? escape '\\' or i.folded_email like ? escape '\\'
              or i.voucher_id in (select w.id from voucher w where w.edition_id = $1 and w.code = ?))",
            values![words.as_str(), words.as_str(), words.as_str(), plain(&filter.q)],
        );
    }
    let nobody = format!("not exists ({BY_IT})");
    match filter.state {
        Some(State::Registered) => conditions.and(&format!("exists ({BY_IT})"), vec![]),
        Some(State::Withdrawn) => conditions.and(&format!("i.withdrawn_at is not null and {nobody}"), vec![]),
        Some(State::Declined) => {
            conditions.and(&format!("i.withdrawn_at is null and i.declined_at is not null and {nobody}"), vec![]);
        }
        Some(State::Opened) => conditions.and(
            &format!("i.withdrawn_at is null and i.declined_at is null and i.opened_at is not null and {nobody}"),
            vec![],
        ),
        Some(State::Sent) => conditions.and(
            &format!("i.withdrawn_at is null and i.declined_at is null and i.opened_at is null and {nobody}"),
            vec![],
        ),
        None => {}
    }
    if filter.came {
        conditions.and(&format!("exists ({BY_IT} and {CAME})"), vec![]);
    }
    conditions
}

/// A page of invitations.
///
/// # Errors
/// When the database does not answer.
pub async fn invitations(
    reader: &Reader,
    edition: EditionId,
    filter: &InvitationFilter,
    limit: usize,
) -> Outcome<Page<InvitationLine>> {
    let mut conditions = conditions(edition, filter);
    let sort = Sort::read(&filter.sort, SORTS);
    let order = match sort.by() {
        "name" => Order::text("i.name", "i.id", sort.down()),
        "company" => Order::text("i.company", "i.id", sort.down()),
        _ => Order::made("i.id", sort.down()),
    };
    order.after(&mut conditions, &filter.after);
    let sql = format!(
        "select {INVITATION}, {}, c.name, c.category from invitation i join campaign c on c.id = i.campaign_id {CAME_OF_IT}
         where i.edition_id = $1{}{} limit {}",
        outcome(),
        conditions.sql(),
        order.sql(),
        limit + 1
    );
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(line).collect::<Outcome<Vec<_>>>()?;
    let key = |line: &InvitationLine| {
        let one = &line.row.invitation;
        (if sort.by() == "company" { one.company.clone() } else { one.name.clone() }, one.id.uuid())
    };
    Ok(page(rows, limit, key))
}

fn line(row: &Row) -> Outcome<InvitationLine> {
    let at = INVITED_WIDTH;
    let category: String = row.get(at + 1)?;
    Ok(InvitationLine {
        row: invitation_row(row)?,
        campaign_name: row.get(at)?,
        category: Category::parse(&category).ok_or_else(|| Fault::impossible("campaign", &category))?,
    })
}

/// How many invitations a filter shows, up to [`MOST_COUNTED`].
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &InvitationFilter) -> Outcome<i64> {
    let conditions = conditions(edition, filter);
    let sql = format!(
        "select count(*) from (select 1 from invitation i join campaign c on c.id = i.campaign_id
         where i.edition_id = $1{} limit {MOST_COUNTED}) t",
        conditions.sql()
    );
    Ok(reader.scalar(&sql, conditions.bound()).await?.unwrap_or(0))
}

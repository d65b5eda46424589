//! Campaigns, codes, invitations and exhibitors' accounts as pages and the API show them.

use super::order::Order;
use crate::{
    Outcome, Query, Reader, Row,
    read::sales::{Conditions, company, contains, cursor, page},
    record::voucher::{CAMPAIGN, CAMPAIGN_WIDTH, INVITATION, INVITATION_WIDTH, campaign_of, invitation_of},
    values,
};
use chrono::NaiveDate;
use domain::{
    Bilingual, CampaignId, EditionId, ParticipationId, RegistrationId, VoucherId,
    listing::Sort,
    registration::{
        Category,
        allowance::{self, Account, AccountRow},
        invitation::{InvitationRow, Reached},
        view::Origin,
        voucher::{CAMPAIGN_SORTS, Campaign, CampaignRow, CampaignState, VoucherRow, plain},
    },
    sales::view::Page,
};
use uuid::Uuid;

/// Live registrations by a campaign `c`.
const REDEEMED: &str = "(select count(*) from redemption d join registration r on r.edition_id = d.edition_id
    and r.id = d.registration_id where d.edition_id = c.edition_id and d.campaign_id = c.id
    and r.status not in ('cancelled', 'rejected'))";

/// Whether the person of registration `r` has entered the show.
pub(crate) const CAME: &str = "exists (select 1 from scan s where s.edition_id = r.edition_id
    and s.credential_id in (select k.id from credential k where k.registration_id = r.id and k.edition_id = r.edition_id)
    and s.verdict <> 'deny' and s.direction = 'in')";

/// What the list of campaigns is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct CampaignFilter {
    /// Words of the name, the company's, or a code.
    pub q: String,
    /// `organizer`, `exhibitor`; all when empty.
    pub by: String,
    /// What people become by them.
    pub category: Option<Category>,
    /// Whether the codes are taken on a local day.
    pub state: Option<(CampaignState, NaiveDate)>,
    /// One of [`CAMPAIGN_SORTS`].
    pub sort: String,
    /// Cursor.
    pub after: String,
}

fn conditions(edition: EditionId, filter: &CampaignFilter) -> Conditions {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if !filter.q.trim().is_empty() {
        let words = contains(&filter.q);
        conditions.and(
            "(lower(c.name) like ? escape '\\' or lower(p.name || ' ' || p.name_en || ' ' || p.name_zh) like ? escape '\\'
              or c.id in (select v.campaign_id from voucher v where v.edition_id = $1 and v.code = ?))",
            values![words.as_str(), words.as_str(), plain(&filter.q)],
        );
    }
    match filter.by.as_str() {
        "organizer" => conditions.and("c.participation_id is null", vec![]),
        "exhibitor" => conditions.and("c.participation_id is not null", vec![]),
        _ => {}
    }
    if let Some(category) = filter.category {
        conditions.and("c.category = ?", values![category.code()]);
    }
    match filter.state {
        Some((CampaignState::Stopped, _)) => conditions.and("c.stopped", vec![]),
        Some((CampaignState::Early, day)) => conditions.and("not c.stopped and c.valid_from > ?", values![day]),
        Some((CampaignState::Over, day)) => conditions.and(
            "not c.stopped and c.valid_until < ? and (c.valid_from is null or c.valid_from <= ?)",
            values![day, day],
        ),
        Some((CampaignState::Open, day)) => conditions.and(
            "not c.stopped and (c.valid_from is null or c.valid_from <= ?) and (c.valid_until is null or c.valid_until >= ?)",
            values![day, day],
        ),
        None => {}
    }
    conditions
}

const FROM: &str = " from campaign c left join participation n on n.id = c.participation_id
    left join party p on p.id = n.party_id where c.edition_id = $1";

fn campaign_select() -> String {
    format!(
        "select {CAMPAIGN}, p.name, p.name_en, p.name_zh,
         case when c.kind = 'shared' then (select min(v.code) from voucher v where v.campaign_id = c.id) end,
         (select count(*) from voucher v where v.campaign_id = c.id),
         (select count(*) from invitation i where i.campaign_id = c.id and i.withdrawn_at is null), {REDEEMED}"
    )
}

fn campaign_row(row: &Row) -> Outcome<CampaignRow> {
    let at = CAMPAIGN_WIDTH;
    let name: Option<String> = row.get(at)?;
    let company = match name {
        Some(name) => Some(company(name, row.get(at + 1)?, row.get(at + 2)?)),
        None => None,
    };
    Ok(CampaignRow {
        campaign: campaign_of(row)?,
        company,
        code: row.get(at + 3)?,
        codes: row.get(at + 4)?,
        invited: row.get(at + 5)?,
        redeemed: row.get(at + 6)?,
    })
}

/// A page of campaigns.
///
/// # Errors
/// When the database does not answer.
pub async fn campaigns(
    reader: &Reader,
    edition: EditionId,
    filter: &CampaignFilter,
    limit: usize,
) -> Outcome<Page<CampaignRow>> {
    let mut conditions = conditions(edition, filter);
    let sort = Sort::read(&filter.sort, CAMPAIGN_SORTS);
    let order = match sort.by() {
        "name" => Order::text("c.name", "c.id", sort.down()),
        _ => Order::made("c.id", sort.down()),
    };
    order.after(&mut conditions, &filter.after);
    let sql = format!("{}{FROM}{}{} limit {}", campaign_select(), conditions.sql(), order.sql(), limit + 1);
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(campaign_row).collect::<Outcome<Vec<_>>>()?;
    Ok(page(rows, limit, |row| (row.campaign.name.clone(), row.campaign.id.uuid())))
}

/// How many campaigns a filter shows.
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &CampaignFilter) -> Outcome<i64> {
    let conditions = conditions(edition, filter);
    Ok(reader.scalar(&format!("select count(*){FROM}{}", conditions.sql()), conditions.bound()).await?.unwrap_or(0))
}

/// One campaign with its counts.
///
/// # Errors
/// When the database does not answer.
pub async fn campaign(reader: &Reader, edition: EditionId, id: CampaignId) -> Outcome<Option<CampaignRow>> {
    let sql = format!("{}{FROM} and c.id = $2", campaign_select());
    reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(campaign_row).transpose()
}

/// An exhibitor's own campaign, if it has invited anybody.
///
/// # Errors
/// When the database does not answer.
pub async fn of_exhibitor(
    reader: &Reader,
    edition: EditionId,
    participation: ParticipationId,
) -> Outcome<Option<Campaign>> {
    let sql = format!("select {CAMPAIGN} from campaign c where c.edition_id = $1 and c.participation_id = $2");
    reader.rows(&sql, values![edition.uuid(), participation.uuid()]).await?.first().map(campaign_of).transpose()
}

/// Codes of the whole edition: all, live registrations by them, invitations out.
///
/// # Errors
/// When the database does not answer.
pub async fn figures(reader: &Reader, edition: EditionId) -> Outcome<(i64, i64, i64)> {
    let sql = "select (select count(*) from voucher where edition_id = $1),
       (select count(*) from redemption d join registration r on r.edition_id = d.edition_id and r.id = d.registration_id
        where d.edition_id = $1 and r.status not in ('cancelled', 'rejected')),
       (select count(*) from invitation where edition_id = $1 and withdrawn_at is null)";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok((0, 0, 0)) };
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// Codes of a campaign in the order they were made, those after `after`, with who used each last.
///
/// # Errors
/// When the database does not answer.
pub async fn vouchers(
    reader: &Reader,
    campaign: &Campaign,
    after: Option<Uuid>,
    limit: u32,
) -> Outcome<Vec<VoucherRow>> {
    let sql = format!(
        "select {VOUCHER} from voucher v {USED_BY} where v.campaign_id = $1 and v.id > $2 order by v.id limit {limit}"
    );
    let rows = reader.rows(&sql, values![campaign.id.uuid(), after.unwrap_or(Uuid::nil())]).await?;
    rows.iter().map(voucher_row).collect()
}

/// What is shown of a code `v`: [`voucher_row`] reads it.
pub(super) const VOUCHER: &str = "v.id, v.code, v.stopped,
    (select count(*) from redemption d join registration r on r.edition_id = d.edition_id and r.id = d.registration_id
     where d.edition_id = v.edition_id and d.voucher_id = v.id and r.status not in ('cancelled', 'rejected')),
    x.id, x.display_name, x.company";
/// Columns of [`VOUCHER`].
pub(super) const VOUCHER_WIDTH: usize = 7;
/// The latest registration `x` by a code `v`.
pub(super) const USED_BY: &str = "left join registration x on x.edition_id = v.edition_id and x.id =
    (select d.registration_id from redemption d where d.edition_id = v.edition_id and d.voucher_id = v.id
     order by d.at desc limit 1)";

pub(super) fn voucher_row(row: &Row) -> Outcome<VoucherRow> {
    let by = match row.get::<Option<Uuid>>(4)? {
        Some(id) => Some((RegistrationId::from_uuid(id), row.get(5)?, row.get(6)?)),
        None => None,
    };
    Ok(VoucherRow {
        id: VoucherId::from_uuid(row.get(0)?),
        code: row.get(1)?,
        stopped: row.get(2)?,
        redeemed: row.get(3)?,
        by,
    })
}

/// Invitations of a campaign, newest first, those before `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn invitations(
    db: &impl Query,
    campaign: CampaignId,
    before: Option<Uuid>,
    limit: u32,
) -> Outcome<Vec<InvitationRow>> {
    let sql = format!(
        "select {INVITATION}, {} from invitation i {CAME_OF_IT}
         where i.campaign_id = $1 and i.id < $2 order by i.id desc limit {limit}",
        outcome()
    );
    let rows = db.rows(&sql, values![campaign.uuid(), before.unwrap_or(Uuid::max())]).await?;
    rows.iter().map(invitation_row).collect()
}

/// What came of an invitation: its code, the registration, whether the person came.
pub(super) fn outcome() -> String {
    format!("v.code, r.id, coalesce(case when {CAME} then 1 else 0 end, 0)")
}

/// Columns of an invitation with its [`outcome`].
pub(super) const INVITED_WIDTH: usize = INVITATION_WIDTH + 3;
/// The code `v` of an invitation `i`, and the live registration `r` by it.
pub(super) const CAME_OF_IT: &str = "join voucher v on v.edition_id = i.edition_id and v.id = i.voucher_id
    left join registration r on r.edition_id = i.edition_id and r.id =
      (select d.registration_id from redemption d join registration y on y.edition_id = d.edition_id
         and y.id = d.registration_id and y.status not in ('cancelled', 'rejected')
       where d.edition_id = i.edition_id and d.voucher_id = i.voucher_id order by d.at desc limit 1)";

pub(super) fn invitation_row(row: &Row) -> Outcome<InvitationRow> {
    let at = INVITATION_WIDTH;
    Ok(InvitationRow {
        invitation: invitation_of(row)?,
        code: row.get(at)?,
        registration: row.get::<Option<Uuid>>(at + 1)?.map(RegistrationId::from_uuid),
        came: row.get::<i32>(at + 2)? > 0,
    })
}

/// By what a registration came in: the voucher that was redeemed, the group it belongs to.
///
/// # Errors
/// When the database does not answer.
pub async fn origin(reader: &Reader, edition: EditionId, id: RegistrationId) -> Outcome<Origin> {
    let sql = "select c.id, c.name, v.code, g.id, g.name from registration r
               left join redemption d on d.edition_id = r.edition_id and d.registration_id = r.id
               left join voucher v on v.edition_id = d.edition_id and v.id = d.voucher_id
               left join campaign c on c.id = d.campaign_id
               left join delegation_member m on m.edition_id = r.edition_id and m.registration_id = r.id
               left join delegation g on g.id = m.delegation_id
               where r.edition_id = $1 and r.id = $2";
    let rows = reader.rows(sql, values![edition.uuid(), id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(Origin::default()) };
    let campaign = match row.get::<Option<Uuid>>(0)? {
        Some(id) => Some((CampaignId::from_uuid(id), row.get(1)?, row.get::<Option<String>>(2)?.unwrap_or_default())),
        None => None,
    };
    let group = match row.get::<Option<Uuid>>(3)? {
        Some(id) => Some((domain::DelegationId::from_uuid(id), row.get(4)?)),
        None => None,
    };
    Ok(Origin { campaign, group })
}

/// What the invitations of a campaign came to.
///
/// # Errors
/// When the database does not answer.
pub async fn reached(reader: &Reader, campaign: &Campaign) -> Outcome<Reached> {
    let sql = format!(
        "select (select count(*) from invitation i where i.campaign_id = $1 and i.withdrawn_at is null
                 and i.declined_at is null),
         (select count(*) from invitation i where i.campaign_id = $1 and i.opened_at is not null
          and i.withdrawn_at is null),
         (select count(*) from invitation i where i.campaign_id = $1 and i.declined_at is not null),
         count(*), count(case when {CAME} then 1 end)
         from redemption d join registration r on r.edition_id = d.edition_id and r.id = d.registration_id
         where d.edition_id = $2 and d.campaign_id = $1 and r.status not in ('cancelled', 'rejected')"
    );
    let rows = reader.rows(&sql, values![campaign.id.uuid(), campaign.edition.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(Reached::default()) };
    Ok(Reached {
        sent: row.get(0)?,
        opened: row.get(1)?,
        declined: row.get(2)?,
        registered: row.get(3)?,
        came: row.get(4)?,
    })
}

/// The rules of both kinds.
///
/// # Errors
/// When the database does not answer.
pub async fn rules(reader: &Reader, edition: EditionId) -> Outcome<Vec<allowance::Rule>> {
    let staff = crate::record::voucher::rule(reader, edition, allowance::Kind::Staff).await?;
    let invitation = crate::record::voucher::rule(reader, edition, allowance::Kind::Invitation).await?;
    Ok(vec![staff, invitation])
}

/// The exhibitor's company, as an invitation names it.
///
/// # Errors
/// When the database does not answer.
pub async fn company_of(db: &impl Query, participation: ParticipationId) -> Outcome<Option<Bilingual>> {
    let sql =
        "select p.name, p.name_en, p.name_zh from participation n join party p on p.id = n.party_id where n.id = $1";
    let rows = db.rows(sql, values![participation.uuid()]).await?;
    rows.first().map(|row| Ok(company(row.get(0)?, row.get(1)?, row.get(2)?))).transpose()
}

/// Staff badges in use: live registrations in exhibitor `n`'s own group.
const STAFF_USED: &str = "(select count(*) from delegation g join delegation_member m on m.delegation_id = g.id
    join registration r on r.edition_id = m.edition_id and r.id = m.registration_id
    where g.participation_id = n.id and g.kind = 'staff' and r.status not in ('cancelled', 'rejected'))";
const INVITED: &str = "(select count(*) from invitation i join campaign c on c.id = i.campaign_id
    where c.participation_id = n.id and i.withdrawn_at is null and i.declined_at is null)";
const AREA: &str =
    "(select coalesce(cast(sum(s.area_dm2) as bigint), 0) from stand_assignment a join stand s on s.id = a.stand_id
    where a.participation_id = n.id and a.released_at is null)";
const SET: &str = "(select w.allowed from allowance w where w.edition_id = n.edition_id and w.participation_id = n.id
    and w.kind = ";

/// Both accounts of exhibitors by name, those after the cursor; of one only with `only`.
///
/// # Errors
/// When the database does not answer.
pub async fn accounts(
    db: &impl Query,
    edition: EditionId,
    (q, after): (&str, &str),
    only: Option<ParticipationId>,
    limit: usize,
) -> Outcome<Page<AccountRow>> {
    let staff = crate::record::voucher::rule(db, edition, allowance::Kind::Staff).await?;
    let invitation = crate::record::voucher::rule(db, edition, allowance::Kind::Invitation).await?;
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if let Some(only) = only {
        conditions.and("n.id = ?", values![only.uuid()]);
    }
    if !q.trim().is_empty() {
        conditions
            .and("lower(p.name || ' ' || p.name_en || ' ' || p.name_zh) like ? escape '\\'", values![contains(q)]);
    }
    if let Some((value, id)) = cursor(after) {
        conditions.and("(p.sort_key, n.id) > (?, ?)", values![value, id]);
    }
    let sql = format!(
        "select n.id, p.name, p.name_en, p.name_zh, p.sort_key, {AREA}, {SET}'staff'), {SET}'invitation'), {STAFF_USED}, {INVITED}
         from participation n join party p on p.id = n.party_id where n.edition_id = $1 and n.role = 'exhibitor'{}
         order by p.sort_key, n.id limit {}",
        conditions.sql(),
        limit + 1
    );
    let one = |row: &Row| -> Outcome<AccountRow> {
        let area_dm2: i64 = row.get(5)?;
        let (own_staff, own_invitation): (Option<i32>, Option<i32>) = (row.get(6)?, row.get(7)?);
        let account = |own: Option<i32>, rule: &allowance::Rule, used: i64| Account {
            allowed: own.map_or_else(|| rule.allowed(area_dm2), i64::from),
            used,
            set: own.is_some(),
        };
        Ok(AccountRow {
            participation: ParticipationId::from_uuid(row.get(0)?),
            company: company(row.get(1)?, row.get(2)?, row.get(3)?),
            sort_key: row.get(4)?,
            area_dm2,
            staff: account(own_staff, &staff, row.get(8)?),
            invitations: account(own_invitation, &invitation, row.get(9)?),
        })
    };
    let rows = db.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(one).collect::<Outcome<Vec<_>>>()?;
    Ok(page(rows, limit, |row| (row.sort_key.clone(), row.participation.uuid())))
}

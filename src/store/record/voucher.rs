//! Campaigns, vouchers, redemptions, invitations and allowances as use cases load and save them.

use crate::{Fault, Outcome, Query, Row, Tx, dialect::lock, query::asked, values};
use chrono::{DateTime, Utc};
use domain::{
    CampaignId, EditionId, InvitationId, Locale, ParticipationId, RegistrationId, VoucherId,
    registration::{
        Category,
        allowance::{self, Rule},
        invitation::Invitation,
        voucher::{Campaign, Kind, Used, Voucher},
    },
    text::fold_email,
};
use std::collections::HashSet;
use uuid::Uuid;

pub(crate) const CAMPAIGN: &str = "c.id, c.edition_id, c.participation_id, c.name, c.category, c.kind, c.uses, c.quota, \
                                   c.valid_from, c.valid_until, c.stopped, c.note, c.created_by, c.created_at, c.version";

/// Columns of [`CAMPAIGN`].
pub(crate) const CAMPAIGN_WIDTH: usize = 15;

pub(crate) fn campaign_of(row: &Row) -> Outcome<Campaign> {
    let wrong = |what: &str| Fault::impossible("campaign", what);
    let (category, kind): (String, String) = (row.get(4)?, row.get(5)?);
    Ok(Campaign {
        id: CampaignId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        participation: row.get::<Option<Uuid>>(2)?.map(ParticipationId::from_uuid),
        name: row.get(3)?,
        category: Category::parse(&category).ok_or_else(|| wrong(&category))?,
        kind: Kind::parse(&kind).ok_or_else(|| wrong(&kind))?,
        uses: row.get(6)?,
        quota: row.get(7)?,
        valid_from: row.get(8)?,
        valid_until: row.get(9)?,
        stopped: row.get(10)?,
        note: row.get(11)?,
        created_by: row.get(12)?,
        created_at: row.get(13)?,
        version: row.get(14)?,
    })
}

/// Adds campaigns.
///
/// # Errors
/// When the exhibitor has one already.
pub async fn insert_campaigns(tx: &Tx, campaigns: &[Campaign]) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "participation_id",
        "name",
        "category",
        "kind",
        "uses",
        "quota",
        "valid_from",
        "valid_until",
        "stopped",
        "note",
        "created_by",
        "created_at",
        "version",
    ];
    let row = |c: &Campaign| {
        values![
            c.id.uuid(),
            c.edition.uuid(),
            c.participation.map(ParticipationId::uuid),
            c.name.as_str(),
            c.category.code(),
            c.kind.code(),
            c.uses,
            c.quota,
            c.valid_from,
            c.valid_until,
            c.stopped,
            c.note.as_str(),
            c.created_by.as_str(),
            c.created_at,
            c.version
        ]
    };
    tx.insert("campaign", &columns, campaigns.iter().map(row)).await
}

/// The campaign, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn campaign(tx: &Tx, edition: EditionId, id: CampaignId) -> Outcome<Option<Campaign>> {
    let lock = lock::for_update(tx.backend());
    let sql = format!("select {CAMPAIGN} from campaign c where c.id = $1 and c.edition_id = $2{lock}");
    tx.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(campaign_of).transpose()
}

/// An exhibitor's own campaign, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn campaign_of_exhibitor(
    tx: &Tx,
    edition: EditionId,
    participation: ParticipationId,
) -> Outcome<Option<Campaign>> {
    let lock = lock::for_update(tx.backend());
    let sql = format!("select {CAMPAIGN} from campaign c where c.edition_id = $1 and c.participation_id = $2{lock}");
    tx.rows(&sql, values![edition.uuid(), participation.uuid()]).await?.first().map(campaign_of).transpose()
}

/// Saves a changed campaign.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed it since it was read.
pub async fn save_campaign(tx: &Tx, c: &Campaign) -> Outcome<()> {
    let touched = tx
        .run(
            "update campaign set name = $3, category = $4, quota = $5, valid_from = $6, valid_until = $7, stopped = $8,
             note = $9, version = version + 1 where id = $1 and version = $2",
            values![
                c.id.uuid(),
                c.version,
                c.name.as_str(),
                c.category.code(),
                c.quota,
                c.valid_from,
                c.valid_until,
                c.stopped,
                c.note.as_str()
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Adds codes.
///
/// # Errors
/// When a code is taken in the edition.
pub async fn insert_vouchers(tx: &Tx, vouchers: &[Voucher]) -> Outcome<()> {
    let columns = ["edition_id", "id", "campaign_id", "code", "uses", "stopped", "created_at"];
    let row = |v: &Voucher| {
        values![v.edition.uuid(), v.id.uuid(), v.campaign.uuid(), v.code.as_str(), v.uses, v.stopped, v.created_at]
    };
    tx.insert("voucher", &columns, vouchers.iter().map(row)).await
}

/// A code with its campaign. Whoever redeems holds the queue of the edition, so the counts that follow are true.
///
/// # Errors
/// When the database does not answer.
pub async fn by_code(db: &impl Query, edition: EditionId, code: &str) -> Outcome<Option<(Voucher, Campaign)>> {
    let sql = format!(
        "select {CAMPAIGN}, v.id, v.code, v.uses, v.stopped, v.created_at from voucher v
         join campaign c on c.id = v.campaign_id where v.edition_id = $1 and v.code = $2"
    );
    let rows = db.rows(&sql, values![edition.uuid(), code]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let campaign = campaign_of(row)?;
    let at = CAMPAIGN_WIDTH;
    let voucher = Voucher {
        edition,
        id: VoucherId::from_uuid(row.get(at)?),
        campaign: campaign.id,
        code: row.get(at + 1)?,
        uses: row.get(at + 2)?,
        stopped: row.get(at + 3)?,
        created_at: row.get(at + 4)?,
    };
    Ok(Some((voucher, campaign)))
}

/// Stops codes or lets them go on; how many were touched.
///
/// # Errors
/// When the database does not answer.
pub async fn stop_voucher(tx: &Tx, edition: EditionId, id: VoucherId, stopped: bool) -> Outcome<u64> {
    let sql = "update voucher set stopped = $3 where edition_id = $1 and id = $2 and stopped <> $3";
    tx.run(sql, values![edition.uuid(), id.uuid(), stopped]).await
}

/// Live registrations by a code and by its campaign.
///
/// # Errors
/// When the database does not answer.
pub async fn used(db: &impl Query, edition: EditionId, voucher: &Voucher) -> Outcome<Used> {
    let sql = "select count(case when d.voucher_id = $3 then 1 end), count(*) from redemption d
               join registration r on r.edition_id = d.edition_id and r.id = d.registration_id
               where d.edition_id = $1 and d.campaign_id = $2 and r.status not in ('cancelled', 'rejected')";
    let rows = db.rows(sql, values![edition.uuid(), voucher.campaign.uuid(), voucher.id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(Used::default()) };
    Ok(Used { code: row.get(0)?, campaign: row.get(1)? })
}

/// A registration that came in by a code.
#[derive(Clone, Copy, Debug)]
pub struct Redemption {
    pub edition: EditionId,
    pub registration: RegistrationId,
    pub voucher: VoucherId,
    pub campaign: CampaignId,
    pub at: DateTime<Utc>,
}

/// Notes redemptions.
///
/// # Errors
/// When a registration has one already.
pub async fn insert_redemptions(tx: &Tx, redemptions: &[Redemption]) -> Outcome<()> {
    let columns = ["edition_id", "registration_id", "voucher_id", "campaign_id", "at"];
    let row =
        |d: &Redemption| values![d.edition.uuid(), d.registration.uuid(), d.voucher.uuid(), d.campaign.uuid(), d.at];
    tx.insert("redemption", &columns, redemptions.iter().map(row)).await
}

pub(crate) const INVITATION: &str = "i.edition_id, i.id, i.campaign_id, i.voucher_id, i.name, i.email, i.company, i.locale, \
                                     i.invited_by, i.sent_at, i.reminded_at, i.opened_at, i.declined_at, i.withdrawn_at";

/// Columns of [`INVITATION`].
pub(crate) const INVITATION_WIDTH: usize = 14;

pub(crate) fn invitation_of(row: &Row) -> Outcome<Invitation> {
    Ok(Invitation {
        edition: EditionId::from_uuid(row.get(0)?),
        id: InvitationId::from_uuid(row.get(1)?),
        campaign: CampaignId::from_uuid(row.get(2)?),
        voucher: VoucherId::from_uuid(row.get(3)?),
        name: row.get(4)?,
        email: row.get(5)?,
        company: row.get(6)?,
        locale: Locale::parse(&row.get::<String>(7)?).unwrap_or_default(),
        invited_by: row.get(8)?,
        sent_at: row.get(9)?,
        reminded_at: row.get(10)?,
        opened_at: row.get(11)?,
        declined_at: row.get(12)?,
        withdrawn_at: row.get(13)?,
    })
}

/// Adds invitations.
///
/// # Errors
/// When an address has an open one in the campaign.
pub async fn insert_invitations(tx: &Tx, invitations: &[Invitation]) -> Outcome<()> {
    let columns = [
        "edition_id",
        "id",
        "campaign_id",
        "voucher_id",
        "name",
        "email",
        "folded_email",
        "company",
        "locale",
        "invited_by",
        "sent_at",
        "reminded_at",
        "opened_at",
        "declined_at",
        "withdrawn_at",
    ];
    let row = |i: &Invitation| {
        values![
            i.edition.uuid(),
            i.id.uuid(),
            i.campaign.uuid(),
            i.voucher.uuid(),
            i.name.as_str(),
            i.email.as_str(),
            fold_email(&i.email),
            i.company.as_str(),
            i.locale.code(),
            i.invited_by.as_str(),
            i.sent_at,
            i.reminded_at,
            i.opened_at,
            i.declined_at,
            i.withdrawn_at
        ]
    };
    tx.insert("invitation", &columns, invitations.iter().map(row)).await
}

/// Saves what became of an invitation.
///
/// # Errors
/// When the database does not answer.
pub async fn save_invitation(tx: &Tx, i: &Invitation) -> Outcome<()> {
    tx.run(
        "update invitation set reminded_at = $3, opened_at = $4, declined_at = $5, withdrawn_at = $6
         where edition_id = $1 and id = $2",
        values![i.edition.uuid(), i.id.uuid(), i.reminded_at, i.opened_at, i.declined_at, i.withdrawn_at],
    )
    .await?;
    Ok(())
}

/// The invitation that carries a code.
///
/// # Errors
/// When the database does not answer.
pub async fn invitation_by_voucher(
    db: &impl Query,
    edition: EditionId,
    voucher: VoucherId,
) -> Outcome<Option<Invitation>> {
    let sql = format!("select {INVITATION} from invitation i where i.edition_id = $1 and i.voucher_id = $2");
    db.rows(&sql, values![edition.uuid(), voucher.uuid()]).await?.first().map(invitation_of).transpose()
}

/// Forgets whom invitations were sent to: by the address, and by the registration that came of one. What they came to
/// stays countable.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_invitations(
    tx: &Tx,
    edition: EditionId,
    (registration, email): (RegistrationId, &str),
) -> Outcome<()> {
    let sql = "select i.id from invitation i where i.edition_id = $1 and ((i.folded_email = $2 and $2 <> '')
               or i.voucher_id in (select d.voucher_id from redemption d where d.edition_id = $1 and d.registration_id = $3))";
    let rows = tx.rows(sql, values![edition.uuid(), fold_email(email), registration.uuid()]).await?;
    let mut forgotten = Vec::new();
    for row in &rows {
        let id: Uuid = row.get(0)?;
        // Open invitations of a campaign have different addresses: each is forgotten under a word of its own.
        forgotten.push(values![id, "", "", format!("forgotten {id}"), ""]);
    }
    tx.update("invitation", &["id", "name", "email", "folded_email", "company"], forgotten).await?;
    Ok(())
}

/// One invitation of a campaign.
///
/// # Errors
/// When the database does not answer.
pub async fn invitation(tx: &Tx, campaign: CampaignId, id: InvitationId) -> Outcome<Option<Invitation>> {
    let lock = lock::for_update(tx.backend());
    let sql = format!("select {INVITATION} from invitation i where i.campaign_id = $1 and i.id = $2{lock}");
    tx.rows(&sql, values![campaign.uuid(), id.uuid()]).await?.first().map(invitation_of).transpose()
}

/// Of these addresses, those with an open invitation in the campaign; folded.
///
/// # Errors
/// When the database does not answer.
pub async fn invited_already(tx: &Tx, campaign: CampaignId, emails: &[String]) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for part in emails.chunks(500) {
        let places: Vec<String> = (0..part.len()).map(|i| format!("${}", i + 2)).collect();
        let sql = format!(
            "select folded_email from invitation where campaign_id = $1 and withdrawn_at is null and folded_email in ({})",
            places.join(", ")
        );
        let mut bound = values![campaign.uuid()];
        bound.extend(part.iter().map(|email| sea_orm::Value::from(fold_email(email))));
        for row in tx.rows(&sql, bound).await? {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// Another campaign of the organizer's with the same name that invites by name and makes people this category.
///
/// # Errors
/// When the database does not answer.
pub async fn campaign_like(tx: &Tx, like: &Campaign, category: Category) -> Outcome<Option<Campaign>> {
    let sql = format!(
        "select {CAMPAIGN} from campaign c where c.edition_id = $1 and c.participation_id is null and c.name = $2
         and c.category = $3 and c.kind = 'single' and not c.stopped order by c.id limit 1"
    );
    let bound = values![like.edition.uuid(), like.name.as_str(), category.code()];
    tx.rows(&sql, bound).await?.first().map(campaign_of).transpose()
}

/// Of these folded addresses, those with an open invitation of the campaign, or of the organizer's others with its name.
///
/// # Errors
/// When the database does not answer.
pub async fn invited_by_name(db: &impl Query, campaign: &Campaign, emails: &[String]) -> Outcome<HashSet<String>> {
    let list: Vec<sea_orm::Value> = emails.iter().map(|email| sea_orm::Value::from(email.as_str())).collect();
    let mut first = values![campaign.edition.uuid()];
    let whose = match campaign.participation {
        Some(_) => {
            first.push(campaign.id.uuid().into());
            "c.id = $2"
        }
        None => {
            first.push(campaign.name.as_str().into());
            "c.participation_id is null and c.name = $2"
        }
    };
    let sql = format!(
        "select i.folded_email from invitation i join campaign c on c.id = i.campaign_id
         where i.edition_id = $1 and {whose} and i.withdrawn_at is null and i.folded_email in ({{}})"
    );
    Ok(asked(db, &sql, &first, &list, |row| row.get::<String>(0)).await?.into_iter().collect())
}

/// The rule of a kind; the usual one when nobody set another.
///
/// # Errors
/// When the database does not answer.
pub async fn rule(db: &impl Query, edition: EditionId, kind: allowance::Kind) -> Outcome<Rule> {
    let sql = "select base, per_step, step_dm2, most, version from allowance_rule where edition_id = $1 and kind = $2";
    let rows = db.rows(sql, values![edition.uuid(), kind.code()]).await?;
    let Some(row) = rows.first() else { return Ok(Rule::usual(kind)) };
    Ok(Rule {
        kind,
        base: row.get(0)?,
        per_step: row.get(1)?,
        step_dm2: row.get(2)?,
        most: row.get(3)?,
        version: row.get(4)?,
    })
}

/// Sets the rule of a kind. `rule.version` is what the editor saw.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed it since it was read.
pub async fn save_rule(tx: &Tx, edition: EditionId, r: &Rule) -> Outcome<()> {
    let touched = tx
        .run(
            "insert into allowance_rule (edition_id, kind, base, per_step, step_dm2, most, version)
             values ($1, $2, $3, $4, $5, $6, 1) on conflict (edition_id, kind) do update set base = excluded.base,
             per_step = excluded.per_step, step_dm2 = excluded.step_dm2, most = excluded.most,
             version = allowance_rule.version + 1 where allowance_rule.version = $7",
            values![edition.uuid(), r.kind.code(), r.base, r.per_step, r.step_dm2, r.most, r.version],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Sets or takes away the number of one exhibitor.
///
/// # Errors
/// When the database does not answer.
pub async fn set_allowance(
    tx: &Tx,
    edition: EditionId,
    participation: ParticipationId,
    grant: &allowance::Grant,
) -> Outcome<()> {
    let key = values![edition.uuid(), participation.uuid(), grant.kind.code()];
    let Some(allowed) = grant.allowed else {
        tx.run("delete from allowance where edition_id = $1 and participation_id = $2 and kind = $3", key).await?;
        return Ok(());
    };
    let mut bound = key;
    bound.extend(values![allowed, grant.note.as_str()]);
    tx.run(
        "insert into allowance (edition_id, participation_id, kind, allowed, note, version) values ($1, $2, $3, $4, $5, 1)
         on conflict (edition_id, participation_id, kind) do update set allowed = excluded.allowed,
         note = excluded.note, version = allowance.version + 1",
        bound,
    )
    .await?;
    Ok(())
}

//! A table of people to invite, part by part: what becomes of each row, and the invitations with their letters.

use super::{
    WORDS,
    work::{end_part, ours},
};
use crate::{App, Error, voucher as verbs};
use domain::{
    CampaignId, Locale, Refusal,
    edition::Edition,
    journal::Actor,
    registration::{
        Category,
        intake::{
            Fault, Intake, Known,
            guests::Invitee,
            rows::{Reading, Seen},
        },
        invitation::Guest,
        voucher::Campaign,
    },
    text::fold_email,
};
use std::collections::BTreeMap;
use store::{
    Query, read,
    record::{registration, voucher},
};
use templates::Lang;

/// What becomes of a row.
enum Fate {
    /// An invitation.
    New(Invitee),
    /// Invited already, or twice in the table.
    Known,
    /// Cannot be taken.
    Rejected(Vec<Refusal>),
}

async fn fates(
    db: &impl Query,
    intake: &Intake,
    campaign: &Campaign,
    seen: &mut Seen,
    rows: &[(u32, Vec<String>)],
) -> Result<Vec<Fate>, Error> {
    let reading = Reading::of(intake, &WORDS, None);
    let read: Vec<Result<Invitee, Vec<Refusal>>> =
        rows.iter().map(|(_, cells)| reading.invitee(cells, intake.options.locale)).collect();
    let emails: Vec<String> = read.iter().flatten().map(|one| fold_email(&one.guest.email)).collect();
    let invited = voucher::invited_by_name(db, campaign, &emails).await?;
    let rejects = intake.options.known == Known::Reject;
    let fate = |one: Result<Invitee, Vec<Refusal>>| match one {
        Err(refusals) => Fate::Rejected(refusals),
        Ok(one) if campaign.participation.is_some() && one.category != campaign.category => {
            Fate::Rejected(vec![Refusal::conflict("invite-category").at("category")])
        }
        Ok(one) => {
            let twice = seen.address_again(&one.guest.email);
            let known = invited.contains(&fold_email(&one.guest.email));
            match (twice, known) {
                (true, _) if rejects => Fate::Rejected(vec![Refusal::conflict("row-twice")]),
                (_, true) if rejects => Fate::Rejected(vec![Refusal::conflict("already-invited").at("email")]),
                (false, false) => Fate::New(one),
                _ => Fate::Known,
            }
        }
    };
    Ok(read.into_iter().map(fate).collect())
}

/// Looks at the rows of a part; whether to go on.
pub(super) async fn judge(
    app: &App,
    edition: &Edition,
    (begun, campaign, at): (&Intake, CampaignId, i32),
    seen: &mut Seen,
    rows: &[(u32, Vec<String>)],
) -> Result<bool, Error> {
    let reader = app.reader();
    let row = read::voucher::campaign(&reader, edition.id, campaign).await?.ok_or(Error::Missing)?;
    let fates = fates(&reader, begun, &row.campaign, seen, rows).await?;
    let work = app.begin(Actor::System).await?;
    let Some(mut now) = ours(&work, begun, at).await? else { return Ok(false) };
    let mut faults = Vec::new();
    for ((line, cells), fate) in rows.iter().zip(fates) {
        now.counts.done += 1;
        match fate {
            Fate::New(_) => now.counts.new += 1,
            Fate::Known => now.counts.known += 1,
            Fate::Rejected(reasons) => faults.push(Fault { line: *line, cells: cells.clone(), reasons }),
        }
    }
    end_part(work, now, faults, at).await
}

/// Invites the people of a part; whether to go on. A campaign that was stopped meanwhile invites nobody: its rows are
/// given back.
pub(super) async fn take(
    app: &App,
    edition: &Edition,
    (begun, campaign, at): (&Intake, CampaignId, i32),
    seen: &mut Seen,
    rows: &[(u32, Vec<String>)],
) -> Result<bool, Error> {
    let mut work = app.begin(Actor::System).await?;
    // Nobody else invites meanwhile: what is looked up here stays true until the commit.
    registration::queue(work.tx(), edition.id).await?;
    let Some(mut now) = ours(&work, begun, at).await? else { return Ok(false) };
    let campaign = voucher::campaign(work.tx(), edition.id, campaign).await?.ok_or(Error::Missing)?;
    let may = campaign.invites();
    let fates = fates(work.tx(), begun, &campaign, seen, rows).await?;
    let mut new: BTreeMap<Category, Vec<(Guest, Locale)>> = BTreeMap::new();
    let mut faults = Vec::new();
    for ((line, cells), fate) in rows.iter().zip(fates) {
        now.counts.done += 1;
        let mut reject = |reasons| faults.push(Fault { line: *line, cells: cells.clone(), reasons });
        match (fate, &may) {
            (Fate::New(_), Err(refusal)) => reject(vec![refusal.clone()]),
            (Fate::New(one), Ok(())) => {
                now.counts.new += 1;
                new.entry(one.category).or_default().push((one.guest, one.locale));
            }
            (Fate::Known, _) => now.counts.known += 1,
            (Fate::Rejected(reasons), _) => reject(reasons),
        }
    }
    let company = match campaign.participation {
        Some(exhibitor) => read::voucher::company_of(work.tx(), exhibitor).await?,
        None => None,
    };
    for (category, guests) in &new {
        let own = verbs::for_category(&mut work, &campaign, *category).await?;
        let guests: Vec<(&Guest, Locale)> = guests.iter().map(|(guest, locale)| (guest, *locale)).collect();
        verbs::send_all(&mut work, edition, (&own, company.as_ref()), &guests).await?;
    }
    end_part(work, now, faults, at).await
}

/// The table to fill in, with headings the import knows.
#[must_use]
pub fn template(lang: Lang) -> Vec<String> {
    let keys = [
        "intake-field-full-name",
        "intake-field-email",
        "intake-field-company",
        "intake-field-category",
        "intake-field-locale",
    ];
    keys.map(|key| lang.t(key)).to_vec()
}

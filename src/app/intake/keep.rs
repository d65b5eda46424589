//! Keeping a table that came, and a person's wishes about it: look at the rows, take them over, stop.

use super::{reading, work::WORK};
use crate::{App, Error, Work};
use chrono::TimeDelta;
use domain::{
    CampaignId, DelegationId, IntakeId,
    edition::Edition,
    journal::Actor,
    registration::intake::{Counts, Intake, MOST_ROWS, Options, State, columns, guests::MOST_GUESTS},
};
use serde_json::json;
use std::collections::BTreeMap;
use store::record::{delegation, intake as record, voucher};

/// Whose people a table brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Registrations of nobody in particular.
    #[default]
    People,
    /// The members of a group.
    Group(DelegationId),
    /// People a campaign invites.
    Campaign(CampaignId),
}

/// Reads a file and keeps it; nobody is registered or invited yet. What its columns are is guessed from their headings.
///
/// # Errors
/// What is wrong with the file; `Missing` for a group or campaign of another edition; `voucher-shared` and
/// `voucher-stopped` for a campaign that invites nobody.
pub async fn keep(
    app: &App,
    actor: Actor,
    edition: &Edition,
    whose: Whose,
    (name, content): (&str, Vec<u8>),
) -> Result<IntakeId, Error> {
    // Reading takes a while: no other request waits for it.
    let most = if matches!(whose, Whose::Campaign(_)) { MOST_GUESTS } else { MOST_ROWS };
    let read = tokio::task::spawn_blocking(move || reading::read(&content, most)).await;
    let kept = read.map_err(|e| Error::Outside(e.to_string()))??;
    let mut work = app.begin(actor).await?;
    let mut options = Options::usual();
    let (mut group, mut campaign) = (None, None);
    match whose {
        Whose::People => {}
        Whose::Group(id) => {
            delegation::delegation(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
            group = Some(id);
        }
        Whose::Campaign(id) => {
            let inviting = voucher::campaign(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
            inviting.invites().map_err(|refusal| refusal.at("file"))?;
            options.category = inviting.category;
            campaign = Some(id);
        }
    }
    let intake = Intake {
        id: work.id(),
        edition: edition.id,
        delegation: group,
        campaign,
        name: name.chars().take(200).collect(),
        mapping: columns::guess(&kept.heads),
        heads: kept.heads,
        options,
        state: State::Kept,
        counts: Counts { rows: i32::try_from(kept.rows).unwrap_or(i32::MAX), ..Counts::default() },
        placed: BTreeMap::new(),
        parts: i32::try_from(kept.parts.len()).unwrap_or(i32::MAX),
        next_part: 0,
        stop: false,
        created_by: work.actor().name().to_owned(),
        created_at: work.now(),
        touched_at: work.now(),
        version: 0,
    };
    record::insert(work.tx(), &intake, &kept.parts).await?;
    work.note([intake.fact("kept").with("name", intake.name.clone()).with("rows", intake.counts.rows)]);
    work.commit().await?;
    Ok(intake.id)
}

async fn ask(work: &Work, intake: &Intake) -> Result<(), Error> {
    let payload = json!({ "edition": intake.edition, "intake": intake.id });
    work.enqueue(WORK, payload, TimeDelta::zero(), Some(format!("intake:{}:{}", intake.id, intake.version + 1))).await
}

/// Asks for a dry run with these columns and choices.
///
/// # Errors
/// `Missing`; `intake-busy`, `intake-over`, `intake-columns`.
pub async fn ask_judging(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: IntakeId,
    (mapping, options): (Vec<Option<columns::Field>>, Options),
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let intake = record::intake(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let (judging, fact) = intake.judge(mapping, options, work.now())?;
    record::save(work.tx(), &judging).await?;
    record::clear_faults(work.tx(), id).await?;
    ask(&work, &judging).await?;
    work.note([fact]);
    work.commit().await
}

/// Asks for the people to be registered: all, or all but the rejected rows when `skip` is set.
///
/// # Errors
/// `Missing`; `intake-busy`, `intake-over`, `intake-not-judged`, `table-rejected`, `table-nothing`.
pub async fn take(app: &App, actor: Actor, edition: &Edition, id: IntakeId, skip: bool) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let intake = record::intake(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let (running, fact) = intake.take(skip, work.now())?;
    record::save(work.tx(), &running).await?;
    record::clear_faults(work.tx(), id).await?;
    ask(&work, &running).await?;
    work.note([fact]);
    work.commit().await
}

/// Asks work that is under way to end after the part at hand; what was taken over stays.
///
/// # Errors
/// `Missing`.
pub async fn stop(app: &App, actor: Actor, edition: &Edition, id: IntakeId) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let intake = record::intake(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if !intake.works() || intake.stop {
        return Ok(());
    }
    let stopping = Intake { stop: true, ..intake };
    record::save(work.tx(), &stopping).await?;
    work.note([stopping.fact("stop_asked").with("name", stopping.name.clone())]);
    work.commit().await
}

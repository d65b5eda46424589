//! Answers to a place's check list. A failed mandatory line takes *established* back at once; so
//! does a certificate that runs out, by a job set for that moment.

use super::super::evidence::maybe;
use super::super::under_way::{UnderWay, hand, take};
use super::state::end;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::document::Upload;
use domain::journal::Actor;
use domain::plan::Sheet;
use domain::plan::space::decide::{self, CheckDraft};
use domain::plan::space::{Lack, PlaceCheck, PlaceState, StateFact};
use domain::{EditionId, PlaceCheckId, PlaceId};
use serde_json::{Value, json};
use store::record::plan::space as record;

/// The job that looks at a place's certificates when one runs out.
pub const EXPIRE: &str = "space.expire";

/// Keeps an answer to a line of a place's check list.
///
/// # Errors
/// Every field that cannot be read; `Missing` when there is no such place.
pub async fn check_place(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    place: PlaceId,
    draft: &CheckDraft,
    file: Option<&Upload>,
) -> Result<PlaceCheckId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut new = plan.old.clone();
    let at = new.space.tree.find(place).ok_or(Error::Missing)?;
    let (item, passed, note) = decide::read_check(&new.space, at, draft)?;
    let check = PlaceCheck {
        id: work.id(),
        place,
        item: item.code.clone(),
        passed,
        note,
        document: maybe(&work, edition, file).await?,
        by: Some(hand(viewer, edition).user),
        at: work.now(),
        expires_at: item.valid.filter(|_| passed).map(|valid| work.now() + valid),
    };
    record::insert_checks(work.tx(), edition, std::slice::from_ref(&check)).await?;
    let kind = if passed { "place.check_passed" } else { "place.check_failed" };
    let said = decide::fact(kind, edition, &new.space, place);
    work.note([said
        .with("item_en", item.name.en.as_str())
        .with("item_zh", item.name.zh.as_str())
        .with("note", check.note.as_str())]);
    if let (Some(_), Some(valid)) = (check.expires_at, item.valid) {
        let key = format!("{EXPIRE}:{}", check.id);
        work.enqueue(EXPIRE, json!({ "edition": edition }), valid, Some(key)).await?;
    }
    let id = check.id;
    new.space.answer(check);
    finish(work, plan, new).await?;
    Ok(id)
}

/// A certificate may have run out: what rests on it counts no more.
///
/// # Errors
/// When the database does not answer.
pub async fn expire(app: &App, payload: &Value) -> Result<(), Error> {
    let edition: EditionId = serde_json::from_value(payload["edition"].clone())
        .map_err(|error| Error::Outside(format!("a job names no edition: {error}")))?;
    let work = app.begin(Actor::System).await?;
    match take(&work, edition).await {
        Ok(plan) => {
            let new = plan.old.clone();
            finish(work, plan, new).await
        }
        Err(Error::Missing) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Takes *established* back wherever its rule holds no more, and saves.
async fn finish(mut work: Work, plan: UnderWay, mut new: Sheet) -> Result<(), Error> {
    for fact in broken(&new, &work) {
        end(&mut work, &mut new, &fact, "place.state_revoked").await?;
    }
    plan.settle(&mut work, new, None).await?;
    work.commit().await
}

fn broken(sheet: &Sheet, work: &Work) -> Vec<StateFact> {
    let open = sheet
        .space
        .facts()
        .iter()
        .filter(|fact| fact.state == PlaceState::Established && fact.ended_at.is_none() && fact.at <= work.now());
    open.filter_map(|fact| {
        let lacks = sheet.space.established(fact.place, work.now());
        let why = lacks.iter().find_map(|lack| match lack {
            Lack::Failed { item } => Some(format!("failed: {item}")),
            Lack::Expired { item, .. } => Some(format!("expired: {item}")),
            _ => None,
        })?;
        let by = work.actor().user();
        Some(StateFact { ended_at: Some(work.now()), ended_by: by, ended_note: why, ..fact.clone() })
    })
    .collect()
}

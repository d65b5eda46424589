//! Giving a stand to an exhibitor. Two at once: exactly one wins, and the other is told who.
//!
//! Three guards, each enough on its own: the stand's row is locked before the decision (PostgreSQL) or the whole file
//! is (SQLite); the decision sees the holder; a partial unique index refuses a second live assignment.

use crate::{App, Error, Work, exhibitor};
use domain::{
    ParticipationId, PlaceId, Refusal,
    access::Viewer,
    edition::Edition,
    sales::{self, stand_taken},
};
use store::{Fault, record::sales as record};

/// Gives a stand.
///
/// # Errors
/// `stand-taken` naming who holds it, `exhibitor-not-active`, `Missing`.
pub async fn assign_stand(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    stand: PlaceId,
    exhibitor: ParticipationId,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let given = give(&mut work, edition, stand, exhibitor).await;
    let done = match given {
        Ok(()) => work.commit().await,
        Err(error) => Err(error),
    };
    match done {
        Err(error) if lost_race(&error) => Err(told(app, edition, stand).await?),
        other => other,
    }
}

/// The same within an open use case.
pub(super) async fn give(
    work: &mut Work,
    edition: &Edition,
    stand: PlaceId,
    exhibitor: ParticipationId,
) -> Result<(), Error> {
    let unknown = |field: &str| Error::from(Refusal::invalid("unknown-choice").at(field));
    let stand = record::stand_of(work.tx(), edition.id, stand).await?.ok_or_else(|| unknown("stand"))?;
    let taker = record::exhibitor(work.tx(), edition.id, exhibitor).await?.ok_or_else(|| unknown("exhibitor"))?;
    let holder = record::holder(work.tx(), stand.id).await?;
    let by = work.actor().user();
    if let Some((assignment, facts)) = sales::assign(work.id(), &stand, holder.as_ref(), &taker, by, work.now())? {
        record::insert_assignment(work.tx(), &assignment).await?;
        work.note(facts);
    }
    exhibitor::fit_duties(work, edition, taker.participation).await
}

fn lost_race(error: &Error) -> bool {
    matches!(error, Error::Fault(fault) if is_race(fault))
}

fn is_race(fault: &Fault) -> bool {
    fault.taken("uq_stand_assignment_stand_id")
}

/// The refusal of the one who was second, read after the first has committed.
async fn told(app: &App, edition: &Edition, stand: PlaceId) -> Result<Error, Error> {
    let reader = app.reader();
    let record = store::read::sales::stand(&reader, edition.id, stand).await?.ok_or(Error::Missing)?;
    let holder = record::holder(&reader, stand).await?.map(|holder| holder.company).unwrap_or_default();
    Ok(stand_taken(&record.row.number, &holder).into())
}

/// A lost race within a larger use case: the stand is named, the page shown again names the holder.
pub(super) fn named(error: Error, stand: Option<PlaceId>) -> Error {
    match error {
        Error::Fault(fault) if stand.is_some() && is_race(&fault) => {
            Refusal::conflict("stand-just-taken").at("stand").into()
        }
        other => other,
    }
}

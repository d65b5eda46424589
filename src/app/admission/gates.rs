//! Making, changing, opening and shutting gates.

use crate::{App, Error};
use domain::access::Viewer;
use domain::admission::Gate;
use domain::admission::gate::GateChange;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::{EditionId, PlaceId, Refusal};
use std::sync::Arc;
use store::{Fault, read, record};

fn fact(kind: &str, gate: &Gate) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Gate, gate.id.uuid()), gate.edition)
        .with("code", gate.code.as_str())
        .with("direction", gate.direction.code())
        .with("open", gate.open)
}

fn code_taken(fault: Fault) -> Error {
    match fault {
        taken if taken.taken("uq_gate_edition_id_code") => Refusal::conflict("gate-code-taken").at("code").into(),
        Fault::Reference(_) => Refusal::invalid("unknown-choice").at("zone").into(),
        other => other.into(),
    }
}

/// Makes a gate, with its place at the venue.
///
/// # Errors
/// `gate-code-taken` at `code`.
pub async fn create_gate(app: &App, viewer: &Viewer, edition: EditionId, change: GateChange) -> Result<PlaceId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let gate = Gate {
        id: work.id(),
        edition,
        code: change.code,
        name: change.name,
        direction: change.direction,
        zones: change.zone.into_iter().collect::<Vec<_>>().into(),
        open: change.open,
        version: 1,
    };
    record::admission::insert_gate(work.tx(), &gate).await.map_err(code_taken)?;
    work.note([fact("gate.created", &gate)]);
    work.commit().await?;
    app.admission().changed();
    Ok(gate.id)
}

/// Changes a gate.
///
/// # Errors
/// `Missing`, `Stale`, `gate-code-taken` at `code`.
pub async fn change_gate(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: PlaceId,
    change: GateChange,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let gate = read::admission::gate(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let zones: Arc<[PlaceId]> = change.zone.into_iter().collect::<Vec<_>>().into();
    let gate = Gate {
        code: change.code,
        name: change.name,
        direction: change.direction,
        zones,
        open: change.open,
        version: change.version,
        ..gate
    };
    record::admission::save_gate(work.tx(), &gate).await.map_err(code_taken)?;
    work.note([fact("gate.changed", &gate)]);
    work.commit().await?;
    app.admission().changed();
    Ok(())
}

/// Opens or shuts a gate. Doing it twice is fine.
///
/// # Errors
/// `Missing`, `Stale`.
pub async fn switch_gate(app: &App, viewer: &Viewer, edition: EditionId, id: PlaceId, open: bool) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let gate = read::admission::gate(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    if gate.open == open {
        return Ok(());
    }
    let gate = Gate { open, ..gate };
    record::admission::save_gate(work.tx(), &gate).await?;
    work.note([fact(if open { "gate.opened" } else { "gate.shut" }, &gate)]);
    work.commit().await?;
    app.admission().changed();
    Ok(())
}

//! The duties an edition begins with, tied to the tasks of its plan.

use super::fit_duties;
use crate::{App, Error, Work};
use domain::{
    access::Viewer,
    edition::Edition,
    exhibitor::{Duty, trade_show},
    journal::{Fact, Subject, SubjectKind},
};
use std::collections::BTreeMap;
use store::record::exhibitor as record;

/// Makes the trade show's duties for an edition that has none, and gives them to its exhibitors.
///
/// # Errors
/// When the database does not answer.
pub async fn seed_duties(app: &App, viewer: &Viewer, edition: &Edition) -> Result<usize, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let count = prepare_duties(&mut work, edition).await?;
    work.commit().await?;
    Ok(count)
}

/// The same within an open use case: a new edition's plan and the demonstration use it. An edition that has duties
/// keeps them as they are.
///
/// # Errors
/// When the database does not answer.
pub async fn prepare_duties(work: &mut Work, edition: &Edition) -> Result<usize, Error> {
    if !record::duties(work.tx(), edition.id).await?.is_empty() {
        return Ok(0);
    }
    let tasks: BTreeMap<_, _> = record::tasks_by_code(work.tx(), edition.id).await?.into_iter().collect();
    let duties: Vec<Duty> = trade_show()
        .iter()
        .zip(1..)
        .map(|(template, sort)| Duty {
            id: work.id(),
            edition: edition.id,
            code: template.code.clone(),
            name: template.name.clone(),
            help: template.help.clone(),
            task: tasks.get(&template.task_code).copied(),
            applies_to: template.applies_to,
            mandatory: template.mandatory,
            sort,
        })
        .collect();
    record::insert_duties(work.tx(), &duties).await?;
    for participation in record::exhibitors(work.tx(), edition.id).await? {
        fit_duties(work, edition, participation).await?;
    }
    let fact = Fact::new("duty.list_created", Subject::new(SubjectKind::Edition, edition.id), edition.id);
    work.note([fact.with("count", duties.len())]);
    Ok(duties.len())
}

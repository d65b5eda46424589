//! What exhibitors are allowed: the rule of the edition, and numbers for single exhibitors.

use crate::{App, Error};
use domain::{
    ParticipationId,
    edition::Edition,
    journal::{Actor, Fact, Subject, SubjectKind},
    registration::allowance::{Grant, Rule},
};
use store::record::{sales, voucher as record};

/// Sets the rule of a kind.
///
/// # Errors
/// `Stale`.
pub async fn save_rule(app: &App, actor: Actor, edition: &Edition, rule: &Rule) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    record::save_rule(work.tx(), edition.id, rule).await?;
    let fact = Fact::new("edition.allowance_set", Subject::new(SubjectKind::Edition, edition.id), edition.id)
        .with("kind", rule.kind.code())
        .with("base", rule.base)
        .with("per_step", rule.per_step);
    work.note([fact]);
    work.commit().await
}

/// Sets the number of one exhibitor, or takes it away so that the rule holds again.
///
/// # Errors
/// `Missing`.
pub async fn grant_allowance(
    app: &App,
    actor: Actor,
    edition: &Edition,
    exhibitor: ParticipationId,
    grant: &Grant,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    sales::exhibitor(work.tx(), edition.id, exhibitor).await?.ok_or(Error::Missing)?;
    record::set_allowance(work.tx(), edition.id, exhibitor, grant).await?;
    let fact = Fact::new("exhibitor.allowance_set", Subject::new(SubjectKind::Exhibitor, exhibitor), edition.id)
        .with("kind", grant.kind.code())
        .with("allowed", grant.allowed.map_or_else(String::new, |n| n.to_string()))
        .with("reason", grant.note.clone());
    work.note([fact]);
    work.commit().await
}

//! Making, changing and removing access rules.

use crate::{App, Error};
use domain::access::Viewer;
use domain::admission::AccessRule;
use domain::admission::rule::RuleChange;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::{AccessRuleId, EditionId, Refusal};
use store::{Fault, read, record};

fn fact(kind: &str, edition: EditionId, rule: &AccessRule) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::AccessRule, rule.id.uuid()), edition)
        .with("category", rule.category.map_or("", |category| category.code()))
        .with("limit", rule.limit.code())
        .with("allow", rule.allow)
        .with("sort", rule.sort)
}

fn place_unknown(fault: Fault) -> Error {
    match fault {
        Fault::Reference(_) => Refusal::invalid("unknown-choice").at("place").into(),
        other => other.into(),
    }
}

fn rule_of(id: AccessRuleId, change: RuleChange, sort: i32) -> AccessRule {
    AccessRule {
        id,
        sort,
        category: change.category,
        place: change.place,
        window: change.window,
        limit: change.limit,
        quota: change.quota,
        allow: change.allow,
        version: change.version,
    }
}

/// Makes a rule; without a position it comes last.
///
/// # Errors
/// `unknown-choice` at `place`.
pub async fn create_rule(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    change: RuleChange,
) -> Result<AccessRuleId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let sort = match change.sort {
        Some(sort) => sort,
        None => record::admission::next_rule_sort(work.tx(), edition).await?,
    };
    let rule = rule_of(work.id(), change, sort);
    record::admission::insert_rule(work.tx(), edition, &rule).await.map_err(place_unknown)?;
    work.note([fact("access_rule.created", edition, &rule)]);
    work.commit().await?;
    app.admission().changed();
    Ok(rule.id)
}

/// Changes a rule.
///
/// # Errors
/// `Missing`, `Stale`, `unknown-choice` at `place`.
pub async fn change_rule(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: AccessRuleId,
    change: RuleChange,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let old = read::admission::rule(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let sort = change.sort.unwrap_or(old.sort);
    let rule = rule_of(id, change, sort);
    record::admission::save_rule(work.tx(), edition, &rule).await.map_err(place_unknown)?;
    work.note([fact("access_rule.changed", edition, &rule)]);
    work.commit().await?;
    app.admission().changed();
    Ok(())
}

/// Takes a rule away.
///
/// # Errors
/// `Missing`, `Stale`.
pub async fn remove_rule(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: AccessRuleId,
    version: i32,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let rule = read::admission::rule(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    record::admission::delete_rule(work.tx(), edition, id, version).await?;
    work.note([fact("access_rule.removed", edition, &rule)]);
    work.commit().await?;
    app.admission().changed();
    Ok(())
}

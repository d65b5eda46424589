//! Naming who does, checks and confirms a task, and where it happens.

use super::revise::{Saved, remember};
use super::under_way::take;
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::revision::ChangeSet;
use domain::plan::view::Names;
use domain::plan::work::{self, Assignment};
use domain::{EditionId, PlaceId, Refusal, TaskId, UserId};
use serde::{Deserialize, Serialize};
use store::read;

/// As typed: ids, empty for nobody.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Assign {
    /// Who answers for the work.
    pub owner: String,
    /// Who measures it.
    pub checker: String,
    /// Who signs it.
    pub confirmer: String,
    /// Where.
    pub place: String,
}

/// Assigns a task.
///
/// # Errors
/// A person who is not on the team, a place that is not the venue's, one person in two parts.
pub async fn assign(app: &App, viewer: &Viewer, edition: EditionId, task: TaskId, draft: &Assign) -> Result<(), Error> {
    let reader = app.reader();
    let team = read::access::team(&reader, edition).await?;
    let places = read::plan::places(&reader, edition).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut refusals = Vec::new();
    let mut person = |field: &str, text: &str| -> Option<UserId> {
        let found = text.trim().parse::<UserId>().ok().filter(|id| team.iter().any(|(member, _, _)| member == id));
        if found.is_none() && !text.trim().is_empty() {
            refusals.push(Refusal::invalid("task-not-on-team").at(field));
        }
        found
    };
    let to = Assignment {
        owner: person("owner", &draft.owner),
        checker: person("checker", &draft.checker),
        confirmer: person("confirmer", &draft.confirmer),
    };
    let place = draft.place.trim().parse::<PlaceId>().ok().filter(|id| places.iter().any(|(known, _, _)| known == id));
    if place.is_none() && !draft.place.trim().is_empty() {
        refusals.push(Refusal::invalid("unknown-choice").at("place").with("value", draft.place.trim()));
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let (mut task, facts) = work::assign(plan.task(task)?, to)?;
    task.place = place;
    let names = Names { people: team.into_iter().map(|(id, name, _)| (id, name)).collect(), ..Names::default() };
    let facts = facts.into_iter().map(|fact| {
        let said = [("owner_name", to.owner), ("checker_name", to.checker), ("confirmer_name", to.confirmer)];
        said.into_iter().fold(fact, |fact, (key, id)| fact.with(key, names.person(id)))
    });
    work.note(facts);
    let id = task.id;
    let new = plan.with(task);
    let set = ChangeSet::between(&plan.old, &new);
    let codes = set.codes(&new);
    let delta = plan.settle(&mut work, new, Some(id)).await?;
    let saved = Saved { delta, codes, revision: plan.old.revision };
    remember(&work, edition, &saved, "assign", set).await?;
    // Work at another place may be held by another gate.
    super::gate::keep(&mut work, edition).await?;
    work.commit().await
}

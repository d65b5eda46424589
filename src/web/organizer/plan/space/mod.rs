//! Pages and acts of time and space.

mod place;
mod repair;
mod requirements;
mod rules;
mod views;

use crate::answer::Fail;
use crate::{Need, Surface};
use app::App;
use domain::access::Permission;
use domain::plan::space::Assessment;
use domain::plan::view::Board;
use domain::{EditionId, UserId};
use std::collections::HashMap;
use store::read;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit) = (Permission::PlanRead, Permission::PlanEdit);
    let sign = Permission::PlanConfirm;
    s.get("/e/{edition}/plan/space", Need::Staff(read), views::chart);
    s.get("/e/{edition}/plan/space/conflicts", Need::Staff(read), views::conflicts);
    s.get("/e/{edition}/plan/space/repair", Need::Staff(edit), repair::look);
    s.post("/e/{edition}/plan/space/repair", Need::Staff(edit), repair::take);
    s.get("/e/{edition}/plan/space/rules", Need::Staff(read), rules::list);
    s.post("/e/{edition}/plan/space/rules", Need::Staff(edit), rules::add);
    s.get("/e/{edition}/plan/space/rules/{rule}", Need::Staff(edit), rules::one);
    s.post("/e/{edition}/plan/space/rules/{rule}", Need::Staff(edit), rules::change);
    s.post("/e/{edition}/plan/space/rules/{rule}/switch", Need::Staff(edit), rules::switch);
    s.post("/e/{edition}/plan/space/rules/{rule}/remove", Need::Staff(edit), rules::remove);
    s.post("/e/{edition}/plan/space/links", Need::Staff(edit), rules::tie);
    s.post("/e/{edition}/plan/space/links/{link}/remove", Need::Staff(edit), rules::untie);
    s.get("/e/{edition}/plan/space/places/{place}", Need::Staff(read), place::show);
    s.post("/e/{edition}/plan/space/places/{place}/state", Need::Staff(sign), place::set);
    s.post("/e/{edition}/plan/space/places/{place}/states/{state}/revoke", Need::Staff(sign), place::revoke);
    s.post("/e/{edition}/plan/space/places/{place}/check", Need::Staff(Permission::PlanCheck), place::check);
    s.post("/e/{edition}/plan/space/places/{place}/close", Need::Staff(sign), place::close);
    s.post("/e/{edition}/plan/space/places/{place}/open", Need::Staff(sign), place::open);
    s.post("/e/{edition}/plan/space/places/{place}/limits", Need::Staff(Permission::VenueEdit), place::limits);
    s.post("/e/{edition}/plan/space/places/{place}/hours", Need::Staff(edit), place::hours);
    s.get("/e/{edition}/plan/tasks/{task}/places", Need::Staff(read), requirements::list);
    s.post("/e/{edition}/plan/tasks/{task}/places", Need::Staff(edit), requirements::add);
    s.post("/e/{edition}/plan/tasks/{task}/places/{requirement}", Need::Staff(edit), requirements::change);
    s.post("/e/{edition}/plan/tasks/{task}/places/{requirement}/remove", Need::Staff(edit), requirements::remove);
}

/// The plan and what is wrong between it and its places.
pub(super) async fn assessed(app: &App, edition: &domain::edition::Edition) -> Result<(Board, Assessment), Fail> {
    let board = super::board(app, edition).await?;
    let assessment = board.sheet.assess(&board.computed, app.now());
    Ok((board, assessment))
}

/// Names of the team by id.
async fn people(app: &App, edition: EditionId) -> Result<HashMap<UserId, String>, Fail> {
    let team = read::access::team(&app.reader(), edition).await?;
    Ok(team.into_iter().map(|(id, name, _)| (id, name)).collect())
}

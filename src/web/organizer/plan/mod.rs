//! Pages and acts of the plan.

mod acts;
mod edit;
mod forecast;
mod gantt;
mod incident;
mod network;
mod pages;
mod picture;
mod shift;
mod story;
mod task;
mod upload;
mod watch;

use crate::answer::Fail;
use crate::{Need, Surface};
use app::App;
use domain::access::Permission;
use domain::edition::Edition;
use domain::plan::view::Board;
use store::read::plan;

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit, work) = (Permission::PlanRead, Permission::PlanEdit, Permission::PlanWork);
    s.get("/e/{edition}/plan", Need::Staff(read), pages::overview);
    s.post("/e/{edition}/plan", Need::Staff(edit), pages::create);
    s.get("/e/{edition}/plan/print", Need::Staff(read), pages::print);
    s.get("/e/{edition}/plan/export.csv", Need::Staff(Permission::ExportData), pages::csv);
    s.get("/e/{edition}/plan/export.xlsx", Need::Staff(Permission::ExportData), pages::xlsx);
    s.get("/e/{edition}/plan/gantt", Need::Staff(read), gantt::show);
    s.get("/e/{edition}/plan/network", Need::Staff(read), network::show);
    s.get("/e/{edition}/plan/pictures/{file}", Need::Staff(Permission::ExportData), picture::picture);
    s.get("/e/{edition}/plan/mine", Need::Staff(read), pages::mine);
    s.get("/e/{edition}/plan/changes", Need::Staff(read), story::list);
    s.get("/e/{edition}/plan/changes/{revision}", Need::Staff(read), story::show);
    s.post("/e/{edition}/plan/changes/{revision}/send", Need::Staff(work), story::send);
    s.get("/e/{edition}/plan/reschedule", Need::Staff(edit), edit::preview_reschedule);
    s.post("/e/{edition}/plan/reschedule", Need::Staff(edit), edit::reschedule);
    watch::routes(s);
    incident::routes(s);
    s.get("/e/{edition}/plan/tasks/{task}", Need::Staff(read), task::show);
    s.get("/e/{edition}/plan/tasks/{task}/edit", Need::Staff(edit), edit::form);
    s.post("/e/{edition}/plan/tasks/{task}/edit", Need::Staff(edit), edit::change);
    s.get("/e/{edition}/plan/tasks/{task}/move", Need::Staff(edit), shift::form);
    s.post("/e/{edition}/plan/tasks/{task}/move", Need::Staff(edit), shift::change);
    s.post("/e/{edition}/plan/tasks/{task}/assign", Need::Staff(edit), acts::assign);
    s.post("/e/{edition}/plan/tasks/{task}/start", Need::Staff(work), acts::start);
    s.post("/e/{edition}/plan/tasks/{task}/report", Need::Staff(work), acts::report);
    s.post("/e/{edition}/plan/tasks/{task}/submit", Need::Staff(work), acts::submit);
    s.post("/e/{edition}/plan/tasks/{task}/check", Need::Staff(Permission::PlanCheck), acts::check);
    s.post("/e/{edition}/plan/tasks/{task}/reject", Need::Staff(Permission::PlanCheck), acts::reject);
    s.post("/e/{edition}/plan/tasks/{task}/confirm", Need::Staff(Permission::PlanConfirm), acts::confirm);
    s.post("/e/{edition}/plan/tasks/{task}/aside", Need::Staff(work), acts::aside);
    s.post("/e/{edition}/plan/tasks/{task}/deviate", Need::Staff(work), acts::deviate);
    forecast::routes(s);
    s.get("/e/{edition}/documents/{document}", Need::Staff(read), task::document);
}

/// The plan of an edition with everything named; 404 when it has none.
async fn board(app: &App, edition: &Edition) -> Result<Board, Fail> {
    plan::board(&app.reader(), edition.id, app.now()).await?.ok_or(Fail::Missing)
}

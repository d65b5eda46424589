//! Pages and acts of the plan.

mod acts;
mod calendars;
mod cell;
mod control;
mod edit;
mod exchange;
mod feeds;
mod forecast;
mod gantt;
mod gate;
mod import;
mod incident;
mod indicators;
mod level;
mod network;
mod outline;
mod pages;
mod paths;
mod picture;
mod revise;
mod shift;
mod space;
mod story;
mod task;

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
    s.get("/e/{edition}/plan/export.xml", Need::Staff(Permission::ExportData), exchange::xml);
    s.get("/e/{edition}/plan/exchange", Need::Staff(read), exchange::form);
    s.post("/e/{edition}/plan/exchange", Need::Staff(edit), exchange::look);
    s.post("/e/{edition}/plan/exchange/accept", Need::Staff(edit), exchange::accept);
    s.get("/e/{edition}/plan/paths", Need::Staff(read), paths::show);
    s.get("/e/{edition}/plan/calendars", Need::Staff(read), calendars::list);
    s.post("/e/{edition}/plan/calendars", Need::Staff(edit), calendars::settings);
    s.get("/e/{edition}/plan/calendars/{calendar}", Need::Staff(read), calendars::form);
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
    gate::routes(s);
    indicators::routes(s);
    level::routes(s);
    s.get("/e/{edition}/plan/tasks/{task}/cell/{field}", Need::Staff(edit), cell::form);
    s.post("/e/{edition}/plan/tasks/{task}/cell/{field}", Need::Staff(edit), cell::change);
    s.get("/e/{edition}/plan/import", Need::Staff(edit), import::start);
    s.post("/e/{edition}/plan/import", Need::Staff(edit), import::upload);
    s.get("/e/{edition}/plan/import/{document}", Need::Staff(edit), import::show);
    s.post("/e/{edition}/plan/import/{document}", Need::Staff(edit), import::take_over);
    s.get("/e/{edition}/plan/import/{document}/rejected.csv", Need::Staff(edit), import::rejected);
    s.get("/e/{edition}/plan/feeds", Need::Staff(read), feeds::list);
    s.post("/e/{edition}/plan/feeds", Need::Staff(read), feeds::make);
    s.post("/e/{edition}/plan/feeds/{feed}/rotate", Need::Staff(read), feeds::rotate);
    s.post("/e/{edition}/plan/feeds/{feed}/revoke", Need::Staff(read), feeds::revoke);
    s.get("/e/{edition}/plan/control", Need::Staff(read), control::show);
    s.post("/e/{edition}/plan/control/{task}", Need::Staff(work), control::step);
    s.get("/events/{edition}/control", Need::Staff(read), control::events);
    s.get("/e/{edition}/plan/new", Need::Staff(edit), outline::new_form);
    s.post("/e/{edition}/plan/new", Need::Staff(edit), outline::add);
    s.post("/e/{edition}/plan/bulk", Need::Staff(edit), outline::bulk);
    s.post("/e/{edition}/plan/delete", Need::Staff(edit), outline::delete_many);
    s.get("/e/{edition}/plan/undo", Need::Staff(work), outline::changes);
    s.post("/e/{edition}/plan/undo", Need::Staff(work), outline::undo);
    s.post("/e/{edition}/plan/redo", Need::Staff(work), outline::redo);
    s.get("/e/{edition}/plan/tasks/{task}/links", Need::Staff(edit), outline::links_form);
    s.post("/e/{edition}/plan/tasks/{task}/links", Need::Staff(edit), outline::link);
    s.post("/e/{edition}/plan/tasks/{task}/unlink", Need::Staff(edit), outline::unlink);
    s.post("/e/{edition}/plan/tasks/{task}/outline", Need::Staff(edit), outline::outline);
    s.get("/e/{edition}/plan/tasks/{task}/delete", Need::Staff(edit), outline::delete_form);
    s.post("/e/{edition}/plan/tasks/{task}/delete", Need::Staff(edit), outline::delete_one);
    space::routes(s);
    s.get("/e/{edition}/documents/{document}", Need::Staff(read), task::document);
}

/// The plan of an edition with everything named; 404 when it has none.
async fn board(app: &App, edition: &Edition) -> Result<Board, Fail> {
    plan::board(&app.reader(), edition.id, app.now()).await?.ok_or(Fail::Missing)
}

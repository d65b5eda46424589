//! Pages that look from the plan as it was to how it will end.

mod baselines;
mod estimates;
mod risk;
mod risks;
mod scenarios;
mod value;

use super::board;
use crate::{Need, Surface};
use domain::access::Permission;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.get("/e/{edition}/plan/baselines", Need::Staff(read), baselines::list);
    s.post("/e/{edition}/plan/baselines", Need::Staff(edit), baselines::freeze);
    s.get("/e/{edition}/plan/baselines/{number}", Need::Staff(read), baselines::compare);
    s.post("/e/{edition}/plan/baselines/{number}/show", Need::Staff(edit), baselines::show);
    s.get("/e/{edition}/plan/baselines/{number}/export.csv", Need::Staff(Permission::ExportData), baselines::export);
    s.get("/e/{edition}/plan/risk", Need::Staff(read), risk::show);
    s.post("/e/{edition}/plan/risk", Need::Staff(edit), risk::ask);
    s.get("/e/{edition}/plan/risk/runs/{run}/events", Need::Staff(read), risk::progress);
    s.post("/e/{edition}/plan/risk/runs/{run}/stop", Need::Staff(edit), risk::stop);
    s.get("/e/{edition}/plan/risk/register", Need::Staff(read), risks::list);
    s.post("/e/{edition}/plan/risk/register", Need::Staff(edit), risks::add);
    s.get("/e/{edition}/plan/risk/register/{number}", Need::Staff(edit), risks::form);
    s.post("/e/{edition}/plan/risk/register/{number}", Need::Staff(edit), risks::change);
    s.get("/e/{edition}/plan/estimates", Need::Staff(read), estimates::list);
    s.post("/e/{edition}/plan/estimates", Need::Staff(edit), estimates::suggest);
    s.get("/e/{edition}/plan/tasks/{task}/estimate", Need::Staff(edit), estimates::form);
    s.post("/e/{edition}/plan/tasks/{task}/estimate", Need::Staff(edit), estimates::change);
    s.get("/e/{edition}/plan/value", Need::Staff(read), value::value);
    s.get("/e/{edition}/plan/buffers", Need::Staff(read), value::buffers);
    s.get("/e/{edition}/plan/scenarios", Need::Staff(read), scenarios::list);
    s.post("/e/{edition}/plan/scenarios", Need::Staff(edit), scenarios::create);
    s.get("/e/{edition}/plan/scenarios/compare", Need::Staff(read), scenarios::compare);
    s.get("/e/{edition}/plan/scenarios/{number}", Need::Staff(read), scenarios::show);
    s.post("/e/{edition}/plan/scenarios/{number}/steps", Need::Staff(edit), scenarios::add_step);
    s.post("/e/{edition}/plan/scenarios/{number}/remove", Need::Staff(edit), scenarios::remove_step);
    s.post("/e/{edition}/plan/scenarios/{number}/drop", Need::Staff(edit), scenarios::put_away);
    s.post("/e/{edition}/plan/scenarios/{number}/promote", Need::Staff(edit), scenarios::promote);
}

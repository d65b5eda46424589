//! Pages that look from the plan as it was to how it will end.

mod baselines;

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
}

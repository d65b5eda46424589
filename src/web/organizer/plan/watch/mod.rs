//! Pages and acts of supervision.

mod commitments;
mod deviations;
mod figures;
mod learning;
mod lookahead;
mod record;
mod rhythm;

use crate::{Need, Surface};
use domain::access::Permission;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit, work) = (Permission::PlanRead, Permission::PlanEdit, Permission::PlanWork);
    s.get("/e/{edition}/plan/deviations", Need::Staff(read), deviations::list);
    s.post("/e/{edition}/plan/deviations", Need::Staff(work), deviations::open);
    s.get("/e/{edition}/plan/deviations/export.csv", Need::Staff(Permission::ExportData), deviations::csv);
    s.get("/e/{edition}/plan/deviations/export.xlsx", Need::Staff(Permission::ExportData), deviations::xlsx);
    s.get("/e/{edition}/plan/deviations/{deviation}", Need::Staff(read), record::show);
    s.post("/e/{edition}/plan/deviations/{deviation}/edit", Need::Staff(work), record::edit);
    s.post("/e/{edition}/plan/deviations/{deviation}/actions", Need::Staff(work), record::action);
    s.post("/e/{edition}/plan/deviations/{deviation}/close", Need::Staff(work), record::close);
    s.get("/e/{edition}/plan/rhythm", Need::Staff(read), rhythm::show);
    s.post("/e/{edition}/plan/rhythm", Need::Staff(edit), rhythm::save);
    s.get("/e/{edition}/plan/commitments", Need::Staff(read), commitments::show);
    s.post("/e/{edition}/plan/commitments", Need::Staff(work), commitments::promise);
    s.post("/e/{edition}/plan/commitments/{commitment}", Need::Staff(work), commitments::judge);
    s.get("/e/{edition}/plan/lookahead", Need::Staff(read), lookahead::show);
    s.get("/e/{edition}/plan/lookahead/print", Need::Staff(read), lookahead::print);
    s.get("/e/{edition}/plan/figures", Need::Staff(read), figures::show);
    s.get("/e/{edition}/plan/learning", Need::Staff(read), learning::show);
    s.post("/e/{edition}/plan/learning", Need::Staff(edit), learning::accept);
}

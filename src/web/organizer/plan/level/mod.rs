//! Crews and levelling.

mod crews;
mod levelling;

use super::board;
use crate::{Need, Surface};
use domain::access::Permission;

pub(super) use crews::needs;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.get("/e/{edition}/plan/crews", Need::Staff(read), crews::list);
    s.post("/e/{edition}/plan/crews", Need::Staff(edit), crews::add);
    s.get("/e/{edition}/plan/crews/{crew}", Need::Staff(read), crews::show);
    s.post("/e/{edition}/plan/crews/{crew}", Need::Staff(edit), crews::change);
    s.post("/e/{edition}/plan/crews/{crew}/remove", Need::Staff(edit), crews::remove);
    s.post("/e/{edition}/plan/tasks/{task}/crews", Need::Staff(edit), crews::need);
    s.get("/e/{edition}/plan/levelling", Need::Staff(read), levelling::list);
    s.post("/e/{edition}/plan/levelling", Need::Staff(edit), levelling::ask);
    s.get("/e/{edition}/plan/levelling/{levelling}", Need::Staff(read), levelling::show);
    s.post("/e/{edition}/plan/levelling/{levelling}/stop", Need::Staff(edit), levelling::stop);
    s.post("/e/{edition}/plan/levelling/{levelling}/accept", Need::Staff(edit), levelling::accept);
    s.post("/e/{edition}/plan/levelling/{levelling}/discard", Need::Staff(edit), levelling::discard);
    s.get("/events/{edition}/levelling/{levelling}", Need::Staff(read), levelling::events);
}

//! Crews and levelling over the API.

mod crews;
mod levelling;

use super::board;
use crate::{Need, Surface};
use domain::access::Permission;
use utoipa::OpenApi;

/// This part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(
        crews::list,
        crews::add,
        crews::change,
        crews::remove,
        crews::need,
        levelling::list,
        levelling::ask,
        levelling::show,
        levelling::stop,
        levelling::accept,
        levelling::discard
    ),
    components(schemas(
        crews::CrewOut,
        crews::CrewIn,
        crews::DayLoadOut,
        crews::OverloadOut,
        crews::NeedsIn,
        levelling::LevellingOut,
        levelling::LevelMoveOut,
        levelling::LevellingIn,
        levelling::ChosenIn
    ))
)]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.get("/api/v1/editions/{edition}/plan/crews", Need::Token(read), crews::list);
    s.post("/api/v1/editions/{edition}/plan/crews", Need::Token(edit), crews::add);
    s.patch("/api/v1/editions/{edition}/plan/crews/{crew}", Need::Token(edit), crews::change);
    s.delete("/api/v1/editions/{edition}/plan/crews/{crew}", Need::Token(edit), crews::remove);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/crews", Need::Token(edit), crews::need);
    s.get("/api/v1/editions/{edition}/plan/levellings", Need::Token(read), levelling::list);
    s.post("/api/v1/editions/{edition}/plan/levellings", Need::Token(edit), levelling::ask);
    s.get("/api/v1/editions/{edition}/plan/levellings/{levelling}", Need::Token(read), levelling::show);
    s.post("/api/v1/editions/{edition}/plan/levellings/{levelling}/stop", Need::Token(edit), levelling::stop);
    s.post("/api/v1/editions/{edition}/plan/levellings/{levelling}/accept", Need::Token(edit), levelling::accept);
    s.post("/api/v1/editions/{edition}/plan/levellings/{levelling}/discard", Need::Token(edit), levelling::discard);
}

//! Time and space over the API: places and their states, reservations, conflicts and their ways out, rules, soft
//! links, what tasks ask of places.

mod conflicts;
mod places;
mod requirements;
mod rules;

use super::board;
use crate::api::ApiFail;
use crate::{Need, Surface};
use app::App;
use domain::access::Permission;
use domain::edition::Edition;
use domain::plan::space::Assessment;
use domain::plan::view::Board;
use utoipa::OpenApi;

/// This room's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(
        places::list,
        places::one,
        places::set_state,
        places::revoke_state,
        places::check,
        places::close,
        places::open,
        places::limits,
        places::hours,
        conflicts::reservations,
        conflicts::list,
        conflicts::preview,
        conflicts::repair,
        rules::list,
        rules::add,
        rules::preview,
        rules::change,
        rules::remove,
        rules::soft_links,
        rules::tie,
        rules::untie,
        requirements::list,
        requirements::add,
        requirements::change,
        requirements::remove
    ),
    components(schemas(
        places::PlanPlaceOut,
        places::PlanPlaceDetail,
        places::PlaceStateOut,
        places::PlaceCheckOut,
        places::BookingOut,
        places::PlaceStateIn,
        places::PlaceReasonIn,
        places::PlaceCheckIn,
        places::PlaceCloseIn,
        places::PlaceLimitsIn,
        places::PlaceHoursIn,
        conflicts::ReservationOut,
        conflicts::ConflictOut,
        conflicts::WayOut,
        conflicts::RepairIn,
        rules::RuleOut,
        rules::RuleIn,
        rules::RuleChangeIn,
        rules::RuleEffectOut,
        rules::RuleLinkOut,
        rules::SoftLinkOut,
        rules::SoftLinkIn,
        requirements::RequirementOut,
        requirements::RequirementIn
    ))
)]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit, sign) = (Permission::PlanRead, Permission::PlanEdit, Permission::PlanConfirm);
    s.get("/api/v1/editions/{edition}/plan/places", Need::Token(read), places::list);
    s.get("/api/v1/editions/{edition}/plan/places/{place}", Need::Token(read), places::one);
    s.post("/api/v1/editions/{edition}/plan/places/{place}/states", Need::Token(sign), places::set_state);
    s.post(
        "/api/v1/editions/{edition}/plan/places/{place}/states/{state}/revoke",
        Need::Token(sign),
        places::revoke_state,
    );
    s.post("/api/v1/editions/{edition}/plan/places/{place}/checks", Need::Token(Permission::PlanCheck), places::check);
    s.post("/api/v1/editions/{edition}/plan/places/{place}/close", Need::Token(sign), places::close);
    s.post("/api/v1/editions/{edition}/plan/places/{place}/open", Need::Token(sign), places::open);
    s.post("/api/v1/editions/{edition}/plan/places/{place}/limits", Need::Token(Permission::VenueEdit), places::limits);
    s.post("/api/v1/editions/{edition}/plan/places/{place}/hours", Need::Token(edit), places::hours);
    s.get("/api/v1/editions/{edition}/plan/reservations", Need::Token(read), conflicts::reservations);
    s.get("/api/v1/editions/{edition}/plan/conflicts", Need::Token(read), conflicts::list);
    s.post("/api/v1/editions/{edition}/plan/conflicts/preview", Need::Token(edit), conflicts::preview);
    s.post("/api/v1/editions/{edition}/plan/conflicts/repair", Need::Token(edit), conflicts::repair);
    s.get("/api/v1/editions/{edition}/plan/rules", Need::Token(read), rules::list);
    s.post("/api/v1/editions/{edition}/plan/rules", Need::Token(edit), rules::add);
    s.post("/api/v1/editions/{edition}/plan/rules/preview", Need::Token(edit), rules::preview);
    s.patch("/api/v1/editions/{edition}/plan/rules/{rule}", Need::Token(edit), rules::change);
    s.delete("/api/v1/editions/{edition}/plan/rules/{rule}", Need::Token(edit), rules::remove);
    s.get("/api/v1/editions/{edition}/plan/soft-links", Need::Token(read), rules::soft_links);
    s.post("/api/v1/editions/{edition}/plan/soft-links", Need::Token(edit), rules::tie);
    s.delete("/api/v1/editions/{edition}/plan/soft-links/{link}", Need::Token(edit), rules::untie);
    s.get("/api/v1/editions/{edition}/plan/tasks/{task}/places", Need::Token(read), requirements::list);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/places", Need::Token(edit), requirements::add);
    s.patch(
        "/api/v1/editions/{edition}/plan/tasks/{task}/places/{requirement}",
        Need::Token(edit),
        requirements::change,
    );
    s.delete(
        "/api/v1/editions/{edition}/plan/tasks/{task}/places/{requirement}",
        Need::Token(edit),
        requirements::remove,
    );
}

/// The plan and what is wrong between it and its places.
async fn assessed(app: &App, edition: &Edition) -> Result<(Board, Assessment), ApiFail> {
    let board = board(app, edition).await?;
    let assessment = board.sheet.assess(&board.computed, app.now());
    Ok((board, assessment))
}

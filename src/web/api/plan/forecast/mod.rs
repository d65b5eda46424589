//! Looking from the plan as it was to how it will end, over the API.

mod baselines;

use super::board;
use crate::{Need, Surface};
use domain::access::Permission;
use utoipa::OpenApi;

/// This part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(baselines::list, baselines::freeze, baselines::compare, baselines::show),
    components(schemas(
        baselines::BaselineOut,
        baselines::BaselineIn,
        baselines::ShowIn,
        baselines::StretchOut,
        baselines::ComparedOut,
        baselines::ComparisonOut
    ))
)]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.get("/api/v1/editions/{edition}/plan/baselines", Need::Token(read), baselines::list);
    s.post("/api/v1/editions/{edition}/plan/baselines", Need::Token(edit), baselines::freeze);
    s.get("/api/v1/editions/{edition}/plan/baselines/{number}", Need::Token(read), baselines::compare);
    s.post("/api/v1/editions/{edition}/plan/baselines/{number}/show", Need::Token(edit), baselines::show);
}

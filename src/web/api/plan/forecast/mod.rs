//! Looking from the plan as it was to how it will end, over the API.

mod baselines;
mod risk;
mod scenarios;
mod value;

pub(super) use risk::ThreePointIo;

use super::board;
use crate::{Need, Surface};
use domain::access::Permission;
use utoipa::OpenApi;

/// This part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(
        baselines::list,
        baselines::freeze,
        baselines::compare,
        baselines::show,
        risk::risks,
        risk::add_risk,
        risk::change_risk,
        risk::estimate,
        risk::suggest,
        risk::ask,
        risk::read,
        risk::stop,
        value::value,
        value::buffers,
        scenarios::list,
        scenarios::create,
        scenarios::read,
        scenarios::add_step,
        scenarios::remove_step,
        scenarios::promote,
        scenarios::put_away,
        scenarios::compare
    ),
    components(schemas(
        baselines::BaselineOut,
        baselines::BaselineIn,
        baselines::ShowIn,
        baselines::StretchOut,
        baselines::ComparedOut,
        baselines::ComparisonOut,
        risk::ThreePointIo,
        risk::RiskOut,
        risk::RiskIn,
        risk::EstimateIo,
        risk::RunIn,
        risk::RunOut,
        risk::AimOut,
        risk::DriverOut,
        value::ValueOut,
        value::SumsOut,
        value::PointOut,
        value::ChainOut,
        scenarios::ScenarioOut,
        scenarios::ScenarioIn,
        scenarios::StepOut,
        scenarios::StepIn,
        scenarios::PromoteIn,
        scenarios::ScenarioEffectOut,
        scenarios::ColumnOut
    ))
)]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let (read, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.get("/api/v1/editions/{edition}/plan/baselines", Need::Token(read), baselines::list);
    s.post("/api/v1/editions/{edition}/plan/baselines", Need::Token(edit), baselines::freeze);
    s.get("/api/v1/editions/{edition}/plan/baselines/{number}", Need::Token(read), baselines::compare);
    s.post("/api/v1/editions/{edition}/plan/baselines/{number}/show", Need::Token(edit), baselines::show);
    s.get("/api/v1/editions/{edition}/plan/risks", Need::Token(read), risk::risks);
    s.post("/api/v1/editions/{edition}/plan/risks", Need::Token(edit), risk::add_risk);
    s.patch("/api/v1/editions/{edition}/plan/risks/{number}", Need::Token(edit), risk::change_risk);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/estimate", Need::Token(edit), risk::estimate);
    s.post("/api/v1/editions/{edition}/plan/estimates/suggest", Need::Token(edit), risk::suggest);
    s.post("/api/v1/editions/{edition}/plan/simulations", Need::Token(edit), risk::ask);
    s.get("/api/v1/editions/{edition}/plan/simulations/{run}", Need::Token(read), risk::read);
    s.get("/api/v1/editions/{edition}/plan/value", Need::Token(read), value::value);
    s.get("/api/v1/editions/{edition}/plan/buffers", Need::Token(read), value::buffers);
    s.get("/api/v1/editions/{edition}/plan/scenarios", Need::Token(read), scenarios::list);
    s.post("/api/v1/editions/{edition}/plan/scenarios", Need::Token(edit), scenarios::create);
    s.get("/api/v1/editions/{edition}/plan/scenarios/compare", Need::Token(read), scenarios::compare);
    s.get("/api/v1/editions/{edition}/plan/scenarios/{number}", Need::Token(read), scenarios::read);
    s.post("/api/v1/editions/{edition}/plan/scenarios/{number}/steps", Need::Token(edit), scenarios::add_step);
    s.delete(
        "/api/v1/editions/{edition}/plan/scenarios/{number}/steps/{step}",
        Need::Token(edit),
        scenarios::remove_step,
    );
    s.post("/api/v1/editions/{edition}/plan/scenarios/{number}/promote", Need::Token(edit), scenarios::promote);
    s.delete("/api/v1/editions/{edition}/plan/scenarios/{number}", Need::Token(edit), scenarios::put_away);
    s.post("/api/v1/editions/{edition}/plan/simulations/{run}/stop", Need::Token(edit), risk::stop);
}

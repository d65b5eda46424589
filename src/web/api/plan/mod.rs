//! The plan over the API: read it, change it with a preview, take tasks through their loop.

mod acts;
mod calendars;
mod change;
mod changes;
mod control;
mod exchange;
mod feeds;
mod forecast;
mod gate;
mod gate_record;
mod incident;
mod indicator;
mod level;
mod paths;
mod read;
mod reschedule;
mod revise;
mod space;
mod table;
mod watch;
mod why;

use super::ApiFail;
use crate::{Need, Surface};
use app::App;
use domain::access::Permission;
use domain::edition::Edition;
use domain::plan::view::Board;
use utoipa::OpenApi;

use forecast::Doc as ForecastDoc;
use level::Doc as LevelDoc;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(
        read::head,
        read::tasks,
        read::task,
        read::deviations,
        change::create,
        change::preview,
        change::change,
        exchange::bring,
        exchange::take,
        paths::paths,
        calendars::list,
        calendars::change,
        calendars::delete,
        calendars::options,
        calendars::assign,
        changes::changes,
        changes::change,
        changes::send,
        changes::picture,
        acts::assign,
        acts::start,
        acts::report,
        acts::submit,
        acts::check,
        acts::reject,
        acts::confirm,
        acts::aside,
        acts::open_deviation,
        acts::close_deviation
    ),
    components(schemas(
        read::HeadOut,
        read::TaskOut,
        read::TaskDetail,
        read::LinkOut,
        read::IndicatorOut,
        read::DeviationOut,
        change::CreateIn,
        change::EditIn,
        change::DeltaOut,
        change::MoveOut,
        why::WhyOut,
        why::RestOut,
        why::HoursOut,
        exchange::ImportOut,
        exchange::NoteOut,
        paths::PathOut,
        calendars::CalendarOut,
        calendars::OptionsIn,
        calendars::AssignCalendarIn,
        changes::ChangeOut,
        changes::StoryOut,
        changes::MovedOut,
        changes::SendIn,
        acts::AssignIn,
        acts::StartIn,
        acts::ProgressIn,
        acts::SubmitIn,
        acts::CheckIn,
        acts::AnswerIn,
        acts::ReasonIn,
        acts::ConfirmIn,
        acts::AsideIn,
        acts::DeviationIn,
        acts::ProofIn
    ))
)]
pub struct Doc;

/// The part about gates, indicators and live metrics.
#[derive(OpenApi)]
#[openapi(
    paths(
        gate::list,
        gate::lay,
        gate::show,
        gate::propose,
        gate::sign,
        gate::decline,
        gate::waive,
        gate::divide,
        gate::metrics,
        gate_record::measure,
        gate_record::settings,
        gate_record::adjust,
        gate_record::waivers,
        gate_record::end_waiver,
        gate_record::report,
        indicator::add,
        indicator::change,
        indicator::retire
    ),
    components(schemas(
        gate::GateOut,
        gate::GateDetail,
        gate::CriterionOut,
        gate::DecisionOut,
        gate::ConditionOut,
        gate::SignatureOut,
        gate::LayIn,
        gate::ProposeIn,
        gate::ConditionIn,
        gate::SignIn,
        gate::DeclineIn,
        gate::WaiveIn,
        gate::MetricOut,
        gate_record::MeasureIn,
        gate_record::MeasuresIn,
        gate_record::GateSettings,
        gate_record::GateSettingsIn,
        gate_record::WaiverOut,
        indicator::IndicatorIn
    ))
)]
struct GateDoc;

pub(crate) fn routes(s: &mut Surface) {
    gate::routes(s);
    gate_record::routes(s);
    indicator::routes(s);
    let (read, edit, work) = (Permission::PlanRead, Permission::PlanEdit, Permission::PlanWork);
    watch::routes(s);
    incident::routes(s);
    control::routes(s);
    s.get("/api/v1/editions/{edition}/plan", Need::Token(read), read::head);
    s.post("/api/v1/editions/{edition}/plan", Need::Token(edit), change::create);
    s.get("/api/v1/editions/{edition}/plan/paths", Need::Token(read), paths::paths);
    s.get("/api/v1/editions/{edition}/plan/mspdi", Need::Token(read), exchange::take);
    s.post("/api/v1/editions/{edition}/plan/mspdi", Need::Token(edit), exchange::bring);
    s.get("/api/v1/editions/{edition}/plan/calendars", Need::Token(read), calendars::list);
    s.post("/api/v1/editions/{edition}/plan/calendars", Need::Token(edit), calendars::assign);
    s.patch("/api/v1/editions/{edition}/plan/calendars/{calendar}", Need::Token(edit), calendars::change);
    s.delete("/api/v1/editions/{edition}/plan/calendars/{calendar}", Need::Token(edit), calendars::delete);
    s.patch("/api/v1/editions/{edition}/plan/options", Need::Token(edit), calendars::options);
    s.get("/api/v1/editions/{edition}/plan/tasks", Need::Token(read), read::tasks);
    s.get("/api/v1/editions/{edition}/plan/tasks/{task}", Need::Token(read), read::task);
    s.patch("/api/v1/editions/{edition}/plan/tasks/{task}", Need::Token(edit), change::change);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/preview", Need::Token(edit), change::preview);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/assign", Need::Token(edit), acts::assign);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/start", Need::Token(work), acts::start);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/report", Need::Token(work), acts::report);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/submit", Need::Token(work), acts::submit);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/check", Need::Token(Permission::PlanCheck), acts::check);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/reject", Need::Token(Permission::PlanCheck), acts::reject);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/confirm", Need::Token(Permission::PlanConfirm), acts::confirm);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/aside", Need::Token(work), acts::aside);
    forecast::routes(s);
    s.get("/api/v1/editions/{edition}/plan/changes", Need::Token(read), changes::changes);
    s.get("/api/v1/editions/{edition}/plan/changes/{revision}", Need::Token(read), changes::change);
    s.get("/api/v1/editions/{edition}/plan/pictures/{file}", Need::Token(read), changes::picture);
    s.post("/api/v1/editions/{edition}/plan/changes/{revision}/send", Need::Token(work), changes::send);
    level::routes(s);
    s.post("/api/v1/editions/{edition}/plan/tasks", Need::Token(edit), revise::add_task);
    s.patch("/api/v1/editions/{edition}/plan/tasks", Need::Token(edit), revise::bulk);
    s.delete("/api/v1/editions/{edition}/plan/tasks/{task}", Need::Token(edit), revise::delete_task);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/outline", Need::Token(edit), revise::outline);
    s.post("/api/v1/editions/{edition}/plan/links", Need::Token(edit), revise::link);
    s.delete("/api/v1/editions/{edition}/plan/links/{link}", Need::Token(edit), revise::unlink);
    s.post("/api/v1/editions/{edition}/plan/import", Need::Token(edit), table::import);
    // What is taken back says which right it takes: that of the act itself.
    s.post("/api/v1/editions/{edition}/plan/undo", Need::Token(read), revise::undo);
    s.post("/api/v1/editions/{edition}/plan/redo", Need::Token(read), revise::redo);
    s.get("/api/v1/editions/{edition}/plan/undo", Need::Token(read), revise::own);
    s.get("/api/v1/editions/{edition}/plan/data-date", Need::Token(read), reschedule::look);
    s.post("/api/v1/editions/{edition}/plan/data-date", Need::Token(edit), reschedule::move_on);
    feeds::routes(s);
    space::routes(s);
    s.get("/api/v1/editions/{edition}/plan/deviations", Need::Token(read), read::deviations);
    s.post("/api/v1/editions/{edition}/plan/deviations", Need::Token(work), acts::open_deviation);
    s.post("/api/v1/editions/{edition}/plan/deviations/{deviation}/close", Need::Token(work), acts::close_deviation);
}

/// The description of this context.
pub(super) fn description() -> utoipa::openapi::OpenApi {
    let mut document = Doc::openapi();
    let parts = [
        GateDoc::openapi(),
        ForecastDoc::openapi(),
        LevelDoc::openapi(),
        watch::Doc::openapi(),
        incident::Doc::openapi(),
    ];
    let more = [control::Doc::openapi(), revise::Doc::openapi(), table::Doc::openapi(), space::Doc::openapi()];
    let own = [feeds::Doc::openapi(), reschedule::Doc::openapi()];
    for part in parts.into_iter().chain(more).chain(own) {
        document.merge(part);
    }
    document
}

/// The plan of an edition; 404 when it has none.
async fn board(app: &App, edition: &Edition) -> Result<Board, ApiFail> {
    store::read::plan::board(&app.reader(), edition.id, app.now()).await?.ok_or(ApiFail::Missing)
}

//! Rules by location and soft links.

use super::super::change::DeltaOut;
use super::board;
use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::space::{self as verbs, SoftDraft};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use domain::plan::space::view::links;
use domain::plan::space::{LocationRule, RuleDraft, RuleLink, rule_links};
use domain::plan::task::LinkOrigin;
use domain::plan::view::Board;
use domain::{LinkId, LocationRuleId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A rule by location.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleOut {
    /// Identity.
    id: Uuid,
    /// Why.
    reason: String,
    /// Within this place; absent for the whole venue.
    within: Option<Uuid>,
    /// In every place of this kind.
    each: &'static str,
    /// The work that comes first.
    before: String,
    /// The work that comes after it.
    after: String,
    /// When the first lets go.
    release: &'static str,
    /// Minutes between.
    lag_minutes: i64,
    /// It counts; nothing follows from a rule that is off.
    on: bool,
    /// For the check against a change in between.
    version: i32,
    /// Links that follow from it.
    links: usize,
}

impl RuleOut {
    fn of(rule: &LocationRule, links: usize) -> Self {
        Self {
            id: rule.id.uuid(),
            reason: rule.reason.clone(),
            within: rule.within.map(Into::into),
            each: rule.each.code(),
            before: rule.before.clone(),
            after: rule.after.clone(),
            release: rule.release.code(),
            lag_minutes: rule.lag,
            on: rule.on,
            version: rule.version,
            links,
        }
    }
}

/// The rules by location of the plan.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/rules", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<RuleOut>)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<RuleOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let out = |rule: &LocationRule| RuleOut::of(rule, rule_links(&board.sheet, rule.id).len());
    Ok(Json(Listing { items: board.sheet.space.rules.iter().map(out).collect(), next: None }))
}

/// A rule to add.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RuleIn {
    /// Why.
    reason: String,
    /// Place id; empty for the whole venue.
    within: String,
    /// Kind of place.
    each: String,
    /// Task codes (`B05 B1*`) or `state:serviced`.
    before: String,
    /// The same.
    after: String,
    /// `accepted` (the usual), `submitted`, `confirmed`.
    release: String,
    /// Minutes between.
    lag_minutes: i64,
}

impl RuleIn {
    fn draft(self) -> RuleDraft {
        RuleDraft {
            reason: self.reason,
            within: self.within,
            each: self.each,
            before: self.before,
            after: self.after,
            release: self.release,
            lag: self.lag_minutes.to_string(),
            version: String::new(),
        }
    }
}

/// A link by the codes of its tasks.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleLinkOut {
    /// Code of the first task.
    from: String,
    /// Code of the task that waits.
    to: String,
}

/// What a rule would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleEffectOut {
    /// Links that would come.
    added: Vec<RuleLinkOut>,
    /// Links that would stay.
    kept: Vec<RuleLinkOut>,
    /// Links that would go.
    removed: Vec<RuleLinkOut>,
    /// Rings it would close, each the codes of its tasks in order; such a rule is refused.
    rings: Vec<String>,
    /// What the links would move.
    effect: DeltaOut,
}

/// Which rule a preview is of.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Of {
    rule: Option<LocationRuleId>,
}

/// What a rule would come to, a new one or one there is changed. Nothing is saved.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/rules/preview", tag = "plan", security(("token" = [])),
    request_body = RuleIn,
    params(("edition" = String, Path), ("rule" = Option<Uuid>, Query, description = "the rule it would replace")),
    responses((status = 200, body = RuleEffectOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn preview(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(of): Query<Of>,
    Body(body): Body<RuleIn>,
) -> Result<Json<RuleEffectOut>, ApiFail> {
    let found = verbs::preview_rule(&app, &caller.edition, of.rule, &body.draft()).await?;
    let out = |links: Vec<RuleLink>| links.into_iter().map(|one| RuleLinkOut { from: one.from, to: one.to }).collect();
    let ring = |refusal: &Refusal| refusal.params.iter().map(|(_, tasks)| tasks.as_str()).collect();
    Ok(Json(RuleEffectOut {
        rings: found.effect.rings.iter().map(ring).collect(),
        added: out(found.effect.added),
        kept: out(found.effect.kept),
        removed: out(found.effect.removed),
        effect: DeltaOut::of(&found.board, &found.delta),
    }))
}

/// A change of a rule; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RuleChangeIn {
    /// Why.
    reason: Option<String>,
    /// Place id; empty for the whole venue.
    within: Option<String>,
    /// Kind of place.
    each: Option<String>,
    /// Task codes (`B05 B1*`) or `state:serviced`.
    before: Option<String>,
    /// The same.
    after: Option<String>,
    /// `accepted`, `submitted`, `confirmed`.
    release: Option<String>,
    /// Minutes between.
    lag_minutes: Option<i64>,
    /// Switches it on or off.
    on: Option<bool>,
    /// Version that was read; the current one when absent.
    version: Option<i32>,
}

/// Changes a rule, switches it, or both at once.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/rules/{rule}", tag = "plan", security(("token" = [])),
    request_body = RuleChangeIn, params(("edition" = String, Path), ("rule" = Uuid, Path)),
    responses((status = 200, body = RuleOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub(super) async fn change(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, LocationRuleId)>,
    Body(body): Body<RuleChangeIn>,
) -> Result<Json<RuleOut>, ApiFail> {
    let was = board(&app, &caller.edition).await?;
    let kept = RuleDraft::of(rule_of(&was, id)?);
    let draft = RuleDraft {
        reason: body.reason.unwrap_or(kept.reason),
        within: body.within.unwrap_or(kept.within),
        each: body.each.unwrap_or(kept.each),
        before: body.before.unwrap_or(kept.before),
        after: body.after.unwrap_or(kept.after),
        release: body.release.unwrap_or(kept.release),
        lag: body.lag_minutes.map_or(kept.lag, |minutes| minutes.to_string()),
        // What was filled in from the rule as read must not be laid over a change in between.
        version: body.version.map_or(kept.version, |version| version.to_string()),
    };
    verbs::change_rule(&app, &caller.viewer, caller.edition.id, id, &draft, body.on).await?;
    let board = board(&app, &caller.edition).await?;
    Ok(Json(RuleOut::of(rule_of(&board, id)?, rule_links(&board.sheet, id).len())))
}

fn rule_of(board: &Board, id: LocationRuleId) -> Result<&LocationRule, ApiFail> {
    board.sheet.space.rules.iter().find(|rule| rule.id == id).ok_or(ApiFail::Missing)
}

/// Adds a rule; answers it with the number of links that follow. One that would close a ring is refused.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/rules", tag = "plan", security(("token" = [])),
    request_body = RuleIn, params(("edition" = String, Path)),
    responses((status = 200, body = RuleOut), (status = 422, body = Problem)))]
pub(super) async fn add(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<RuleIn>,
) -> Result<Json<RuleOut>, ApiFail> {
    let (id, derivation) = verbs::add_rule(&app, &caller.viewer, caller.edition.id, &body.draft()).await?;
    let board = board(&app, &caller.edition).await?;
    Ok(Json(RuleOut::of(rule_of(&board, id)?, derivation.added.len())))
}

/// Takes a rule and the links that follow from it away.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/rules/{rule}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("rule" = Uuid, Path)), responses((status = 204), (status = 404, body = Problem)))]
pub(super) async fn remove(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, rule)): Path<(String, LocationRuleId)>,
) -> Result<StatusCode, ApiFail> {
    verbs::remove_rule(&app, &caller.viewer, caller.edition.id, rule).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A soft link: an order two tasks were put in because they want one place or crew.
#[derive(Debug, Serialize, ToSchema)]
pub struct SoftLinkOut {
    /// Identity.
    id: Uuid,
    /// Code of the first task.
    from: String,
    /// Code of the second.
    to: String,
    /// Minutes of the clock between them.
    lag_minutes: i64,
    /// Why.
    reason: String,
    /// Who put it there.
    by: Option<Uuid>,
}

/// The soft links of the plan.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/soft-links", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<SoftLinkOut>)))]
pub(super) async fn soft_links(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<SoftLinkOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let out = links(&board, LinkOrigin::Soft).into_iter().map(|(link, from, to)| SoftLinkOut {
        id: link.id.uuid(),
        from,
        to,
        lag_minutes: link.lag,
        reason: link.reason,
        by: link.by.map(Into::into),
    });
    Ok(Json(Listing { items: out.collect(), next: None }))
}

/// A soft link to add.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SoftLinkIn {
    /// Code of the first task.
    from: String,
    /// Code of the second.
    to: String,
    /// Minutes of the clock between them.
    lag_minutes: i64,
    /// Why.
    reason: String,
}

/// Puts two tasks in an order; answers the id of the link.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/soft-links", tag = "plan", security(("token" = [])),
    request_body = SoftLinkIn, params(("edition" = String, Path)),
    responses((status = 200, body = Uuid), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn tie(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<SoftLinkIn>,
) -> Result<Json<Uuid>, ApiFail> {
    let draft = SoftDraft { from: body.from, to: body.to, lag: body.lag_minutes.to_string(), reason: body.reason };
    let (id, _) = verbs::add_soft_link(&app, &caller.viewer, caller.edition.id, &draft).await?;
    Ok(Json(id.uuid()))
}

/// Takes a soft link away.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/soft-links/{link}", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("link" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub(super) async fn untie(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, link)): Path<(String, LinkId)>,
) -> Result<StatusCode, ApiFail> {
    verbs::remove_soft_link(&app, &caller.viewer, caller.edition.id, link).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Rules by location and soft links.

use super::board;
use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::space::{self as verbs, SoftDraft};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::plan::space::view::links;
use domain::plan::space::{LocationRule, RuleDraft};
use domain::plan::task::LinkOrigin;
use domain::{LinkId, LocationRuleId};
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
    let derived = links(&board, LinkOrigin::Derived);
    let out = |rule: &LocationRule| {
        let source = format!("rule:{}", rule.id);
        RuleOut::of(rule, derived.iter().filter(|(link, ..)| link.reason == source).count())
    };
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

/// Adds a rule; answers it with the number of links that follow.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/rules", tag = "plan", security(("token" = [])),
    request_body = RuleIn, params(("edition" = String, Path)),
    responses((status = 200, body = RuleOut), (status = 422, body = Problem)))]
pub(super) async fn add(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<RuleIn>,
) -> Result<Json<RuleOut>, ApiFail> {
    let draft = RuleDraft {
        reason: body.reason,
        within: body.within,
        each: body.each,
        before: body.before,
        after: body.after,
        release: body.release,
        lag: body.lag_minutes.to_string(),
    };
    let (id, derivation) = verbs::add_rule(&app, &caller.viewer, caller.edition.id, &draft).await?;
    let board = board(&app, &caller.edition).await?;
    let rule = board.sheet.space.rules.iter().find(|rule| rule.id == id).ok_or(ApiFail::Missing)?;
    Ok(Json(RuleOut::of(rule, derivation.added.len())))
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

//! Addresses of the plan's places: the chart, conflicts, rules, one place, what a task asks for.

use super::{Href, segment};
use domain::{LinkId, LocationRuleId, PlaceId, PlaceStateId, RequirementId};

fn below(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/plan/space{rest}", segment(edition)))
}

/// Places over time.
pub fn chart(edition: &str) -> Href {
    below(edition, "")
}

/// Conflicts with their ways out.
pub fn conflicts(edition: &str) -> Href {
    below(edition, "/conflicts")
}

/// A way out of a conflict: its effect, and taking it.
pub fn repair(edition: &str, conflict: &str, way: &str) -> Href {
    below(edition, "/repair").query(&[("conflict", conflict), ("way", way)])
}

/// Where a way out is taken.
pub fn take_repair(edition: &str) -> Href {
    below(edition, "/repair")
}

/// Rules by location and soft links.
pub fn rules(edition: &str) -> Href {
    below(edition, "/rules")
}

/// One rule: what follows from it, and changing it.
pub fn rule(edition: &str, rule: LocationRuleId) -> Href {
    below(edition, &format!("/rules/{rule}"))
}

/// Switching a rule on or off.
pub fn switch_rule(edition: &str, rule: LocationRuleId) -> Href {
    below(edition, &format!("/rules/{rule}/switch"))
}

/// Taking a rule away.
pub fn remove_rule(edition: &str, rule: LocationRuleId) -> Href {
    below(edition, &format!("/rules/{rule}/remove"))
}

/// Where soft links are posted.
pub fn soft_links(edition: &str) -> Href {
    below(edition, "/links")
}

/// Taking a soft link away.
pub fn remove_soft_link(edition: &str, link: LinkId) -> Href {
    below(edition, &format!("/links/{link}/remove"))
}

/// One place in the plan.
pub fn place(edition: &str, place: PlaceId) -> Href {
    below(edition, &format!("/places/{place}"))
}

/// An act at a place: `state`, `check`, `close`, `open`, `limits`, `hours`.
pub fn act(edition: &str, place: PlaceId, act: &str) -> Href {
    below(edition, &format!("/places/{place}/{act}"))
}

/// Taking a state of a place back.
pub fn revoke(edition: &str, place: PlaceId, state: PlaceStateId) -> Href {
    below(edition, &format!("/places/{place}/states/{state}/revoke"))
}

/// What a task asks of places.
pub fn requirements(edition: &str, code: &str) -> Href {
    Href::new(format!("/e/{}/plan/tasks/{}/places", segment(edition), segment(code)))
}

/// Changing one of them.
pub fn requirement(edition: &str, code: &str, id: RequirementId) -> Href {
    requirements(edition, code).then(&id.to_string())
}

/// Taking one of them away.
pub fn remove_requirement(edition: &str, code: &str, id: RequirementId) -> Href {
    requirement(edition, code, id).then("remove")
}

//! Making and changing editions.

use super::{ChangeEdition, CreateEdition, Edition, EditionDraft, Status};
use crate::{EditionId, Refusal, SeriesId, VenueId, journal::Fact};

/// A new edition from a checked request. It begins in planning.
pub fn create(id: EditionId, series: SeriesId, venue: VenueId, command: &CreateEdition) -> (Edition, Vec<Fact>) {
    let plan = command.plan.clone();
    let edition = Edition {
        id,
        series,
        slug: plan.slug,
        name: plan.name,
        venue,
        time_zone: plan.time_zone,
        opens_on: plan.opens_on,
        closes_on: plan.closes_on,
        build_up_on: plan.build_up_on,
        breakdown_until: plan.breakdown_until,
        status: Status::Planning,
        registration_open: plan.registration_open,
        applications_open: plan.applications_open,
        gross_area_dm2: plan.gross_area_dm2,
        template: command.template.clone(),
        badge_mode: plan.badge_mode,
        version: 1,
    };
    let fact = Fact::new("edition.created", edition.subject(), id)
        .with("slug", edition.slug.as_str())
        .with("opens_on", edition.opens_on.to_string());
    (edition, vec![fact])
}

/// An edition with the change applied and what changed as facts. Moving D0 is a matter of the plan too:
/// the caller recomputes it.
///
/// # Errors
/// `stale` when the edition was changed since it was read.
pub fn change(edition: &Edition, command: &ChangeEdition) -> Result<(Edition, Vec<Fact>), Vec<Refusal>> {
    if edition.version != command.version {
        return Err(vec![Refusal::conflict("stale")]);
    }
    let plan = command.plan.clone();
    let changed = Edition {
        slug: plan.slug,
        name: plan.name,
        time_zone: plan.time_zone,
        opens_on: plan.opens_on,
        closes_on: plan.closes_on,
        build_up_on: plan.build_up_on,
        breakdown_until: plan.breakdown_until,
        gross_area_dm2: plan.gross_area_dm2,
        badge_mode: plan.badge_mode,
        registration_open: plan.registration_open,
        applications_open: plan.applications_open,
        ..edition.clone()
    };
    let mut fact = Fact::new("edition.changed", edition.subject(), edition.id);
    let (before, after) = (EditionDraft::of(edition), EditionDraft::of(&changed));
    let pairs = [
        ("slug", before.slug, after.slug),
        ("name_en", before.name_en, after.name_en),
        ("name_zh", before.name_zh, after.name_zh),
        ("opens_on", before.opens_on, after.opens_on),
        ("closes_on", before.closes_on, after.closes_on),
        ("build_up_on", before.build_up_on, after.build_up_on),
        ("breakdown_until", before.breakdown_until, after.breakdown_until),
        ("registration_open", before.registration_open, after.registration_open),
        ("applications_open", before.applications_open, after.applications_open),
    ];
    for (field, before, after) in pairs.into_iter().filter(|(_, a, b)| a != b) {
        fact = fact.with(field, serde_json::json!([before, after]));
    }
    Ok((changed, vec![fact]))
}

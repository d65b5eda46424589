//! Time and space: what tasks ask of places, how much places take and how they are reached, the states places came
//! into, the answers to their check lists, and rules by location.

use crate::{migration, sheet::table};

const STATES: &[&str] = &[
    "released",
    "handed_over",
    "marked_out",
    "serviced",
    "built",
    "inspected",
    "established",
    "live",
    "stripped",
    "cleared",
    "returned",
    "suspended",
];
const KINDS: &[&str] = &[
    "venue",
    "hall",
    "zone",
    "aisle",
    "stand",
    "dock",
    "yard",
    "gate",
    "room",
    "registration_area",
    "office",
    "warehouse",
];
const UNITS: &[&str] = &["m2", "kw", "trucks_h", "persons", "kg_m2"];

migration!(manager => {
    table("task_place")
        .id()
        .refer("edition_id", "edition")
        .refer("task_id", "task")
        .refer_null("place_id", "place")
        .text_null(&["each_kind", "only_kind"])
        .code("mode", &["x", "s", "p", "k"])
        .big(&["quantity"])
        .code("unit", UNITS)
        .big(&["setup_minutes", "clear_minutes"])
        .text_null(&["needs"])
        .code("needed", &["start", "throughout"])
        .text_null(&["produces"])
        .big(&["lead_minutes"])
        .version()
        .index(&["edition_id"])
        .index(&["task_id"])
        .create(manager)
        .await?;
    table("place_capacity")
        .refer("place_id", "place")
        .code("unit", UNITS)
        .big(&["amount"])
        .key(&["place_id", "unit"])
        .create(manager)
        .await?;
    table("place_access")
        .refer("place_id", "place")
        .refer("over_id", "place")
        .key(&["place_id", "over_id"])
        .create(manager)
        .await?;
    table("place_state")
        .id()
        .refer("edition_id", "edition")
        .refer("place_id", "place")
        .code("state", STATES)
        .at(&["at"])
        .uuid_null("task_id")
        .uuid_null("by")
        .text(&["note"])
        .refer_null("document_id", "document")
        .at_null(&["until", "ended_at"])
        .uuid_null("ended_by")
        .text(&["ended_note"])
        .version()
        .index(&["edition_id", "place_id"])
        .create(manager)
        .await?;
    table("place_check")
        .id()
        .refer("edition_id", "edition")
        .refer("place_id", "place")
        .text(&["item"])
        .flag(&["passed"])
        .text(&["note"])
        .refer_null("document_id", "document")
        .uuid_null("by")
        .at(&["at"])
        .at_null(&["expires_at"])
        .index(&["edition_id", "place_id"])
        .create(manager)
        .await?;
    table("location_rule")
        .id()
        .refer("edition_id", "edition")
        .text(&["reason"])
        .refer_null("within_id", "place")
        .code("each_kind", KINDS)
        .text(&["before", "after"])
        .code("release", &["submitted", "accepted", "confirmed"])
        .big(&["lag_minutes"])
        .version()
        .index(&["edition_id"])
        .create(manager)
        .await?;
});

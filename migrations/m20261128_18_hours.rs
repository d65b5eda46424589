//! Open hours of places: the calendar of an edition's plan that holds at a place.

use crate::{migration, sheet::table};

migration!(manager => {
    table("place_hours")
        .refer("edition_id", "edition")
        .refer("place_id", "place")
        .refer("calendar_id", "plan_calendar")
        .key(&["edition_id", "place_id"])
        .create(manager)
        .await?;
});

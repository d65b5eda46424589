//! What registrations are measured against: the goal of an edition, and how an earlier one came in day by day, for
//! shows that were run elsewhere.

use crate::{migration, sheet::table};

migration!(manager => {
    table("registration_goal")
        .refer("edition_id", "edition")
        .int(&["target"])
        // The edition whose curve and show-up it follows; the usual ones if absent.
        .refer_null("reference_id", "edition")
        .version()
        .key(&["edition_id"])
        .create(manager)
        .await?;
    table("registration_history")
        .refer("edition_id", "edition")
        .day(&["day"])
        .int(&["registered", "came"])
        .key(&["edition_id", "day"])
        .create(manager)
        .await?;
});

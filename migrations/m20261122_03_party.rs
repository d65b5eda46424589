//! People and organisations, how to reach them, whom they work for, and what they are in an edition.

use crate::{migration, sheet::table};

migration!(manager => {
    table("party")
        .id()
        .code("kind", &["person", "organisation"])
        .text(&["name", "name_en", "name_zh", "folded", "sort_key"])
        .text_null(&["country", "locale", "website", "credit_code", "family_name", "given_name"])
        .at(&["created_at"])
        .version()
        .index(&["kind", "sort_key", "id"])
        .index(&["kind", "folded"])
        .create(manager)
        .await?;
    table("contact_point")
        .id()
        .refer("party_id", "party")
        .code("kind", &["email", "phone", "mobile"])
        .text(&["value", "folded"])
        .flag(&["is_primary"])
        .index(&["kind", "folded"])
        .index(&["party_id"])
        .create(manager)
        .await?;
    table("affiliation")
        .id()
        .refer("person_id", "party")
        .refer("organisation_id", "party")
        .text(&["title"])
        .day_null(&["from_on", "until_on"])
        .index(&["person_id"])
        .index(&["organisation_id"])
        .create(manager)
        .await?;
    table("participation")
        .id()
        .refer("edition_id", "edition")
        .refer("party_id", "party")
        .code(
            "role",
            &[
                "exhibitor", "co_exhibitor", "represented", "pavilion_organizer", "visitor", "buyer", "hosted_buyer", "speaker",
                "media", "sponsor", "contractor", "agent", "staff",
            ],
        )
        .code(
            "status",
            &["prospect", "invited", "applied", "screened", "confirmed", "present", "no_show", "cancelled"],
        )
        .int_null(&["number"])
        .at(&["created_at"])
        .version()
        .unique(&["edition_id", "party_id", "role"])
        .index(&["edition_id", "role", "status"])
        .index(&["party_id"])
        .create(manager)
        .await?;
});

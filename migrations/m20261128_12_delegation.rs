//! Groups that come together: a company's people, a delegation, the people on an exhibitor's stand. Members are
//! registrations; the quota of a group and of a gate's rule are counted over them.

use crate::{migration, sheet::table};

migration!(manager => {
    table("delegation")
        .id()
        .refer("edition_id", "edition")
        .int(&["number"])
        .code("kind", &["company", "delegation", "staff"])
        .refer_null("participation_id", "participation")
        .text(&[
            "name", "contact_name", "contact_email", "folded_email", "contact_phone", "country", "locale", "category",
        ])
        .int_null(&["quota"])
        .flag(&["closed"])
        .text(&["note", "access_hash", "created_by"])
        .at(&["created_at"])
        .version()
        .unique(&["edition_id", "number"])
        .unique(&["access_hash"])
        .unique_where(&["edition_id", "participation_id"], "kind = 'staff'")
        .create(manager)
        .await?;
    table("delegation_member")
        .refer("edition_id", "edition")
        .uuid("registration_id")
        .refer("delegation_id", "delegation")
        .at(&["at"])
        .key(&["edition_id", "registration_id"])
        .index(&["delegation_id", "registration_id"])
        .create(manager)
        .await?;
});

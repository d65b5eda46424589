//! Registrations, consents and badges. High-volume tables have keys that begin with the edition, so that they can be
//! partitioned and archived by it.

use crate::{migration, sheet::table};

migration!(manager => {
    table("registration")
        .refer("edition_id", "edition")
        .uuid("id")
        .int(&["number"])
        .uuid("submission")
        .refer_null("party_id", "party")
        .refer_null("participation_id", "participation")
        .text(&["category", "channel"])
        .code("status", &["invited", "registered", "approved", "rejected", "cancelled", "anonymized"])
        .text(&[
            "family_name", "given_name", "display_name", "sort_key", "company", "job_title", "email", "folded_email", "phone",
            "country", "locale",
        ])
        .json(&["answers"])
        .text_null(&["voucher"])
        .text(&["access_hash"])
        .at(&["created_at"])
        .day(&["local_day"])
        .version()
        .key(&["edition_id", "id"])
        .unique(&["id"])
        .unique(&["submission"])
        .unique(&["access_hash"])
        .unique(&["edition_id", "number"])
        .index(&["edition_id", "folded_email"])
        .index(&["edition_id", "category", "id"])
        .index(&["edition_id", "status", "id"])
        .index(&["edition_id", "local_day"])
        .index(&["edition_id", "sort_key", "id"])
        .index(&["party_id"])
        .create(manager)
        .await?;
    table("consent")
        .id()
        .refer("edition_id", "edition")
        .refer("registration_id", "registration")
        .text(&["purpose", "wording"])
        .flag(&["given"])
        .at(&["at"])
        .index(&["registration_id"])
        .create(manager)
        .await?;
    table("credential")
        .refer("edition_id", "edition")
        .uuid("id")
        .refer("registration_id", "registration")
        .big(&["serial"])
        .text(&["category", "code", "code_hash"])
        .code("state", &["active", "blocked", "replaced", "revoked"])
        .int(&["reprint_no"])
        .day(&["valid_from", "valid_until"])
        .at(&["issued_at"])
        .uuid_null("replaced_by")
        .key(&["edition_id", "id"])
        .unique(&["id"])
        .unique(&["edition_id", "serial"])
        .unique(&["edition_id", "code_hash"])
        .unique_where(&["edition_id", "registration_id"], "state = 'active'")
        .index(&["registration_id"])
        .create(manager)
        .await?;
});

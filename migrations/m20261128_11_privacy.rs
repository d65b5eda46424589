//! Finding what concerns one person's data: consents by purpose, mails by address.

use crate::migration;
use sea_orm_migration::sea_orm::ConnectionTrait;

migration!(manager => {
    for statement in [
        "create index ix_consent_edition_id_purpose on consent (edition_id, purpose)",
        "create index ix_mail_edition_id_lower_to_address on mail (edition_id, lower(to_address))",
    ] {
        manager.get_connection().execute_unprepared(statement).await?;
    }
});

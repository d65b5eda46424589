//! Indexes that lists of many rows are read by: the counts of registrations in one pass, and each filter in the order
//! of the list, so that a page ends with its last row and not with the last registration.

use crate::migration;
use sea_orm_migration::prelude::*;

migration!(manager => {
    let indexes: [(&str, &[&str]); 5] = [
        ("ix_registration_facets", &["edition_id", "status", "category", "channel", "country"]),
        ("ix_registration_category_number", &["edition_id", "category", "number"]),
        ("ix_registration_status_number", &["edition_id", "status", "number"]),
        ("ix_registration_channel_number", &["edition_id", "channel", "number"]),
        ("ix_registration_country_number", &["edition_id", "country", "number"]),
    ];
    for (name, columns) in indexes {
        let mut index = Index::create();
        index.name(name).table("registration");
        for column in columns {
            index.col(*column);
        }
        manager.create_index(index).await?;
    }
});

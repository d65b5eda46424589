//! Tables of people to invite; what the rules of categories came to in an import; invitations in the order of names and
//! companies, and the journal of a kind of record, read from an index as far as a page goes.

use crate::{migration, sheet::add_columns};
use sea_orm_migration::prelude::*;

migration!(manager => {
    add_columns(manager, "intake", [
        // The campaign that invites the people of the table.
        ColumnDef::new("campaign_id").uuid().to_owned(),
        // Rows beyond the capacity of their category, and those that wait for approval.
        ColumnDef::new("beyond").integer().not_null().default(0).to_owned(),
        ColumnDef::new("review").integer().not_null().default(0).to_owned(),
        // Places that new people of a dry run would take, by category: JSON.
        ColumnDef::new("placed").text().not_null().default("{}").to_owned(),
    ])
    .await?;
    let indexes: [(&str, &str, &[&str]); 3] = [
        ("ix_invitation_name", "invitation", &["edition_id", "name", "id"]),
        ("ix_invitation_company", "invitation", &["edition_id", "company", "id"]),
        ("ix_fact_subject_kind", "fact", &["edition_id", "subject_kind", "id"]),
    ];
    for (name, table, columns) in indexes {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        manager.create_index(index).await?;
    }
});

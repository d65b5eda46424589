//! Lists of invitations in the order of names and companies, read from an index as far as a page goes.

use crate::migration;
use sea_orm_migration::prelude::*;

migration!(manager => {
    let indexes: [(&str, &[&str]); 2] = [
        ("ix_invitation_name", &["edition_id", "name", "id"]),
        ("ix_invitation_company", &["edition_id", "company", "id"]),
    ];
    for (name, columns) in indexes {
        let mut index = Index::create();
        index.name(name).table("invitation");
        for column in columns {
            index.col(*column);
        }
        manager.create_index(index).await?;
    }
});

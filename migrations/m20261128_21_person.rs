//! A person's registrations are found by the person: given the index of an edition's numbers or states beside that of
//! people, SQLite walks the edition. Two indexes that no list is ordered by any more go.

use crate::migration;
use sea_orm_migration::prelude::*;

migration!(manager => {
    for name in
        ["ix_registration_party_id", "ix_registration_edition_id_category_id", "ix_registration_edition_id_status_id"]
    {
        manager.drop_index(Index::drop().name(name).table("registration").to_owned()).await?;
    }
    let mut person = Index::create();
    person.name("ix_registration_person").table("registration").col("party_id").col("edition_id").col("number");
    manager.create_index(person).await?;
});

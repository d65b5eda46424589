//! Rules by location that are kept but do not count.

use crate::{migration, sheet::add_columns};
use sea_orm_migration::prelude::ColumnDef;

migration!(manager => {
    add_columns(manager, "location_rule", [ColumnDef::new("switched_on").boolean().not_null().default(true).to_owned()]).await?;
});

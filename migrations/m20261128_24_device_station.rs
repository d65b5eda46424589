//! Where badges come out for the people at a device: empty or null for the station at its gate, `none`, or a station.

use crate::{migration, sheet::add_columns};
use sea_orm_migration::prelude::ColumnDef;

migration!(manager => {
    add_columns(manager, "device", [ColumnDef::new("station").text().to_owned()]).await?;
});

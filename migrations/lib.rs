//! The database's shape, one dated file a change, the same on SQLite and PostgreSQL.
//!
//! No entity of ours is imported: entities move on, migrations must not. Every migration runs in a transaction.

mod m20261122_01_access;
mod m20261122_02_edition_venue;
mod m20261122_03_party;
mod m20261122_04_plan;
mod m20261122_05_sales_exhibitor;
mod m20261122_06_registration;
mod m20261122_07_admission;
mod m20261122_08_shared;
mod m20261128_01_plan_model;
mod m20261128_02_exchange;
mod m20261128_03_levelling;
mod m20261128_04_baseline;
mod m20261128_04_risk;
mod m20261128_04_scenario;
mod m20261128_05_space;
mod m20261128_06_gate;
mod m20261128_07_edit;
mod m20261128_09_watch;
mod m20261128_10_list_speed;
mod m20261128_11_forms;
mod m20261128_11_privacy;
mod m20261128_12_delegation;
mod m20261128_12_intake;
mod m20261128_12_letter;
mod m20261128_12_turnout;
mod m20261128_12_voucher;
mod m20261128_13_printing;
mod m20261128_14_door;
mod m20261128_15_conflict;
mod m20261128_15_count;
mod m20261128_15_hub;
mod m20261128_17_password_reset;
mod m20261128_18_hours;
mod m20261128_18_rules;
mod m20261128_20_second_factor;
mod m20261128_21_person;
mod m20261128_22_search_index;
mod m20261128_24_device_station;
mod m20261128_24_inviting;
mod m20261128_25_statistics;
mod sheet;

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

/// Declares a migration that runs in a transaction and names itself after its file.
macro_rules! migration {
    ($manager:ident => $body:block) => {
        #[derive(sea_orm_migration::prelude::DeriveMigrationName)]
        pub struct Migration;

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::prelude::MigrationTrait for Migration {
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
            async fn up(
                &self,
                $manager: &sea_orm_migration::prelude::SchemaManager,
            ) -> Result<(), sea_orm_migration::prelude::DbErr> {
                $body;
                Ok(())
            }
        }
    };
}
pub(crate) use migration;

/// All migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_01_access::Migration),
            Box::new(m20261122_02_edition_venue::Migration),
            Box::new(m20261122_03_party::Migration),
            Box::new(m20261122_04_plan::Migration),
            Box::new(m20261122_05_sales_exhibitor::Migration),
            Box::new(m20261122_06_registration::Migration),
            Box::new(m20261122_07_admission::Migration),
            Box::new(m20261122_08_shared::Migration),
            Box::new(m20261128_01_plan_model::Migration),
            Box::new(m20261128_04_baseline::Migration),
            Box::new(m20261128_04_risk::Migration),
            Box::new(m20261128_04_scenario::Migration),
            Box::new(m20261128_10_list_speed::Migration),
            Box::new(m20261128_05_space::Migration),
            Box::new(m20261128_06_gate::Migration),
            Box::new(m20261128_03_levelling::Migration),
            Box::new(m20261128_02_exchange::Migration),
            Box::new(m20261128_07_edit::Migration),
            Box::new(m20261128_09_watch::Migration),
            Box::new(m20261128_17_password_reset::Migration),
            Box::new(m20261128_14_door::Migration),
            Box::new(m20261128_12_delegation::Migration),
            Box::new(m20261128_12_voucher::Migration),
            Box::new(m20261128_12_intake::Migration),
            Box::new(m20261128_12_letter::Migration),
            Box::new(m20261128_12_turnout::Migration),
            Box::new(m20261128_15_conflict::Migration),
            Box::new(m20261128_15_count::Migration),
            Box::new(m20261128_15_hub::Migration),
            Box::new(m20261128_11_forms::Migration),
            Box::new(m20261128_11_privacy::Migration),
            Box::new(m20261128_13_printing::Migration),
            Box::new(m20261128_20_second_factor::Migration),
            Box::new(m20261128_18_rules::Migration),
            Box::new(m20261128_18_hours::Migration),
            Box::new(m20261128_21_person::Migration),
            Box::new(m20261128_22_search_index::Migration),
            Box::new(m20261128_24_device_station::Migration),
            Box::new(m20261128_24_inviting::Migration),
            Box::new(m20261128_25_statistics::Migration),
        ]
    }
}

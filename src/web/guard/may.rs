//! The rights as types, so that a handler names in its signature what it needs: `Staff<may::PlanRead>`.

use domain::access::Permission;

/// A right known at compile time.
pub trait May: Send + Sync + 'static {
    /// The right.
    const PERMISSION: Permission;
}

macro_rules! may {
    ($($name:ident),* $(,)?) => {
        $(
            #[doc = concat!("See [`Permission::", stringify!($name), "`].")]
            pub struct $name;
            impl May for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )*
    };
}

may! {
    EditionRead,
    EditionManage,
    PlanRead,
    PlanEdit,
    PlanWork,
    PlanCheck,
    PlanConfirm,
    VenueRead,
    VenueEdit,
    PartyRead,
    PartyEdit,
    SalesRead,
    SalesEdit,
    ExhibitorRead,
    ExhibitorEdit,
    RegistrationRead,
    RegistrationEdit,
    RegistrationManage,
    AdmissionRead,
    AdmissionManage,
    AdmissionScan,
    AdmissionOverride,
    JournalRead,
    AccessManage,
    ExportData,
}

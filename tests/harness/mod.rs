//! What tests stand on: databases to throw away, an app to talk to, and the verbs users use.
//!
//! Write a test once and let it run on both databases:
//!
//! ```ignore
//! both_databases! {
//!     async fn a_stand_is_sold_once(t: TestApp) {
//!         …
//!     }
//! }
//! ```

// Each layer uses its part; what one of them does not use is not dead.
#![allow(dead_code)]

pub mod app;
pub mod caller;
pub mod database;
pub mod postgres;
pub mod verbs;
mod visitors;

pub use app::TestApp;
pub use caller::{Answer, Caller, http};
pub use database::{Database, Kind};

/// Makes of each function two tests, `name::sqlite` and `name::postgres`, with a fresh app each.
macro_rules! both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[allow(unused_mut)]
            async fn body(mut $app: $crate::harness::TestApp) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body($crate::harness::TestApp::start($crate::harness::Kind::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body($crate::harness::TestApp::start($crate::harness::Kind::Postgres).await).await;
            }
        }
    )*};
}

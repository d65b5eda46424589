//! The commands of the binary. Each goes through the same use cases as the pages.

pub mod backup;
pub mod demo;
pub mod doctor;
pub mod edge;
pub mod lab;
pub mod print_agent;
pub mod say;
mod serve;
pub mod settings;
pub mod token;
pub mod user;

pub use serve::serve;

use crate::{boot, config::Config};
use say::say;
use templates::Lang;

/// Why a command ended without doing it. Each kind has its exit code.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// The settings or arguments are wrong (2).
    #[error("{0}")]
    Usage(String),
    /// The rules say no (3).
    #[error("{}", sentences(.0))]
    Refused(Vec<domain::Refusal>),
    /// The database cannot be used (4).
    #[error("database: {0}")]
    Database(String),
    /// Anything else (1).
    #[error("{0}")]
    Failed(String),
}

impl Ended {
    /// The exit code.
    pub const fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::Refused(_) => 3,
            Self::Database(_) => 4,
        }
    }
}

impl From<app::Error> for Ended {
    fn from(error: app::Error) -> Self {
        match error {
            app::Error::Refused(refusals) => Self::Refused(refusals),
            app::Error::Fault(fault) => Self::Database(fault.to_string()),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<Vec<domain::Refusal>> for Ended {
    fn from(refusals: Vec<domain::Refusal>) -> Self {
        Self::Refused(refusals)
    }
}

fn sentences(refusals: &[domain::Refusal]) -> String {
    let line = |r: &domain::Refusal| match &r.field {
        Some(field) => format!("{field}: {}", Lang::EN.refusal(r)),
        None => Lang::EN.refusal(r),
    };
    refusals.iter().map(line).collect::<Vec<_>>().join("; ")
}

/// Brings the database to the schema of this binary.
pub async fn migrate(config: &Config) -> Result<(), Ended> {
    let store = boot::open(config).await?;
    let ran = store.migrate().await.map_err(|e| Ended::Database(e.to_string()))?;
    store.close().await;
    say!("{ran} migrations applied")
}

/// Prints the OpenAPI description.
pub fn openapi() -> Result<(), Ended> {
    let text = web::api::document().to_pretty_json().map_err(|e| Ended::Failed(e.to_string()))?;
    say!("{text}")
}

//! What a use case answers when it does not do it.

use domain::Refusal;
use store::Fault;

/// Why a use case did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no; each refusal tells a person what to do.
    #[error("refused: {}", .0.iter().map(|r| r.code.as_str()).collect::<Vec<_>>().join(", "))]
    Refused(Vec<Refusal>),
    /// There is no such thing for this caller.
    #[error("missing")]
    Missing,
    /// The caller may not.
    #[error("forbidden")]
    Forbidden,
    /// Somebody else changed it since it was read.
    #[error("changed in the meantime")]
    Stale,
    /// The database, for the log.
    #[error(transparent)]
    Fault(Fault),
    /// Anything else outside: mail server, files, fonts; for the log.
    #[error("{0}")]
    Outside(String),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Stale => Self::Stale,
            other => Self::Fault(other),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<Vec<Refusal>> for Error {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::Refused(refusals)
    }
}

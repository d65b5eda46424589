//! Pages the public sees.

mod api_docs;
pub mod apply;
pub mod badge;
mod problem;
pub mod registration;
mod sign_in;

pub use api_docs::ApiDocsPage;
pub use problem::{Problem, ProblemPage};
pub use sign_in::SignInPage;

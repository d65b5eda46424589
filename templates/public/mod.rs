//! Pages the public sees.

pub mod apply;
mod problem;
mod sign_in;

pub use problem::{Problem, ProblemPage};
pub use sign_in::SignInPage;

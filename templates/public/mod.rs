//! Pages the public sees.

pub mod apply;
pub mod badge;
mod problem;
pub mod registration;
mod sign_in;

pub use problem::{Problem, ProblemPage};
pub use sign_in::SignInPage;

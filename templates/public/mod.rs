//! Pages the public sees.

mod problem;
mod sign_in;

pub use problem::{Problem, ProblemPage};
pub use sign_in::SignInPage;

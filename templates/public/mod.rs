//! Pages the public sees.

pub mod address;
mod api_docs;
pub mod apply;
pub mod badge;
pub mod count;
pub mod delegation;
mod forgotten;
pub mod invited;
pub mod letter;
pub mod own_data;
mod problem;
pub mod registration;
mod second_step;
mod sign_in;

pub use api_docs::ApiDocsPage;
pub use forgotten::{Forgotten, ForgottenPage};
pub use problem::{Problem, ProblemPage};
pub use second_step::SecondStepPage;
pub use sign_in::SignInPage;

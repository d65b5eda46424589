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
mod sign_in;

pub use api_docs::ApiDocsPage;
pub use forgotten::{Forgotten, ForgottenPage};
pub use problem::{Problem, ProblemPage};
pub use sign_in::SignInPage;

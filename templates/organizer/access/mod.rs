//! People who may sign in, and keys for programs.

mod tokens;
mod users;

pub use tokens::{TokenLine, TokensPage};
pub use users::{UserLine, UsersPage};

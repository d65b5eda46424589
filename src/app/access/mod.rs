//! Signing in and out, users, tokens.

mod create_token;
mod create_user;
mod forgotten;
pub mod password;
mod revoke_token;
mod save_user;
mod sign_in;
mod sign_out;

pub use create_token::{CreateToken, TokenDraft, create_token};
pub use create_user::{CreateUser, UserDraft, create_user};
pub use forgotten::{Door, RESET_MINUTES, forgotten, reset_open, reset_password};
pub use revoke_token::revoke_token;
pub use save_user::{set_active, set_locale, set_password, set_roles, touch_session, touch_token};
pub use sign_in::{Attempt, Open, SESSION_DAYS, count_failure, open_session, sign_in, throttle};
pub use sign_out::sign_out;

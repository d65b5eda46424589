//! Signing in and out, users, tokens, and everybody's own account.

mod create_token;
mod create_user;
mod forgotten;
mod own_account;
pub mod password;
pub(crate) mod person;
mod revoke_token;
mod save_user;
mod second_factor;
mod sign_in;
mod sign_out;

pub use create_token::{CreateToken, TokenDraft, create_token};
pub use create_user::{CreateUser, UserDraft, create_user};
pub use forgotten::{Door, RESET_MINUTES, forgotten, reset_open, reset_password};
pub use own_account::{account, change_password, end_other_sessions, save_self};
pub use revoke_token::revoke_token;
pub use save_user::{set_active, set_locale, set_password, set_roles, touch_session, touch_token};
pub use second_factor::{
    Setup, begin_factor, confirm_factor, end_factor, end_factor_of_contact, end_factor_of_user, pass, sealed_otherwise,
    setup, waits,
};
pub(crate) use sign_in::enter;
pub use sign_in::{Attempt, Entered, Open, SESSION_DAYS, WAITING_MINUTES, count_failure, sign_in, throttle};
pub use sign_out::sign_out;

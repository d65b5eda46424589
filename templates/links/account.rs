//! Addresses of everybody's own account, at the team's door and at the portal's (`portal`).

use super::Href;

fn base(portal: bool) -> &'static str {
    if portal { "/portal/account" } else { "/account" }
}

/// The account; saves name and language (POST).
pub fn home(portal: bool) -> Href {
    Href::new(base(portal))
}

/// Changes the password (POST).
pub fn password(portal: bool) -> Href {
    Href::new(format!("{}/password", base(portal)))
}

/// Ends every other session (POST).
pub fn end_others(portal: bool) -> Href {
    Href::new(format!("{}/sessions/end", base(portal)))
}

/// Begins to set up a second factor (POST).
pub fn factor_begin(portal: bool) -> Href {
    Href::new(format!("{}/second-factor/begin", base(portal)))
}

/// What an authenticator app must be told; confirms it by a code (POST).
pub fn factor(portal: bool) -> Href {
    Href::new(format!("{}/second-factor", base(portal)))
}

/// Ends the second factor (POST).
pub fn factor_end(portal: bool) -> Href {
    Href::new(format!("{}/second-factor/end", base(portal)))
}

/// The second step of signing in.
pub fn code(portal: bool) -> Href {
    Href::new(if portal { "/portal/signin/code" } else { "/signin/code" })
}

/// The second step of signing in, to go on to `path` afterwards.
pub fn code_then(portal: bool, path: &str) -> Href {
    if path.is_empty() { code(portal) } else { code(portal).query(&[("then", path)]) }
}

//! Addresses of `access`: signing in and out, users, tokens, language and look.

use super::Href;

/// Where staff sign in.
pub fn sign_in() -> Href {
    Href::new("/signin")
}

/// Where staff sign in, to come back to `path` afterwards.
pub fn sign_in_then(path: &str) -> Href {
    sign_in().query(&[("then", path)])
}

/// Where staff ask for a link when they forgot their password.
pub fn forgotten() -> Href {
    Href::new("/signin/forgotten")
}

/// Where a link leads: choosing a new password.
pub fn reset(secret: &str) -> Href {
    Href::new(format!("/signin/reset/{}", super::segment(secret)))
}

/// Ends the session (POST).
pub fn sign_out() -> Href {
    Href::new("/signout")
}

/// Changes language or look (POST): `locale`, `theme`, `then`.
pub fn preferences() -> Href {
    Href::new("/preferences")
}

/// The people who may sign in.
pub fn users() -> Href {
    Href::new("/users")
}

/// API tokens.
pub fn tokens() -> Href {
    Href::new("/tokens")
}

/// Switches a user on or off (POST).
pub fn user_active(id: &str) -> Href {
    Href::new(format!("/users/{}/active", super::segment(id)))
}

/// Ends the second factor of a user who lost it (POST).
pub fn user_factor_end(id: &str) -> Href {
    Href::new(format!("/users/{}/second-factor/end", super::segment(id)))
}

/// Revokes a token (POST).
pub fn token_revoke(id: &str) -> Href {
    Href::new(format!("/tokens/{}/revoke", super::segment(id)))
}

/// The description of the interface for programs, to read.
pub fn api_docs() -> Href {
    Href::new("/api/docs")
}

/// The description of the interface for programs, for programs.
pub fn openapi() -> Href {
    Href::new("/api/v1/openapi.json")
}

//! Every address of the product, built in one place: pages, redirects, mails and tests use these.

use std::fmt::{self, Write};

use maud::{Escaper, Render};

pub mod access;
pub mod account;
pub mod admission;
pub mod control;
pub mod delegation;
pub mod desk;
pub mod edition;
pub mod exhibitor;
pub mod feed;
pub mod form;
pub mod gate;
pub mod intake;
pub mod letter;
pub mod level;
pub mod office;
pub mod party;
pub mod plan;
pub mod portal;
pub mod printing;
pub mod public;
pub mod registration;
pub mod revise;
pub mod sales;
pub mod space;
pub mod turnout;
pub mod venue;
pub mod voucher;
pub mod watch;

/// An address within this site. Only this module's functions make one, so an `href` can never be a script.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Href(String);

impl Href {
    /// An address from a path of ours; what goes into a segment is escaped with [`segment`].
    pub fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        debug_assert!(path.starts_with('/') && !path.starts_with("//"), "a link of ours begins with one slash: {path}");
        Self(path)
    }

    /// A path that came from outside (where to go back to), if it is one of ours.
    pub fn local(path: &str) -> Option<Self> {
        let fine = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
        fine.then(|| Self(path.to_owned()))
    }

    /// A path below this one.
    #[must_use]
    pub fn then(mut self, part: &str) -> Self {
        self.0.push('/');
        self.0.push_str(&segment(part));
        self
    }

    /// The same address with these query parameters added; empty values are left out.
    pub fn query(mut self, pairs: &[(&str, &str)]) -> Self {
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            let _ = write!(self.0, "{}={}", segment(name), segment(value));
        }
        self
    }

    /// The same address at an anchor of the page.
    pub fn anchor(mut self, id: &str) -> Self {
        self.0.push('#');
        self.0.push_str(&segment(id));
        self
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// With scheme and host before it, for mails and QR codes.
    pub fn absolute(&self, base: &str) -> String {
        format!("{}{}", base.trim_end_matches('/'), self.0)
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Render for Href {
    fn render_to(&self, buffer: &mut String) {
        let _ = Escaper::new(buffer).write_str(&self.0);
    }
}

impl From<Href> for String {
    fn from(href: Href) -> Self {
        href.0
    }
}

impl AsRef<str> for Href {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// One path segment or query part, percent-encoded.
pub fn segment(text: impl fmt::Display) -> String {
    let text = text.to_string();
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

//! What a request says about how it wants to be answered: language, look, where it is, what to say once.

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use domain::Locale;
use templates::{Flash, Lang, Theme, Tone};

pub(crate) const LOCALE: &str = "fl_locale";
pub(crate) const THEME: &str = "fl_theme";
pub(crate) const FLASH: &str = "fl_flash";

/// Language, look, place.
#[derive(Clone, Debug)]
pub struct Ui {
    /// The reader's language.
    pub lang: Lang,
    /// Light, dark or as the system is.
    pub theme: Theme,
    /// Path and query of this request.
    pub path: String,
    /// What to say once, after a redirect.
    pub flash: Option<Flash>,
    /// Whether the language was chosen by hand (a signed-in user's own setting is weaker than that).
    pub chosen: bool,
}

impl Ui {
    /// Reads it from a request.
    pub fn of(parts: &Parts) -> Self {
        let jar = CookieJar::from_headers(&parts.headers);
        let value = |name: &str| jar.get(name).map(|c| c.value().to_owned());
        let chosen = value(LOCALE).as_deref().and_then(Locale::parse);
        let locale = chosen.or_else(|| accepted(&parts.headers)).unwrap_or_default();
        Self {
            lang: Lang::new(locale),
            theme: value(THEME).as_deref().and_then(Theme::parse).unwrap_or_default(),
            path: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), |p| p.as_str().to_owned()),
            flash: value(FLASH).as_deref().and_then(read_flash),
            chosen: chosen.is_some(),
        }
    }

    /// The same in the language of a signed-in person, unless they chose another in this browser.
    #[must_use]
    pub fn spoken_by(mut self, locale: Locale) -> Self {
        if !self.chosen {
            self.lang = Lang::new(locale);
        }
        self
    }
}

fn accepted(headers: &HeaderMap) -> Option<Locale> {
    headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Locale::negotiate)
}

/// A cookie for the whole site that scripts cannot read.
pub(crate) fn cookie(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).build()
}

/// The cookie of a session: as long as the session lasts, only over TLS where the installation has it.
pub(crate) fn session_cookie(name: &'static str, secret: String, app: &app::App) -> Cookie<'static> {
    let secure = app.settings().base_url.starts_with("https:");
    aged(cookie(name, secret, secure), app::access::SESSION_DAYS)
}

/// A cookie for a step that must be done soon.
pub(crate) fn brief_cookie(name: &'static str, secret: String, minutes: i64, app: &app::App) -> Cookie<'static> {
    let mut cookie = cookie(name, secret, app.settings().base_url.starts_with("https:"));
    cookie.set_max_age(time::Duration::minutes(minutes));
    cookie
}

/// The cookie of a paired device.
pub(crate) fn device_cookie(name: &'static str, key: String, days: i64, app: &app::App) -> Cookie<'static> {
    let secure = app.settings().base_url.starts_with("https:");
    aged(cookie(name, key, secure), days)
}

/// A choice kept in the browser for a year.
pub(crate) fn lasting(name: &'static str, value: String) -> Cookie<'static> {
    aged(cookie(name, value, false), 365)
}

/// A cookie that makes the browser forget one.
pub(crate) fn removal(name: &'static str) -> Cookie<'static> {
    let mut cookie = cookie(name, String::new(), false);
    cookie.make_removal();
    cookie
}

fn aged(mut cookie: Cookie<'static>, days: i64) -> Cookie<'static> {
    cookie.set_max_age(time::Duration::days(days));
    cookie
}

/// `tone|key|name=value|…`, percent-encoded: the key is a Fluent message, never a sentence.
pub(crate) fn write_flash(flash: &Flash) -> String {
    let tone = if flash.tone == Tone::Bad { "bad" } else { "good" };
    let mut text = format!("{tone}|{}", flash.key);
    for (name, value) in &flash.params {
        text.push_str(&format!("|{name}={value}"));
    }
    templates::links::segment(text)
}

fn read_flash(cookie: &str) -> Option<Flash> {
    let text = percent_decode(cookie)?;
    let mut parts = text.split('|');
    let (tone, key) = (parts.next()?, parts.next()?);
    let mut flash = if tone == "bad" { Flash::bad(key) } else { Flash::good(key) };
    for pair in parts.take(8) {
        if let Some((name, value)) = pair.split_once('=') {
            flash = flash.with(name, value);
        }
    }
    Some(flash)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flash_survives_its_cookie() {
        let flash = Flash::bad("plan-moved").with("task", "S01 展位|x");
        let cookie = write_flash(&flash);
        assert!(cookie.is_ascii() && !cookie.contains(';'));
        let back = read_flash(&cookie).expect("flash");
        assert_eq!((back.tone, back.key.as_str()), (Tone::Bad, "plan-moved"));
        assert_eq!(read_flash("nonsense"), None);
    }
}

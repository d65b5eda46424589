//! The built styles, scripts, icons and fonts, embedded in the binary under their hashed names.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/dist"]
#[allow_missing = true]
struct Dist;

/// Logical name → file name with its content hash, written by `assets/build.mjs`.
static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Dist::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// The address of an asset by its logical name: `app.css` → `/assets/app-1a2b3c4d.css`.
///
/// A name that is not built yet gives an address that answers 404: the suite, not the reader, finds it.
pub fn asset(name: &str) -> String {
    let file = MANIFEST.get(name).map_or(name, String::as_str);
    format!("/assets/{file}")
}

/// Whether the build knows this logical name.
pub fn is_known(name: &str) -> bool {
    MANIFEST.contains_key(name)
}

/// Whether any assets were built into this binary.
pub fn are_built() -> bool {
    !MANIFEST.is_empty()
}

/// An embedded file by its hashed name, with its media type.
pub struct Embedded {
    pub bytes: Cow<'static, [u8]>,
    pub media_type: &'static str,
    /// Hashed names never change their content, so they may be kept for ever.
    pub immutable: bool,
}

/// The file served under `/assets/{name}`; `None` for anything that was not built.
pub fn file(name: &str) -> Option<Embedded> {
    let file = Dist::get(name)?;
    let immutable = MANIFEST.values().any(|hashed| hashed == name);
    Some(Embedded { bytes: file.data, media_type: media_type(name), immutable })
}

/// The bytes of an asset by its logical name (fonts for PDF, for example).
pub fn bytes(name: &str) -> Option<Cow<'static, [u8]>> {
    let file = MANIFEST.get(name)?;
    Dist::get(file).map(|found| found.data)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        "html" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

//! Makes sure that the built assets are there before they are embedded.
//! A release without them would be a product without a face, so it stops; a debug build only warns,
//! so that `cargo check` works in a fresh clone.
use std::{env, fs, path::Path};

#[expect(
    clippy::disallowed_methods,
    reason = "Cargo tells a build script its profile by the environment and no other way"
)]
fn main() {
    println!("cargo:rerun-if-changed=assets/dist");
    println!("cargo:rerun-if-changed=locales");
    let dist = Path::new("assets/dist");
    if dist.join("manifest.json").exists() {
        return;
    }
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    assert!(!release, "templates/assets/dist/manifest.json is missing: run `make assets` first");
    println!(
        "cargo:warning=templates/assets/dist/manifest.json is missing: pages will have no styles; run `make assets`"
    );
    fs::create_dir_all(dist).expect("the folder for built assets can be made");
}

//! The rules of the house as written in `src/ARCHITECTURE.md`: who may import whom, and how files look.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Longer files hide a second concept. Aim at 300.
const LONG: usize = 500;
/// No explanation helps beyond this.
const LONGEST: usize = 800;
/// Files that are long and why that is right.
const EXPLAINED: &[(&str, &str)] = &[
    (
        "src/domain/plan/network.rs",
        "the checked graph and the one pass that builds it; split, each half needs the other's insides",
    ),
    ("src/domain/plan/view.rs", "one plain struct a page, no rule; a list, not a concept"),
    ("src/domain/plan/work.rs", "the closed loop: its transitions are read together"),
];

/// What a crate must not depend on, and the words its sources must not contain.
struct Rule {
    package: &'static str,
    folder: &'static str,
    no_dependency: &'static [&'static str],
    no_word: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        package: "fairlead-domain",
        folder: "src/domain",
        no_dependency: &[
            "tokio",
            "axum",
            "sea-orm",
            "maud",
            "getrandom",
            "rand",
            "fairlead-store",
            "fairlead-app",
            "fairlead-web",
            "fairlead-templates",
            "fairlead-migrations",
        ],
        no_word: &["Utc::now", "Local::now", "SystemTime", "Instant::now", "std::env", "std::fs", "now_v7", "new_v4"],
    },
    Rule {
        package: "fairlead-templates",
        folder: "templates",
        no_dependency: &["fairlead-store", "fairlead-app", "fairlead-web", "axum", "sea-orm", "tokio"],
        no_word: &["Utc::now", "Local::now", "SystemTime", "Instant::now"],
    },
    Rule {
        package: "fairlead-migrations",
        folder: "migrations",
        no_dependency: &["fairlead-domain", "fairlead-store", "fairlead-app", "fairlead-web", "fairlead-templates"],
        no_word: &[],
    },
    Rule {
        package: "fairlead-store",
        folder: "src/store",
        no_dependency: &["fairlead-app", "fairlead-web", "fairlead-templates", "axum"],
        no_word: &[],
    },
    Rule {
        package: "fairlead-app",
        folder: "src/app",
        no_dependency: &["fairlead-web", "axum", "sea-orm", "http"],
        no_word: &["sea_orm::"],
    },
    Rule {
        package: "fairlead-web",
        folder: "src/web",
        no_dependency: &["sea-orm", "fairlead-migrations"],
        no_word: &["store::record", "store::Tx", ".begin(", "sea_orm::"],
    },
];

/// The faces of the web crate; what two of them need lies beside them, not in one of them.
const SURFACES: &[&str] = &["organizer", "portal", "desk", "api", "public"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` with this extension, build output and npm packages left out.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                if !["node_modules", "dist", "target", ".git"].iter().any(|skip| name == *skip) {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Unit tests beside the code may read files and clocks.
fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
}

/// The lines of a file that are code, with their numbers: comments cannot break a rule.
fn code(path: &Path) -> Vec<(usize, String)> {
    fs::read_to_string(path)
        .expect("a source file is UTF-8")
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line.to_owned()))
        .collect()
}

/// Places in `folder` where one of `words` stands.
fn uses(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(folder, "rs").into_iter().filter(|path| !is_test(path)) {
        for (number, line) in code(&path) {
            for word in words.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{number}: {word}", shown(&path)));
            }
        }
    }
    found
}

fn nothing(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

#[test]
fn crates_depend_only_on_what_they_may() {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let mut found = Vec::new();
    for rule in RULES {
        let package = packages.iter().find(|package| package["name"] == rule.package).expect(rule.package);
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            // Development edges may reach further: tests are no part of the house.
            let name = dependency["name"].as_str().expect("a name");
            if dependency["kind"].is_null() && rule.no_dependency.contains(&name) {
                found.push(format!("{} depends on {name}", rule.package));
            }
        }
    }
    nothing(found, "an edge between crates that the house does not have");
}

#[test]
fn sources_say_only_what_their_crate_may() {
    let found = RULES.iter().flat_map(|rule| uses(rule.folder, rule.no_word)).collect();
    nothing(found, "words a crate must not use");
}

#[test]
fn the_rule_would_notice() {
    assert!(!uses("tests/harness", &["Command::new"]).is_empty(), "the scan sees nothing at all");
}

#[test]
fn surfaces_do_not_import_each_other() {
    let mut found = Vec::new();
    for surface in SURFACES {
        let folder = format!("src/web/{surface}");
        for other in SURFACES.iter().filter(|other| *other != surface) {
            let inside = format!("crate::{other}::");
            let short = format!("super::super::{other}::");
            found.extend(uses(&folder, &[&inside, &short]));
        }
    }
    nothing(found, "a surface imports another: move what both need beside them");
}

/// `println!` panics when nobody reads any more.
#[test]
fn printing_has_one_place() {
    let mut found = Vec::new();
    for folder in ["src", "templates", "migrations"] {
        found.extend(uses(folder, &["println!(", "print!(", "dbg!("]));
    }
    // A build script speaks to cargo by this way.
    found.retain(|place| !place.starts_with("templates/build.rs"));
    nothing(found, "a command prints through command::say");
}

#[test]
fn markup_is_escaped_by_default() {
    let found: BTreeSet<String> = ["src", "templates"]
        .iter()
        .flat_map(|folder| uses(folder, &["PreEscaped"]))
        .filter_map(|place| Some(place.split(':').next()?.to_owned()))
        .collect();
    assert!(found.len() <= 1, "PreEscaped is allowed in one file: {found:?}");
}

#[test]
fn files_are_short() {
    let found = ["src", "templates", "migrations", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(folder, "rs").into_iter().chain(files(folder, "ts")))
        .filter_map(|path| {
            let lines = fs::read_to_string(&path).expect("UTF-8").lines().count();
            let explained = EXPLAINED.iter().any(|(known, _)| shown(&path) == *known);
            (lines > if explained { LONGEST } else { LONG }).then(|| format!("{}: {lines} lines", shown(&path)))
        })
        .collect();
    nothing(found, "too long: look for the concept that hides in it, or explain it");
}

#[test]
fn files_are_named_for_what_they_decide() {
    let vague = ["utils", "util", "helpers", "helper", "common", "types", "manager", "service", "misc"];
    let found = ["src", "templates", "migrations", "tests"]
        .iter()
        .flat_map(|folder| files(folder, "rs"))
        .filter(|path| path.file_stem().is_some_and(|stem| vague.iter().any(|word| stem == *word)))
        .map(|path| shown(&path))
        .collect();
    nothing(found, "a name that says nothing");
}

#[test]
fn every_file_says_what_it_is_for() {
    let found = ["src", "templates", "migrations", "tests"]
        .iter()
        .flat_map(|folder| files(folder, "rs"))
        .filter(|path| !is_test(path))
        .filter(|path| !fs::read_to_string(path).expect("UTF-8").trim_start().starts_with("//!"))
        .map(|path| shown(&path))
        .collect();
    nothing(found, "files without a head comment");
}

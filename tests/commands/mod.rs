//! The commands of the binary as a person at a terminal uses them.

use crate::harness::{Database, Kind};
use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

/// A folder of settings and data, and the binary in it.
struct Terminal {
    folder: tempfile::TempDir,
    url: String,
}

impl Terminal {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, url: String::new() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_typing(arguments, "")
    }

    fn run_typing(&self, arguments: &[&str], typed: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fairlead"))
            .args(arguments)
            .current_dir(self.path())
            .env("FAIRLEAD_DATA", self.path().join("data"))
            .env("DATABASE_URL", &self.url)
            .env("FAIRLEAD_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        child.stdin.take().expect("a terminal").write_all(typed.as_bytes()).ok();
        child.wait_with_output().expect("the binary ends")
    }
}

/// What a command printed, when it went well.
#[track_caller]
fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// The exit code and the complaint of a command that did not.
fn complaint(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), text(&output.stderr))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const ADD: [&str; 8] = ["user", "add", "--email", "anna@fairlead.example", "--name", "Anna", "--role", "director"];

#[test]
fn a_user_is_added_once_and_a_bad_one_is_refused_by_field() {
    let at = Terminal::sqlite();
    printed(&at.run_typing(&ADD, "correct horse 42\n"));
    let (code, said) = complaint(&at.run_typing(&ADD, "correct horse 42\n"));
    assert_eq!(code, Some(3));
    assert!(said.contains("email"), "{said}");
    let (code, said) = complaint(&at.run_typing(&["user", "add", "--email", "nobody", "--name", "N"], "short\n"));
    assert_eq!(code, Some(3));
    assert!(said.contains("email") && said.contains("password"), "{said}");
}

#[test]
fn a_token_is_printed_once_and_its_user_must_exist() {
    let at = Terminal::sqlite();
    printed(&at.run_typing(&ADD, "correct horse 42\n"));
    let make = ["token", "create", "--user", "anna@fairlead.example", "--name", "counter", "--scope", "plan_read"];
    assert!(printed(&at.run(&make)).starts_with("flt_"));
    let (code, said) =
        complaint(&at.run(&["token", "create", "--user", "x@y.example", "--name", "n", "--scope", "all"]));
    assert_eq!(code, Some(2));
    assert!(said.contains("x@y.example"), "{said}");
    let (code, said) =
        complaint(&at.run(&["token", "create", "--user", "anna@fairlead.example", "--name", "n", "--scope", "fly"]));
    assert_eq!(code, Some(3));
    assert!(said.contains("scopes"), "{said}");
}

#[test]
fn a_backup_comes_back_and_a_damaged_one_does_not() {
    let at = Terminal::sqlite();
    printed(&at.run_typing(&ADD, "correct horse 42\n"));
    printed(&at.run(&["backup", "copy.db"]));
    let (code, said) = complaint(&at.run(&["backup", "copy.db"]));
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = complaint(&at.run(&["restore", "copy.db"]));
    assert_eq!(code, Some(2), "restoring never overwrites: {said}");

    std::fs::rename(at.path().join("data"), at.path().join("old")).expect("the data is moved away");
    printed(&at.run(&["restore", "copy.db"]));
    let (code, said) = complaint(&at.run_typing(&ADD, "correct horse 42\n"));
    assert_eq!(code, Some(3), "the user is back: {said}");

    std::fs::remove_dir_all(at.path().join("data")).expect("gone");
    let copy = at.path().join("copy.db");
    let mut bytes = std::fs::read(&copy).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&copy, bytes).expect("damaged");
    let (code, said) = complaint(&at.run(&["restore", "copy.db"]));
    assert_eq!(code, Some(1));
    assert!(said.contains("checksum"), "{said}");
    assert!(!at.path().join("data/fairlead.db").exists(), "nothing is half restored");
}

#[tokio::test]
async fn a_backup_of_postgresql_comes_back() {
    let (from, to) = (Database::bare(Kind::Postgres), Database::bare(Kind::Postgres));
    let mut at = Terminal::sqlite();
    at.url = from.url.clone();
    printed(&at.run_typing(&ADD, "correct horse 42\n"));
    printed(&at.run(&["backup", "copy.dump"]));
    at.url = to.url.clone();
    printed(&at.run(&["restore", "copy.dump"]));
    let (code, _) = complaint(&at.run_typing(&ADD, "correct horse 42\n"));
    assert_eq!(code, Some(3), "the user is back");
}

#[test]
fn doctor_tells_what_is_missing() {
    let at = Terminal::sqlite();
    let output = at.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("migrations are pending"), "{}", text(&output.stdout));
    assert!(printed(&at.run(&["migrate"])).contains("applied"));
    assert!(!printed(&at.run(&["doctor"])).contains("FAIL"));
}

/// The reader of the output is gone before anything is said, as with `| head -0`.
#[test]
fn nobody_listening_is_no_panic() {
    let at = Terminal::sqlite();
    let binary = env!("CARGO_BIN_EXE_fairlead");
    printed(&at.run(&["migrate"]));
    let commands = [
        "openapi",
        "config print",
        "migrate",
        "doctor",
        "demo --percent 1",
        "demo --if-empty",
        "demo",
        "backup copy.db",
        "restore nowhere",
        "lab mspdi nowhere.xml",
        "--help",
    ];
    let (everything, results) = ("2>&1", "2>complaint");
    for (command, broken) in commands.iter().flat_map(|command| [(command, results), (command, everything)]) {
        // The sleep lets the reader (`true`) end first. The exit code, and the complaint unless it is sent the same
        // way, are kept in files, because the pipe is what is broken.
        let script = format!("(sleep 0.1; \"{binary}\" {command} {broken}; echo $? >code) | true");
        let status = Command::new("sh")
            .args(["-c", &script])
            .current_dir(at.path())
            .env("FAIRLEAD_DATA", at.path().join("data"))
            .env("FAIRLEAD_LOG", "warn")
            .status();
        assert!(status.expect("a shell").success());
        let read = |file: &str| std::fs::read_to_string(at.path().join(file)).expect(file);
        let (code, complaint) = (read("code"), read("complaint"));
        assert!(!complaint.contains("panicked"), "{command}: {complaint}");
        assert_ne!(code.trim(), "101", "{command}: {complaint}");
    }
}

#[test]
fn settings_are_printed_without_passwords_and_bad_ones_are_named() {
    let mut at = Terminal::sqlite();
    at.url = "postgres://me:secret@db/fair".to_owned();
    let shown = printed(&at.run(&["config", "print"]));
    assert!(shown.contains("me:***@db") && !shown.contains("secret"), "{shown}");
    std::fs::write(at.path().join("bad.toml"), "colour = \"red\"\n").expect("a file");
    let (code, said) = complaint(&at.run(&["--config", "bad.toml", "config", "print"]));
    assert_eq!(code, Some(2));
    assert!(said.contains("colour"), "{said}");
    at.url = "mysql://nowhere".to_owned();
    let (code, said) = complaint(&at.run(&["migrate"]));
    assert_eq!(code, Some(4));
    assert!(said.contains("sqlite:"), "{said}");
}

#[test]
fn openapi_is_json_and_needs_no_database() {
    let at = Terminal::sqlite();
    let text = printed(&at.run(&["openapi"]));
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert!(document["paths"]["/api/v1/editions"]["get"].is_object());
    assert!(!at.path().join("data").exists());
}

/// Three jobs of which the two large ones can never run at once.
const PSPLIB: &str = "jobs (incl. supersource/sink ):  5
PRECEDENCE RELATIONS:
jobnr. #modes #successors successors
1 1 3 2 3 4
2 1 1 5
3 1 1 5
4 1 1 5
5 1 0
REQUESTS/DURATIONS:
jobnr. mode duration R 1
---
1 1 0 0
2 1 4 3
3 1 2 2
4 1 3 2
5 1 0 0
RESOURCEAVAILABILITIES:
R 1
4
";

/// Two jobs; the second follows the first after 3 periods, and the first the second after one.
const CIRCLE: &str =
    "2 1 0 0\n0 1 1 1 [0]\n1 1 1 2 [3]\n2 1 2 1 3 [1] [2]\n3 1 0\n0 1 0 0\n1 1 2 1\n2 1 2 1\n3 1 0 0\n1\n";

#[test]
fn the_lab_levels_public_formats() {
    let terminal = Terminal::sqlite();
    let solved = printed(&terminal.run_typing(&["lab", "rcpsp", "-", "--schedules", "50", "--seed", "3"], PSPLIB));
    assert!(solved.starts_with("makespan 7\n1 0\n"), "{solved}");
    assert_eq!(solved.lines().count(), 6);
    let again = printed(&terminal.run_typing(&["lab", "rcpsp", "-", "--schedules", "50", "--seed", "3"], PSPLIB));
    assert_eq!(solved, again, "the same seed, the same schedule");
    let circle = printed(&terminal.run_typing(&["lab", "rcpsp-max", "-", "--seconds", "5"], CIRCLE));
    assert!(circle.starts_with("infeasible\ncycle "), "{circle}");
    // The lag back allows 9 periods: a schedule, one after the other.
    let wide = CIRCLE.replace("[1] [2]", "[-9] [2]");
    let solved = printed(&terminal.run_typing(&["lab", "rcpsp-max", "-"], &wide));
    assert!(solved.starts_with("makespan 5\n0 0\n"), "{solved}");
    // Both need the resource, and the second may start one period after the first at most.
    let tight = CIRCLE.replace("2 [3]", "2 [0]").replace("[1] [2]", "[-1] [2]");
    let scarce = printed(&terminal.run_typing(&["lab", "rcpsp-max", "-"], &tight));
    assert_eq!(scarce, "infeasible\nresources\n");
    let (code, said) = complaint(&terminal.run_typing(&["lab", "rcpsp", "-"], "nothing of the kind"));
    assert_ne!(code, Some(0));
    assert!(said.contains("jobs"), "{said}");
}

#[test]
fn the_lab_delays_a_network() {
    let terminal = Terminal::sqlite();
    let file = terminal.path().join("delays.csv");
    let lab = |delays: &str, more: &[&str]| {
        std::fs::write(&file, delays).expect("a file");
        let file = file.to_str().expect("a path");
        let all = [&["lab", "monte-carlo", "-", "--delays", file, "--runs", "4000", "--seed", "3"], more].concat();
        terminal.run_typing(&all, PSPLIB)
    };
    let still = printed(&lab("jobnr,value\n2,0\n", &[]));
    assert_eq!(still, "mean 4.0000\nP50 4.0000\nP80 4.0000\nP95 4.0000\n", "the longest path");
    let levelled = printed(&lab("jobnr,value\n2,0\n", &["--resources"]));
    assert!(levelled.starts_with("mean 7.0000\n"), "one large job after the other: {levelled}");
    let delays = "activity,law,alpha,beta,min,max\n2,beta,2,2,0,6\n";
    let spread = printed(&lab(delays, &["--threads", "1"]));
    let mean: f64 =
        spread.lines().next().and_then(|line| line.strip_prefix("mean ")).expect("a mean").parse().expect("it");
    assert!((mean - 7.0).abs() < 0.1, "{spread}");
    assert_eq!(spread, printed(&lab(delays, &["--threads", "3"])), "the same on any number of threads");
    let (code, said) = complaint(&lab("activity,value\n9,1\n", &[]));
    assert!(code != Some(0) && said.contains("activity 9"), "{said}");
    let (_, said) = complaint(&lab("activity,law,alpha,beta\n2,beta,x,1\n", &[]));
    assert!(said.contains("line 2"), "{said}");
}

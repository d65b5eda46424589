//! Names in paths: one that cannot be a name (an id that is no id) answers like one that is nobody's.

use super::{Someone, Who, everybody, filled};
use crate::harness::{Caller, Kind, TestApp};
use domain::access::Permission;
use reqwest::Method;

/// No id, no number, no format, no code.
const NONSENSE: &str = "not~a~name";
/// What [`filled`] puts where an id belongs.
const UNKNOWN: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// The path with nonsense in one parameter, for each parameter but the edition.
fn nonsensical(path: &str, slug: &str) -> Vec<String> {
    let whole: Vec<String> = filled(path, slug).split('/').map(str::to_owned).collect();
    let mut found = Vec::new();
    for (at, part) in path.split('/').enumerate() {
        let Some((before, rest)) = part.split_once('{') else { continue };
        let Some((name, after)) = rest.split_once('}').filter(|(name, _)| *name != "edition") else { continue };
        assert!(!name.is_empty(), "{path}: the test knows no such parameter");
        let mut parts = whole.clone();
        parts[at] = format!("{before}{NONSENSE}{}", after.replace("{format}", "csv"));
        found.push(parts.join("/"));
    }
    found
}

/// The text of a page without what was asked for: it stands in the address to come back to.
async fn text(caller: &Caller, path: &str) -> String {
    let text = caller.clone().get(path).await.text;
    [NONSENSE, UNKNOWN, "%7E"].iter().fold(text, |text, name| text.replace(name, ""))
}

/// What is wrong with the answer, compared with that for an unknown name.
async fn difference(caller: &Caller, method: &Method, unknown: &str, nonsense: &str) -> Option<String> {
    let (expected, answer) =
        (caller.knock(method.clone(), unknown).await, caller.knock(method.clone(), nonsense).await);
    let (expected, status) = (expected.status.as_u16(), answer.status.as_u16());
    // A form is read before the record is looked for: an empty one may be refused for the known kind of name only.
    let as_unknown = status == expected || (status == 404 && (expected == 422 || expected < 400));
    if !as_unknown || status == 400 || status >= 500 {
        return Some(format!("{status} instead of {expected}"));
    }
    if *method == Method::GET
        && (expected, status) == (404, 404)
        && text(caller, unknown).await != text(caller, nonsense).await
    {
        return Some("another page than for an unknown name".to_owned());
    }
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_cannot_be_one_is_as_unknown_as_any_other() {
    let t = TestApp::start(Kind::Sqlite).await;
    let (slug, all) = everybody(&t).await;
    let widest = |one: &Someone| !matches!(one.who, Who::Staff(_) | Who::Program(_) | Who::ForeignProgram);
    let mut callers: Vec<(String, Caller)> = all.into_iter().filter(widest).map(|one| (one.name, one.caller)).collect();
    callers.push(("token".to_owned(), t.program(Permission::ALL, None).await));
    let (mut tried, mut wrong) = (0, Vec::new());
    for route in web::routes().declared() {
        let unknown = filled(route.path, &slug);
        for nonsense in nonsensical(route.path, &slug) {
            for (name, caller) in &callers {
                tried += 1;
                if let Some(what) = difference(caller, &route.method, &unknown, &nonsense).await {
                    wrong.push(format!("{} {nonsense} as {name}: {what}", route.method));
                }
            }
        }
    }
    assert!(tried > 500, "only {tried} names tried");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
}

//! Names in paths: one that cannot be a name (an id that is no id) answers like one that is nobody's.

use super::{Expected, Someone, Who, everybody, expected, filled};
use crate::harness::{Answer, Caller, Kind, TestApp};
use domain::access::Permission;
use reqwest::Method;

/// No id, no number, no format, no code.
const NONSENSE: &str = "not~a~name";

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

/// The text of a page without its own address, which stands in it to come back to.
async fn text(caller: &Caller, path: &str) -> String {
    caller.clone().get(path).await.text.replace(path, "")
}

fn is_turned_away(answer: &Answer) -> bool {
    let doors = ["/signin", "/portal/signin", "/desk/pair"];
    matches!(answer.status.as_u16(), 401 | 403) || doors.iter().any(|door| answer.location().starts_with(door))
}

/// What is wrong with the answer, compared with that for an unknown name.
async fn difference(caller: &Caller, method: &Method, unknown: &str, nonsense: &str) -> Option<String> {
    let (first, answer) = (caller.knock(method.clone(), unknown).await, caller.knock(method.clone(), nonsense).await);
    let (expected, status) = (first.status.as_u16(), answer.status.as_u16());
    // What stands in the body may be refused before a record is looked for; the name is read before either. But not
    // before it is known who asks.
    let as_unknown = status == expected || (status == 404 && !is_turned_away(&first));
    if !as_unknown || status == 400 || status >= 500 {
        return Some(format!("{status} instead of {expected}"));
    }
    let both_missing = *method == Method::GET && (expected, status) == (404, 404);
    if both_missing && text(caller, unknown).await != text(caller, nonsense).await {
        return Some("another page than for an unknown name".to_owned());
    }
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_cannot_be_one_is_as_unknown_as_any_other() {
    let t = TestApp::start(Kind::Sqlite).await;
    let (slug, all) = everybody(&t).await;
    let widest = |one: &Someone| !matches!(one.who, Who::Staff(_) | Who::Program(_) | Who::ForeignProgram);
    let mut callers: Vec<Someone> = all.into_iter().filter(widest).collect();
    let program = t.program(Permission::ALL, None).await;
    callers.push(Someone { name: "token".into(), caller: program, who: Who::Program(Permission::ALL.to_vec()) });
    let (mut tried, mut wrong) = (0, Vec::new());
    for route in web::routes().declared() {
        // Whoever gets in, and somebody who does not.
        let concerned = |one: &&Someone| one.who == Who::Nobody || expected(route.need, &one.who) == Expected::In;
        let unknown = filled(route.path, &slug);
        for nonsense in nonsensical(route.path, &slug) {
            for one in callers.iter().filter(concerned) {
                tried += 1;
                if let Some(what) = difference(&one.caller, &route.method, &unknown, &nonsense).await {
                    wrong.push(format!("{} {nonsense} as {}: {what}", route.method, one.name));
                }
            }
        }
    }
    assert!(tried > 500, "only {tried} names tried");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
}

//! The interface for programs: its description is complete, true, and does not change unnoticed.

use crate::harness::{Kind, TestApp};
use std::collections::BTreeSet;

/// Documented operations as `METHOD path`.
fn documented() -> BTreeSet<String> {
    let document = serde_json::to_value(web::api::document()).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().expect("an item").keys();
            methods
                .filter(|method| ["get", "post", "put", "patch", "delete"].contains(&method.as_str()))
                .map(|method| format!("{} {path}", method.to_uppercase()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Declared routes below `/api/v1`, but for the description itself.
fn declared() -> BTreeSet<String> {
    web::routes()
        .declared()
        .iter()
        .filter(|route| route.path.starts_with("/api/v1") && !route.path.ends_with("openapi.json"))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect()
}

#[test]
fn what_is_documented_exists_and_what_exists_is_documented() {
    let (documented, declared) = (documented(), declared());
    let ghosts: Vec<_> = documented.difference(&declared).collect();
    let silent: Vec<_> = declared.difference(&documented).collect();
    assert!(ghosts.is_empty(), "documented, but not there: {ghosts:#?}");
    assert!(silent.is_empty(), "there, but not documented: {silent:#?}");
}

/// One line an operation: a change of the interface is seen in review. `cargo insta accept` takes it over.
#[test]
fn operations_are_as_recorded() {
    let document = serde_json::to_value(web::api::document()).expect("the document is JSON");
    let mut lines = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            if !operation.is_object() {
                continue;
            }
            let answers: Vec<&String> =
                operation["responses"].as_object().into_iter().flat_map(|all| all.keys()).collect();
            let body = if operation["requestBody"].is_object() { " +body" } else { "" };
            lines.push(format!("{} {path}{body} -> {answers:?}", method.to_uppercase()));
        }
    }
    lines.sort();
    insta::assert_snapshot!("operations", lines.join("\n"));
}

#[test]
fn every_reference_in_the_document_resolves() {
    let document = serde_json::to_value(web::api::document()).expect("the document is JSON");
    let mut missing = BTreeSet::new();
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        if let Some(reference) = value.get("$ref").and_then(serde_json::Value::as_str)
            && document.pointer(reference.trim_start_matches('#')).is_none()
        {
            missing.insert(reference.to_owned());
        }
        match value {
            serde_json::Value::Array(items) => open.extend(items),
            serde_json::Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_problem_documents() {
    let t = TestApp::start(Kind::Sqlite).await;
    let answer = t.visitor().get("/api/v1/editions").await.expect(401);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let problem = answer.json();
    assert_eq!((problem["status"].as_u64(), problem["code"].as_str()), (Some(401), Some("unauthorized")));
    let answer = t.visitor().get("/api/v1/editions/nowhere").await.expect(401);
    assert_eq!(answer.json()["code"], "unauthorized", "nobody learns whether an edition exists");
}

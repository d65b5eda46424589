//! Addresses of changing the plan: new tasks, cells, bulk changes, links, order, what was changed last.

use super::{Href, plan, segment};

/// The form of a new task, put after another one.
pub fn new_task(edition: &str, after: &str) -> Href {
    plan::home(edition).then("new").query(&[("after", after)])
}

/// Changing several tasks at once.
pub fn bulk(edition: &str) -> Href {
    plan::home(edition).then("bulk")
}

/// Taking several tasks away.
pub fn bulk_delete(edition: &str) -> Href {
    plan::home(edition).then("delete")
}

/// A person's own last changes.
pub fn changes(edition: &str) -> Href {
    plan::home(edition).then("undo")
}

/// Taking the last change back, or making it again.
pub fn undo(edition: &str, redo: bool) -> Href {
    plan::home(edition).then(if redo { "redo" } else { "undo" })
}

/// Keys and ways of the overview.
pub fn cell(edition: &str, code: &str, field: &str) -> Href {
    Href::new(format!("/e/{}/plan/tasks/{}/cell/{}", segment(edition), segment(code), segment(field)))
}

/// Taking one task away.
pub fn delete(edition: &str, code: &str) -> Href {
    plan::task(edition, code).then("delete")
}

/// A copy of a task, or another place in order and outline.
pub fn outline(edition: &str, code: &str) -> Href {
    plan::task(edition, code).then("outline")
}

/// The links of a task, each as a form.
pub fn task_links(edition: &str, code: &str) -> Href {
    plan::task(edition, code).then("links")
}

/// Taking a link of a task away.
pub fn unlink(edition: &str, code: &str) -> Href {
    plan::task(edition, code).then("unlink")
}

/// Choosing a table to bring in.
pub fn import(edition: &str) -> Href {
    plan::home(edition).then("import")
}

/// A kept table: its columns, its dry run.
pub fn import_table(edition: &str, document: domain::DocumentId) -> Href {
    import(edition).then(&document.to_string())
}

/// The rejected rows of a table as a file.
pub fn import_rejected(edition: &str, document: domain::DocumentId) -> Href {
    import_table(edition, document).then("rejected.csv")
}

//! Pages of imports: choosing a file, one import from its columns to its people, and the answer to a small table.

mod record;
mod start;

pub use record::{IntakePage, progress_card};
pub use start::IntakeStartPage;

use domain::{
    Refusal,
    registration::intake::{Fault, State},
};
use maud::{Markup, html};

use crate::{
    Badge, FormState, Lang, Tone,
    components::{Button, Col, Icon, Table},
};

fn state(lang: Lang, state: State) -> Badge {
    let tone = match state {
        State::Kept | State::Judged => Tone::Neutral,
        State::Judging | State::Running => Tone::Info,
        State::Done => Tone::Good,
        State::Stopped => Tone::Warn,
    };
    Badge::new(lang.term("intake-state", state.code()), tone)
}

/// Why a row is not taken, a sentence a reason.
pub fn why(lang: Lang, reasons: &[Refusal]) -> Vec<String> {
    let one = |refusal: &Refusal| {
        let words = lang.refusal(refusal);
        match refusal.field.as_deref().and_then(|field| lang.term_opt("intake-field", field)) {
            Some(field) => format!("{}{words}", lang.label(&field)),
            None => words,
        }
    };
    reasons.iter().map(one).collect()
}

/// Rejected rows: where, what stood there, why.
pub fn fault_table(lang: Lang, faults: &[Fault]) -> Table {
    let mut table = Table::new(
        lang.t("table-rejected"),
        vec![Col::num(lang.t("table-line")), Col::main(lang.t("intake-row")), Col::new(lang.t("table-why"))],
    );
    for fault in faults {
        let cells: Vec<&str> = fault.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).take(5).collect();
        table.row(vec![
            html! { (fault.line) },
            html! { (cells.join(" · ").chars().take(120).collect::<String>()) },
            html! { @for words in why(lang, &fault.reasons) { div { (words) } } },
        ]);
    }
    table
}

/// The form with which a leader or an exhibitor brings a table.
pub fn table_form(lang: Lang, form: &FormState, action: &crate::Href) -> Markup {
    let fields = form.fields(lang);
    html! {
        form.form.narrow method="post" enctype="multipart/form-data" action=(action) {
            (fields.summary())
            p.muted { (lang.t("intake-small-hint")) }
            (fields.file("file", "intake-file").required())
            div.form-actions {
                (Button::submit(lang.t("intake-upload")).icon(Icon::Upload))
                (Button::link(lang.t("intake-template"), action.clone()).ghost().icon(Icon::Download).download())
            }
        }
    }
}

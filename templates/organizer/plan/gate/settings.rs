//! What a gate asks, holds, and who signs it: the form.

use domain::plan::Function;
use domain::plan::gate::CriterionKind;
use domain::plan::gate::view::GateRow;
use maud::{Markup, html};

use crate::components::{Button, Choice, options};
use crate::{FormState, Shell, links};

/// The form of a gate's settings.
pub struct GateSettings<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The gate.
    pub row: &'a GateRow,
    /// What is typed, and what was refused.
    pub form: FormState,
}

impl GateSettings<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let fields = self.form.fields(lang);
        let asks: Vec<Choice> = CriterionKind::ALL
            .iter()
            .filter(|kind| !matches!(kind, CriterionKind::Deliverable | CriterionKind::Indicator))
            .map(|kind| Choice::new(kind.code(), lang.term("gate-criterion", kind.code())))
            .collect();
        let functions = options(lang, "plan-function", Function::ALL.iter().map(|one| one.code()));
        let mut second = vec![Choice::new("", lang.t("gate-one-signature"))];
        second.extend(functions.iter().cloned());
        let code = &self.row.code;
        let body = html! {
            (fields.summary())
            form.form.narrow method="post" action=(links::gate::act(self.slug, code, "settings")) {
                (fields.hidden("version"))
                (fields.text("guards", "gate-guards").hint("gate-guards-hint").max_length(500))
                (fields.checks("asks", "gate-asks", asks))
                (fields.number("majors", "gate-majors").hint("gate-majors-hint").min(0).max(99))
                (fields.select("signer_1", "gate-signer-1", functions).required())
                (fields.select("signer_2", "gate-signer-2", second))
                div.form-actions {
                    (Button::submit(lang.t("gate-settings-save")))
                    (Button::link(lang.t("component-back"), links::gate::review(self.slug, code)))
                }
            }
            p.muted { (lang.t("gate-settings-more")) " "
                a href=(links::gate::indicators(self.slug, code)) { (lang.t("indicator-edit")) } }
        };
        shell
            .page(format!("{} {}", code, self.row.name.get(lang.locale())))
            .crumb(lang.t("gate-title"), links::gate::home(self.slug))
            .crumb(code.clone(), links::gate::review(self.slug, code))
            .body(&body)
    }
}

//! Changing several tasks at once: the bar below the overview, and the same fields as a page when something in them
//! is refused.

use domain::Bilingual;
use maud::{Markup, html};

use crate::components::{Button, Choice, options};
use crate::{FormState, Icon, Lang, Shell, links};

/// What a bulk change can choose from.
pub struct BulkFields {
    /// Members of the team.
    pub team: Vec<Choice>,
    /// Places.
    pub places: Vec<Choice>,
    /// Calendars of the plan.
    pub calendars: Vec<Choice>,
    /// Phases of the plan, by code.
    pub phases: Vec<&'static str>,
}

impl BulkFields {
    /// The fields; `prefix` keeps their labels apart from the filter's.
    pub(super) fn render(&self, lang: Lang, state: &FormState) -> Markup {
        let form = state.fields(lang);
        let none = |choices: &[Choice]| {
            let mut all = vec![Choice::new("", lang.t("revise-keep")), Choice::new("none", lang.t("revise-none"))];
            all.extend_from_slice(choices);
            all
        };
        let mut phases = vec![Choice::new("", lang.t("revise-keep"))];
        phases.extend(options(lang, "plan-phase", self.phases.iter().copied()));
        html! {
            (form.select("owner", "plan-owner", none(&self.team)))
            (form.select("checker", "plan-checker", none(&self.team)))
            (form.select("confirmer", "plan-confirmer", none(&self.team)))
            (form.select("place", "plan-place", none(&self.places)))
            (form.text("shift_days", "revise-shift").placeholder("+3").hint("revise-shift-hint"))
            @if !self.calendars.is_empty() { (form.select("calendar", "revise-field-calendar", none(&self.calendars))) }
            (form.select("phase", "plan-phase", phases))
            (form.number("priority", "revise-field-priority").min(0).max(1000))
        }
    }
}

/// The bulk change as a page of its own.
pub struct BulkPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Code and name of each chosen task.
    pub tasks: Vec<(String, Bilingual)>,
    /// What can be chosen.
    pub fields: BulkFields,
    /// What is typed, and what is refused.
    pub form: FormState,
}

impl BulkPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            form.form method="post" action=(links::revise::bulk(self.slug)) {
                (self.form.fields(lang).summary())
                p.cluster.wide {
                    @for (code, name) in &self.tasks {
                        label.choice {
                            input type="checkbox" name="tasks" value=(code) checked;
                            span { span.code { (code) } " " (name.get(lang.locale())) }
                        }
                    }
                }
                (self.fields.render(lang, &self.form))
                div.form-actions {
                    (Button::submit(lang.t("plan-preview")).value("act", "preview").icon(Icon::Eye))
                    (Button::link(lang.t("component-cancel"), links::plan::home(self.slug)))
                }
            }
        };
        shell.page(lang.t("revise-word-bulk")).crumb(lang.t("plan-title"), links::plan::home(self.slug)).body(&body)
    }
}

/// The bar that appears when rows are chosen; without script it stands below the table.
pub(super) fn bar(lang: Lang, slug: &str, fields: &BulkFields) -> Markup {
    html! {
        details.bulk-bar data-bulk-bar {
            summary {
                (Icon::Layers)
                span { (lang.t("revise-bulk")) }
                span.count data-bulk-count hidden {}
            }
            div.form.bulk-fields { (fields.render(lang, &FormState::empty())) }
            div.actions {
                button.button.primary type="submit" name="act" value="preview" formaction=(links::revise::bulk(slug)) {
                    (Icon::Eye) span { (lang.t("plan-preview")) }
                }
                @for step in ["indent", "outdent", "copy"] {
                    button.button type="submit" name="step" value=(step) formaction=(links::revise::bulk(slug)) {
                        span { (lang.term("revise-step", step)) }
                    }
                }
                button.button.danger type="submit" name="act" value="ask" formaction=(links::revise::bulk_delete(slug)) {
                    (Icon::Trash) span { (lang.t("revise-delete")) }
                }
            }
        }
    }
}

//! The form that changes a task. First it shows what would move and why; a second press accepts.
//! When someone else saved in between, both versions stand side by side and nothing typed is lost.

use domain::plan::edit::{Clash, TaskDraft};
use domain::plan::network::Constraint;
use domain::plan::view::{Preview, Row};
use maud::{Markup, html};

use super::preview::effect;
use crate::components::{Button, Choice, callout, options};
use crate::{FormState, Icon, Lang, Shell, Tone, links};

/// The form and, once asked for, its effect.
pub struct EditPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The task as it is.
    pub row: &'a Row,
    /// What is typed, and what is refused.
    pub form: FormState,
    /// The task when this form was opened: travels along so that a change in between is seen.
    pub opened: &'a TaskDraft,
    /// Version of the task.
    pub version: i32,
    /// Revision of the plan.
    pub revision: i32,
    /// Calendars to choose from, beside the plan's.
    pub calendars: Vec<Choice>,
    /// The effect, when the draft can be computed.
    pub preview: Option<Preview>,
    /// Fields someone else changed too.
    pub clashes: &'a [Clash],
    /// Fields only someone else changed: theirs are taken.
    pub taken: &'a [String],
}

impl EditPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let opened = serde_json::to_string(self.opened).unwrap_or_default();
        let body = html! {
            form.stack method="post" action=(links::plan::edit(self.slug, &self.row.code)) {
                input type="hidden" name="opened" value=(opened);
                input type="hidden" name="version" value=(self.version);
                input type="hidden" name="revision" value=(self.revision);
                (self.crossed(lang))
                @if let Some(preview) = &self.preview {
                    section.card.plan-effect {
                        header.card-head {
                            h2 { (lang.t("plan-preview-title")) }
                            div.actions {
                                (Button::submit(lang.t("plan-accept")).value("act", "accept").icon(Icon::Check))
                            }
                        }
                        div.card-body { (effect(lang, self.slug, preview)) }
                    }
                }
                (self.fields(lang))
            }
        };
        let name = self.row.name.get(lang.locale()).to_owned();
        shell
            .page(lang.with("plan-edit-title", &[("code", self.row.code.as_str().into())]))
            .subtitle(&name)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(format!("{} {name}", self.row.code), links::plan::task(self.slug, &self.row.code))
            .body(&body)
    }

    fn fields(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let wishes = options(lang, "plan-constraint", Constraint::CODES.iter().copied());
        html! {
            div.form {
                (form.summary())
                (form.text("name_en", "plan-field-name-en").required().max_length(200))
                (form.text("name_zh", "plan-field-name-zh").max_length(200))
                (form.text("duration_days", "plan-field-duration").required().unit(lang.t("plan-unit-days")))
                (form.select("constraint", "plan-field-constraint", wishes).required())
                (form.date("constraint_on", "plan-field-constraint-on").hint("plan-field-constraint-on-hint"))
                (form.date("deadline_on", "plan-field-deadline").hint("plan-field-deadline-hint"))
                @if !self.calendars.is_empty() {
                    (form.select("calendar", "revise-field-calendar", self.calendars.clone()).hint("revise-calendar-hint"))
                }
                (form.number("priority", "revise-field-priority").min(0).max(1000).hint("revise-priority-hint"))
                (form.textarea("predecessors", "plan-field-predecessors").hint("plan-field-predecessors-hint").rows(2))
                (form.textarea("objective", "plan-field-objective").rows(2))
                (form.textarea("done_when", "plan-field-done-when").rows(3))
                div.form-actions {
                    (Button::submit(lang.t("plan-preview")).value("act", "preview").icon(Icon::Eye))
                    (Button::link(lang.t("component-back"), links::plan::task(self.slug, &self.row.code)))
                }
            }
        }
    }

    fn crossed(&self, lang: Lang) -> Markup {
        if self.clashes.is_empty() && self.taken.is_empty() {
            return html! {};
        }
        let words = |field: &str| match field {
            "priority" | "calendar" => lang.term("revise-field", field),
            field => lang.term("plan-field", field_word(field)),
        };
        let list = html! {
            @if !self.clashes.is_empty() {
                p { (lang.t("plan-crossed-both")) }
                dl.definitions {
                    @for clash in self.clashes {
                        dt { (words(&clash.field)) }
                        dd {
                            (lang.label(&lang.t("plan-crossed-theirs"))) strong { (theirs(lang, clash)) }
                            br;
                            (lang.label(&lang.t("plan-crossed-yours"))) strong { (self.form.value(&clash.field)) }
                        }
                    }
                }
            }
            @if !self.taken.is_empty() {
                p { (lang.with("plan-crossed-taken", &[("fields", lang.list(&self.taken.iter().map(|one| words(one)).collect::<Vec<_>>()).into())])) }
            }
        };
        callout(Tone::Warn, &lang.t("plan-crossed"), &list)
    }
}

fn theirs(lang: Lang, clash: &Clash) -> String {
    match clash.field.as_str() {
        "constraint" => lang.term("plan-constraint", &clash.theirs),
        _ if clash.theirs.is_empty() => "–".to_owned(),
        _ => clash.theirs.clone(),
    }
}

/// The word of a field is shorter than its name in the draft.
fn field_word(field: &str) -> &str {
    match field {
        "duration_days" => "duration",
        "deadline_on" => "deadline",
        other => other,
    }
}

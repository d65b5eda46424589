//! The form of a new task. What is left empty is taken from the task it is put after.

use domain::plan::network::Kind;
use domain::plan::view::Row;
use domain::plan::{Function, PlaceKind};
use maud::{Markup, html};

use crate::components::{Button, Choice, options};
use crate::{FormState, Icon, Shell, links};

/// A new task.
pub struct NewTaskPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The task it comes after, if there is one.
    pub after: Option<&'a Row>,
    /// The code it gets when none is typed.
    pub next_code: String,
    /// Phases of the plan, by code.
    pub phases: Vec<&'static str>,
    /// Members of the team.
    pub team: Vec<Choice>,
    /// Places.
    pub places: Vec<Choice>,
    /// Calendars.
    pub calendars: Vec<Choice>,
    /// Codes of the tasks, to choose from while typing.
    pub codes: Vec<String>,
    /// What is typed, and what is refused.
    pub form: FormState,
}

impl NewTaskPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let after = self.after.map_or("", |row| row.code.as_str());
        let kinds = options(lang, "revise-kind", Kind::ALL.iter().map(|kind| kind.code()));
        let roles = options(lang, "plan-function", Function::ALL.iter().map(|role| role.code()));
        let place_kinds = options(lang, "plan-place", PlaceKind::ALL.iter().map(|kind| kind.code()));
        let phases = options(lang, "plan-phase", self.phases.iter().copied());
        let beside = |code: &str| self.after.map(|_| code.to_owned()).unwrap_or_default();
        let body = html! {
            form.form method="post" action=(links::revise::new_task(self.slug, "")) {
                (form.summary())
                (form.text("after", "revise-after").value(after).hint("revise-after-hint").suggest(self.codes.clone()))
                (form.text("code", "plan-column-code").placeholder(self.next_code.clone()).max_length(16))
                (form.text("name_en", "plan-field-name-en").required().max_length(200).autofocus())
                (form.text("name_zh", "plan-field-name-zh").max_length(200))
                (form.select("kind", "revise-kind", kinds).value("task").required())
                (form.text("duration_days", "plan-field-duration").value("1").unit(lang.t("plan-unit-days")))
                (form.text("predecessors", "plan-field-predecessors").hint("plan-field-predecessors-hint").value(beside(after)))
                (form.date("start_on", "revise-start-on").hint("revise-start-on-hint"))
                (form.date("deadline_on", "plan-field-deadline"))
                (form.select("owner", "plan-owner", self.team.clone()))
                (form.select("checker", "plan-checker", self.team.clone()))
                (form.select("confirmer", "plan-confirmer", self.team.clone()))
                details.wide open[!self.form.is_clean() || self.after.is_none()] {
                    summary { (lang.t("revise-more-fields")) }
                    div.form {
                        (form.select("phase", "plan-phase", phases).value(self.after.map_or("", |row| row.phase.code())))
                        (form.text("stage_en", "revise-stage-en").value(self.after.map_or("", |row| &row.stage.en)).max_length(80))
                        (form.text("stage_zh", "revise-stage-zh").value(self.after.map_or("", |row| &row.stage.zh)).max_length(80))
                        (form.select("role", "plan-column-role", roles).value(self.after.map_or("", |row| row.role.code())))
                        (form.select("place_kind", "revise-place-kind", place_kinds).value(self.after.map_or("", |row| row.place_kind.code())))
                        (form.select("place", "plan-place", self.places.clone()))
                        (form.select("calendar", "revise-field-calendar", self.calendars.clone()).hint("revise-calendar-hint"))
                        (form.number("priority", "revise-field-priority").value(500).min(0).max(1000).hint("revise-priority-hint"))
                    }
                }
                (form.textarea("objective", "plan-field-objective").rows(2))
                (form.textarea("done_when", "plan-field-done-when").rows(2))
                div.form-actions {
                    (Button::submit(lang.t("revise-add")).value("act", "save").icon(Icon::Plus))
                    (Button::submit(lang.t("plan-preview")).value("act", "preview").icon(Icon::Eye).plain())
                    (Button::link(lang.t("component-cancel"), links::plan::home(self.slug)))
                }
            }
        };
        shell.page(lang.t("revise-new")).crumb(lang.t("plan-title"), links::plan::home(self.slug)).body(&body)
    }
}

//! Working calendars of the plan: the list, the form of one, the choices of the plan, and what a change
//! would move before it is saved.

use domain::plan::calendar_draft::{CalendarDraft, DAYS};
use domain::plan::network::{LagCalendar, Progress};
use domain::plan::view::Preview;
use domain::plan::{PlanCalendar, Sheet};
use maud::{Markup, Render, html};

use super::preview::effect;
use crate::components::{Button, Choice, Col, Table, callout, card, empty_state, options};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// What the days are called, Monday first.
const LABELS: [&str; 7] = [
    "calendar-monday",
    "calendar-tuesday",
    "calendar-wednesday",
    "calendar-thursday",
    "calendar-friday",
    "calendar-saturday",
    "calendar-sunday",
];

/// The list, the choices, and the tasks with a calendar of their own.
pub struct Calendars<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub sheet: &'a Sheet,
    /// Choices as typed, and what was refused.
    pub options: FormState,
    /// Tasks that get a calendar, as typed, and what was refused.
    pub assign: FormState,
    /// May change them.
    pub may_edit: bool,
}

impl Calendars<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (self.list(lang))
                @if self.may_edit {
                    (self.choices(lang))
                    @if !self.sheet.calendars.is_empty() { (self.assigning(lang)) }
                }
            }
        };
        let add = html! {
            @if self.may_edit {
                (Button::link(lang.t("calendar-new"), links::plan::calendar(self.slug, "new")).primary().icon(Icon::Plus))
            }
        };
        shell
            .page(lang.t("calendar-title"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .actions(add)
            .body(&body)
    }

    fn list(&self, lang: Lang) -> Markup {
        if self.sheet.calendars.is_empty() {
            let none = html! {};
            return empty_state(Icon::Calendar, &lang.t("calendar-none"), &lang.t("calendar-none-hint"), &none);
        }
        let cols = vec![
            Col::tight(lang.t("calendar-code")),
            Col::main(lang.t("calendar-name")),
            Col::num(lang.t("calendar-hours")),
            Col::num(lang.t("calendar-exception-days")),
            Col::num(lang.t("calendar-tasks")),
            Col::new(lang.t("calendar-parent")).wide_only(),
        ];
        let mut table = Table::new(lang.t("calendar-title"), cols);
        for one in &self.sheet.calendars {
            let minutes: i64 = one.pattern.weekly.iter().flatten().map(|&(from, to)| to - from).sum();
            let tasks = self.sheet.tasks.iter().filter(|task| task.calendar == Some(one.id)).count();
            let parent = one.parent.and_then(|id| self.sheet.calendars.iter().find(|other| other.id == id));
            let cells = vec![
                html! { a.code href=(links::plan::calendar(self.slug, &one.code)) { (one.code) } },
                html! {
                    (one.name.get(lang.locale()))
                    @if self.sheet.default_calendar == Some(one.id) {
                        " " (Badge::new(lang.t("calendar-of-plan"), Tone::Accent))
                    }
                },
                html! { (lang.number(minutes / 60)) " " (lang.t("calendar-unit-hours")) },
                html! { (lang.number(one.pattern.exceptions.len() as i64)) },
                html! { (lang.number(tasks as i64)) },
                html! { (parent.map_or("–", |one| one.name.get(lang.locale()))) },
            ];
            table.row(cells);
        }
        table.render()
    }

    fn names(&self, lang: Lang, none: &str) -> Vec<Choice> {
        let mut all = vec![Choice::new("", lang.t(none))];
        let named =
            |one: &PlanCalendar| Choice::new(&one.code, format!("{} {}", one.code, one.name.get(lang.locale())));
        all.extend(self.sheet.calendars.iter().map(named));
        all
    }

    fn choices(&self, lang: Lang) -> Markup {
        let form = self.options.fields(lang);
        let lags = options(lang, "calendar-lag", LagCalendar::ALL.iter().map(|one| one.code()));
        let rules = options(lang, "calendar-progress", Progress::ALL.iter().map(|one| one.code()));
        let body = html! {
            form.form method="post" action=(links::plan::calendars(self.slug)) {
                input type="hidden" name="what" value="options";
                (form.summary())
                (form.select("calendar", "calendar-plan", self.names(lang, "calendar-always")).hint("calendar-plan-hint"))
                (form.text("critical_hours", "calendar-critical").unit(lang.t("calendar-unit-hours")).hint("calendar-critical-hint"))
                (form.select("lag_calendar", "calendar-lag-label", lags).required())
                (form.select("progress", "calendar-progress-label", rules).required())
                div.form-actions { (Button::submit(lang.t("plan-preview")).icon(Icon::Eye)) }
            }
        };
        card(&lang.t("calendar-choices"), &html! {}, &body)
    }

    fn assigning(&self, lang: Lang) -> Markup {
        let form = self.assign.fields(lang);
        let own: Vec<&str> =
            self.sheet.tasks.iter().filter(|task| task.calendar.is_some()).map(|task| task.code.as_str()).collect();
        let body = html! {
            form.form method="post" action=(links::plan::calendars(self.slug)) {
                input type="hidden" name="what" value="assign";
                (form.summary())
                @if !own.is_empty() {
                    p.muted { (lang.with("calendar-own-now", &[("tasks", own.join(", ").into())])) }
                }
                (form.select("calendar", "calendar-give", self.names(lang, "calendar-plans")))
                (form.textarea("tasks", "calendar-to-tasks").hint("calendar-to-tasks-hint").rows(2))
                div.form-actions { (Button::submit(lang.t("plan-preview")).icon(Icon::Eye)) }
            }
        };
        card(&lang.t("calendar-assign"), &html! {}, &body)
    }
}

/// The form of one calendar.
pub struct CalendarForm<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub sheet: &'a Sheet,
    /// As typed, and what was refused.
    pub form: FormState,
    /// Code it has now; `None` for a new one.
    pub code: Option<&'a str>,
    /// May change it.
    pub may_edit: bool,
}

impl CalendarForm<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let mut parents = vec![Choice::new("", lang.t("calendar-no-parent"))];
        let others = self.sheet.calendars.iter().filter(|one| Some(one.code.as_str()) != self.code);
        parents.extend(others.map(|one| Choice::new(&one.code, one.name.get(lang.locale()))));
        let body = html! {
            form.form method="post" action=(links::plan::calendars(self.slug)) {
                input type="hidden" name="what" value="calendar";
                (form.hidden("was"))
                (form.summary())
                (form.text("code", "calendar-code").required().max_length(24))
                (form.text("name_en", "plan-field-name-en").required().max_length(120))
                (form.text("name_zh", "plan-field-name-zh").max_length(120))
                (form.select("parent", "calendar-parent", parents).hint("calendar-parent-hint"))
                @for (day, label) in DAYS.into_iter().zip(LABELS) {
                    (form.text(day, label).placeholder("08:00-12:00 13:00-17:00"))
                }
                (form.textarea("exceptions", "calendar-exceptions").hint("calendar-exceptions-hint").rows(8))
                @if self.may_edit {
                    div.form-actions {
                        (Button::submit(lang.t("plan-preview")).icon(Icon::Eye))
                        (Button::link(lang.t("component-back"), links::plan::calendars(self.slug)))
                    }
                }
            }
            @if let (Some(code), true) = (self.code, self.may_edit) {
                form.form-actions method="post" action=(links::plan::calendars(self.slug)) {
                    input type="hidden" name="what" value="remove";
                    input type="hidden" name="code" value=(code);
                    (Button::submit(lang.t("calendar-remove")).danger().plain())
                }
            }
        };
        let found = self.code.and_then(|code| self.sheet.calendars.iter().find(|one| one.code == code));
        let title = found.map_or_else(|| lang.t("calendar-new"), |one| one.name.get(lang.locale()).to_owned());
        shell
            .page(title)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("calendar-title"), links::plan::calendars(self.slug))
            .body(&body)
    }
}

/// What a change of calendars or choices would move.
pub struct SettingsPreview<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The effect.
    pub preview: &'a Preview,
    /// What was typed, to be sent again.
    pub sent: &'a [(String, String)],
    /// Revision of the plan the effect was computed on.
    pub revision: i32,
    /// Somebody changed the plan while this page was read.
    pub stale: bool,
}

impl SettingsPreview<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                @if self.stale {
                    @let words = html! { p { (lang.t("plan-preview-stale")) } };
                    (callout(Tone::Warn, "", &words))
                }
                (effect(lang, self.slug, self.preview))
                form.form-actions method="post" action=(links::plan::calendars(self.slug)) {
                    @for (name, value) in self.sent { input type="hidden" name=(name) value=(value); }
                    input type="hidden" name="revision" value=(self.revision);
                    (Button::submit(lang.t("plan-accept")).value("act", "accept").icon(Icon::Check))
                    (Button::link(lang.t("component-back"), links::plan::calendars(self.slug)))
                }
            }
        };
        shell
            .page(lang.t("plan-preview-title"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("calendar-title"), links::plan::calendars(self.slug))
            .body(&body)
    }
}

/// A new calendar: the office week.
pub fn office() -> CalendarDraft {
    let day = "08:00-12:00 13:00-17:00".to_owned();
    CalendarDraft {
        monday: day.clone(),
        tuesday: day.clone(),
        wednesday: day.clone(),
        thursday: day.clone(),
        friday: day,
        ..CalendarDraft::default()
    }
}

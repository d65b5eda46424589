//! The list of baselines, with the form that freezes one.

use chrono_tz::Tz;
use domain::plan::baseline::{Baseline, BaselineKind};
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::{Part, parts};
use crate::components::{Button, Col, Table, card, empty_state};
use crate::organizer::plan::words::{self, View};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// The baselines of a plan.
pub struct Baselines<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// Baselines with the name of who took each, the latest first.
    pub all: &'a [(Baseline, String)],
    /// Where days begin.
    pub zone: Tz,
    /// A baseline being typed.
    pub form: FormState,
    /// May freeze and choose.
    pub may_edit: bool,
}

impl Baselines<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Baselines))
                p.muted { (lang.t("baseline-hint")) }
                @if self.all.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::History, &lang.t("baseline-none"), &lang.t("baseline-none-hint"), &none))
                } @else { (self.table(lang)) }
                @if self.may_edit { (self.freeze(lang)) }
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell.page(lang.t("baseline-title")).tabs(views).body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::num(lang.t("baseline-number")),
            Col::main(lang.t("baseline-name")),
            Col::tight(lang.t("baseline-kind")),
            Col::tight(lang.t("baseline-taken")),
            Col::num(lang.t("baseline-tasks")),
            Col::num(lang.t("baseline-room")),
            Col::actions(lang.t("baseline-actions")),
        ];
        let mut table = Table::new(lang.t("baseline-title"), cols);
        for (one, by) in self.all {
            let room = one.room.map_or_else(|| "–".to_owned(), |room| words::days(lang, room));
            let cells = vec![
                html! { (one.number) },
                html! {
                    a href=(links::plan::baseline(self.slug, one.number)) { (one.name.get(lang.locale())) }
                    @if one.shown { " " (Badge::new(lang.t("baseline-shown"), Tone::Accent)) }
                    span.cell-second { (one.reason) }
                },
                html! { (kind(lang, one.kind)) },
                html! {
                    (lang.instant(one.taken_at, self.zone))
                    @if !by.is_empty() { span.cell-second { (by) } }
                },
                html! { (lang.number(one.tasks)) },
                html! { (room) },
                html! { @if self.may_edit { (show(lang, self.slug, one)) } },
            ];
            table.row(cells);
        }
        table.render()
    }

    fn freeze(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        let inner = html! {
            (fields.summary())
            form.form method="post" action=(links::plan::baselines(self.slug)) {
                (fields.text("name_en", "baseline-field-name-en").required().max_length(120))
                (fields.text("name_zh", "baseline-field-name-zh").max_length(120))
                (fields.textarea("reason", "baseline-field-reason").required().rows(2))
                div.form-actions { (Button::submit(lang.t("baseline-freeze")).icon(Icon::Lock)) }
            }
        };
        card(&lang.t("baseline-freeze-title"), &html! {}, &inner)
    }
}

/// What made a baseline, in a word.
pub(super) fn kind(lang: Lang, kind: BaselineKind) -> Badge {
    let tone = match kind {
        BaselineKind::Gate => Tone::Info,
        BaselineKind::Manual => Tone::Neutral,
    };
    Badge::new(lang.term("baseline-kind", kind.code()), tone)
}

/// The button that makes a baseline the one pictures show, or takes it out of them.
pub(super) fn show(lang: Lang, slug: &str, one: &Baseline) -> Markup {
    let (key, on) = if one.shown { ("baseline-hide", "") } else { ("baseline-show", "on") };
    Button::post(lang.t(key), links::plan::show_baseline(slug, one.number))
        .value("on", on)
        .small()
        .icon(Icon::Gantt)
        .render()
}

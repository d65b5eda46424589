//! What a finished edition teaches the template of its series: old and new durations with why, to be accepted.

use chrono_tz::Tz;
use domain::plan::DAY;
use domain::plan::learning::{Lesson, Version};
use domain::plan::task::ThreePoint;
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::{Here, views};
use crate::components::{Button, Col, Table, callout, card, empty_state};
use crate::{FormState, Icon, Lang, Shell, Tone, links};

/// The page.
pub struct LearningPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above the plan's views.
    pub head: &'a Head,
    /// Lessons, in template order.
    pub lessons: &'a [Lesson],
    /// Versions the series has, the newest first.
    pub versions: &'a [Version],
    /// Editions behind the lessons.
    pub editions: usize,
    /// The edition is finished.
    pub finished: bool,
    /// Where days begin.
    pub zone: Tz,
    /// What was refused.
    pub refused: FormState,
    /// May accept.
    pub may_edit: bool,
}

impl LearningPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let changes = self.lessons.iter().filter(|lesson| lesson.changes()).count();
        let body = html! {
            div.stack {
                @if !self.refused.is_clean() { (self.refused.fields(lang).summary()) }
                @if self.lessons.is_empty() {
                    (empty_state(Icon::History, &lang.t("learning-none"), &lang.t("learning-none-hint"), &html! {}))
                } @else {
                    (self.verdict(lang, changes))
                    (card(&lang.with("learning-lessons", &[("count", changes.into())]), &html! {}, &self.table(lang)))
                    p.muted.small { (lang.t("learning-formula")) }
                }
                (self.history(lang))
            }
        };
        let tabs = views(lang, self.slug, Here::Learning, self.head.counts.deviations);
        shell.page(lang.t("learning-title")).tabs(tabs).wide().body(&body)
    }

    fn verdict(&self, lang: Lang, changes: usize) -> Markup {
        let from = lang.with("learning-from", &[("count", self.editions.into())]);
        if !self.finished {
            return callout(Tone::Info, &from, &html! { p { (lang.t("learning-unfinished-hint")) } });
        }
        if changes == 0 {
            return callout(Tone::Good, &from, &html! { p { (lang.t("learning-same")) } });
        }
        let seen = self.versions.first().map_or(0, |version| version.number);
        let words = html! {
            p { (lang.t("learning-accept-hint")) }
            @if self.may_edit {
                (Button::post(lang.with("learning-accept", &[("number", i64::from(seen + 1).into())]), links::watch::learning(self.slug)).primary().icon(Icon::Check).value("seen", seen))
            }
        };
        callout(Tone::Accent, &from, &words)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("learning-title"),
            vec![
                Col::main(lang.t("plan-column-task")),
                Col::num(lang.t("learning-old")),
                Col::num(lang.t("learning-new")),
                Col::num(lang.t("learning-change")),
                Col::new(lang.t("learning-why")),
            ],
        );
        let mut changed: Vec<&Lesson> = self.lessons.iter().filter(|lesson| lesson.changes()).collect();
        // What people plan by changes first; a wider or narrower spread comes after.
        changed.sort_by_key(|lesson| lesson.learned.points.likely == lesson.old.likely);
        for lesson in changed {
            let by = lesson.learned.points.likely - lesson.old.likely;
            let sign = if by > 0 { "+" } else { "" };
            table.row(vec![
                html! { span.code { (lesson.code) } " " (lesson.name.get(lang.locale())) },
                html! { (points(lang, lesson.old)) },
                html! { strong { (points(lang, lesson.learned.points)) } },
                html! { @if by == 0 { (lang.t("learning-spread")) } @else { (sign) (lang.minutes(by)) } },
                html! { (why(lang, lesson)) },
            ]);
        }
        table.sticky().render()
    }

    fn history(&self, lang: Lang) -> Markup {
        if self.versions.is_empty() {
            return html! {};
        }
        let mut table = Table::new(
            lang.t("learning-versions"),
            vec![
                Col::num(lang.t("learning-number")),
                Col::main(lang.t("learning-edition")),
                Col::num(lang.t("learning-tasks")),
                Col::new(lang.t("learning-by")),
                Col::tight(lang.t("learning-at")),
            ],
        );
        for version in self.versions {
            table.row(vec![
                html! { (version.number) },
                html! { (version.edition_name.get(lang.locale())) },
                html! { (version.durations.0.len()) },
                html! { (version.by) },
                html! { (lang.instant(version.at, self.zone)) },
            ]);
        }
        card(&lang.t("learning-versions"), &html! {}, &table.render())
    }
}

/// Three points: `4 / 5 / 8 d`.
fn points(lang: Lang, points: ThreePoint) -> String {
    let days = |minutes: i64| lang.decimal(minutes as f64 / DAY as f64, usize::from(minutes % DAY != 0));
    let all = format!("{} / {} / {}", days(points.optimistic), days(points.likely), days(points.pessimistic));
    format!("{all} {}", lang.t("plan-unit-days"))
}

fn why(lang: Lang, lesson: &Lesson) -> String {
    let one = &lesson.learned;
    let mut words = vec![lang.with(
        "learning-why-times",
        &[
            ("samples", i64::from(one.samples).into()),
            ("median", lang.minutes(one.median).into()),
            ("longest", lang.minutes(one.longest).into()),
        ],
    )];
    if one.rounds > 1.0 {
        words.push(lang.with("learning-why-rounds", &[("rounds", lang.decimal(one.rounds, 1).into())]));
    }
    if one.outside > 0 {
        words.push(lang.with("learning-why-outside", &[("count", i64::from(one.outside).into())]));
    }
    words.join(lang.t("learning-glue").as_str())
}

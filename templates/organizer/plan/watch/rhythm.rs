//! The reporting rhythm: how often a word is expected in each phase, and who owes one now.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::plan::rhythm::{Every, Rhythm, RhythmDraft, clock};
use domain::plan::supervision::Working;
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::{Here, views};
use crate::components::{Button, Choice, Col, Table, card, cell_lines, empty_state, options};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// A task in work with its next report, or the one that is missing.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The task.
    pub task: Working,
    /// When the missing report was due.
    pub missed: Option<DateTime<Utc>>,
    /// When the next one is due.
    pub next: Option<DateTime<Utc>>,
}

/// The page.
pub struct RhythmPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above the plan's views.
    pub head: &'a Head,
    /// The rhythm of each phase the plan has.
    pub rhythms: &'a [Rhythm],
    /// Tasks in work.
    pub owed: &'a [Owed],
    /// Where days begin.
    pub zone: Tz,
    /// A rhythm that was refused.
    pub refused: Option<(String, FormState)>,
    /// May set it.
    pub may_edit: bool,
}

impl RhythmPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (card(&lang.t("watch-owed"), &html! {}, &self.owed(lang)))
                @for rhythm in self.rhythms { (self.rhythm(lang, rhythm)) }
            }
        };
        let tabs = views(lang, self.slug, Here::Rhythm, self.head.counts.deviations);
        shell.page(lang.t("watch-rhythm")).tabs(tabs).body(&body)
    }

    fn owed(&self, lang: Lang) -> Markup {
        if self.owed.is_empty() {
            return empty_state(
                Icon::CheckCircle,
                &lang.t("watch-owed-none"),
                &lang.t("watch-owed-none-hint"),
                &html! {},
            );
        }
        let mut table = Table::new(
            lang.t("watch-owed"),
            vec![
                Col::main(lang.t("plan-column-task")),
                Col::new(lang.t("plan-owner")),
                Col::num(lang.t("plan-percent")),
                Col::tight(lang.t("watch-heard")),
                Col::tight(lang.t("watch-next")),
                Col::tight(lang.t("plan-state")),
            ],
        );
        for one in self.owed {
            let task = &one.task;
            let link = links::plan::task(self.slug, &task.code);
            let heard = task.heard.map(|at| lang.moment(at, self.zone)).unwrap_or_default();
            let state = match one.missed {
                Some(due) => {
                    Badge::new(lang.with("watch-missing", &[("due", lang.moment(due, self.zone).into())]), Tone::Bad)
                        .marked()
                }
                None => Badge::new(lang.t("watch-in-time"), Tone::Good).marked(),
            };
            let cells = vec![
                cell_lines(
                    html! { a href=(link) { span.code { (task.code) } " " (task.name.get(lang.locale())) } },
                    &lang.term("plan-phase", task.phase.code()),
                ),
                html! { @if task.owner_name.is_empty() { (lang.term("plan-function", task.role.code())) } @else { (task.owner_name) } },
                html! { (lang.percent(f64::from(task.percent) / 100.0)) },
                html! { (heard) },
                html! { @if let Some(next) = one.next { (lang.moment(next, self.zone)) } },
                state.render(),
            ];
            table.row_marked(cells, if one.missed.is_some() { "is-late" } else { "" });
        }
        table.render()
    }

    fn rhythm(&self, lang: Lang, rhythm: &Rhythm) -> Markup {
        let phase = rhythm.phase.code();
        let refused = self.refused.as_ref().filter(|(of, _)| of == phase).map(|(_, state)| state.clone());
        let is_open = refused.is_some();
        let state = refused.unwrap_or_else(|| FormState::of(&RhythmDraft::of(rhythm)));
        let body = html! {
            p.card-pad { (words(lang, rhythm)) }
            @if self.may_edit {
                details.card-pad open[is_open] {
                    summary { (lang.t("watch-rhythm-set")) }
                    (self.form(lang, phase, &state))
                }
            }
        };
        let usual = html! { @if rhythm.version == 0 { (Badge::new(lang.t("watch-rhythm-usual"), Tone::Neutral)) } };
        card(&lang.term("plan-phase", phase), &usual, &body)
    }

    fn form(&self, lang: Lang, phase: &str, state: &FormState) -> Markup {
        let fields = state.fields(lang);
        let every = || options(lang, "rhythm-every", Every::ALL.iter().map(|one| one.code()));
        let days =
            (1..=7).map(|day: u32| Choice::new(day.to_string(), lang.term("weekday", &day.to_string()))).collect();
        html! {
            @if !state.is_clean() { (fields.summary()) }
            form.form method="post" action=(links::watch::rhythm(self.slug)) {
                input type="hidden" name="phase" value=(phase);
                (fields.hidden("version"))
                (prefixed(phase, fields.select("every", "rhythm-every-label", every()).required()))
                (prefixed(phase, fields.select("weekday", "rhythm-weekday", days).hint("rhythm-weekday-hint").required()))
                (prefixed(phase, fields.time("due", "rhythm-due").hint("rhythm-due-hint").required()))
                (prefixed(phase, fields.number("grace", "rhythm-grace").hint("rhythm-grace-hint").unit(lang.t("rhythm-minutes")).min(0).max(10_080).required()))
                (prefixed(phase, fields.time("from", "rhythm-from").hint("rhythm-from-hint").required()))
                (prefixed(phase, fields.time("until", "rhythm-until").required()))
                (prefixed(phase, fields.number("closing_days", "rhythm-closing-days").hint("rhythm-closing-days-hint").min(0).max(365).required()))
                (prefixed(phase, fields.select("closing_every", "rhythm-closing-every", every()).required()))
                div.form-actions { (Button::submit(lang.t("component-save"))) }
            }
        }
    }
}

/// The forms of several phases stand on one page: ids carry the phase.
fn prefixed(phase: &str, field: crate::components::Field) -> crate::components::Field {
    field.within(phase)
}

/// A rhythm as a sentence.
fn words(lang: Lang, one: &Rhythm) -> String {
    let every = |every: Every| match every {
        Every::Never => lang.t("rhythm-never"),
        Every::Weekly => lang.with(
            "rhythm-weekly",
            &[("day", lang.term("weekday", &one.weekday.to_string()).into()), ("time", clock(one.due).into())],
        ),
        Every::Daily => lang.with("rhythm-daily", &[("time", clock(one.due).into())]),
        Every::Hourly => {
            lang.with("rhythm-hourly", &[("from", clock(one.from).into()), ("until", clock(one.until).into())])
        }
    };
    let mut words = every(one.every);
    if one.closing_days > 0 && one.closing_every != one.every {
        let near = [("days", one.closing_days.into()), ("every", every(one.closing_every).into())];
        words.push_str(&lang.with("rhythm-closing", &near));
    }
    words.push_str(&lang.with("rhythm-grace-words", &[("time", lang.minutes(one.grace).into())]));
    words
}

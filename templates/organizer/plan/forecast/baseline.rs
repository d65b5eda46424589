//! One baseline beside the present plan: what moved, what came and what went.

use chrono_tz::Tz;
use domain::plan::baseline::{Baseline, Change, Compared, Comparison, Stretch};
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::baselines::{kind, show};
use super::{Part, parts};
use crate::components::{Button, Col, Tab, Table, Tile, empty_state, tabs, tiles};
use crate::organizer::plan::words::{self, View};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// A baseline compared.
pub struct BaselinePage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The baseline.
    pub baseline: &'a Baseline,
    /// Who took it.
    pub by: &'a str,
    /// Both plans, task by task.
    pub comparison: &'a Comparison,
    /// Only tasks that fared so; everything that changed when nothing is named.
    pub only: Option<Change>,
    /// Unchanged tasks too.
    pub all: bool,
    /// Where days begin.
    pub zone: Tz,
    /// May choose.
    pub may_edit: bool,
    /// May download.
    pub may_export: bool,
}

/// The comparison as cells of text.
pub struct BaselineSheet {
    /// Headings.
    pub head: Vec<String>,
    /// A line for each task.
    pub rows: Vec<Vec<String>>,
}

impl BaselinePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let rows: Vec<&Compared> = self.comparison.rows.iter().filter(|row| self.shows(row)).collect();
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Baselines))
                p.muted { (self.baseline.reason) }
                (self.figures(lang))
                (self.filter(lang))
                @if rows.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::CheckCircle, &lang.t("baseline-unchanged"), &lang.t("baseline-unchanged-hint"), &none))
                } @else { (self.table(lang, &rows)) }
            }
        };
        let actions = html! {
            @if self.may_edit { (show(lang, self.slug, self.baseline)) }
            @if self.may_export {
                (Button::link(lang.t("plan-export-csv"), links::plan::baseline_export(self.slug, self.baseline.number)).icon(Icon::Download).download())
            }
        };
        let taken = lang.instant(self.baseline.taken_at, self.zone);
        let line = html! {
            (kind(lang, self.baseline.kind)) " "
            (lang.with("baseline-line", &[("number", self.baseline.number.into()), ("at", taken.into()), ("revision", self.baseline.revision.into())]))
            @if !self.by.is_empty() { " · " (self.by) }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell
            .page(self.baseline.name.get(lang.locale()))
            .subtitle(line)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("baseline-title"), links::plan::baselines(self.slug))
            .actions(actions)
            .tabs(views)
            .wide()
            .body(&body)
    }

    fn shows(&self, row: &Compared) -> bool {
        match self.only {
            Some(only) => row.change == only,
            None => self.all || row.change != Change::Same,
        }
    }

    fn figures(&self, lang: Lang) -> Markup {
        let comparison = self.comparison;
        let room = |room: Option<i64>| room.map_or_else(|| "–".to_owned(), |room| words::days(lang, room));
        let then = lang.with("baseline-then", &[("value", room(comparison.room_then).into())]);
        let tone = match (comparison.room_then, comparison.room_now) {
            (_, Some(now)) if now < 0 => Tone::Bad,
            (Some(then), Some(now)) if now < then => Tone::Warn,
            (Some(_), Some(_)) => Tone::Good,
            _ => Tone::Neutral,
        };
        let count = |change: Change| lang.number(comparison.count(change) as i64);
        let worst = lang.with("baseline-worst", &[("time", words::days(lang, comparison.worst()).into())]);
        tiles(&[
            Tile::new(lang.t("plan-room"), room(comparison.room_now)).hint(then).icon(Icon::Hourglass).tone(tone),
            Tile::new(lang.term("baseline-change", "later"), count(Change::Later)).hint(worst).icon(Icon::ArrowRight),
            Tile::new(lang.term("baseline-change", "earlier"), count(Change::Earlier)).icon(Icon::ArrowLeft),
            Tile::new(lang.term("baseline-change", "added"), count(Change::Added)).icon(Icon::Plus),
            Tile::new(lang.term("baseline-change", "removed"), count(Change::Removed)).icon(Icon::Minus),
        ])
    }

    fn filter(&self, lang: Lang) -> Markup {
        let here = links::plan::baseline(self.slug, self.baseline.number);
        let changed = self.comparison.rows.len() - self.comparison.count(Change::Same);
        let mut all = vec![
            Tab::new(lang.t("baseline-changed"), here.clone(), self.only.is_none() && !self.all).count(changed as i64),
        ];
        for change in Change::ALL.iter().filter(|change| **change != Change::Same) {
            let link = here.clone().query(&[("only", change.code())]);
            let tab = Tab::new(lang.term("baseline-change", change.code()), link, self.only == Some(*change));
            all.push(tab.count(self.comparison.count(*change) as i64));
        }
        let link = here.query(&[("only", "all")]);
        all.push(Tab::new(lang.t("baseline-all"), link, self.all).count(self.comparison.rows.len() as i64));
        tabs(lang, &lang.t("baseline-filter"), &all)
    }

    fn table(&self, lang: Lang, rows: &[&Compared]) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::tight(lang.t("baseline-column-then")),
            Col::tight(lang.t("baseline-column-now")),
            Col::num(lang.t("baseline-column-start")),
            Col::num(lang.t("baseline-column-finish")),
            Col::num(lang.t("baseline-column-float-then")),
            Col::num(lang.t("baseline-column-float-now")),
            Col::tight(lang.t("baseline-column-change")),
        ];
        let mut table = Table::new(lang.t("baseline-title"), cols);
        let mut group = None;
        for row in rows {
            if group != Some(row.phase) {
                group = Some(row.phase);
                table.group(html! { (lang.term("plan-phase", row.phase.code())) });
            }
            table.row_marked(self.cells(lang, row), if row.change == Change::Later { "is-late" } else { "" });
        }
        table.render()
    }

    fn cells(&self, lang: Lang, row: &Compared) -> Vec<Markup> {
        let days = |one: Option<Stretch>| {
            html! {
                @match one { Some(one) => (lang.date_range(one.starts_on, one.ends_on)), None => span.muted { "–" } }
            }
        };
        let float = |one: Option<Stretch>| {
            html! {
                @match one {
                    Some(one) => { (words::days(lang, one.float)) @if one.critical { " " (Badge::new(lang.t("plan-critical"), Tone::Warn)) } },
                    None => span.muted { "–" },
                }
            }
        };
        let both = row.then.is_some() && row.now.is_some();
        let by = |minutes: i64| {
            html! {
                @if !both { span.muted { "–" } } @else if minutes == 0 { "0" } @else { (words::shift(lang, minutes)) }
            }
        };
        vec![
            html! {
                @if row.now.is_some() { a.code href=(links::plan::task(self.slug, &row.code)) { (row.code) } }
                @else { span.code { (row.code) } }
            },
            html! { (row.name.get(lang.locale())) },
            days(row.then),
            days(row.now),
            by(row.start_by()),
            by(row.finish_by()),
            float(row.then),
            float(row.now),
            html! { (change(lang, row.change)) },
        ]
    }

    /// Every task as cells of text, in English dates that machines sort.
    pub fn sheet(&self, lang: Lang) -> BaselineSheet {
        let head = [
            "plan-column-code",
            "plan-column-task",
            "baseline-column-change",
            "baseline-sheet-start-then",
            "baseline-sheet-finish-then",
            "baseline-sheet-start-now",
            "baseline-sheet-finish-now",
            "baseline-sheet-start-by",
            "baseline-sheet-finish-by",
            "baseline-sheet-float-then",
            "baseline-sheet-float-now",
        ];
        let day = |one: Option<Stretch>, last: bool| {
            one.map(|one| if last { one.ends_on } else { one.starts_on }.to_string()).unwrap_or_default()
        };
        let number = |minutes: i64| format!("{:.2}", Compared::days(minutes));
        let float = |one: Option<Stretch>| one.map(|one| number(one.float)).unwrap_or_default();
        let rows = self.comparison.rows.iter().map(|row| {
            let both = row.then.is_some() && row.now.is_some();
            let by = |minutes: i64| if both { number(minutes) } else { String::new() };
            vec![
                row.code.clone(),
                row.name.get(lang.locale()).to_owned(),
                lang.term("baseline-change", row.change.code()),
                day(row.then, false),
                day(row.then, true),
                day(row.now, false),
                day(row.now, true),
                by(row.start_by()),
                by(row.finish_by()),
                float(row.then),
                float(row.now),
            ]
        });
        BaselineSheet { head: head.iter().map(|key| lang.t(key)).collect(), rows: rows.collect() }
    }
}

fn change(lang: Lang, change: Change) -> Badge {
    let tone = match change {
        Change::Later => Tone::Bad,
        Change::Earlier => Tone::Good,
        Change::Added => Tone::Info,
        Change::Removed => Tone::Warn,
        Change::Same => Tone::Neutral,
    };
    Badge::new(lang.term("baseline-change", change.code()), tone)
}

//! What holds a task or milestone: the chains that end in it, tightest first, with the room each of them has.

use domain::plan::Path;
use domain::plan::view::Board;
use maud::{Markup, Render, html};

use super::words;
use crate::components::{Button, Choice, Col, FilterBar, Table, callout, card};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// The page.
pub struct Paths<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub board: &'a Board,
    /// Index of the task the chains end in.
    pub target: usize,
    /// Chains with at most this much room are shown, in days.
    pub within_days: i64,
    /// The chains.
    pub paths: &'a [Path],
}

/// Rooms one may look within, in days.
pub const ROOMS: [i64; 5] = [0, 1, 3, 7, 14];

impl Paths<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let row = &self.board.rows[self.target];
        let body = html! {
            div.stack {
                (self.filter(lang))
                @if self.paths.iter().all(|path| path.activities.len() < 2) {
                    @let words = html! { p { (lang.t("paths-none")) } };
                    (callout(Tone::Info, "", &words))
                }
                @for path in self.paths.iter().filter(|path| path.activities.len() > 1) { (self.path(lang, path)) }
            }
        };
        let name = row.name.get(lang.locale());
        shell
            .page(lang.with("paths-title", &[("code", row.code.as_str().into())]))
            .subtitle(name)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(format!("{} {name}", row.code), links::plan::task(self.slug, &row.code))
            .actions(
                Button::link(lang.t("component-back"), links::plan::task(self.slug, &row.code)).icon(Icon::ArrowLeft),
            )
            .body(&body)
    }

    fn filter(&self, lang: Lang) -> Markup {
        let ends = self
            .board
            .rows
            .iter()
            .map(|row| Choice::new(&row.code, format!("{} {}", row.code, row.name.get(lang.locale()))));
        let rooms = ROOMS
            .iter()
            .map(|days| Choice::new(days.to_string(), lang.with("paths-days", &[("count", (*days).into())])));
        FilterBar::new(lang, links::plan::paths(self.slug))
            .select("to", lang.t("paths-to"), ends.collect(), &self.board.rows[self.target].code)
            .select("within", lang.t("paths-within"), rooms.collect(), &self.within_days.to_string())
            .render()
    }

    fn path(&self, lang: Lang, path: &Path) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::tight(lang.t("paths-when")),
            Col::num(lang.t("paths-float")),
        ];
        let mut table = Table::new(lang.t("paths-chain"), cols);
        for &at in &path.activities {
            let row = &self.board.rows[at];
            let float = self.board.computed.schedule.total_float[at];
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, &row.code)) { (row.code) } },
                html! { (row.name.get(lang.locale())) },
                html! { (words::span(lang, row.start, row.finish)) },
                html! { (lang.minutes(float)) },
            ]);
        }
        let (tone, text) = match path.room {
            0 => (Tone::Bad, lang.t("paths-critical")),
            room => (Tone::Warn, lang.with("paths-room", &[("time", lang.minutes(room).into())])),
        };
        card(&lang.t("paths-chain"), &Badge::new(text, tone), &table.render())
    }
}

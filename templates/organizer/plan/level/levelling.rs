//! Levelling: what was asked for, how far it is, what it proposes and why; accepted whole or move by
//! move, or discarded.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::plan::axis;
use domain::plan::level::plan::levelling::{BUDGET, Levelling, LevellingState};
use domain::plan::level::plan::propose::{LevelMove, Overload, Proposal};
use domain::plan::view::{Head, Preview};
use maud::{Markup, Render, html};

use super::lacking::{lack, overloads};
use crate::components::{Button, Col, Table, Tile, callout, card, empty_state, progress, tiles};
use crate::organizer::plan::preview::effect;
use crate::organizer::plan::words::{self, View};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// All levellings of a plan.
pub struct Levellings<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// Newest first, each with the name of who asked.
    pub all: &'a [(Levelling, String)],
    /// What crews and places lack by the plan as it is.
    pub overloads: &'a [Overload],
    /// A levelling being asked for.
    pub form: FormState,
    /// Where days begin.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// May change the plan.
    pub may_edit: bool,
}

fn state(lang: Lang, one: &Levelling, now: DateTime<Utc>) -> Badge {
    if one.is_lost(now) {
        return Badge::new(lang.term("level-state", "failed"), Tone::Bad);
    }
    let tone = match one.state {
        LevellingState::Queued | LevellingState::Discarded | LevellingState::Cancelled => Tone::Neutral,
        LevellingState::Running => Tone::Info,
        LevellingState::Proposed => Tone::Accent,
        LevellingState::Accepted => Tone::Good,
        LevellingState::Failed => Tone::Bad,
    };
    Badge::new(lang.term("level-state", one.state.code()), tone)
}

impl Levellings<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let tone = if self.overloads.is_empty() { Tone::Good } else { Tone::Warn };
        let count = [("count", (self.overloads.len() as i64).into())];
        let none = html! {};
        let hint = html! {
            p { (lang.t("level-hint")) }
            @if !self.overloads.is_empty() {
                details { summary { (lang.t("level-overloads-show")) } (overloads(lang, self.slug, self.overloads)) }
            }
        };
        let body = html! {
            div.stack {
                (callout(tone, &lang.with("level-overloads", &count), &hint))
                @if self.may_edit { (self.ask(lang)) }
                @if self.all.is_empty() {
                    (empty_state(Icon::Hourglass, &lang.t("level-none"), &lang.t("level-none-hint"), &none))
                } @else { (self.table(lang)) }
            }
        };
        let views = words::views(lang, self.slug, View::Crews, self.head.counts.deviations);
        shell
            .page(lang.t("level-title"))
            .crumb(lang.t("crew-title"), links::level::crews(self.slug))
            .tabs(views)
            .body(&body)
    }

    fn ask(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        let inner = html! {
            @if !self.form.is_clean() { (fields.summary()) }
            form.form method="post" action=(links::level::levellings(self.slug)) {
                (fields.number("budget", "level-budget").min(1).max(100_000).placeholder(lang.number(BUDGET.cast_signed())).hint("level-budget-hint"))
                (fields.number("seed", "level-seed").min(1).placeholder("1").hint("level-seed-hint"))
                div.form-actions { (Button::submit(lang.t("level-ask")).icon(Icon::Play)) }
            }
        };
        card(&lang.t("level-new"), &html! {}, &inner)
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::main(lang.t("level-asked-at")),
            Col::new(lang.t("level-asked-by")),
            Col::tight(lang.t("level-standing")),
            Col::num(lang.t("level-built")),
            Col::num(lang.t("level-moves")),
        ];
        let mut table = Table::new(lang.t("level-title"), cols);
        for (one, by) in self.all {
            let moves = one.proposal.as_ref().map(|proposal| proposal.moves.len() as i64);
            table.row(vec![
                html! { a href=(links::level::levelling(self.slug, one.id)) { (lang.instant(one.asked_at, self.zone)) } },
                html! { (by) },
                html! { (state(lang, one, self.now)) },
                html! { (lang.number(one.built.cast_signed())) },
                html! { @if let Some(moves) = moves { (lang.number(moves)) } @else { "–" } },
            ]);
        }
        table.render()
    }
}

/// One levelling.
pub struct LevellingPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The levelling.
    pub one: &'a Levelling,
    /// Name of who asked.
    pub asked_by: &'a str,
    /// Name of who decided.
    pub decided_by: &'a str,
    /// What accepting the chosen moves would do; `None` when it cannot be accepted.
    pub preview: Option<&'a Preview>,
    /// Codes of the chosen moves; all when `None`.
    pub chosen: Option<&'a [String]>,
    /// What was refused.
    pub form: FormState,
    /// The plan has changed since.
    pub outdated: bool,
    /// Where days begin.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// May change the plan.
    pub may_edit: bool,
}

impl LevellingPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let one = self.one;
        let body = html! {
            @if one.is_open(self.now) {
                div data-live=(links::level::events(self.slug, one.id)) { (self.part(lang)) }
            } @else { (self.part(lang)) }
        };
        let subtitle = html! {
            div.cluster {
                (state(lang, one, self.now))
                span.muted { (lang.with("level-asked", &[("name", self.asked_by.into()), ("at", lang.instant(one.asked_at, self.zone).into())])) }
            }
        };
        shell
            .page(lang.t("level-one"))
            .subtitle(subtitle)
            .crumb(lang.t("crew-title"), links::level::crews(self.slug))
            .crumb(lang.t("level-title"), links::level::levellings(self.slug))
            .wide()
            .body(&body)
    }

    /// What is drawn anew while it runs.
    pub fn part(&self, lang: Lang) -> Markup {
        let one = self.one;
        html! {
            div.stack #levelling {
                @if !self.form.is_clean() { (self.form.fields(lang).summary()) }
                @if one.is_open(self.now) { (self.running(lang)) }
                @if one.state == LevellingState::Failed || one.is_lost(self.now) {
                    @let hint = html! { p { (lang.t("level-failed-hint")) } };
                    (callout(Tone::Bad, &lang.t("level-failed"), &hint))
                }
                @if let Some(proposal) = &one.proposal { (self.proposal(lang, proposal)) }
            }
        }
    }

    fn running(&self, lang: Lang) -> Markup {
        let one = self.one;
        let standing = one.standing;
        let hours = |minutes: f64| lang.minutes((minutes / 60.0).round() as i64 * 60);
        let body = html! {
            p role="status" { (lang.with("level-progress", &[("built", one.built.cast_signed().into()), ("budget", one.budget.cast_signed().into())])) }
            (progress(lang, one.built.cast_signed(), one.budget.cast_signed(), Tone::Info))
            @if let Some(standing) = standing {
                p.muted { (lang.with("level-best", &[("late", hours(standing.late).into()), ("moved", hours(standing.moved).into())])) }
            }
            @if one.stop { p.muted { (lang.t("level-stopping")) } }
            @else if self.may_edit {
                (Button::post(lang.t("level-stop"), links::level::act(self.slug, one.id, "stop")).plain().icon(Icon::Pause))
                " " span.muted { (lang.t("level-stop-hint")) }
            }
        };
        card(&lang.t("level-running"), &html! {}, &body)
    }

    fn proposal(&self, lang: Lang, proposal: &Proposal) -> Markup {
        let open = self.one.state == LevellingState::Proposed;
        html! {
            (self.figures(lang, proposal))
            @if self.outdated && open {
                @let hint = html! { p { (lang.t("level-outdated-hint")) } };
                (callout(Tone::Warn, &lang.t("level-outdated"), &hint))
            }
            @if let Some(at) = self.one.decided_at {
                p.muted { (lang.with("level-decided", &[
                    ("what", lang.term("level-state", self.one.state.code()).into()),
                    ("name", self.decided_by.into()),
                    ("at", lang.instant(at, self.zone).into()),
                ])) }
            }
            @if !proposal.left.is_empty() {
                (callout(Tone::Warn, &lang.t("level-left"), &overloads(lang, self.slug, &proposal.left)))
            }
            @if proposal.moves.is_empty() { p { (lang.t("level-nothing")) } } @else { (self.moves(lang, proposal, open)) }
            @if open && self.may_edit { (self.discard(lang)) }
            @if let Some(preview) = self.preview {
                (card(&lang.t("level-effect"), &html! {}, &effect(lang, self.slug, preview)))
            }
        }
    }

    fn figures(&self, lang: Lang, proposal: &Proposal) -> Markup {
        let solved = proposal.before.len().saturating_sub(proposal.left.len());
        let of = lang.with("level-solved-of", &[("count", (proposal.before.len() as i64).into())]);
        let mut all = vec![
            Tile::new(lang.t("level-solved"), lang.number(solved as i64))
                .hint(of)
                .icon(Icon::CheckCircle)
                .tone(Tone::Good),
            Tile::new(lang.t("level-moves"), lang.number(proposal.moves.len() as i64))
                .hint(lang.with("level-follow", &[("count", (proposal.follow as i64).into())]))
                .icon(Icon::ArrowRight),
            Tile::new(lang.t("level-built"), lang.number(proposal.built.cast_signed()))
                .hint(lang.with("level-seed-was", &[("seed", self.one.seed.to_string().into())]))
                .icon(Icon::Activity),
        ];
        // Once the show is open there is no room before it any more.
        if let Some((before, after)) = proposal.room_before.zip(proposal.room_after) {
            let tile = Tile::new(lang.t("plan-room"), lang.minutes(after))
                .hint(lang.with("level-room-before", &[("room", lang.minutes(before).into())]))
                .icon(Icon::Flag)
                .tone(if after < before { Tone::Warn } else { Tone::Good });
            all.insert(2, tile);
        }
        tiles(&all)
    }

    fn moves(&self, lang: Lang, proposal: &Proposal, open: bool) -> Markup {
        let choosing = open && self.may_edit && !self.outdated;
        let mut cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::tight(lang.t("plan-preview-now")),
            Col::tight(lang.t("plan-preview-then")),
            Col::num(lang.t("plan-preview-by")),
            Col::main(lang.t("level-why")),
            Col::tight(lang.t("level-how")),
            Col::num(lang.t("level-cost")),
        ];
        if choosing {
            cols.insert(0, Col::tight(lang.t("level-choose")));
        }
        let mut table = Table::new(lang.t("level-moves"), cols);
        for one in &proposal.moves {
            let mut cells = self.cells(lang, one);
            if choosing {
                let on = self.chosen.is_none_or(|codes| codes.contains(&one.code));
                let words = lang.with("level-choose-one", &[("code", one.code.as_str().into())]);
                cells.insert(
                    0,
                    html! { input type="checkbox" name="moves" value=(one.code) checked[on] aria-label=(words); },
                );
            }
            table.row(cells);
        }
        if !choosing {
            return card(&lang.t("level-moves"), &html! {}, &table.render());
        }
        let inner = html! {
            form method="post" action=(links::level::act(self.slug, self.one.id, "accept")) {
                input type="hidden" name="version" value=(self.one.version);
                (table)
                div.form-actions {
                    (Button::submit(lang.t("level-accept")).value("act", "accept").icon(Icon::Check))
                    (Button::submit(lang.t("level-preview")).value("act", "preview").plain().icon(Icon::Eye))
                }
            }
        };
        card(&lang.t("level-moves"), &html! {}, &inner)
    }

    fn cells(&self, lang: Lang, one: &LevelMove) -> Vec<Markup> {
        let conflict = &one.conflict;
        let how = match &one.after_code {
            Some(code) => {
                html! { span { (lang.t("level-soft-link")) " " a.code href=(links::plan::task(self.slug, code)) { (code) } } }
            }
            None => html! { (lang.t("level-not-before")) },
        };
        let cost = one.cost();
        vec![
            html! { a.code href=(links::plan::task(self.slug, &one.code)) { (one.code) } },
            html! { (lang.day(axis::day_of(one.from))) },
            html! { (lang.day(axis::day_of(one.to))) },
            html! { (words::shift(lang, one.to - one.from)) },
            html! {
                (lack(lang, self.slug, conflict))
            },
            how,
            html! {
                @if cost > 0 { (lang.minutes(cost)) } @else { (lang.t("level-cost-none")) }
                @if one.float_after < 0 { " " (Badge::new(lang.t("level-late"), Tone::Bad)) }
            },
        ]
    }

    fn discard(&self, lang: Lang) -> Markup {
        html! {
            form method="post" action=(links::level::act(self.slug, self.one.id, "discard")) {
                input type="hidden" name="version" value=(self.one.version);
                (Button::submit(lang.t("level-discard")).plain().icon(Icon::Trash))
            }
        }
    }
}

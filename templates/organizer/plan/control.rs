//! The control board: every task in the column of its state, moved by buttons where a step is allowed. What is
//! refused is listed; the board draws itself anew while others work.

use domain::Refusal;
use domain::plan::TaskState;
use domain::plan::view::{Head, Person, Row};
use maud::{Markup, html};

use super::words::{self, View};
use crate::components::{Button, Choice, FilterBar, callout, options};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// What the board shows; lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ControlFilter {
    /// Phase code.
    pub phase: String,
    /// User id, or `none`.
    pub owner: String,
    /// Name or kind of a place.
    pub place: String,
}

impl ControlFilter {
    fn pairs(&self) -> [(&str, &str); 3] {
        [("phase", &self.phase), ("owner", &self.owner), ("place", &self.place)]
    }
}

/// A card.
pub struct Card<'a> {
    /// The task.
    pub row: &'a Row,
    /// The steps this viewer may take now: `start`, `submit`, `check`, `confirm`, `block`, `unblock`.
    pub steps: Vec<&'static str>,
    /// Conditions that keep it from beginning.
    pub unmet: usize,
}

/// The board.
pub struct Control<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The cards, in plan order.
    pub cards: Vec<Card<'a>>,
    /// What is shown.
    pub filter: &'a ControlFilter,
    /// Everyone who owns a task.
    pub owners: Vec<&'a Person>,
    /// Phases of the plan, by code.
    pub phases: Vec<&'static str>,
    /// Places and kinds of place.
    pub places: Vec<(String, String)>,
    /// What was refused, of which task.
    pub refused: Option<(String, Vec<Refusal>)>,
}

/// A column: its word, and the states it holds.
const COLUMNS: &[(&str, &[TaskState])] = &[
    ("planned", &[TaskState::Draft, TaskState::Planned]),
    ("ready", &[TaskState::Ready]),
    ("in_progress", &[TaskState::InProgress]),
    ("submitted", &[TaskState::Submitted]),
    ("checking", &[TaskState::Checking]),
    ("rework", &[TaskState::Rejected, TaskState::Rework]),
    ("accepted", &[TaskState::Accepted]),
    ("confirmed", &[TaskState::Confirmed]),
    ("blocked", &[TaskState::Blocked]),
];

/// Cards of a column that are drawn; the rest is a link into the overview.
const MOST: usize = 40;

impl Control<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let pairs = self.filter.pairs();
        let body = html! {
            div.stack {
                (self.filters(lang))
                @if let Some((code, refusals)) = &self.refused {
                    @let list = html! { ul { @for one in refusals { li { (lang.refusal(one)) } } } };
                    (callout(Tone::Bad, &lang.with("control-refused", &[("code", code.as_str().into())]), &list))
                }
                div data-live=(links::control::events(self.slug).query(&pairs)) { (self.board(lang)) }
            }
        };
        let views = words::views(lang, self.slug, View::Control, self.head.counts.deviations);
        shell.page(lang.t("control-title")).tabs(views).wide().body(&body)
    }

    fn filters(&self, lang: Lang) -> Markup {
        let phases = options(lang, "plan-phase", self.phases.iter().copied());
        let mut owners: Vec<Choice> =
            self.owners.iter().map(|person| Choice::new(person.id.to_string(), person.name.clone())).collect();
        owners.push(Choice::new("none", lang.t("plan-owner-none")));
        let places = self.places.iter().map(|(value, text)| Choice::new(value.clone(), text.clone())).collect();
        let bar = FilterBar::new(lang, links::control::board(self.slug))
            .select("phase", lang.t("plan-phase"), phases, &self.filter.phase)
            .select("owner", lang.t("plan-owner"), owners, &self.filter.owner)
            .select("place", lang.t("plan-place"), places, &self.filter.place);
        maud::Render::render(&bar)
    }

    /// The columns: what a live screen draws anew.
    pub fn board(&self, lang: Lang) -> Markup {
        html! {
            div.control-board id="control-board" tabindex="0" role="region" aria-label=(lang.t("control-title")) {
                @for (word, states) in COLUMNS {
                    @let cards: Vec<&Card> = self.cards.iter().filter(|card| states.contains(&card.row.state)).collect();
                    section.control-column data-state=(word) {
                        h2 { (lang.term("control-column", word)) " " span.count { (lang.number(i64::try_from(cards.len()).unwrap_or(0))) } }
                        ol {
                            @for card in cards.iter().take(MOST) { (self.card(lang, card)) }
                        }
                        @if cards.len() > MOST {
                            p.muted.small {
                                a href=(links::plan::home(self.slug).query(&[("state", states[0].code())])) { (lang.with("revise-more", &[("count", (cards.len() - MOST).into())])) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn card(&self, lang: Lang, card: &Card) -> Markup {
        let row = card.row;
        let class = if row.late {
            "is-late"
        } else if row.critical {
            "is-critical"
        } else {
            ""
        };
        html! {
            li.control-card class=[(!class.is_empty()).then_some(class)] id={ "card-" (row.code) } {
                a href=(links::plan::task(self.slug, &row.code)) { span.code { (row.code) } " " (row.name.get(lang.locale())) }
                p.muted.small { (lang.date_range(row.starts_on, row.ends_on)) " · " (words::owner(lang, row)) }
                @if row.late || row.deviations > 0 || card.unmet > 0 || row.round > 1 {
                    p.cluster {
                        @if row.late { (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) }
                        @if row.round > 1 { (Badge::new(lang.with("plan-round", &[("round", i64::from(row.round).into())]), Tone::Warn)) }
                        @if row.deviations > 0 { (Badge::new(lang.with("plan-deviations-count", &[("count", i64::from(row.deviations).into())]), Tone::Bad)) }
                        @if card.unmet > 0 { (Badge::new(lang.with("control-unmet", &[("count", card.unmet.into())]), Tone::Neutral)) }
                    }
                }
                @if !card.steps.is_empty() { div.control-steps { @for step in &card.steps { (self.step(lang, &row.code, step)) } } }
            }
        }
    }

    fn step(&self, lang: Lang, code: &str, step: &str) -> Markup {
        let hidden = html! {
            input type="hidden" name="act" value=(step);
            @for (name, value) in self.filter.pairs() { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
        };
        let word = lang.term("control-step", step);
        let to = links::control::step(self.slug, code);
        match step {
            "check" => {
                let button = Button::link(word, links::plan::task(self.slug, code)).small().icon(Icon::Ruler);
                html! { (button) }
            }
            "start" | "confirm" | "unblock" => {
                let icon = match step {
                    "start" => Icon::Play,
                    "confirm" => Icon::Shield,
                    _ => Icon::Check,
                };
                html! {
                    form method="post" action=(to) { (hidden) (Button::submit(word).small().plain().icon(icon)) }
                }
            }
            // A step that needs words.
            _ => {
                let (name, label) = if step == "submit" {
                    ("text", lang.t("plan-submit-text"))
                } else {
                    ("reason", lang.t("plan-reason"))
                };
                html! {
                    details {
                        summary.button.small { (word) }
                        form method="post" action=(to) {
                            (hidden)
                            label.field { span.sr-only { (label) } textarea name=(name) rows="2" required placeholder=(label) {} }
                            (Button::submit(word).small())
                        }
                    }
                }
            }
        }
    }
}

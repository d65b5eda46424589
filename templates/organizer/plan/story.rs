//! What moved and why, in sentences: the list of accepted changes, the page of one, and the same
//! words for mails, the interface and the question before a change is accepted.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::plan::story::{ChangeRecord, FieldChange, Moved, Story};
use domain::plan::view::{Head, Row};
use domain::{Bilingual, UserId};
use maud::{Markup, Render, html};

use super::words::{self, View};
use crate::components::{Button, Choice, Col, Pager, Table, card, empty_state};
use crate::{FormState, Icon, Lang, Shell, links};

/// Chains told in sentences; what is left is counted, and stands in the table.
const MOST_CHAINS: usize = 8;
/// Tasks told of one chain.
const MOST_IN_CHAIN: usize = 12;
/// Lines of the table.
const MOST_LINES: usize = 300;

/// A change told: first sentences, then parts under headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telling {
    /// The short of it, a paragraph each.
    pub lead: Vec<String>,
    /// Headings and what stands under them.
    pub parts: Vec<(String, Vec<String>)>,
}

impl Telling {
    /// All of it as paragraphs, headings included.
    pub fn paragraphs(&self) -> Vec<String> {
        let parts = self.parts.iter().flat_map(|(title, said)| std::iter::once(title).chain(said));
        self.lead.iter().chain(parts).cloned().collect()
    }
}

impl Render for Telling {
    fn render(&self) -> Markup {
        html! {
            @for said in &self.lead { p { (said) } }
            @for (title, said) in &self.parts {
                div.story-part {
                    p.story-head { (title) }
                    @if let [one] = &said[..] { p { (one) } } @else { ul { @for one in said { li { (one) } } } }
                }
            }
        }
    }
}

fn quoted(lang: Lang, code: &str, name: &Bilingual) -> String {
    let name = name.get(lang.locale());
    if name.is_empty() {
        return code.to_owned();
    }
    lang.with("story-task", &[("code", code.into()), ("name", name.into())])
}

fn days(lang: Lang, days: (NaiveDate, NaiveDate)) -> String {
    lang.date_range(days.0, days.1)
}

/// Who changed what, as a sentence.
pub fn cause(lang: Lang, zone: Tz, change: &ChangeRecord, rows: &[Row]) -> String {
    let name = |code: &str| rows.iter().find(|row| row.code == code).map(|row| row.name.clone()).unwrap_or_default();
    let who = change.by.as_ref().map_or_else(|| lang.t("story-system"), |(_, name)| name.clone());
    let when = lang.moment(change.at, zone);
    let by = [("who", who.as_str().into()), ("when", when.as_str().into())];
    let said = |key: &str, what: String| {
        lang.with(key, &[("who", who.as_str().into()), ("when", when.as_str().into()), ("what", what.into())])
    };
    let own = |edit: &&(String, Vec<FieldChange>)| edit.0 == change.reason;
    match change.edits.iter().find(own).or(change.edits.first()) {
        Some((code, fields)) if !fields.is_empty() && change.edits.len() == 1 => {
            let fields: Vec<String> = fields.iter().map(|one| field(lang, one)).collect();
            let task = quoted(lang, code, &name(code));
            lang.with(
                "story-changed",
                &[
                    ("who", who.as_str().into()),
                    ("when", when.as_str().into()),
                    ("task", task.into()),
                    ("fields", lang.list(&fields).into()),
                ],
            )
        }
        Some((_, _)) if change.edits.len() > 1 => {
            let codes: Vec<String> = change.edits.iter().map(|(code, _)| code.clone()).collect();
            said("story-changed-several", lang.list(&codes))
        }
        _ => match change.reason.as_str() {
            "opening" => lang.with("story-by-opening", &by),
            "data_date" => lang.with("story-by-data-date", &by),
            code if rows.iter().any(|row| row.code == code) => said("story-by-task", quoted(lang, code, &name(code))),
            other => {
                // `scenario 3`, `undo-bulk`: a word, and a number or more of the machine's own.
                let (word, rest) = other.split_once([' ', '-']).unwrap_or((other, ""));
                let number = if rest.parse::<u32>().is_ok() { format!(" {rest}") } else { String::new() };
                let what = match lang.term_opt("story-cause", word) {
                    Some(known) => known + &number,
                    None => other.to_owned(),
                };
                said("story-by-other", what)
            }
        },
    }
}

/// One changed field. Long texts are only named.
fn field(lang: Lang, change: &FieldChange) -> String {
    let word = match change.field.as_str() {
        "duration_days" => "duration",
        "deadline_on" => "deadline",
        other => other,
    };
    let word = lang.term("plan-field", word);
    if matches!(change.field.as_str(), "objective" | "done_when") {
        return word;
    }
    let value = |text: &str| match (change.field.as_str(), text) {
        (_, "") => "–".to_owned(),
        ("constraint", code) => lang.term("plan-constraint", code),
        ("duration_days", days) => lang.with("story-days", &[("days", days.into())]),
        (_, text) => text.replace('T', " "),
    };
    format!("{}{} → {}", lang.label(&word), value(&change.before), value(&change.after))
}

/// A change told. `done`: it was accepted; otherwise it would move all this.
pub fn telling(lang: Lang, story: &Story, done: bool) -> Telling {
    let mut told = Telling::default();
    let done = if done { "yes" } else { "no" };
    let counts = [
        ("done", done.into()),
        ("count", story.moved.len().into()),
        ("later", story.later.into()),
        ("earlier", story.earlier.into()),
    ];
    told.lead.push(if story.moved.is_empty() { lang.t("story-none") } else { lang.with("story-moved", &counts) });
    if let Some(one) = story.furthest.map(|at| &story.moved[at]) {
        told.lead.push(lang.with(
            "story-furthest",
            &[
                ("done", done.into()),
                ("task", quoted(lang, &one.code, &one.name).into()),
                ("shift", words::shift(lang, one.by).into()),
                ("before", days(lang, one.before).into()),
                ("after", days(lang, one.after).into()),
            ],
        ));
    }
    told.lead.extend(opening(lang, story, done));
    if story.float_changes > 0 {
        told.lead.push(lang.with("story-float", &[("count", i64::from(story.float_changes).into())]));
    }
    told.parts = parts(lang, story, done);
    told
}

fn opening(lang: Lang, story: &Story, done: &str) -> Option<String> {
    let opening = story.opening?;
    let args = [
        ("done", done.into()),
        ("before", lang.minutes(opening.before).into()),
        ("after", lang.minutes(opening.after).into()),
        ("short", lang.minutes(-opening.after).into()),
    ];
    Some(match opening {
        one if one.after < 0 && one.before >= 0 => lang.with("story-opening-missed", &args),
        one if one.after < 0 => lang.with("story-opening-still-missed", &args),
        one if one.before < 0 => lang.with("story-opening-met", &args),
        one if one.after < one.before => lang.with("story-opening-tighter", &args),
        one if one.after > one.before => lang.with("story-opening-wider", &args),
        _ => lang.with("story-opening-same", &args),
    })
}

fn parts(lang: Lang, story: &Story, done: &str) -> Vec<(String, Vec<String>)> {
    let mut parts = Vec::new();
    let mut add = |title: String, said: Vec<String>| {
        if !said.is_empty() {
            parts.push((title, said));
        }
    };
    let mut chains: Vec<String> = story.chains.iter().take(MOST_CHAINS).map(|one| chain(lang, story, one)).collect();
    if story.chains.len() > MOST_CHAINS {
        chains.push(lang.with("story-chains-more", &[("count", (story.chains.len() - MOST_CHAINS).into())]));
    }
    add(lang.t("story-chains"), chains);
    let one = |at: &usize| {
        let moved = &story.moved[*at];
        lang.with(
            "story-milestone",
            &[
                ("task", quoted(lang, &moved.code, &moved.name).into()),
                ("shift", words::shift(lang, moved.by).into()),
                ("after", days(lang, moved.after).into()),
            ],
        )
    };
    add(lang.t("story-milestones"), story.milestones.iter().map(one).collect());
    let mut critical = Vec::new();
    let tasks = |places: &[usize]| -> Vec<String> {
        let shown =
            places.iter().take(MOST_IN_CHAIN).map(|at| quoted(lang, &story.moved[*at].code, &story.moved[*at].name));
        shown.collect()
    };
    for (key, places) in [("story-critical-now", &story.now_critical), ("story-critical-no-more", &story.eased)] {
        if !places.is_empty() {
            let args =
                [("done", done.into()), ("count", places.len().into()), ("tasks", lang.list(&tasks(places)).into())];
            critical.push(lang.with(key, &args));
        }
    }
    add(lang.t("story-critical"), critical);
    let said = |list: &[domain::plan::Breach]| list.iter().map(|one| words::breach(lang, one)).collect::<Vec<_>>();
    add(lang.t("story-breaks"), said(&story.breaches));
    add(lang.t("story-repairs"), said(&story.repaired));
    let mut changed = Vec::new();
    for (key, codes) in [("story-added", &story.added), ("story-removed", &story.removed)] {
        if !codes.is_empty() {
            changed.push(lang.with(key, &[("tasks", lang.list(codes).into())]));
        }
    }
    add(lang.t("story-tasks"), changed);
    parts
}

fn chain(lang: Lang, story: &Story, chain: &domain::plan::story::Chain) -> String {
    let said = |at: &usize| {
        let Moved { code, name, by, after, .. } = &story.moved[*at];
        lang.with(
            "story-step",
            &[
                ("task", quoted(lang, code, name).into()),
                ("shift", words::shift(lang, *by).into()),
                ("after", days(lang, *after).into()),
            ],
        )
    };
    let mut steps: Vec<String> = chain.told.iter().take(MOST_IN_CHAIN).map(said).collect();
    if chain.told.len() > MOST_IN_CHAIN {
        steps.push(lang.with("story-steps-more", &[("count", (chain.told.len() - MOST_IN_CHAIN).into())]));
    }
    let steps = steps.join(&lang.t("story-then"));
    if chain.codes.len() < 2 {
        return lang.with("story-itself", &[("steps", steps.into())]);
    }
    lang.with("story-chain", &[("chain", chain.codes.join(" → ").into()), ("steps", steps.into())])
}

/// The list of accepted changes.
pub struct Stories<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// What stands above.
    pub head: &'a Head,
    /// Tasks as they are today, for their names.
    pub rows: &'a [Row],
    /// Newest first.
    pub changes: &'a [ChangeRecord],
    /// There are older ones.
    pub more: bool,
    /// This is not the first page.
    pub paged: bool,
}

impl Stories<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let cols = vec![
            Col::tight(lang.t("story-revision")),
            Col::main(lang.t("story-what")),
            Col::num(lang.t("story-tasks-moved")),
            Col::tight(lang.t("plan-room")),
        ];
        let mut table = Table::new(lang.t("story-title"), cols);
        for change in self.changes {
            let to = links::plan::story(self.slug, change.revision);
            let room = change.delta.opening.map(|opening| {
                if opening.before == opening.after {
                    lang.minutes(opening.after)
                } else {
                    format!("{} → {}", lang.minutes(opening.before), lang.minutes(opening.after))
                }
            });
            table.row(vec![
                html! { (change.revision) },
                html! { a href=(to) { (cause(lang, self.zone, change, self.rows)) } },
                html! { (lang.number(i64::try_from(change.delta.moves.len()).unwrap_or(0))) },
                html! { (room.unwrap_or_else(|| "–".to_owned())) },
            ]);
        }
        let body = html! {
            div.stack {
                p.muted { (lang.t("story-hint")) }
                @if self.changes.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::History, &lang.t("story-empty"), &lang.t("story-empty-hint"), &none))
                } @else {
                    (table.render())
                    @let oldest = self.changes.last().map_or(0, |change| change.revision).to_string();
                    @let next = self.more.then(|| links::plan::stories(self.slug).query(&[("before", &oldest)]));
                    @let first = self.paged.then(|| links::plan::stories(self.slug));
                    (Pager::new(lang, self.changes.len()).first(first).next(next).render())
                }
            }
        };
        let views = words::views(lang, self.slug, View::Stories, self.head.counts.deviations);
        shell.page(lang.t("plan-title")).tabs(views).body(&body)
    }
}

/// One accepted change, told.
pub struct StoryPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// The change.
    pub change: &'a ChangeRecord,
    /// The same put in order.
    pub story: &'a Story,
    /// Tasks as they are today, for their names.
    pub rows: &'a [Row],
    /// Revisions before and after this one that can be read.
    pub beside: (Option<i32>, Option<i32>),
    /// Members of the team it can be sent to; nobody when the reader may not send.
    pub team: Vec<(UserId, String)>,
    /// What was typed into the mail form.
    pub form: FormState,
}

impl StoryPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let told = telling(lang, self.story, true);
        let body = html! {
            div.with-aside {
                div.stack {
                    article.card.story {
                        div.card-body {
                            p.story-cause { (cause(lang, self.zone, self.change, self.rows)) }
                            (told)
                        }
                    }
                }
                div.stack.screen-only {
                    @if !self.team.is_empty() { (card(&lang.t("story-send"), &html! {}, &self.mail(lang))) }
                    nav.story-beside aria-label=(lang.t("story-beside")) {
                        @if let Some(before) = self.beside.0 {
                            (Button::link(lang.t("story-before"), links::plan::story(self.slug, before)).small().icon(Icon::ArrowLeft))
                        }
                        @if let Some(after) = self.beside.1 {
                            (Button::link(lang.t("story-after"), links::plan::story(self.slug, after)).small().icon(Icon::ArrowRight))
                        }
                    }
                }
            }
            @if !self.story.moved.is_empty() { (self.table(lang)) }
        };
        let print = html! {
            button.button type="button" data-print hidden { (Icon::Printer) (lang.t("component-print")) }
        };
        shell
            .page(lang.with("story-of", &[("revision", self.change.revision.into())]))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("story-title"), links::plan::stories(self.slug))
            .actions(print)
            .body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::tight(lang.t("story-before-days")),
            Col::tight(lang.t("story-after-days")),
            Col::num(lang.t("plan-preview-by")),
            Col::new(lang.t("plan-preview-why")),
        ];
        let mut table = Table::new(lang.t("plan-preview-moves"), cols);
        for one in self.story.moved.iter().take(MOST_LINES) {
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, &one.code)) { (one.code) } },
                html! { (one.name.get(lang.locale())) },
                html! { (days(lang, one.before)) },
                html! { (days(lang, one.after)) },
                html! { (words::shift(lang, one.by)) },
                html! { span.small { (one.chain.join(" → ")) } },
            ]);
        }
        html! {
            (table.render())
            @if self.story.moved.len() > MOST_LINES {
                p.muted { (lang.with("story-lines-more", &[("count", (self.story.moved.len() - MOST_LINES).into())])) }
            }
        }
    }

    fn mail(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let team = self.team.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())).collect();
        html! {
            form.stack.story-mail method="post" action=(links::plan::send_story(self.slug, self.change.revision)) {
                (form.summary())
                (form.checks("to", "story-send-to", team).required())
                (form.textarea("note", "story-send-note").rows(3))
                div { (Button::submit(lang.t("story-send-button")).icon(Icon::Send)) }
            }
        }
    }
}

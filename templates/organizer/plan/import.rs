//! Bringing a table into the plan: choose a file, say what its columns are, look at every row and at what it would
//! move, then take it over.

use domain::plan::table::{Grid, ImportField, Line, Verdict};
use domain::plan::view::Preview;
use domain::{DocumentId, Refusal};
use maud::{Markup, Render, html};

use super::preview::effect;
use crate::components::{Button, Choice, Col, Table, Tile, callout, card, tiles};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// Choosing a file.
pub struct ImportStart<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What was refused.
    pub form: FormState,
}

impl ImportStart<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            form.form.narrow method="post" enctype="multipart/form-data" action=(links::revise::import(self.slug)) {
                (self.form.fields(lang).summary())
                p { (lang.t("table-hint")) }
                (self.form.fields(lang).file("file", "table-file").required().hint("table-file-hint"))
                div.form-actions {
                    (Button::submit(lang.t("table-read")).icon(Icon::Upload))
                    (Button::link(lang.t("component-cancel"), links::plan::home(self.slug)))
                }
            }
        };
        shell.page(lang.t("table-title")).crumb(lang.t("plan-title"), links::plan::home(self.slug)).body(&body)
    }
}

/// A judged table.
pub struct ImportPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The kept table.
    pub document: DocumentId,
    /// Its name.
    pub name: &'a str,
    /// Its cells.
    pub grid: &'a Grid,
    /// What each column fills.
    pub mapping: &'a [Option<ImportField>],
    /// The judged rows.
    pub lines: &'a [Line],
    /// What it would move.
    pub preview: &'a Preview,
    /// Revision of the plan it was judged against.
    pub revision: i32,
    /// What was refused.
    pub refusals: Vec<Refusal>,
}

/// Most rows that are shown one by one.
const MOST: usize = 400;

impl ImportPage<'_> {
    fn count(&self, is: impl Fn(&Verdict) -> bool) -> i64 {
        i64::try_from(self.lines.iter().filter(|line| is(&line.verdict)).count()).unwrap_or(i64::MAX)
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let rejected = self.count(|one| matches!(one, Verdict::Rejected(_)));
        let added = self.count(|one| matches!(one, Verdict::New));
        let changed = self.count(|one| matches!(one, Verdict::Changed(_)));
        let same = self.count(|one| matches!(one, Verdict::Unchanged));
        let state = FormState::new(&serde_json::json!({}), &self.refusals);
        let tone = |count: i64, tone: Tone| if count > 0 { tone } else { Tone::Neutral };
        let body = html! {
            div.stack {
                (state.fields(lang).summary())
                (tiles(&[
                    Tile::new(lang.t("table-new"), lang.number(added)).icon(Icon::Plus).tone(tone(added, Tone::Good)),
                    Tile::new(lang.t("table-changed"), lang.number(changed)).icon(Icon::Edit).tone(tone(changed, Tone::Accent)),
                    Tile::new(lang.t("table-unchanged"), lang.number(same)).icon(Icon::Check),
                    Tile::new(lang.t("table-rejected"), lang.number(rejected)).icon(Icon::XCircle).tone(tone(rejected, Tone::Bad)),
                ]))
                (self.take_over(lang, rejected, added + changed))
                (card(&lang.t("table-columns"), &html! {}, &self.columns(lang)))
                (card(&lang.t("plan-preview-title"), &html! {}, &effect(lang, self.slug, self.preview)))
                (self.rows(lang))
            }
        };
        shell
            .page(lang.t("table-title"))
            .subtitle(self.name)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("table-title"), links::revise::import(self.slug))
            .wide()
            .body(&body)
    }

    fn chosen(&self) -> Markup {
        html! {
            @for (at, field) in self.mapping.iter().enumerate() {
                input type="hidden" name=(format!("c{at}")) value=(field.map_or("", ImportField::code));
            }
        }
    }

    fn take_over(&self, lang: Lang, rejected: i64, wanted: i64) -> Markup {
        let address = links::revise::import_table(self.slug, self.document);
        let pairs: Vec<(String, &str)> = self
            .mapping
            .iter()
            .enumerate()
            .map(|(at, field)| (format!("c{at}"), field.map_or("-", ImportField::code)))
            .collect();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let words = html! {
            @if rejected > 0 { p { (lang.with("table-rejected-hint", &[("count", rejected.into())])) } }
            @else if wanted == 0 { p { (lang.t("table-nothing-hint")) } }
            @else { p { (lang.with("table-fine-hint", &[("count", wanted.into())])) } }
            form.actions method="post" action=(address) {
                (self.chosen())
                input type="hidden" name="revision" value=(self.revision);
                @if wanted > 0 && rejected == 0 { (Button::submit(lang.t("table-take")).value("mode", "all").icon(Icon::Check)) }
                @if wanted > 0 && rejected > 0 { (Button::submit(lang.t("table-take-rest")).value("mode", "skip").icon(Icon::Check)) }
                @if rejected > 0 {
                    (Button::link(lang.t("table-rejected-file"), links::revise::import_rejected(self.slug, self.document).query(&pairs)).icon(Icon::Download).download())
                }
                (Button::link(lang.t("table-other"), links::revise::import(self.slug)))
            }
        };
        callout(if rejected > 0 { Tone::Warn } else { Tone::Info }, "", &words)
    }

    fn columns(&self, lang: Lang) -> Markup {
        let mut choices = vec![Choice::new("-", lang.t("table-ignore"))];
        choices.extend(crate::components::options(
            lang,
            "table-field",
            ImportField::ALL.iter().map(|field| field.code()),
        ));
        html! {
            form.form.table-columns method="get" action=(links::revise::import_table(self.slug, self.document)) {
                @for (at, head) in self.grid.heads.iter().enumerate() {
                    @let chosen = self.mapping.get(at).copied().flatten().map_or("-", ImportField::code);
                    @let sample = self.grid.rows.iter().filter_map(|(_, cells)| cells.get(at)).find(|cell| !cell.is_empty());
                    div.field {
                        label for=(format!("field-c{at}")) { @if head.is_empty() { (lang.with("table-column", &[("number", (at + 1).into())])) } @else { (head) } }
                        @if let Some(sample) = sample { p.hint { (sample.chars().take(40).collect::<String>()) } }
                        select id=(format!("field-c{at}")) name=(format!("c{at}")) {
                            @for choice in &choices { option value=(choice.value) selected[choice.value == chosen] { (choice.text) } }
                        }
                    }
                }
                div.form-actions { (Button::submit(lang.t("table-judge")).plain().icon(Icon::Refresh)) }
            }
        }
    }

    fn rows(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("table-rows"),
            vec![
                Col::num(lang.t("table-line")),
                Col::tight(lang.t("plan-column-code")),
                Col::tight(lang.t("table-verdict")),
                Col::main(lang.t("table-why")),
            ],
        );
        let bad = |line: &&Line| matches!(line.verdict, Verdict::Rejected(_));
        let rest = |line: &&Line| matches!(line.verdict, Verdict::New | Verdict::Changed(_));
        let shown = self.lines.iter().filter(bad).chain(self.lines.iter().filter(rest));
        for line in shown.take(MOST) {
            table.row(vec![
                html! { (line.line) },
                html! { span.code { (line.code) } },
                verdict(lang, &line.verdict).render(),
                why(lang, &line.verdict),
            ]);
        }
        if table.is_empty() {
            return html! {};
        }
        html! {
            h2 { (lang.t("table-rows")) }
            (table)
            p.muted { (lang.with("table-shown", &[("most", MOST.into())])) }
        }
    }
}

fn verdict(lang: Lang, verdict: &Verdict) -> Badge {
    match verdict {
        Verdict::New => Badge::new(lang.t("table-new"), Tone::Good),
        Verdict::Changed(_) => Badge::new(lang.t("table-changed"), Tone::Accent),
        Verdict::Unchanged => Badge::new(lang.t("table-unchanged"), Tone::Neutral),
        Verdict::Rejected(_) => Badge::new(lang.t("table-rejected"), Tone::Bad),
    }
}

/// Why a row is rejected, or what it changes.
pub fn why_row(lang: Lang, verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Changed(fields) => fields.iter().map(|field| lang.term("revise-field", field)).collect(),
        Verdict::Rejected(refusals) => refusals
            .iter()
            .map(|one| {
                let words = lang.refusal(one);
                match one.field.as_deref().and_then(|field| lang.term_opt("table-field", field)) {
                    Some(field) => format!("{}{words}", lang.label(&field)),
                    None => words,
                }
            })
            .collect(),
        Verdict::New | Verdict::Unchanged => Vec::new(),
    }
}

fn why(lang: Lang, verdict: &Verdict) -> Markup {
    let words = why_row(lang, verdict);
    match verdict {
        Verdict::Rejected(_) => html! { @for one in &words { div { (one) } } },
        _ => html! { (lang.list(&words)) },
    }
}

//! The links of one task, each as a form: type, lag of each kind, most it may lag, when it lets go.

use domain::plan::network::LinkKind;
use domain::plan::revision::LinkDraft;
use domain::plan::task::{LagKind, LinkOrigin, Release};
use domain::plan::view::Row;
use maud::{Markup, html};

use crate::components::{Button, Field, card, options};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// One link as it stands.
pub struct LinkLine {
    /// As a form would leave it.
    pub draft: LinkDraft,
    /// Code and name of the other task.
    pub other: (String, String),
    /// The other task comes before this one.
    pub before: bool,
    /// Where it comes from.
    pub origin: LinkOrigin,
    /// Why it is there.
    pub reason: String,
}

/// The links of a task.
pub struct TaskLinks<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The task.
    pub row: &'a Row,
    /// Its links, those it waits by first.
    pub lines: Vec<LinkLine>,
    /// Codes and names of the tasks, to choose from while typing.
    pub codes: Vec<String>,
    /// The form of a new link, or of the one that was refused.
    pub form: FormState,
}

impl TaskLinks<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let name = self.row.name.get(lang.locale());
        let of = |before: bool| self.lines.iter().filter(move |line| line.before == before);
        let refused = self.form.value("id");
        let new = if refused.is_empty() { self.form.clone() } else { FormState::empty() };
        let before = self.form.value("to") == self.row.code || self.form.value("to").is_empty();
        let body = html! {
            div.stack {
                (self.form.fields(lang).summary())
                @for here in [true, false] {
                    @let title = if here { lang.t("plan-before") } else { lang.t("plan-after") };
                    (card(&title, &html! {}, &html! {
                        @if of(here).next().is_none() { p.muted { (lang.t("plan-links-none")) } }
                        @for line in of(here) { (self.line(lang, line, &refused)) }
                    }))
                }
                (card(&lang.t("revise-link-new"), &html! {}, &html! {
                    form.form.link-form method="post" action=(links::revise::task_links(self.slug, &self.row.code)) {
                        (new.fields(lang).select("side", "revise-link-side", options(lang, "revise-side", ["before", "after"])).value(if before { "before" } else { "after" }).required())
                        (self.other(lang, &new))
                        (fields(lang, &new, "new"))
                        div.form-actions { (Button::submit(lang.t("revise-link-add")).value("act", "save").icon(Icon::Plus)) }
                    }
                }))
            }
        };
        shell
            .page(lang.with("revise-links-title", &[("code", self.row.code.as_str().into())]))
            .subtitle(name)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(format!("{} {name}", self.row.code), links::plan::task(self.slug, &self.row.code))
            .body(&body)
    }

    /// The far end of a new link; a refusal at either end is its own.
    fn other(&self, lang: Lang, form: &FormState) -> Field {
        form.fields(lang).text("other", "revise-link-other").required().suggest(self.codes.clone())
    }

    fn line(&self, lang: Lang, line: &LinkLine, refused: &str) -> Markup {
        let state = if line.draft.id == refused { self.form.clone() } else { FormState::of(&line.draft) };
        let (code, name) = (&line.other.0, &line.other.1);
        let kind = lang.term("plan-link", &line.draft.kind);
        html! {
            details.link-line open[line.draft.id == refused] {
                summary {
                    span.code { (code) } " " (name)
                    span.muted { " · " (kind) }
                    @if !line.draft.lag.is_empty() { span.muted { " · " (lag(lang, &line.draft)) } }
                    @if line.origin != LinkOrigin::Logic { " " (Badge::new(lang.term("revise-origin", line.origin.code()), Tone::Info)) }
                }
                @if !line.reason.is_empty() { p.muted { (line.reason) } }
                @if line.origin == LinkOrigin::Derived {
                    p.muted { (lang.t("refusal-plan-link-derived")) }
                } @else {
                    form.form.link-form method="post" action=(links::revise::task_links(self.slug, &self.row.code)) {
                        input type="hidden" name="id" value=(line.draft.id);
                        input type="hidden" name="side" value=(if line.before { "before" } else { "after" });
                        input type="hidden" name="other" value=(code);
                        (fields(lang, &state, &format!("{code}-{}", line.draft.kind)))
                        div.form-actions { (Button::submit(lang.t("component-save")).value("act", "save")) }
                    }
                    form method="post" action=(links::revise::unlink(self.slug, &self.row.code)) {
                        input type="hidden" name="id" value=(line.draft.id);
                        (Button::submit(lang.t("revise-link-remove")).value("act", "save").icon(Icon::Trash).danger().small())
                    }
                }
            }
        }
    }
}

fn lag(lang: Lang, draft: &LinkDraft) -> String {
    let unit = lang.term("revise-lag-unit", &draft.lag_kind);
    format!("{} {unit}", draft.lag)
}

/// What a link is beside its ends; `of` keeps the forms of a page apart.
fn fields(lang: Lang, state: &FormState, of: &str) -> Markup {
    let form = state.fields(lang);
    let kinds = options(lang, "plan-link", LinkKind::ALL.iter().map(|kind| kind.code()));
    let lags = options(lang, "revise-lag-kind", LagKind::ALL.iter().map(|kind| kind.code()));
    let releases = options(lang, "revise-release", Release::ALL.iter().map(|one| one.code()));
    html! {
        (form.select("kind", "plan-link", kinds).value("fs").required().within(of))
        (form.text("lag", "revise-lag").hint("revise-lag-hint").within(of))
        (form.select("lag_kind", "revise-lag-kind", lags).value("working").required().within(of))
        (form.text("max_lag", "revise-max-lag").unit(lang.t("plan-unit-days")).within(of))
        (form.select("release", "revise-release", releases).value("accepted").required().hint("revise-release-hint").within(of))
    }
}

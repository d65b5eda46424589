//! One rule by location: its form, the links that follow from it as typed, and what they move.

use domain::plan::space::{LocationRule, RuleEffect, RuleLink};
use domain::plan::view::{Board, Preview};
use domain::venue::PlaceKind;
use maud::{Markup, html};

use super::super::preview::effect;
use crate::components::{Button, Choice, callout, card, options};
use crate::{FormState, Icon, Lang, Shell, Tone, links};

/// What a rule as typed comes to.
pub struct RuleAsk {
    /// Links and rings.
    pub effect: RuleEffect,
    /// What the links move.
    pub preview: Preview,
}

/// A rule, new or changed, with what it comes to.
pub struct RulePage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub board: &'a Board,
    /// The rule as it is kept; nothing for a new one.
    pub rule: Option<&'a LocationRule>,
    /// The rule as typed, and what is refused.
    pub form: FormState,
    /// What it comes to, where it can be read.
    pub ask: Option<RuleAsk>,
}

impl RulePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let (to, save, icon, title) = match self.rule {
            Some(rule) => (links::space::rule(self.slug, rule.id), "space-rule-save", Icon::Check, rule.reason.clone()),
            None => (links::space::rules(self.slug), "space-rule-add", Icon::Plus, lang.t("space-rule-new")),
        };
        let form = html! {
            form.form method="post" action=(to) {
                (self.form.fields(lang).hidden("version"))
                (fields(lang, self.board, &self.form))
                div.form-actions {
                    (Button::submit(lang.t(save)).icon(icon))
                    (Button::submit(lang.t("space-rule-look")).plain().value("act", "preview").icon(Icon::Eye))
                    (Button::link(lang.t("component-back"), links::space::rules(self.slug)))
                }
            }
        };
        let body = html! {
            (self.form.fields(lang).summary())
            div.with-aside {
                div.stack {
                    @if self.rule.is_some_and(|rule| !rule.on) {
                        @let words = html! { p { (lang.t("space-rule-off-hint")) } };
                        (callout(Tone::Info, "", &words))
                    }
                    @if let Some(ask) = &self.ask {
                        (card(&lang.t("space-rule-follow"), &html! {}, &self.follow(lang, &ask.effect)))
                        (effect(lang, self.slug, &ask.preview))
                    }
                }
                div.stack { (card(&lang.t("space-rule"), &html! {}, &form)) }
            }
        };
        shell
            .page(title)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("space-rules"), links::space::rules(self.slug))
            .wide()
            .body(&body)
    }

    /// The links that come, stay and go.
    fn follow(&self, lang: Lang, effect: &RuleEffect) -> Markup {
        let parts = [
            ("space-rule-links-added", &effect.added),
            ("space-rule-links-kept", &effect.kept),
            ("space-rule-links-removed", &effect.removed),
        ];
        html! {
            @if parts.iter().all(|(_, links)| links.is_empty()) { p { (lang.t("space-rule-links-none")) } }
            @for (words, links) in parts.iter().filter(|(_, links)| !links.is_empty()) {
                h3 { (lang.with(words, &[("count", links.len().into())])) }
                ul.space-rule-links { @for link in links.iter() { li { (self.pair(lang, link)) } } }
            }
        }
    }

    fn pair(&self, lang: Lang, link: &RuleLink) -> Markup {
        let task = |code: &str| {
            let name = self.board.find(code).map(|task| task.name.get(lang.locale()).to_owned()).unwrap_or_default();
            html! { a href=(links::plan::task(self.slug, code)) title=(name) { span.code { (code) } " " (name) } }
        };
        html! { (task(&link.from)) " → " (task(&link.to)) }
    }
}

/// The fields of a rule.
pub(super) fn fields(lang: Lang, board: &Board, state: &FormState) -> Markup {
    let fields = state.fields(lang);
    let holds = |kind| matches!(kind, PlaceKind::Venue | PlaceKind::Hall | PlaceKind::Zone);
    let places = board.sheet.space.tree.spots().iter().filter(|spot| holds(spot.kind));
    let within: Vec<Choice> = std::iter::once(Choice::new("", lang.t("space-everywhere")))
        .chain(places.map(|spot| Choice::new(spot.id.to_string(), spot.name.get(lang.locale()))))
        .collect();
    let kinds = options(lang, "place-kind", PlaceKind::ALL.iter().map(|kind| kind.code()));
    let releases = options(lang, "space-release", ["accepted", "submitted", "confirmed"]);
    html! {
        (fields.text("reason", "space-rule-reason").required().max_length(300))
        (fields.select("within", "space-rule-within", within))
        (fields.select("each", "space-rule-each", kinds).required())
        (fields.text("before", "space-rule-before").required().hint("space-rule-work-hint"))
        (fields.text("after", "space-rule-after").required())
        (fields.select("release", "space-rule-release", releases))
        (fields.number("lag", "space-lag").unit(lang.t("space-minutes")).min(0))
    }
}

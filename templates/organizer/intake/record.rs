//! One import: what its columns are, what every row comes to, how far it is.

use domain::registration::{
    Category,
    intake::{Fault, Intake, Known, State, columns::Field},
};
use maud::{Markup, html};

use super::{fault_table, state};
use crate::{
    FormState, Lang, Shell, Tone,
    components::{Button, Choice, Icon, Tile, callout, card, exports, options, progress, tiles},
    links,
};

/// The page of an import.
pub struct IntakePage<'a> {
    pub intake: &'a Intake,
    /// Some rows, to see what a column holds.
    pub sample: &'a [Vec<String>],
    /// The first rejected rows.
    pub faults: &'a [Fault],
    pub form: &'a FormState,
    pub may_edit: bool,
}

impl IntakePage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let k = self.intake;
        let open = matches!(k.state, State::Kept | State::Judged) && self.may_edit;
        let body = html! {
            div.stack {
                (self.form.fields(lang).summary())
                @if k.works() { div data-live=(links::intake::progress(slug, k.id)) { (progress_card(lang, slug, k)) } }
                @else { (self.figures(lang)) (self.next(lang, slug)) }
                @if open { (card(&lang.t("table-columns"), &html! {}, &self.columns(lang, slug))) }
                @if !self.faults.is_empty() { (self.rejected(lang, slug)) }
            }
        };
        shell
            .page(lang.t("intake-title"))
            .subtitle(html! { (state(lang, k.state)) " " span.muted { (k.name) } })
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("intake-title"), links::intake::home(slug))
            .wide()
            .body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let c = self.intake.counts;
        let tone = |count: i32, tone: Tone| if count > 0 { tone } else { Tone::Neutral };
        let new = if matches!(self.intake.state, State::Done | State::Stopped) {
            "intake-registered"
        } else {
            "intake-fresh"
        };
        tiles(&[
            Tile::new(lang.t("intake-rows"), lang.number(c.rows)).icon(Icon::Table),
            Tile::new(lang.t(new), lang.number(c.new)).icon(Icon::UserPlus).tone(tone(c.new, Tone::Good)),
            Tile::new(lang.t("intake-updated"), lang.number(c.updated))
                .icon(Icon::Edit)
                .tone(tone(c.updated, Tone::Accent)),
            Tile::new(lang.t("intake-known"), lang.number(c.known)).icon(Icon::UserCheck),
            Tile::new(lang.t("table-rejected"), lang.number(c.rejected))
                .icon(Icon::XCircle)
                .tone(tone(c.rejected, Tone::Bad)),
        ])
    }

    /// What to do now.
    fn next(&self, lang: Lang, slug: &str) -> Markup {
        let k = self.intake;
        let c = k.counts;
        let act = |deed: &str| links::intake::act(slug, k.id, deed);
        match k.state {
            State::Judged if self.may_edit => {
                let wanted = c.new + c.updated;
                let words = html! {
                    @if wanted == 0 { p { (lang.t("table-nothing-hint")) } }
                    @else if c.rejected > 0 { p { (lang.with("intake-some", &[("count", wanted.into()), ("rejected", c.rejected.into())])) } }
                    @else { p { (lang.with("intake-all", &[("count", wanted.into())])) } }
                    @if wanted > 0 {
                        div.actions {
                            @if c.rejected == 0 { (Button::post(lang.t("intake-take"), act("take")).primary().icon(Icon::Check).value("mode", "all")) }
                            @else { (Button::post(lang.t("intake-take-rest"), act("take")).primary().icon(Icon::Check).value("mode", "skip")) }
                        }
                    }
                };
                callout(if c.rejected > 0 { Tone::Warn } else { Tone::Info }, "", &words)
            }
            State::Done => callout(Tone::Good, &lang.with("intake-done", &[("count", c.new.into())]), &html! {}),
            State::Stopped => callout(Tone::Warn, &lang.with("intake-stopped", &[("count", c.new.into())]), &html! {}),
            _ => html! {},
        }
    }

    fn columns(&self, lang: Lang, slug: &str) -> Markup {
        let mut choices = vec![Choice::new("-", lang.t("table-ignore"))];
        choices.extend(options(lang, "intake-field", Field::ALL.iter().map(|field| field.code())));
        let o = &self.intake.options;
        let stored = FormState::of(&serde_json::json!({
            "category": o.category.code(), "known": o.known.code(), "mail": if o.mail { "on" } else { "" },
        }));
        let form = stored.fields(lang);
        let known = Known::ALL
            .iter()
            .map(|one| {
                Choice::new(one.code(), lang.term("intake-known", one.code()))
                    .hint(lang.term("intake-known-hint", one.code()))
            })
            .collect();
        html! {
            form.form method="post" action=(links::intake::act(slug, self.intake.id, "judge")) {
                div.table-columns {
                    @for (at, head) in self.intake.heads.iter().enumerate() {
                        @let chosen = self.intake.mapping.get(at).copied().flatten().map_or("-", Field::code);
                        @let sample = self.sample.iter().filter_map(|cells| cells.get(at)).find(|cell| !cell.is_empty());
                        div.field {
                            label for=(format!("field-c{at}")) { @if head.is_empty() { (lang.with("table-column", &[("number", (at + 1).into())])) } @else { (head) } }
                            @if let Some(sample) = sample { p.hint { (sample.chars().take(40).collect::<String>()) } }
                            select id=(format!("field-c{at}")) name=(format!("c{at}")) {
                                @for choice in &choices { option value=(choice.value) selected[choice.value == chosen] { (choice.text) } }
                            }
                        }
                    }
                }
                @if self.intake.delegation.is_none() {
                    (form.select("category", "intake-category", options(lang, "category", Category::ALL.iter().map(|c| c.code()))).required())
                }
                (form.radios("known", "intake-if-known", known).required())
                (form.checkbox("mail", "intake-mail", "on"))
                div.form-actions { (Button::submit(lang.t("intake-judge")).plain().icon(Icon::Refresh)) }
            }
        }
    }

    fn rejected(&self, lang: Lang, slug: &str) -> Markup {
        let file = |format: &str| links::intake::rejected(slug, self.intake.id, format);
        let actions = exports(lang, file);
        let body = html! {
            (fault_table(lang, self.faults))
            @if i32::try_from(self.faults.len()).is_ok_and(|shown| shown < self.intake.counts.rejected) {
                p.muted { (lang.with("intake-first", &[("count", self.faults.len().into())])) }
            }
        };
        card(&lang.t("table-rejected"), &actions, &body)
    }
}

/// How far it is, with the way to stop it.
pub fn progress_card(lang: Lang, slug: &str, k: &Intake) -> Markup {
    html! {
        div.card id="intake-progress" {
            div.card-body.stack {
                div.cluster {
                    (state(lang, k.state))
                    @if k.works() {
                        (Button::post(lang.t("intake-stop"), links::intake::act(slug, k.id, "stop")).small().icon(Icon::Close))
                    } @else {
                        a href=(links::intake::record(slug, k.id)) { (lang.t("intake-show")) }
                    }
                }
                (progress(lang, i64::from(k.counts.done), i64::from(k.counts.rows), Tone::Accent))
            }
        }
    }
}

//! One import: what its columns are, what every row comes to, how far it is.

use domain::registration::{
    Category,
    intake::{Approval, Fault, Full, Intake, Known, State, columns::Field, guests},
    voucher::Campaign,
};
use maud::{Markup, html};

use super::{fault_table, state};
use crate::{
    FormState, Lang, Shell, Tone,
    components::{Button, Choice, Form, Icon, Tile, callout, card, exports, options, progress, tiles},
    links,
};

/// The page of an import.
pub struct IntakePage<'a> {
    pub intake: &'a Intake,
    /// The campaign that invites the people of the table.
    pub campaign: Option<&'a Campaign>,
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
        let page = shell
            .page(lang.t("intake-title"))
            .subtitle(html! { (state(lang, k.state)) " " span.muted { (k.name) } })
            .crumb(lang.t("registration-title"), links::registration::home(slug));
        let page = match self.campaign {
            Some(campaign) => page
                .crumb(lang.t("voucher-campaigns"), links::voucher::home(slug))
                .crumb(campaign.name.clone(), links::voucher::record(slug, campaign.id)),
            None => page.crumb(lang.t("intake-title"), links::intake::home(slug)),
        };
        page.wide().body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let c = self.intake.counts;
        let tone = |count: i32, tone: Tone| if count > 0 { tone } else { Tone::Neutral };
        let over = matches!(self.intake.state, State::Done | State::Stopped);
        let (new, known) = match (self.campaign.is_some(), over) {
            (true, true) => ("voucher-invited", "intake-invited-before"),
            (true, false) => ("intake-to-invite", "intake-invited-before"),
            (false, true) => ("intake-registered", "intake-known"),
            (false, false) => ("intake-fresh", "intake-known"),
        };
        let mut all = vec![
            Tile::new(lang.t("intake-rows"), lang.number(c.rows)).icon(Icon::Table),
            Tile::new(lang.t(new), lang.number(c.new)).icon(Icon::UserPlus).tone(tone(c.new, Tone::Good)),
        ];
        if self.campaign.is_none() {
            all.push(
                Tile::new(lang.t("intake-updated"), lang.number(c.updated))
                    .icon(Icon::Edit)
                    .tone(tone(c.updated, Tone::Accent)),
            );
        }
        all.push(Tile::new(lang.t(known), lang.number(c.known)).icon(Icon::UserCheck));
        if c.over > 0 {
            all.push(Tile::new(lang.t("intake-over"), lang.number(c.over)).icon(Icon::Hourglass).tone(Tone::Warn));
        }
        if c.review > 0 {
            all.push(Tile::new(lang.t("intake-review"), lang.number(c.review)).icon(Icon::Shield).tone(Tone::Info));
        }
        all.push(
            Tile::new(lang.t("table-rejected"), lang.number(c.rejected))
                .icon(Icon::XCircle)
                .tone(tone(c.rejected, Tone::Bad)),
        );
        tiles(&all)
    }

    /// What to do now.
    fn next(&self, lang: Lang, slug: &str) -> Markup {
        let k = self.intake;
        let c = k.counts;
        let act = |deed: &str| links::intake::act(slug, k.id, deed);
        match k.state {
            State::Judged if self.may_edit => {
                let wanted = c.new + c.updated;
                let (all, rest) = match self.campaign {
                    Some(_) => ("intake-invite", "intake-invite-rest"),
                    None => ("intake-take", "intake-take-rest"),
                };
                let words = html! {
                    (self.rules(lang))
                    @if wanted == 0 { p { (lang.t("intake-nothing")) } }
                    @else if c.rejected > 0 { p { (lang.with("intake-some", &[("count", wanted.into()), ("rejected", c.rejected.into())])) } }
                    @else { p { (lang.with("intake-all", &[("count", wanted.into())])) } }
                    @if wanted > 0 {
                        div.actions {
                            @if c.rejected == 0 { (Button::post(lang.t(all), act("take")).primary().icon(Icon::Check).value("mode", "all")) }
                            @else { (Button::post(lang.t(rest), act("take")).primary().icon(Icon::Check).value("mode", "skip")) }
                        }
                    }
                };
                callout(if c.rejected > 0 { Tone::Warn } else { Tone::Info }, "", &words)
            }
            State::Done => callout(Tone::Good, &self.ended(lang, ["intake-done", "intake-invited"]), &self.rules(lang)),
            State::Stopped => {
                callout(Tone::Warn, &self.ended(lang, ["intake-stopped", "intake-inviting-stopped"]), &self.rules(lang))
            }
            _ => html! {},
        }
    }

    /// How many people there are now: registered by a table of people, invited by one of guests.
    fn ended(&self, lang: Lang, [people, guests]: [&str; 2]) -> String {
        let key = if self.campaign.is_some() { guests } else { people };
        lang.with(key, &[("count", self.intake.counts.new.into())])
    }

    /// What the rules of categories came to.
    fn rules(&self, lang: Lang) -> Markup {
        let c = self.intake.counts;
        let over = match self.intake.options.full {
            Full::Wait => "intake-over-wait",
            Full::Reject => "intake-over-reject",
        };
        html! {
            @if c.over > 0 { p { (lang.with(over, &[("count", c.over.into())])) } }
            @if c.review > 0 { p { (lang.with("intake-review-words", &[("count", c.review.into())])) } }
        }
    }

    fn columns(&self, lang: Lang, slug: &str) -> Markup {
        let fields = if self.campaign.is_some() { &guests::FIELDS[..] } else { Field::ALL };
        let mut choices = vec![Choice::new("-", lang.t("table-ignore"))];
        choices.extend(options(lang, "intake-field", fields.iter().map(|field| field.code())));
        let o = &self.intake.options;
        let stored = FormState::of(&serde_json::json!({
            "category": o.category.code(), "known": o.known.code(), "mail": if o.mail { "on" } else { "" },
            "full": o.full.code(), "approval": o.approval.code(), "locale": o.locale.code(),
        }));
        let form = stored.fields(lang);
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
                (self.known(lang, form))
                @if self.campaign.is_some() {
                    (form.select("locale", "intake-locale", options(lang, "locale", ["en", "zh-CN"])).required())
                } @else {
                    @if self.intake.delegation.is_none() { (rule_choices(lang, form)) }
                    (form.checkbox("mail", "intake-mail", "on"))
                }
                div.form-actions { (Button::submit(lang.t("intake-judge")).plain().icon(Icon::Refresh)) }
            }
        }
    }

    /// What happens to those who are registered or invited already.
    fn known(&self, lang: Lang, form: Form<'_>) -> Markup {
        let invites = self.campaign.is_some();
        let (label, choices) = if invites {
            ("intake-if-invited", &[Known::Skip, Known::Reject][..])
        } else {
            ("intake-if-known", Known::ALL)
        };
        let one = |known: &Known| {
            let code = known.code();
            let hint =
                if invites { lang.term("intake-invited-hint", code) } else { lang.term("intake-known-hint", code) };
            Choice::new(code, lang.term("intake-known", code)).hint(hint)
        };
        html! { (form.radios("known", label, choices.iter().map(one).collect()).required()) }
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

/// What the rules of categories do to new people.
fn rule_choices(lang: Lang, form: Form<'_>) -> Markup {
    let full = Full::ALL.iter().map(|one| {
        Choice::new(one.code(), lang.term("intake-full", one.code())).hint(lang.term("intake-full-hint", one.code()))
    });
    let approval = Approval::ALL.iter().map(|one| {
        Choice::new(one.code(), lang.term("intake-approval", one.code()))
            .hint(lang.term("intake-approval-hint", one.code()))
    });
    html! {
        (form.radios("full", "intake-if-full", full.collect()).required())
        (form.radios("approval", "intake-if-approval", approval.collect()).required())
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

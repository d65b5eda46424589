//! The indicators of a task or gate, each a form of its own, and one more to add.

use domain::plan::metric::{Param, catalogue};
use domain::plan::view::Row;
use domain::plan::{Comparison, Function, Indicator, IndicatorDraft, IndicatorKind, Phase, Severity};
use domain::registration::Category;
use maud::{Markup, html};

use super::measure;
use crate::components::{Button, Choice, callout, card, options};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// The page of a task's indicators.
pub struct Indicators<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The task.
    pub row: &'a Row,
    /// Its indicators.
    pub indicators: &'a [Indicator],
    /// Codes of the halls.
    pub halls: Vec<Choice>,
    /// Codes and names of exhibitors' duties.
    pub duties: Vec<Choice>,
    /// Codes and names of the gates visitors pass.
    pub doors: Vec<Choice>,
    /// The form that was refused: of an indicator, or of a new one.
    pub refused: Option<(Option<domain::IndicatorId>, FormState)>,
    /// The task is closed: nothing changes any more.
    pub frozen: bool,
}

impl Indicators<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let code = &self.row.code;
        let body = html! {
            div.stack {
                @if let Some((_, state)) = &self.refused { (state.fields(lang).summary()) }
                @if self.frozen {
                    @let words = html! { p { (lang.t("refusal-task-frozen")) } };
                    (callout(Tone::Info, "", &words))
                }
                p.muted { (lang.t("indicator-hint")) }
                @for one in self.indicators { (self.one(lang, one)) }
                @if !self.frozen { (self.blank(lang)) }
            }
        };
        shell
            .page(lang.with("indicator-title", &[("code", code.as_str().into())]))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(format!("{code} {}", self.row.name.get(lang.locale())), links::plan::task(self.slug, code))
            .body(&body)
    }

    fn one(&self, lang: Lang, one: &Indicator) -> Markup {
        let code = &self.row.code;
        let refused = self.refused.as_ref().filter(|(id, _)| *id == Some(one.id)).map(|(_, state)| state.clone());
        let open = refused.is_some();
        let state = refused.unwrap_or_else(|| flat(&IndicatorDraft::of(one)));
        let notes = measure::notes(lang, one);
        let body = html! {
            div.cluster {
                (Badge::new(lang.term("indicator-kind", one.kind.code()), Tone::Info).icon(kind_icon(one.kind)))
                span.num { (measure::wanted(lang, one)) }
                @if let Some(used) = &one.metric { span.muted.code { (used.text()) } }
            }
            @if !notes.is_empty() { p.muted.small { (notes.join(" · ")) } }
            @if !self.frozen {
                details open[open] {
                    summary { (lang.t("indicator-change")) }
                    form.form method="post" action=(links::gate::indicator(self.slug, code, one.id)) {
                        input type="hidden" name="version" value=(one.version);
                        (self.fields(lang, &state))
                        div.form-actions { (Button::submit(lang.t("indicator-save"))) }
                    }
                    (Button::post(lang.t("indicator-retire"), links::gate::retire_indicator(self.slug, code, one.id)).danger().small())
                }
            }
        };
        card(one.name.get(lang.locale()), &html! {}, &body)
    }

    fn blank(&self, lang: Lang) -> Markup {
        let refused = self.refused.as_ref().filter(|(id, _)| id.is_none()).map(|(_, state)| state.clone());
        let open = refused.is_some() || self.indicators.is_empty();
        let state = refused.unwrap_or_else(|| {
            flat(&IndicatorDraft { kind: "yes_no".into(), mandatory: "on".into(), ..IndicatorDraft::default() })
        });
        let inner = html! {
            details open[open] {
                summary { (lang.t("indicator-add")) }
                form.form method="post" action=(links::gate::indicators(self.slug, &self.row.code)) {
                    (self.fields(lang, &state))
                    div.form-actions { (Button::submit(lang.t("indicator-add")).icon(Icon::Plus)) }
                }
            }
        };
        card("", &html! {}, &inner)
    }

    fn fields(&self, lang: Lang, state: &FormState) -> Markup {
        let fields = state.fields(lang);
        let kinds = options(lang, "indicator-kind", IndicatorKind::ALL.iter().map(|one| one.code()));
        let comparisons = Comparison::ALL.iter().map(|one| {
            Choice::new(one.code(), format!("{} {}", one.sign(), lang.term("indicator-comparison", one.code())))
        });
        let mut metrics = vec![Choice::new("", "–")];
        metrics.extend(catalogue().iter().map(|one| Choice::new(one.metric.code(), one.name.get(lang.locale()))));
        let mut roles = vec![Choice::new("", lang.t("indicator-role-checker"))];
        roles.extend(options(lang, "plan-function", Function::ALL.iter().map(|one| one.code())));
        html! {
            (fields.text("name_en", "plan-field-name-en").required().max_length(300).wide())
            (fields.text("name_zh", "plan-field-name-zh").max_length(300).wide())
            (fields.select("kind", "indicator-kind", kinds).required())
            (fields.checkbox("mandatory", "indicator-mandatory", "on"))
            fieldset.group.wide {
                legend { (lang.t("indicator-figures")) }
                div.form {
                    (fields.select("comparison", "indicator-comparison", comparisons.collect()))
                    (fields.text("target", "plan-target"))
                    (fields.text("unit", "indicator-unit").max_length(40))
                    (fields.text("tolerance", "indicator-tolerance").hint("indicator-tolerance-hint"))
                    (fields.text("stop", "indicator-stop").hint("indicator-stop-hint"))
                }
            }
            fieldset.group.wide {
                legend { (lang.t("indicator-live")) }
                div.form {
                    (fields.select("metric", "metric-metric", metrics).hint("indicator-metric-hint"))
                    @for param in Param::ALL { (self.param(lang, state, *param)) }
                }
            }
            (fields.text("method", "indicator-method").max_length(500))
            (fields.text("source", "indicator-source").max_length(200))
            (fields.select("role", "indicator-role", roles))
        }
    }

    fn param(&self, lang: Lang, state: &FormState, param: Param) -> Markup {
        let name = format!("filter_{}", param.code());
        let mut choices = vec![Choice::new("", lang.t("indicator-any"))];
        choices.extend(match param {
            Param::Phase => options(lang, "plan-phase", Phase::ALL.iter().map(|one| one.code())),
            Param::Severity => options(lang, "deviation-severity", Severity::ALL.iter().map(|one| one.code())),
            Param::Category => options(lang, "category", Category::ALL.iter().map(|one| one.code())),
            Param::Hall => self.halls.clone(),
            Param::Duty => self.duties.clone(),
            Param::Gate => self.doors.clone(),
            Param::Goal => Vec::new(),
        });
        let fields = state.fields(lang);
        let key = match param {
            Param::Phase => "metric-param-phase",
            Param::Severity => "metric-param-severity",
            Param::Hall => "metric-param-hall",
            Param::Duty => "metric-param-duty",
            Param::Category => "metric-param-category",
            Param::Gate => "metric-param-gate",
            Param::Goal => "metric-param-goal",
        };
        if param == Param::Goal {
            html! { (fields.number(&name, key).min(1)) }
        } else {
            html! { (fields.select(&name, key, choices)) }
        }
    }
}

/// An indicator as the flat fields of its form.
fn flat(draft: &IndicatorDraft) -> FormState {
    let mut fields = match serde_json::to_value(draft) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    for (name, value) in &draft.filter {
        fields.insert(format!("filter_{name}"), value.clone().into());
    }
    FormState::of(&fields)
}

const fn kind_icon(kind: IndicatorKind) -> Icon {
    match kind {
        IndicatorKind::YesNo => Icon::Check,
        IndicatorKind::Number => Icon::Hash,
        IndicatorKind::Document => Icon::File,
        IndicatorKind::Photo => Icon::Camera,
        IndicatorKind::Live => Icon::Activity,
    }
}

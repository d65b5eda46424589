//! Pages that look from the plan as it was to how it will end: baselines and what became of them, risks
//! and the chance of each date, earned value, buffers, scenarios.

mod baseline;
mod baselines;
mod buffers;
mod compare;
mod estimates;
mod risk;
mod risks;
mod scenarios;
mod value;

pub use baseline::{BaselinePage, BaselineSheet};
pub use baselines::Baselines;
pub use buffers::BuffersPage;
pub use compare::ComparePage;
pub use estimates::{EstimateForm, Estimates};
pub use risk::{RiskPage, run_progress};
pub use risks::{RiskForm, Risks};
pub use scenarios::{ScenarioPage, Scenarios, StepKind};
pub use value::ValuePage;

use maud::Markup;

use crate::components::{Icon, Tab, tabs};
use crate::{Lang, links};

/// Which of the pages a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Risk,
    Baselines,
    Value,
    Buffers,
    Scenarios,
}

/// The pages side by side, under the views of the plan.
pub(super) fn parts(lang: Lang, slug: &str, here: Part) -> Markup {
    let tab = |part: Part, key: &str, link, icon| Tab::new(lang.t(key), link, here == part).icon(icon);
    tabs(
        lang,
        &lang.t("forecast-parts"),
        &[
            tab(Part::Risk, "forecast-risk", links::plan::risk(slug), Icon::Target),
            tab(Part::Baselines, "forecast-baselines", links::plan::baselines(slug), Icon::History),
            tab(Part::Value, "forecast-value", links::plan::value(slug), Icon::Trend),
            tab(Part::Buffers, "forecast-buffers", links::plan::buffers(slug), Icon::Shield),
            tab(Part::Scenarios, "forecast-scenarios", links::plan::scenarios(slug), Icon::Network),
        ],
    )
}

//! Pages that look from the plan as it was to how it will end: baselines and what became of them.

mod baseline;
mod baselines;

pub use baseline::{BaselinePage, BaselineSheet};
pub use baselines::Baselines;

use maud::Markup;

use crate::components::{Icon, Tab, tabs};
use crate::{Lang, links};

/// Which of the pages a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Baselines,
}

/// The pages side by side, under the views of the plan.
pub(super) fn parts(lang: Lang, slug: &str, here: Part) -> Markup {
    let tab = |part: Part, key: &str, link, icon| Tab::new(lang.t(key), link, here == part).icon(icon);
    tabs(
        lang,
        &lang.t("forecast-parts"),
        &[tab(Part::Baselines, "forecast-baselines", links::plan::baselines(slug), Icon::History)],
    )
}

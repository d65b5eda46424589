//! The layouts of an edition, each as it is printed; new ones from presets.

use domain::printing::draft::decimal;
use domain::printing::layout::{Layout, Stock};
use domain::printing::presets::Preset;
use domain::printing::view::{NamedLayout, Preview};
use maud::{Markup, html};

use super::{badge_svg, views};
use crate::{
    Lang, Shell, Tone,
    components::{Button, Icon, callout, empty_state, section},
    links,
};

/// A layout with its picture.
pub struct LayoutCard<'a> {
    /// The layout.
    pub layout: &'a NamedLayout,
    /// Tried on somebody; nothing in a build without fonts.
    pub preview: Option<Preview>,
}

/// All layouts.
pub struct LayoutsPage<'a> {
    /// Layouts by name.
    pub layouts: &'a [LayoutCard<'a>],
    /// Layouts to begin with.
    pub presets: &'a [(Preset, Option<Preview>)],
    /// May change them.
    pub may_edit: bool,
    /// This build has no fonts: nothing can be drawn.
    pub no_fonts: bool,
}

impl LayoutsPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let body = html! {
            @if self.no_fonts { (callout(Tone::Bad, &lang.t("printing-no-fonts"), &html! {})) }
            @if self.layouts.is_empty() {
                (empty_state(Icon::Badge, &lang.t("printing-layouts-none"), &lang.t("printing-layouts-none-hint"), &html! {}))
            } @else {
                ul.badge-cards { @for card in self.layouts { (card.render(lang, slug)) } }
            }
            @if self.may_edit { (section(&lang.t("printing-presets"), &html! {}, &self.presets(lang, slug))) }
        };
        shell
            .page(lang.t("printing-layouts"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .tabs(views(lang, slug, "layouts"))
            .wide()
            .body(&body)
    }

    fn presets(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            ul.badge-cards {
                @for (preset, preview) in self.presets {
                    @let layout = preset.layout();
                    li.badge-card-item {
                        @if let Some(preview) = preview { div.badge-thumb aria-hidden="true" { (badge_svg(preview, None)) } }
                        h3 { (lang.term("badge-preset", preset.code())) }
                        p.muted { (size(lang, &layout)) }
                        (Button::link(lang.t("printing-layout-from-preset"), links::printing::new_layout(slug, preset.code())).small().icon(Icon::Plus))
                    }
                }
            }
        }
    }
}

impl LayoutCard<'_> {
    fn render(&self, lang: Lang, slug: &str) -> Markup {
        let layout = self.layout;
        let logo = layout.logo.map(|id| links::printing::logo(slug, id));
        let categories: Vec<String> = layout.categories.iter().map(|c| lang.term("category", c.code())).collect();
        let of = if categories.is_empty() { lang.t("printing-layout-for-others") } else { lang.list(&categories) };
        html! {
            li.badge-card-item {
                @if let Some(preview) = &self.preview { div.badge-thumb aria-hidden="true" { (badge_svg(preview, logo.as_ref())) } }
                h2 { a href=(links::printing::layout(slug, layout.id)) { (layout.name) } }
                p { (of) }
                p.muted { (size(lang, &layout.layout)) " · " (lang.with("printing-layout-version", &[("version", layout.version.into())])) }
            }
        }
    }
}

/// `90 × 130 mm · fan-fold, folded`.
pub(super) fn size(lang: Lang, layout: &Layout) -> String {
    let size = format!("{} × {}\u{a0}mm", decimal(layout.width), decimal(layout.height));
    let paper = match (layout.paper.stock, layout.paper.fold) {
        (Stock::Sheet, _) => {
            let count = i64::from(layout.paper.columns) * i64::from(layout.paper.rows);
            lang.with("printing-size-sheet", &[("count", count.into())])
        }
        (_, true) => lang.t("printing-size-folded"),
        (stock, false) => lang.term("badge-stock", stock.code()),
    };
    format!("{size} · {paper}")
}

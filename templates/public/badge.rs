//! The badge as HTML: on the registrant's page and as a sheet to print, in the size of the PDF.

use domain::registration::view::{Badge, Qr};
use maud::{Markup, html};

use crate::{
    Href, Lang, PrintShell,
    components::{Button, Icon},
    shells::Paper,
};

/// The badge. Names are whole at any length: long ones get smaller letters and more lines.
pub fn badge_card(badge: &Badge, code: &Qr) -> Markup {
    let lang = Lang::new(badge.locale);
    let other = if lang == Lang::EN { Lang::ZH } else { Lang::EN };
    let band = format!("badge-band category-{}", badge.category.replace('_', "-"));
    let days = lang.date_range(badge.opens_on, badge.closes_on);
    let place = badge.place.get(badge.locale);
    html! {
        article.badge-card lang=(lang.code()) {
            header class={ "badge-head category-" (badge.category.replace('_', "-")) } {
                p.badge-show { (badge.edition.get(badge.locale)) }
                p.badge-days { (days) @if !place.is_empty() { " · " (place) } }
            }
            div.badge-person {
                p class={ "badge-name " (size_of(&badge.name)) } { (badge.name) }
                @if !badge.other_name.is_empty() { p.badge-other { (badge.other_name) } }
                @if !badge.company.is_empty() { p.badge-company { (badge.company) } }
                @if !badge.job_title.is_empty() { p.badge-job { (badge.job_title) } }
            }
            div.badge-foot {
                (qr_svg(code, &lang.t("badge-qr")))
                dl {
                    div { dt { (lang.t("badge-serial")) } dd.num { (badge.serial) } }
                    div { dt { (lang.t("badge-number")) } dd.num { (badge.number) } }
                }
            }
            footer class=(band) {
                span { (lang.term("category", &badge.category)) }
                span.badge-band-other lang=(other.code()) { (other.term("category", &badge.category)) }
            }
        }
    }
}

/// How large a name may be: ideographs are twice as wide as letters.
fn size_of(name: &str) -> &'static str {
    let width: usize = name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    match width {
        0..=12 => "size-1",
        13..=20 => "size-2",
        21..=36 => "size-3",
        _ => "size-4",
    }
}

/// A QR as a picture, with its quiet zone.
pub fn qr_svg(code: &Qr, title: &str) -> Markup {
    let side = code.size + 8;
    let mut path = String::new();
    for (x, y, length) in code.runs() {
        path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + 4, y + 4));
    }
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(title) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

/// A badge on paper of its own size.
pub struct BadgeSheet<'a> {
    pub badge: &'a Badge,
    pub code: &'a Qr,
    /// The same as a PDF.
    pub pdf: Href,
    pub back: Href,
}

impl BadgeSheet<'_> {
    pub fn render(&self, lang: Lang) -> Markup {
        let shell = PrintShell { paper: Paper::Badge, back: Some(self.back.clone()), ..PrintShell::new(lang) };
        let body = html! {
            (badge_card(self.badge, self.code))
            p.screen-only { (Button::link(lang.t("badge-pdf"), self.pdf.clone()).icon(Icon::Download).download()) }
        };
        shell.page(self.badge.name.clone()).bare().body(&body)
    }
}

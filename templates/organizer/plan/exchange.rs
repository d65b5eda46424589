//! Plans of other programs: a Microsoft Project file looked at before it is brought in, and the plan as one.

use domain::plan::mspdi::{Import, Note};
use domain::plan::view::Preview;
use maud::{Markup, Render, html};

use super::preview::effect;
use crate::components::{Button, Col, Table, Tile, callout, card, tiles};
use crate::{FormState, Icon, Lang, Shell, Tone, links};

/// Notes of one kind listed at once.
const MOST: usize = 200;

/// What a file would do.
pub struct Shown<'a> {
    /// Key of the uploaded file.
    pub upload: String,
    /// Its name.
    pub name: &'a str,
    /// What would come.
    pub import: &'a Import,
    /// What would move here, when it can be computed.
    pub preview: Option<Preview>,
    /// It may be brought in as it is.
    pub fine: bool,
    /// Only what cannot be used stands in the way.
    pub may_leave_out: bool,
    /// Revision of the plan the effect was computed on.
    pub revision: i32,
}

/// The page.
pub struct Exchange<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What was refused.
    pub form: FormState,
    /// What a Microsoft Project file cannot hold of the plan; `None` without a plan.
    pub lost: Option<&'a [Note]>,
    /// A file that was looked at.
    pub shown: Option<Shown<'a>>,
    /// May bring files in.
    pub may_edit: bool,
    /// May take data out.
    pub may_export: bool,
    /// Somebody changed the plan while this page was read.
    pub stale: bool,
}

impl Exchange<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                @if self.stale {
                    @let words = html! { p { (lang.t("plan-preview-stale")) } };
                    (callout(Tone::Warn, "", &words))
                }
                @if let Some(shown) = &self.shown { (self.result(lang, shown)) }
                @if self.may_edit { (self.upload(lang)) }
                @if let (Some(lost), true) = (self.lost, self.may_export) { (self.download(lang, lost)) }
            }
        };
        shell.page(lang.t("mspdi-title")).crumb(lang.t("plan-title"), links::plan::home(self.slug)).body(&body)
    }

    fn upload(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let body = html! {
            form.form.narrow method="post" enctype="multipart/form-data" action=(links::plan::exchange(self.slug)) {
                (form.summary())
                p.muted { (lang.t("mspdi-import-hint")) }
                (form.file("file", "mspdi-file").required())
                (form.checkbox("leave_out", "mspdi-leave-out", "on").hint("mspdi-leave-out-hint"))
                div.form-actions { (Button::submit(lang.t("mspdi-look")).value("act", "preview").icon(Icon::Eye)) }
            }
        };
        card(&lang.t("mspdi-import"), &html! {}, &body)
    }

    fn download(&self, lang: Lang, lost: &[Note]) -> Markup {
        let body = html! {
            div.stack {
                p.muted { (lang.t("mspdi-export-hint")) }
                @if !lost.is_empty() {
                    p { (lang.t("mspdi-export-lost")) }
                    ul { @for one in lost { li { (note(lang, one)) " " span.muted { (one.detail) } } } }
                }
                div.form-actions {
                    (Button::link(lang.t("mspdi-download"), links::plan::export(self.slug, "xml")).download().icon(Icon::Download))
                }
            }
        };
        card(&lang.t("mspdi-export"), &html! {}, &body)
    }

    fn result(&self, lang: Lang, shown: &Shown<'_>) -> Markup {
        let import = shown.import;
        let number = |count: usize| lang.number(count as i64);
        let body = html! {
            div.stack {
                (tiles(&[
                    Tile::new(lang.t("mspdi-added"), number(import.added.len())),
                    Tile::new(lang.t("mspdi-changed"), number(import.changed.len())),
                    Tile::new(lang.t("mspdi-same"), number(import.same)),
                    Tile::new(lang.t("mspdi-links"), number(import.links)),
                    Tile::new(lang.t("mspdi-calendars"), number(import.calendars.len())),
                    Tile::new(lang.t("mspdi-people"), number(import.people.len())),
                ]))
                (notes(lang, &lang.t("mspdi-problems"), &import.problems))
                (notes(lang, &lang.t("mspdi-lost"), &import.lost))
                @if let Some(preview) = &shown.preview { (effect(lang, self.slug, preview)) }
                form.form-actions method="post" action=(links::plan::exchange_accept(self.slug)) {
                    input type="hidden" name="upload" value=(shown.upload);
                    input type="hidden" name="revision" value=(shown.revision);
                    @if shown.fine {
                        (Button::submit(lang.t("mspdi-bring")).icon(Icon::Check))
                    } @else if shown.may_leave_out {
                        input type="hidden" name="leave_out" value="on";
                        (Button::submit(lang.t("mspdi-bring-without")).icon(Icon::Check))
                    }
                    (Button::link(lang.t("component-back"), links::plan::home(self.slug)))
                }
            }
        };
        card(shown.name, &html! {}, &body)
    }
}

/// A note in words.
pub fn note(lang: Lang, one: &Note) -> String {
    lang.term("mspdi-note", &one.code)
}

fn notes(lang: Lang, title: &str, all: &[Note]) -> Markup {
    if all.is_empty() {
        return html! {};
    }
    let cols = vec![Col::main(lang.t("mspdi-what")), Col::new(lang.t("mspdi-about")), Col::new(lang.t("mspdi-detail"))];
    let mut table = Table::new(title.to_owned(), cols);
    for one in all.iter().take(MOST) {
        let detail = match one.code.as_str() {
            "impossible" => one.detail.parse().map_or_else(|_| one.detail.clone(), |minutes| lang.minutes(minutes)),
            _ => one.detail.clone(),
        };
        table.row(vec![html! { (note(lang, one)) }, html! { (one.subject) }, html! { (detail) }]);
    }
    html! {
        section.stack {
            h3 { (title) " " span.muted { (lang.number(all.len() as i64)) } }
            (table.render())
        }
    }
}

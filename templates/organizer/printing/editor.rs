//! The editor of a layout: a form on the left, the badge on the right, drawn anew with every change.

use chrono_tz::Tz;
use domain::printing::draft::LayoutDraft;
use domain::printing::layout::{Align, Ink, MOST_PARTS, Part, Stock};
use domain::printing::view::{LayoutVersion, LogoLine};
use domain::registration::Category;
use domain::{BadgeLayoutId, Refusal};
use maud::{Markup, Render, html};

use super::PreviewPart;
use crate::{
    FormState, Href, Lang, Shell,
    components::{Button, Choice, Col, Form, Icon, Table, card, dialog, options},
    links,
};

/// The editor.
pub struct EditorPage<'a> {
    /// The layout, when it is kept already.
    pub id: Option<BadgeLayoutId>,
    /// What is in the form.
    pub draft: &'a LayoutDraft,
    /// The same with what was refused.
    pub form: &'a FormState,
    /// The badge as it would be printed.
    pub preview: PreviewPart<'a>,
    /// Logos to choose from.
    pub logos: &'a [LogoLine],
    /// Versions, newest first.
    pub versions: &'a [LayoutVersion],
    /// The venue's time zone.
    pub zone: Tz,
}

/// Two-letter ids of the form's columns: name in the form and its word.
const NUMBERS: [(&str, &str); 4] =
    [("x", "badge-field-x"), ("y", "badge-field-y"), ("w", "badge-field-w"), ("h", "badge-field-h")];

impl EditorPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let action = self.id.map_or_else(|| links::printing::layouts(slug), |id| links::printing::layout(slug, id));
        let body = html! {
            div.badge-editor {
                form #layout-form .badge-form method="post" action=(action) data-preview=(links::printing::layout_preview(slug)) {
                    (self.form.fields(lang).summary())
                    (self.fields(lang, slug))
                }
                aside.badge-aside aria-label=(lang.t("printing-preview")) {
                    (self.try_on(lang, slug))
                    (self.preview.render(lang))
                }
            }
            @if !self.versions.is_empty() {
                (card(&lang.t("printing-versions"), &html! {}, &self.version_table(lang, slug)))
            }
            (self.logo_dialog(lang, slug))
        };
        let title = if self.draft.name.is_empty() { lang.t("printing-layout-new") } else { self.draft.name.clone() };
        shell
            .page(title)
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("printing-layouts"), links::printing::layouts(slug))
            .actions(self.actions(lang, slug))
            .wide()
            .body(&body)
    }

    fn actions(&self, lang: Lang, slug: &str) -> Markup {
        let Some(id) = self.id else { return html! {} };
        let file = |key: &str, to: Href| Button::link(lang.t(key), to).icon(Icon::Download).download();
        html! {
            (file("printing-sample-pdf", links::printing::layout_sample(slug, id, "sample.pdf")))
            (file("printing-sample-zpl", links::printing::layout_sample(slug, id, "sample.zpl")))
            (file("printing-layout-file", links::printing::layout_file(slug, id)))
            (Button::post(lang.t("printing-layout-remove"), links::printing::layout_act(slug, id, "remove")).danger()
                .icon(Icon::Trash).confirm(lang.t("printing-layout-remove-sure")))
        }
    }

    fn fields(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            input type="hidden" name="version" value=(self.draft.version);
            input type="hidden" name="id" value=(self.draft.id);
            (card(&lang.t("printing-layout-badge"), &html! {}, &html! { div.form { (self.badge_fields(lang)) } }))
            (card(&lang.t("printing-layout-parts"), &self.add_button(lang), &self.parts(lang)))
            (card(&lang.t("printing-layout-paper"), &html! {}, &html! { div.form { (self.paper_fields(lang)) } }))
            (card(&lang.t("printing-layout-colours"), &html! {}, &self.colours(lang)))
            div.form-actions {
                (Button::submit(lang.t("component-save")).icon(Icon::Check))
                button.button type="submit" name="do" value="look" formaction=(links::printing::layout_preview(slug)) data-look { (lang.t("printing-look")) }
                (Button::link(lang.t("component-cancel"), links::printing::layouts(slug)).ghost())
            }
        }
    }

    fn badge_fields(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let categories = options(lang, "category", Category::ALL.iter().map(|category| category.code()));
        let none = Choice::new("", lang.t("printing-logo-none"));
        let logos = self.logos.iter().map(|logo| Choice::new(logo.id.to_string(), logo.name.clone()));
        html! {
            (form.text("name", "printing-layout-name").required().max_length(60))
            (form.select("logo", "badge-part-logo", std::iter::once(none).chain(logos).collect()))
            (mm(form, "width", "badge-field-w"))
            (mm(form, "height", "badge-field-h"))
            (form.checks("categories", "printing-layout-categories", categories).hint("printing-layout-categories-hint"))
            p.wide { (Button::open(lang.t("printing-logo-add"), "logo").small().icon(Icon::Upload)) }
        }
    }

    fn paper_fields(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let stocks = Stock::ALL.iter().map(|stock| {
            Choice::new(stock.code(), lang.term("badge-stock", stock.code()))
                .hint(lang.term("badge-stock-hint", stock.code()))
        });
        html! {
            (form.radios("stock", "badge-stock", stocks.collect()))
            (form.checkbox("fold", "printing-fold", "on"))
            (mm(form, "paper_width", "printing-paper-width"))
            (mm(form, "paper_height", "printing-paper-height"))
            (form.number("columns", "printing-columns").min(1).max(12))
            (form.number("rows", "printing-rows").min(1).max(12))
            (mm(form, "paper_left", "printing-paper-left"))
            (mm(form, "paper_top", "printing-paper-top"))
            (mm(form, "gap_x", "printing-gap-x"))
            (mm(form, "gap_y", "printing-gap-y"))
        }
    }

    fn colours(&self, lang: Lang) -> Markup {
        let colour = |at: usize| self.draft.colour.get(at).cloned().unwrap_or_default();
        html! {
            div.badge-colours {
                @for (at, category) in Category::ALL.iter().enumerate() {
                    label.badge-colour {
                        input type="color" name="colour" value=(colour(at));
                        span { (lang.term("category", category.code())) }
                    }
                }
            }
        }
    }

    fn add_button(&self, lang: Lang) -> Markup {
        html! {
            @if self.draft.part.len() < MOST_PARTS {
                button.button.small type="submit" name="do" value="add" formnovalidate { (Icon::Plus) (lang.t("badge-part-add")) }
            }
        }
    }

    fn parts(&self, lang: Lang) -> Markup {
        html! {
            p.muted { (lang.t("printing-parts-hint")) }
            div.badge-parts { @for at in 0..self.draft.part.len() { (self.part(lang, at)) } }
        }
    }

    /// Whether something was refused in this part, so that it comes back unfolded.
    fn refused(&self, at: usize) -> Vec<&Refusal> {
        let ending = format!("-{at}");
        let of = |refusal: &&Refusal| refusal.field.as_deref().is_some_and(|field| field.ends_with(&ending));
        self.form.refusals().iter().filter(of).collect()
    }

    fn part(&self, lang: Lang, at: usize) -> Markup {
        let value = |column: &'_ [String]| column.get(at).cloned().unwrap_or_default();
        let code = value(&self.draft.part);
        let part = Part::parse(&code);
        let (x, y, w, h) = (value(&self.draft.x), value(&self.draft.y), value(&self.draft.w), value(&self.draft.h));
        let own = value(&self.draft.text);
        let is_text = part.is_none_or(Part::is_text);
        let refused = self.refused(at);
        let name = part.map_or_else(|| code.clone(), |part| lang.term("badge-part", part.code()));
        html! {
            details.badge-part open[!refused.is_empty()] {
                summary {
                    strong { (name) @if part == Some(Part::Text) && !own.is_empty() { " “" (own) "”" } }
                    span.muted.num { (x) ", " (y) " · " (w) " × " (h) }
                    @if !refused.is_empty() { (Icon::Alert) }
                }
                @for refusal in refused { p.error { (Icon::Alert) span { (lang.refusal(refusal)) } } }
                div.badge-part-fields {
                    (self.choice(lang, at, "part", "badge-field-part", &code, options(lang, "badge-part", Part::ALL.iter().map(|p| p.code()))))
                    @for ((name, key), text) in NUMBERS.iter().zip([x, y, w, h]) { (self.input(lang, at, name, key, &text, true)) }
                    (self.choice(lang, at, "ink", "badge-field-ink", &value(&self.draft.ink), options(lang, "badge-ink", Ink::ALL.iter().map(|i| i.code()))))
                    div.badge-letters data-letters[is_text] { (self.letters(lang, at)) }
                }
                div.row-actions {
                    (deed(lang, "badge-part-up", &format!("up-{at}"), Icon::ArrowUp, at == 0))
                    (deed(lang, "badge-part-down", &format!("down-{at}"), Icon::ArrowDown, at + 1 == self.draft.part.len()))
                    (deed(lang, "badge-part-remove", &format!("remove-{at}"), Icon::Trash, false))
                }
            }
        }
    }

    /// What only parts made of letters need; it travels with every part, so that the columns stay of one length.
    fn letters(&self, lang: Lang, at: usize) -> Markup {
        let value = |column: &'_ [String]| column.get(at).cloned().unwrap_or_default();
        let draft = self.draft;
        html! {
            (self.input(lang, at, "text", "badge-field-text", &value(&draft.text), false))
            (self.input(lang, at, "largest", "badge-field-largest", &value(&draft.largest), true))
            (self.input(lang, at, "smallest", "badge-field-smallest", &value(&draft.smallest), true))
            (self.input(lang, at, "lines", "badge-field-lines", &value(&draft.lines), true))
            (self.choice(lang, at, "weight", "badge-field-weight", &value(&draft.weight), options(lang, "badge-weight", ["regular", "bold"])))
            (self.choice(lang, at, "align", "badge-field-align", &value(&draft.align), options(lang, "badge-align", Align::ALL.iter().map(|a| a.code()))))
            (self.choice(lang, at, "place", "badge-field-place", &value(&draft.place), options(lang, "badge-place", ["own", "block"])))
        }
    }

    fn input(&self, lang: Lang, at: usize, name: &str, key: &str, value: &str, number: bool) -> Markup {
        let id = format!("field-{name}-{at}");
        let wrong = self.form.error(&format!("{name}-{at}")).is_some().then_some("true");
        html! {
            div.field {
                label for=(id) { (lang.t(key)) }
                input id=(id) name=(name) value=(value) inputmode=[number.then_some("decimal")] autocomplete="off" aria-invalid=[wrong];
            }
        }
    }

    fn choice(&self, lang: Lang, at: usize, name: &str, key: &str, value: &str, choices: Vec<Choice>) -> Markup {
        let id = format!("field-{name}-{at}");
        let wrong = self.form.error(&format!("{name}-{at}")).is_some().then_some("true");
        html! {
            div.field {
                label for=(id) { (lang.t(key)) }
                select id=(id) name=(name) aria-invalid=[wrong] {
                    @for choice in choices { option value=(choice.value) selected[choice.value == value] { (choice.text) } }
                }
            }
        }
    }

    /// Who the badge is tried on: fields of the same form.
    fn try_on(&self, lang: Lang, _: &str) -> Markup {
        let categories = options(lang, "category", Category::ALL.iter().map(|category| category.code()));
        html! {
            div.badge-try {
                label {
                    span { (lang.t("printing-sample")) }
                    select name="sample" form="layout-form" {
                        @for choice in PreviewPart::samples(lang) { option value=(choice.value) selected[choice.value == self.preview.sample] { (choice.text) } }
                    }
                }
                label {
                    span { (lang.t("registration-category")) }
                    select name="shown" form="layout-form" {
                        @for choice in categories { option value=(choice.value) selected[choice.value == self.preview.category] { (choice.text) } }
                    }
                }
            }
        }
    }

    fn version_table(&self, lang: Lang, slug: &str) -> Markup {
        let mut table = Table::new(
            lang.t("printing-versions"),
            vec![
                Col::main(lang.t("printing-version")),
                Col::new(lang.t("printing-version-by")),
                Col::tight(lang.t("printing-version-at")),
                Col::num(lang.t("printing-version-printed")),
                Col::actions(lang.t("printing-actions")),
            ],
        );
        for (at, version) in self.versions.iter().enumerate() {
            let restore = self.id.filter(|_| at > 0).map(|id| {
                Button::post(lang.t("printing-restore"), links::printing::layout_act(slug, id, "restore"))
                    .value("version", version.version)
                    .small()
                    .ghost()
                    .icon(Icon::Undo)
            });
            table.row(vec![
                html! { (version.version) },
                html! { (version.by) },
                html! { (lang.instant(version.at, self.zone)) },
                html! { (lang.number(version.printed)) },
                html! { @match restore { Some(button) => (button), None => (lang.t("printing-version-now")) } },
            ]);
        }
        table.render()
    }

    fn logo_dialog(&self, lang: Lang, slug: &str) -> Markup {
        let state = FormState::empty();
        let form = state.fields(lang);
        let back = self.id.map_or_else(|| links::printing::layouts(slug), |id| links::printing::layout(slug, id));
        let body = html! {
            form.form.narrow method="post" action=(links::printing::logos(slug)) enctype="multipart/form-data" {
                input type="hidden" name="back" value=(back);
                (form.file("file", "printing-logo-file").required().hint("printing-logo-file-hint"))
                div.form-actions { (Button::submit(lang.t("printing-logo-add")).icon(Icon::Upload)) }
            }
        };
        dialog(lang, "logo", &lang.t("printing-logo-add"), &body)
    }
}

/// A length in millimetres.
fn mm(form: Form<'_>, name: &str, key: &str) -> Markup {
    form.text(name, key).required().unit("mm").render()
}

fn deed(lang: Lang, key: &str, value: &str, icon: Icon, disabled: bool) -> Markup {
    html! {
        button.button.small.ghost.icon-only type="submit" name="do" value=(value) title=(lang.t(key)) disabled[disabled] formnovalidate {
            (icon) span.sr-only { (lang.t(key)) }
        }
    }
}

//! A badge as it is printed, drawn as SVG.

use domain::printing::draft::decimal;
use domain::printing::layout::SURE_CODE;
use domain::printing::view::Preview;
use maud::{Markup, html};

use crate::{
    Href, Lang, Tone,
    components::{Choice, callout},
};

/// A badge. Always dark on white: it is paper.
pub fn badge_svg(preview: &Preview, logo: Option<&Href>) -> Markup {
    let (width, height) = (preview.width, preview.height);
    html! {
        svg.badge-paper viewBox=(format!("0 0 {width:.2} {height:.2}")) role="img" aria-label=(preview.says) {
            rect width=(format!("{width:.2}")) height=(format!("{height:.2}")) fill="#fff" {}
            @for shape in &preview.shapes {
                path d=(shape.d) fill=(shape.colour.hex()) {}
            }
            @if let (Some([left, top, w, h]), Some(logo)) = (preview.logo, logo) {
                image href=(logo) x=(format!("{left:.2}")) y=(format!("{top:.2}")) width=(format!("{w:.2}")) height=(format!("{h:.2}")) {}
            }
        }
    }
}

/// What is beside the form: the badge, and what to know before it is printed.
pub struct PreviewPart<'a> {
    /// The badge; nothing while the form cannot be read.
    pub preview: Option<&'a Preview>,
    /// Picture of the logo.
    pub logo: Option<Href>,
    /// The side of the code, tenths of a millimetre.
    pub code_side: Option<i32>,
    /// Which sample is shown.
    pub sample: &'a str,
    /// Which category is shown.
    pub category: &'a str,
}

impl PreviewPart<'_> {
    /// The part that is replaced while the form is filled in.
    pub fn render(&self, lang: Lang) -> Markup {
        html! {
            div #badge-preview .badge-preview {
                @match self.preview {
                    Some(preview) => {
                        (badge_svg(preview, self.logo.as_ref()))
                        (self.remarks(lang, preview))
                    }
                    None => p.muted { (lang.t("printing-preview-none")) },
                }
            }
        }
    }

    fn remarks(&self, lang: Lang, preview: &Preview) -> Markup {
        let tight: Vec<String> = preview.tight.iter().map(|part| lang.term("badge-part", part.code())).collect();
        let missing: String = preview.missing.iter().collect();
        html! {
            @if !tight.is_empty() {
                (callout(Tone::Warn, &lang.with("printing-preview-tight", &[("parts", lang.list(&tight).into())]), &html! {}))
            }
            @if !missing.is_empty() {
                (callout(Tone::Warn, &lang.with("registration-missing-glyphs", &[("glyphs", missing.into())]), &html! {}))
            }
            @match self.code_side {
                None => (callout(Tone::Warn, &lang.t("printing-preview-no-code"), &html! {})),
                Some(side) if side < SURE_CODE => {
                    (callout(Tone::Warn, &lang.with("printing-preview-small-code", &[("side", decimal(side).into()), ("sure", decimal(SURE_CODE).into())]), &html! {}))
                }
                Some(_) => {},
            }
        }
    }

    /// Samples to choose from.
    pub fn samples(lang: Lang) -> Vec<Choice> {
        ["long", "chinese", "short"].map(|code| Choice::new(code, lang.term("printing-sample", code))).into()
    }
}

//! Shapes as a standalone SVG file: every look stands in its shape, so that any program that reads
//! SVG shows the same.

use super::About;
use super::read::{Drawing, Part};
use super::style::{Colour, Look};
use kurbo::Affine;
use std::fmt::Write;

/// The family asked for first; the others are what systems have for Chinese.
const FONTS: &str = "'Inter','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif";

pub(super) fn write(drawing: &Drawing, about: &About) -> String {
    let (width, height) = (round(drawing.width), round(drawing.height));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\" lang=\"{}\" font-family=\"{FONTS}\"><title>{}</title>\
         <desc>{}</desc><rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>",
        about.language,
        escaped(&about.title),
        escaped(&[about.caption.as_str(), &about.foot].join(" · "))
    );
    let mut windows = 0;
    for part in &drawing.parts {
        draw(&mut out, part, &mut windows);
    }
    out.push_str("</svg>\n");
    out
}

fn draw(out: &mut String, part: &Part, windows: &mut usize) {
    match part {
        Part::Path { path, look } => {
            let looks = looks(look, false);
            if !looks.is_empty() {
                let _ = write!(out, "<path d=\"{}\"{looks}/>", short(&path.to_svg()));
            }
        }
        Part::Text { at, turn, text, look } => {
            let turned = if *turn == Affine::IDENTITY {
                String::new()
            } else {
                let [a, b, c, d, e, f] = turn.as_coeffs().map(round);
                format!(" transform=\"matrix({a} {b} {c} {d} {e} {f})\"")
            };
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\"{turned}{} font-size=\"{}\"{} xml:space=\"preserve\">{}</text>",
                round(at.x),
                round(at.y),
                looks(look, true),
                round(f64::from(look.size)),
                if look.bold { " font-weight=\"600\"" } else { "" },
                escaped(text)
            );
        }
        Part::Window { window, parts } => {
            *windows += 1;
            let name = format!("w{windows}");
            let _ = write!(
                out,
                "<clipPath id=\"{name}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath><g clip-path=\"url(#{name})\">",
                round(window.x0),
                round(window.y0),
                round(window.width()),
                round(window.height())
            );
            for part in parts {
                draw(out, part, windows);
            }
            out.push_str("</g>");
        }
    }
}

/// Attributes of a look; none when nothing would be seen.
fn looks(look: &Look, text: bool) -> String {
    let mut out = String::new();
    let hex = |colour: Colour| format!("#{:02x}{:02x}{:02x}", colour.rgb.0, colour.rgb.1, colour.rgb.2);
    let stroke = look.stroke.filter(|_| !text && look.width > 0.0);
    match look.fill {
        Some(fill) => {
            let _ = write!(out, " fill=\"{}\"", hex(fill));
            if fill.alpha < 1.0 {
                let _ = write!(out, " fill-opacity=\"{}\"", round(f64::from(fill.alpha)));
            }
        }
        None if stroke.is_some() => out.push_str(" fill=\"none\""),
        None => return String::new(),
    }
    if let Some(stroke) = stroke {
        let _ = write!(out, " stroke=\"{}\" stroke-width=\"{}\"", hex(stroke), round(f64::from(look.width)));
        if stroke.alpha < 1.0 {
            let _ = write!(out, " stroke-opacity=\"{}\"", round(f64::from(stroke.alpha)));
        }
        if !look.dash.is_empty() {
            let dash: Vec<String> = look.dash.iter().map(f32::to_string).collect();
            let _ = write!(out, " stroke-dasharray=\"{}\"", dash.join(" "));
        }
        if look.round {
            out.push_str(" stroke-linejoin=\"round\"");
        }
    }
    if look.opacity < 1.0 {
        let _ = write!(out, " opacity=\"{}\"", round(f64::from(look.opacity)));
    }
    out
}

/// Hundredths are enough for the eye.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Path data with numbers cut to hundredths.
fn short(d: &str) -> String {
    let mut out = String::with_capacity(d.len());
    let mut number = String::new();
    for letter in d.chars().chain([' ']) {
        if letter.is_ascii_digit() || matches!(letter, '.' | '-' | 'e') {
            number.push(letter);
            continue;
        }
        if let Ok(value) = number.parse::<f64>() {
            let _ = write!(out, "{}", round(value));
        }
        number.clear();
        out.push(letter);
    }
    out.trim_end().to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

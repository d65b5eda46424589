//! A badge as dots for label printers: colours become black or white, codes stand on whole dots so that they read.

use super::draw::{Look, faces};
use super::logo::Logo;
use super::outline::{Stand, outlines};
use crate::Error;
use crate::registration::qr;
use domain::printing::arrange::Mark;
use domain::printing::layout::Stock;
use domain::printing::raster::Bitmap;
use domain::printing::{paper, zpl};
use domain::registration::view::Badge;

/// Points in an inch.
const INCH: f32 = 72.0;

/// The label of a badge in ZPL.
pub(super) fn badge_zpl(look: &Look, badge: &Badge, dpi: u16) -> Result<String, Error> {
    let picture = bitmap(look, badge, dpi)?;
    Ok(zpl::label(&on_paper(look, picture)))
}

/// The badge on its strip: twice, where it is folded.
fn on_paper(look: &Look, picture: Bitmap) -> Bitmap {
    let folded = look.layout.paper.fold && look.layout.paper.stock != Stock::Sheet;
    debug_assert!(!folded || paper::pages(&look.layout, 1)[0].spots.len() == 2);
    if !folded {
        return picture;
    }
    let mut strip = Bitmap::white(picture.width, picture.height * 2);
    for y in 0..picture.height {
        for x in 0..picture.width {
            if picture.is_black(x, y) {
                strip.set(x, y, true);
                strip.set(picture.width - 1 - x, 2 * picture.height - 1 - y, true);
            }
        }
    }
    strip
}

/// The badge as dots.
pub(super) fn bitmap(look: &Look, badge: &Badge, dpi: u16) -> Result<Bitmap, Error> {
    let (regular, bold) = faces()?;
    let arranged = look.arrange(badge)?;
    let scale = f32::from(dpi) / INCH;
    let dots = |points: f32| (points * scale).round().max(0.0) as usize;
    let mut picture = Bitmap::white(dots(arranged.width), dots(arranged.height));
    for mark in &arranged.marks {
        match mark {
            Mark::Area([left, top, width, height], colour) => {
                let (x, y) = (dots(*left), dots(*top));
                picture.rectangle(x, y, dots(left + width) - x, dots(top + height) - y, colour.is_dark());
            }
            Mark::Line { left, base, size, bold: is_bold, colour, text } => {
                let stand = Stand { left: left * scale, base: base * scale, size: size * scale };
                let face = if *is_bold { bold } else { regular };
                picture.fill(&outlines(face, text, stand), colour.is_dark());
            }
            Mark::Code([left, top, side]) => code(&mut picture, &badge.code, (dots(*left), dots(*top), dots(*side))),
            Mark::Logo(place) => {
                if let Some(mark) = &look.logo {
                    logo(&mut picture, mark, mark.within(*place).map(|length| length * scale));
                }
            }
        }
    }
    Ok(picture)
}

/// The code, each module the same whole number of dots, in the middle of its white box.
fn code(picture: &mut Bitmap, text: &str, (left, top, side): (usize, usize, usize)) {
    picture.rectangle(left, top, side, side, false);
    let qr = qr(text);
    let modules = qr.size + 8;
    let module = (side / modules).max(1);
    let rest = side.saturating_sub(module * modules) / 2;
    for (x, y, length) in qr.runs() {
        let at = |n: usize| rest + (n + 4) * module;
        picture.rectangle(left + at(x), top + at(y), length * module, module, true);
    }
}

fn logo(picture: &mut Bitmap, logo: &Logo, [left, top, width, height]: [f32; 4]) {
    let (from_x, from_y) = (left.max(0.0) as usize, top.max(0.0) as usize);
    for y in 0..height as usize {
        for x in 0..width as usize {
            let at = |n: usize, dots: f32, pixels: u32| ((n as f32 + 0.5) / dots * pixels as f32) as u32;
            if logo.is_dark(at(x, width, logo.width), at(y, height, logo.height)) {
                picture.set(from_x + x, from_y + y, true);
            }
        }
    }
}

#[cfg(test)]
#[path = "draw_tests.rs"]
mod tests;

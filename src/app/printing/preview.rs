//! A badge as a preview: the outlines that are printed, so that what is seen is what comes out.

use super::draw::{Look, faces, read_logo};
use super::outline::{Stand, path};
use super::outside;
use crate::Error;
use crate::registration::qr;
use domain::printing::Layout;
use domain::printing::arrange::Mark;
use domain::printing::layout::Rgb;
use domain::printing::view::{Preview, Shape};
use domain::registration::view::Badge;
use domain::{BadgeLogoId, EditionId};
use store::Query;

/// Draws a badge with a layout that need not be kept yet.
///
/// # Errors
/// The fonts are not in this build; the database does not answer.
pub async fn preview(
    q: &impl Query,
    edition: EditionId,
    layout: Layout,
    logo: Option<BadgeLogoId>,
    badge: Badge,
) -> Result<Preview, Error> {
    let logo = match logo.filter(|_| layout.has_logo()) {
        Some(id) => read_logo(q, edition, id).await?,
        None => None,
    };
    tokio::task::spawn_blocking(move || draw(&Look::of(layout, logo), &badge)).await.map_err(outside)?
}

fn draw(look: &Look, badge: &Badge) -> Result<Preview, Error> {
    let (regular, bold) = faces()?;
    let arranged = look.arrange(badge)?;
    let mut shapes = Vec::new();
    let (mut logo, mut says) = (None, Vec::new());
    for mark in &arranged.marks {
        match mark {
            Mark::Area([left, top, width, height], colour) => {
                shapes.push(Shape {
                    d: format!("M{left:.2} {top:.2}h{width:.2}v{height:.2}h-{width:.2}z"),
                    colour: *colour,
                });
            }
            Mark::Line { left, base, size, bold: is_bold, colour, text } => {
                let face = if *is_bold { bold } else { regular };
                let d = path(face, text, Stand { left: *left, base: *base, size: *size });
                says.push(text.clone());
                shapes.push(Shape { d, colour: *colour });
            }
            Mark::Code(place) => shapes.extend(code(&badge.code, *place)),
            Mark::Logo(place) => logo = look.logo.as_ref().map(|picture| picture.within(*place)).or(logo),
        }
    }
    Ok(Preview {
        width: arranged.width,
        height: arranged.height,
        shapes,
        logo,
        says: says.join(", "),
        tight: arranged.tight,
        missing: arranged.missing,
    })
}

fn code(text: &str, [left, top, side]: [f32; 3]) -> [Shape; 2] {
    let picture = qr(text);
    let module = side / (picture.size as f32 + 8.0);
    let at = |n: usize| (n as f32 + 4.0) * module;
    let d = picture
        .runs()
        .map(|(x, y, length)| {
            let (x, y, length) = (left + at(x), top + at(y), length as f32 * module);
            format!("M{x:.2} {y:.2}h{length:.2}v{module:.2}h-{length:.2}z")
        })
        .collect();
    let ground = format!("M{left:.2} {top:.2}h{side:.2}v{side:.2}h-{side:.2}z");
    [Shape { d: ground, colour: Rgb(255, 255, 255) }, Shape { d, colour: Rgb(0, 0, 0) }]
}

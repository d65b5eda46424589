//! Badges as a PDF: names whole in either script, fonts embedded as subsets, so that the file prints the same
//! everywhere and its text can be searched.

use super::draw::{Look, faces};
use super::logo::Logo;
use super::outside;
use crate::Error;
use crate::picture::{Brush, Face, Ink};
use crate::registration::qr;
use domain::printing::arrange::{Arranged, Mark};
use domain::printing::layout::Rgb;
use domain::printing::paper::{self, Page};
use domain::registration::view::Badge;
use krilla::geom::{Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use std::collections::HashMap;
use std::sync::Arc;

/// One PDF with all badges, each with its layout. Neighbours with the same layout share sheets.
///
/// # Errors
/// The fonts are not in this build, or the writer failed.
pub fn badges_pdf(badges: &[(Look, Badge)]) -> Result<Vec<u8>, Error> {
    badges_pdf_until(badges, &mut |_| true)?.ok_or_else(|| outside("a file nobody stopped was stopped"))
}

/// The same; `go_on` is told how many badges are drawn and may stop it.
pub(super) fn badges_pdf_until(
    badges: &[(Look, Badge)],
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<Vec<u8>>, Error> {
    let (regular, bold) = faces()?;
    let mut document = krilla::Document::new();
    if let [(_, badge)] = badges {
        document.set_metadata(Metadata::new().title(badge.name.clone()).language(badge.locale.code().to_owned()));
    }
    let mut images: HashMap<usize, Image> = HashMap::new();
    let mut drawn = 0;
    for group in badges.chunk_by(|a, b| a.0.layout == b.0.layout && a.0.id == b.0.id) {
        for page in paper::pages(&group[0].0.layout, group.len()) {
            let arranged = arrange_page(group, &page)?;
            let image = group[0].0.logo.as_ref().map(|logo| image_of(logo, &mut images));
            let settings = PageSettings::from_wh(page.width, page.height)
                .ok_or_else(|| outside("a page without a size cannot be written"))?;
            let mut sheet = document.start_page_with(settings);
            Pen { surface: sheet.surface(), regular, bold, image }.page(group, &page, &arranged);
            sheet.finish();
            drawn += page.spots.iter().filter(|spot| !spot.turned).count();
            if !go_on(drawn) {
                return Ok(None);
            }
        }
    }
    document.finish().map(Some).map_err(|error| outside(format!("the PDF could not be written: {error:?}")))
}

fn arrange_page(group: &[(Look, Badge)], page: &Page) -> Result<Vec<Arranged>, Error> {
    page.spots.iter().map(|spot| group[spot.badge].0.arrange(&group[spot.badge].1)).collect()
}

/// The picture once for the whole file.
fn image_of(logo: &Arc<Logo>, images: &mut HashMap<usize, Image>) -> Image {
    let made = || Image::from_rgba8(logo.rgba.clone(), logo.width, logo.height);
    images.entry(Arc::as_ptr(logo) as usize).or_insert_with(made).clone()
}

struct Pen<'a> {
    surface: Surface<'a>,
    regular: &'static Face,
    bold: &'static Face,
    image: Option<Image>,
}

impl Pen<'_> {
    fn page(mut self, group: &[(Look, Badge)], page: &Page, arranged: &[Arranged]) {
        for (spot, badge) in page.spots.iter().zip(arranged) {
            let (look, person) = &group[spot.badge];
            self.badge(badge, &person.code, look.logo.as_deref(), (spot.left, spot.top, spot.turned));
        }
        self.surface.finish();
    }

    fn badge(&mut self, badge: &Arranged, code: &str, logo: Option<&Logo>, (left, top, turned): (f32, f32, bool)) {
        let place = if turned {
            Transform::from_row(-1.0, 0.0, 0.0, -1.0, left + badge.width, top + badge.height)
        } else {
            Transform::from_row(1.0, 0.0, 0.0, 1.0, left, top)
        };
        self.surface.push_transform(&place);
        for mark in &badge.marks {
            match mark {
                Mark::Area(place, colour) => self.surface.areas(&[*place], ink(*colour)),
                Mark::Line { left, base, size, bold, colour, text } => {
                    let face = if *bold { self.bold } else { self.regular };
                    self.surface.words(face, text, *size, (*left, *base), ink(*colour));
                }
                Mark::Code(place) => self.code(code, *place),
                Mark::Logo(place) => self.logo(logo, *place),
            }
        }
        self.surface.pop();
    }

    /// The code with its quiet zone of four modules, as the standard asks.
    fn code(&mut self, code: &str, [left, top, side]: [f32; 3]) {
        self.surface.areas(&[[left, top, side, side]], (255, 255, 255));
        self.surface.code(&qr(code), [left, top, side], 4);
    }

    fn logo(&mut self, logo: Option<&Logo>, place: [f32; 4]) {
        let Some((logo, image)) = logo.zip(self.image.clone()) else { return };
        let [left, top, width, height] = logo.within(place);
        let Some(size) = Size::from_wh(width, height) else { return };
        self.surface.push_transform(&Transform::from_row(1.0, 0.0, 0.0, 1.0, left, top));
        self.surface.draw_image(image, size);
        self.surface.pop();
    }
}

const fn ink(Rgb(r, g, b): Rgb) -> Ink {
    (r, g, b)
}

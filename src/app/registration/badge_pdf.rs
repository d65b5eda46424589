//! The badge as a PDF: 90 × 130 mm, one page a badge, names whole in either script, code readable at arm's length.
//!
//! The fonts are embedded as subsets, so the file prints the same everywhere and its text can be searched.

use super::qr::qr;
use crate::Error;
use crate::picture::fitting::{self, Fitted, Room};
use crate::picture::{BOLD, Face, REGULAR};
use domain::{
    Locale,
    registration::{Category, view::Badge},
};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    text::TextDirection,
};
use templates::Lang;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;
const WIDTH: f32 = 90.0 * MM;
const HEIGHT: f32 = 130.0 * MM;
const MARGIN: f32 = 6.0 * MM;
const BAND: f32 = 17.0 * MM;
const CODE_SIDE: f32 = 36.0 * MM;
const CODE_TOP: f32 = HEIGHT - BAND - CODE_SIDE - 2.0 * MM;
/// Between the parts of the person's block.
const GAP: f32 = 2.0 * MM;
/// From line to line, in letter sizes.
const LEADING: f32 = 1.2;
const INK: (u8, u8, u8) = (22, 27, 34);
const QUIET: (u8, u8, u8) = (87, 96, 106);

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// This binary was built without the fonts.
    #[error("the badge fonts are not part of this build (run `make assets` before building)")]
    Fonts,
    /// The writer failed.
    #[error("the PDF could not be written: {0}")]
    Write(String),
}

/// Characters of a badge that the fonts cannot draw, to be told before printing.
#[must_use]
pub fn missing_glyphs(badge: &Badge) -> Vec<char> {
    let Some(face) = BOLD.as_ref() else { return Vec::new() };
    let texts = [&badge.name, &badge.other_name, &badge.company, &badge.job_title];
    let mut missing: Vec<char> = texts
        .iter()
        .flat_map(|text| text.chars())
        .filter(|c| !c.is_whitespace() && face.glyphs.glyph_index(*c).is_none())
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// One PDF with a page for each badge.
///
/// # Errors
/// The fonts are not in this build, or the writer failed.
pub fn badge_pdf(badges: &[Badge]) -> Result<Vec<u8>, PdfError> {
    let (regular, bold) = REGULAR.as_ref().zip(BOLD.as_ref()).ok_or(PdfError::Fonts)?;
    let mut document = Document::new();
    if let [badge] = badges {
        document.set_metadata(Metadata::new().title(badge.name.clone()).language(badge.locale.code().to_owned()));
    }
    for badge in badges {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).expect("the size of a badge is positive");
        let mut page = document.start_page_with(settings);
        Sheet { surface: page.surface(), regular, bold }.draw(badge);
        page.finish();
    }
    document.finish().map_err(|error| PdfError::Write(format!("{error:?}")))
}

/// The PDF of one badge, made aside so that no other request waits for it.
///
/// # Errors
/// As [`badge_pdf`].
pub async fn print_badge(badge: Badge) -> Result<Vec<u8>, Error> {
    let made = tokio::task::spawn_blocking(move || badge_pdf(&[badge])).await;
    made.map_err(|e| Error::Outside(e.to_string()))?.map_err(|e| Error::Outside(e.to_string()))
}

/// The colour of a category's band: told apart also without colour by the word in it.
#[must_use]
pub const fn band(category: Category) -> (u8, u8, u8) {
    match category {
        Category::TradeVisitor => (29, 78, 216),
        Category::HostedBuyer => (4, 120, 87),
        Category::Media => (194, 65, 12),
        Category::Speaker => (109, 40, 217),
        Category::ExhibitorStaff => (51, 65, 85),
        Category::Contractor => (161, 98, 7),
        Category::Organizer => (17, 24, 39),
        Category::Vip => (157, 23, 77),
    }
}

fn block_height(block: &[(&'static Face, Fitted, (u8, u8, u8))]) -> f32 {
    let lines = |fitted: &Fitted| fitted.size * LEADING * fitted.lines.len() as f32;
    block.iter().map(|(_, fitted, _)| lines(fitted) + GAP).sum::<f32>() - GAP
}

struct Sheet<'a> {
    surface: Surface<'a>,
    regular: &'static Face,
    bold: &'static Face,
}

impl Sheet<'_> {
    fn draw(mut self, badge: &Badge) {
        let category = Category::parse(&badge.category).unwrap_or(Category::TradeVisitor);
        let colour = band(category);
        self.fill(colour, 0.0, 0.0, WIDTH, 3.0 * MM);
        let y = self.head(badge);
        self.person(badge, y + 3.0 * MM);
        self.code(badge);
        self.band(badge, category, colour);
        self.surface.finish();
    }

    /// Edition, place and days; gives back where it ended.
    fn head(&mut self, badge: &Badge) -> f32 {
        let lang = Lang::new(badge.locale);
        let room = Room { width: WIDTH - 2.0 * MARGIN, largest: 13.0, smallest: 9.0, lines: 2 };
        let y = self.centred(self.bold, badge.edition.get(badge.locale), room, 7.0 * MM, INK);
        let days = lang.date_range(badge.opens_on, badge.closes_on);
        let line = match badge.place.get(badge.locale) {
            "" => days,
            place => format!("{days} · {place}"),
        };
        self.centred(
            self.regular,
            &line,
            Room { width: room.width, largest: 8.5, smallest: 6.5, lines: 1 },
            y + 1.0 * MM,
            QUIET,
        )
    }

    /// Who it is, in the middle of what is left between head and code. The name is the largest thing on the badge;
    /// where everything does not fit, all of it becomes smaller together.
    fn person(&mut self, badge: &Badge, from: f32) {
        let until = CODE_TOP - 1.0 * MM;
        let scales = (0..=12).map(|step| 1.0 - 0.05 * step as f32);
        let mut block = Vec::new();
        for scale in scales {
            block = self.person_block(badge, scale);
            if block_height(&block) <= until - from {
                break;
            }
        }
        let mut y = from + ((until - from - block_height(&block)) / 2.0).max(0.0);
        for (face, fitted, colour) in block {
            y = self.lines(face, &fitted, y, colour) + GAP;
        }
    }

    fn person_block(&self, badge: &Badge, scale: f32) -> Vec<(&'static Face, Fitted, (u8, u8, u8))> {
        let parts = [
            (self.bold, &badge.name, 34.0, 17.0, 2, INK),
            (self.regular, &badge.other_name, 18.0, 11.0, 1, INK),
            (self.bold, &badge.company, 14.0, 9.5, 2, INK),
            (self.regular, &badge.job_title, 10.5, 8.0, 2, QUIET),
        ];
        let given = parts.into_iter().filter(|(_, text, ..)| !text.trim().is_empty());
        given
            .map(|(face, text, largest, smallest, lines, colour)| {
                let (largest, smallest) = (largest * scale, smallest * scale.max(0.7));
                let room = Room { width: WIDTH - 2.0 * MARGIN, largest: largest.max(smallest), smallest, lines };
                (face, fitting::fit(face, text, room), colour)
            })
            .collect()
    }

    /// The code with its quiet zone, and the serial for those who read aloud.
    fn code(&mut self, badge: &Badge) {
        let (side, left, top) = (CODE_SIDE, MARGIN - 1.0 * MM, CODE_TOP);
        self.fill((255, 255, 255), left, top, side, side);
        let picture = qr(&badge.code);
        // Four modules on each side stay white, as the standard asks.
        let module = side / (picture.size as f32 + 8.0);
        let mut path = PathBuilder::new();
        for (x, y, length) in picture.runs() {
            let at = |n: usize| (n as f32 + 4.0) * module;
            if let Some(rect) = Rect::from_xywh(left + at(x), top + at(y), length as f32 * module, module) {
                path.push_rect(rect);
            }
        }
        self.paint((0, 0, 0));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        let lang = Lang::new(badge.locale);
        let x = left + side + 3.0 * MM;
        let mut y = top + 7.0 * MM;
        for (label, value, size) in [
            (lang.t("badge-serial"), badge.serial.to_string(), 15.0),
            (lang.t("badge-number"), badge.number.to_string(), 11.0),
        ] {
            self.at(self.regular, &label, 7.5, x, y, QUIET);
            self.at(self.bold, &value, size, x, y + size + 2.0, INK);
            y += size + 6.0 * MM;
        }
    }

    /// The category in both languages on its colour.
    fn band(&mut self, badge: &Badge, category: Category, colour: (u8, u8, u8)) {
        let top = HEIGHT - BAND;
        self.fill(colour, 0.0, top, WIDTH, BAND);
        let (first, second) = match badge.locale {
            Locale::En => (Lang::EN, Lang::ZH),
            Locale::ZhCn => (Lang::ZH, Lang::EN),
        };
        let white = (255, 255, 255);
        let room = Room { width: WIDTH - 2.0 * MARGIN, largest: 19.0, smallest: 11.0, lines: 1 };
        let word = first.term("category", category.code());
        let y = self.centred(self.bold, &word, room, top + 2.5 * MM, white);
        let word = second.term("category", category.code());
        self.centred(self.regular, &word, Room { largest: 10.0, smallest: 8.0, ..room }, y, white);
    }

    /// Draws fitted lines in the middle of the badge from `y` down; gives back where they end.
    fn centred(&mut self, face: &'static Face, text: &str, room: Room, y: f32, colour: (u8, u8, u8)) -> f32 {
        let fitted = fitting::fit(face, text, room);
        self.lines(face, &fitted, y, colour)
    }

    fn lines(&mut self, face: &'static Face, fitted: &Fitted, y: f32, colour: (u8, u8, u8)) -> f32 {
        let mut y = y;
        for line in &fitted.lines {
            let x = (WIDTH - face.width(line) * fitted.size) / 2.0;
            // The letters stand on the line: Noto's ascent is .88 of an em for ideographs.
            self.at(face, line, fitted.size, x, y + fitted.size * 0.88, colour);
            y += fitted.size * LEADING;
        }
        y
    }

    fn at(&mut self, face: &'static Face, text: &str, size: f32, x: f32, y: f32, colour: (u8, u8, u8)) {
        self.paint(colour);
        self.surface.draw_text(Point::from_xy(x, y), face.font.clone(), size, text, false, TextDirection::Auto);
    }

    fn fill(&mut self, colour: (u8, u8, u8), x: f32, y: f32, w: f32, h: f32) {
        self.paint(colour);
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(x, y, w, h) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    fn paint(&mut self, (r, g, b): (u8, u8, u8)) {
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(r, g, b).into(),
            opacity: NormalizedF32::ONE,
            rule: krilla::paint::FillRule::NonZero,
        }));
    }
}

#[cfg(test)]
#[path = "badge_pdf_tests.rs"]
mod tests;

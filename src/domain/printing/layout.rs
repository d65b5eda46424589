//! A badge layout as data: its size, what stands where, the colours of categories, the paper it goes on.
//!
//! Lengths are tenths of a millimetre, letter sizes tenths of a point: whole numbers that a form and a file can hold
//! without loss. The document is stored as JSON, one row a version.

use crate::registration::Category;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The smallest and largest side of a badge, tenths of a millimetre.
pub const SIDES: std::ops::RangeInclusive<i32> = 200..=3000;
/// The most parts a badge may have.
pub const MOST_PARTS: usize = 40;
/// A code below this side (tenths of a millimetre, quiet zone included) is refused: no camera reads it.
pub const SMALLEST_CODE: i32 = 140;
/// A code below this side is warned of: 49 modules at three dots of a 203 dpi printer are 18.4 mm.
pub const SURE_CODE: i32 = 184;

codes! {
    /// What a part of the badge shows.
    Part {
        /// The person's name.
        Name "name",
        /// The name in the other script.
        OtherName "other_name",
        /// The company.
        Company "company",
        /// The job title.
        JobTitle "job_title",
        /// The country or region.
        Country "country",
        /// The category in the badge's language.
        Category "category",
        /// The category in the other language.
        CategoryOther "category_other",
        /// The name of the edition.
        Edition "edition",
        /// The open days.
        Dates "dates",
        /// City or venue.
        Place "place",
        /// The number of the registration.
        Number "number",
        /// The serial of the badge.
        Serial "serial",
        /// A text of the organizer's own.
        Text "text",
        /// The code that gates read.
        Code "code",
        /// The logo.
        Logo "logo",
        /// A filled area.
        Area "area",
    }
}

impl Part {
    /// Whether it is made of letters.
    #[must_use]
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Code | Self::Logo | Self::Area)
    }
}

codes! {
    /// What a part is drawn in.
    Ink {
        /// The colour of text.
        Dark "dark",
        /// A quieter grey.
        Quiet "quiet",
        /// White, on an area.
        White "white",
        /// The colour of the category.
        Category "category",
    }
}

codes! {
    /// Where a line of text stands in its box.
    Align {
        /// At the left edge.
        Start "start",
        /// In the middle.
        Middle "middle",
        /// At the right edge.
        End "end",
    }
}

codes! {
    /// How badges come onto paper.
    Stock {
        /// A page for each badge: cards and labels.
        Single "single",
        /// Several badges on a sheet.
        Sheet "sheet",
        /// One endless strip, a badge after the other.
        FanFold "fan_fold",
    }
}

/// A colour, red, green and blue from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#').filter(|rest| rest.len() == 6 && rest.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// As `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Whether a printer of one colour makes it black: relative luminance (Rec. 709 weights on the stored values)
    /// below 60 %.
    #[must_use]
    pub fn is_dark(self) -> bool {
        let luma = 0.2126 * f32::from(self.0) + 0.7152 * f32::from(self.1) + 0.0722 * f32::from(self.2);
        luma < 153.0
    }

    /// Contrast against white as WCAG 2 computes it: 1 to 21.
    #[must_use]
    pub fn contrast_to_white(self) -> f32 {
        let linear = |value: u8| {
            let share = f32::from(value) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2);
        1.05 / (luminance + 0.05)
    }
}

impl TryFrom<String> for Rgb {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a colour is #rrggbb")
    }
}

impl From<Rgb> for String {
    fn from(colour: Rgb) -> Self {
        colour.hex()
    }
}

/// A part of a badge in its box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// What it shows.
    pub part: Part,
    /// The organizer's own text, or what stands before a value; empty for none.
    pub text: String,
    /// From the left edge of the badge.
    pub left: i32,
    /// From the upper edge of the badge.
    pub top: i32,
    /// Width of the box.
    pub width: i32,
    /// Height of the box.
    pub height: i32,
    /// The largest letters, tenths of a point.
    pub largest: i32,
    /// The smallest letters that read well; below it the person is named before printing.
    pub smallest: i32,
    /// The most lines.
    pub lines: u8,
    /// Bold letters.
    pub bold: bool,
    /// Where lines stand.
    pub align: Align,
    /// What it is drawn in.
    pub ink: Ink,
    /// Text that belongs to a block: neighbours of the list that are in a block share their boxes, close up where
    /// one is empty, stand in the middle together and become smaller together.
    pub block: bool,
}

/// How badges lie on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Which way.
    pub stock: Stock,
    /// Width of a sheet.
    pub width: i32,
    /// Height of a sheet.
    pub height: i32,
    /// Badges beside each other on a sheet.
    pub columns: u8,
    /// Badges below each other on a sheet.
    pub rows: u8,
    /// From the left edge of the sheet to the first badge.
    pub left: i32,
    /// From the upper edge of the sheet to the first badge.
    pub top: i32,
    /// Between badges beside each other.
    pub gap_x: i32,
    /// Between badges below each other.
    pub gap_y: i32,
    /// The badge is printed twice, the second half upside down, and folded in the middle: both sides show.
    pub fold: bool,
}

impl Paper {
    /// A page a badge.
    #[must_use]
    pub const fn single() -> Self {
        Self {
            stock: Stock::Single,
            width: 2100,
            height: 2970,
            columns: 2,
            rows: 2,
            left: 100,
            top: 100,
            gap_x: 0,
            gap_y: 0,
            fold: false,
        }
    }
}

/// What a badge looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Width of the badge.
    pub width: i32,
    /// Height of the badge.
    pub height: i32,
    /// What stands on it, in the order it is drawn.
    pub elements: Vec<Element>,
    /// Colours of categories that differ from the usual.
    pub colours: BTreeMap<Category, Rgb>,
    /// The paper.
    pub paper: Paper,
}

impl Layout {
    /// The colour of a category on this layout.
    #[must_use]
    pub fn colour(&self, category: Category) -> Rgb {
        self.colours.get(&category).copied().unwrap_or_else(|| usual(category))
    }

    /// Whether any part shows the logo.
    #[must_use]
    pub fn has_logo(&self) -> bool {
        self.elements.iter().any(|element| element.part == Part::Logo)
    }

    /// The side of the smallest code on it, tenths of a millimetre; nothing without one.
    #[must_use]
    pub fn code_side(&self) -> Option<i32> {
        let codes = self.elements.iter().filter(|element| element.part == Part::Code);
        codes.map(|element| element.width.min(element.height)).min()
    }
}

/// The usual colour of a category: told apart also without colour by the word in it.
#[must_use]
pub const fn usual(category: Category) -> Rgb {
    match category {
        Category::TradeVisitor => Rgb(29, 78, 216),
        Category::HostedBuyer => Rgb(4, 120, 87),
        Category::Media => Rgb(194, 65, 12),
        Category::Speaker => Rgb(109, 40, 217),
        Category::ExhibitorStaff => Rgb(51, 65, 85),
        Category::Contractor => Rgb(161, 98, 7),
        Category::Organizer => Rgb(17, 24, 39),
        Category::Vip => Rgb(157, 23, 77),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_read_back() {
        let colour = Rgb::parse(" #1D4ed8").unwrap();
        assert_eq!((colour, colour.hex().as_str()), (Rgb(29, 78, 216), "#1d4ed8"));
        for wrong in ["", "1d4ed8", "#12345", "#12345g", "#日本"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
        assert!(Rgb(0, 0, 0).is_dark() && !Rgb(255, 255, 255).is_dark());
    }

    #[test]
    fn white_words_can_be_read_on_every_usual_colour() {
        for category in Category::ALL {
            assert!(usual(*category).contrast_to_white() >= 4.5, "{category:?}");
            assert!(usual(*category).is_dark(), "{category:?}");
        }
    }
}

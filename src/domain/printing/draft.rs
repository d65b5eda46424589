//! A layout as typed: one row of fields a part, lengths in millimetres, letter sizes in points.

use super::layout::{Align, Element, Ink, Layout, MOST_PARTS, Paper, Part, Rgb, SIDES, SMALLEST_CODE, Stock, usual};
use crate::refusal::{Parse, Refusal};
use crate::registration::Category;
use crate::{BadgeLogoId, text::fold};
use serde::{Deserialize, Serialize};

/// The form. Columns of parts are lists of equal length, in the order of the parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LayoutDraft {
    /// Name for people.
    pub name: String,
    /// Categories that are printed with it; none for all that no other layout names.
    pub categories: Vec<String>,
    /// Width of the badge, mm.
    pub width: String,
    /// Height of the badge, mm.
    pub height: String,
    /// `single`, `sheet`, `fan_fold`.
    pub stock: String,
    /// `on` when the badge is printed twice and folded.
    pub fold: String,
    /// Width of a sheet, mm.
    pub paper_width: String,
    /// Height of a sheet, mm.
    pub paper_height: String,
    /// Badges beside each other.
    pub columns: String,
    /// Badges below each other.
    pub rows: String,
    /// Left margin, mm.
    pub paper_left: String,
    /// Upper margin, mm.
    pub paper_top: String,
    /// Gap between badges beside each other, mm.
    pub gap_x: String,
    /// Gap between badges below each other, mm.
    pub gap_y: String,
    /// The logo's id; empty for none.
    pub logo: String,
    /// Colours of the categories, in their order.
    pub colour: Vec<String>,
    /// Part codes.
    pub part: Vec<String>,
    /// Own texts or prefixes.
    pub text: Vec<String>,
    /// Left edges, mm.
    pub x: Vec<String>,
    /// Upper edges, mm.
    pub y: Vec<String>,
    /// Widths, mm.
    pub w: Vec<String>,
    /// Heights, mm.
    pub h: Vec<String>,
    /// Largest letters, pt.
    pub largest: Vec<String>,
    /// Smallest letters, pt.
    pub smallest: Vec<String>,
    /// Most lines.
    pub lines: Vec<String>,
    /// `regular` or `bold`.
    pub weight: Vec<String>,
    /// Align codes.
    pub align: Vec<String>,
    /// Ink codes.
    pub ink: Vec<String>,
    /// `own` or `block`.
    pub place: Vec<String>,
    /// What to do instead of saving: `add`, `remove-3`, `up-3`, `down-3`.
    #[serde(rename = "do")]
    pub deed: String,
    /// Version the form was made from; empty for a new one.
    pub version: String,
    /// Which sample person the badge is tried on; not part of the layout.
    pub sample: String,
    /// Which category the badge is tried on; not part of the layout.
    pub shown: String,
    /// The layout the form is about; empty for a new one.
    pub id: String,
}

/// A layout to create or change, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutChange {
    /// Name for people.
    pub name: String,
    /// Categories printed with it.
    pub categories: Vec<Category>,
    /// The logo.
    pub logo: Option<BadgeLogoId>,
    /// What it looks like.
    pub layout: Layout,
    /// Version seen.
    pub version: i32,
}

/// Tenths as a decimal number: `125` → `12.5`.
#[must_use]
pub fn decimal(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

/// A decimal number as tenths, rounded; `None` for anything else.
#[must_use]
pub fn tenths(text: &str) -> Option<i32> {
    let number: f64 = fold(text).replace(',', ".").parse().ok()?;
    let tenths = (number * 10.0).round();
    (tenths.abs() < 100_000.0).then_some(tenths as i32)
}

fn measure(parse: &mut Parse, field: &str, text: &str, range: std::ops::RangeInclusive<i32>) -> i32 {
    match tenths(text) {
        Some(value) if range.contains(&value) => value,
        Some(_) => {
            let refusal = Refusal::invalid("out-of-range").at(field);
            parse.refuse(refusal.with("min", decimal(*range.start())).with("max", decimal(*range.end())));
            *range.start()
        }
        None => {
            parse.refuse(Refusal::invalid("not-a-number").at(field));
            *range.start()
        }
    }
}

impl LayoutDraft {
    /// The form of a layout as it is.
    #[must_use]
    pub fn of(name: &str, categories: &[Category], logo: Option<BadgeLogoId>, layout: &Layout, version: i32) -> Self {
        let paper = &layout.paper;
        let column = |of: &dyn Fn(&Element) -> String| layout.elements.iter().map(of).collect::<Vec<_>>();
        Self {
            name: name.to_owned(),
            categories: categories.iter().map(|c| c.code().to_owned()).collect(),
            width: decimal(layout.width),
            height: decimal(layout.height),
            stock: paper.stock.code().to_owned(),
            fold: if paper.fold { "on".to_owned() } else { String::new() },
            paper_width: decimal(paper.width),
            paper_height: decimal(paper.height),
            columns: paper.columns.to_string(),
            rows: paper.rows.to_string(),
            paper_left: decimal(paper.left),
            paper_top: decimal(paper.top),
            gap_x: decimal(paper.gap_x),
            gap_y: decimal(paper.gap_y),
            logo: logo.map(|id| id.to_string()).unwrap_or_default(),
            colour: Category::ALL.iter().map(|category| layout.colour(*category).hex()).collect(),
            part: column(&|e| e.part.code().to_owned()),
            text: column(&|e| e.text.clone()),
            x: column(&|e| decimal(e.left)),
            y: column(&|e| decimal(e.top)),
            w: column(&|e| decimal(e.width)),
            h: column(&|e| decimal(e.height)),
            largest: column(&|e| decimal(e.largest)),
            smallest: column(&|e| decimal(e.smallest)),
            lines: column(&|e| e.lines.to_string()),
            weight: column(&|e| if e.bold { "bold".to_owned() } else { "regular".to_owned() }),
            align: column(&|e| e.align.code().to_owned()),
            ink: column(&|e| e.ink.code().to_owned()),
            place: column(&|e| if e.block { "block".to_owned() } else { "own".to_owned() }),
            deed: String::new(),
            version: version.to_string(),
            sample: String::new(),
            shown: String::new(),
            id: String::new(),
        }
    }

    fn columns_mut(&mut self) -> [&mut Vec<String>; 13] {
        [
            &mut self.part,
            &mut self.text,
            &mut self.x,
            &mut self.y,
            &mut self.w,
            &mut self.h,
            &mut self.largest,
            &mut self.smallest,
            &mut self.lines,
            &mut self.weight,
            &mut self.align,
            &mut self.ink,
            &mut self.place,
        ]
    }

    /// Does what a button of the form asks for: adds, removes or moves a part. `false` when none was pressed.
    pub fn edit(&mut self) -> bool {
        let deed = std::mem::take(&mut self.deed);
        let count = self.part.len().min(MOST_PARTS);
        // A form cut short on its way is made whole: missing values are empty, and refused by name.
        for column in self.columns_mut() {
            column.resize(count, String::new());
        }
        let (verb, at) = deed.split_once('-').map_or((deed.as_str(), None), |(verb, at)| (verb, at.parse().ok()));
        match (verb, at) {
            ("add", _) if count < MOST_PARTS => self.add(),
            ("remove", Some(at)) if at < count => {
                for column in self.columns_mut() {
                    column.remove(at);
                }
            }
            ("up", Some(at)) if at > 0 && at < count => {
                for column in self.columns_mut() {
                    column.swap(at, at - 1);
                }
            }
            ("down", Some(at)) if at + 1 < count => {
                for column in self.columns_mut() {
                    column.swap(at, at + 1);
                }
            }
            ("add" | "remove" | "up" | "down", _) => {}
            _ => return false,
        }
        true
    }

    fn add(&mut self) {
        let values = ["text", "", "5", "5", "40", "8", "12", "8", "1", "regular", "middle", "dark", "own"];
        for (column, value) in self.columns_mut().into_iter().zip(values) {
            column.push(value.to_owned());
        }
    }

    /// Parses, naming every field that is wrong; fields of a part carry its number: `x-3`.
    ///
    /// # Errors
    /// All refusals at once.
    pub fn parse(&self) -> Result<LayoutChange, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name = parse.required("name", &self.name, 60);
        let categories: Vec<Category> =
            self.categories.iter().filter_map(|code| parse.choice("categories", code, Category::parse)).collect();
        let width = measure(&mut parse, "width", &self.width, SIDES);
        let height = measure(&mut parse, "height", &self.height, SIDES);
        let paper = self.paper(&mut parse, (width, height));
        let logo = match self.logo.trim() {
            "" => None,
            text => parse.choice("logo", text, |id| id.parse().ok()),
        };
        let colours = Category::ALL
            .iter()
            .zip(&self.colour)
            .filter_map(|(category, text)| Some((*category, parse.choice("colour", text, Rgb::parse)?)))
            .filter(|(category, colour)| *colour != usual(*category))
            .collect();
        if self.part.is_empty() {
            parse.refuse(Refusal::invalid("layout-empty").at("part"));
        }
        if self.part.len() > MOST_PARTS {
            parse.refuse(Refusal::invalid("layout-too-many-parts").at("part").with("max", MOST_PARTS));
        }
        let parts = 0..self.part.len().min(MOST_PARTS);
        let elements = parts.map(|at| self.element(&mut parse, at, (width, height))).collect();
        let version = self.version.trim().parse().unwrap_or(0);
        parse.finish(|| LayoutChange {
            name,
            categories,
            logo,
            layout: Layout { width, height, elements, colours, paper },
            version,
        })
    }

    fn paper(&self, parse: &mut Parse, (width, height): (i32, i32)) -> Paper {
        let stock = parse.choice("stock", &self.stock, Stock::parse).unwrap_or(Stock::Single);
        let usual = Paper { stock, fold: stock != Stock::Sheet && self.fold == "on", ..Paper::single() };
        if stock != Stock::Sheet {
            return usual;
        }
        let count = |parse: &mut Parse, field, text: &str| parse.number(field, text, 1..=12).unwrap_or(1) as u8;
        let paper = Paper {
            width: measure(parse, "paper_width", &self.paper_width, 500..=6000),
            height: measure(parse, "paper_height", &self.paper_height, 500..=6000),
            columns: count(parse, "columns", &self.columns),
            rows: count(parse, "rows", &self.rows),
            left: measure(parse, "paper_left", &self.paper_left, 0..=2000),
            top: measure(parse, "paper_top", &self.paper_top, 0..=2000),
            gap_x: measure(parse, "gap_x", &self.gap_x, 0..=500),
            gap_y: measure(parse, "gap_y", &self.gap_y, 0..=500),
            ..usual
        };
        let (columns, rows) = (i32::from(paper.columns), i32::from(paper.rows));
        let across = paper.left + columns * width + (columns - 1) * paper.gap_x;
        let down = paper.top + rows * height + (rows - 1) * paper.gap_y;
        for (field, needs, has) in [("columns", across, paper.width), ("rows", down, paper.height)] {
            if needs > has && !parse.refused() {
                let refusal = Refusal::invalid("layout-off-paper").at(field);
                parse.refuse(refusal.with("needs", decimal(needs)).with("has", decimal(has)));
            }
        }
        paper
    }

    fn element(&self, parse: &mut Parse, at: usize, (width, height): (i32, i32)) -> Element {
        let text = |column: &'_ [String]| column.get(at).cloned().unwrap_or_default();
        let field = |name: &str| format!("{name}-{at}");
        let part = parse.choice(&field("part"), &text(&self.part), Part::parse).unwrap_or(Part::Text);
        let left = measure(parse, &field("x"), &text(&self.x), 0..=width);
        let top = measure(parse, &field("y"), &text(&self.y), 0..=height);
        let wide = measure(parse, &field("w"), &text(&self.w), 1..=(width - left).max(1));
        let tall = measure(parse, &field("h"), &text(&self.h), 1..=(height - top).max(1));
        let (mut largest, mut smallest, mut lines) = (100, 70, 1);
        if part.is_text() {
            largest = measure(parse, &field("largest"), &text(&self.largest), 40..=1500);
            smallest = measure(parse, &field("smallest"), &text(&self.smallest), 40..=largest.max(40));
            lines = parse.number(&field("lines"), &text(&self.lines), 1..=6).unwrap_or(1) as u8;
        }
        if part == Part::Code && wide.min(tall) < SMALLEST_CODE {
            parse.refuse(Refusal::invalid("layout-code-small").at(&field("w")).with("min", decimal(SMALLEST_CODE)));
        }
        let own = parse.optional(&field("text"), &text(&self.text), 200);
        if part == Part::Text && own.is_empty() {
            parse.refuse(Refusal::invalid("required").at(&field("text")));
        }
        Element {
            part,
            text: own,
            left,
            top,
            width: wide,
            height: tall,
            largest,
            smallest,
            lines,
            bold: text(&self.weight) == "bold",
            align: parse.choice(&field("align"), &text(&self.align), Align::parse).unwrap_or(Align::Middle),
            ink: parse.choice(&field("ink"), &text(&self.ink), Ink::parse).unwrap_or(Ink::Dark),
            block: part.is_text() && text(&self.place) == "block",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::presets::Preset;
    use proptest::prelude::*;

    fn draft(preset: Preset) -> LayoutDraft {
        LayoutDraft::of("Visitors", &[Category::Vip], None, &preset.layout(), 3)
    }

    #[test]
    fn every_preset_reads_back_as_it_was() {
        for preset in Preset::ALL {
            let change = draft(*preset).parse().unwrap_or_else(|refusals| panic!("{preset:?}: {refusals:?}"));
            assert_eq!(change.layout, preset.layout(), "{preset:?}");
            assert_eq!((change.categories.as_slice(), change.version), ([Category::Vip].as_slice(), 3));
            let json = serde_json::to_string(&change.layout).unwrap();
            assert_eq!(serde_json::from_str::<Layout>(&json).unwrap(), change.layout);
        }
    }

    #[test]
    fn buttons_move_parts_and_nothing_else() {
        let mut form = draft(Preset::Card);
        let count = form.part.len();
        form.deed = "down-0".into();
        assert!(form.edit());
        assert_eq!((form.part[0].as_str(), form.part[1].as_str()), ("category", "area"));
        form.deed = "remove-0".into();
        assert!(form.edit());
        form.deed = "add".into();
        assert!(form.edit());
        assert_eq!(form.part.len(), count);
        assert!(form.columns_mut().iter().all(|column| column.len() == count));
        assert!(!form.edit(), "nothing was pressed");
    }

    #[test]
    fn wrong_fields_are_named_with_their_part() {
        let mut form = draft(Preset::Sheet);
        form.x[2] = "far".into();
        form.w[6] = "9".into();
        form.rows = "9".into();
        form.colour[0] = "blue".into();
        let fields: Vec<_> = form.parse().unwrap_err().into_iter().filter_map(|r| r.field).collect();
        assert_eq!(fields, ["rows", "colour", "x-2", "w-6"]);
        assert_eq!(tenths(" 12,5 "), Some(125));
        assert_eq!(decimal(-5), "-0.5");
    }

    proptest! {
        #[test]
        fn any_form_is_answered(
            columns in prop::collection::vec(prop::collection::vec(".{0,6}", 0..5), 13),
            deed in "[a-z]{0,6}-?[0-9]{0,3}",
            width in ".{0,5}",
        ) {
            let mut form = LayoutDraft { width, deed, ..draft(Preset::Upright) };
            for (column, values) in form.columns_mut().into_iter().zip(columns) {
                *column = values;
            }
            form.edit();
            let _ = form.parse();
        }
    }
}

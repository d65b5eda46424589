//! Layouts to begin with. The first is what is printed where nobody made one.

use super::layout::{Align, Element, Ink, Layout, Paper, Part, Stock};
use std::collections::BTreeMap;

codes! {
    /// A layout to begin with.
    Preset {
        /// 90 × 130 mm, upright, a page a badge.
        Upright "upright",
        /// 90 × 130 mm twice on a strip, folded: both sides show the badge.
        Folded "folded",
        /// 100 × 60 mm, for label printers.
        Label "label",
        /// 54 × 86 mm, a plastic card.
        Card "card",
        /// 90 × 54 mm, ten on a sheet of A4.
        Sheet "sheet",
    }
}

/// A part in its box (left, top, width, height; tenths of a millimetre).
fn part(part: Part, (left, top, width, height): (i32, i32, i32, i32)) -> Element {
    Element {
        part,
        text: String::new(),
        left,
        top,
        width,
        height,
        largest: 100,
        smallest: 70,
        lines: 1,
        bold: false,
        align: Align::Middle,
        ink: Ink::Dark,
        block: false,
    }
}

impl Element {
    /// Letters from `largest` down to `smallest` (tenths of a point) on up to `lines` lines.
    const fn letters(mut self, largest: i32, smallest: i32, lines: u8) -> Self {
        (self.largest, self.smallest, self.lines) = (largest, smallest, lines);
        self
    }

    const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    const fn ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }

    const fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    const fn block(mut self) -> Self {
        self.block = true;
        self
    }
}

impl Preset {
    /// The layout.
    #[must_use]
    pub fn layout(self) -> Layout {
        match self {
            Self::Upright => upright(Paper::single()),
            Self::Folded => upright(Paper { stock: Stock::FanFold, fold: true, ..Paper::single() }),
            Self::Label => label(),
            Self::Card => card(),
            Self::Sheet => sheet(),
        }
    }
}

fn layout((width, height): (i32, i32), elements: Vec<Element>, paper: Paper) -> Layout {
    Layout { width, height, elements, colours: BTreeMap::new(), paper }
}

fn upright(paper: Paper) -> Layout {
    let elements = vec![
        part(Part::Area, (0, 0, 900, 30)).ink(Ink::Category),
        part(Part::Edition, (60, 70, 780, 100)).letters(130, 90, 2).bold(),
        part(Part::Dates, (60, 172, 780, 42)).letters(85, 65, 1).ink(Ink::Quiet),
        part(Part::Name, (60, 240, 780, 230)).letters(340, 170, 2).bold().block(),
        part(Part::OtherName, (60, 475, 780, 75)).letters(180, 110, 1).block(),
        part(Part::Company, (60, 555, 780, 105)).letters(140, 95, 2).bold().block(),
        part(Part::JobTitle, (60, 662, 780, 60)).letters(105, 80, 2).ink(Ink::Quiet).block(),
        part(Part::Code, (45, 740, 370, 370)),
        Element { text: "No.".to_owned(), ..part(Part::Serial, (440, 790, 400, 80)) }
            .letters(150, 90, 1)
            .bold()
            .align(Align::Start),
        part(Part::Country, (440, 880, 400, 60)).letters(105, 80, 1).align(Align::Start),
        part(Part::Area, (0, 1130, 900, 170)).ink(Ink::Category),
        part(Part::Category, (60, 1143, 780, 90)).letters(190, 110, 1).bold().ink(Ink::White),
        part(Part::CategoryOther, (60, 1232, 780, 52)).letters(100, 80, 1).ink(Ink::White),
    ];
    layout((900, 1300), elements, paper)
}

fn label() -> Layout {
    let elements = vec![
        part(Part::Name, (30, 30, 670, 190)).letters(300, 140, 2).bold().align(Align::Start).block(),
        part(Part::OtherName, (30, 225, 670, 60)).letters(150, 100, 1).align(Align::Start).block(),
        part(Part::Company, (30, 290, 670, 100)).letters(130, 90, 2).bold().align(Align::Start).block(),
        part(Part::JobTitle, (30, 395, 670, 60)).letters(100, 75, 1).align(Align::Start).block(),
        part(Part::Code, (710, 40, 270, 270)),
        part(Part::Serial, (710, 320, 270, 50)).letters(90, 70, 1),
        part(Part::Area, (0, 480, 1000, 120)).ink(Ink::Category),
        part(Part::Category, (30, 495, 940, 90)).letters(200, 110, 1).bold().ink(Ink::White),
    ];
    layout((1000, 600), elements, Paper::single())
}

fn card() -> Layout {
    let elements = vec![
        part(Part::Area, (0, 0, 540, 110)).ink(Ink::Category),
        part(Part::Category, (25, 18, 490, 76)).letters(150, 80, 1).bold().ink(Ink::White),
        part(Part::Name, (25, 130, 490, 150)).letters(210, 100, 2).bold().block(),
        part(Part::OtherName, (25, 285, 490, 50)).letters(110, 80, 1).block(),
        part(Part::Company, (25, 340, 490, 90)).letters(100, 70, 2).block(),
        part(Part::Code, (130, 445, 280, 280)),
        part(Part::Serial, (25, 730, 490, 45)).letters(80, 60, 1),
        part(Part::Edition, (25, 780, 490, 55)).letters(70, 55, 1).ink(Ink::Quiet),
    ];
    layout((540, 860), elements, Paper::single())
}

fn sheet() -> Layout {
    let elements = vec![
        part(Part::Area, (0, 0, 25, 540)).ink(Ink::Category),
        part(Part::Edition, (55, 25, 610, 45)).letters(75, 55, 1).align(Align::Start).ink(Ink::Quiet),
        part(Part::Name, (55, 85, 560, 150)).letters(220, 110, 2).bold().align(Align::Start).block(),
        part(Part::OtherName, (55, 240, 560, 55)).letters(120, 85, 1).align(Align::Start).block(),
        part(Part::Company, (55, 300, 560, 85)).letters(105, 75, 2).bold().align(Align::Start).block(),
        part(Part::JobTitle, (55, 390, 560, 50)).letters(85, 65, 1).align(Align::Start).block(),
        part(Part::Code, (630, 150, 250, 250)),
        part(Part::Serial, (630, 405, 250, 45)).letters(80, 60, 1),
        part(Part::Category, (55, 455, 560, 60)).letters(120, 80, 1).bold().align(Align::Start).ink(Ink::Category),
    ];
    let paper =
        Paper { stock: Stock::Sheet, columns: 2, rows: 5, left: 150, top: 135, gap_x: 0, gap_y: 0, ..Paper::single() };
    layout((900, 540), elements, paper)
}

//! The report of a gate as a PDF on A4: criteria with their values, decisions with signatures, waivers. Latin and Chinese
//! from embedded fonts; nothing is cut, long texts go on more lines and more sheets.

use crate::Error;
use crate::picture::fitting::{Room, fit};
use crate::picture::{BOLD, Brush, Face, Ink, REGULAR};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::edition::Edition;
use domain::plan::gate::view::GatePage;
use domain::plan::gate::{Decision, DecisionState, Standing, judge};
use domain::{Locale, UserId};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use templates::Lang;
use templates::organizer::plan::gate::{criterion_name, standing_word, value_words, wanted};

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;
const SHEET: (f32, f32) = (210.0 * MM, 297.0 * MM);
const MARGIN: f32 = 18.0 * MM;
const WIDTH: f32 = SHEET.0 - 2.0 * MARGIN;
const FOOT: f32 = 12.0 * MM;
/// From line to line, in letter sizes.
const LEADING: f32 = 1.35;
const INK: Ink = (22, 27, 34);
const QUIET: Ink = (87, 96, 106);
const GOOD: Ink = (23, 106, 58);
const WARN: Ink = (127, 77, 0);
const BAD: Ink = (173, 31, 40);
/// Shares of the width: criterion, wanted, found, standing.
const COLUMNS: [f32; 4] = [0.42, 0.21, 0.22, 0.15];

/// Words in one column: wrapped lines, how they look.
#[derive(Clone)]
struct Cell {
    lines: Vec<String>,
    size: f32,
    bold: bool,
    ink: Ink,
    x: f32,
}

/// What stands between two heights of a sheet.
struct Block {
    cells: Vec<Cell>,
    height: f32,
    /// A line above it.
    ruled: bool,
    /// Does not stand alone at the end of a sheet.
    heading: bool,
}

struct Fonts {
    regular: &'static Face,
    bold: &'static Face,
}

impl Fonts {
    fn cell(&self, text: &str, (x, width): (f32, f32), size: f32, bold: bool, ink: Ink) -> Cell {
        let face = if bold { self.bold } else { self.regular };
        let room = Room { width, largest: size, smallest: size, lines: 40 };
        Cell { lines: fit(face, text, room).lines, size, bold, ink, x }
    }

    fn block(&self, cells: Vec<Cell>, space: f32) -> Block {
        let height = cells.iter().map(|one| one.lines.len() as f32 * one.size * LEADING).fold(0.0, f32::max);
        Block { cells, height: height + space, ruled: false, heading: false }
    }

    fn text(&self, text: &str, size: f32, bold: bool, ink: Ink) -> Block {
        self.block(vec![self.cell(text, (0.0, WIDTH), size, bold, ink)], 2.0)
    }

    fn heading(&self, text: &str) -> Block {
        let mut block = self.text(text, 12.0, true, INK);
        block.height += 8.0;
        block.heading = true;
        for cell in &mut block.cells {
            cell.lines.insert(0, String::new());
        }
        block.height += 12.0 * LEADING;
        block
    }

    fn row(&self, words: [&str; 4], bold: bool, last: Ink) -> Block {
        let mut x = 0.0;
        let cells = words.iter().zip(COLUMNS).enumerate().map(|(at, (text, share))| {
            let width = share * WIDTH;
            let cell = self.cell(text, (x, width - 6.0), 9.0, bold || at == 3, if at == 3 { last } else { INK });
            x += width;
            cell
        });
        let mut block = self.block(cells.collect(), 6.0);
        block.ruled = true;
        block
    }
}

/// The report of a gate in one language, as it stands now.
///
/// # Errors
/// This binary was built without fonts, or the writer failed.
pub async fn report(edition: &Edition, page: GatePage, locale: Locale, now: DateTime<Utc>) -> Result<Vec<u8>, Error> {
    let (name, zone) = (edition.name.get(locale).to_owned(), edition.time_zone);
    let made = tokio::task::spawn_blocking(move || write(&name, zone, &page, Lang::new(locale), now)).await;
    made.map_err(|error| Error::Outside(error.to_string()))?
}

fn write(edition: &str, zone: Tz, page: &GatePage, lang: Lang, now: DateTime<Utc>) -> Result<Vec<u8>, Error> {
    let missing = || Error::Outside("the fonts are not part of this build (run `make assets` first)".to_owned());
    let (regular, bold) = REGULAR.as_ref().zip(BOLD.as_ref()).ok_or_else(missing)?;
    let fonts = Fonts { regular, bold };
    let row = &page.row;
    let title = format!("{}: {} {}", lang.t("gate-report"), row.code, row.name.get(lang.locale()));
    let mut blocks = vec![fonts.text(edition, 9.0, false, QUIET), fonts.text(&title, 18.0, true, INK)];
    blocks.extend(head(&fonts, page, lang, zone));
    blocks.extend(criteria(&fonts, page, lang, zone));
    blocks.push(fonts.heading(&lang.t("gate-decisions")));
    if page.decisions.is_empty() {
        blocks.push(fonts.text(&lang.t("gate-no-decisions"), 9.5, false, QUIET));
    }
    for one in &page.decisions {
        blocks.extend(decision(&fonts, page, one, lang, zone));
    }
    blocks.extend(waivers(&fonts, page, lang, zone));
    let sheets = sheets(blocks);
    let mut document = krilla::Document::new();
    document.set_metadata(Metadata::new().title(title).language(lang.code().to_owned()));
    let count = sheets.len();
    for (at, sheet) in sheets.iter().enumerate() {
        let settings = PageSettings::from_wh(SHEET.0, SHEET.1).expect("the size of a sheet is positive");
        let mut page = document.start_page_with(settings);
        let foot = format!("{edition} · {} · {} / {count}", lang.instant(now, zone), at + 1);
        Pen { surface: page.surface(), fonts: &fonts }.sheet(sheet, &foot);
        page.finish();
    }
    document.finish().map_err(|error| Error::Outside(format!("the PDF could not be written: {error:?}")))
}

fn head(fonts: &Fonts, page: &GatePage, lang: Lang, zone: Tz) -> Vec<Block> {
    let row = &page.row;
    let signers: Vec<String> = row.gate.signers.iter().map(|one| lang.term("plan-function", one.code())).collect();
    let (met, waived, total) = row.counts;
    let counts =
        [("met", i64::from(met).into()), ("waived", i64::from(waived).into()), ("total", i64::from(total).into())];
    let since = lang.with("gate-since", &[("at", lang.instant(row.gate.since, zone).into())]);
    let pairs = [
        (lang.t("plan-state"), format!("{} {since}", lang.term("gate-state", row.gate.state.code()))),
        (lang.t("gate-forecast"), lang.date(row.on)),
        (lang.t("gate-criteria"), lang.with("gate-counts", &counts)),
        (lang.t("gate-signers"), lang.list(&signers)),
    ];
    let line = |(label, value): &(String, String)| {
        let label = fonts.cell(label, (0.0, 0.2 * WIDTH - 6.0), 9.5, false, QUIET);
        let value = fonts.cell(value, (0.2 * WIDTH, 0.8 * WIDTH), 9.5, false, INK);
        fonts.block(vec![label, value], 2.0)
    };
    pairs.iter().map(line).collect()
}

fn criteria(fonts: &Fonts, page: &GatePage, lang: Lang, zone: Tz) -> Vec<Block> {
    let heads = [lang.t("gate-criterion"), lang.t("gate-wanted"), lang.t("gate-found"), lang.t("gate-standing")];
    let mut first = fonts.row([&heads[0], &heads[1], &heads[2], &heads[3]], true, INK);
    first.heading = true;
    let mut blocks = vec![fonts.heading(&lang.t("gate-criteria")), first];
    for one in &page.criteria {
        let ink = match one.standing {
            Standing::Met => GOOD,
            Standing::NotMet => BAD,
            Standing::Waived => WARN,
        };
        let words = [
            criterion_name(lang, one),
            wanted(lang, one, zone),
            value_words(lang, &one.found, zone),
            standing_word(lang, one.standing),
        ];
        blocks.push(fonts.row([&words[0], &words[1], &words[2], &words[3]], false, ink));
    }
    blocks
}

fn decision(fonts: &Fonts, page: &GatePage, one: &Decision, lang: Lang, zone: Tz) -> Vec<Block> {
    let name = |id: UserId| page.names.get(&id).cloned().unwrap_or_default();
    let proposed = [("name", name(one.proposed_by).into()), ("at", lang.instant(one.proposed_at, zone).into())];
    let title = format!(
        "#{} {} · {}",
        one.number,
        lang.term("gate-outcome", one.outcome.code()),
        lang.term("gate-decision-state", one.state.code())
    );
    let mut lines = vec![lang.with("gate-proposed-by", &proposed)];
    lines.extend([&one.text, &one.closing].into_iter().filter(|text| !text.is_empty()).cloned());
    for condition in &one.conditions {
        let until = lang.with("gate-until", &[("day", lang.date(condition.due_on).into())]);
        lines.push(format!("• {} · {} · {until}", condition.text, name(condition.owner)));
    }
    if one.state == DecisionState::Decided {
        let (met, waived, total) = judge::counts(&one.criteria);
        let counts =
            [("met", i64::from(met).into()), ("waived", i64::from(waived).into()), ("total", i64::from(total).into())];
        lines.push(lang.with("gate-as-they-were", &counts));
    }
    for signature in &one.signatures {
        let function = lang.term("plan-function", signature.function.code());
        lines.push(format!("✓ {} · {function} · {}", name(signature.by), lang.instant(signature.at, zone)));
    }
    let mut first = fonts.text(&title, 10.5, true, INK);
    first.heading = true;
    let mut blocks = vec![first];
    blocks.extend(lines.iter().map(|line| fonts.text(line, 9.5, false, INK)));
    blocks
}

fn waivers(fonts: &Fonts, page: &GatePage, lang: Lang, zone: Tz) -> Vec<Block> {
    if page.waivers.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![fonts.heading(&lang.t("gate-waivers"))];
    for one in &page.waivers {
        let day = lang.date((one.until - chrono::Duration::minutes(1)).with_timezone(&zone).date_naive());
        let who = page.names.get(&one.by).cloned().unwrap_or_default();
        let until = lang.with("gate-until", &[("day", day.into())]);
        let about = page.criteria.iter().find(|criterion| criterion.key == one.criterion);
        let about = about.map(|criterion| criterion_name(lang, criterion));
        let line = [about.unwrap_or_default(), one.reason.clone(), one.replacement.clone(), who, until];
        let line: Vec<String> = line.into_iter().filter(|part| !part.is_empty()).collect();
        blocks.push(fonts.text(&line.join(" · "), 9.5, false, INK));
    }
    blocks
}

/// Blocks on sheets: a heading goes with what it heads.
fn sheets(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let room = SHEET.1 - MARGIN - FOOT - MARGIN;
    let (mut sheets, mut sheet, mut used): (Vec<Vec<Block>>, Vec<Block>, f32) = (Vec::new(), Vec::new(), 0.0);
    for block in blocks {
        if used + block.height > room && !sheet.is_empty() {
            let mut moved = Vec::new();
            while sheet.len() > 1 && sheet.last().is_some_and(|last| last.heading) {
                moved.extend(sheet.pop());
            }
            moved.reverse();
            used = moved.iter().map(|one: &Block| one.height).sum();
            sheets.push(std::mem::replace(&mut sheet, moved));
        }
        used += block.height;
        sheet.push(block);
    }
    sheets.push(sheet);
    sheets
}

struct Pen<'a, 'f> {
    surface: Surface<'a>,
    fonts: &'f Fonts,
}

impl Pen<'_, '_> {
    fn sheet(mut self, blocks: &[Block], foot: &str) {
        let mut y = MARGIN;
        for block in blocks {
            if block.ruled {
                self.rule(y - 1.5);
            }
            for cell in &block.cells {
                for (at, line) in cell.lines.iter().enumerate() {
                    let down = y + at as f32 * cell.size * LEADING + cell.size;
                    self.words(line, cell, MARGIN + cell.x, down);
                }
            }
            y += block.height;
        }
        let cell = self.fonts.cell(foot, (0.0, WIDTH), 8.0, false, QUIET);
        self.words(foot, &cell, MARGIN, SHEET.1 - FOOT);
        self.surface.finish();
    }

    fn words(&mut self, text: &str, look: &Cell, x: f32, y: f32) {
        if text.is_empty() {
            return;
        }
        let face = if look.bold { self.fonts.bold } else { self.fonts.regular };
        self.surface.words(face, text, look.size, (x, y), look.ink);
    }

    fn rule(&mut self, y: f32) {
        self.surface.areas(&[[MARGIN, y, WIDTH, 0.6]], (225, 229, 235));
    }
}

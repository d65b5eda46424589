//! A count to take away: the certificate as a PDF of A4 sheets with the address anybody can check it at.

use crate::Error;
use crate::picture::fitting::{self, Room};
use crate::picture::{BOLD, Brush, Face, Ink, REGULAR};
use crate::registration::qr;
use chrono_tz::Tz;
use domain::Bilingual;
use domain::admission::audit::{AuditProfile, Headline};
use domain::admission::count::{DayFigures, Figures, GroupFigures};
use domain::admission::count_view::Freeze;
use krilla::Document;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use templates::Lang;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;
/// A4 upright.
const SHEET: (f32, f32) = (210.0 * MM, 297.0 * MM);
const MARGIN: f32 = 20.0 * MM;
const INK: Ink = (22, 27, 34);
const QUIET: Ink = (87, 96, 106);
const LINE: Ink = (208, 215, 222);
/// Lines of a table on a sheet.
const ROW: f32 = 5.4 * MM;

/// What is written on the certificate.
pub struct Sealed<'a> {
    /// The frozen count.
    pub freeze: &'a Freeze,
    /// Its figures.
    pub figures: &'a Figures,
    /// Whose rules.
    pub profile: &'a AuditProfile,
    /// Name of the edition.
    pub edition: &'a Bilingual,
    /// The venue's time zone.
    pub zone: Tz,
    /// Where anybody can check it, with scheme and host.
    pub address: String,
}

pub(super) fn broken(error: impl ToString) -> Error {
    Error::Outside(error.to_string())
}

/// The certificate as a PDF, made aside so that no other request waits for it.
///
/// # Errors
/// When this build has no fonts, or the writer fails.
pub async fn certificate_pdf(sealed: Sealed<'_>, lang: Lang) -> Result<Vec<u8>, Error> {
    let text = Text::of(&sealed, lang);
    tokio::task::spawn_blocking(move || text.pdf()).await.map_err(broken)?
}

/// The words of the certificate, laid out later.
struct Text {
    title: String,
    edition: String,
    big: Vec<(String, String)>,
    facts: Vec<(String, String)>,
    rule: Vec<String>,
    tables: Vec<Table>,
    hashes: Vec<(String, String)>,
    address: String,
    foot: String,
    language: &'static str,
}

/// Title, heads, rows.
type Table = (String, Vec<String>, Vec<Vec<String>>);

/// The figures everybody asks for, the one the rules put first in front.
fn headline(figures: &Figures, first: Headline, lang: Lang) -> Vec<(String, String)> {
    let visitors = (lang.t("count-visitors"), lang.number(figures.visitors));
    let visits = (lang.t("count-visits"), lang.number(figures.visits));
    let abroad = (lang.t("count-abroad"), lang.percent(figures.share_abroad()));
    match first {
        Headline::Visitors => vec![visitors, visits, abroad],
        Headline::Visits => vec![visits, visitors, abroad],
    }
}

fn days(figures: &Figures, lang: Lang) -> Table {
    let heads = ["count-day", "count-visitors", "count-new", "count-visits", "count-entries", "count-exits"];
    let row = |day: &DayFigures| {
        let cells = [day.visitors, day.new_visitors, day.visits, day.entries, day.exits];
        [lang.weekday_date(day.day)].into_iter().chain(cells.map(|figure| lang.number(figure))).collect()
    };
    (lang.t("count-by-day"), heads.map(|key| lang.t(key)).to_vec(), figures.days.iter().map(row).collect())
}

/// The largest groups: more would be no certificate any more.
fn groups(lang: Lang, (title, first): (&str, &str), list: &[GroupFigures], words: &dyn Fn(&str) -> String) -> Table {
    let heads = [first, "count-visitors", "count-visits"].map(|key| lang.t(key)).to_vec();
    let row = |one: &GroupFigures| vec![words(&one.code), lang.number(one.visitors), lang.number(one.visits)];
    (lang.t(title), heads, list.iter().take(25).map(row).collect())
}

impl Text {
    fn of(sealed: &Sealed<'_>, lang: Lang) -> Self {
        let (freeze, figures, locale) = (sealed.freeze, sealed.figures, lang.locale());
        let number = |figure: i64| lang.number(figure);
        let moment = |at| lang.instant(at, sealed.zone);
        let category = |code: &str| lang.term("category", code);
        let country = |code: &str| country_name(lang, code);
        Self {
            title: lang.t("count-certificate"),
            edition: sealed.edition.get(locale).to_owned(),
            big: headline(figures, sealed.profile.headline, lang),
            facts: vec![
                (lang.t("count-number"), freeze.number.to_string()),
                (lang.t("count-days"), lang.date_range(figures.from, figures.until)),
                (lang.t("count-frozen-at"), format!("{} · {}", moment(freeze.frozen_at), freeze.frozen_name)),
                (lang.t("count-scans"), number(freeze.scans)),
                (lang.t("count-unnamed"), number(figures.unnamed)),
            ],
            rule: vec![
                sealed.profile.name.get(locale).to_owned(),
                sealed.profile.rule.get(locale).to_owned(),
                sealed.profile.source.get(locale).to_owned(),
            ],
            tables: vec![
                days(figures, lang),
                groups(lang, ("count-by-category", "count-category"), &figures.categories, &category),
                groups(lang, ("count-by-country", "count-country"), &figures.countries, &country),
                groups(lang, ("count-others", "count-category"), &figures.others, &category),
            ],
            hashes: vec![
                (lang.t("count-log-hash"), freeze.log_hash.clone()),
                (lang.t("count-seal"), freeze.seal.clone()),
            ],
            address: sealed.address.clone(),
            foot: lang.t("count-certificate-foot"),
            language: locale.code(),
        }
    }

    fn pdf(&self) -> Result<Vec<u8>, Error> {
        let missing = || broken("the fonts are not part of this build (run `make assets` first)");
        let (regular, bold) = REGULAR.as_ref().zip(BOLD.as_ref()).ok_or_else(missing)?;
        let mut document = Document::new();
        document.set_metadata(
            Metadata::new().title(format!("{} – {}", self.title, self.edition)).language(self.language.to_owned()),
        );
        let mut waiting = self.tables.iter().filter(|(.., rows)| !rows.is_empty()).peekable();
        let mut number = 1;
        loop {
            let settings = PageSettings::from_wh(SHEET.0, SHEET.1).expect("the size of a sheet is positive");
            let mut page = document.start_page_with(settings);
            let mut pen = Pen { surface: page.surface(), regular, bold, y: MARGIN };
            if number == 1 {
                pen.front(self);
            }
            while let Some((title, heads, rows)) = waiting.peek() {
                let needed = ROW * (rows.len() as f32 + 3.0);
                if pen.y + needed > SHEET.1 - MARGIN - ROW && pen.y > MARGIN + 1.0 {
                    break;
                }
                pen.table(title, heads, rows);
                waiting.next();
            }
            pen.foot(&format!("{} · {number}", self.foot));
            pen.done();
            page.finish();
            number += 1;
            if waiting.peek().is_none() {
                break;
            }
        }
        document.finish().map_err(|error| broken(format!("the PDF could not be written: {error:?}")))
    }
}

struct Pen<'a> {
    surface: Surface<'a>,
    regular: &'static Face,
    bold: &'static Face,
    y: f32,
}

impl Pen<'_> {
    fn done(self) {
        self.surface.finish();
    }

    fn front(&mut self, text: &Text) {
        let wide = SHEET.0 - 2.0 * MARGIN;
        self.block(&text.title, true, (20.0, 14.0, 1), wide, INK);
        self.block(&text.edition, false, (13.0, 9.0, 2), wide, QUIET);
        self.y += 6.0 * MM;
        let third = wide / text.big.len() as f32;
        for (at, (label, value)) in text.big.iter().enumerate() {
            let x = MARGIN + third * at as f32;
            self.words(label, 9.0, false, x, self.y, QUIET);
            self.words(value, 24.0, true, x, self.y + 10.0 * MM, INK);
        }
        self.y += 18.0 * MM;
        for (label, value) in &text.facts {
            self.words(label, 9.0, false, MARGIN, self.y, QUIET);
            self.words(value, 9.0, false, MARGIN + 52.0 * MM, self.y, INK);
            self.y += ROW;
        }
        self.y += 3.0 * MM;
        for (number, line) in text.rule.iter().enumerate() {
            let colour = if number == 1 { INK } else { QUIET };
            self.block(line, number == 0, (9.0, 9.0, 6), wide, colour);
            self.y += 1.0 * MM;
        }
        self.y += 3.0 * MM;
        let side = 34.0 * MM;
        self.surface.code(&qr(&text.address), [SHEET.0 - MARGIN - side, self.y - 2.0 * MM, side], 0);
        for (label, value) in &text.hashes {
            self.words(label, 9.0, false, MARGIN, self.y, QUIET);
            let (head, tail) = value.split_at(value.len() / 2);
            self.words(head, 8.5, false, MARGIN, self.y + ROW, INK);
            self.words(tail, 8.5, false, MARGIN, self.y + 2.0 * ROW - 1.0 * MM, INK);
            self.y += 3.0 * ROW;
        }
        self.words(&text.address, 9.0, true, MARGIN, self.y, INK);
        self.y += 12.0 * MM;
    }

    fn table(&mut self, title: &str, heads: &[String], rows: &[Vec<String>]) {
        let wide = SHEET.0 - 2.0 * MARGIN;
        self.words(title, 11.0, true, MARGIN, self.y, INK);
        self.y += ROW + 1.0 * MM;
        let first = wide * 0.4;
        let column = (wide - first) / (heads.len().max(2) - 1) as f32;
        let line = |pen: &mut Self, cells: &[String], bold: bool, colour: Ink| {
            for (at, cell) in cells.iter().enumerate() {
                let face = if bold { pen.bold } else { pen.regular };
                let x = if at == 0 { MARGIN } else { MARGIN + first + column * at as f32 - face.width(cell) * 8.5 };
                pen.words(cell, 8.5, bold, x, pen.y, colour);
            }
            pen.surface.areas(&[[MARGIN, pen.y + 1.6 * MM, wide, 0.4]], LINE);
            pen.y += ROW;
        };
        line(self, heads, true, QUIET);
        for row in rows {
            line(self, row, false, INK);
        }
        self.y += 5.0 * MM;
    }

    fn foot(&mut self, text: &str) {
        self.words(text, 7.5, false, MARGIN, SHEET.1 - 12.0 * MM, QUIET);
    }

    fn block(&mut self, text: &str, bold: bool, (largest, smallest, lines): (f32, f32, usize), wide: f32, colour: Ink) {
        let face = if bold { self.bold } else { self.regular };
        let fitted = fitting::fit(face, text, Room { width: wide, largest, smallest, lines });
        for line in &fitted.lines {
            self.y += fitted.size * 0.3;
            self.words(line, fitted.size, bold, MARGIN, self.y + fitted.size * 0.7, colour);
            self.y += fitted.size * 1.05;
        }
    }

    fn words(&mut self, text: &str, size: f32, bold: bool, x: f32, y: f32, ink: Ink) {
        let face = if bold { self.bold } else { self.regular };
        self.surface.words(face, text, size, (x, y), ink);
    }
}

/// A country's name, or what there is of it.
pub(super) fn country_name(lang: Lang, code: &str) -> String {
    if code.is_empty() {
        return lang.t("count-country-unknown");
    }
    lang.term_opt("country", code).unwrap_or_else(|| code.to_owned())
}

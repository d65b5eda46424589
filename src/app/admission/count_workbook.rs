//! The figures of a count as a workbook, with a sheet for each way of looking at them.

use super::certificate::{broken, country_name};
use crate::Error;
use crate::spreadsheet::{Format, Written};
use domain::admission::count::{Figures, GroupFigures};
use rust_xlsxwriter::{Format as Look, Workbook};
use std::io::Seek;
use templates::Lang;

/// A sheet of the workbook: its name, headings, rows of words and figures.
struct Page {
    name: String,
    heads: Vec<String>,
    rows: Vec<(Vec<String>, Vec<i64>)>,
}

impl Page {
    fn new(lang: Lang, name: &str, heads: &[&str], rows: impl IntoIterator<Item = (Vec<String>, Vec<i64>)>) -> Self {
        let heads = heads.iter().map(|key| lang.t(key)).collect();
        Self { name: lang.t(name), heads, rows: rows.into_iter().collect() }
    }

    fn groups(lang: Lang, name: &str, first: &str, list: &[GroupFigures], words: &dyn Fn(&str) -> String) -> Self {
        let rows = list.iter().map(|group| (vec![words(&group.code)], vec![group.visitors, group.visits]));
        Self::new(lang, name, &[first, "count-visitors", "count-visits"], rows)
    }
}

fn pages(figures: &Figures, lang: Lang) -> Vec<Page> {
    let category = |code: &str| lang.term("category", code);
    let country = |code: &str| country_name(lang, code);
    vec![
        summary(figures, lang),
        by_day(figures, lang),
        by_hour(figures, lang),
        by_gate(figures, lang),
        Page::groups(lang, "count-by-category", "count-category", &figures.categories, &category),
        Page::groups(lang, "count-by-country", "count-country", &figures.countries, &country),
        Page::groups(lang, "count-others", "count-category", &figures.others, &category),
    ]
}

fn summary(figures: &Figures, lang: Lang) -> Page {
    let rows = [
        ("count-visitors", figures.visitors),
        ("count-visits", figures.visits),
        ("count-repeat-visits", figures.repeat_visits()),
        ("count-entries", figures.entries),
        ("count-repeat-entries", figures.repeat_entries()),
        ("count-exits", figures.exits),
        ("count-visitors-abroad", figures.visitors_abroad),
        ("count-visits-abroad", figures.visits_abroad),
        ("count-unnamed", figures.unnamed),
    ];
    let rows = rows.into_iter().map(|(key, figure)| (vec![lang.t(key)], vec![figure]));
    Page::new(lang, "count-summary", &["count-figure", "count-value"], rows)
}

fn by_day(figures: &Figures, lang: Lang) -> Page {
    let heads =
        ["count-day", "count-visitors", "count-new", "count-visits", "count-entries", "count-exits", "count-peak"];
    let rows = figures
        .days
        .iter()
        .map(|d| (vec![d.day.to_string()], vec![d.visitors, d.new_visitors, d.visits, d.entries, d.exits, d.peak]));
    Page::new(lang, "count-by-day", &heads, rows)
}

fn by_hour(figures: &Figures, lang: Lang) -> Page {
    let heads =
        ["count-day", "count-hour", "count-visits", "count-entries", "count-exits", "count-inside", "count-present"];
    let rows = figures.hours.iter().map(|h| {
        let words = vec![h.day.to_string(), format!("{:02}:00", h.hour)];
        (words, vec![h.visits, h.entries, h.exits, h.inside, h.present])
    });
    Page::new(lang, "count-by-hour", &heads, rows)
}

fn by_gate(figures: &Figures, lang: Lang) -> Page {
    let rows = figures.gates.iter().map(|g| (vec![g.code.clone()], vec![g.visits, g.entries, g.exits]));
    Page::new(lang, "count-by-gate", &["count-gate", "count-visits", "count-entries", "count-exits"], rows)
}

/// The figures as a workbook.
///
/// # Errors
/// When the disk is full.
pub fn count_workbook(figures: &Figures, lang: Lang) -> Result<Written, Error> {
    let mut book = Workbook::new();
    let bold = Look::new().set_bold();
    for page in pages(figures, lang) {
        let sheet = book.add_worksheet();
        // Thirty characters are what a sheet's name may have.
        sheet.set_name(page.name.chars().take(30).collect::<String>()).map_err(broken)?;
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        for (column, head) in (0u16..).zip(&page.heads) {
            sheet.set_column_width(column, if column == 0 { 30.0 } else { 16.0 }).map_err(broken)?;
            sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
        }
        for (line, (words, figures)) in (1u32..).zip(&page.rows) {
            for (column, word) in (0u16..).zip(words) {
                sheet.write_string(line, column, crate::spreadsheet::plain(word.as_str())).map_err(broken)?;
            }
            let from = u16::try_from(words.len()).map_err(broken)?;
            for (column, figure) in (from..).zip(figures) {
                sheet.write_number(line, column, *figure as f64).map_err(broken)?;
            }
        }
    }
    let mut file = tempfile::tempfile().map_err(broken)?;
    book.save_to_writer(file.try_clone().map_err(broken)?).map_err(broken)?;
    let bytes = file.metadata().map_err(broken)?.len();
    file.rewind().map_err(broken)?;
    Ok(Written { file, bytes, format: Format::Xlsx })
}

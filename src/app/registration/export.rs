//! The list as a file, exactly as it is filtered on the page, read in pages so that memory stays flat.

use crate::Error;
use crate::spreadsheet::{Cell, Format, Writer, Written};
use chrono_tz::Tz;
use domain::{
    EditionId,
    registration::{
        Form,
        form::{Kind, Question},
        view::{Filter, RegistrationRow},
    },
};
use store::{Reader, read::registration as read, record::form as forms};
use templates::Lang;

/// Rows read at once.
const PAGE: u32 = 2_000;

/// What the columns are called.
fn heads(lang: Lang) -> [String; 14] {
    [
        lang.t("registration-number"),
        lang.t("registration-name"),
        lang.t("party-other-script"),
        lang.t("registration-company"),
        lang.t("registration-job-title"),
        lang.t("registration-email"),
        lang.t("registration-phone"),
        lang.t("registration-country"),
        lang.t("registration-category"),
        lang.t("registration-channel"),
        lang.t("registration-status"),
        lang.t("registration-badge"),
        lang.t("registration-day"),
        lang.t("registration-at"),
    ]
}

fn cells(lang: Lang, zone: Tz, r: &RegistrationRow) -> [String; 14] {
    [
        r.number.to_string(),
        r.display_name.clone(),
        r.other_name.clone(),
        r.company.clone(),
        r.job_title.clone(),
        r.email.clone(),
        r.phone.clone(),
        if r.country.is_empty() { String::new() } else { lang.term("country", &r.country) },
        lang.term("category", &r.category),
        lang.term("channel", &r.channel),
        lang.term("registration-status", &r.status),
        r.badge.as_ref().map(|(serial, _)| serial.to_string()).unwrap_or_default(),
        r.local_day.to_string(),
        r.created_at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
    ]
}

/// An answer as people read it.
fn answer(lang: Lang, question: &Question, answer: &str) -> String {
    match question.kind {
        Kind::YesNo if !answer.is_empty() => lang.t("component-yes"),
        Kind::Country if !answer.is_empty() => lang.term("country", answer),
        _ => lang.list(&question.words(answer, lang.locale())),
    }
}

async fn for_each(
    reader: &Reader,
    edition: EditionId,
    filter: &Filter,
    mut take: impl FnMut(&RegistrationRow) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut before = None;
    loop {
        let rows = read::list(reader, edition, filter, before, PAGE).await?;
        rows.iter().try_for_each(&mut take)?;
        match rows.last().filter(|_| rows.len() == PAGE as usize) {
            Some(last) => before = Some(last.number),
            None => return Ok(()),
        }
    }
}

/// Every registration that the filter shows, as a file, with a column for each question of the form visitors see.
/// The number is a figure, everything else is text.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn export(
    reader: &Reader,
    edition: EditionId,
    filter: &Filter,
    (lang, zone): (Lang, Tz),
    format: Format,
) -> Result<Written, Error> {
    let form = forms::published(reader, edition).await?.map_or_else(Form::standard, |version| version.form);
    let questions: Vec<&Question> = form.own_questions().collect();
    let asked = questions.iter().map(|question| question.label.get(lang.locale()).to_owned());
    let heads: Vec<String> = heads(lang).into_iter().chain(asked).collect();
    let mut writer = Writer::begin(format, &heads)?;
    for_each(reader, edition, filter, |row| {
        let [_, rest @ ..] = cells(lang, zone, row);
        let number = Cell::Number(f64::from(row.number));
        let answers = questions.iter().map(|question| {
            Cell::from(row.answers.get(&question.code).map(|text| answer(lang, question, text)).unwrap_or_default())
        });
        writer.row(std::iter::once(number).chain(rest.into_iter().map(Cell::from)).chain(answers))
    })
    .await?;
    writer.finish()
}

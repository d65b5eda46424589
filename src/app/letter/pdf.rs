//! The letter on paper: A4, the show on top, the person's data in a table, the code and where to ask for it at the foot.

use crate::{
    Error,
    picture::{
        BOLD, Brush, Face, Ink, REGULAR,
        fitting::{self, Room},
    },
    registration::qr,
};
use domain::{
    Bilingual,
    registration::letter::{Kind, Letter},
};
use krilla::{Document, metadata::Metadata, page::PageSettings, surface::Surface};
use templates::Lang;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;
const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
const MARGIN: f32 = 25.0 * MM;
const INK: Ink = (22, 27, 34);
const QUIET: Ink = (87, 96, 106);
const ACCENT: Ink = (29, 78, 216);
const LINE: Ink = (208, 215, 222);

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
enum PdfError {
    /// This binary was built without the fonts.
    #[error("the fonts are not part of this build (run `make assets` before building)")]
    Fonts,
    /// The writer failed.
    #[error("the PDF could not be written: {0}")]
    Write(String),
}

/// Everything the sheet shows.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub letter: Letter,
    pub slug: String,
    pub edition: Bilingual,
    pub venue: Bilingual,
    pub city: String,
    pub opens_on: chrono::NaiveDate,
    pub closes_on: chrono::NaiveDate,
    /// The local day it was issued.
    pub issued_on: chrono::NaiveDate,
    /// Where anybody can ask whether it stands.
    pub address: String,
}

/// The PDF, made aside so that no other request waits for it.
///
/// # Errors
/// The fonts are not in this build, or the writer failed.
pub async fn letter_pdf(sheet: Sheet) -> Result<Vec<u8>, Error> {
    let made = tokio::task::spawn_blocking(move || write(&sheet)).await;
    made.map_err(|e| Error::Outside(e.to_string()))?.map_err(|e| Error::Outside(e.to_string()))
}

fn write(sheet: &Sheet) -> Result<Vec<u8>, PdfError> {
    let (regular, bold) = REGULAR.as_ref().zip(BOLD.as_ref()).ok_or(PdfError::Fonts)?;
    let lang = Lang::new(sheet.letter.locale);
    let mut document = Document::new();
    let title =
        format!("{} {}", lang.term("letter-kind", sheet.letter.kind.code()), sheet.letter.shown_number(&sheet.slug));
    document.set_metadata(Metadata::new().title(title).language(lang.code().to_owned()));
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).expect("the size of a sheet is positive");
    let mut page = document.start_page_with(settings);
    Paper { surface: page.surface(), regular, bold, lang }.draw(sheet);
    page.finish();
    document.finish().map_err(|error| PdfError::Write(format!("{error:?}")))
}

struct Paper<'a> {
    surface: Surface<'a>,
    regular: &'static Face,
    bold: &'static Face,
    lang: Lang,
}

impl Paper<'_> {
    fn draw(mut self, sheet: &Sheet) {
        let lang = self.lang;
        let letter = &sheet.letter;
        self.fill(ACCENT, 0.0, 0.0, WIDTH, 4.0 * MM);
        let mut y = self.head(sheet);
        let (number, day) = (letter.shown_number(&sheet.slug), lang.date(sheet.issued_on));
        y = self.block(
            self.regular,
            &format!("{}{number}", lang.label(&lang.t("letter-number"))),
            10.0,
            y + 8.0 * MM,
            INK,
        );
        y = self.block(self.regular, &format!("{}{day}", lang.label(&lang.t("letter-issued"))), 10.0, y, INK);
        y = self.block(self.bold, &lang.term("letter-title", letter.kind.code()), 16.0, y + 7.0 * MM, INK);
        y = self.block(self.regular, &lang.t("letter-to-whom"), 10.5, y + 4.0 * MM, INK);
        for paragraph in opening(lang, sheet) {
            y = self.block(self.regular, &paragraph, 10.5, y + 3.0 * MM, INK);
        }
        y = self.facts(&facts(lang, sheet), y + 4.0 * MM);
        let closing = if letter.kind == Kind::Visa { "letter-closing-visa" } else { "letter-closing" };
        y = self.block(self.regular, &lang.t(closing), 10.5, y + 4.0 * MM, INK);
        y = self.block(self.regular, &lang.t("letter-regards"), 10.5, y + 6.0 * MM, INK);
        self.block(self.bold, sheet.edition.get(lang.locale()), 10.5, y + 2.0 * MM, INK);
        self.foot(sheet);
        self.surface.finish();
    }

    /// The show in both languages, its days and place.
    fn head(&mut self, sheet: &Sheet) -> f32 {
        let lang = self.lang;
        let locale = lang.locale();
        let mut y = self.block(self.bold, sheet.edition.get(locale), 17.0, 16.0 * MM, INK);
        let other = if locale == domain::Locale::En { &sheet.edition.zh } else { &sheet.edition.en };
        if !other.is_empty() {
            y = self.block(self.regular, other, 10.5, y, QUIET);
        }
        let days = lang.date_range(sheet.opens_on, sheet.closes_on);
        let place =
            [sheet.venue.get(locale), &sheet.city].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        y = self.block(self.regular, &format!("{days} · {}", place.join(", ")), 9.5, y, QUIET);
        self.fill(LINE, MARGIN, y + 3.0 * MM, WIDTH - 2.0 * MARGIN, 0.6);
        y + 3.0 * MM
    }

    fn facts(&mut self, facts: &[(String, String)], from: f32) -> f32 {
        let mut y = from;
        for (label, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
            self.at(self.regular, label, 9.5, MARGIN + 4.0 * MM, y + 9.5, QUIET);
            let room = Room { width: WIDTH - 2.0 * MARGIN - 64.0 * MM, largest: 10.5, smallest: 10.5, lines: 3 };
            let fitted = fitting::fit(self.bold, value, room);
            for line in &fitted.lines {
                self.at(self.bold, line, fitted.size, MARGIN + 62.0 * MM, y + 10.0, INK);
                y += fitted.size * 1.5;
            }
        }
        let edge = 1.2;
        self.fill(ACCENT, MARGIN, from, edge, y - from);
        y
    }

    /// The code with its picture, and where to ask.
    fn foot(&mut self, sheet: &Sheet) {
        let lang = self.lang;
        let side = 30.0 * MM;
        let top = HEIGHT - 22.0 * MM - side;
        self.fill(LINE, MARGIN, top - 4.0 * MM, WIDTH - 2.0 * MARGIN, 0.6);
        self.surface.code(&qr(&sheet.address), [MARGIN, top, side], 4);
        let x = MARGIN + side + 5.0 * MM;
        let width = WIDTH - MARGIN - x;
        let mut y = self.lines(self.bold, &lang.t("letter-verify"), 10.0, (x, top + 2.0 * MM, width), INK);
        y = self.lines(self.regular, &lang.t("letter-verify-how"), 9.0, (x, y + 1.0 * MM, width), QUIET);
        y = self.lines(self.regular, &sheet.address, 9.0, (x, y + 1.0 * MM, width), ACCENT);
        let code = format!("{}{}", lang.label(&lang.t("letter-code")), sheet.letter.shown_code());
        self.lines(self.bold, &code, 10.0, (x, y + 1.0 * MM, width), INK);
    }

    /// Lines over the whole width; gives back where they end.
    fn block(&mut self, face: &'static Face, text: &str, size: f32, y: f32, colour: Ink) -> f32 {
        self.lines(face, text, size, (MARGIN, y, WIDTH - 2.0 * MARGIN), colour)
    }

    fn lines(
        &mut self,
        face: &'static Face,
        text: &str,
        size: f32,
        (x, y, width): (f32, f32, f32),
        colour: Ink,
    ) -> f32 {
        let mut y = y;
        let fitted = fitting::fit(face, text, Room { width, largest: size, smallest: size, lines: 60 });
        for line in &fitted.lines {
            self.at(face, line, size, x, y + size, colour);
            y += size * 1.5;
        }
        y
    }

    fn at(&mut self, face: &'static Face, text: &str, size: f32, x: f32, y: f32, ink: Ink) {
        self.surface.words(face, text, size, (x, y), ink);
    }

    fn fill(&mut self, ink: Ink, x: f32, y: f32, w: f32, h: f32) {
        self.surface.areas(&[[x, y, w, h]], ink);
    }
}

/// What is said before the data.
fn opening(lang: Lang, sheet: &Sheet) -> Vec<String> {
    let locale = lang.locale();
    let args = [
        ("name", sheet.letter.name.as_str().into()),
        ("edition", sheet.edition.get(locale).into()),
        ("days", lang.date_range(sheet.opens_on, sheet.closes_on).into()),
        ("venue", sheet.venue.get(locale).into()),
        ("city", sheet.city.as_str().into()),
    ];
    vec![lang.with("letter-opening", &args)]
}

fn facts(lang: Lang, sheet: &Sheet) -> Vec<(String, String)> {
    let l = &sheet.letter;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| lang.date(day)).unwrap_or_default();
    let nationality = if l.nationality.is_empty() { String::new() } else { lang.term("country", &l.nationality) };
    vec![
        (lang.t("letter-name"), l.name.clone()),
        (lang.t("letter-passport"), l.passport.clone()),
        (lang.t("letter-nationality"), nationality),
        (lang.t("letter-born"), day(l.born_on)),
        (lang.t("registration-company"), l.company.clone()),
        (lang.t("registration-job-title"), l.job_title.clone()),
        (lang.t("letter-arrives"), day(l.arrives_on)),
        (lang.t("letter-departs"), day(l.departs_on)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{EditionId, LetterId, Locale, RegistrationId};

    fn sheet(locale: Locale) -> Sheet {
        let id = uuid::Uuid::nil();
        let day = |text: &str| text.parse().expect("a day");
        Sheet {
            letter: Letter {
                edition: EditionId::from_uuid(id),
                id: LetterId::from_uuid(id),
                registration: RegistrationId::from_uuid(id),
                number: 7,
                code: "ABCDEFGHJKLM".into(),
                kind: Kind::Visa,
                locale,
                name: "Eva Probe".into(),
                company: "上海机床有限公司 with a name that is much longer than the room beside its label on the sheet"
                    .into(),
                job_title: "Engineer".into(),
                passport: "C01X0006H".into(),
                nationality: "DE".into(),
                born_on: Some(day("1980-02-03")),
                arrives_on: Some(day("2027-05-10")),
                departs_on: Some(day("2027-05-15")),
                issued_at: "2027-01-02T03:04:05Z".parse().expect("a moment"),
                issued_by: String::new(),
                withdrawn_at: None,
                reason: String::new(),
            },
            slug: "east-2027".into(),
            edition: Bilingual::new("East Fair", "华东机床展"),
            venue: Bilingual::new("Expo Centre", "博览中心"),
            city: "Shanghai".into(),
            opens_on: day("2027-05-12"),
            closes_on: day("2027-05-14"),
            issued_on: day("2027-01-02"),
            address: "https://fair.example/x/east-2027/letter/ABCDEFGHJKLM".into(),
        }
    }

    #[test]
    fn a_letter_is_one_sheet_in_either_language() {
        for locale in [Locale::En, Locale::ZhCn] {
            match write(&sheet(locale)) {
                Ok(bytes) => assert!(bytes.starts_with(b"%PDF")),
                Err(PdfError::Fonts) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(sheet(Locale::En).letter.shown_number("east-2027"), "EAST-2027-00007");
        assert_eq!(sheet(Locale::En).letter.masked_passport(), "•••••006H");
    }
}

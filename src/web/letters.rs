//! What every surface needs to put a letter on paper.

use crate::answer::{Answer, download};
use app::{App, letter::Sheet};
use domain::{edition::Edition, registration::letter::Letter};
use store::read;
use templates::links;

/// A letter as a file.
pub(crate) async fn pdf(app: &App, edition: &Edition, letter: Letter) -> Answer {
    let number = letter.shown_number(&edition.slug);
    let bytes = app::letter::letter_pdf(sheet(app, edition, letter).await?).await?;
    download(&format!("{number}.pdf"), "application/pdf", bytes)
}

/// Everything the sheet shows.
pub(crate) async fn sheet(app: &App, edition: &Edition, letter: Letter) -> Result<Sheet, app::Error> {
    let venues = read::edition::venues(&app.reader()).await?;
    let venue = venues.into_iter().find(|venue| venue.id == edition.venue).ok_or(app::Error::Missing)?;
    Ok(Sheet {
        slug: edition.slug.clone(),
        edition: edition.name.clone(),
        venue: venue.name,
        city: venue.city,
        opens_on: edition.opens_on,
        closes_on: edition.closes_on,
        issued_on: edition.day(letter.issued_at),
        address: links::letter::verified(&edition.slug, &letter.code).absolute(&app.settings().base_url),
        letter,
    })
}

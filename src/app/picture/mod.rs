//! Pictures to take away: what a page draws as SVG, with the style sheet's looks written into every
//! shape, as a file of its own or on sheets of a PDF.
//!
//! Any picture of a page can be exported without knowing of it: the asset build writes the rules of
//! the style sheet that concern shapes into `picture.json`, [`style`] applies them, [`read`] makes
//! shapes of the markup, [`svg`] and [`pdf`] write them. Light look only: files are for paper.

mod brush;
mod face;
mod pdf;
mod read;
mod style;
mod svg;

pub(crate) use brush::{Brush, Ink};
pub use domain::printing::fitting;
pub use face::Face;
pub(crate) use face::{BOLD, REGULAR};

use crate::Error;
use style::Sheet;

/// What a file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Title, in the head of every sheet.
    pub title: String,
    /// A line under it: which part of the plan.
    pub caption: String,
    /// At the foot of every sheet: edition and moment of printing.
    pub foot: String,
    /// Language code.
    pub language: &'static str,
}

/// A picture as a page draws it: the markup of one `svg` element, and the classes of the elements
/// around it that the style sheet looks at, from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The `svg` element with `width` and `height`, or a `viewBox`.
    pub markup: String,
    /// `gantt`, `chart`.
    pub around: &'static [&'static str],
}

/// The picture as a standalone SVG file: no style sheet, no link, fonts named.
///
/// # Errors
/// When the markup is no picture, or this binary was built without assets.
pub async fn svg(picture: Picture, about: About) -> Result<Vec<u8>, Error> {
    aside(move || {
        let drawing = read::drawing(&picture.markup, picture.around, &Sheet::built()?)?;
        Ok(svg::write(&drawing, &about).into_bytes())
    })
    .await
}

/// The pictures as a PDF, one sheet each, as large as A3 across holds them.
///
/// # Errors
/// As [`svg()`], and when the writer fails.
pub async fn pdf(pictures: Vec<Picture>, about: About) -> Result<Vec<u8>, Error> {
    aside(move || {
        let sheet = Sheet::built()?;
        let drawings: Vec<_> = pictures
            .iter()
            .map(|picture| read::drawing(&picture.markup, picture.around, &sheet))
            .collect::<Result<_, Error>>()?;
        pdf::write(&drawings, &about)
    })
    .await
}

/// Drawing takes a while: no other request waits for it.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Outside(error.to_string()))?
}

#[cfg(test)]
mod tests;

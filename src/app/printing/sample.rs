//! A layout tried on somebody, as the files that printers get.

use super::dots::badge_zpl;
use super::draw::Look;
use super::{outside, pdf};
use crate::Error;
use domain::printing::{paper, zpl};
use domain::registration::view::Badge;

/// A whole page of the badge as a PDF.
///
/// # Errors
/// The fonts are not in this build, or the writer failed.
pub async fn sample_file(look: Look, badge: Badge) -> Result<Vec<u8>, Error> {
    let count = paper::per_page(&look.layout);
    let made = tokio::task::spawn_blocking(move || pdf::badges_pdf(&vec![(look, badge); count]));
    made.await.map_err(outside)?
}

/// The badge as a label in ZPL, in the coarsest resolution: what reads there reads everywhere.
///
/// # Errors
/// The fonts are not in this build.
pub async fn sample_label(look: Look, badge: Badge) -> Result<Vec<u8>, Error> {
    let made = tokio::task::spawn_blocking(move || badge_zpl(&look, &badge, zpl::RESOLUTIONS[0]));
    made.await.map_err(outside)?.map(String::into_bytes)
}

//! Logos: PNG pictures that stand on badges. A picture is read whole before it is kept, so that none fails at the
//! printer.

use super::outside;
use crate::{App, Error, chance};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::{BadgeLogoId, Refusal};
use store::record::printing::{NewLogo, insert_logo};

/// The largest file, bytes.
pub const LARGEST_LOGO: usize = 2 * 1024 * 1024;
/// The most pixels on a side: 100 mm at 600 dots an inch.
const MOST_PIXELS: u32 = 2_400;

/// A picture: red, green, blue and opacity of each pixel, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Logo {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

impl Logo {
    /// The largest box of the picture's proportions inside a box (left, top, width, height), in its middle.
    pub fn within(&self, [left, top, width, height]: [f32; 4]) -> [f32; 4] {
        let scale = (width / self.width as f32).min(height / self.height as f32);
        let (w, h) = (self.width as f32 * scale, self.height as f32 * scale);
        [left + (width - w) / 2.0, top + (height - h) / 2.0, w, h]
    }

    /// Whether a pixel is dark on white paper.
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        let at = (y.min(self.height - 1) * self.width + x.min(self.width - 1)) as usize * 4;
        let [r, g, b, a] = [0, 1, 2, 3].map(|part| f32::from(self.rgba[at + part]));
        let luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        luma * a / 255.0 + (255.0 - a) < 128.0
    }
}

/// Reads a PNG.
pub(super) fn read(bytes: &[u8]) -> Result<Logo, Refusal> {
    let broken = || Refusal::invalid("logo-not-png").at("file");
    let limits = png::Limits { bytes: 64 * 1024 * 1024 };
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(|_| broken())?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width > MOST_PIXELS || height > MOST_PIXELS {
        return Err(Refusal::invalid("logo-too-large").at("file").with("max", MOST_PIXELS));
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or_else(broken)?];
    let frame = reader.next_frame(&mut pixels).map_err(|_| broken())?;
    pixels.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        png::ColorType::Rgba => pixels,
        png::ColorType::GrayscaleAlpha => {
            pixels.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]).collect()
        }
        png::ColorType::Rgb => pixels.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect(),
        png::ColorType::Grayscale => pixels.iter().flat_map(|grey| [*grey, *grey, *grey, 255]).collect(),
        png::ColorType::Indexed => return Err(broken()),
    };
    Ok(Logo { width, height, rgba })
}

/// Keeps a logo for the edition's layouts. The same picture again is the one that is there.
///
/// # Errors
/// `logo-not-png`, `logo-too-large`.
pub async fn keep_logo(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    name: &str,
    content: Vec<u8>,
) -> Result<(), Error> {
    if content.len() > LARGEST_LOGO {
        return Err(Refusal::invalid("logo-too-large").at("file").with("max", MOST_PIXELS).into());
    }
    let (logo, content) = tokio::task::spawn_blocking(move || (read(&content), content)).await.map_err(outside)?;
    let logo = logo?;
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(80).collect();
    let sha256 = chance::hash_bytes(&content);
    let mut work = app.begin(viewer.actor()).await?;
    let size = (logo.width as i32, logo.height as i32);
    let new = NewLogo { id: work.id::<BadgeLogoId>(), name: &name, sha256: &sha256, size, content };
    let subject = Subject::new(SubjectKind::Edition, edition.id);
    match insert_logo(work.tx(), edition.id, new, work.now()).await {
        Err(fault) if fault.taken("uq_badge_logo_edition_id_sha256") => return Ok(()),
        outcome => outcome?,
    }
    work.note([Fact::new("badge_logo.added", subject, edition.id).with("name", name)]);
    work.commit().await
}

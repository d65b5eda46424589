//! The fonts of PDF files, to draw with and to measure with: Latin and Chinese in one family.

use krilla::text::Font;
use std::sync::{Arc, LazyLock};

/// A font to draw with and to measure with.
pub struct Face {
    /// For drawing.
    pub font: Font,
    /// For measuring.
    pub glyphs: ttf_parser::Face<'static>,
}

/// The regular weight; nothing in a build without assets.
pub(crate) static REGULAR: LazyLock<Option<Face>> = LazyLock::new(|| Face::load("NotoSansSC-Regular.ttf"));
/// The bold weight; nothing in a build without assets.
pub(crate) static BOLD: LazyLock<Option<Face>> = LazyLock::new(|| Face::load("NotoSansSC-Bold.ttf"));

impl Face {
    fn load(name: &str) -> Option<Self> {
        let bytes: &'static [u8] = match templates::assets::bytes(name)? {
            std::borrow::Cow::Borrowed(bytes) => bytes,
            // Only builds that read assets from disk own the bytes; they live as long as the process.
            std::borrow::Cow::Owned(bytes) => bytes.leak(),
        };
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes);
        Some(Self { font: Font::new(shared.into(), 0)?, glyphs: ttf_parser::Face::parse(bytes, 0).ok()? })
    }

    /// Width of a text in ems.
    pub fn width(&self, text: &str) -> f32 {
        let units = f32::from(self.glyphs.units_per_em());
        let advance = |c| self.glyphs.glyph_index(c).and_then(|g| self.glyphs.glyph_hor_advance(g));
        // A character without a glyph is drawn as a box about one em wide.
        text.chars().map(|c| advance(c).map_or(1.0, |a| f32::from(a) / units)).sum()
    }
}

impl super::fitting::Measure for Face {
    fn width(&self, text: &str) -> f32 {
        Self::width(self, text)
    }

    fn has(&self, c: char) -> bool {
        self.glyphs.glyph_index(c).is_some()
    }
}

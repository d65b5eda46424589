//! The layouts of an edition made ready for drawing, and which of them a badge is printed with.

use super::content::content;
use super::logo::{self, Logo};
use super::{outside, pdf};
use crate::Error;
use crate::picture::{BOLD, Face, REGULAR};
use domain::printing::Layout;
use domain::printing::arrange::{Arranged, Fonts, arrange};
use domain::printing::presets::Preset;
use domain::printing::view::NamedLayout;
use domain::registration::{Category, view::Badge};
use domain::{BadgeLayoutId, BadgeLogoId, EditionId};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Query, read};

/// A layout ready for drawing.
#[derive(Clone)]
pub struct Look {
    /// The layout's id; none for the usual one.
    pub id: Option<BadgeLayoutId>,
    /// Its version; 0 for the usual one.
    pub version: i32,
    /// What it looks like.
    pub layout: Layout,
    pub(super) logo: Option<Arc<Logo>>,
}

/// The layouts of an edition, ready for drawing.
#[derive(Clone)]
pub struct Looks {
    named: Vec<NamedLayout>,
    logos: HashMap<BadgeLogoId, Arc<Logo>>,
}

impl Look {
    /// A layout that is not kept yet, for previews.
    pub(super) fn of(layout: Layout, logo: Option<Arc<Logo>>) -> Self {
        Self { id: None, version: 0, layout, logo }
    }

    /// Arranges a badge.
    pub(super) fn arrange(&self, badge: &Badge) -> Result<Arranged, Error> {
        let (regular, bold) = faces()?;
        Ok(arrange(&self.layout, &content(badge), &Fonts { regular, bold }))
    }
}

impl Looks {
    /// The layout of a badge: the one that is asked for, the one of its category, the one for all others, the usual one.
    #[must_use]
    pub fn of(&self, wanted: Option<BadgeLayoutId>, category: Category) -> Look {
        let named = wanted
            .and_then(|id| self.named.iter().find(|layout| layout.id == id))
            .or_else(|| self.named.iter().find(|layout| layout.categories.contains(&category)))
            .or_else(|| self.named.iter().find(|layout| layout.categories.is_empty()));
        match named {
            None => Look { id: None, version: 0, layout: Preset::Upright.layout(), logo: None },
            Some(named) => Look {
                id: Some(named.id),
                version: named.version,
                layout: named.layout.clone(),
                logo: named.logo.and_then(|id| self.logos.get(&id).cloned()),
            },
        }
    }

    /// The layout of a badge by what is printed on it.
    #[must_use]
    pub fn of_badge(&self, wanted: Option<BadgeLayoutId>, badge: &Badge) -> Look {
        self.of(wanted, Category::parse(&badge.category).unwrap_or(Category::TradeVisitor))
    }
}

/// The layouts of an edition with their logos.
///
/// # Errors
/// When the database does not answer.
pub async fn looks(q: &impl Query, edition: EditionId) -> Result<Looks, Error> {
    let named = read::printing::layouts(q, edition).await?;
    let mut logos = HashMap::new();
    let used: std::collections::BTreeSet<BadgeLogoId> =
        named.iter().filter(|layout| layout.layout.has_logo()).filter_map(|layout| layout.logo).collect();
    for id in used {
        if let Some(logo) = read_logo(q, edition, id).await? {
            logos.insert(id, logo);
        }
    }
    Ok(Looks { named, logos })
}

/// The picture of a logo. One that cannot be read any more is left out: a badge without logo opens gates, too.
pub(super) async fn read_logo(q: &impl Query, edition: EditionId, id: BadgeLogoId) -> Result<Option<Arc<Logo>>, Error> {
    let bytes = read::printing::logo(q, edition, id).await?;
    Ok(bytes.and_then(|bytes| logo::read(&bytes).ok()).map(Arc::new))
}

/// The fonts, or why there are none.
pub(super) fn faces() -> Result<(&'static Face, &'static Face), Error> {
    let missing = || outside("the badge fonts are not part of this build (run `make assets` before building)");
    REGULAR.as_ref().zip(BOLD.as_ref()).ok_or_else(missing)
}

/// Whether this build has no fonts, so that nothing can be printed.
#[must_use]
pub fn fonts_are_missing() -> bool {
    faces().is_err()
}

/// Characters of a badge that the fonts cannot draw, to be told before printing.
#[must_use]
pub fn missing_glyphs(badge: &Badge) -> Vec<char> {
    let Some(face) = BOLD.as_ref() else { return Vec::new() };
    let texts = [&badge.name, &badge.other_name, &badge.company, &badge.job_title];
    let mut missing: Vec<char> = texts
        .iter()
        .flat_map(|text| text.chars())
        .filter(|c| !c.is_whitespace() && face.glyphs.glyph_index(*c).is_none())
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The PDF of one badge with the edition's layout, made aside so that no other request waits for it.
///
/// # Errors
/// The fonts are not in this build, or the writer failed.
pub async fn badge_file(q: &impl Query, edition: EditionId, badge: Badge) -> Result<Vec<u8>, Error> {
    let look = looks(q, edition).await?.of_badge(None, &badge);
    tokio::task::spawn_blocking(move || pdf::badges_pdf(&[(look, badge)])).await.map_err(outside)?
}

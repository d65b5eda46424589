//! Registrations that come as a table: the file is read and kept in parts, every row is looked at without changing
//! anything, then people are taken over part by part, each part in a transaction of its own, so that nobody at a gate
//! waits and a node that dies is followed by another.
//! A table of a campaign is one of people to invite. A small table of a group is taken at once, whole or not at all.

mod batch;
mod fate;
mod guests;
mod keep;
mod reading;
mod small;
mod work;

pub use guests::template as guest_template;
pub use keep::{Whose, ask_judging, keep, stop, take};
pub use reading::LARGEST;
pub use small::{MOST, Small, take_small, template};
pub use work::WORK;
pub(crate) use work::{resume_silent, work};

use crate::Error;
use domain::{
    IntakeId, Locale,
    party::country,
    registration::{Category, intake::rows::Vocabulary},
    text::fold,
};
use std::sync::LazyLock;
use store::Reader;
use templates::Lang;

/// The words of closed lists in both languages.
static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut words = Vocabulary::default();
    for lang in Lang::ALL {
        for code in country::ALL {
            words.countries.insert(fold(&lang.term("country", code)), code);
        }
        for category in Category::ALL {
            words.categories.insert(fold(&lang.term("category", category.code())), *category);
        }
        for locale in [Locale::En, Locale::ZhCn] {
            words.locales.insert(fold(&lang.term("locale", locale.code())), locale);
        }
    }
    words
});

/// Some rows of a kept table, to see what its columns hold.
///
/// # Errors
/// When the database does not answer.
pub async fn sample(reader: &Reader, id: IntakeId) -> Result<Vec<Vec<String>>, Error> {
    let Some(part) = store::record::intake::part(reader, id, 0).await? else { return Ok(Vec::new()) };
    Ok(reading::rows(&part)?.into_iter().take(20).map(|(_, cells)| cells).collect())
}

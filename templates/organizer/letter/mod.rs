//! Pages of letters: all of an edition, those of one registration with the form that issues one.

mod list;
mod record;

pub use list::{LetterListFilter, LettersPage};
pub use record::LetterPage;
pub(crate) use record::letter_fields;

use domain::registration::letter::Letter;

use crate::{Badge, Lang, Tone};

/// Whether a letter stands.
pub(crate) fn state(lang: Lang, letter: &Letter) -> Badge {
    if letter.stands() {
        Badge::new(lang.t("letter-stands"), Tone::Good)
    } else {
        Badge::new(lang.t("letter-withdrawn"), Tone::Neutral)
    }
}

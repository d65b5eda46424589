//! How names are put together and shown: family name first in Chinese, whole in either script.

use crate::{Locale, text::is_ideograph};

/// Whether a text has Chinese characters.
#[must_use]
pub fn is_chinese(text: &str) -> bool {
    text.chars().any(is_ideograph)
}

/// The name of a person from its parts. Chinese: family name first, no blank. Else: given name first.
/// A name that is only one part is that part.
#[must_use]
pub fn person(family: &str, given: &str) -> String {
    let (family, given) = (family.trim(), given.trim());
    match (family.is_empty(), given.is_empty()) {
        (true, _) => given.to_owned(),
        (_, true) => family.to_owned(),
        _ if is_chinese(family) || is_chinese(given) => format!("{family}{given}"),
        _ => format!("{given} {family}"),
    }
}

/// Sorts a name into (Latin, Chinese): where it belongs and the other script's name, if one was given.
#[must_use]
pub fn by_script(name: &str, other: &str) -> (String, String) {
    if is_chinese(name) {
        (if is_chinese(other) { String::new() } else { other.to_owned() }, name.to_owned())
    } else {
        (name.to_owned(), if is_chinese(other) { other.to_owned() } else { String::new() })
    }
}

/// The name for a reader: the one in the reader's script if there is one, else as given.
#[must_use]
pub fn choose<'a>(locale: Locale, name: &'a str, en: &'a str, zh: &'a str) -> &'a str {
    let wanted = match locale {
        Locale::En => en,
        Locale::ZhCn => zh,
    };
    if wanted.is_empty() { name } else { wanted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_names_follows_the_script() {
        assert_eq!(person("张", "伟"), "张伟");
        assert_eq!(person("Müller", "Eva"), "Eva Müller");
        assert_eq!(person("Suharto", ""), "Suharto");
        assert_eq!(person(" ", "Prince "), "Prince");
        assert_eq!(person("欧阳", "娜娜"), "欧阳娜娜");
    }

    #[test]
    fn names_land_in_their_script() {
        assert_eq!(by_script("张伟", "Zhang Wei"), ("Zhang Wei".into(), "张伟".into()));
        assert_eq!(by_script("Zhang Wei", "张伟"), ("Zhang Wei".into(), "张伟".into()));
        assert_eq!(by_script("Zhang Wei", "Wei"), ("Zhang Wei".into(), String::new()));
    }
}

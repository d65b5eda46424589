//! Folding text so that search and comparison treat what people see as the same as the same.

use unicode_normalization::UnicodeNormalization;

/// NFKC, lower case, runs of white space as one blank, trimmed: the form in which names are compared.
pub fn fold(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form in which e-mail addresses are compared: trimmed, NFKC, lower case.
pub fn fold_email(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}

/// The form in which telephone numbers are compared: digits only; a leading `00` or `+` is dropped, and so is
/// China's country code before an 11-digit mobile number.
pub fn fold_phone(text: &str) -> String {
    let digits: String = text.nfkc().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 && rest.starts_with('1') => rest.to_owned(),
        _ => digits.to_owned(),
    }
}

/// Bytes as hexadecimal text, lower case.
pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// The bytes of a hexadecimal text, in either case.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()
}

/// Whether a character is written without blanks between words (Chinese ideographs).
pub const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// A key that sorts names alphabetically in both scripts: pinyin without tones for Chinese, folded text otherwise.
pub fn sort_key(name: &str) -> String {
    use pinyin::ToPinyin;
    let mut key = String::with_capacity(name.len());
    for c in fold(name).chars() {
        match c.to_pinyin() {
            Some(sound) => {
                key.push_str(sound.plain());
                key.push(' ');
            }
            None => key.push(c),
        }
    }
    key.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_hides_width_and_case() {
        assert_eq!(fold("  ＡＢＣ  （上海）Ltd "), "abc (上海)ltd");
        assert_eq!(fold_email(" Zhang.San@Example.COM "), "zhang.san@example.com");
    }

    #[test]
    fn phones_compare_by_digits() {
        assert_eq!(fold_phone("+86 138-1234-5678"), "13812345678");
        assert_eq!(fold_phone("0086 13812345678"), "13812345678");
        assert_eq!(fold_phone("+49 (0)89 123"), "49089123");
    }

    #[test]
    fn chinese_sorts_by_sound() {
        assert!(sort_key("张三") > sort_key("李四"));
        assert_eq!(sort_key("上海 Expo"), "shang hai  expo");
    }
}

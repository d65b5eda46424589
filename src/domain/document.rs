//! Uploaded files: what may be stored, and under which name. The bytes decide the type; the
//! browser's word for it is not trusted.

use crate::Refusal;

/// Largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// A file that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    name: String,
    media_type: &'static str,
    content: Vec<u8>,
}

/// What is accepted: extension, media type, and how the file begins (empty: plain text).
const KINDS: [(&[&str], &str, &[u8]); 7] = [
    (&["pdf"], "application/pdf", b"%PDF-"),
    (&["png"], "image/png", b"\x89PNG\r\n\x1a\n"),
    (&["jpg", "jpeg"], "image/jpeg", b"\xff\xd8\xff"),
    (&["webp"], "image/webp", b"RIFF"),
    (&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    (&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    (&["txt", "csv"], "text/plain; charset=utf-8", b""),
];

impl Upload {
    /// Checks size, name and type of a file; refusals name the form's field.
    ///
    /// # Errors
    /// When the file is empty, too large, or not of an accepted type.
    pub fn check(field: &str, name: &str, content: Vec<u8>) -> Result<Self, Refusal> {
        let refuse = |code: &str| Refusal::invalid(code).at(field);
        if content.is_empty() {
            return Err(refuse("file-empty"));
        }
        if content.len() > LARGEST {
            return Err(refuse("file-too-large").with("max", LARGEST / (1024 * 1024)));
        }
        let name = clean_name(name);
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
        let kind = KINDS.iter().find(|(extensions, _, _)| extensions.contains(&extension.as_str()));
        let Some((_, media_type, magic)) = kind else {
            return Err(refuse("file-type").with("name", &name));
        };
        let text = !magic.is_empty() || std::str::from_utf8(&content).is_ok_and(|text| !text.contains('\0'));
        if !content.starts_with(magic) || !text {
            return Err(refuse("file-content").with("name", &name));
        }
        Ok(Upload { name, media_type, content })
    }

    /// Name without path and control characters.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Media type by content.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The bytes.
    pub fn content(&self) -> &[u8] {
        &self.content
    }
}

/// The last part of a path, at most 120 characters, without what headers or file systems mind.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain: String = last.chars().filter(|c| !c.is_control() && !"<>:\"|?*;".contains(*c)).collect();
    let count = plain.chars().count();
    plain.chars().skip(count.saturating_sub(120)).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        assert!(Upload::check("file", "report.pdf", b"%PDF-1.7 ...".to_vec()).is_ok());
        let code = |name: &str, content: &[u8]| Upload::check("file", name, content.to_vec()).unwrap_err().code;
        assert_eq!(code("report.pdf", b"<html>"), "file-content");
        assert_eq!(code("page.html", b"<html>"), "file-type");
        assert_eq!(code("a.txt", b""), "file-empty");
        assert_eq!(code("a.txt", b"a\0b"), "file-content");
        assert_eq!(code("noextension", b"x"), "file-type");
    }

    #[test]
    fn names_lose_their_path() {
        let upload = Upload::check("file", "C:\\x\\..\\/a\"b\r\n.txt", b"x".to_vec()).expect("text");
        assert_eq!(upload.name(), "ab.txt");
    }
}

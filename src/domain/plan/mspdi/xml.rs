//! Reads XML of strangers without trusting it: no DTD, no entities beyond the five of XML, bounded
//! size, depth and number of elements. What is big in a project file (tasks, resources,
//! assignments, calendars) is handed out piece by piece, so that the file never stands in memory
//! as a tree.

use crate::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Largest file taken, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// Deepest nesting taken.
pub const MAX_DEPTH: usize = 64;
/// Most elements taken.
pub const MAX_ELEMENTS: usize = 8_000_000;
/// Longest text of one element, in bytes.
pub const MAX_TEXT: usize = 4 << 20;

/// An element with its text and its children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Local name, without prefix.
    pub name: Box<str>,
    /// Text between its tags, references resolved.
    pub text: String,
    /// Elements inside it.
    pub children: Vec<Node>,
    /// Line on which it begins, from 1.
    pub line: u32,
}

impl Node {
    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// The trimmed text of the first child of this name; empty text counts as absent.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// All children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| &*child.name == name)
    }

    fn cost(&self) -> usize {
        self.text.len()
    }
}

/// Text of a file: UTF-8, UTF-16 by its byte order mark, or Latin-1 when the declaration says so.
///
/// # Errors
/// `xml-too-big` and `xml-encoding`.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::invalid("xml-too-big").with("max", MAX_BYTES >> 20));
    }
    let wide = |pairs: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = pairs.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).map(Cow::Owned).map_err(|_| Refusal::invalid("xml-encoding").with("line", 1))
    };
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return wide(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if says_latin(bytes) => Ok(Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect())),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
            Err(Refusal::invalid("xml-encoding").with("line", line))
        }
    }
}

fn says_latin(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    ["iso-8859-1", "windows-1252", "us-ascii"].iter().any(|name| head.contains(name))
}

/// Where the reader is, with what has been counted so far.
struct Walk<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    seen: usize,
    line: u32,
    elements: usize,
    open: Vec<Node>,
}

/// Reads a document whose root is `root`. Children of the elements named in `split` (themselves
/// children of the root) are handed out one by one with the name of their list; every other
/// child of the root with an empty one.
///
/// # Errors
/// One refusal that names the line: `xml-malformed`, `xml-dtd`, `xml-entity`, `xml-too-deep`,
/// `xml-too-many`, `xml-too-big`, `xml-root`.
pub fn read(text: &str, root: &str, split: &[&str], mut each: impl FnMut(&str, Node)) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk { text, reader, seen: 0, line: 1, elements: 0, open: Vec::new() };
    let mut closed = false;
    loop {
        let event = match walk.reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = walk.reader.error_position();
                walk.advance(at);
                return Err(walk.refuse("xml-malformed").with("problem", error));
            }
        };
        let at = walk.reader.buffer_position();
        walk.advance(at);
        match event {
            Event::Start(tag) => walk.begin(&tag, root, closed)?,
            Event::End(_) => closed |= walk.end(split, &mut each),
            Event::Text(piece) => walk.add(&piece)?,
            Event::CData(piece) => walk.add(&piece)?,
            Event::GeneralRef(name) => {
                let found = if name.is_char_ref() { name.resolve_char_ref().ok().flatten() } else { named(&name) };
                let Some(found) = found else { return Err(walk.refuse("xml-entity").with("entity", &*name)) };
                walk.add(found.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(walk.refuse("xml-dtd")),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if closed && walk.open.is_empty() {
        return Ok(());
    }
    Err(walk.refuse("xml-malformed").with("problem", root))
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

impl Walk<'_> {
    fn advance(&mut self, at: u64) {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.text.len());
        if at > self.seen {
            let breaks = self.text.as_bytes()[self.seen..at].iter().filter(|&&byte| byte == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            self.seen = at;
        }
    }

    fn refuse(&self, code: &str) -> Refusal {
        Refusal::invalid(code).with("line", self.line)
    }

    fn begin(&mut self, tag: &BytesStart<'_>, root: &str, closed: bool) -> Result<(), Refusal> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(self.refuse("xml-too-many").with("max", MAX_ELEMENTS));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.refuse("xml-too-deep").with("max", MAX_DEPTH));
        }
        let name = tag.local_name();
        let name: &str = name.as_ref();
        if self.open.is_empty() && (name != root || closed) {
            return Err(self.refuse("xml-root").with("root", root).with("found", name));
        }
        self.open.push(Node { name: name.into(), line: self.line, ..Node::default() });
        Ok(())
    }

    fn add(&mut self, piece: &str) -> Result<(), Refusal> {
        let Some(node) = self.open.last_mut() else {
            return if piece.trim().is_empty() {
                Ok(())
            } else {
                Err(self.refuse("xml-malformed").with("problem", ""))
            };
        };
        // Space between elements says nothing.
        if node.text.is_empty() && piece.trim_start().is_empty() {
            return Ok(());
        }
        node.text.push_str(piece);
        if node.cost() > MAX_TEXT {
            return Err(self.refuse("xml-too-big").with("max", MAX_TEXT >> 20));
        }
        Ok(())
    }

    /// Closes the innermost element; true when it was the root.
    fn end(&mut self, split: &[&str], each: &mut impl FnMut(&str, Node)) -> bool {
        let Some(node) = self.open.pop() else { return false };
        match self.open.len() {
            0 => return true,
            1 if !split.contains(&&*node.name) => each("", node),
            2 if split.contains(&&*self.open[1].name) => {
                let list = self.open[1].name.clone();
                each(&list, node);
            }
            1 => {}
            inside => self.open[inside - 1].children.push(node),
        }
        false
    }
}

//! What a label printer says of itself: the answer to `~HS`, as Zebra's "ZPL II Programming Guide" lists its fields.

use super::job::Failure;

/// The question.
pub const QUESTION: &[u8] = b"~HS\r\n";

/// What keeps a printer from printing, from its answer: three lines between STX and ETX. `Ok(None)` when it is ready,
/// `None` when the answer is not one of those (yet).
#[must_use]
pub fn trouble(answer: &[u8]) -> Option<Option<Failure>> {
    let text = String::from_utf8_lossy(answer);
    let mut lines = text.split(['\u{2}', '\u{3}', '\r', '\n']).map(str::trim).filter(|line| line.contains(','));
    let first: Vec<&str> = lines.next()?.split(',').collect();
    let second: Vec<&str> = lines.next()?.split(',').collect();
    // First line: 1 paper out, 2 pause. Second line: 2 head open, 3 ribbon out.
    let set = |line: &[&str], at: usize| line.get(at).map(|field| field.trim() == "1");
    let (paper, pause) = (set(&first, 1)?, set(&first, 2)?);
    let (head, ribbon) = (set(&second, 2)?, set(&second, 3)?);
    Some(if head {
        Some(Failure::HeadOpen)
    } else if paper {
        Some(Failure::PaperOut)
    } else if ribbon {
        Some(Failure::RibbonOut)
    } else if pause {
        Some(Failure::Paused)
    } else {
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(paper: u8, pause: u8, head: u8, ribbon: u8) -> Vec<u8> {
        format!(
            "\u{2}030,{paper},{pause},1245,000,0,0,0,000,0,0,0\u{3}\r\n\
             \u{2}001,0,{head},{ribbon},0,2,4,0,00000000,1,000\u{3}\r\n\u{2}1234,0\u{3}\r\n"
        )
        .into_bytes()
    }

    #[test]
    fn troubles_are_told_apart() {
        assert_eq!(trouble(&answer(0, 0, 0, 0)), Some(None));
        assert_eq!(trouble(&answer(1, 1, 0, 0)), Some(Some(Failure::PaperOut)));
        assert_eq!(trouble(&answer(0, 1, 0, 0)), Some(Some(Failure::Paused)));
        assert_eq!(trouble(&answer(1, 1, 1, 0)), Some(Some(Failure::HeadOpen)));
        assert_eq!(trouble(&answer(0, 0, 0, 1)), Some(Some(Failure::RibbonOut)));
    }

    #[test]
    fn half_an_answer_is_none() {
        for wrong in [&b""[..], b"\x02030,1", b"hello, world", &[0xff; 40], b"a,b\nc,d\n"] {
            assert_eq!(trouble(wrong), None);
        }
    }
}

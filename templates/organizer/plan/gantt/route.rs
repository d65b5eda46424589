//! The way an arrow takes from the end of one bar to the end of another: along the rows and
//! between them, never back over the bar it leaves.

use domain::plan::LinkKind;

/// Room between a bar's end and the first bend.
const STUB: i64 = 7;
/// Half a row: the gap between rows, where a way back runs.
const GAP: i64 = super::ROW / 2;

/// A bar as an arrow sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) start: i64,
    pub(super) finish: i64,
    /// Middle of its row.
    pub(super) y: i64,
}

/// Corner points from the tied end of `from` to the tied end of `to`; every leg is level or upright.
pub(super) fn route(kind: LinkKind, from: Bar, to: Bar) -> Vec<(i64, i64)> {
    // +1: the arrow leaves (or arrives) moving right.
    let (x1, out) = match kind {
        LinkKind::Fs | LinkKind::Ff => (from.finish, 1),
        LinkKind::Ss | LinkKind::Sf => (from.start, -1),
    };
    let (x2, into) = match kind {
        LinkKind::Fs | LinkKind::Ss => (to.start, 1),
        LinkKind::Ff | LinkKind::Sf => (to.finish, -1),
    };
    let (leave, arrive) = (x1 + out * STUB, x2 - into * STUB);
    let mut points = vec![(x1, from.y)];
    if out != into {
        // Both ends on the same side: one upright leg beyond the farther of them.
        let x = if out > 0 { leave.max(arrive) } else { leave.min(arrive) };
        points.extend([(x, from.y), (x, to.y)]);
    } else if (arrive - leave) * out >= 0 {
        points.extend([(arrive, from.y), (arrive, to.y)]);
    } else {
        // The successor lies behind: back through the gap beside the row that is left.
        let gap = from.y + if to.y >= from.y { GAP } else { -GAP };
        points.extend([(leave, from.y), (leave, gap), (arrive, gap), (arrive, to.y)]);
    }
    points.push((x2, to.y));
    points.dedup();
    points
}

/// The way as path data with its head, moved up by `top`.
pub(super) fn path(points: &[(i64, i64)], top: i64) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let mut here = (i64::MIN, i64::MIN);
    for &(x, y) in points {
        let _ = match here {
            (i64::MIN, _) => write!(text, "M{x} {}", y - top),
            (_, before) if before == y => write!(text, "H{x}"),
            _ => write!(text, "V{}", y - top),
        };
        here = (x, y);
    }
    if let [.., before, last] = points {
        // The head points the way of the last leg.
        let back = if last.0 >= before.0 { -4 } else { 4 };
        let _ = write!(text, "m{back} -3l{} 3l{back} 3", -back);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_joins_the_tied_ends_by_level_and_upright_legs() {
        let bars = [(10, 60), (0, 5), (80, 200), (40, 40), (61, 90)];
        for kind in LinkKind::ALL {
            for (start, finish) in bars {
                for (start2, finish2) in bars {
                    for y2 in [14, 42, 350] {
                        let (from, to) = (Bar { start, finish, y: 42 }, Bar { start: start2, finish: finish2, y: y2 });
                        let way = route(*kind, from, to);
                        let first = if matches!(kind, LinkKind::Fs | LinkKind::Ff) { finish } else { start };
                        let last = if matches!(kind, LinkKind::Fs | LinkKind::Ss) { start2 } else { finish2 };
                        assert_eq!((way[0], way[way.len() - 1]), ((first, 42), (last, y2)), "{kind:?}");
                        assert!(way.windows(2).all(|leg| leg[0].0 == leg[1].0 || leg[0].1 == leg[1].1), "{way:?}");
                        let (a, b) = (way[way.len() - 2], way[way.len() - 1]);
                        let right = matches!(kind, LinkKind::Fs | LinkKind::Ss);
                        assert!(if right { a.0 < b.0 } else { a.0 > b.0 }, "{kind:?} arrives from outside: {way:?}");
                    }
                }
            }
        }
    }
}

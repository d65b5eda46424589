//! The floor of a hall: columns of stands between aisles, three bands deep, from island stands to rows of shells.
//!
//! A hall is 160 × 84 m. Eight columns are 12 m wide (raw space), three are 6 m (two rows of 3 m shells back to
//! back); aisles of 3 m run beside the columns, cross aisles of 4 m between the bands.

use super::chance::Chance;
use domain::sales::{OpenSides, StandKind};
use domain::venue::Rect;

/// A hall's extent.
pub const HALL_MM: (i32, i32) = (160_000, 84_000);

const MARGIN_X: i32 = 8_000;
const AISLE: i32 = 3_000;
const WIDE: i32 = 12_000;
const NARROW: i32 = 6_000;
/// Top and height of each band.
const BANDS: [(i32, i32); 3] = [(4_000, 24_000), (32_000, 20_000), (56_000, 24_000)];
/// Which columns are narrow.
const COLUMNS: [bool; 11] = [false, false, true, false, false, true, false, false, true, false, false];

/// A stand on the drawing, not yet a record.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Such as `N1-A07`.
    pub number: String,
    pub kind: StandKind,
    pub open_sides: OpenSides,
    pub rect: Rect,
}

/// Draws the stands of a hall.
pub fn draw(hall: &str, chance: &mut Chance) -> Vec<Drawn> {
    let mut stands = Vec::new();
    let mut x = MARGIN_X;
    for (column, narrow) in COLUMNS.into_iter().enumerate() {
        let width = if narrow { NARROW } else { WIDE };
        let letter = char::from(b"ABCDEFGHJKL"[column]);
        let mut number = 0;
        for (y, height) in BANDS {
            let mut put = |x, y, w, h, open: i32| {
                number += 1;
                let rect = Rect::new(x, y, w, h).expect("inside the hall");
                let kind = kind(rect.area_dm2(), narrow, chance.below(100));
                let open_sides = OpenSides::new(open).expect("one to four");
                stands.push(Drawn { number: format!("{hall}-{letter}{number:02}"), kind, open_sides, rect });
            };
            if narrow {
                rows(x, y, width, height, &cut_for(height, &[3_000, 4_000, 3_000, 6_000, 3_000]), &mut put);
            } else {
                block(x, y, height, column + usize::try_from(y / 1000).expect("positive"), &mut put);
            }
        }
        x += width + AISLE;
    }
    stands
}

fn kind(area_dm2: i64, narrow: bool, draw: usize) -> StandKind {
    match (narrow, area_dm2) {
        (false, 3_600..) => StandKind::Raw,
        (true, ..=1_200) if draw < 35 => StandKind::Package,
        _ => StandKind::Shell,
    }
}

/// A raw block: an island with a peninsula, three peninsulas, or two rows back to back, by turns.
fn block(x: i32, y: i32, height: i32, turn: usize, put: &mut impl FnMut(i32, i32, i32, i32, i32)) {
    let full = |parts: &[i32], put: &mut dyn FnMut(i32, i32, i32, i32, i32)| {
        let mut top = y;
        for (index, part) in parts.iter().enumerate() {
            let end = index == 0 || index + 1 == parts.len();
            put(x, top, WIDE, *part, if end { 3 } else { 2 });
            top += part;
        }
    };
    match (turn % 5, height) {
        (0, 24_000) => full(&[16_000, 8_000], put),
        (0, _) => full(&[12_000, 8_000], put),
        (1, 24_000) => full(&[8_000, 8_000, 8_000], put),
        _ => rows(x, y, WIDE, height, &cut_for(height, &[8_000, 7_000, 9_000, 6_000]), put),
    }
}

/// Two rows back to back; the stands at the ends have a corner.
fn rows(x: i32, y: i32, width: i32, height: i32, parts: &[i32], put: &mut impl FnMut(i32, i32, i32, i32, i32)) {
    debug_assert_eq!(parts.iter().sum::<i32>(), height);
    let depth = width / 2;
    for side in 0..2 {
        let mut top = y;
        for (index, part) in parts.iter().enumerate() {
            let end = index == 0 || index + 1 == parts.len();
            put(x + side * depth, top, depth, *part, if end { 2 } else { 1 });
            top += part;
        }
    }
}

/// Cuts a length into the given parts over and over; what is left over widens the last one.
fn cut_for(length: i32, parts: &[i32]) -> Vec<i32> {
    let mut cuts = Vec::new();
    let mut left = length;
    for part in parts.iter().cycle() {
        if left < part + 3_000 {
            cuts.push(left);
            return cuts;
        }
        cuts.push(*part);
        left -= part;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::PlaceId;
    use domain::venue::{Footprint, inspect};

    #[test]
    fn a_hall_is_sound_and_holds_about_two_hundred_stands() {
        let stands = draw("N1", &mut Chance::stream(1, "floor"));
        let hall = Rect::new(0, 0, HALL_MM.0, HALL_MM.1).expect("a hall");
        let prints: Vec<Footprint> = stands
            .iter()
            .map(|stand| Footprint {
                id: PlaceId::from_uuid(uuid::Uuid::nil()),
                number: stand.number.clone(),
                rect: stand.rect,
                area_dm2: stand.rect.area_dm2(),
            })
            .collect();
        assert_eq!(inspect(&hall, &prints), vec![]);
        assert!((200..=225).contains(&stands.len()), "{}", stands.len());
        assert!(stands.iter().all(|stand| (900..=20_000).contains(&stand.rect.area_dm2())));
        let net: i64 = prints.iter().map(|print| print.area_dm2).sum();
        let gross = hall.area_dm2();
        assert!((45..60).contains(&(net * 100 / gross)), "{}", net * 100 / gross);
    }
}

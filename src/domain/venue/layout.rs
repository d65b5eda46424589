//! A separate pass over a hall's layout: lists every problem, changes nothing.

use super::Rect;
use crate::id::PlaceId;

/// Something with a place on the floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footprint {
    /// Which place.
    pub id: PlaceId,
    /// What people call it.
    pub number: String,
    /// Where it lies, in the hall's millimetres.
    pub rect: Rect,
    /// The area it is sold with.
    pub area_dm2: i64,
}

/// What can be wrong with a layout. Both parties are named, so that a person can act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayoutProblem {
    /// Two places share floor.
    Overlap {
        /// The one that comes first by number.
        first: String,
        /// The other.
        second: String,
    },
    /// A place leaves the hall.
    Outside {
        /// Which one.
        number: String,
    },
    /// The area sold differs from the drawn one by more than one part in a hundred.
    AreaDiffers {
        /// Which one.
        number: String,
        /// What is sold.
        sold_dm2: i64,
        /// What is drawn.
        drawn_dm2: i64,
    },
}

impl LayoutProblem {
    /// Stable code, also the tail of the message key.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Overlap { .. } => "overlap",
            Self::Outside { .. } => "outside",
            Self::AreaDiffers { .. } => "area_differs",
        }
    }
}

/// Lists the problems of a hall. A sweep from left to right: a stand is compared only with those
/// that begin before it ends, which is nearly linear for a real hall.
#[must_use]
pub fn inspect(hall: &Rect, stands: &[Footprint]) -> Vec<LayoutProblem> {
    let mut sorted: Vec<&Footprint> = stands.iter().collect();
    sorted.sort_by(|a, b| (a.rect.x_mm, &a.number).cmp(&(b.rect.x_mm, &b.number)));
    let mut problems = Vec::new();
    for (index, stand) in sorted.iter().enumerate() {
        if !hall.holds(&stand.rect) {
            problems.push(LayoutProblem::Outside { number: stand.number.clone() });
        }
        let drawn = stand.rect.area_dm2();
        if (stand.area_dm2 - drawn).abs() * 100 > drawn {
            problems.push(LayoutProblem::AreaDiffers {
                number: stand.number.clone(),
                sold_dm2: stand.area_dm2,
                drawn_dm2: drawn,
            });
        }
        for other in &sorted[index + 1..] {
            if other.rect.x_mm >= stand.rect.right() {
                break;
            }
            if stand.rect.overlaps(&other.rect) {
                let mut pair = [stand.number.clone(), other.number.clone()];
                pair.sort();
                let [first, second] = pair;
                problems.push(LayoutProblem::Overlap { first, second });
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(number: &str, x: i32, y: i32, w: i32, h: i32) -> Footprint {
        let rect = Rect::new(x, y, w, h).expect("a good rectangle");
        let id = PlaceId::from_uuid(uuid::Uuid::from_u128(number.len() as u128 + x as u128));
        Footprint { id, number: number.into(), rect, area_dm2: rect.area_dm2() }
    }

    #[test]
    fn a_clean_hall_has_no_problems() {
        let hall = Rect::new(0, 0, 30_000, 20_000).expect("hall");
        let stands = [print("A01", 0, 0, 3_000, 3_000), print("A02", 3_000, 0, 3_000, 3_000)];
        assert_eq!(inspect(&hall, &stands), vec![]);
    }

    #[test]
    fn each_problem_names_its_parties() {
        let hall = Rect::new(0, 0, 10_000, 10_000).expect("hall");
        let mut wrong = print("C", 6_000, 0, 3_000, 3_000);
        wrong.area_dm2 = 1_200;
        let stands = [
            print("A", 0, 0, 3_000, 3_000),
            print("B", 2_999, 0, 3_000, 3_000),
            wrong,
            print("D", 8_000, 8_000, 3_000, 1_000),
        ];
        let found = inspect(&hall, &stands);
        assert!(found.contains(&LayoutProblem::Overlap { first: "A".into(), second: "B".into() }));
        assert!(found.contains(&LayoutProblem::Outside { number: "D".into() }));
        assert!(found.contains(&LayoutProblem::AreaDiffers { number: "C".into(), sold_dm2: 1_200, drawn_dm2: 900 }));
        assert_eq!(found.len(), 3);
    }

    /// The sweep finds exactly what comparing all pairs finds.
    #[test]
    fn the_sweep_agrees_with_all_pairs() {
        let hall = Rect::new(0, 0, 100_000, 100_000).expect("hall");
        let mut seed = 7_u64;
        let mut next = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % n) as i32
        };
        let stands: Vec<Footprint> = (0..120)
            .map(|i| print(&format!("S{i:03}"), next(90_000), next(90_000), 1_000 + next(9_000), 1_000 + next(9_000)))
            .collect();
        let mut expected = Vec::new();
        for (i, a) in stands.iter().enumerate() {
            for b in &stands[i + 1..] {
                if a.rect.overlaps(&b.rect) {
                    expected.push((a.number.clone(), b.number.clone()));
                }
            }
        }
        let mut found: Vec<_> = inspect(&hall, &stands)
            .into_iter()
            .filter_map(|p| match p {
                LayoutProblem::Overlap { first, second } => Some((first, second)),
                _ => None,
            })
            .collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }
}

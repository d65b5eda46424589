//! Chance that is the same every time: splitmix64 from a seed, with the draws the demonstration needs.
//!
//! Each area of the show has its own stream ([`Chance::stream`]), so a change in one leaves the others as they were.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The stream called `name` of a seed.
    pub fn stream(seed: u64, name: &str) -> Self {
        // FNV-1a of the name, so that streams do not overlap.
        let folded = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let mut chance = Self { state: seed ^ folded };
        chance.next();
        chance
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 when there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            return 0;
        }
        usize::try_from((u128::from(self.next()) * bound as u128) >> 64).expect("below a usize")
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).expect("low is not above high");
        low + i64::try_from(self.below(span)).expect("within the span")
    }

    /// True in `percent` of a hundred draws.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f64 {
        // 53 bits fit an f64 exactly.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of `items`, which must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of `items` by weight.
    pub fn weighted<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> usize) -> &'a T {
        let total = items.iter().map(&weight).sum();
        let mut left = self.below(total);
        for item in items {
            let own = weight(item);
            if left < own {
                return item;
            }
            left -= own;
        }
        &items[0]
    }

    /// Puts `items` in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }

    /// Bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
        bytes
    }

    /// A time-ordered id made at `at`.
    pub fn uuid(&mut self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).expect("after 1970");
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid()
    }

    /// A typed id made at `at`.
    pub fn id<T: domain::id::Id>(&mut self, at: DateTime<Utc>) -> T {
        T::from_uuid(self.uuid(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_draws_and_streams_differ() {
        let draws = |name: &str| {
            let mut chance = Chance::stream(7, name);
            (0..100).map(|_| chance.next()).collect::<Vec<_>>()
        };
        assert_eq!(draws("a"), draws("a"));
        assert_ne!(draws("a"), draws("b"));
    }

    #[test]
    fn draws_stay_in_bounds_and_follow_weights() {
        let mut chance = Chance::stream(1, "bounds");
        assert!((0..1000).all(|_| (3..=5).contains(&chance.between(3, 5))));
        let heavy = (0..1000).filter(|_| *chance.weighted(&[1_usize, 9], |w| *w) == 9).count();
        assert!((850..950).contains(&heavy), "{heavy}");
        let id = chance.uuid(DateTime::from_timestamp(1_700_000_000, 0).expect("a time"));
        assert_eq!(id.get_version_num(), 7);
    }
}

//! Time without work, for shading pictures.

use crate::plan::calendar::Calendar;

/// The stretches between `from` and `until` in which a calendar has no work, in order.
pub fn idle(calendar: &Calendar, from: i64, until: i64) -> Vec<(i64, i64)> {
    let mut found = Vec::new();
    let mut at = from;
    while at < until {
        let begins = calendar.snap_forward(at).min(until);
        if begins > at {
            found.push((at, begins));
        }
        if begins >= until {
            break;
        }
        at = end_of_work(calendar, begins, until);
    }
    found
}

/// The last minute up to which work goes on without a break from `begins`.
fn end_of_work(calendar: &Calendar, begins: i64, until: i64) -> i64 {
    let worked = |t: i64| calendar.count(t) - calendar.count(begins) == t - begins;
    let (mut low, mut high) = (begins + 1, until);
    if worked(high) {
        return high;
    }
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if worked(middle) { low = middle } else { high = middle - 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::idle;
    use crate::plan::calendar::{Calendar, DAY, Pattern};

    #[test]
    fn idle_time_and_work_make_the_whole() {
        let calendar = Calendar::new(&Pattern::weekdays(vec![(480, 720), (780, 1_020)]));
        let (from, until) = (20_000 * DAY + 33, 20_015 * DAY + 600);
        let spans = idle(&calendar, from, until);
        let resting: i64 = spans.iter().map(|(start, end)| end - start).sum();
        assert_eq!(resting + calendar.count(until) - calendar.count(from), until - from);
        assert!(spans.iter().all(|&(start, end)| start < end && calendar.count(start) == calendar.count(end)));
        assert!(spans.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(idle(&Calendar::Always, from, until).is_empty());
    }
}

//! What the rules of categories say of the people of a table: who finds room, who waits for a place or for somebody's
//! approval, who is sent back.

use super::{Approval, Full, Options};
use crate::{
    Refusal,
    registration::{Category, Standing, places},
};

/// The places of all categories while rows take them.
#[derive(Clone, Debug)]
pub struct Room {
    categories: Vec<(places::Intake, i64)>,
    full: Full,
    approval: Approval,
}

/// Where a person of a row would stand, and whether the category has no place for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    pub standing: Result<Standing, Refusal>,
    /// Beyond the capacity: waits for a place or is sent back.
    pub over: bool,
}

impl Room {
    /// With the rules of categories and how many hold a place of each.
    #[must_use]
    pub const fn new(categories: Vec<(places::Intake, i64)>, options: &Options) -> Self {
        Self { categories, full: options.full, approval: options.approval }
    }

    fn of(&mut self, category: Category) -> Option<&mut (places::Intake, i64)> {
        self.categories.iter_mut().find(|(rules, _)| rules.category == category)
    }

    /// Places that people of earlier rows will have, who are not registered yet: a dry run.
    pub fn promised(&mut self, category: Category, more: i64) {
        if let Some((_, taken)) = self.of(category) {
            *taken += more;
        }
    }

    /// Whether there is a place for one more.
    pub fn has_place(&mut self, category: Category) -> bool {
        self.of(category).is_none_or(|(rules, taken)| rules.free(*taken) != Some(0))
    }

    /// A new person asks for a place, and takes it if there is one. `category-full` is the answer to those for whom
    /// there is none when they are to be sent back, or when the category lets nobody wait.
    pub fn admit(&mut self, category: Category) -> Admitted {
        let (full, approval) = (self.full, self.approval);
        let Some((rules, taken)) = self.of(category) else {
            return Admitted { standing: Ok(Standing::Approved), over: false };
        };
        if rules.free(*taken) == Some(0) {
            let standing = match full {
                Full::Wait if rules.waiting_list => Ok(Standing::Waiting),
                Full::Wait | Full::Reject => Err(Refusal::unmet("category-full").at("category")),
            };
            return Admitted { standing, over: true };
        }
        *taken += 1;
        let asks = rules.approval && approval == Approval::Ask;
        Admitted { standing: Ok(if asks { Standing::Review } else { Standing::Approved }), over: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn room(capacity: Option<i32>, waiting_list: bool, full: Full, approval: Approval, taken: i64) -> Room {
        let rules = places::Intake { capacity, waiting_list, ..places::Intake::standard(Category::Media) };
        let options = Options { full, approval, ..Options::usual() };
        Room::new(vec![(rules, taken)], &options)
    }

    #[test]
    fn who_finds_no_place_waits_or_is_sent_back() {
        let says = |room: &mut Room| room.admit(Category::Media).standing.map_err(|refusal| refusal.code);
        let mut wait = room(Some(2), true, Full::Wait, Approval::Give, 1);
        assert_eq!(says(&mut wait), Ok(Standing::Approved));
        assert!(!wait.has_place(Category::Media) && wait.has_place(Category::Vip));
        assert_eq!(says(&mut wait), Ok(Standing::Waiting));
        let full = || Err("category-full".to_owned());
        assert_eq!(says(&mut room(Some(2), true, Full::Reject, Approval::Give, 2)), full());
        assert_eq!(says(&mut room(Some(2), false, Full::Wait, Approval::Give, 2)), full(), "nobody may wait here");
        assert_eq!(says(&mut room(None, true, Full::Wait, Approval::Ask, 900)), Ok(Standing::Review));
        let mut promised = room(Some(5), true, Full::Wait, Approval::Ask, 1);
        promised.promised(Category::Media, 4);
        assert!(promised.admit(Category::Media).over);
    }

    proptest! {
        #[test]
        fn nobody_gets_a_place_there_is_not(capacity in 0..40i32, taken in 0..60i64, rows in 0..60usize, wait: bool, ask: bool) {
            let full = if wait { Full::Wait } else { Full::Reject };
            let approval = if ask { Approval::Ask } else { Approval::Give };
            let mut room = room(Some(capacity), true, full, approval, taken);
            let admitted: Vec<Admitted> = (0..rows).map(|_| room.admit(Category::Media)).collect();
            let placed = admitted.iter().filter(|one| !one.over).count();
            let free = usize::try_from((i64::from(capacity) - taken).max(0)).unwrap();
            prop_assert_eq!(placed, free.min(rows));
            // The first come first: nobody behind somebody without a place gets one.
            prop_assert!(admitted.iter().skip(placed).all(|one| one.over));
            prop_assert!(admitted.iter().filter(|one| one.over).all(|one| one.standing.is_ok() == wait));
        }
    }
}

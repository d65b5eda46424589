//! What to try next: variables by how much they took part in clashes, the highest first.

/// Variables by activity, the highest first.
#[derive(Debug, Clone)]
pub struct Queue {
    heap: Vec<u32>,
    place: Vec<u32>,
}

/// Not in the queue.
const OUT: u32 = u32::MAX;

impl Queue {
    /// An empty queue for a number of variables.
    pub fn new(count: usize) -> Queue {
        Queue { heap: Vec::with_capacity(count), place: vec![OUT; count] }
    }

    /// Puts a variable in, unless it is in.
    pub fn push(&mut self, variable: u32, activity: &[f64]) {
        if self.place[variable as usize] == OUT {
            self.place[variable as usize] = self.heap.len() as u32;
            self.heap.push(variable);
            self.up(self.heap.len() - 1, activity);
        }
    }

    /// A variable's activity has risen.
    pub fn risen(&mut self, variable: u32, activity: &[f64]) {
        let place = self.place[variable as usize];
        if place != OUT {
            self.up(place as usize, activity);
        }
    }

    /// Takes the variable with the highest activity.
    pub fn pop(&mut self, activity: &[f64]) -> Option<u32> {
        let top = *self.heap.first()?;
        self.place[top as usize] = OUT;
        let last = self.heap.pop()?;
        if last != top {
            self.heap[0] = last;
            self.place[last as usize] = 0;
            self.down(activity);
        }
        Some(top)
    }

    fn up(&mut self, mut at: usize, activity: &[f64]) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if activity[self.heap[parent] as usize] >= activity[self.heap[at] as usize] {
                break;
            }
            self.swap(at, parent);
            at = parent;
        }
    }

    fn down(&mut self, activity: &[f64]) {
        let mut at = 0;
        loop {
            let of = |at: usize| self.heap.get(at).map_or(f64::MIN, |&variable| activity[variable as usize]);
            let child = if of(2 * at + 2) > of(2 * at + 1) { 2 * at + 2 } else { 2 * at + 1 };
            if child >= self.heap.len() || of(child) <= of(at) {
                break;
            }
            self.swap(at, child);
            at = child;
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.heap.swap(a, b);
        self.place[self.heap[a] as usize] = a as u32;
        self.place[self.heap[b] as usize] = b as u32;
    }
}

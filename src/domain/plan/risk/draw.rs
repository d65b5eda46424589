//! Random numbers without state: Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror and
//! Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). Seed, run and subject name a
//! stream; nothing else influences it, so runs can be made in any order on any thread, and a plan
//! with one more task draws the same numbers for all the others.

/// A stream of numbers of one subject in one run.
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    counter: [u32; 4],
    block: [u32; 4],
    used: usize,
}

/// A stable number for a subject, from its code (FNV-1a, 64 bits).
pub fn subject(code: &str) -> u64 {
    code.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

impl Stream {
    /// The stream of a subject in a run.
    pub fn new(seed: u64, run: u32, subject: u64) -> Self {
        Stream {
            key: [seed as u32, (seed >> 32) as u32],
            counter: [0, run, subject as u32, (subject >> 32) as u32],
            block: [0; 4],
            used: 4,
        }
    }

    /// The next 32 bits.
    pub fn bits(&mut self) -> u32 {
        if self.used == 4 {
            self.block = philox(self.counter, self.key);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// Evenly between 0 and 1, neither of them.
    pub fn unit(&mut self) -> f64 {
        let wide = (u64::from(self.bits()) << 32) | u64::from(self.bits());
        ((wide >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    /// Standard normal, by the polar method of Marsaglia.
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    /// Natural logarithm of a gamma variate of this shape and scale 1 (Marsaglia and Tsang 2000).
    /// Logarithms, because small shapes give numbers no float can hold.
    pub fn ln_gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.unit().ln() / shape;
            return self.ln_gamma(shape + 1.0) + boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.unit();
            let x2 = x * x;
            if u < 1.0 - 0.033_1 * x2 * x2 || u.ln() < 0.5 * x2 + d * (1.0 - v + v.ln()) {
                return (d * v).ln();
            }
        }
    }

    /// Beta variate, as the share of one gamma variate in two.
    pub fn beta(&mut self, alpha: f64, beta: f64) -> f64 {
        let (x, y) = (self.ln_gamma(alpha), self.ln_gamma(beta));
        1.0 / (1.0 + (y - x).exp())
    }
}

/// The block of a counter under a key, ten rounds.
fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key = [key[0].wrapping_add(0x9E37_79B9), key[1].wrapping_add(0xBB67_AE85)];
        }
        let first = u64::from(counter[0]) * 0xD251_1F53;
        let second = u64::from(counter[2]) * 0xCD9E_8D57;
        counter = [
            (second >> 32) as u32 ^ counter[1] ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ counter[3] ^ key[1],
            first as u32,
        ];
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers published with the generator (Random123, `kat_vectors`).
    #[test]
    fn known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]);
        assert_eq!(
            philox([0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0]),
            [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]
        );
    }

    #[test]
    fn streams_do_not_depend_on_each_other() {
        let first: Vec<u32> = (0..3).map(|run| Stream::new(7, run, subject("B08")).bits()).collect();
        let again: Vec<u32> = (0..3).rev().map(|run| Stream::new(7, run, subject("B08")).bits()).collect();
        assert_eq!(first, again.into_iter().rev().collect::<Vec<_>>());
        assert_ne!(Stream::new(7, 0, subject("B08")).bits(), Stream::new(7, 0, subject("B09")).bits());
    }

    #[test]
    fn moments_of_beta_and_normal() {
        let (mut sum, mut square, mut beta) = (0.0, 0.0, 0.0);
        let runs = 40_000;
        for run in 0..runs {
            let mut stream = Stream::new(1, run, 2);
            let normal = stream.normal();
            sum += normal;
            square += normal * normal;
            beta += stream.beta(0.5, 1.5);
        }
        let count = f64::from(runs);
        assert!((sum / count).abs() < 0.02 && (square / count - 1.0).abs() < 0.03);
        assert!((beta / count - 0.25).abs() < 0.005, "{}", beta / count);
    }
}

//! A small seeded source of randomness (splitmix64), so that a failing cable can be made again from its seed.

/// The state of the source. The same seed gives the same cables, on every machine.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A source that starts at `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 random bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `first` to `last`, both included.
    pub const fn between(&mut self, first: u32, last: u32) -> u32 {
        first + (self.bits() % (last - first + 1) as u64) as u32
    }

    /// True once in `one_in` times, on average.
    pub const fn once_in(&mut self, one_in: u32) -> bool {
        self.between(1, one_in) == 1
    }

    /// True with `percent` per cent.
    pub const fn chance(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `choices`, which must not be empty.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.between(0, choices.len() as u32 - 1) as usize]
    }

    /// One of `choices`, or `None` where there is none.
    pub fn choose<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        (!choices.is_empty()).then(|| self.pick(choices))
    }
}

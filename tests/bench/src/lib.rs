//! What the benchmarks share: texts of shapes that a reader could stumble over, and the work that is done on them.

pub mod shapes;
pub mod work;

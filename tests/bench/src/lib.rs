//! What the benchmarks share: texts of shapes that a reader could stumble over, invented cables of any length, the work
//! that is done on them, and the paths whose cost is held.

pub mod hot_paths;
pub mod shapes;
pub mod texts;
pub mod work;

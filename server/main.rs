//! pygloss
fn main() {}

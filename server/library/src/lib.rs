//! Real-world usages: which libraries on the machine use a construct, where, and which place is worth reading first.
//!
//! Reads files and never runs anything: an environment is what its folders say.

pub mod environment;

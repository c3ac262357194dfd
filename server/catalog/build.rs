//! Has the crate built again when a topic comes or goes: the embedding notices changed files by itself, but not new ones.

fn main() {
    println!("cargo::rerun-if-changed=../../topics");
}

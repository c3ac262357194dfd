//! What the user chose: in the editor or on the command line, or by activating an environment in the shell.

use super::Candidate;
use crate::environment::Search;

/// The option or setting.
pub(super) fn configured(search: &Search<'_>) -> Option<Candidate> {
    Some(Candidate::named(search.absolute(search.configured?), "the setting"))
}

/// `VIRTUAL_ENV`, which the scripts `activate` of venv, virtualenv and uv set.
pub(super) fn activated(search: &Search<'_>) -> Option<Candidate> {
    Some(Candidate::named(search.path("VIRTUAL_ENV")?, "VIRTUAL_ENV"))
}

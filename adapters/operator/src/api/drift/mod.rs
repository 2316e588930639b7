//! The connections, for those who run them: how far behind everything is, the last attempts, quarantine, pauses. Shapes and
//! counts: no pupil is in any answer.

pub(crate) mod forsok;
pub(crate) mod karantene;
pub(crate) mod pauser;
pub(crate) mod stand;

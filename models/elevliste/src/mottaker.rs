//! What a receiver can do. The life cycle of a list obeys it.

/// What a receiver can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Egenskaper {
    /// A list may be replaced and updated until the window closes.
    pub erstattbar: bool,
    /// The receiver can be asked what it has.
    pub tilbakelesing: bool,
    /// A repeated request with the same key has no second effect.
    pub idempotent: bool,
    /// Nobody else delivers these lists: what the receiver says that it has already can only be from us. Said by the
    /// configuration, not by the receiver.
    pub eneste_avsender: bool,
}

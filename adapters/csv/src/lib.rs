//! OneRoster CSV: a zip from upload to observations, never stored.

//! Source adapter for Folkeregisteret.

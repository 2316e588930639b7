//! The API for people and their pages.

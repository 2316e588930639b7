//! See `fuzz::folkeregister_feed`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::folkeregister_feed(data));

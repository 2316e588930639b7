//! See `fuzz::folkeregister_bulk`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::folkeregister_bulk(data));

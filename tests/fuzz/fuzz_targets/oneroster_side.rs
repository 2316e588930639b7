//! See `fuzz::oneroster_side`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::oneroster_side(data));

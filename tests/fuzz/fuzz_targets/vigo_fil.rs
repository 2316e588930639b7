//! See `fuzz::vigo_fil`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::vigo_fil(data));

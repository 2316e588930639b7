//! See `fuzz::vigo_svar`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::vigo_svar(data));

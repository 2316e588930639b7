//! See `fuzz::vigo_kodeverk`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::vigo_kodeverk(data));

//! See `fuzz::kvittering`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::kvittering(data));

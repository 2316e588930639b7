//! See `fuzz::csv_pakke`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::csv_pakke(data));

//! See `fuzz::csv_users`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::csv_users(data));

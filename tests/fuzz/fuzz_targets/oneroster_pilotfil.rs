//! See `fuzz::oneroster_pilotfil`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::oneroster_pilotfil(data));

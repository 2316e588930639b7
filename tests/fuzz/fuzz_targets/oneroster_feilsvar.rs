//! See `fuzz::oneroster_feilsvar`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::oneroster_feilsvar(data));

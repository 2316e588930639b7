//! See `fuzz::folkeregister_feilkropp`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::folkeregister_feilkropp(data));

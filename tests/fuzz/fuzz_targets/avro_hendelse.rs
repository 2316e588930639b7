//! See `fuzz::avro_hendelse`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::avro_hendelse(data));

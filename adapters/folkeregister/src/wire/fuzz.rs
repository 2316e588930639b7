//! Each reader on arbitrary bytes: what a fuzz target and the property tests call.

use super::{Feilkropp, bulk, feed};
use crate::config::Modus;
use identitet::Skjermet;

/// A page of the feed.
pub fn feedside(bytes: &[u8]) {
    for fra in [0, 41_000] {
        if let Ok(side) = feed::side(bytes, fra) {
            assert!(side.neste > fra || side.innhentet, "a page that is not empty moves the place");
        }
    }
    // Whether it is a number does not matter here.
    let _ = feed::siste(bytes);
}

/// The answer of a bulk look-up.
pub fn bulksvar(bytes: &[u8]) {
    let spurt: [Skjermet<String>; 2] = ["05820998865".into(), "14821150036".into()];
    for modus in [Modus::Produksjon, Modus::Test] {
        if let Ok(utfall) = bulk::svar(bytes, &[&spurt[0], &spurt[1]], modus, &mut Vec::new()) {
            assert_eq!(utfall.len(), spurt.len(), "one outcome for each number");
        }
        // The same person alone; whether it can be read does not matter here.
        let _ = bulk::enkelt(bytes, &spurt[0], modus, &mut Vec::new());
    }
}

/// The body of an error.
pub fn feilkropp(bytes: &[u8]) {
    assert!(Feilkropp::les(bytes).to_string().len() <= 20, "a hint is a code, never a text");
}

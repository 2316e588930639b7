//! The catalogues, and texts with what is put into them.

use super::Sprak;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::fmt;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The files of every language.
macro_rules! katalogfiler {
    ($($navn:literal),*) => {
        [
            [$(include_str!(concat!("../../tekster/nb/", $navn, ".ftl"))),*],
            [$(include_str!(concat!("../../tekster/nn/", $navn, ".ftl"))),*],
            [$(include_str!(concat!("../../tekster/en/", $navn, ".ftl"))),*],
        ]
    };
}

/// What stands in the catalogues, by language in the order of [`Sprak::ALLE`].
pub(super) const FILER: [[&str; 8]; 3] =
    katalogfiler!("felles", "innlogging", "skole", "kommune", "fylke", "drift", "forklaring", "tast");

static KATALOGER: LazyLock<[FluentBundle<FluentResource>; 3]> = LazyLock::new(|| {
    let mut sprak = Sprak::ALLE.into_iter();
    FILER.map(|filer| {
        let kode: LanguageIdentifier =
            sprak.next().and_then(|s| s.kode().parse().ok()).expect("there are three languages, with tags");
        let mut katalog = FluentBundle::new_concurrent(vec![kode]);
        // What people are called stands in <bdi>; marks within texts would only be in the way of searching and copying.
        katalog.set_use_isolating(false);
        for fil in filer {
            let fil = FluentResource::try_new(fil.to_owned()).unwrap_or_else(|(fil, _)| fil);
            katalog.add_resource(fil).expect("a test sees to it that no key stands twice");
        }
        katalog
    })
});

/// A text on its way to a reader.
#[derive(Clone)]
pub(crate) struct Melding {
    sprak: Sprak,
    nokkel: &'static str,
    verdier: Vec<(&'static str, FluentValue<'static>)>,
}

impl Melding {
    pub(super) const fn ny(sprak: Sprak, nokkel: &'static str) -> Self {
        Self { sprak, nokkel, verdier: Vec::new() }
    }

    /// Puts a number in.
    pub(crate) fn n(mut self, navn: &'static str, antall: impl Tall) -> Self {
        self.verdier.push((navn, FluentValue::from(antall.tall())));
        self
    }

    /// Puts a text in.
    pub(crate) fn s(mut self, navn: &'static str, tekst: impl fmt::Display) -> Self {
        self.verdier.push((navn, FluentValue::from(tekst.to_string())));
        self
    }
}

impl fmt::Display for Melding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let katalog = &KATALOGER[self.sprak as usize];
        let Some(monster) = katalog.get_message(self.nokkel).and_then(|m| m.value()) else {
            return f.write_str(self.nokkel);
        };
        let mut args = FluentArgs::with_capacity(self.verdier.len());
        for (navn, verdi) in &self.verdier {
            args.set(*navn, verdi.clone());
        }
        // What could not be put in stands as its name; a test finds it.
        let mut feil = Vec::new();
        f.write_str(&katalog.format_pattern(monster, Some(&args), &mut feil))
    }
}

/// What can be put in as a number: templates have references at hand.
pub(crate) trait Tall {
    fn tall(&self) -> i64;
}

macro_rules! tall {
    ($($type_:ty),*) => {
        $(impl Tall for $type_ {
            fn tall(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        })*
    };
}
tall!(i8, i16, i32, i64, u16, u32, u64, usize);

impl<T: Tall> Tall for &T {
    fn tall(&self) -> i64 {
        (**self).tall()
    }
}

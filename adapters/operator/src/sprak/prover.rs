//! The catalogues are complete: every key in every language, with the same values in it, and nothing asked for that is not
//! there.

use super::katalog::FILER;
use super::*;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Katalog = BTreeMap<String, BTreeSet<String>>;

fn verdier(monster: &Pattern<String>, ut: &mut BTreeSet<String>) {
    for element in &monster.elements {
        if let PatternElement::Placeable { expression } = element {
            uttrykk(expression, ut);
        }
    }
}

fn uttrykk(uttrykket: &Expression<String>, ut: &mut BTreeSet<String>) {
    let en = |e: &InlineExpression<String>, ut: &mut BTreeSet<String>| {
        if let InlineExpression::VariableReference { id } = e {
            ut.insert(id.name.clone());
        }
        if let InlineExpression::Placeable { expression } = e {
            uttrykk(expression, ut);
        }
    };
    match uttrykket {
        Expression::Inline(e) => en(e, ut),
        Expression::Select { selector, variants } => {
            en(selector, ut);
            variants.iter().for_each(|variant| verdier(&variant.value, ut));
        }
    }
}

fn katalog(filer: &[&str]) -> Katalog {
    let mut ut = Katalog::new();
    for fil in filer {
        let ressurs = fluent_syntax::parser::parse((*fil).to_owned()).expect("a catalogue can be read");
        for entry in ressurs.body {
            let Entry::Message(melding) = entry else { continue };
            let mut inni = BTreeSet::new();
            verdier(melding.value.as_ref().expect("a message has a text"), &mut inni);
            let nokkel = melding.id.name;
            assert!(ut.insert(nokkel.clone(), inni).is_none(), "{nokkel} stands twice");
        }
    }
    ut
}

#[test]
fn every_language_has_every_text_with_the_same_values() {
    let [nb, nn, en] = FILER.map(|filer| katalog(&filer));
    for (annen, navn) in [(&nn, "nn"), (&en, "en")] {
        for (nokkel, verdier) in &nb {
            assert_eq!(annen.get(nokkel), Some(verdier), "{nokkel} in {navn}");
        }
        let for_mye: Vec<_> = annen.keys().filter(|nokkel| !nb.contains_key(*nokkel)).collect();
        assert!(for_mye.is_empty(), "only in {navn}: {for_mye:?}");
    }
}

fn filer_i(mappe: &Path, ut: &mut Vec<PathBuf>) {
    for fil in std::fs::read_dir(mappe).unwrap() {
        let sti = fil.unwrap().path();
        if sti.is_dir() {
            filer_i(&sti, ut);
        } else {
            ut.push(sti);
        }
    }
}

/// What stands in quotes, in templates and in code.
fn i_anforsel() -> BTreeSet<String> {
    let rot = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut stier = Vec::new();
    filer_i(&rot.join("templates"), &mut stier);
    filer_i(&rot.join("src"), &mut stier);
    let mut ut = BTreeSet::new();
    for sti in stier {
        let tekst = std::fs::read_to_string(&sti).unwrap();
        ut.extend(tekst.split('"').map(str::to_owned));
    }
    ut
}

/// Keys that are asked for in templates and code: `t("…")`.
fn spurt_om() -> BTreeSet<String> {
    let rot = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut stier = Vec::new();
    filer_i(&rot.join("templates"), &mut stier);
    filer_i(&rot.join("src"), &mut stier);
    let mut ut = BTreeSet::new();
    for sti in stier.iter().filter(|sti| !sti.ends_with("sprak/prover.rs")) {
        let tekst = std::fs::read_to_string(sti).unwrap();
        for del in tekst.split(".t(\"").skip(1) {
            ut.extend(del.split('"').next().map(str::to_owned));
        }
    }
    ut
}

#[test]
fn nothing_is_asked_for_that_is_not_there_and_nothing_is_there_for_nobody() {
    let nb = katalog(&FILER[0]);
    let mangler: Vec<_> = spurt_om().into_iter().filter(|n| !nb.contains_key(n) && !n.contains('…')).collect();
    assert!(mangler.is_empty(), "no text for {mangler:?}");
    let brukt = i_anforsel();
    let ubrukt: Vec<_> = nb.keys().filter(|n| !brukt.contains(*n)).collect();
    assert!(ubrukt.is_empty(), "nobody asks for {ubrukt:?}");
}

#[test]
fn a_deadline_is_said_as_people_say_it() {
    let (stenger, na) = ("2026-11-14T00:00:00+01", "2026-11-09T12:00:00Z");
    let [stenger, na]: [jiff::Timestamp; 2] = [stenger, na].map(|t| t.parse().unwrap());
    let sagt = |s: Sprak| format!("{} ({})", s.frist(stenger), s.igjen(stenger, na));
    assert_eq!(sagt(Sprak::Bokmal), "fredag 13. november kl. 23.59 (4 dager igjen)");
    assert_eq!(sagt(Sprak::Nynorsk), "fredag 13. november kl. 23.59 (4 dagar att)");
    assert_eq!(sagt(Sprak::Engelsk), "Friday 13 November at 23.59 (4 days left)");
    for (na, ventet) in [
        ("2026-11-12T12:00:00Z", "1 dag igjen"),
        ("2026-11-13T12:00:00Z", "i dag"),
        ("2026-11-13T23:30:00Z", "fristen er ute"),
    ] {
        assert_eq!(Sprak::Bokmal.igjen(stenger, na.parse().unwrap()).to_string(), ventet);
    }
}

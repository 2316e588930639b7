//! The flow as a picture: sources to the left, the three streams, receivers to the right. Boxes and lines with places on
//! a plane; the template draws them. Every mark stands in words in its box too.

/// The most boxes of one column. The rest is one box that says how many they are.
const FLEST: usize = 10;
const HOYDE: u32 = 46;
const MELLOM: u32 = 14;
const TOPP: u32 = 30;
const BREDDE: u32 = 170;
/// Left edges of the five columns.
const KOLONNER: [u32; 5] = [0, 230, 430, 630, 830];
const MIDTBREDDE: u32 = 140;
const MIDTHOYDE: u32 = 96;
/// Minutes that the small columns of a stream show.
const MINUTTER: usize = 15;

/// How a box is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merke {
    Ingen,
    /// A person has stopped it.
    Pauset,
    /// Nothing is heard of it.
    Stum,
}

/// An end of the flow: a source or a receiver.
#[derive(Debug, Clone)]
pub(super) struct Ende {
    pub(super) navn: String,
    /// How it is doing, in words.
    pub(super) tekst: String,
    pub(super) merke: Merke,
}

/// A stream in the middle.
#[derive(Debug, Clone)]
pub(super) struct Midt {
    pub(super) navn: String,
    /// What flows, and what waits before it.
    pub(super) linjer: Vec<String>,
    pub(super) per_minutt: Vec<u64>,
}

/// A box on the plane.
pub(super) struct Boks {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) bredde: u32,
    pub(super) hoyde: u32,
    pub(super) navn: String,
    /// Text and the height it stands at.
    pub(super) linjer: Vec<(u32, String)>,
    pub(super) merke: Merke,
    /// Small columns: x, y, width, height.
    pub(super) soyler: Vec<(u32, u32, u32, u32)>,
}

impl Boks {
    pub(super) const fn tekst_x(&self) -> u32 {
        self.x + 10
    }

    pub(super) const fn navn_y(&self) -> u32 {
        self.y + 19
    }

    pub(super) fn pauset(&self) -> bool {
        self.merke == Merke::Pauset
    }

    pub(super) fn stum(&self) -> bool {
        self.merke == Merke::Stum
    }
}

/// A line between two boxes.
pub(super) struct Linje {
    pub(super) fra: (u32, u32),
    pub(super) til: (u32, u32),
    /// Nothing flows here.
    pub(super) stanset: bool,
}

/// All of it.
pub(super) struct Bilde {
    pub(super) hoyde: u32,
    pub(super) bredde: u32,
    pub(super) bokser: Vec<Boks>,
    pub(super) linjer: Vec<Linje>,
}

/// Draws it. `flere` says how many more there are, in words.
pub(super) fn tegn(
    kilder: Vec<Ende>,
    midten: [Midt; 3],
    mottakere: Vec<Ende>,
    flere: impl Fn(usize) -> String,
) -> Bilde {
    let (kilder, mottakere) = (kort(kilder, &flere), kort(mottakere, &flere));
    let rader = u32::try_from(kilder.len().max(mottakere.len())).unwrap_or(u32::MAX);
    let hoyde = (rader * (HOYDE + MELLOM)).max(MIDTHOYDE + MELLOM) + TOPP;
    let midt_y = TOPP + (hoyde - TOPP) / 2 - MIDTHOYDE / 2;
    let mut bokser = Vec::new();
    let mut linjer = Vec::new();
    let feste = (hoyde - TOPP) / 2 + TOPP;
    for boks in kolonne(kilder, KOLONNER[0], hoyde) {
        let fra = (boks.x + boks.bredde, boks.y + boks.hoyde / 2);
        linjer.push(Linje { fra, til: (KOLONNER[1], feste), stanset: boks.merke != Merke::Ingen });
        bokser.push(boks);
    }
    for (plass, midt) in midten.into_iter().enumerate() {
        let x = KOLONNER[plass + 1];
        if plass > 0 {
            linjer.push(Linje { fra: (KOLONNER[plass] + MIDTBREDDE, feste), til: (x, feste), stanset: false });
        }
        bokser.push(Boks {
            x,
            y: midt_y,
            bredde: MIDTBREDDE,
            hoyde: MIDTHOYDE,
            linjer: (0..).map(|nr| midt_y + 37 + nr * 15).zip(midt.linjer).collect(),
            soyler: soyler(&midt.per_minutt, x + 10, midt_y + MIDTHOYDE - 8),
            navn: midt.navn,
            merke: Merke::Ingen,
        });
    }
    for boks in kolonne(mottakere, KOLONNER[4], hoyde) {
        let til = (boks.x, boks.y + boks.hoyde / 2);
        linjer.push(Linje { fra: (KOLONNER[3] + MIDTBREDDE, feste), til, stanset: boks.merke != Merke::Ingen });
        bokser.push(boks);
    }
    Bilde { hoyde, bredde: KOLONNER[4] + BREDDE, bokser, linjer }
}

/// The first ones, and how many more there are. Those that need somebody are to stand first.
fn kort(mut ender: Vec<Ende>, flere: &impl Fn(usize) -> String) -> Vec<Ende> {
    if ender.len() > FLEST {
        let resten = ender.len() - (FLEST - 1);
        ender.truncate(FLEST - 1);
        ender.push(Ende { navn: flere(resten), tekst: String::new(), merke: Merke::Ingen });
    }
    ender
}

fn kolonne(ender: Vec<Ende>, x: u32, hoyde: u32) -> impl Iterator<Item = Boks> {
    let alle = u32::try_from(ender.len()).unwrap_or(u32::MAX) * (HOYDE + MELLOM);
    let forst = TOPP + (hoyde - TOPP).saturating_sub(alle) / 2 + MELLOM / 2;
    (0..).zip(ender).map(move |(nr, ende)| {
        let y = forst + nr * (HOYDE + MELLOM);
        Boks {
            x,
            y,
            bredde: BREDDE,
            hoyde: HOYDE,
            navn: forkort(&ende.navn),
            linjer: vec![(y + 36, ende.tekst)],
            merke: ende.merke,
            soyler: vec![],
        }
    })
}

/// What does not fit in a box is cut. The whole name stands in the table beside.
fn forkort(navn: &str) -> String {
    const PLASS: usize = 22;
    match navn.char_indices().nth(PLASS) {
        Some((plass, _)) => format!("{}…", &navn[..plass]),
        None => navn.to_owned(),
    }
}

fn soyler(per_minutt: &[u64], x: u32, bunn: u32) -> Vec<(u32, u32, u32, u32)> {
    const HOYEST: u64 = 20;
    let mest = per_minutt.iter().copied().max().unwrap_or_default().max(1);
    let soyle = |(nr, antall): (u32, &u64)| {
        // Something is never drawn as nothing.
        let hoyde = u32::try_from((antall * HOYEST / mest).max(u64::from(*antall > 0))).unwrap_or_default();
        (x + nr * 8, bunn - hoyde, 6, hoyde)
    };
    (0..).zip(per_minutt.iter().take(MINUTTER)).map(soyle).filter(|(.., hoyde)| *hoyde > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ende(navn: &str, merke: Merke) -> Ende {
        Ende { navn: navn.into(), tekst: "virker".into(), merke }
    }

    fn midt(per_minutt: Vec<u64>) -> Midt {
        Midt { navn: "KILDE".into(), linjer: vec!["3 siste minutt".into()], per_minutt }
    }

    fn bilde(kilder: usize) -> Bilde {
        let kilder =
            (0..kilder).map(|nr| ende(&format!("kilde {nr}"), if nr == 0 { Merke::Pauset } else { Merke::Ingen }));
        let midten = [midt(vec![0, 1000, 1]), midt(vec![]), midt(vec![])];
        tegn(kilder.collect(), midten, vec![ende("Vestland", Merke::Stum)], |n| format!("+ {n}"))
    }

    #[test]
    fn no_box_lies_upon_another_or_outside() {
        for antall in [0, 1, 9, 10, 11, 300] {
            let bilde = bilde(antall);
            for (nr, a) in bilde.bokser.iter().enumerate() {
                assert!(a.x + a.bredde <= bilde.bredde && a.y + a.hoyde <= bilde.hoyde, "{antall}: {}", a.navn);
                for b in &bilde.bokser[nr + 1..] {
                    let ved_siden = a.x + a.bredde <= b.x || b.x + b.bredde <= a.x;
                    assert!(
                        ved_siden || a.y + a.hoyde <= b.y || b.y + b.hoyde <= a.y,
                        "{antall}: {} {}",
                        a.navn,
                        b.navn
                    );
                }
            }
        }
    }

    #[test]
    fn many_sources_are_the_first_ones_and_a_count() {
        let bilde = bilde(300);
        let navn: Vec<&str> = bilde.bokser.iter().map(|b| b.navn.as_str()).collect();
        assert_eq!(navn[..2], ["kilde 0", "kilde 1"]);
        assert_eq!(navn[FLEST - 1], "+ 291");
        assert_eq!(bilde.bokser.len(), FLEST + 3 + 1);
    }

    #[test]
    fn what_is_stopped_has_no_flow_and_the_smallest_flow_is_seen() {
        let bilde = bilde(2);
        let stanset: Vec<bool> = bilde.linjer.iter().map(|l| l.stanset).collect();
        assert_eq!(stanset, [true, false, false, false, true]);
        let soyler = &bilde.bokser.iter().find(|b| b.navn == "KILDE").unwrap().soyler;
        assert_eq!(soyler.iter().map(|s| s.3).collect::<Vec<_>>(), [20, 1], "a minute without anything has no column");
    }
}

//! The flaws of real school data, planted on purpose and accounted for.

use rand::seq::SliceRandom as _;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Elev, Gruppetype, Kommune, kommune::ny_id};

/// The kinds of flaw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feiltype {
    /// No membership of any class.
    ManglerKlasse,
    /// Eleven digits whose last control digit is wrong.
    UgyldigNummer,
    /// No number.
    ManglerNummer,
    /// Empty given name.
    ManglerFornavn,
    /// Born three years too late for the grade.
    FeilFodselsar,
    /// Born a year early: a pupil who has taken a year twice. Nothing is wrong, but a check of ages will notice.
    Eldre,
    /// A D-number (day + 40).
    DNummer,
    /// The same person also at another school, under another sourcedId.
    ToSkoler,
    /// The same person twice at the same school, under two sourcedIds.
    DobbeltISkole,
}

/// One flaw that was planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlantetFeil {
    /// What is wrong.
    pub type_: Feiltype,
    /// The pupil.
    pub elev: Uuid,
    /// The pupil's school.
    pub skole: Uuid,
    /// For doubles: the other pupil object of the same person.
    pub dobbelt: Option<Uuid>,
}

/// How many of each flaw to plant among the tenth-graders of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "one count per Feiltype, documented there")]
pub struct Feilmengde {
    pub mangler_klasse: u32,
    pub ugyldig_nummer: u32,
    pub mangler_nummer: u32,
    pub mangler_fornavn: u32,
    pub feil_fodselsar: u32,
    pub eldre: u32,
    pub d_nummer: u32,
    pub to_skoler: u32,
    pub dobbelt_i_skole: u32,
}

impl Feilmengde {
    /// None at all.
    pub const fn ingen() -> Self {
        Self::hver(0)
    }

    /// `antall` of each kind.
    pub const fn hver(antall: u32) -> Self {
        Self {
            mangler_klasse: antall,
            ugyldig_nummer: antall,
            mangler_nummer: antall,
            mangler_fornavn: antall,
            feil_fodselsar: antall,
            eldre: antall,
            d_nummer: antall,
            to_skoler: antall,
            dobbelt_i_skole: antall,
        }
    }

    /// A handful per municipality, as in the demo.
    pub const fn handfull() -> Self {
        Self { mangler_klasse: 2, ugyldig_nummer: 2, d_nummer: 3, eldre: 3, ..Self::hver(1) }
    }

    /// A share of the tenth-graders, for each kind.
    pub fn andel(promille: u32, elever_i_tiende: u32) -> Self {
        Self::hver(elever_i_tiende * promille / 1000)
    }

    fn alle(self) -> [(Feiltype, u32); 9] {
        [
            (Feiltype::ManglerKlasse, self.mangler_klasse),
            (Feiltype::UgyldigNummer, self.ugyldig_nummer),
            (Feiltype::ManglerNummer, self.mangler_nummer),
            (Feiltype::ManglerFornavn, self.mangler_fornavn),
            (Feiltype::FeilFodselsar, self.feil_fodselsar),
            (Feiltype::Eldre, self.eldre),
            (Feiltype::DNummer, self.d_nummer),
            (Feiltype::ToSkoler, self.to_skoler),
            (Feiltype::DobbeltISkole, self.dobbelt_i_skole),
        ]
    }
}

/// Plants flaws, at most one per pupil. Where the municipality is too small for one, it is left out, also of the list.
pub(super) fn plant(kommune: &mut Kommune, mengde: Feilmengde, rng: &mut ChaCha8Rng) {
    let mut kandidater: Vec<usize> = (0..kommune.elever.len()).filter(|&i| kommune.elever[i].trinn == 10).collect();
    kandidater.shuffle(rng);
    for (type_, antall) in mengde.alle() {
        for _ in 0..antall {
            let Some(i) = kandidater.pop() else { return };
            if let Some(feil) = plant_en(kommune, type_, i, rng) {
                kommune.plantet.push(feil);
            }
        }
    }
}

fn plant_en(kommune: &mut Kommune, type_: Feiltype, i: usize, rng: &mut ChaCha8Rng) -> Option<PlantetFeil> {
    let ar = kommune.skolear - 15;
    let mut dobbelt = None;
    match type_ {
        Feiltype::ManglerKlasse => kommune.elever[i].klasse = None,
        Feiltype::UgyldigNummer => {
            let nummer = kommune.elever[i].nummer.as_mut()?;
            let siste = nummer.pop()?.to_digit(10)?;
            nummer.push(char::from_digit((siste + 1) % 10, 10)?);
        }
        Feiltype::ManglerNummer => kommune.elever[i].nummer = None,
        Feiltype::ManglerFornavn => kommune.elever[i].fornavn = "".into(),
        Feiltype::FeilFodselsar => nytt_nummer(kommune, i, ar + 3, false),
        Feiltype::Eldre => nytt_nummer(kommune, i, ar - 1, false),
        Feiltype::DNummer => nytt_nummer(kommune, i, ar, true),
        Feiltype::ToSkoler => {
            let skole = kommune.elever[i].skole;
            let annen = kommune.skoler_med_tiende().find(|s| s.id != skole)?.id;
            dobbelt = Some(kopier(kommune, i, annen, rng));
        }
        Feiltype::DobbeltISkole => dobbelt = Some(kopier(kommune, i, kommune.elever[i].skole, rng)),
    }
    let elev = &kommune.elever[i];
    Some(PlantetFeil { type_, elev: elev.id, skole: elev.skole, dobbelt })
}

/// A new number decides the sex too; the name stays, as it would in life.
fn nytt_nummer(kommune: &mut Kommune, i: usize, ar: i16, dnummer: bool) {
    let nummer = kommune.nummerserie.neste(ar, dnummer);
    let elev = &mut kommune.elever[i];
    elev.nummer = Some(nummer.sifre);
    elev.fodselsdato = nummer.fodselsdato;
    elev.jente = nummer.jente;
}

fn kopier(kommune: &mut Kommune, i: usize, skole: Uuid, rng: &mut ChaCha8Rng) -> Uuid {
    let id = ny_id(rng);
    let klasse = kommune
        .klasser
        .iter()
        .rfind(|k| k.skole == skole && k.trinn == 10 && k.gruppetype == Gruppetype::Klasse)
        .map(|k| k.id);
    let kopi = Elev { id, skole, klasse, grupper: Vec::new(), foresatte: Vec::new(), ..kommune.elever[i].clone() };
    kommune.elever.push(kopi);
    id
}

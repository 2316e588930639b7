//! What people do with a round: open, extend, shorten and close it. Pure: the moment is handed in.

use elevliste::{Aktor, Innsamling, Rolle};
use jiff::Timestamp;

/// A change of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rundeendring {
    /// Lists may be sent from this moment, or from now.
    Apne(Option<Timestamp>),
    /// Lists may be sent until this moment, later than was said. Opens again a round that is over.
    Forleng(Timestamp),
    /// Lists may be sent until this moment only, earlier than was said.
    Forkort(Timestamp),
    /// Lists may not be sent any more.
    Steng,
}

/// Why a round cannot be changed so. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Endringsfeil {
    /// The moment is over.
    #[error("the moment is past: choose one that is to come")]
    Fortid,
    /// It would close before it opens.
    #[error("the round closes before it opens: extend it first, or choose another moment")]
    Rekkefolge,
    /// Lists may be sent already.
    #[error("the round is open already")]
    Apen,
    /// The round is over.
    #[error("the round is over: extend it to open it again")]
    Over,
    /// It has not begun.
    #[error("the round has not opened yet: there is nothing to close; move its opening or its closing instead")]
    IkkeApnet,
    /// It is no extension.
    #[error("the round is open longer than that already: shorten it if that is what is meant")]
    IkkeSenere,
    /// It is no shortening.
    #[error("the round closes before that already: extend it if that is what is meant")]
    IkkeTidligere,
    /// Only the county changes its round.
    #[error("a round is changed by a person at the county (fylke), or by the supplier on its behalf (leverandor)")]
    Rolle,
    /// A reason is part of the change.
    #[error("say why, in 1 to 500 letters without an identity number")]
    Grunn,
    /// Nothing would be another.
    #[error("the round says that already; nothing was changed")]
    Uendret,
    /// The instruction cannot stand so.
    #[error("the instruction must be at most 10,000 letters without an identity number")]
    Instruks,
    /// The contact cannot stand so.
    #[error(
        "the contact needs a name, and an e-mail address that is one, where there is one; each at most 200 letters"
    )]
    Kontakt,
    /// The reminders cannot stand so.
    #[error("there are at most 10 reminders, and none earlier than 120 days before")]
    Paminnelser,
    /// A school is not named by VIGO's number.
    #[error("name the schools by VIGO's numbers, five digits each")]
    Skoler,
}

impl Rundeendring {
    /// The round after the change at `na`.
    pub fn bruk(self, runde: &Innsamling, na: Timestamp) -> Result<Innsamling, Endringsfeil> {
        let mut ny = runde.clone();
        let over = runde.stenger <= na;
        match self {
            Self::Apne(_) if over => return Err(Endringsfeil::Over),
            Self::Apne(_) if runde.apen(na) => return Err(Endringsfeil::Apen),
            Self::Apne(Some(fra)) if fra < na => return Err(Endringsfeil::Fortid),
            Self::Apne(fra) => ny.apner = fra.unwrap_or(na),
            Self::Forleng(til) | Self::Forkort(til) if til <= na => return Err(Endringsfeil::Fortid),
            Self::Forleng(til) if til <= runde.stenger => return Err(Endringsfeil::IkkeSenere),
            Self::Forkort(til) if til >= runde.stenger => return Err(Endringsfeil::IkkeTidligere),
            Self::Forleng(til) | Self::Forkort(til) => ny.stenger = til,
            Self::Steng if over => return Err(Endringsfeil::Over),
            Self::Steng if na <= runde.apner => return Err(Endringsfeil::IkkeApnet),
            Self::Steng => ny.stenger = na,
        }
        if ny.stenger <= ny.apner { Err(Endringsfeil::Rekkefolge) } else { Ok(ny) }
    }
}

/// Whether this person may change a round, for this reason.
pub(super) fn lov(av: &Aktor, grunn: &str) -> Result<(), Endringsfeil> {
    if av.slag != "person" || !matches!(av.rolle, Some(Rolle::Fylke | Rolle::Leverandor)) {
        return Err(Endringsfeil::Rolle);
    }
    let numre = grunn.split(|c: char| !c.is_ascii_digit()).any(|ord| ord.len() >= 11);
    let lengde = grunn.trim().chars().count();
    if numre || !(1..=500).contains(&lengde) { Err(Endringsfeil::Grunn) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Rundeendring::{Apne, Forkort, Forleng, Steng};
    use elevliste::Godkjenning;

    fn t(tekst: &str) -> Timestamp {
        tekst.parse().unwrap()
    }

    fn runde() -> Innsamling {
        Innsamling::ny(
            "46".parse().unwrap(),
            "2026-2027".parse().unwrap(),
            (t("2026-11-01T00:00:00+01"), t("2026-11-14T00:00:00+01")),
            Godkjenning::Skole,
        )
    }

    #[test]
    fn what_a_round_can_become_depends_on_the_moment() {
        use Endringsfeil as F;
        let (for_, under, etter) = (t("2026-10-20T12:00:00Z"), t("2026-11-05T12:00:00Z"), t("2026-11-20T12:00:00Z"));
        let (tidlig, sent) = (t("2026-11-10T12:00:00Z"), t("2026-11-27T12:00:00Z"));
        for (endring, da, ventet) in [
            (Apne(None), for_, Ok((for_, runde().stenger))),
            (Apne(Some(tidlig)), for_, Ok((tidlig, runde().stenger))),
            (Apne(Some(sent)), for_, Err(F::Rekkefolge)),
            (Apne(Some(t("2026-10-19T12:00:00Z"))), for_, Err(F::Fortid)),
            (Apne(None), under, Err(F::Apen)),
            (Apne(None), etter, Err(F::Over)),
            (Forleng(sent), under, Ok((runde().apner, sent))),
            (Forleng(sent), etter, Ok((runde().apner, sent))),
            (Forleng(tidlig), under, Err(F::IkkeSenere)),
            (Forleng(tidlig), etter, Err(F::Fortid)),
            (Forkort(tidlig), under, Ok((runde().apner, tidlig))),
            (Forkort(sent), under, Err(F::IkkeTidligere)),
            (Forkort(t("2026-10-25T12:00:00Z")), for_, Err(F::Rekkefolge)),
            (Forkort(tidlig), etter, Err(F::Fortid)),
            (Steng, under, Ok((runde().apner, under))),
            (Steng, for_, Err(F::IkkeApnet)),
            (Steng, etter, Err(F::Over)),
        ] {
            let fant = endring.bruk(&runde(), da).map(|r| (r.apner, r.stenger));
            assert_eq!(fant, ventet, "{endring:?} at {da}");
        }
    }

    #[test]
    fn the_county_changes_its_round_and_says_why() {
        let fylke = Aktor::med_rolle("liv", Rolle::Fylke);
        assert_eq!(lov(&fylke, "strømbrudd i Voss"), Ok(()));
        for grunn in ["", "  ", "gjelder 05820998865", &"x".repeat(501)] {
            assert_eq!(lov(&fylke, grunn), Err(Endringsfeil::Grunn));
        }
        for av in [Aktor::med_rolle("ola", Rolle::Skole), Aktor::person("kari"), Aktor::system("oppsett")] {
            assert_eq!(lov(&av, "fordi"), Err(Endringsfeil::Rolle));
        }
    }
}

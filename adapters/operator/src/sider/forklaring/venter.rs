//! What a pupil on a list waits for, and whose turn it is.

use crate::sprak::{Melding, Sprak};
use elevliste::{Ettermeldingstilstand, Godkjenning, Innsamling, Skolestatus};
use jiff::Timestamp;
use runtime::visning::Plassering;
use runtime::visning::forklaring::Listedel;

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Venter {
    nokkel: &'static str,
    /// When it comes by itself.
    nar: Option<Timestamp>,
}

impl Venter {
    const fn pa(nokkel: &'static str) -> Option<Self> {
        Some(Self { nokkel, nar: None })
    }

    pub(super) fn tekst(self, s: Sprak) -> Melding {
        let tekst = s.t(self.nokkel);
        match self.nar {
            Some(nar) => tekst.s("nar", s.tid(nar)),
            None => tekst,
        }
    }
}

/// What the pupil waits for on this list. None: for nothing.
pub(super) fn pa(del: &Listedel, runde: Option<&Innsamling>, na: Timestamp) -> Option<Venter> {
    let melding = |tilstand| del.ettermeldinger.iter().any(|m| m.tilstand == tilstand);
    if melding(Ettermeldingstilstand::Apen) || melding(Ettermeldingstilstand::Avvist) {
        return Venter::pa("forklaring-venter-melding");
    }
    if melding(Ettermeldingstilstand::Meldt) {
        return Venter::pa("forklaring-venter-inntak");
    }
    match &del.plassering.as_ref()?.plassering {
        Plassering::Sendt => None,
        Plassering::Holdt { .. } => Venter::pa("forklaring-venter-holdt"),
        Plassering::Manuelt { .. } => Venter::pa("forklaring-venter-manuelt"),
        Plassering::Avvik => Venter::pa("forklaring-venter-retting"),
        Plassering::Klar => listen(del.status, runde, na),
    }
}

/// Nothing is the matter with the pupil: the list is waited for.
fn listen(status: Skolestatus, runde: Option<&Innsamling>, na: Timestamp) -> Option<Venter> {
    match status {
        Skolestatus::Samles => Venter::pa("forklaring-venter-samles"),
        Skolestatus::Avvik => Venter::pa("forklaring-venter-andre"),
        Skolestatus::Klar | Skolestatus::Mottatt => match runde.map(|runde| runde.godkjenning) {
            Some(Godkjenning::Kommune) => Venter::pa("forklaring-venter-kommunen"),
            Some(Godkjenning::Automatisk) => Venter::pa("forklaring-venter-automatisk"),
            Some(Godkjenning::Skole) | None => Venter::pa("forklaring-venter-skolen"),
        },
        Skolestatus::Godkjent => match runde.map(|runde| runde.apner).filter(|apner| *apner > na) {
            Some(apner) => Some(Venter { nokkel: "forklaring-venter-apner", nar: Some(apner) }),
            None => Venter::pa("forklaring-venter-sending"),
        },
        Skolestatus::Sendes => Venter::pa("forklaring-venter-svar"),
        Skolestatus::Uavklart => Venter::pa("forklaring-venter-avklaring"),
        Skolestatus::Avvist => Venter::pa("forklaring-venter-avvist"),
        Skolestatus::Stengt => Venter::pa("forklaring-venter-stengt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::visning::forklaring::{Gjelder, Plassert};

    fn del(status: Skolestatus, plassering: Option<Plassering>) -> Listedel {
        let plassert =
            |plassering| Plassert { plassering, nb: String::new(), nn: String::new(), en: String::new(), grunn: None };
        Listedel {
            liste: "46.46503.2026-2027.1".parse().unwrap(),
            skole: "Prøveskolen".into(),
            status,
            plassering: plassering.map(plassert),
            gjelder: Gjelder::Na,
            felter: vec![],
            regler: vec![],
            handlinger: vec![],
            ettermeldinger: vec![],
        }
    }

    #[test]
    fn it_is_said_whose_turn_it_is() {
        let sagt = |status, plassering| {
            pa(&del(status, plassering), None, Timestamp::UNIX_EPOCH)
                .map(|venter| venter.tekst(Sprak::Bokmal).to_string())
        };
        let klar = || Some(Plassering::Klar);
        assert_eq!(sagt(Skolestatus::Klar, klar()).as_deref(), Some("Venter på: skolens godkjenning."));
        assert_eq!(sagt(Skolestatus::Mottatt, Some(Plassering::Sendt)), None);
        assert_eq!(sagt(Skolestatus::Klar, None), None, "who is on no list waits for nothing");
        let andre = sagt(Skolestatus::Avvik, klar()).unwrap();
        assert_ne!(
            sagt(Skolestatus::Avvik, Some(Plassering::Avvik)).unwrap(),
            andre,
            "it is another's line that is wrong"
        );
    }

    #[test]
    fn who_is_ready_waits_for_something_whatever_the_list_is() {
        use Skolestatus as S;
        for status in
            [S::Samles, S::Avvik, S::Klar, S::Godkjent, S::Sendes, S::Mottatt, S::Avvist, S::Uavklart, S::Stengt]
        {
            let venter = pa(&del(status, Some(Plassering::Klar)), None, Timestamp::UNIX_EPOCH).unwrap();
            for s in Sprak::ALLE {
                assert_ne!(venter.tekst(s).to_string(), venter.nokkel, "{status:?}");
            }
        }
    }
}

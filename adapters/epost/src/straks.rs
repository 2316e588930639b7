//! The letter that goes at once: reminders, lists that were not delivered, and lists of which nobody knows whether they
//! arrived. One letter tells somebody everything of one moment.

use crate::Adressat;
use crate::brev::{Brev, Del, kontakt, sett_opp};
use crate::ord::{self, Sprak};
use crate::utvalg::Straks;
use elevliste::{Godkjenning, Innsamling, Skolestatus};
use std::collections::BTreeMap;
use url::Url;

/// Lists that a letter names one by one; of the others it tells how many they are.
pub(crate) const MAKS: usize = 40;

/// A list, as a letter names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skolelinje {
    /// The school's name.
    pub skole: String,
    /// Where its list stands.
    pub status: Skolestatus,
    /// Pupils in the source.
    pub kilde: u32,
    /// Of these: with a deviation that bars the list.
    pub avvik: u32,
}

impl Skolelinje {
    pub(crate) fn linje(&self, sprak: Sprak) -> String {
        let Self { skole, status, kilde, avvik } = self;
        let mut ut = format!("{skole}: {}", ord::status(sprak, *status));
        if *kilde > 0 {
            ut.push_str(&format!(" ({}", ord::elever(sprak, *kilde)));
            if *avvik > 0 {
                let ma = sprak.av(["må rettes", "må rettast", "to be corrected"]);
                ut.push_str(&format!(", {avvik} {ma}"));
            }
            ut.push(')');
        }
        ut
    }
}

/// What somebody is told of one matter in one round.
#[derive(Debug)]
pub(crate) struct Melding<'a> {
    pub sak: Straks,
    pub adressat: Adressat,
    pub runde: Option<&'a Innsamling>,
    /// Days to the deadline.
    pub dager: u32,
    pub skoler: Vec<Skolelinje>,
}

/// A reminder of a round, as it goes out `dager` days before the deadline (0: on the day).
pub fn paminnelse(
    runde: &Innsamling,
    adressat: Adressat,
    skoler: &[Skolelinje],
    dager: u32,
    sprak: Sprak,
    adresse: &Url,
) -> Brev {
    let sak = Straks::Paminnelse(runde.siste_dag());
    let melding = Melding { sak, adressat, runde: Some(runde), dager, skoler: skoler.to_vec() };
    straksbrev(&[melding], sprak, adresse)
}

/// What is told when a round is over, and these schools have not delivered.
pub fn ikke_levert(runde: &Innsamling, adressat: Adressat, skoler: &[Skolelinje], sprak: Sprak, adresse: &Url) -> Brev {
    let sak = Straks::IkkeLevert(runde.siste_dag());
    let melding = Melding { sak, adressat, runde: Some(runde), dager: 0, skoler: skoler.to_vec() };
    straksbrev(&[melding], sprak, adresse)
}

/// One letter about all of it. The gravest comes first and gives the subject.
pub(crate) fn straksbrev(meldinger: &[Melding<'_>], sprak: Sprak, adresse: &Url) -> Brev {
    let emne = meldinger.first().map(|melding| emne(sprak, melding)).unwrap_or_default();
    let mut deler = vec![];
    for melding in meldinger {
        if meldinger.len() > 1 {
            deler.push(Del::Overskrift(self::emne(sprak, melding)));
        }
        deler.push(Del::Avsnitt(innledning(sprak, melding)));
        deler.push(Del::Punkter(punkter(sprak, &melding.skoler)));
        deler.push(Del::Avsnitt(gjor(sprak, melding).to_owned()));
    }
    let runder: BTreeMap<_, _> = meldinger.iter().filter_map(|m| Some((m.runde?.nokkel(), m.runde?))).collect();
    let mut kontakter: Vec<_> = runder.values().filter_map(|runde| kontakt(sprak, runde)).collect();
    kontakter.dedup();
    deler.extend(kontakter.into_iter().map(Del::Avsnitt));
    sett_opp(sprak, emne, &deler, adresse)
}

/// Of many, the first, and how many there are besides.
pub(crate) fn punkter(sprak: Sprak, skoler: &[Skolelinje]) -> Vec<String> {
    let mut ut: Vec<_> = skoler.iter().take(MAKS).map(|skole| skole.linje(sprak)).collect();
    let resten = skoler.len().saturating_sub(MAKS);
    if resten > 0 {
        ut.push(match sprak {
            Sprak::Nb => format!("og {resten} til"),
            Sprak::Nn => format!("og {resten} til"),
            Sprak::En => format!("and {resten} more"),
        });
    }
    ut
}

fn lister(sprak: Sprak, melding: &Melding<'_>) -> String {
    match (melding.skoler.as_slice(), sprak) {
        ([en], Sprak::Nb) => format!("Elevlisten for {}", en.skole),
        ([en], Sprak::Nn) => format!("Elevlista for {}", en.skole),
        ([en], Sprak::En) => format!("The list of {}", en.skole),
        (flere, Sprak::Nb) => format!("{} elevlister", flere.len()),
        (flere, Sprak::Nn) => format!("{} elevlister", flere.len()),
        (flere, Sprak::En) => format!("{} lists", flere.len()),
    }
}

fn emne(sprak: Sprak, melding: &Melding<'_>) -> String {
    let (lister, igjen) = (lister(sprak, melding), ord::igjen(sprak, melding.dager));
    let flere = melding.skoler.len() != 1;
    match melding.sak {
        Straks::Uavklart => match sprak {
            Sprak::Nb => format!("{lister}: ikke send på nytt"),
            Sprak::Nn => format!("{lister}: ikkje send på nytt"),
            Sprak::En => format!("{lister}: do not send again"),
        },
        Straks::IkkeLevert(_) => match sprak {
            Sprak::Nb => format!("{lister} er ikke levert, og fristen er ute"),
            Sprak::Nn => format!("{lister} er ikkje levert, og fristen er ute"),
            Sprak::En if flere => format!("{lister} are not delivered, and the deadline has passed"),
            Sprak::En => format!("{lister} is not delivered, and the deadline has passed"),
        },
        Straks::Paminnelse(_) => match sprak {
            Sprak::Nb => format!("{lister} er ikke levert: frist {igjen}"),
            Sprak::Nn => format!("{lister} er ikkje levert: frist {igjen}"),
            Sprak::En if flere => format!("{lister} are not delivered: deadline {igjen}"),
            Sprak::En => format!("{lister} is not delivered: deadline {igjen}"),
        },
    }
}

fn innledning(sprak: Sprak, melding: &Melding<'_>) -> String {
    let frist = match (melding.sak, melding.runde) {
        (_, Some(runde)) => ord::frist(sprak, runde),
        (Straks::Paminnelse(dag) | Straks::IkkeLevert(dag), None) => ord::dag(sprak, dag),
        (Straks::Uavklart, None) => String::new(),
    };
    let igjen = ord::igjen(sprak, melding.dager);
    match (melding.sak, sprak) {
        (Straks::Uavklart, _) => sprak
            .av([
                "Vi sendte listen til VIGO, men fikk ikke noe sikkert svar. Vi vet ikke om listen kom fram:",
                "Vi sende lista til VIGO, men fekk ikkje noko sikkert svar. Vi veit ikkje om lista kom fram:",
                "We sent the list to VIGO and got no certain answer. We do not know whether it arrived:",
            ])
            .to_owned(),
        (Straks::IkkeLevert(_), Sprak::Nb) => format!("Fristen var {frist}. Dette er ikke levert:"),
        (Straks::IkkeLevert(_), Sprak::Nn) => format!("Fristen var {frist}. Dette er ikkje levert:"),
        (Straks::IkkeLevert(_), Sprak::En) => format!("The deadline was {frist}. Not delivered:"),
        (Straks::Paminnelse(_), Sprak::Nb) => format!("Fristen er {frist}, {igjen}. Dette er ikke levert:"),
        (Straks::Paminnelse(_), Sprak::Nn) => format!("Fristen er {frist}, {igjen}. Dette er ikkje levert:"),
        (Straks::Paminnelse(_), Sprak::En) => format!("The deadline is {frist}, {igjen}. Not delivered yet:"),
    }
}

fn gjor(sprak: Sprak, melding: &Melding<'_>) -> &'static str {
    let godkjenning = melding.runde.map_or(Godkjenning::Skole, |runde| runde.godkjenning);
    sprak.av(match (melding.sak, melding.adressat) {
        (Straks::Uavklart, Adressat::Fylke) => [
            "Be ikke skolen sende på nytt. Se i VIGO om listen ligger der, logg inn, og skriv hva dere fant.",
            "Be ikkje skulen sende på nytt. Sjå i VIGO om lista ligg der, logg inn, og skriv kva de fann.",
            "Do not ask the school to send again. Look in VIGO for the list, sign in, and say what you found.",
        ],
        (Straks::Uavklart, _) => [
            "Ikke send listen på nytt, verken her eller på annen måte. Logg inn og se hva som skal gjøres.",
            "Ikkje send lista på nytt, verken her eller på annan måte. Logg inn og sjå kva som skal gjerast.",
            "Do not send the list again, neither here nor in any other way. Sign in to see what to do.",
        ],
        (Straks::IkkeLevert(_), Adressat::Skole) => [
            "Ta kontakt med inntakskontoret i fylket nå.",
            "Ta kontakt med inntakskontoret i fylket no.",
            "Contact the county's intake office now.",
        ],
        (Straks::IkkeLevert(_), Adressat::Kommune) => [
            "Hør med skolene, og ta kontakt med inntakskontoret i fylket nå.",
            "Høyr med skulane, og ta kontakt med inntakskontoret i fylket no.",
            "Ask the schools, and contact the county's intake office now.",
        ],
        (Straks::IkkeLevert(_), Adressat::Fylke) => [
            "Dere kan forlenge innsamlingen, eller be skolene om å ta kontakt.",
            "De kan forlengje innsamlinga, eller be skulane ta kontakt.",
            "You can extend the collection, or ask the schools to get in touch.",
        ],
        (Straks::Paminnelse(_), Adressat::Skole) if godkjenning == Godkjenning::Kommune => [
            "Logg inn, og rett det som står igjen. Kommunen godkjenner listen.",
            "Logg inn, og rett det som står att. Kommunen godkjenner lista.",
            "Sign in, and correct what is left. The municipality approves the list.",
        ],
        (Straks::Paminnelse(_), Adressat::Skole) if godkjenning == Godkjenning::Automatisk => [
            "Logg inn, og rett det som står igjen. Listen godkjennes av seg selv når den er uten feil.",
            "Logg inn, og rett det som står att. Lista blir godkjend av seg sjølv når ho er utan feil.",
            "Sign in, and correct what is left. The list is approved by itself when nothing is wrong.",
        ],
        (Straks::Paminnelse(_), Adressat::Skole) => [
            "Logg inn, rett det som står igjen, og godkjenn listen.",
            "Logg inn, rett det som står att, og godkjenn lista.",
            "Sign in, correct what is left, and approve the list.",
        ],
        (Straks::Paminnelse(_), Adressat::Kommune) if godkjenning == Godkjenning::Kommune => [
            "Logg inn, og godkjenn listene som er klare. Skolene har fått påminnelse om det som må rettes.",
            "Logg inn, og godkjenn listene som er klare. Skulane har fått påminning om det som må rettast.",
            "Sign in, and approve the lists that are ready. The schools have been reminded of what must be corrected.",
        ],
        (Straks::Paminnelse(_), Adressat::Kommune) => [
            "Skolene har fått den samme påminnelsen. Dere får den som eier av skolene.",
            "Skulane har fått den same påminninga. De får ho som eigar av skulane.",
            "The schools have been reminded too. You receive this as the owner of the schools.",
        ],
        (Straks::Paminnelse(_), Adressat::Fylke) => [
            "Skolene og kommunene har fått den samme påminnelsen.",
            "Skulane og kommunane har fått den same påminninga.",
            "The schools and the municipalities have been reminded too.",
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_to_approve_what_somebody_else_approves() {
        let vindu = ("2026-10-01T00:00:00+02".parse().unwrap(), "2026-11-14T00:00:00+01".parse().unwrap());
        let adresse = "https://mellomlag.example/".parse().unwrap();
        let skole = Skolelinje { skole: "Ås".into(), status: Skolestatus::Klar, kilde: 20, avvik: 0 };
        let tekst = |godkjenning, adressat| {
            let (fylke, skolear) = ("46".parse().unwrap(), "2026-2027".parse().unwrap());
            let runde = Innsamling::ny(fylke, skolear, vindu, godkjenning);
            let brev = crate::brev(&runde, adressat, Sprak::Nb, &adresse);
            let paminnelse = paminnelse(&runde, adressat, std::slice::from_ref(&skole), 2, Sprak::Nb, &adresse);
            [brev.tekst, paminnelse.tekst]
        };
        for tekst in tekst(Godkjenning::Skole, Adressat::Skole) {
            assert!(tekst.contains("godkjenn listen"), "{tekst}");
        }
        for godkjenning in [Godkjenning::Kommune, Godkjenning::Automatisk] {
            for tekst in tekst(godkjenning, Adressat::Skole) {
                assert!(!tekst.contains("godkjenn listen") && tekst.contains("rett det som"), "{tekst}");
            }
        }
        for tekst in tekst(Godkjenning::Kommune, Adressat::Kommune) {
            assert!(tekst.contains("ere godkjenner dem") || tekst.contains("godkjenn listene"), "{tekst}");
        }
    }
}

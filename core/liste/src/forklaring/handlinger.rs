//! The ledger as one pupil is concerned by it.

use super::Handlingsspor;
use elevliste::{Handling, Innsendingspost};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The acts that concern a pupil, whatever ids the pupil has had: those about the pupil, and those about a list that the pupil was sent in or is on.
///
/// Approvals, recalls and exports are of the list as a whole, and shown of every pupil on it.
pub fn handlinger(poster: &[Innsendingspost], elever: &BTreeSet<Uuid>) -> Vec<Handlingsspor> {
    let mut i_forsok: Vec<(&str, Option<usize>)> = Vec::new();
    let mut meldt = BTreeSet::new();
    let mut ut = Vec::new();
    for post in poster {
        match &post.handling {
            Handling::Intensjon { segl, linjer, .. } => {
                i_forsok.push((segl, linjer.iter().position(|linje| elever.contains(&linje.elev))));
            }
            Handling::Ettermeldt { id, elev, .. } if elever.contains(elev) => _ = meldt.insert(*id),
            Handling::EttermeldingBehandlet { id, .. } if !meldt.contains(id) => continue,
            _ => {}
        }
        let linje = |segl: &str| i_forsok.iter().rev().find(|(s, _)| *s == segl).and_then(|(_, linje)| *linje);
        ut.extend(handling(post, elever, linje));
    }
    ut
}

fn handling(
    post: &Innsendingspost,
    elever: &BTreeSet<Uuid>,
    linje: impl Fn(&str) -> Option<usize>,
) -> Option<Handlingsspor> {
    let mut spor = Handlingsspor {
        lopenr: post.lopenr,
        tid: post.tidspunkt,
        av: post.av.id.clone(),
        slag: post.av.slag.clone(),
        rolle: post.av.rolle,
        handling: post.handling.navn(),
        om_eleven: true,
        grunn: None,
        utfall: None,
        ja: None,
        kvittering: None,
        bevis: false,
        linje: None,
        merknader: Vec::new(),
    };
    match &post.handling {
        Handling::HoldtTilbake { elev, grunn } | Handling::RutetManuelt { elev, grunn } => {
            spor.grunn = Some(grunn.clone());
            return elever.contains(elev).then_some(spor);
        }
        Handling::Frigitt { elev } => return elever.contains(elev).then_some(spor),
        Handling::FiktivtNummer { elev, nummer, kilde } => {
            (spor.grunn, spor.ja) = (Some(kilde.clone()), Some(nummer.is_some()));
            return elever.contains(elev).then_some(spor);
        }
        Handling::Ettermeldt { elev, grunn, .. } => {
            spor.grunn = Some(grunn.clone());
            return elever.contains(elev).then_some(spor);
        }
        Handling::EttermeldingBehandlet { godtatt, grunn, .. } => {
            (spor.ja, spor.grunn) = (Some(*godtatt), Some(grunn.clone()));
        }
        Handling::Godkjent { .. } => spor.om_eleven = false,
        Handling::Tilbakekalt { grunn } | Handling::Eksportert { grunn, .. } => {
            (spor.om_eleven, spor.grunn) = (false, Some(grunn.clone()));
        }
        Handling::Intensjon { segl, .. } => {
            (spor.om_eleven, spor.linje) = (false, Some(linje(segl)? + 1));
        }
        Handling::Svar { segl, utfall, kvittering, merknader, forklaring, bevis, .. } => {
            spor.bevis = bevis.is_some();
            let nr = linje(segl)? + 1;
            (spor.om_eleven, spor.linje, spor.utfall) = (false, Some(nr), Some(utfall.clone()));
            (spor.kvittering, spor.grunn) = (kvittering.clone(), forklaring.clone());
            let hans = merknader.iter().filter(|m| usize::try_from(m.linje) == Ok(nr));
            spor.merknader = hans.cloned().collect();
        }
        Handling::Avklart { segl, mottatt, grunn, kvittering, bevis, .. } => {
            spor.bevis = bevis.is_some();
            (spor.om_eleven, spor.linje, spor.ja) = (false, Some(linje(segl)? + 1), Some(*mottatt));
            (spor.kvittering, spor.grunn) = (kvittering.clone(), Some(grunn.clone()));
        }
    }
    Some(spor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::{Aktor, Linjeavtrykk, Merknad, Utfall};
    use jiff::Timestamp;

    #[test]
    fn remarks_and_attempts_are_those_of_the_pupils_own_line() {
        let [hans, annen] = [1, 2].map(Uuid::from_u128);
        let avtrykk = |elev| Linjeavtrykk { elev, avtrykk: "a".into() };
        let intensjon = |segl: &str, elever: &[Uuid]| Handling::Intensjon {
            segl: segl.into(),
            mottaker: "vigo".into(),
            linjer: elever.iter().copied().map(avtrykk).collect(),
            oppdatering: false,
            idempotens: None,
        };
        let merknad = |linje| Merknad { linje, felt: "name".into(), kode: "MISSING_NAME".into(), feil: true };
        let svar = |segl: &str| Handling::Svar {
            segl: segl.into(),
            utfall: Utfall::Avvist,
            kvittering: None,
            merknader: vec![merknad(1), merknad(2)],
            forklaring: None,
            etag: None,
            bevis: None,
        };
        let id = Uuid::from_u128(9);
        let behandlet = Handling::EttermeldingBehandlet { id, godtatt: true, grunn: "ja".into() };
        let handlingene = [
            Handling::HoldtTilbake { elev: annen, grunn: "syk".into() },
            Handling::Frigitt { elev: hans },
            intensjon("uten", &[annen]),
            svar("uten"),
            intensjon("med", &[annen, hans]),
            svar("med"),
            behandlet,
        ];
        let mut poster: Vec<Innsendingspost> = Vec::new();
        for handling in handlingene {
            let post = Innsendingspost::etter(poster.last(), Timestamp::UNIX_EPOCH, Aktor::person("kari"), handling);
            poster.push(post);
        }
        let spor = handlinger(&poster, &BTreeSet::from([hans]));
        let sett: Vec<_> = spor.iter().map(|h| (h.lopenr, h.handling, h.linje)).collect();
        assert_eq!(sett, [(2, "frigitt", None), (5, "intensjon", Some(2)), (6, "svar", Some(2))]);
        assert_eq!(spor[2].merknader, [merknad(2)]);
        assert!(spor[0].om_eleven && !spor[1].om_eleven);
    }
}

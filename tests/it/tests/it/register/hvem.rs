//! Who is asked about, and how often.

use super::{Sted, fremmede, liste, liste_av, numre};
use anyhow::Result;
use identitet::Grunnlag;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_new_pupil_is_asked_about_and_a_stranger_never() -> Result<()> {
    let (sted, mut numre) = Sted::ny(3).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    let fremmede = fremmede(50);
    for (i, fremmed) in fremmede.iter().enumerate() {
        sted.falsk.person(fremmed, 1, &[]);
        sted.falsk.hendelse(1 + i as i64, fremmed, None);
    }
    // Another school, and another owner's list.
    let nye = super::numre(Grunnlag::Fnr, 7).split_off(3);
    nye.iter().for_each(|nummer| sted.falsk.person(nummer, 1, &[]));
    liste_av(&kjoring.om, "voss", "46599", &fremmede[..10]).await?;
    liste(&kjoring.om, "46504", &nye).await?;
    numre.extend(nye.iter().cloned());
    kjoring.har(&sted.falsk, &numre).await?;
    assert_eq!(sted.falsk.alle_spurte(), numre.iter().cloned().collect());
    let en_liste: BTreeSet<_> = nye.iter().cloned().collect();
    let sporsmal: Vec<BTreeSet<_>> = sted.falsk.t().spurt.iter().map(|s| s.iter().cloned().collect()).collect();
    assert!(sporsmal.contains(&en_liste), "a list is one question");
    kjoring.stopp().await;
    Ok(())
}

/// Protected pupils leave the lines of the list; their protection must still be followed, also when it is lifted.
#[tokio::test]
async fn who_has_left_the_lines_of_a_list_is_followed_on() -> Result<()> {
    let (sted, numre) = Sted::ny(2).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    liste(&kjoring.om, "46503", &numre[..1]).await?;
    kjoring.stopp().await;
    let kjoring = sted.kjor().await?;
    sted.falsk.person(&numre[1], 2, &[]);
    sted.falsk.hendelse(1, &numre[1], None);
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    Ok(())
}

/// The D-number stands on the list; the change is told of on the old number, later ones on the new.
#[tokio::test]
async fn a_pupil_who_gets_a_new_number_is_found_by_the_old_and_by_the_new() -> Result<()> {
    let (sted, mut alle) = Sted::ny(1).await?;
    let kjoring = sted.kjor().await?;
    let (d, f) = (numre(Grunnlag::Dnr, 1).remove(0), fremmede(1).remove(0));
    sted.falsk.person(&d, 1, &[]);
    liste(&kjoring.om, "46505", std::slice::from_ref(&d)).await?;
    alle.push(d.clone());
    kjoring.har(&sted.falsk, &alle).await?;
    // D → F: the event is on the old number, and the look-up on it finds both.
    sted.falsk.person(&d, 2, &[&f]);
    sted.falsk.person(&f, 2, &[&d]);
    sted.falsk.hendelse(1, &d, None);
    kjoring.har(&sted.falsk, &alle).await?;
    // From now on events name the new number. It is on no list, so it is listened for, not asked about.
    sted.falsk.person(&d, 3, &[&f]);
    sted.falsk.person(&f, 3, &[&d]);
    sted.falsk.hendelse(2, &f, None);
    kjoring.har(&sted.falsk, &alle).await?;
    assert_eq!((sted.falsk.ganger(&f), sted.falsk.ganger(&d)), (0, 3));
    kjoring.stopp().await;
    // The same after a restart, when only KILDE knows of the new number; then the school changes it too.
    let kjoring = sted.kjor().await?;
    sted.falsk.person(&d, 4, &[&f]);
    sted.falsk.person(&f, 4, &[&d]);
    sted.falsk.hendelse(3, &f, None);
    kjoring.har(&sted.falsk, &alle).await?;
    liste(&kjoring.om, "46505", std::slice::from_ref(&f)).await?;
    alle.push(f.clone());
    kjoring.har(&sted.falsk, &alle).await?;
    sted.falsk.person(&d, 5, &[&f]);
    sted.falsk.person(&f, 5, &[&d]);
    sted.falsk.hendelse(4, &d, None);
    kjoring.har(&sted.falsk, &alle).await?;
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_thousand_events_about_one_pupil_are_one_question() -> Result<()> {
    let (sted, numre) = Sted::ny(2).await?;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    kjoring.stopp().await;
    sted.falsk.person(&numre[0], 2, &[]);
    for sekvens in 1..=1000 {
        sted.falsk.hendelse(sekvens, &numre[0], None);
    }
    sted.falsk.t().side = 100;
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre).await?;
    assert_eq!((sted.falsk.ganger(&numre[0]), sted.falsk.ganger(&numre[1])), (2, 1));
    kjoring.stopp().await;
    Ok(())
}

/// Numbers that no register has: VIGO's fiktive, typing errors, nothing at all.
#[tokio::test]
async fn what_no_register_can_know_is_not_asked_about() -> Result<()> {
    let (sted, numre) = Sted::ny(1).await?;
    let kjoring = sted.kjor().await?;
    let tull = ["01421099046", "0582099886", "", "05820998868"].map(str::to_owned);
    liste(&kjoring.om, "46506", &tull).await?;
    kjoring.har(&sted.falsk, &numre).await?;
    let nytt = super::numre(Grunnlag::Fnr, 2).split_off(1);
    liste(&kjoring.om, "46507", &nytt).await?;
    let alle: Vec<_> = numre.into_iter().chain(nytt).collect();
    kjoring.har(&sted.falsk, &alle).await?;
    assert_eq!(sted.falsk.alle_spurte(), alle.into_iter().collect());
    kjoring.stopp().await;
    Ok(())
}

#[test]
fn the_numbers_are_different_people() {
    let (f, d) = (numre(Grunnlag::Fnr, 3000), numre(Grunnlag::Dnr, 300));
    let alle: BTreeSet<_> = f.iter().chain(&d).collect();
    assert_eq!(alle.len(), 3300);
    assert!(fremmede(2000).iter().all(|n| !f[..1000].contains(n)));
}

//! Why a pupil was sent as it was: every field has a source object that says so, and one golden text.

use crate::folkeregister::{besvart, linje, med_nummer, valg};
use crate::scene::{Scene, TENANT, innhold};
use anyhow::{Context, Result, ensure};
use elevliste::{Aktor, Elevlinje, Handling};
use hendelse::{Bibliotek, Emne, Fingeravtrykk, KILDE, Kildeobjekt, REVISJON, hodenavn};
use jiff::{Timestamp, ToSpan};
use liste::forklaring::{Feltspor, Forklaring, Gjelder, Kildespor, Lag};
use oneroster::Objekt;
use runtime::{Innsyn, Omgivelse, forklar};
use simulators::folkeregister::{Gradering, Handling as Registerhandling};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What stands in the source field that a trace names, read from the very message and not through the product's reading.
async fn i_kilden(om: &Omgivelse, spor: &Kildespor) -> Result<String> {
    let mut reader = om.bus.read(KILDE, std::slice::from_ref(&spor.emne), bus::Start::After(0)).await?;
    let poster = reader.next(100, std::time::Duration::from_secs(10)).await?;
    let post =
        poster.iter().find(|p| p.header(hodenavn::TIME) == Some(&spor.sett.to_string())).context("the version")?;
    let skjema = post.header(hodenavn::DATASCHEMA).and_then(|s| s.rsplit(':').next()).context("a schema")?;
    let skjema: Fingeravtrykk = skjema.parse().map_err(|_| anyhow::anyhow!("a fingerprint"))?;
    let Ok(Emne::Kilde { typ, .. }) = post.subject.parse() else { anyhow::bail!("a source object") };
    ensure!(typ == spor.objekt, "{typ} and not {}", spor.objekt);
    let navn = |del: &Option<identitet::Skjermet<String>>| del.as_ref().map(|d| d.vis().clone());
    let verdi = match (Bibliotek::default().les_kilde(&typ, skjema, &post.payload)?, spor.felt) {
        (Kildeobjekt::Roster(Objekt::User(u)), "identifier") => navn(&u.identifier),
        (Kildeobjekt::Roster(Objekt::User(u)), "givenName") => navn(&u.given_name),
        (Kildeobjekt::Roster(Objekt::User(u)), "middleName") => navn(&u.middle_name),
        (Kildeobjekt::Roster(Objekt::User(u)), "familyName") => navn(&u.family_name),
        (Kildeobjekt::Roster(Objekt::Class(c)), "classCode") => c.class_code,
        (Kildeobjekt::Roster(Objekt::Class(c)), "title") => Some(c.title),
        (Kildeobjekt::Roster(Objekt::Org(o)), "identifier") => o.identifier,
        (Kildeobjekt::Vigoskole(s), "skolenummer") => Some(s.nummer.to_string()),
        (Kildeobjekt::Registerperson(p), "identifikasjonsnummer") => p.gjeldende().map(|n| n.vis().clone()),
        (Kildeobjekt::Registerperson(p), "navn.fornavn") => navn(&p.navn.context("a name")?.fornavn),
        (Kildeobjekt::Registerperson(p), "navn.mellomnavn") => navn(&p.navn.context("a name")?.mellomnavn),
        (Kildeobjekt::Registerperson(p), "navn.etternavn") => navn(&p.navn.context("a name")?.etternavn),
        (_, felt) => anyhow::bail!("a field that the test does not know: {felt}"),
    };
    Ok(verdi.unwrap_or_default())
}

fn sendte_verdier(linje: &Elevlinje, orgnr: &str, skolenr: &str) -> BTreeMap<&'static str, String> {
    let del = |verdi: Option<&identitet::Skjermet<String>>| verdi.map(|v| v.vis().clone()).unwrap_or_default();
    BTreeMap::from([
        ("organisasjonsnummer", orgnr.to_owned()),
        ("skolenummer", skolenr.to_owned()),
        ("klassekode", linje.klasse.clone().unwrap_or_default()),
        ("identitetsnummer", del(linje.identitetsnummer.as_ref())),
        ("fornavn", del(Some(&linje.fornavn))),
        ("mellomnavn", del(linje.mellomnavn.as_ref())),
        ("etternavn", del(Some(&linje.etternavn))),
    ])
}

fn felt<'a>(forklaring: &'a Forklaring, navn: &str) -> &'a Feltspor {
    forklaring.lister[0].felter.iter().find(|f| f.felt == navn).expect("every field is there")
}

async fn forklart(om: &Omgivelse, scene: &Scene, elev: Uuid) -> Result<Forklaring> {
    forklar(om, &scene.rundt(), elev, Innsyn::Skjult).await?.context("the pupil")
}

/// Replaces what differs from run to run; the order of events stays.
fn uten_tilfeldigheter(forklaring: &mut Forklaring) {
    let forst: Timestamp = "2026-11-13T09:00:00Z".parse().expect("a time");
    let fast = |nr: i64| forst + nr.minutes();
    let mut tider: BTreeSet<Timestamp> = forklaring.hendelser.iter().map(|h| h.tid).collect();
    for del in &mut forklaring.lister {
        tider.extend(del.handlinger.iter().map(|h| h.tid));
        for kilde in del.felter.iter_mut().filter_map(|f| f.kilde.as_mut()) {
            // Which of two sources is read first is chance.
            if kilde.kilde.starts_with("kodeverk") {
                kilde.sett = Timestamp::UNIX_EPOCH;
            }
            tider.insert(kilde.sett);
        }
    }
    let ny: BTreeMap<Timestamp, Timestamp> = tider.into_iter().zip((0..).map(fast)).collect();
    for hendelse in &mut forklaring.hendelser {
        (hendelse.tid, hendelse.spor) = (ny[&hendelse.tid], None);
    }
    for del in &mut forklaring.lister {
        for handling in &mut del.handlinger {
            handling.tid = ny[&handling.tid];
            handling.kvittering = handling.kvittering.take().map(|_| "3f0c".to_owned());
        }
        del.felter.iter_mut().filter_map(|f| f.kilde.as_mut()).for_each(|k| k.sett = ny[&k.sett]);
        if let Gjelder::Sendt { nar, kvittering, .. } = &mut del.gjelder {
            (*nar, *kvittering) = (ny[nar], kvittering.take().map(|_| "3f0c".to_owned()));
        }
    }
}

#[tokio::test]
async fn every_field_that_was_sent_has_a_source_that_says_so() -> Result<()> {
    let scene = Scene::ny(valg(true)).await?;
    let numre: Vec<_> = scene.tiende().iter().filter_map(|e| e.nummer.clone()).collect();
    let (nytt_navn, nytt_nummer) = (&numre[0], &numre[1]);
    scene.folkeregister().utfor(&[
        Registerhandling::NyttNavn {
            nummer: nytt_navn.clone(),
            fornavn: "Ågot".into(),
            mellomnavn: None,
            etternavn: "Prøvesen".into(),
        },
        Registerhandling::NyttNummer { nummer: nytt_nummer.clone(), nytt: None },
    ])?;
    let gjeldende = scene.folkeregister().gjeldende(nytt_nummer).context("a number")?;
    let kjoring = scene.kjor().await?;
    kjoring.vent("the list at VIGO", || scene.hos_vigo().len() == numre.len()).await?;
    let (sak, _) = kjoring.til(&scene, "the receipt", |sak| besvart(sak) && sak.poster.len() == 3).await?;
    let segl = sak.poster.iter().find_map(|p| match &p.handling {
        Handling::Intensjon { segl, .. } => Some(segl.clone()),
        _ => None,
    });
    let forseglet = runtime::versjon_med_segl(&kjoring.om, &scene.rundt(), &sak, &segl.context("an intent")?).await?;
    let sendt = forseglet.context("the version that was sent")?.bilde.sendbare;
    assert_eq!(sendt.len(), numre.len());

    let (mut fra_register, mut opplost) = (0, 0);
    for sendt in &sendt {
        let forklaring = forklart(&kjoring.om, &scene, sendt.elev).await?;
        let [del] = forklaring.lister.as_slice() else { panic!("one list") };
        assert!(matches!(&del.gjelder, Gjelder::Sendt { kvittering: Some(_), .. }));
        let verdier = sendte_verdier(sendt, &scene.orgnr(), &sak.liste.nokkel.skolenr);
        assert_eq!(del.felter.iter().map(|f| f.felt).collect::<BTreeSet<_>>(), verdier.keys().copied().collect());
        for felt in &del.felter {
            let verdi = &verdier[felt.felt];
            assert_eq!(felt.tom, verdi.is_empty(), "{}", felt.felt);
            assert!(felt.tom || !felt.regler.is_empty(), "{} has no rule", felt.felt);
            let Some(kilde) = &felt.kilde else {
                assert!(felt.tom, "{} has no source", felt.felt);
                continue;
            };
            let kildens = i_kilden(&kjoring.om, kilde).await?;
            assert_eq!(kildens.to_lowercase(), verdi.to_lowercase(), "{} from {}", felt.felt, kilde.emne);
            opplost += usize::from(!felt.tom);
            fra_register += usize::from(kilde.objekt == "registerperson");
        }
    }
    assert_eq!(opplost, sendt.iter().map(|l| 6 + usize::from(l.mellomnavn.is_some())).sum::<usize>());
    assert!(fra_register >= 3, "a number and a name: {fra_register}");

    let med_navn = med_nummer(&sak, nytt_navn).context("a line")?.elev;
    let forklaring = forklart(&kjoring.om, &scene, med_navn).await?;
    assert!(felt(&forklaring, "etternavn").regler.contains(&"KA-065"));
    let med_nytt = med_nummer(&sak, &gjeldende).context("a line")?.elev;
    assert!(felt(&forklart(&kjoring.om, &scene, med_nytt).await?, "identitetsnummer").regler.contains(&"KA-064"));

    // Nobody's name or number, unless it was asked for by somebody who is named first.
    let regel = |id: &str| mapping::kartregel(id).map(|regel| regel.nb);
    let json = serde_json::to_string(&forklaring)?;
    let tekst = liste::forklaring::tekst(&forklaring, regel);
    for hemmelig in ["Ågot", "ÅGOT", "Prøvesen", nytt_navn.as_str()] {
        assert!(!json.contains(hemmelig) && !tekst.contains(hemmelig), "{tekst}");
    }
    assert!(innhold(&kjoring.om, REVISJON, "revisjon.>").await?.is_empty());
    let vist = forklar(&kjoring.om, &scene.rundt(), med_navn, Innsyn::Vist("kari")).await?.context("the pupil")?;
    assert_eq!(felt(&vist, "etternavn").verdi.as_ref().map(|v| v.vis().as_str()), Some("Prøvesen"));
    let revisjon = innhold(&kjoring.om, REVISJON, "revisjon.>").await?;
    let [post] = &revisjon[..] else { anyhow::bail!("one showing, and not {}", revisjon.len()) };
    let post: serde_json::Value = serde_json::from_slice(&post.payload)?;
    assert_eq!((&post["elev"], &post["hvem"]), (&med_navn.to_string().into(), &"kari".into()));

    let mut golden = forklaring;
    uten_tilfeldigheter(&mut golden);
    let tekst = liste::forklaring::tekst(&golden, regel);
    let tekst = tekst.replace(&med_navn.to_string(), "<elev>").replace(&scene.skolear.to_string(), "<skoleår>");
    assert_eq!(tekst, include_str!("forklaring/elev.txt"), "{tekst}");
    kjoring.stopp().await;
    Ok(())
}

#[tokio::test]
async fn a_pupil_who_left_and_one_who_is_protected() -> Result<()> {
    let scene = Scene::ny(valg(false)).await?;
    let kjoring = scene.kjor().await?;
    let (sak, _) = kjoring.til(&scene, "answers", besvart).await?;
    let elever = scene.tiende();
    let [borte, beskyttet] = [elever[0], elever[1]];
    let id = |e: &simulators::generator::Elev| {
        Ok::<_, anyhow::Error>(med_nummer(&sak, e.nummer.as_deref().context("a number")?).context("a line")?.elev)
    };
    let (borte_id, beskyttet_id) = (id(borte)?, id(beskyttet)?);
    let grunn = "flytter i desember";
    let mut holdt = sak.clone();
    let handling = Handling::HoldtTilbake { elev: borte_id, grunn: grunn.into() };
    runtime::skriv(&kjoring.om, &mut holdt, Aktor::person("kari"), handling, None).await?;

    scene.folkeregister().utfor(&[Registerhandling::Beskytt {
        nummer: beskyttet.nummer.clone().context("a number")?,
        gradering: Gradering::StrengtFortrolig,
    }])?;
    scene.vigilo.endre(&[simulators::vigilo::Endring::Slutter { elev: borte.id, hardt: false }])?;
    kjoring.hent_na();
    let ventet = elever.len() - 2;
    kjoring.til(&scene, "both gone from the lines", |sak| sak.liste.linjer.len() == ventet).await?;

    let forklaring = forklart(&kjoring.om, &scene, beskyttet_id).await?;
    assert_eq!(forklaring, Forklaring::manuelt(beskyttet_id, TENANT.to_owned()));

    let forklaring = forklart(&kjoring.om, &scene, borte_id).await?;
    let [del] = forklaring.lister.as_slice() else { panic!("one list") };
    assert!(del.plassering.is_none() && del.gjelder == Gjelder::Ingen && del.felter.is_empty());
    assert_eq!(del.handlinger.iter().filter_map(|h| h.grunn.as_deref()).collect::<Vec<_>>(), [grunn]);
    let siste: Vec<_> = forklaring.hendelser.iter().filter(|h| h.lag == Lag::Liste).map(|h| h.hva.as_str()).collect();
    assert_eq!((siste.first(), siste.last()), (Some(&"ny"), Some(&"fjernet")));
    assert!(linje(&kjoring.sak().await?, borte_id).is_err());
    assert!(forklar(&kjoring.om, &scene.rundt(), Uuid::nil(), Innsyn::Skjult).await?.is_none());
    kjoring.stopp().await;
    Ok(())
}

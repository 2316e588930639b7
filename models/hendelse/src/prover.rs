//! Tests of the schemas against the types, and of versions against each other.

use crate::{
    Data, Fingeravtrykk, Karantenepost, Kildemarkor, Posisjon, Savnet, SkjemaFeil, kod, les, les_med, publiserte,
};
use apache_avro::{Schema, schema_compatibility::SchemaCompatibility};
use elevliste::Varselslag;
use elevliste::{Aktor, Avklaring, Avvik, Eier, Elevlinje, Elevliste, Endringsslag, Handling, Innsendingspost};
use elevliste::{
    ApentAvvik, Godkjenning, Innsamling, Innsamlingspost, Kontakt, Listestatus, Rundeversjon, Skolestatus,
};
use elevliste::{Linjeavtrykk, Merknad, Niva, Overforing, Paminnelse, Rolle, Skolereferanse, Utfall, Varsel};
use fint::tillegg::{Adressebeskyttelse, DatertIdentifikator, Elevtillegg, Identitetshistorikk, Registermerknad};
use fint::tillegg::{Skolemerknad, Skoletillegg};
use fint::{
    Adresse, Elev, Elevforhold, Identifikator, Klasse, Klassemedlemskap, Lenke, Periode, Person, Personnavn, Skole,
};
use jiff::Timestamp;
use std::fmt::Debug;
use uuid::Uuid;

fn tilbake<T: Data + PartialEq + Debug>(verdi: &T) {
    let (avtrykk, bytes) = kod(verdi).unwrap_or_else(|e| panic!("{}: {e}", T::SKJEMA));
    assert_eq!(les::<T>(avtrykk, &bytes).as_ref(), Ok(verdi), "{}", T::SKJEMA);
    for lengde in 0..bytes.len() {
        let _ = les::<T>(avtrykk, &bytes[..lengde]);
    }
    let mut for_lang = bytes;
    for_lang.push(0);
    assert_eq!(les::<T>(avtrykk, &for_lang), Err(SkjemaFeil::Uleselig { skjema: T::SKJEMA }));
}

fn t() -> Timestamp {
    "2026-11-21T08:00:00.5Z".parse().unwrap()
}

fn lenke() -> Lenke {
    Lenke::til::<Elev>("67e55044-10b1-426f-9247-bb680e5fe0c8")
}

fn liste() -> Elevliste {
    let avvik = Avvik {
        regel: "EL-001".into(),
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer".into()),
        detalj: None,
    };
    Elevliste {
        nokkel: "46.46503.2026-2027.1".parse().unwrap(),
        skole: Skolereferanse {
            organisasjonsnummer: Some("974738473".into()),
            skolenr: "46503".into(),
            navn: "Eksempel ungdomsskole".into(),
            kommunenr: Some("4601".into()),
        },
        tenant: "bergen".into(),
        linjer: vec![Elevlinje {
            elev: Uuid::from_u128(7),
            klasse: Some("10A".into()),
            identitetsnummer: Some("05820998865".into()),
            fornavn: "Ávdnos Đ".into(),
            mellomnavn: None,
            etternavn: "Prøve".into(),
            avvik: vec![avvik.clone()],
            opphav: Some(elevliste::Opphav {
                elevforhold: Uuid::from_u128(9),
                person: Some(Uuid::from_u128(10)),
                klasse: None,
                medlemskap: None,
            }),
        }],
        avvik: vec![avvik],
        skjermede: vec![Uuid::from_u128(8)],
    }
}

fn poster() -> Vec<Innsendingspost> {
    let elev = Uuid::from_u128(7);
    let handlinger = [
        Handling::Godkjent { segl: "s".into() },
        Handling::HoldtTilbake { elev, grunn: "g".into() },
        Handling::RutetManuelt { elev, grunn: "g".into() },
        Handling::Frigitt { elev },
        Handling::Intensjon {
            segl: "s".into(),
            mottaker: "vigo".into(),
            linjer: vec![Linjeavtrykk { elev, avtrykk: "a".into() }],
            oppdatering: false,
            idempotens: None,
        },
        Handling::Intensjon {
            segl: "s".into(),
            mottaker: "vigo".into(),
            linjer: vec![],
            oppdatering: true,
            idempotens: Some("i".into()),
        },
        Handling::Svar {
            segl: "s".into(),
            utfall: Utfall::Uavklart,
            kvittering: None,
            merknader: vec![Merknad { linje: 1, felt: "name".into(), kode: "MISSING_NAME".into(), feil: false }],
            forklaring: Some("f".into()),
            etag: None,
            bevis: None,
        },
        Handling::Svar {
            segl: "s".into(),
            utfall: Utfall::Mottatt,
            kvittering: Some("k".into()),
            merknader: vec![],
            forklaring: None,
            etag: Some("e".into()),
            bevis: Some("{}".into()),
        },
        Handling::Tilbakekalt { grunn: "g".into() },
        Handling::FiktivtNummer { elev, nummer: Some("55820995197".into()), kilde: "brev".into() },
        Handling::FiktivtNummer { elev, nummer: None, kilde: "brev".into() },
        Handling::Avklart {
            segl: "s".into(),
            mottatt: true,
            hvordan: Avklaring::Sammenlignet,
            grunn: "g".into(),
            kvittering: None,
            etag: None,
            bevis: None,
        },
        Handling::Ettermeldt { id: elev, elev, slag: Endringsslag::Borte, grunn: "g".into() },
        Handling::EttermeldingBehandlet { id: elev, godtatt: true, grunn: "g".into() },
        Handling::Eksportert { segl: "s".into(), antall: 3, grunn: "g".into() },
    ];
    let av = [Aktor::policy("automatisk"), Aktor::med_rolle("kari", Rolle::Kommune)];
    let poster = handlinger.into_iter().zip(av.into_iter().cycle());
    poster.map(|(h, av)| Innsendingspost::etter(None, t(), av, h)).collect()
}

fn runder() -> Vec<Innsamlingspost> {
    let tid = (t(), "2026-11-21T09:00:00Z".parse().unwrap());
    let mut runde = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), tid, Godkjenning::Automatisk);
    let kort = Rundeversjon { runde: runde.clone(), grunn: None };
    (runde.instruks, runde.skoler) = (Some("i".into()), vec!["46503".into()]);
    runde.kontakt = Some(Kontakt { navn: "Inntak".into(), epost: Some("e".into()), telefon: None });
    let lang = Rundeversjon { runde, grunn: Some("g".into()) };
    [kort, lang].map(|v| Innsamlingspost::etter(None, t(), Aktor::system("oppsett"), v)).into()
}

fn apent() -> ApentAvvik {
    ApentAvvik { id: Uuid::from_u128(1), elev: None, avvik: liste().avvik[0].clone(), apnet: t() }
}

fn status() -> Listestatus {
    let frist = jiff::civil::date(2026, 11, 13);
    Listestatus {
        nokkel: liste().nokkel,
        tenant: "bergen".into(),
        status: Skolestatus::Samles,
        siden: t(),
        kilde: 5,
        sendt: 1,
        holdt: 1,
        manuelt: 1,
        avvik: 2,
        apne: vec![apent(), ApentAvvik { elev: Some(Uuid::from_u128(7)), ..apent() }],
        paminnet: vec![Paminnelse { frist, dager: Some(7) }, Paminnelse { frist, dager: None }],
        kvittering: Some("k".into()),
    }
}

fn varsler() -> Vec<Varsel> {
    let frist = jiff::civil::date(2026, 11, 13);
    let slag = [
        Varselslag::AvvikApnet { avvik: apent() },
        Varselslag::AvvikLukket { avvik: apent() },
        Varselslag::Listestatus { fra: None, til: Skolestatus::Avvik },
        Varselslag::Listestatus { fra: Some(Skolestatus::Samles), til: Skolestatus::Stengt },
        Varselslag::Paminnelse { frist, dager: 0, eier: Eier::Kommune },
        Varselslag::IkkeLevert { frist },
    ];
    let varsel =
        |slag| Varsel { id: Uuid::from_u128(3), nokkel: liste().nokkel, tenant: "bergen".into(), tidspunkt: t(), slag };
    slag.into_iter().map(varsel).collect()
}

#[test]
fn every_type_fits_its_schema() {
    let id = || Identifikator::ny("05820998865");
    let periode = Periode { beskrivelse: Some("b".into()), slutt: Some(t()), start: t() };
    let adresse = Adresse {
        adresselinje: vec!["Veien 1".into()],
        postnummer: Some("0001".into()),
        poststed: None,
        land: Some(lenke()),
    };
    let mut person = Person::ny(id(), Personnavn::av(Some("Kari"), Some("Å"), Some("Prøve")));
    tilbake(&person);
    person.fodselsdato = Some(jiff::civil::date(2010, 2, 5).into());
    person.bostedsadresse = Some(adresse.clone());
    person.postadresse = Some(adresse);
    person.foreldre = vec![lenke(), lenke()];
    person.kommune = Some(lenke());
    tilbake(&person);
    let mut elev = Elev::ny(id(), lenke());
    elev.gjest = Some(false);
    elev.feidenavn = Some(Identifikator { gyldighetsperiode: Some(periode.clone()), ..id() });
    tilbake(&elev);
    let mut forhold = Elevforhold::ny(id(), "10A", lenke(), lenke());
    tilbake(&forhold);
    forhold.gyldighetsperiode = Some(periode.clone());
    forhold.hovedskole = Some(true);
    forhold.skolear = Some(lenke());
    tilbake(&forhold);
    let mut klasse = Klasse::ny(id(), "10A", lenke(), lenke());
    klasse.termin = vec![lenke()];
    tilbake(&klasse);
    let mut medlemskap = Klassemedlemskap::ny(id(), lenke(), lenke());
    tilbake(&medlemskap);
    medlemskap.gyldighetsperiode = Some(periode);
    tilbake(&medlemskap);
    let mut skole = Skole::ny(id(), id(), "Eksempel");
    skole.organisasjonsnummer = Some(id());
    tilbake(&skole);
    let mut tillegg = Elevtillegg {
        elevforhold: Uuid::from_u128(1),
        elev: Uuid::from_u128(2),
        trinn: vec!["10".into()],
        kilde: "vigilo".into(),
        kilde_endret: Some(t()),
        adressebeskyttelse: Adressebeskyttelse::StrengtFortrolig,
        register: None,
    };
    tilbake(&tillegg);
    for merknader in [Vec::new(), Registermerknad::ALLE.to_vec()] {
        tillegg.register = Some(merknader);
        tilbake(&tillegg);
    }
    let mut tillegg = Skoletillegg {
        skole: Uuid::from_u128(3),
        merknader: Skolemerknad::ALLE.to_vec(),
        numre: vec!["15573".into(), "15588".into()],
        kildens: None,
        valgt: None,
    };
    tilbake(&tillegg);
    (tillegg.kildens, tillegg.valgt) = (Some("03503".into()), Some("24999".into()));
    tilbake(&tillegg);
    let identifikator = |opprinnelig| DatertIdentifikator {
        type_: "fodselsnummer".into(),
        verdi: "05820998865".into(),
        fra: t(),
        til: None,
        kilde: "vigilo".into(),
        opprinnelig,
    };
    tilbake(&Identitetshistorikk {
        elev: Uuid::from_u128(2),
        identifikatorer: vec![identifikator(None), identifikator(Some(Uuid::from_u128(3)))],
        slatt_sammen_med: vec![Uuid::from_u128(3)],
    });
    tilbake(&liste());
    poster().iter().for_each(tilbake);
    runder().iter().for_each(tilbake);
    tilbake(&status());
    varsler().iter().for_each(tilbake);
    for skole in kodeverk::vigoskoler().iter().take(3) {
        tilbake(skole);
    }
}

#[test]
fn what_sources_say_fits_its_schema() {
    let id = || oneroster::Kildeid::from("a1");
    let dag = Some(jiff::civil::date(2026, 8, 1));
    tilbake(&oneroster::Org {
        sourced_id: id(),
        name: "Skole".into(),
        r#type: "school".into(),
        identifier: None,
        vigo_id: Some("03503".into()),
        parent: Some(id()),
    });
    tilbake(&oneroster::AcademicSession {
        sourced_id: id(),
        title: "2026/27".into(),
        r#type: "schoolYear".into(),
        start_date: dag,
        end_date: None,
        school_year: Some("2027".into()),
    });
    tilbake(&oneroster::Class {
        sourced_id: id(),
        title: "10A".into(),
        class_code: None,
        school: id(),
        terms: vec![id()],
        grades: vec![],
    });
    tilbake(&oneroster::User {
        sourced_id: id(),
        given_name: None,
        middle_name: None,
        family_name: Some("Prøve".into()),
        identifier: Some("05820998865".into()),
        grades: vec!["10".into()],
        roles: vec![oneroster::Role { org: id(), primary: true, begin_date: dag, end_date: None }],
    });
    tilbake(&oneroster::Enrollment {
        sourced_id: id(),
        user: id(),
        class: id(),
        school: id(),
        begin_date: dag,
        end_date: None,
    });
    tilbake(&Posisjon { sekvens: 7, hel: true });
    let mut person = folkeregister::Registerperson::ukjent("05820998865".into());
    tilbake(&person);
    person.identifikasjonsnummer.push(folkeregister::Personidentifikator {
        foedsels_eller_d_nummer: "05820998865".into(),
        identifikatortype: folkeregister::Identifikatortype::DNummer,
        status: folkeregister::Identifikatorstatus::Opphoert,
    });
    person.status = folkeregister::Personstatus::IkkeBosatt;
    person.navn = Some(folkeregister::Personnavn { fornavn: Some("PRØVE".into()), mellomnavn: None, etternavn: None });
    person.foedselsdato = dag;
    person.graderingsnivaa = folkeregister::Graderingsnivaa::StrengtFortrolig;
    tilbake(&person);
    let savnet = vec![Savnet { typ: "user".into(), k: "00".into() }];
    tilbake(&Kildemarkor { snapshot: 2, hel: false, lest: t(), savnet, posisjon: Some("7".into()) });
    tilbake(&Karantenepost {
        kode: "missing-sourced-id".into(),
        felt: "users[3].sourcedId".into(),
        opphav: None,
        innhold: vec![0, 255, 7],
    });
}

/// Every pair of published versions of a name reads each other: an older reader newer data, and the other way round.
///
/// Not so the ledgers: a program that does not know an act must not believe that it knows how a list stands.
#[test]
fn published_versions_read_each_other() {
    let skjemaer: Vec<Schema> = publiserte().map(|(_, tekst)| Schema::parse_str(tekst).unwrap()).collect();
    for a in &skjemaer {
        // Versions of a name rise, so the first one met is the oldest.
        let like = skjemaer.iter().filter(|b| b.name() == a.name() && b.namespace() == a.namespace());
        let hovedbok = like
            .clone()
            .next()
            .is_some_and(|forste| forste.name().is_some_and(|navn| navn.to_string().ends_with("ingspost")));
        let lesere = like.skip_while(|b| hovedbok && *b != a);
        for b in lesere {
            assert!(SchemaCompatibility::can_read(a, b).is_ok(), "{a:?} is not readable as {b:?}");
        }
    }
    let ulike: std::collections::BTreeSet<_> = publiserte().map(|(avtrykk, _)| avtrykk).collect();
    assert_eq!(ulike.len(), skjemaer.len(), "two schemas with one fingerprint");
}

/// What was written before Folkeregisteret had a word says that it has not answered.
#[test]
fn an_elevtillegg_of_the_first_version_has_no_answer() {
    let tillegg = Elevtillegg {
        elevforhold: Uuid::from_u128(1),
        elev: Uuid::from_u128(2),
        trinn: vec!["10".into()],
        kilde: "vigilo".into(),
        kilde_endret: None,
        adressebeskyttelse: Adressebeskyttelse::Ukjent,
        register: None,
    };
    let (forste, _) = publiserte().find(|(_, tekst)| tekst.contains("\"Elevtillegg\"")).unwrap();
    let (na, mut data) = kod(&tillegg).unwrap();
    assert_ne!(forste, na);
    assert_eq!(data.pop(), Some(0), "the last field is a union, and its first branch is null");
    assert_eq!(les(forste, &data), Ok(tillegg));
}

/// What the next version may do: add a field with a default. Today's reader reads it, and it reads today's data.
#[test]
fn an_older_reader_reads_newer_data_and_the_other_way_round() {
    let (na, gammel) =
        publiserte().filter(|(_, tekst)| tekst.contains("\"name\": \"Elevliste\",\n  \"namespace\"")).last().unwrap();
    let felt = r#""fields": [{"name": "innsamling", "type": ["null", "string"], "default": null},"#;
    let ny = gammel.replacen(r#""fields": ["#, felt, 1);
    let (gammelt_skjema, nytt_skjema) = (Schema::parse_str(gammel).unwrap(), Schema::parse_str(&ny).unwrap());
    assert!(SchemaCompatibility::mutual_read(&gammelt_skjema, &nytt_skjema).is_ok());

    // An older reader, newer data: the unknown field is passed over.
    let (_, data) = kod(&liste()).unwrap();
    let mut nye_data = vec![2, 4, b'v', b'2']; // union branch 1, a string of two bytes
    nye_data.extend(&data);
    assert_eq!(les_med::<Elevliste>(&ny, &nye_data), Ok(liste()));

    // A newer reader, older data: the new field takes its default.
    let leser = apache_avro::reader::datum::GenericDatumReader::builder(&gammelt_skjema)
        .reader_schema(&nytt_skjema)
        .build()
        .unwrap();
    let apache_avro::types::Value::Record(felter) = leser.read_value(&mut data.as_slice()).unwrap() else { panic!() };
    let innsamling = felter.iter().find(|(navn, _)| navn == "innsamling").map(|(_, v)| v.clone());
    let null = apache_avro::types::Value::Union(0, Box::new(apache_avro::types::Value::Null));
    assert_eq!(innsamling, Some(null));

    // Without the writer's schema the reader says which one it lacks.
    let ukjent = Fingeravtrykk(1);
    assert_ne!(na, ukjent);
    assert_eq!(les::<Elevliste>(ukjent, &data), Err(SkjemaFeil::Ukjent(ukjent)));
}

#[test]
fn an_error_says_nothing_of_the_value() {
    let feil = les::<Elevliste>(kod(&liste()).unwrap().0, b"05820998865 Kari").unwrap_err().to_string();
    assert!(!feil.contains("0582") && !feil.contains("Kari"), "{feil}");
}

#[test]
fn overforing_and_handling_keep_their_names() {
    let json = serde_json::to_string(&Overforing::Elevliste).unwrap();
    assert_eq!(json, "\"Elevliste\"");
}

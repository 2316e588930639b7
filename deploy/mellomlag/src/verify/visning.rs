//! A genuine receipt, as a person at the county reads it.

use elevliste::Rolle;
use jiff::Timestamp;
use liste::kvittering::{Elevkvittering, Godkjenner, Listekvittering, Mottakersvar, Utfallsord, Verifisert};
use serde_json::{Value, json};

const MANEDER: [&str; 12] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
];

pub(super) fn tekst(kvittering: &Verifisert, vis: bool) -> String {
    let liste = kvittering.liste();
    let (nokkel, skole) = (&liste.liste, &liste.skole);
    let fylke = kodeverk::fylke(nokkel.fylke).map_or_else(|| nokkel.fylke.to_string(), |f| f.navn.to_owned());
    let orgnr = skole.organisasjonsnummer.as_deref().map_or_else(String::new, |nr| format!(", org.nr. {nr}"));
    let mut rader = vec![
        ("Skole", format!("{} (VIGO-nummer {}{orgnr})", skole.navn, skole.skolenr)),
        ("Skoleår", format!("{}, overføring {}", nokkel.skolear, nokkel.overforing.nummer())),
        ("Fylke", fylke),
        ("Elever", liste.antall.to_string()),
        ("Mottatt", format!("{} hos «{}»", tid(liste.tidspunkt), liste.mottaker)),
        ("Svar", svar(&liste.svar)),
        (
            "Sendt som",
            if liste.oppdatering { "oppdatering; antallet er hele listen etterpå" } else { "hel liste" }.into(),
        ),
        ("Godkjent av", godkjenner(&liste.godkjent_av)),
        ("Utstedt av", utsteder(liste)),
        ("Nøkkel", liste.kid()),
        ("Segl", liste.segl.clone()),
    ];
    let innledning = match kvittering {
        Verifisert::Liste(_) => "✓ Kvitteringen er ekte. Den er ikke endret siden den ble utstedt.",
        Verifisert::Elev(elev) => {
            rader.push(("Elev", self::elev(elev, vis)));
            "✓ Kvitteringen er ekte. Eleven sto på denne listen, med nettopp disse opplysningene."
        }
    };
    let linjer = rader.iter().map(|(hva, verdi)| format!("  {hva:<12} {}\n", ren(verdi)));
    format!("{innledning}\n\n{}", linjer.collect::<String>())
}

fn elev(kvittering: &Elevkvittering, vis: bool) -> String {
    if !vis {
        return format!("linje {}; --vis viser navn og klasse", kvittering.linje);
    }
    let elev = &kvittering.elev;
    let klasse = elev.klasse.as_deref().unwrap_or("uten klasse");
    format!("linje {}: {}, {klasse}", kvittering.linje, navn(kvittering))
}

fn navn(kvittering: &Elevkvittering) -> String {
    let elev = &kvittering.elev;
    let deler = [Some(&elev.fornavn), elev.mellomnavn.as_ref(), Some(&elev.etternavn)];
    let deler: Vec<&str> = deler.into_iter().flatten().map(|n| n.vis().as_str()).filter(|n| !n.is_empty()).collect();
    deler.join(" ")
}

fn svar(svar: &Mottakersvar) -> String {
    let merknader = match svar.merknader {
        0 => "Mottatt uten merknader".to_owned(),
        1 => "Mottatt med 1 merknad".to_owned(),
        n => format!("Mottatt med {n} merknader"),
    };
    let id = svar.kvittering.as_deref().map_or_else(String::new, |id| format!(". Mottakerens kvittering: {id}"));
    let avklart = match svar.avklart.as_deref() {
        None => "",
        Some("tilbakelest") => ". Svaret kom ikke frem; mottakeren ble spurt etterpå, og har listen",
        Some("sammenlignet") => {
            ". Svaret kom ikke frem; mottakeren sa siden at den har en liste, og etter hovedboken kan det bare være denne"
        }
        Some(_) => ". Svaret kom ikke frem; en person har slått opp hos mottakeren og bekreftet at listen er der",
    };
    merknader + &id + avklart
}

fn godkjenner(av: &Godkjenner) -> String {
    match (av.slag.as_str(), av.rolle) {
        ("policy", _) => format!("regelen «{}»", av.id),
        (_, None) => av.id.clone(),
        (_, Some(rolle)) => {
            let rolle = match rolle {
                Rolle::Skole => "skolen",
                Rolle::Kommune => "kommunen",
                Rolle::Fylke => "fylket",
                Rolle::Leverandor => "leverandøren",
            };
            format!("{} ({rolle})", av.id)
        }
    }
}

fn utsteder(liste: &Listekvittering) -> String {
    let utsteder = &liste.utsteder;
    let leverandor =
        utsteder.leverandor.map_or_else(String::new, |nr| format!(", gjennom leverandøren {}", nr.as_str()));
    format!("{} (org.nr. {}){leverandor}", utsteder.navn, utsteder.organisasjonsnummer.as_str())
}

fn tid(tidspunkt: Timestamp) -> String {
    let t = tidspunkt.to_zoned(elevliste::oslo());
    let maned = usize::try_from(t.month()).ok().and_then(|m| MANEDER.get(m.checked_sub(1)?)).unwrap_or(&"");
    format!("{}. {maned} {} kl. {:02}.{:02}.{:02}", t.day(), t.year(), t.hour(), t.minute(), t.second())
}

/// Without what could steer a terminal.
fn ren(tekst: &str) -> String {
    tekst.chars().map(|c| if c.is_control() { '�' } else { c }).collect()
}

pub(super) fn json(kvittering: &Verifisert, vis: bool) -> String {
    let liste = kvittering.liste();
    let mut ut = json!({
        "ok": true,
        "slag": match kvittering { Verifisert::Liste(_) => "liste", Verifisert::Elev(_) => "elev" },
        "liste": liste.liste.to_string(),
        "skole": liste.skole,
        "skolear": liste.liste.skolear.to_string(),
        "antall": liste.antall,
        "mottaker": liste.mottaker,
        "tidspunkt": liste.tidspunkt.to_string(),
        "svar": {
            "utfall": match liste.svar.utfall {
                Utfallsord::Mottatt => "mottatt",
                Utfallsord::MottattMedAdvarsler => "mottatt-med-advarsler",
            },
            "kvittering": liste.svar.kvittering,
            "merknader": liste.svar.merknader,
            "avklart": liste.svar.avklart,
        },
        "oppdatering": liste.oppdatering,
        "godkjent_av": liste.godkjent_av,
        "utsteder": liste.utsteder,
        "kid": liste.kid(),
        "segl": liste.segl,
    });
    if let Verifisert::Elev(elev) = kvittering {
        ut["linje"] = elev.linje.into();
        if vis {
            ut["navn"] = Value::String(navn(elev));
            ut["klasse"] = json!(elev.elev.klasse);
        }
    }
    ut.to_string()
}

//! Schools and tenth-graders made on the spot, for measurements that begin after the sources. All of them are synthetic.

use crate::scene::TENANT;
use anyhow::{Context, Result};
use bus::Message;
use elevliste::{Elevlinje, Elevliste, Skolereferanse};
use hendelse::{Hode, kod};
use identitet::{Grunnlag, Organisasjonsnummer, tenor_nummer};
use jiff::{Timestamp, tz::TimeZone};
use kodeverk::Skolear;
use runtime::Omgivelse;
use uuid::Uuid;

/// A school.
pub struct School {
    /// Organisation number.
    pub orgnr: String,
    /// VIGO's number.
    pub number: String,
    /// Name.
    pub name: String,
}

/// The school year that it is.
pub fn year(now: Timestamp) -> Result<Skolear> {
    Skolear::try_from(now.to_zoned(TimeZone::get("Europe/Oslo")?).date()).context("the clock")
}

/// Counties with enough school numbers for the country's schools.
pub const COUNTIES: [&str; 3] = ["46", "15", "11"];

/// So many schools, a thousand to each county; at most three thousand.
pub fn schools(count: usize) -> Vec<School> {
    let orgnr = (310_000_000_u32..).map(|n| n.to_string()).filter(|n| n.parse::<Organisasjonsnummer>().is_ok());
    let school = |(i, orgnr): (usize, String)| School {
        orgnr,
        number: format!("{}{:03}", COUNTIES[i / 1_000], i % 1_000),
        name: format!("Målt skole {i}"),
    };
    orgnr.enumerate().map(school).take(count.min(1_000 * COUNTIES.len())).collect()
}

/// Synthetic identity numbers of tenth-graders, each another.
pub fn numbers(year: Skolear) -> impl Iterator<Item = String> {
    let born = u16::try_from(year.startar() - 15).unwrap_or_default();
    let days = (1..=12_u8).flat_map(|month| (1..=28_u8).map(move |day| (month, day)));
    days.flat_map(move |(month, day)| {
        (500..=999).filter_map(move |nr| tenor_nummer(Grunnlag::Fnr, born, month, day, nr))
    })
    .map(|number| number.verdi().vis().clone())
}

/// A clean list of so many pupils, who get the next numbers.
pub fn list(
    school: &School,
    year: Skolear,
    tenant: &str,
    pupils: usize,
    numbers: &mut impl Iterator<Item = String>,
) -> Elevliste {
    let line = |(i, number): (usize, String)| Elevlinje {
        elev: Uuid::now_v7(),
        klasse: Some(format!("10{}", char::from(b'A' + u8::try_from(i * 4 / pupils).unwrap_or_default()))),
        identitetsnummer: Some(number.into()),
        fornavn: "Målt".into(),
        mellomnavn: None,
        etternavn: format!("Prøvesen {i}").into(),
        avvik: vec![],
        opphav: None,
    };
    Elevliste {
        nokkel: format!("{}.{}.{year}.1", &school.number[..2], school.number)
            .parse()
            .expect("a county, a school, a year and a transfer"),
        skole: Skolereferanse {
            organisasjonsnummer: Some(school.orgnr.clone()),
            skolenr: school.number.clone(),
            navn: school.name.clone(),
            kommunenr: Some("4601".into()),
        },
        tenant: tenant.to_owned(),
        linjer: numbers.take(pupils).enumerate().map(line).collect(),
        avvik: vec![],
        skjermede: vec![],
    }
}

/// Puts lists into LISTE, as the list step of the tenant that is measured writes them.
pub async fn publish(om: &Omgivelse, lists: &[Elevliste]) -> Result<()> {
    let mut messages = Vec::new();
    for list in lists {
        let (skjema, data) = kod(list)?;
        let hode = Hode {
            id: Uuid::now_v7(),
            kilde: format!("{TENANT}:liste"),
            typ: "liste.elevliste.ny".into(),
            tid: om.clock.now(),
            skjema: Some(skjema),
            spor: None,
        };
        let subject = format!("liste.{}", list.nokkel);
        messages.push(Message { subject, headers: hode.hoder(), payload: data.into() });
    }
    Ok(om.bus.publish(messages).await?)
}

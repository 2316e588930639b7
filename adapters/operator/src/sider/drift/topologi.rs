//! The flow as it is now: a picture, and the same in a table.

use super::bilde::{self, Bilde, Ende, Merke, Midt};
use super::oversikt::{Kilderad, Mottakerrad, Stand};
use crate::drift::Husket;
use crate::sider::besok::{Besok, Svar};
use crate::sider::ramme::{Ramme, svar};
use crate::sprak::Sprak;
use askama::Template;
use axum::Extension;
use hendelse::Tenant;
use runtime::adgang::{Adgang, Omfang};
use runtime::drift::{Etterslep, Rate};

#[derive(Template)]
#[template(path = "drift/topologi.html")]
struct Topologi {
    ramme: Ramme,
    bilde: Bilde,
    /// The picture in one sentence, for those who do not see it.
    setning: String,
    ledd: Vec<Ledd>,
    /// Whether the numbers are of this person's owners only.
    egne: bool,
    kilder: Vec<Kilderad>,
    mottakere: Vec<Mottakerrad>,
}

impl Topologi {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// A part of the flow.
struct Ledd {
    navn: &'static str,
    hva: &'static str,
    minutt: u64,
    kvarter: u64,
    /// What waits before it.
    bak: Option<u64>,
}

/// What flowed out of a stage, minute by minute: of these tenants together, or of everything.
fn flyt(rater: &[Rate], ledd: &str, adgang: &Adgang) -> Vec<u64> {
    let egne = er_egne(adgang);
    let med = |tenant: &Option<Tenant>| match tenant {
        Some(tenant) => egne && adgang.ser_tenant(tenant),
        None => !egne,
    };
    let mut sum = Vec::new();
    for rate in rater.iter().filter(|rate| rate.ledd == ledd && med(&rate.tenant)) {
        sum.resize(rate.per_minutt.len(), 0);
        sum.iter_mut().zip(rate.per_minutt).for_each(|(sum, antall)| *sum += antall);
    }
    sum
}

/// Whether somebody sees single owners, and not everything that a county receives.
const fn er_egne(adgang: &Adgang) -> bool {
    matches!(adgang.omfang, Omfang::Tenanter(_))
}

fn bak(etterslep: &Etterslep, trinn: &str, adgang: &Adgang) -> u64 {
    let mine = etterslep.trinn.iter().filter(|t| t.trinn == trinn);
    mine.filter(|t| !er_egne(adgang) || adgang.ser_tenant(&t.tenant)).map(|t| t.bak).sum()
}

fn kildeende(s: Sprak, rad: &Kilderad) -> Ende {
    Ende {
        navn: format!("{} {}", rad.tenant, rad.navn),
        tekst: s.t(rad.tilstand.0).to_string(),
        merke: match rad.tilstand {
            _ if rad.pause.is_some() => Merke::Pauset,
            ("drift-tilstand-stum" | "drift-tilstand-borte", _) => Merke::Stum,
            _ => Merke::Ingen,
        },
    }
}

fn mottakerende(s: Sprak, rad: &Mottakerrad) -> Ende {
    let (tilstand, _) = rad.tilstand();
    Ende {
        navn: rad.navn.clone(),
        tekst: s.t(tilstand).n("antall", rad.venter).to_string(),
        merke: if rad.pause.is_some() { Merke::Pauset } else { Merke::Ingen },
    }
}

/// `GET /drift/topologi`.
pub(super) async fn vis(besok: Besok, Extension(husket): Extension<Husket>) -> Svar {
    let driver = besok.driver()?;
    let Stand { kilder, mottakere, .. } = Stand::av(&besok, &husket).await?;
    let etterslep = driver.etterslep(&husket).await?;
    let (s, rater, adgang) = (besok.sprak, driver.rater(), besok.ut.adgang());
    let sum = |ledd: &str| flyt(&rater, ledd, adgang);
    let venter = mottakere.iter().map(|m| m.venter).sum();
    let steder = [
        ("kilde", "drift-ledd-kilde", "drift-ledd-kilde-hva", None),
        ("fint", "drift-ledd-fint", "drift-ledd-fint-hva", Some(bak(&etterslep, "fint", adgang))),
        ("liste", "drift-ledd-liste", "drift-ledd-liste-hva", Some(bak(&etterslep, "liste", adgang))),
        ("innsending", "drift-ledd-innsending", "drift-ledd-innsending-hva", Some(venter)),
    ];
    // Of deliveries only the whole is counted: it is not shown to those who see single owners.
    let steder = steder.iter().filter(|(ledd, ..)| *ledd != "innsending" || !er_egne(adgang));
    let ledd: Vec<Ledd> = steder
        .map(|(ledd, navn, hva, bak)| {
            let per_minutt = sum(ledd);
            let minutt = per_minutt.last().copied().unwrap_or_default();
            Ledd { navn, hva, minutt, kvarter: per_minutt.iter().sum(), bak: *bak }
        })
        .collect();
    let midt = |nr: usize, strom: &str| {
        let mut linjer = vec![s.t("drift-flyt-minutt").n("antall", ledd[nr].minutt).to_string()];
        linjer.extend(ledd[nr].bak.map(|bak| s.t("drift-flyt-bak").n("antall", bak).to_string()));
        Midt { navn: strom.to_uppercase(), linjer, per_minutt: sum(strom) }
    };
    let bilde = bilde::tegn(
        kilder.iter().map(|rad| kildeende(s, rad)).collect(),
        [midt(0, "kilde"), midt(1, "fint"), midt(2, "liste")],
        mottakere.iter().map(|rad| mottakerende(s, rad)).collect(),
        |antall| s.t("drift-flyt-flere").n("antall", antall).to_string(),
    );
    let pauset =
        kilder.iter().filter(|k| k.pause.is_some()).count() + mottakere.iter().filter(|m| m.pause.is_some()).count();
    let setning =
        s.t("drift-flyt-setning").n("kilder", kilder.len()).n("mottakere", mottakere.len()).n("pauset", pauset);
    let side = Topologi {
        ramme: besok.ramme(s.t("drift-flyt-tittel")).levende("/levende"),
        setning: setning.to_string(),
        egne: er_egne(adgang),
        bilde,
        ledd,
        kilder,
        mottakere,
    };
    svar(&side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::adgang::{Adgangsrolle, Identitet};
    use std::sync::Arc;

    fn integrator(omfang: Omfang) -> Adgang {
        let hvem = Arc::new(Identitet { id: "i".into(), navn: "I".into() });
        Adgang { hvem, rolle: Adgangsrolle::Integrator, omfang, pa_vegne_av: None, bare_lese: false }
    }

    #[test]
    fn nobody_sees_how_much_flows_for_others() {
        let rate = |tenant: Option<&str>, antall| {
            let mut per_minutt = [0; 15];
            per_minutt[14] = antall;
            Rate { ledd: "kilde", tenant: tenant.map(|t| t.parse().unwrap()), per_minutt }
        };
        let rater = [rate(None, 100), rate(Some("voss"), 7), rate(Some("bergen"), 50)];
        let voss = integrator(Omfang::Tenanter(["voss".parse().unwrap()].into()));
        assert_eq!(flyt(&rater, "kilde", &voss).last(), Some(&7));
        let fylket = integrator(Omfang::Fylker(["46".parse().unwrap()].into()));
        assert_eq!(flyt(&rater, "kilde", &fylket).last(), Some(&100));
        assert!(flyt(&rater, "fint", &fylket).is_empty());
    }

    #[test]
    fn a_pause_is_a_pattern_and_words_and_stands_in_the_table_too() {
        let pause = crate::sider::drift::ord::Pausevist {
            hva: "vigilo".into(),
            id: "kilde.voss.vigilo".into(),
            hvem: "Ivar".into(),
            hvorfor: "<b>nytt passord</b>".into(),
            siden: "kl. 10.42".into(),
            kan: true,
        };
        let rad = Kilderad {
            adresse: "/drift/kilde/voss/vigilo".into(),
            tenant: "voss".into(),
            navn: "vigilo".into(),
            tilstand: ("drift-tilstand-pauset", "neutral"),
            sist: None,
            neste: None,
            karantene: 0,
            pause: Some(pause),
        };
        for s in Sprak::ALLE {
            let midt = || Midt { navn: "KILDE".into(), linjer: vec![], per_minutt: vec![1] };
            let bilde = bilde::tegn(vec![kildeende(s, &rad)], [midt(), midt(), midt()], vec![], |_| String::new());
            let side = Topologi {
                ramme: Ramme::utenfor(s, "Flyt", "/drift/topologi", false),
                bilde,
                setning: String::new(),
                ledd: vec![],
                egne: true,
                kilder: vec![],
                mottakere: vec![],
            };
            let html = side.render().unwrap();
            let ord = s.t("drift-tilstand-pauset").to_string();
            assert!(html.contains("url(#skravert)") && html.contains(&ord), "{html}");
        }
    }
}

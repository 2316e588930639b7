//! How a round came to be what it is: version by version, in words. Pure.

use crate::sprak::Sprak;
use elevliste::{Godkjenning, Innsamling, Kontakt};

/// Who approves, in words.
pub(super) fn godkjenning(s: Sprak, runde: &Innsamling) -> String {
    match runde.godkjenning {
        Godkjenning::Skole => s.t("fylke-godkjenning-skole").to_string(),
        Godkjenning::Kommune => s.t("fylke-godkjenning-kommune").to_string(),
        Godkjenning::Automatisk => s.t("fylke-godkjenning-automatisk").n("timer", runde.stille_timer).to_string(),
    }
}

/// On which days schools are reminded, in words.
pub(super) fn paminnelser(s: Sprak, dager: &[u32]) -> String {
    if dager.is_empty() {
        return s.t("fylke-paminnelser-ingen").to_string();
    }
    let dager: Vec<String> =
        dager.iter().map(|dager| s.t("fylke-paminnelse-dag").n("dager", *dager).to_string()).collect();
    dager.join(", ")
}

/// Which schools are in, in words.
pub(super) fn skoler(s: Sprak, runde: &Innsamling) -> String {
    match runde.skoler.len() {
        0 => s.t("fylke-skoler-alle").to_string(),
        antall => s.t("fylke-skoler-antall").n("antall", antall).to_string(),
    }
}

/// The contact in one line.
pub(super) fn kontakt(kontakt: &Kontakt) -> String {
    let deler = [Some(&kontakt.navn), kontakt.epost.as_ref(), kontakt.telefon.as_ref()];
    deler.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// What a version changed, one thing after the other.
pub(super) fn endringer(s: Sprak, da: Option<&Innsamling>, na: &Innsamling) -> Vec<String> {
    let Some(da) = da else {
        let apner = s.t("fylke-endret-apner").s("til", s.tid(na.apner)).to_string();
        return vec![apner, s.t("fylke-endret-frist").s("til", s.frist(na.stenger)).to_string()];
    };
    let mut ut = Vec::new();
    if da.apner != na.apner {
        ut.push(s.t("fylke-endret-apner").s("til", s.tid(na.apner)).to_string());
    }
    if da.stenger != na.stenger {
        let (fra, til) = (s.frist(da.stenger), s.frist(na.stenger));
        ut.push(s.t("fylke-endret-frist-fra").s("fra", fra).s("til", til).to_string());
    }
    if (da.godkjenning, da.stille_timer) != (na.godkjenning, na.stille_timer) {
        ut.push(godkjenning(s, na));
    }
    if da.instruks != na.instruks {
        ut.push(s.t("fylke-endret-instruks").to_string());
    }
    if da.kontakt != na.kontakt {
        ut.push(match &na.kontakt {
            Some(ny) => s.t("fylke-endret-kontakt").s("kontakt", kontakt(ny)).to_string(),
            None => s.t("fylke-endret-kontakt-ingen").to_string(),
        });
    }
    if da.paminnelser != na.paminnelser {
        ut.push(s.t("fylke-endret-paminnelser").s("dager", paminnelser(s, &na.paminnelser)).to_string());
    }
    if da.skoler != na.skoler {
        ut.push(s.t("fylke-endret-skoler").s("skoler", skoler(s, na)).to_string());
    }
    ut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_says_what_it_changed_and_nothing_else() {
        let tid = |t: &str| t.parse().unwrap();
        let vindu = (tid("2026-11-01T00:00:00+01"), tid("2026-11-14T00:00:00+01"));
        let da = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole);
        let s = Sprak::Bokmal;
        assert_eq!(endringer(s, Some(&da), &da), Vec::<String>::new());
        assert_eq!(endringer(s, None, &da).len(), 2);
        let mut na = Innsamling { stenger: tid("2026-11-21T00:00:00+01"), paminnelser: vec![1, 0], ..da.clone() };
        na.skoler = vec!["46503".into()];
        assert_eq!(
            endringer(s, Some(&da), &na),
            [
                "Fristen ble flyttet fra fredag 13. november kl. 23.59 til fredag 20. november kl. 23.59",
                "Påminnelser: dagen før, siste dag",
                "Skoler: 1 skole",
            ]
        );
        na = Innsamling {
            godkjenning: Godkjenning::Automatisk,
            stille_timer: 24,
            instruks: Some("x".into()),
            ..da.clone()
        };
        assert_eq!(endringer(Sprak::Engelsk, Some(&da), &na).len(), 2);
    }
}

//! The pages around signing in: choosing where, choosing a role, what was refused, and going on where one was.

use crate::innlogging::{Avvist, Innloggingssider, Rollevalg, Tilbydervalg};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, rollenavn, svar, svar_med};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use runtime::adgang::Omfang;

/// Renders what sign-in has to say.
pub struct Siderinnlogging {
    /// Whether all people are made up.
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "innlogging/velg.html")]
struct Velg {
    ramme: Ramme,
    valg: Tilbydervalg,
}

#[derive(Template)]
#[template(path = "innlogging/hvem.html")]
struct Hvemside {
    ramme: Ramme,
    valg: Vec<Rolle>,
    csrf: String,
    retur: String,
}

struct Rolle {
    nr: usize,
    navn: &'static str,
    hvor: String,
    pa_vegne_av: Option<String>,
    valgt: bool,
}

#[derive(Template)]
#[template(path = "innlogging/avvist.html")]
struct Avvistside {
    ramme: Ramme,
    hva: &'static str,
    kode: &'static str,
}

#[derive(Template)]
#[template(path = "innlogging/ute.html")]
struct Ute {
    ramme: Ramme,
}

#[derive(Template)]
#[template(path = "innlogging/fortsett.html")]
struct Fortsettside {
    ramme: Ramme,
    id: String,
    sti: String,
    felter: Vec<(String, String)>,
}

macro_rules! med_ramme {
    ($($side:ty),*) => {
        $(impl $side {
            const fn ramme(&self) -> &Ramme {
                &self.ramme
            }
        })*
    };
}
med_ramme!(Velg, Hvemside, Avvistside, Ute, Fortsettside);

impl Siderinnlogging {
    fn ramme(&self, hoder: &HeaderMap, tittel: &'static str, sti: &str) -> Ramme {
        let s = Sprak::av_hoder(hoder, None);
        Ramme::utenfor(s, s.t(tittel), sti, self.demo)
    }
}

fn eller_feil(svar: Svar) -> Response {
    svar.unwrap_or_else(IntoResponse::into_response)
}

/// Where a role is for, in a few words.
fn hvor(omfang: &Omfang) -> String {
    let deler: Vec<String> = match omfang {
        Omfang::Skoler(skoler) => skoler.iter().map(|s| s.organisasjonsnummer.clone()).collect(),
        Omfang::Tenanter(tenanter) => tenanter.iter().map(ToString::to_string).collect(),
        Omfang::Fylker(fylker) => fylker.iter().map(ToString::to_string).collect(),
    };
    deler.join(", ")
}

impl Innloggingssider for Siderinnlogging {
    fn tilbydere(&self, hoder: &HeaderMap, side: Tilbydervalg) -> Response {
        eller_feil(svar(&Velg { ramme: self.ramme(hoder, "innlogging-tittel", "/logg-inn"), valg: side }))
    }

    fn hvem(&self, hoder: &HeaderMap, side: Rollevalg) -> Response {
        let ramme = self.ramme(hoder, "innlogging-hvem", "/hvem");
        let valg = side.valg.into_iter().map(|v| Rolle {
            nr: v.nr,
            navn: rollenavn(v.rolle),
            hvor: hvor(&v.omfang),
            pa_vegne_av: v.pa_vegne_av,
            valgt: v.valgt,
        });
        eller_feil(svar(&Hvemside { ramme, valg: valg.collect(), csrf: side.csrf, retur: side.retur }))
    }

    fn avvist(&self, hoder: &HeaderMap, avvist: &Avvist) -> Response {
        // Refusals of a form say nothing about who is signed in.
        let skjema = match avvist.kode() {
            "csrf" | "fremmed-side" | "skjema-ugyldig" => Some(Feilslag::Skjema),
            "for-stort" => Some(Feilslag::SkjemaForStort),
            _ => None,
        };
        if let Some(feil) = skjema {
            let mut svar = feil.into_response();
            *svar.status_mut() = avvist.status();
            return svar;
        }
        let ramme = self.ramme(hoder, "innlogging-avvist", "/logg-inn");
        eller_feil(svar_med(avvist.status(), &Avvistside { ramme, hva: hva(avvist.kode()), kode: avvist.kode() }))
    }

    fn logget_ut(&self, hoder: &HeaderMap) -> Response {
        eller_feil(svar(&Ute { ramme: self.ramme(hoder, "innlogging-ute", "/") }))
    }
}

/// The key of what a refusal means to the person: several codes come to the same.
fn hva(kode: &str) -> &'static str {
    match kode {
        "tilbyder-nede" | "tilbyder-avviste" | "utsteder-feil" => "innlogging-feil-tilbyder",
        "avbrutt" => "innlogging-feil-avbrutt",
        "state-ukjent" | "utlopt" | "nettleser-ukjent" | "token-utlopt" => "innlogging-feil-utlopt",
        "acr-for-lav" | "amr-mangler" => "innlogging-feil-niva",
        "ikke-invitert" => "innlogging-feil-invitert",
        "invitasjon-ugyldig" => "innlogging-feil-invitasjon",
        "for-mange-forsok" => "innlogging-feil-mange",
        "tilgang-endret" | "valg-ukjent" => "innlogging-feil-tilgang",
        _ => "innlogging-feil-annet",
    }
}

/// `GET /fortsett/{id}`: what was about to be sent when the session ran out, to be sent by one more press.
pub(crate) async fn fortsett(besok: Besok, Path(id): Path<String>) -> Svar {
    let sider = besok.sider();
    let Some(lagret) = sider.innlogging.fortsett(&besok.okt, &id).await else {
        return Err(Feilslag::FinnesIkke);
    };
    let ramme = besok.ramme(besok.sprak.t("innlogging-fortsett"));
    svar_med(StatusCode::OK, &Fortsettside { ramme, id, sti: lagret.sti, felter: lagret.felter })
}

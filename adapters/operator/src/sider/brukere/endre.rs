//! Invites, changes and removes people.

use super::ord::{self, Rolleforklaring};
use crate::brukerstell::{Feltfeil, Nei, Skjema, roller, verdi};
use crate::sider::besok::{Besok, Sendt, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, rollenavn, svar, svar_med, videre};
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use runtime::adgang::Adgangsrolle;
use runtime::brukere::{Bruker, Brukerfeil, Eier};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "brukere/skjema.html")]
struct Skjemaside {
    ramme: Ramme,
    tittel: String,
    /// Where the form goes.
    adresse: String,
    /// For somebody new: whose.
    eier: String,
    eiernavn: String,
    skjema: Skjema,
    roller: Vec<Rollevalg>,
    skoler: Vec<(String, String, bool)>,
    forklaring: Vec<Rolleforklaring>,
    ny: bool,
    kan_fjernes: bool,
    /// What must be corrected, field by field. What was written still stands in the form.
    feil: Vec<(String, String)>,
}

impl Skjemaside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }

    const fn alle_sprak(&self) -> [Sprak; 3] {
        Sprak::ALLE
    }

    fn pa(&self, sprak: &Sprak) -> bool {
        self.skjema.sprak.as_deref() == Some(sprak.kode())
    }
}

struct Rollevalg {
    verdi: &'static str,
    navn: &'static str,
    hva: &'static str,
    valgt: bool,
    /// Whether it can be given to look only, and is.
    lese: Option<bool>,
}

#[derive(Template)]
#[template(path = "brukere/invitert.html")]
struct Invitert {
    ramme: Ramme,
    navn: String,
    kode: String,
    utloper: String,
    har_epost: bool,
}

impl Invitert {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// What is said against it, for the reader.
pub(super) fn feilslag(besok: &Besok, nei: impl Into<Nei>) -> Feilslag {
    let s = besok.sprak;
    let felt =
        |felt: &'static str, hva: &'static str| Feilslag::Felt(vec![(s.t(felt).to_string(), s.t(hva).to_string())]);
    let feil = match nei.into() {
        Nei::Finnes => return Feilslag::FinnesIkke,
        Nei::MaIkke => return Feilslag::MaIkke,
        Nei::Felt(Feltfeil::Rolle) => return felt("bruker-felt-rolle", "bruker-feil-rolle"),
        Nei::Felt(Feltfeil::Skole) => return felt("bruker-felt-skole", "bruker-feil-skole"),
        Nei::Bok(feil) => feil,
    };
    match feil {
        Brukerfeil::IkkeLov | Brukerfeil::ForMye => Feilslag::MaIkke,
        Brukerfeil::UkjentBruker => Feilslag::FinnesIkke,
        Brukerfeil::Finnes => felt("bruker-felt-epost", "bruker-feil-finnes"),
        Brukerfeil::FastBruker => felt("bruker-felt-navn", "bruker-feil-fast"),
        Brukerfeil::Ugyldig("epost") => felt("bruker-felt-epost", "bruker-feil-epost"),
        Brukerfeil::Ugyldig("navn") => felt("bruker-felt-navn", "bruker-feil-navn"),
        Brukerfeil::Ugyldig("oppdrag") => felt("bruker-felt-rolle", "bruker-feil-rolle"),
        Brukerfeil::Ugyldig(_) => Feilslag::Skjema,
        Brukerfeil::Opptatt => Feilslag::Samtidig,
        feil @ (Brukerfeil::Uleselig(_) | Brukerfeil::Stopp(_)) => {
            tracing::warn!(error = %feil, "people could not be read or changed");
            Feilslag::Utilgjengelig("brukere")
        }
    }
}

/// An owner whose people this person changes.
async fn min(besok: &Besok, eier: &str) -> Result<Eier, Feilslag> {
    besok.brukerstell()?.min(eier).await.map_err(|nei| feilslag(besok, nei))
}

async fn bruker(besok: &Besok, eier: &Eier, id: Uuid) -> Result<Bruker, Feilslag> {
    besok.brukerstell()?.en(eier, id).await.map_err(|nei| feilslag(besok, nei))
}

fn side(besok: &Besok, eier: &Eier, har: Option<&Bruker>, skjema: Skjema, feil: Vec<(String, String)>) -> Svar {
    let s = besok.sprak;
    let rollevalg = |rolle: &Adgangsrolle| Rollevalg {
        verdi: rolle.as_str(),
        navn: rollenavn(*rolle),
        hva: ord::rolleforklaring(*rolle).hva,
        valgt: skjema.roller.contains_key(rolle),
        lese: (*rolle != Adgangsrolle::Revisor).then(|| skjema.roller.get(rolle).copied().unwrap_or_default()),
    };
    let stell = besok.brukerstell()?;
    let mut skoler: Vec<_> = stell
        .skolene(eier, har)
        .iter()
        .map(|skole| (ord::skolenavn(besok, skole), verdi(skole), skjema.skoler.contains(&verdi(skole))))
        .collect();
    skoler.sort();
    let tittel = match har {
        Some(bruker) => bruker.navn.clone(),
        None => s.t("bruker-inviter").to_string(),
    };
    let side = Skjemaside {
        // A name stands on the page, not in the window's title.
        ramme: besok.ramme(s.t(if har.is_some() { "bruker-endre" } else { "bruker-inviter" })),
        tittel,
        adresse: har.map_or_else(|| "/brukere/ny".to_owned(), |bruker| format!("/brukere/{eier}/{}", bruker.id)),
        eier: eier.to_string(),
        eiernavn: ord::eier(besok, eier),
        roller: roller(eier).iter().map(rollevalg).collect(),
        skoler,
        forklaring: roller(eier).iter().map(|rolle| ord::rolleforklaring(*rolle)).collect(),
        ny: har.is_none(),
        kan_fjernes: har.is_some_and(|bruker| besok.okt.bruker != Some((eier.clone(), bruker.id))),
        skjema,
        feil,
    };
    svar_med(if side.feil.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &side)
}

/// The form once more, where it can be corrected there.
fn igjen(besok: &Besok, eier: &Eier, har: Option<&Bruker>, skjema: Skjema, feil: Feilslag) -> Svar {
    match feil {
        Feilslag::Felt(feil) => side(besok, eier, har, skjema, feil),
        annen => Err(annen),
    }
}

#[derive(Deserialize)]
pub(super) struct Hvem {
    #[serde(default)]
    eier: String,
}

/// `GET /brukere/ny?eier=…`.
pub(super) async fn ny(besok: Besok, Query(Hvem { eier }): Query<Hvem>) -> Svar {
    let eier = min(&besok, &eier).await?;
    side(&besok, &eier, None, Skjema { varsles: true, ..Skjema::default() }, vec![])
}

/// `POST /brukere/ny`: the page with the code, which is shown this once.
pub(super) async fn inviter(Sendt(besok, felter): Sendt<Vec<(String, String)>>) -> Svar {
    let eier = felter.iter().find(|(navn, _)| navn == "eier").map(|(_, verdi)| verdi.as_str()).unwrap_or_default();
    let eier = min(&besok, eier).await?;
    let skjema = Skjema::les(&felter);
    match besok.brukerstell()?.inviter(&eier, &skjema).await {
        Ok((bruker, kode)) => invitasjonen(&besok, bruker, kode),
        Err(nei) => igjen(&besok, &eier, None, skjema, feilslag(&besok, nei)),
    }
}

/// The code, which is shown this once.
fn invitasjonen(besok: &Besok, bruker: Bruker, kode: String) -> Svar {
    let s = besok.sprak;
    let utloper = bruker.invitasjon.as_ref().and_then(|invitasjon| invitasjon.utloper);
    let side = Invitert {
        ramme: besok.ramme(s.t("bruker-invitasjon")),
        navn: bruker.navn,
        kode,
        utloper: utloper.map(|utloper| s.tid(utloper).to_string()).unwrap_or_default(),
        har_epost: bruker.epost.is_some(),
    };
    svar(&side)
}

/// `GET /brukere/{eier}/{id}`.
pub(super) async fn vis(besok: Besok, Path((eier, id)): Path<(String, Uuid)>) -> Svar {
    let eier = min(&besok, &eier).await?;
    let bruker = bruker(&besok, &eier, id).await?;
    if bruker.fast {
        return Err(feilslag(&besok, Brukerfeil::FastBruker));
    }
    side(&besok, &eier, Some(&bruker), Skjema::av(&bruker), vec![])
}

/// `POST /brukere/{eier}/{id}`. With another e-mail address it may be another person, who is invited.
pub(super) async fn lagre(
    Path((eier, id)): Path<(String, Uuid)>,
    Sendt(besok, felter): Sendt<Vec<(String, String)>>,
) -> Svar {
    let eier = min(&besok, &eier).await?;
    let har = bruker(&besok, &eier, id).await?;
    let skjema = Skjema::les(&felter);
    match besok.brukerstell()?.endre(&eier, &har, &skjema).await {
        Ok((bruker, Some(kode))) => invitasjonen(&besok, bruker, kode),
        Ok((_, None)) => Ok(videre("/brukere")),
        Err(nei) => igjen(&besok, &eier, Some(&har), skjema, feilslag(&besok, nei)),
    }
}

#[derive(Deserialize)]
pub(super) struct Tomt {}

/// `POST /brukere/{eier}/{id}/fjern`. Somebody who is gone already is removed.
pub(super) async fn fjern(Path((eier, id)): Path<(String, Uuid)>, Sendt(besok, Tomt {}): Sendt<Tomt>) -> Svar {
    let eier = min(&besok, &eier).await?;
    match besok.brukerstell()?.fjern(&eier, id).await {
        Ok(()) | Err(Nei::Bok(Brukerfeil::UkjentBruker)) => Ok(videre("/brukere")),
        Err(nei) => Err(feilslag(&besok, nei)),
    }
}

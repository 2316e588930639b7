//! A receipt that somebody has: whether it is genuine. It is kept nowhere.

use super::{Utsyn, les};
use crate::inntak::inne;
use crate::inntak::kontroll::{Falsk, Funn, sjekk};
use crate::kropp::Kropp;
use crate::problem::Avslag;
use axum::Json;
use elevliste::Listenokkel;
use jiff::Timestamp;
use runtime::visning::kvittering::{Bevisfeil, Verifisert};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is to be checked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kontrollert {
    /// The receipt, byte by byte, as a text. It may be personal.
    kvittering: String,
    /// A public key that is trusted besides the one that is signed with here, as PEM.
    #[serde(default)]
    nokkel: Option<String>,
}

/// What was found. Without `bevis` it proves nothing.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Kontrollsvar {
    ekte: bool,
    /// Why it proves nothing: `tom`, `nokkel`, `for-stor`, `ukjent`, `versjon`, `ikke-kanonisk`, `ukjent-nokkel`, `signatur`
    /// or `elev`.
    hvorfor: Option<&'static str>,
    bevis: Option<Bevis>,
}

/// What a genuine receipt proves. Nobody is named.
#[derive(Serialize, JsonSchema)]
struct Bevis {
    /// `liste`, or `elev` for one pupil's part of it.
    slag: &'static str,
    liste: String,
    segl: String,
    antall: u32,
    tidspunkt: Timestamp,
    /// Of a pupil: the line of the list.
    linje: Option<u64>,
    utsteder: String,
    /// Names the key.
    kid: String,
    /// Whether it is the key that is signed with here.
    var_nokkel: bool,
    /// Of a list: whether there is no newer receipt here; null where there is none here.
    siste: Option<bool>,
}

/// `POST /api/v1/kvitteringer/kontroll`, for a county's own people.
pub(crate) async fn kontroller(utsyn: Utsyn, Kropp(json): Kropp) -> Result<Json<Kontrollsvar>, Avslag> {
    if !inne(&utsyn.ut) {
        return Err(Avslag::finnes_ikke());
    }
    let Kontrollert { kvittering, nokkel } = les(&json, "{\"kvittering\": \"…\", \"nokkel\": \"…\" eller null}")?;
    let sider = utsyn.delt.sider.as_ref().ok_or_else(Avslag::ikke_apnet)?;
    let egen = sider.utsikt.sammenheng().signerer.as_ref().map(|signerer| signerer.offentlig_pem());
    let siste = |liste: &Listenokkel| utsyn.ut.listekvittering(liste).ok();
    let funnet = sjekk(egen.as_deref(), nokkel.as_deref().unwrap_or_default(), kvittering.as_bytes(), siste);
    Ok(Json(match funnet {
        Ok(funn) => Kontrollsvar { ekte: true, hvorfor: None, bevis: Some(bevis(&funn)) },
        Err(falsk) => Kontrollsvar { ekte: false, hvorfor: Some(hvorfor(&falsk)), bevis: None },
    }))
}

fn bevis(Funn { ekte, var_nokkel, siste }: &Funn) -> Bevis {
    let liste = ekte.liste();
    let (slag, linje) = match ekte {
        Verifisert::Liste(_) => ("liste", None),
        Verifisert::Elev(elev) => ("elev", Some(elev.linje.into())),
    };
    Bevis {
        slag,
        liste: liste.liste.to_string(),
        segl: liste.segl.clone(),
        antall: liste.antall,
        tidspunkt: liste.tidspunkt,
        linje,
        utsteder: liste.utsteder.navn.clone(),
        kid: liste.kid(),
        var_nokkel: *var_nokkel,
        siste: *siste,
    }
}

const fn hvorfor(falsk: &Falsk) -> &'static str {
    match falsk {
        Falsk::Tom => "tom",
        Falsk::Nokkel => "nokkel",
        Falsk::Bevis(Bevisfeil::ForStor) => "for-stor",
        Falsk::Bevis(Bevisfeil::Ukjent) => "ukjent",
        Falsk::Bevis(Bevisfeil::Versjon(_)) => "versjon",
        Falsk::Bevis(Bevisfeil::IkkeKanonisk) => "ikke-kanonisk",
        Falsk::Bevis(Bevisfeil::UkjentNokkel { .. }) => "ukjent-nokkel",
        Falsk::Bevis(Bevisfeil::Signatur) => "signatur",
        Falsk::Bevis(Bevisfeil::Elev) => "elev",
    }
}

//! What is open: each deviation with its texts, and with the name that the source itself has for the pupil.

use crate::problem::Avslag;
use crate::rekkevidde::Rekkevidde;
use crate::sporring::{Sporring, antall};
use crate::tilgang::Innlogget;
use crate::valgt::Delt;
use axum::Json;
use axum::extract::State;
use elevliste::{ApentAvvik, Eier, Listestatus, Niva};
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use runtime::{Omgivelse, Tekst};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An open deviation.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Avviksbilde {
    /// The same for as long as this is wrong with this pupil, and when it is wrong again.
    id: Uuid,
    /// The list: `46.46503.2026-2027.1`.
    liste: String,
    tenant: String,
    /// The rule: `EL-002`.
    regel: String,
    /// `feil`: it stands in the way. `advarsel`: somebody should look.
    #[schemars(with = "String")]
    niva: Niva,
    /// Who puts it right: `skole`, `kommune`, `leverandor` or `fylke`.
    #[schemars(with = "String")]
    eier: Eier,
    /// The field at fault, as the list spells it.
    felt: Option<String>,
    /// A code or a number that helps. Never personal.
    detalj: Option<String>,
    /// Since when.
    apnet: Timestamp,
    /// The pupil; null when it is about the list as a whole.
    elev: Option<Elevbilde>,
    /// What a person is told; null for a rule of a newer version.
    tekst: Option<Tekster>,
}

/// A pupil, without name and number.
#[derive(Serialize, JsonSchema)]
struct Elevbilde {
    /// Mellomlag's id of the pupil.
    id: Uuid,
    /// What the sources call the pupil, for those sources that the caller may see.
    kildeider: Vec<Kildeid>,
}

/// What one source calls a pupil: OneRoster's `sourcedId` of the user.
#[derive(Serialize, JsonSchema)]
struct Kildeid {
    kilde: String,
    id: String,
}

/// The texts of a rule in both written forms.
#[derive(Serialize, JsonSchema)]
struct Tekster {
    nb: Regeltekst,
    nn: Regeltekst,
}

/// The texts of a rule.
#[derive(Serialize, JsonSchema)]
struct Regeltekst {
    /// A few words.
    tittel: &'static str,
    /// What is wrong.
    hva: &'static str,
    /// Where to put it right in the school system.
    rett: &'static str,
    /// What happens next.
    videre: &'static str,
}

fn tekster(regel: &str) -> Option<Tekster> {
    let regel = runtime::regel(regel)?;
    let i = |form: fn(&Tekst) -> &'static str| {
        let [tittel, hva, rett, videre] = [&regel.tittel, &regel.hva, &regel.rett, &regel.videre].map(form);
        Regeltekst { tittel, hva, rett, videre }
    };
    Some(Tekster { nb: i(|t| t.nb), nn: i(|t| t.nn) })
}

/// The sources whose own ids of pupils stand in an answer: what the audit trail is told before it is sent.
#[derive(Default)]
pub(crate) struct Vist(BTreeSet<(Tenant, Kildenavn)>);

impl Vist {
    /// Writes who is shown them. What cannot be written is not shown.
    pub(crate) async fn bokfor(self, om: &Omgivelse, hvem: &Innlogget) -> Result<(), Avslag> {
        for (tenant, kilde) in &self.0 {
            runtime::vist(om, tenant, kilde, &hvem.navn).await?;
        }
        Ok(())
    }
}

/// One deviation of a list, as the caller may see it.
pub(crate) async fn bilde(
    om: &Omgivelse,
    hvem: &Innlogget,
    status: &Listestatus,
    apent: &ApentAvvik,
    vist: &mut Vist,
) -> Result<Avviksbilde, Avslag> {
    let elev = match apent.elev {
        Some(elev) => Some(Elevbilde { id: elev, kildeider: kildeider(om, hvem, &status.tenant, elev, vist).await? }),
        None => None,
    };
    let avvik = &apent.avvik;
    Ok(Avviksbilde {
        id: apent.id,
        liste: status.nokkel.to_string(),
        tenant: status.tenant.clone(),
        regel: avvik.regel.clone(),
        niva: avvik.niva,
        eier: avvik.eier,
        felt: avvik.felt.clone(),
        detalj: avvik.detalj.clone(),
        apnet: apent.apnet,
        elev,
        tekst: tekster(&avvik.regel),
    })
}

async fn kildeider(
    om: &Omgivelse,
    hvem: &Innlogget,
    tenant: &str,
    elev: Uuid,
    vist: &mut Vist,
) -> Result<Vec<Kildeid>, Avslag> {
    let Ok(tenant) = tenant.parse::<Tenant>() else { return Ok(vec![]) };
    let mut ut = Vec::new();
    for (kilde, id) in runtime::kildeider(om, &tenant, elev).await? {
        if hvem.ser_kildeider(&tenant, &kilde) {
            ut.push(Kildeid { kilde: kilde.to_string(), id: id.inn() });
            vist.0.insert((tenant.clone(), kilde));
        }
    }
    Ok(ut)
}

/// Which deviations.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Utvalg {
    tenant: Option<String>,
    eier: Option<Eier>,
    regel: Option<String>,
    etter: Option<String>,
    maks: Option<usize>,
}

/// Open deviations, list by list.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Avviksside {
    avvik: Vec<Avviksbilde>,
    /// Send it as `etter` to get the rest; null when this is all.
    neste: Option<String>,
}

/// `GET /api/v1/avvik`.
pub(crate) async fn alle(
    hvem: Innlogget,
    State(operator): State<Delt>,
    Sporring(utvalg): Sporring<Utvalg>,
) -> Result<Json<Avviksside>, Avslag> {
    let maks = antall(utvalg.maks)?;
    let etter = utvalg.etter.as_deref().map(sted).transpose()?;
    let mut side = Avviksside { avvik: vec![], neste: None };
    let (mut sist, mut vist) = (None, Vist::default());
    let mut statuser = runtime::listestatuser(&operator.om).await?.lister;
    statuser.retain(|s| hvem.ser_avvik() && utvalg.tenant.as_ref().is_none_or(|t| *t == s.tenant));
    let mine = Rekkevidde::ny(&operator.om, &hvem).av(statuser).await?;
    'lister: for mut status in mine {
        let liste = status.nokkel.to_string();
        status.apne.retain(|apent| {
            let ny = etter.as_ref().is_none_or(|(l, id)| (&status.nokkel, apent.id) > (l, *id));
            ny && utvalg.eier.is_none_or(|eier| eier == apent.avvik.eier)
                && utvalg.regel.as_ref().is_none_or(|regel| *regel == apent.avvik.regel)
        });
        status.apne.sort_by_key(|apent| apent.id);
        runtime::uten_skjermede(&operator.om, &mut status).await?;
        for apent in &status.apne {
            if side.avvik.len() == maks {
                side.neste = sist;
                break 'lister;
            }
            side.avvik.push(bilde(&operator.om, &hvem, &status, apent, &mut vist).await?);
            sist = Some(format!("{liste}~{}", apent.id));
        }
    }
    vist.bokfor(&operator.om, &hvem).await?;
    Ok(Json(side))
}

fn sted(tekst: &str) -> Result<(elevliste::Listenokkel, Uuid), Avslag> {
    let delt = tekst.split_once('~').and_then(|(liste, id)| Some((liste.parse().ok()?, id.parse().ok()?)));
    delt.ok_or_else(|| Avslag::ett_felt("etter", "send «neste» fra forrige svar, slik det sto"))
}

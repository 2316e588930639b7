//! What roles and what they are for are called, and what each may do: from the same table that says so to the core.

use crate::brukerstell::{eiernavn, fylkesnavn, tenantnavn};
use crate::sider::besok::Besok;
use crate::sider::ramme::rollenavn;
use runtime::adgang::{Adgangsrolle, Gjoremal, Omfang, Skolevalg, TABELL, Tillatelse};
use runtime::brukere::{Eier, Oppdrag};
use runtime::utsikt::Sammendrag;
use std::collections::BTreeSet;

/// An assignment as it is shown.
pub(super) struct Oppdragvist {
    pub(super) rolle: &'static str,
    /// Which schools, municipalities, counties.
    pub(super) omfang: String,
    pub(super) bare_lese: bool,
    pub(super) pa_vegne_av: Option<String>,
}

/// What a role is, and what it may do.
pub(super) struct Rolleforklaring {
    pub(super) rolle: &'static str,
    pub(super) hva: &'static str,
    pub(super) ser: Vec<&'static str>,
    pub(super) gjor: Vec<&'static str>,
}

pub(super) fn rolleforklaring(rolle: Adgangsrolle) -> Rolleforklaring {
    let kan = |handling: bool| {
        let lov = TABELL.iter().filter(|(_, svar)| svar[rolle as usize] == Tillatelse::Ja);
        lov.filter(|(hva, _)| hva.er_handling() == handling).map(|(hva, _)| gjoremal(*hva)).collect()
    };
    let hva = match rolle {
        Adgangsrolle::Skole => "bruker-rolle-skole",
        Adgangsrolle::Kommune => "bruker-rolle-kommune",
        Adgangsrolle::Fylke => "bruker-rolle-fylke",
        Adgangsrolle::Integrator => "bruker-rolle-integrator",
        Adgangsrolle::Revisor => "bruker-rolle-revisor",
    };
    Rolleforklaring { rolle: rollenavn(rolle), hva, ser: kan(false), gjor: kan(true) }
}

/// What an act or a look is called.
pub(crate) const fn gjoremal(hva: Gjoremal) -> &'static str {
    use Gjoremal as G;
    match hva {
        G::SeStatus => "bruker-kan-se-status",
        G::SeListe => "bruker-kan-se-liste",
        G::SeMottatt => "bruker-kan-se-mottatt",
        G::SeOverlevert => "bruker-kan-se-overlevert",
        G::SeHistorikk => "bruker-kan-se-historikk",
        G::Forklar => "bruker-kan-forklar",
        G::ForklarUten => "bruker-kan-forklar-uten",
        G::SeKvittering => "bruker-kan-se-kvittering",
        G::SeElevkvittering => "bruker-kan-se-elevkvittering",
        G::Godkjenne => "bruker-kan-godkjenne",
        G::HoldeTilbake => "bruker-kan-holde",
        G::RuteManuelt => "bruker-kan-rute",
        G::Frigi => "bruker-kan-frigi",
        G::Tilbakekalle => "bruker-kan-tilbakekalle",
        G::ForeFiktivt => "bruker-kan-fiktivt",
        G::Avklare => "bruker-kan-avklare",
        G::Ettermelde => "bruker-kan-ettermelde",
        G::BehandleEttermelding => "bruker-kan-behandle",
        G::SeRunder => "bruker-kan-se-runder",
        G::EndreRunder => "bruker-kan-endre-runder",
        G::SeKilder => "bruker-kan-se-kilder",
        G::SeHold => "bruker-kan-se-hold",
        G::AvgjorHold => "bruker-kan-avgjore",
        G::Hente => "bruker-kan-hente",
        G::Levere => "bruker-kan-levere",
        G::SeRevisjon => "bruker-kan-se-logg",
        G::Drive => "bruker-kan-drive",
        G::SeBrukere => "bruker-kan-se-brukere",
        G::EndreBrukere => "bruker-kan-endre-brukere",
    }
}

/// Whose people they are, in words.
pub(super) fn eier(besok: &Besok, eier: &Eier) -> String {
    eiernavn(&besok.ut, besok.sprak, eier)
}

/// Whether a school is the one that was chosen.
pub(super) fn er_skolen(valg: &Skolevalg, liste: &Sammendrag) -> bool {
    let skole = &liste.skole;
    valg.tenant.as_str() == liste.tenant && valg.er_nummer(skole.organisasjonsnummer.as_deref(), Some(&skole.skolenr))
}

/// What a school that was chosen is called; its number where there is no list of it.
pub(super) fn skolenavn(besok: &Besok, valg: &Skolevalg) -> String {
    let lister = besok.ut.lister();
    let navn: BTreeSet<&str> =
        lister.iter().filter(|liste| er_skolen(valg, liste)).map(|liste| liste.skole.navn.as_str()).collect();
    let nummer = || valg.skolenr.clone().unwrap_or_else(|| valg.organisasjonsnummer.clone());
    if navn.is_empty() { nummer() } else { navn.into_iter().collect::<Vec<_>>().join(" / ") }
}

pub(super) fn oppdrag(besok: &Besok, oppdrag: &Oppdrag) -> Oppdragvist {
    let omfang: Vec<String> = match &oppdrag.omfang {
        Omfang::Skoler(skoler) => skoler.iter().map(|skole| skolenavn(besok, skole)).collect(),
        Omfang::Tenanter(tenanter) => {
            tenanter.iter().map(|tenant| tenantnavn(&besok.ut, besok.sprak, tenant)).collect()
        }
        Omfang::Fylker(fylker) => fylker.iter().map(|fylke| fylkesnavn(besok.sprak, *fylke)).collect(),
    };
    Oppdragvist {
        rolle: rollenavn(oppdrag.rolle),
        omfang: omfang.join(", "),
        bare_lese: oppdrag.bare_lese && oppdrag.rolle != Adgangsrolle::Revisor,
        pa_vegne_av: oppdrag.pa_vegne_av.clone(),
    }
}

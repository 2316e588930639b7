//! What the reader should do now, or wait for: one thing, whoever it is and whoever approves.

use super::vis::saksnummer;
use crate::sider::besok::Besok;
use elevliste::{Godkjenning, Skolestatus};
use runtime::utsikt::{Bokstand, Sammendrag};
use runtime::visning::{Oppgave, oppgave_tekst};

/// What the reader should do now, or wait for.
pub(super) enum Neste {
    /// The ledger cannot be trusted.
    Brutt,
    /// There is no list yet.
    Samles,
    /// Something must be corrected.
    Rett,
    /// It can be approved.
    Godkjenn,
    /// It approves itself at this moment; this person may be sooner.
    Automatisk {
        nar: String,
        kan: bool,
    },
    /// Somebody else approves it.
    AndreGodkjenner(&'static str),
    /// It is approved and goes when the round opens, or any moment.
    Godkjent {
        apner: Option<String>,
    },
    Sendes,
    /// Nobody knows whether it arrived.
    Uavklart {
        oppgave: Option<String>,
        /// What the attempt is called by those who look into it.
        sak: String,
        /// It is asked for again by itself.
        leses: bool,
    },
    Mottatt {
        nar: String,
        antall: u32,
    },
    Avvist,
    Stengt,
}

/// What a list and its round ask of this reader.
pub(super) fn neste(besok: &Besok, liste: &Sammendrag) -> Neste {
    let s = besok.sprak;
    if liste.bok != Bokstand::Hel {
        return Neste::Brutt;
    }
    match liste.status {
        Skolestatus::Samles => Neste::Samles,
        Skolestatus::Avvik => Neste::Rett,
        Skolestatus::Klar => klar(besok, liste),
        Skolestatus::Godkjent => Neste::Godkjent {
            apner: liste.runde.as_ref().filter(|r| r.apner > besok.na()).map(|r| s.tid(r.apner).to_string()),
        },
        Skolestatus::Sendes => Neste::Sendes,
        Skolestatus::Uavklart => Neste::Uavklart {
            oppgave: liste.oppgave.map(|oppgave: Oppgave| s.av_tekst(oppgave_tekst(oppgave)).to_owned()),
            sak: liste.uavklart.as_deref().map(saksnummer).unwrap_or_default(),
            leses: liste.leses,
        },
        Skolestatus::Mottatt => Neste::Mottatt {
            nar: liste.mottatt.map(|nar| s.tid(nar).to_string()).unwrap_or_default(),
            antall: liste.mottatt_antall,
        },
        Skolestatus::Avvist => Neste::Avvist,
        Skolestatus::Stengt => Neste::Stengt,
    }
}

/// Who approves a list that nothing bars: the round says so.
fn klar(besok: &Besok, liste: &Sammendrag) -> Neste {
    let kan = besok.ut.kan_godkjenne(liste);
    match liste.godkjennes {
        Some(nar) => Neste::Automatisk { nar: besok.sprak.tid(nar).to_string(), kan },
        None if kan => Neste::Godkjenn,
        None => Neste::AndreGodkjenner(match liste.runde.as_ref().map(|runde| runde.godkjenning) {
            Some(Godkjenning::Kommune) => "skole-godkjennes-kommune",
            _ => "skole-godkjennes-skole",
        }),
    }
}

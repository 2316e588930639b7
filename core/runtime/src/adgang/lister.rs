//! Lists with names: as they stand, and as the receiver has accepted them.

use super::revisjon::Visning;
use super::{Adgangsfeil, Gjoremal, Sett, Utsnitt};
use crate::Stopp;
use crate::hovedbok::Listesak;
use crate::tidsreise::{self, Forseglet};
use crate::utsikt::Oppslag;
use elevliste::{Elevlinje, Elevliste, Handling, Listenokkel};
use identitet::Skjermet;
use liste::{Linjebilde, Listebilde, Plassering, effektiv};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Utsnitt {
    /// A list as it stands, with everybody on it. That they were shown stands in the audit log before it is given out.
    pub async fn liste(&self, nokkel: &Listenokkel) -> Result<Sett, Adgangsfeil> {
        self.utvalg(nokkel, |_, _| true).await
    }

    /// The same with only the lines that are asked for. Nobody else was shown.
    pub async fn utvalg(
        &self,
        nokkel: &Listenokkel,
        velg: impl Fn(&Elevlinje, &Linjebilde) -> bool + Send,
    ) -> Result<Sett, Adgangsfeil> {
        let sett = self.sett(self.oppslag(nokkel, Gjoremal::SeListe)?).await?.velg(velg);
        self.vis(&sett.sammendrag, sett.elever(), Visning::Liste).await?;
        Ok(sett)
    }

    /// A pupil's identity number in full, with what people have entered; none where there is none. That it was shown stands
    /// in the audit log before it is given out.
    pub async fn nummer(&self, nokkel: &Listenokkel, elev: Uuid) -> Result<Option<Skjermet<String>>, Adgangsfeil> {
        let hele = self.ma(Gjoremal::SeListe);
        let oppslag = self.oppslag(nokkel, if hele { Gjoremal::SeListe } else { Gjoremal::SeMottatt })?;
        let linje = if hele {
            self.gjeldende(&oppslag.sak).linjer.into_iter().find(|linje| linje.elev == elev)
        } else {
            self.kontorets_linje(&oppslag, elev).await?
        };
        let skjermet = self.skjermede(&oppslag.sak.liste).await?.contains(&elev);
        let linje = linje.filter(|_| !skjermet);
        let nummer = linje.ok_or(Adgangsfeil::Finnes)?.identitetsnummer;
        self.vis(&oppslag.sammendrag, [elev].into(), Visning::Nummer).await?;
        Ok(nummer)
    }

    /// A list as the receiver has accepted it. What a county sees of pupils.
    pub async fn mottatt(&self, nokkel: &Listenokkel) -> Result<Sett, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeMottatt)?;
        let sett = self.sist_mottatt(&oppslag).await?.ok_or(Adgangsfeil::Finnes)?;
        self.vis(&sett.sammendrag, sett.elever(), Visning::Liste).await?;
        Ok(sett)
    }

    /// A list as it may be shown. Nobody has been told of it yet.
    pub(super) async fn sett(&self, oppslag: Oppslag) -> Result<Sett, Adgangsfeil> {
        let bilde = self.rundt().bilde(&oppslag.sak, self.na())?;
        let skjermede = self.skjermede(&oppslag.sak.liste).await?;
        Ok(Sett::av(oppslag.sammendrag, (*oppslag.sak).clone(), bilde, &skjermede))
    }

    /// Whoever is protected now, on whichever list, or is by the last word that this list has had about them, or was in this
    /// version of it. Everything that tells of a pupil asks here.
    pub(super) async fn skjermede(&self, liste: &Elevliste) -> Result<BTreeSet<Uuid>, Stopp> {
        let mut alle = self.utsikt.skjermede_pa(&liste.nokkel).await?;
        alle.extend(&liste.skjermede);
        Ok(alle)
    }

    /// The list with the numbers that people have entered.
    pub(super) fn gjeldende(&self, sak: &Listesak) -> Elevliste {
        let mottaker = self.rundt().mottaker(sak.liste.nokkel.fylke);
        effektiv(&sak.liste, &sak.poster, mottaker.politikk, &mottaker.regler).into_owned()
    }

    /// What was accepted last, without those who are protected now or were then. None: nothing was.
    async fn sist_mottatt(&self, oppslag: &Oppslag) -> Result<Option<Sett>, Adgangsfeil> {
        let Some(Mottatt { sak, mut bilde, skjermede }) = self.mottatt_sak(oppslag).await? else { return Ok(None) };
        // Everybody here was accepted; what was said of them before that is not for the receiver.
        bilde.plasseringer = (0..sak.liste.linjer.len())
            .map(|linje| Linjebilde { linje, plassering: Plassering::Sendt, avvik: vec![] })
            .collect();
        Ok(Some(Sett::av(oppslag.sammendrag.clone(), sak, bilde, &skjermede)))
    }

    pub(super) async fn mottatt_sak(&self, oppslag: &Oppslag) -> Result<Option<Mottatt>, Adgangsfeil> {
        let sak = &oppslag.sak;
        let Some(mottatt) = self.rundt().bilde(sak, self.na())?.mottatt else { return Ok(None) };
        let forseglet = tidsreise::versjon_med_segl(self.om(), self.rundt(), sak, &mottatt.segl).await?;
        let Some(Forseglet { versjon, bilde }) = forseglet else { return Ok(None) };
        let Some(da) = versjon.liste else { return Ok(None) };
        let skjermede = self.skjermede(&da).await?;
        let linjer = bilde.sendbare.iter().cloned().map(uten_opphav).collect();
        let liste = Elevliste { linjer, ..da };
        let mut sak = Listesak { liste, endret: versjon.tid, ..(**sak).clone() };
        sak.poster.retain(|post| {
            matches!(
                post.handling,
                Handling::Godkjent { .. }
                    | Handling::Tilbakekalt { .. }
                    | Handling::Intensjon { .. }
                    | Handling::Svar { .. }
                    | Handling::Avklart { .. }
            )
        });
        Ok(Some(Mottatt { sak, bilde, skjermede }))
    }
}

/// What was accepted, with everybody in it.
pub(super) struct Mottatt {
    pub sak: Listesak,
    bilde: Listebilde,
    pub skjermede: BTreeSet<Uuid>,
}

/// A line as it was sent: what our rules said of it and what it was made from is the school's.
pub(super) fn uten_opphav(linje: Elevlinje) -> Elevlinje {
    Elevlinje { avvik: vec![], opphav: None, ..linje }
}

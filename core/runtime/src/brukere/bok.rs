//! Reads and writes the people, and says in the audit log who changed whom.

use super::{Bruker, Brukerfeil, Eier, Invitasjon, Nybruker, rett};
use crate::Omgivelse;
use crate::adgang::Adgang;
use crate::revisjon::{self, Hvem};
use crate::strommer::BRUKERE;
use bus::Expect;
use bytes::Bytes;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// How often a change is tried again when others write at the same time.
const FORSOK: usize = 8;
/// How long an invitation can be answered.
const SVARFRIST: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What an owner's key holds.
#[derive(Default, Serialize, Deserialize)]
struct Liste {
    brukere: Vec<Bruker>,
}

/// A change of somebody, as it stands in the audit log: the person's id, never name or address.
#[derive(Serialize)]
pub(super) struct Endret<'a> {
    pub eier: &'a Eier,
    pub bruker: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hvem: Option<Hvem>,
    pub oppdrag: &'a [super::Oppdrag],
}

/// The people of all owners.
#[derive(Clone)]
pub struct Brukerbok {
    pub(super) om: Omgivelse,
    pub(super) eiere: Arc<BTreeSet<Eier>>,
    faste: Arc<Vec<(Eier, Bruker)>>,
}

impl std::fmt::Debug for Brukerbok {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Brukerbok").field("eiere", &self.eiere.len()).finish_non_exhaustive()
    }
}

impl Brukerbok {
    /// The people of these owners, and those of the configuration.
    pub fn ny(om: Omgivelse, eiere: impl IntoIterator<Item = Eier>, faste: Vec<(Eier, Bruker)>) -> Self {
        let eiere = eiere.into_iter().chain(faste.iter().map(|(eier, _)| eier.clone())).collect();
        Self { om, eiere: Arc::new(eiere), faste: Arc::new(faste) }
    }

    /// Everyone of an owner, by name. Asks for no right: pages use [`Self::synlige`].
    pub async fn alle(&self, eier: &Eier) -> Result<Vec<Bruker>, Brukerfeil> {
        let mut alle = self.les(eier).await?.0;
        alle.sort_by_cached_key(|b| (b.navn.to_lowercase(), b.id));
        Ok(alle)
    }

    /// One of an owner's people.
    pub async fn en(&self, eier: &Eier, id: Uuid) -> Result<Option<Bruker>, Brukerfeil> {
        Ok(self.les(eier).await?.0.into_iter().find(|b| b.id == id))
    }

    /// Everyone of an owner, for somebody who may see who they are.
    pub async fn synlige(&self, hvem: &Adgang, eier: &Eier) -> Result<Vec<Bruker>, Brukerfeil> {
        if !self.eiere.contains(eier) || !rett::ser(hvem, eier) {
            return Err(Brukerfeil::IkkeLov);
        }
        self.alle(eier).await
    }

    /// The owners whose people this person may see.
    pub fn eiere_for(&self, hvem: &Adgang) -> Vec<Eier> {
        rett::eiere(hvem).into_iter().filter(|eier| self.eiere.contains(eier)).collect()
    }

    /// Invites somebody. Returns the person, and the code that answers the invitation: it is shown once and not kept.
    pub async fn inviter(&self, hvem: &Adgang, eier: &Eier, ny: Nybruker) -> Result<(Bruker, String), Brukerfeil> {
        self.krev_alle(hvem, eier, &ny.oppdrag)?;
        let ny = rydd(ny)?;
        let na = self.om.clock.now();
        let (invitasjon, kode) = Invitasjon::ny(na + SVARFRIST);
        let bruker = Bruker {
            id: Uuid::now_v7(),
            navn: ny.navn,
            epost: ny.epost,
            kobling: None,
            oppdrag: ny.oppdrag,
            sprak: ny.sprak,
            varsles: ny.varsles,
            invitasjon: Some(invitasjon),
            fast: false,
            opprettet: na,
            sist_inne: None,
        };
        self.revider("revisjon.bruker.invitert", eier, Some(hvem), &bruker).await?;
        self.skriv(eier, |alle| {
            if bruker.epost.is_some() && alle.iter().any(|b| b.epost == bruker.epost) {
                return Err(Brukerfeil::Finnes);
            }
            alle.push(bruker.clone());
            Ok(())
        })
        .await?;
        Ok((bruker, kode))
    }

    /// Changes somebody. Another address may be another person's: whoever was linked is out, sessions with him, and there is
    /// a new invitation. Its code, shown once and not kept, comes back with the person.
    pub async fn endre(
        &self,
        hvem: &Adgang,
        eier: &Eier,
        id: Uuid,
        til: Nybruker,
    ) -> Result<(Bruker, Option<String>), Brukerfeil> {
        self.krev_alle(hvem, eier, &til.oppdrag)?;
        let til = rydd(til)?;
        let for_ = self.mitt(hvem, eier, id).await?;
        self.revider("revisjon.bruker.endret", eier, Some(hvem), &Bruker { oppdrag: til.oppdrag.clone(), ..for_ })
            .await?;
        let (invitasjon, kode) = Invitasjon::ny(self.om.clock.now() + SVARFRIST);
        self.skriv(eier, |alle| {
            if til.epost.is_some() && alle.iter().any(|b| b.id != id && b.epost == til.epost) {
                return Err(Brukerfeil::Finnes);
            }
            let bruker = alle.iter_mut().find(|b| b.id == id).ok_or(Brukerfeil::UkjentBruker)?;
            self.krev_alle(hvem, eier, &bruker.oppdrag)?;
            let Nybruker { navn, epost, oppdrag, sprak, varsles } = til.clone();
            let en_annen = bruker.epost != epost;
            if en_annen {
                (bruker.kobling, bruker.sist_inne, bruker.invitasjon) = (None, None, Some(invitasjon.clone()));
            }
            (bruker.navn, bruker.epost, bruker.oppdrag, bruker.varsles) = (navn, epost, oppdrag, varsles);
            bruker.sprak = sprak.or(bruker.sprak.take());
            Ok((bruker.clone(), en_annen.then(|| kode.clone())))
        })
        .await
    }

    /// Takes somebody out. Sessions end with it.
    pub async fn fjern(&self, hvem: &Adgang, eier: &Eier, id: Uuid) -> Result<(), Brukerfeil> {
        let bruker = self.mitt(hvem, eier, id).await?;
        self.revider("revisjon.bruker.fjernet", eier, Some(hvem), &bruker).await?;
        self.skriv(eier, |alle| {
            let plass = alle.iter().position(|b| b.id == id).ok_or(Brukerfeil::UkjentBruker)?;
            self.krev_alle(hvem, eier, &alle[plass].oppdrag)?;
            alle.remove(plass);
            Ok(())
        })
        .await
    }

    /// A person's own choice of language.
    pub async fn sett_sprak(&self, eier: &Eier, id: Uuid, sprak: &str) -> Result<(), Brukerfeil> {
        if !matches!(sprak, "nb" | "nn" | "en") {
            return Err(Brukerfeil::Ugyldig("sprak"));
        }
        self.eget(eier, id, |bruker| bruker.sprak = Some(sprak.to_owned())).await
    }

    /// A person's own choice of being told by e-mail.
    pub async fn sett_varsles(&self, eier: &Eier, id: Uuid, varsles: bool) -> Result<(), Brukerfeil> {
        self.eget(eier, id, |bruker| bruker.varsles = varsles).await
    }

    async fn eget(&self, eier: &Eier, id: Uuid, mut endre: impl FnMut(&mut Bruker) + Send) -> Result<(), Brukerfeil> {
        self.skriv(eier, |alle| {
            endre(alle.iter_mut().find(|b| b.id == id).ok_or(Brukerfeil::UkjentBruker)?);
            Ok(())
        })
        .await
    }

    fn krev(&self, hvem: &Adgang, eier: &Eier) -> Result<(), Brukerfeil> {
        if self.eiere.contains(eier) && rett::administrerer(hvem, eier) { Ok(()) } else { Err(Brukerfeil::IkkeLov) }
    }

    fn krev_alle(&self, hvem: &Adgang, eier: &Eier, oppdrag: &[super::Oppdrag]) -> Result<(), Brukerfeil> {
        self.krev(hvem, eier)?;
        if oppdrag.iter().all(|o| rett::kan_gi(hvem, eier, o)) { Ok(()) } else { Err(Brukerfeil::ForMye) }
    }

    /// Somebody who may be changed by this person.
    async fn mitt(&self, hvem: &Adgang, eier: &Eier, id: Uuid) -> Result<Bruker, Brukerfeil> {
        self.krev(hvem, eier)?;
        let bruker = self.en(eier, id).await?.ok_or(Brukerfeil::UkjentBruker)?;
        if bruker.fast {
            return Err(Brukerfeil::FastBruker);
        }
        self.krev_alle(hvem, eier, &bruker.oppdrag)?;
        Ok(bruker)
    }

    pub(super) async fn revider(
        &self,
        typ: &str,
        eier: &Eier,
        av: Option<&Adgang>,
        bruker: &Bruker,
    ) -> Result<(), Brukerfeil> {
        let data = Endret { eier, bruker: bruker.id, hvem: av.map(Hvem::from), oppdrag: &bruker.oppdrag };
        Ok(revisjon::skriv(&self.om, &eier.revisjonstenant(), typ, &data).await?)
    }

    /// An owner's people as they stand, those of the configuration as it says, and the revision.
    async fn les(&self, eier: &Eier) -> Result<(Vec<Bruker>, Expect), Brukerfeil> {
        let (mut alle, revisjon) = match self.om.bus.entry(BRUKERE, &eier.to_string()).await? {
            Some(funnet) if !funnet.value.is_empty() => {
                let liste: Liste =
                    serde_json::from_slice(&funnet.value).map_err(|_| Brukerfeil::Uleselig(eier.to_string()))?;
                (liste.brukere, funnet.revision)
            }
            Some(tom) => (Vec::new(), tom.revision),
            None => (Vec::new(), Expect::NOTHING),
        };
        // Who has left the configuration is out, whatever has been stored of him.
        let faste = || self.faste.iter().filter(|(e, _)| e == eier).map(|(_, b)| b);
        alle.retain(|b| !b.fast || faste().any(|f| f.id == b.id));
        for fast in faste() {
            match alle.iter_mut().find(|b| b.id == fast.id) {
                Some(b) => (b.navn, b.epost, b.oppdrag) = (fast.navn.clone(), fast.epost.clone(), fast.oppdrag.clone()),
                None => alle.push(fast.clone()),
            }
        }
        Ok((alle, revisjon))
    }

    /// Changes an owner's people, against what stands there.
    pub(super) async fn skriv<T: Send>(
        &self,
        eier: &Eier,
        mut endre: impl FnMut(&mut Vec<Bruker>) -> Result<T, Brukerfeil> + Send,
    ) -> Result<T, Brukerfeil> {
        for _ in 0..FORSOK {
            let (mut brukere, revisjon) = self.les(eier).await?;
            let ut = endre(&mut brukere)?;
            let verdi = serde_json::to_vec(&Liste { brukere }).expect("people always have a json form");
            if self.om.bus.put_if(BRUKERE, &eier.to_string(), Bytes::from(verdi), revisjon).await? {
                return Ok(ut);
            }
        }
        Err(Brukerfeil::Opptatt)
    }
}

/// What is written, tidied; the fields that cannot be as they are.
fn rydd(ny: Nybruker) -> Result<Nybruker, Brukerfeil> {
    let navn = ny.navn.trim().to_owned();
    if navn.is_empty() || navn.chars().count() > 200 || navn.chars().any(char::is_control) {
        return Err(Brukerfeil::Ugyldig("navn"));
    }
    let epost = match ny.epost.map(|e| e.vis().trim().to_lowercase()).filter(|e| !e.is_empty()) {
        Some(epost) if !er_epost(&epost) => return Err(Brukerfeil::Ugyldig("epost")),
        epost => epost.map(Into::into),
    };
    if ny.oppdrag.is_empty() || ny.oppdrag.len() > 50 {
        return Err(Brukerfeil::Ugyldig("oppdrag"));
    }
    if ny.sprak.as_deref().is_some_and(|s| !matches!(s, "nb" | "nn" | "en")) {
        return Err(Brukerfeil::Ugyldig("sprak"));
    }
    Ok(Nybruker { navn, epost, ..ny })
}

/// Whether a text can be an address: one `@` with something on both sides, and nothing that could end a header line.
fn er_epost(tekst: &str) -> bool {
    let tegn = |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')');
    tekst.len() <= 254
        && tekst.chars().all(tegn)
        && tekst.split_once('@').is_some_and(|(hvem, hvor)| {
            !hvem.is_empty()
                && hvor.contains('.')
                && !hvor.contains('@')
                && !hvor.starts_with('.')
                && !hvor.ends_with('.')
        })
}

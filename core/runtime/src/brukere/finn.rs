//! Knows a person who signs in, and links one who is invited.

use super::{Bruker, Brukerbok, Brukerfeil, Eier, Invitasjon, Kobling};
use jiff::Timestamp;

impl Brukerbok {
    /// The people that somebody who has signed in is, at every owner. `sub` is what `utsteder` calls the person.
    ///
    /// Who is linked is known by the link alone. Who is invited is linked now, by the address when the issuer says that
    /// it belongs to the person (`epost_bekreftet`), or by the code of the invitation.
    pub async fn finn(
        &self,
        utsteder: &str,
        sub: &str,
        epost_bekreftet: Option<&str>,
        kode: Option<&str>,
    ) -> Result<Vec<(Eier, Bruker)>, Brukerfeil> {
        let vist = Vist {
            kobling: Kobling::av(utsteder, sub),
            epost: epost_bekreftet.map(|e| e.trim().to_lowercase()).filter(|e| !e.is_empty()),
            kode: kode.filter(|k| !k.trim().is_empty()).map(Invitasjon::sum),
            na: self.om.clock.now(),
        };
        let mut ut = Vec::new();
        for eier in self.eiere.iter() {
            for bruker in self.alle(eier).await? {
                if vist.er(&bruker) {
                    self.inne(eier, &bruker, &vist).await?;
                    ut.push((eier.clone(), bruker));
                } else if vist.besvarer(&bruker) {
                    self.revider("revisjon.bruker.koblet", eier, None, &bruker).await?;
                    if let Some(koblet) = self.inne(eier, &bruker, &vist).await? {
                        ut.push((eier.clone(), koblet));
                    }
                }
            }
        }
        Ok(ut)
    }

    /// Writes that the person was here, and the link where there was none. None when somebody else answered meanwhile.
    async fn inne(&self, eier: &Eier, bruker: &Bruker, vist: &Vist) -> Result<Option<Bruker>, Brukerfeil> {
        self.skriv(eier, |alle| {
            let funnet = alle.iter_mut().find(|b| b.id == bruker.id);
            let Some(funnet) = funnet.filter(|b| vist.er(b) || vist.besvarer(b)) else { return Ok(None) };
            funnet.kobling = Some(vist.kobling.clone());
            funnet.invitasjon = None;
            funnet.sist_inne = Some(vist.na);
            Ok(Some(funnet.clone()))
        })
        .await
    }
}

/// What somebody who signs in can show.
struct Vist {
    kobling: Kobling,
    epost: Option<String>,
    kode: Option<String>,
    na: Timestamp,
}

impl Vist {
    fn er(&self, bruker: &Bruker) -> bool {
        bruker.kobling.as_ref() == Some(&self.kobling)
    }

    fn besvarer(&self, bruker: &Bruker) -> bool {
        let Some(invitasjon) = bruker.invitasjon.as_ref().filter(|i| bruker.kobling.is_none() && i.gjelder(self.na))
        else {
            return false;
        };
        let epost = self.epost.is_some() && bruker.epost.as_ref().map(|e| e.vis()) == self.epost.as_ref();
        epost || (self.kode.is_some() && invitasjon.kode == self.kode)
    }
}

//! What people have said about delivery: paused, resumed, and to be delivered once more.

use super::Disk;
use super::arbeid::Arbeider;
use crate::Stopp;

impl Disk<'_> {
    /// What is not paused any more goes on, and what was resolved in quarantine is taken once more.
    pub(super) async fn styr(&mut self) -> Result<(), Stopp> {
        let Arbeider { om, drift, mottaker, .. } = &*self.levering.arbeider;
        for nokkel in self.pauset.clone() {
            if drift.liste_pauset(&nokkel).await?.is_none() {
                self.pauset.remove(&nokkel);
                if let Some(tid) = self.bord.vekk(&nokkel, om.clock.now()) {
                    self.vekker.ved(&nokkel, tid);
                }
            }
        }
        for arbeid in drift.gjenopptas(&mottaker.fylker, &mut self.sett).await? {
            self.ta(Box::new(arbeid)).await?;
        }
        Ok(())
    }
}

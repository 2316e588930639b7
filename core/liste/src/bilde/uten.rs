//! The picture for those who may not see everybody in it.

use super::Listebilde;
use elevliste::Elevlinje;
use uuid::Uuid;

impl Listebilde {
    /// Takes these pupils out of the picture, wherever they are named. `linjer` are the lines that it was made of; what is
    /// left of it refers to those of them that are left. What the list comes to, its counts and its seal, stays.
    pub fn uten(&mut self, linjer: &[Elevlinje], borte: impl Fn(&Uuid) -> bool) {
        let igjen = |elev: &Uuid| !borte(elev);
        let mut plass = 0;
        let plasser: Vec<Option<usize>> = linjer
            .iter()
            .map(|linje| {
                let ny = igjen(&linje.elev).then_some(plass);
                plass += usize::from(ny.is_some());
                ny
            })
            .collect();
        self.plasseringer.retain_mut(|plassert| {
            let ny = plasser.get(plassert.linje).copied().flatten();
            ny.inspect(|ny| plassert.linje = *ny).is_some()
        });
        self.sendbare.retain(|linje| igjen(&linje.elev));
        self.avtrykk.retain(|linje| igjen(&linje.elev));
        self.frosne.0.retain(|linje| igjen(&linje.elev));
        for elever in [&mut self.etter.nye, &mut self.etter.endret, &mut self.etter.borte] {
            elever.retain(igjen);
        }
        self.ettermeldinger.retain(|melding| igjen(&melding.elev));
        self.endringer.retain(|endring| igjen(&endring.elev));
        self.siden_godkjent.iter_mut().for_each(|endringer| endringer.retain(|endring| igjen(&endring.elev)));
        self.tatt_ut.retain(igjen);
        self.fiktive.retain(igjen);
    }
}

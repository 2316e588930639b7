//! Sources that show another source's objects in another way: what a source may do without anything being different.

use async_trait::async_trait;
use flow::{Cursor, Finding, Kildeobjekt, Observed, Page, Presence, Progress, Refused, Source, SourceError};
use std::sync::Arc;

/// A whole reading.
#[derive(Default)]
pub struct Lest {
    pub observed: Vec<Observed>,
    pub refused: Vec<Refused>,
    pub funn: Vec<Finding>,
    pub typer: Vec<&'static str>,
    /// The cursor of every page.
    pub cursors: Vec<Cursor>,
}

/// Reads from a place to the end.
pub async fn les_fra(source: &dyn Source, fra: &Cursor) -> Result<Lest, SourceError> {
    let (mut lest, mut cursor) = (Lest::default(), fra.clone());
    loop {
        let side = source.read(&cursor).await?;
        lest.cursors.push(cursor);
        lest.observed.extend(side.observed);
        lest.refused.extend(side.refused);
        lest.funn.extend(side.findings);
        match side.progress {
            Progress::More => cursor = side.next,
            Progress::Complete(typer) => {
                lest.typer = typer;
                return Ok(lest);
            }
        }
    }
}

/// Every page comes twice.
pub struct ToGanger(pub Arc<dyn Source>);

#[async_trait]
impl Source for ToGanger {
    fn name(&self) -> &str {
        self.0.name()
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        if let Some(igjen) = after.0.strip_prefix("igjen:") {
            return self.0.read(&Cursor(igjen.to_owned())).await;
        }
        let side = self.0.read(after).await?;
        Ok(Page { next: Cursor(format!("igjen:{}", after.0)), progress: Progress::More, ..side })
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        self.0.look_up(objekt).await
    }
}

/// All rows of a reading, in an order of chance and in pages of another size.
pub struct Stokket {
    indre: Arc<dyn Source>,
    seed: u64,
    side: usize,
    lest: tokio::sync::Mutex<Option<(Vec<Observed>, Vec<&'static str>)>>,
}

impl Stokket {
    pub fn ny(indre: Arc<dyn Source>, seed: u64, side: usize) -> Self {
        Self { indre, seed, side, lest: tokio::sync::Mutex::default() }
    }

    /// A number that looks like chance, the same for the same place.
    fn tall(&self, plass: usize) -> u64 {
        let mut x = self.seed.wrapping_add(plass as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x ^ (x >> 27)
    }
}

#[async_trait]
impl Source for Stokket {
    fn name(&self) -> &str {
        self.indre.name()
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        let fra: usize = after.0.parse().unwrap_or_default();
        let mut lest = self.lest.lock().await;
        if fra == 0 || lest.is_none() {
            let ny = les_fra(&*self.indre, &Cursor::default()).await?;
            let mut rader: Vec<_> = ny.observed.into_iter().enumerate().collect();
            rader.sort_by_key(|(plass, _)| self.tall(*plass));
            *lest = Some((rader.into_iter().map(|(_, o)| o).collect(), ny.typer));
        }
        let (rader, typer) = lest.as_ref().expect("it was just read");
        let igjen = rader.len() > fra + self.side;
        Ok(Page {
            observed: rader.iter().skip(fra).take(self.side).cloned().collect(),
            refused: vec![],
            findings: vec![],
            next: Cursor((fra + self.side).to_string()),
            progress: if igjen { Progress::More } else { Progress::Complete(typer.clone()) },
            expected: None,
        })
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        self.indre.look_up(objekt).await
    }
}

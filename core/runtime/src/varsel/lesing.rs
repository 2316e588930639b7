//! Where lists stand and what was told, for those who show it or send it on.

use crate::melding::hode;
use crate::trinn::Omgivelse;
use crate::utsikt::{siste_ord, siste_skole};
use crate::{Stopp, hovedbok};
use bus::Start;
use elevliste::{Elevliste, Listenokkel, Listestatus, Skolereferanse, Varsel};
use fint::tillegg::{Identitetshistorikk, KILDE};
use hendelse::{Emne, FINT, Fintklasse, Kildenavn, LISTE, Tenant, VARSEL};
use identitet::Skjermet;
use std::collections::BTreeSet;
use std::time::Duration;
use uuid::Uuid;

/// Records that are gone through for one side of what was told, so that an answer comes in time.
const MAKS_GJENNOMGATT: usize = 5_000;
const PORSJON: usize = 500;

/// Where all lists stand.
#[derive(Debug, Clone, Default)]
pub struct Statuser {
    /// Every list, by its key.
    pub lister: Vec<Listestatus>,
    /// What was told up to here is in the statuses: what comes later is read from here with [`varsler`].
    pub markor: u64,
}

/// Where all lists stand, whoever's they are.
pub async fn listestatuser(om: &Omgivelse) -> Result<Statuser, Stopp> {
    let mut ut = Statuser::default();
    for record in hovedbok::alt(om, VARSEL, "status.>".to_owned(), Start::LastPerSubject).await? {
        ut.markor = ut.markor.max(record.sequence);
        ut.lister.extend(hovedbok::les::<Listestatus>(om, VARSEL, &record).await?);
    }
    ut.lister.sort_by(|a, b| a.nokkel.cmp(&b.nokkel));
    Ok(ut)
}

/// Where one list stands.
pub async fn listestatus(om: &Omgivelse, nokkel: &Listenokkel) -> Result<Option<Listestatus>, Stopp> {
    let emne = Emne::Status(nokkel.clone()).to_string();
    let Some(record) = om.bus.last(VARSEL, &emne).await? else { return Ok(None) };
    hovedbok::les(om, VARSEL, &record).await
}

/// Takes out the deviations of pupils who are protected by now. The step closes them a moment after the list has changed;
/// until then nobody is shown them. Returns the school of the list.
pub async fn uten_skjermede(om: &Omgivelse, status: &mut Listestatus) -> Result<Option<Skolereferanse>, Stopp> {
    let emne = Emne::Liste(status.nokkel.clone()).to_string();
    let Some(record) = om.bus.last(LISTE, &emne).await? else { return Ok(None) };
    let Some(liste) = hovedbok::les::<Elevliste>(om, LISTE, &record).await? else { return Ok(None) };
    status.apne.retain(|avvik| avvik.elev.is_none_or(|elev| !liste.skjermede.contains(&elev)));
    Ok(Some(liste.skole))
}

/// The school of a list: as it stands, or as it was before the list went. None where there never was one.
pub async fn listens_skole(om: &Omgivelse, nokkel: &Listenokkel) -> Result<Option<Skolereferanse>, Stopp> {
    let Some(record) = om.bus.last(LISTE, &Emne::Liste(nokkel.clone()).to_string()).await? else { return Ok(None) };
    match hovedbok::les::<Elevliste>(om, LISTE, &record).await? {
        Some(liste) => Ok(Some(liste.skole)),
        None => Ok(siste_skole(om, nokkel).await?.map(|(skole, _)| skole)),
    }
}

/// What a source calls those who are protected: by what the owner's lists say now, and by the last word that the lists of
/// the source's own school have had about somebody who has left them. For those who show what stands in the source.
pub async fn skjermede_hos(
    om: &Omgivelse,
    tenant: &Tenant,
    kilde: &Kildenavn,
    organisasjonsnummer: &str,
) -> Result<BTreeSet<Skjermet<String>>, Stopp> {
    let mut skjermede = BTreeSet::new();
    for record in hovedbok::alt(om, LISTE, "liste.*.*.*.*".to_owned(), Start::LastPerSubject).await? {
        let hans = hode(&record).is_ok_and(|hode| hode.kilde.split(':').next() == Some(tenant.as_str()));
        let Ok(Emne::Liste(nokkel)) = record.subject.parse() else { continue };
        if !hans {
            continue;
        }
        let liste = hovedbok::les::<Elevliste>(om, LISTE, &record).await?;
        let skolens = |liste: &Elevliste| liste.skole.organisasjonsnummer.as_deref() == Some(organisasjonsnummer);
        if liste.as_ref().is_none_or(skolens) {
            skjermede.extend(siste_ord(om, &nokkel).await?);
        }
        skjermede.extend(liste.into_iter().flat_map(|liste| liste.skjermede));
    }
    let mut ut = BTreeSet::new();
    for elev in skjermede {
        let ider = kildeider(om, tenant, elev).await?;
        ut.extend(ider.into_iter().filter(|(navn, _)| navn == kilde).map(|(_, id)| id));
    }
    Ok(ut)
}

/// Something of what was told.
#[derive(Debug, Clone, Default)]
pub struct Varselside {
    /// What was told, oldest first, each with its place.
    pub varsler: Vec<(u64, Varsel)>,
    /// Where the next side begins.
    pub neste: u64,
    /// Whether there is more to read at once.
    pub mer: bool,
}

/// What was told after `etter` (0: everything) that `vil_ha` asks for, at most `maks` of them. Waits at most `vent` when
/// there is nothing. None when `etter` is no place in the stream: it was taken from another store.
pub async fn varsler(
    om: &Omgivelse,
    etter: u64,
    maks: usize,
    vent: Duration,
    vil_ha: impl Fn(&Varsel) -> bool,
) -> Result<Option<Varselside>, Stopp> {
    if etter > 0 && !finnes(om, etter).await? {
        return Ok(None);
    }
    let mut reader = om.bus.read(VARSEL, &["varsel.>".to_owned()], Start::After(etter)).await?;
    let mut side = Varselside { varsler: vec![], neste: etter, mer: false };
    let (mut gatt, mut ventet) = (0, reader.pending_at_start() > 0);
    let slutt = tokio::time::Instant::now() + vent;
    loop {
        // What is there comes at once; only when nothing has come is there something to wait for.
        let igjen = if ventet { Duration::from_secs(10) } else { slutt.duration_since(tokio::time::Instant::now()) };
        let porsjon = reader.next(PORSJON.min(maks), igjen).await?;
        let Some(siste) = porsjon.last() else { return Ok(Some(side)) };
        ventet = siste.pending > 0;
        for record in porsjon {
            gatt += 1;
            side.neste = record.sequence;
            let varsel: Option<Varsel> = hovedbok::les(om, VARSEL, &record).await?;
            side.varsler.extend(varsel.filter(&vil_ha).map(|varsel| (record.sequence, varsel)));
            if side.varsler.len() >= maks || gatt >= MAKS_GJENNOMGATT {
                side.mer = record.pending > 0;
                return Ok(Some(side));
            }
        }
        if !ventet && !side.varsler.is_empty() {
            return Ok(Some(side));
        }
    }
}

/// Whether something stands exactly here. VARSEL forgets nothing, so a place that is not there never was.
async fn finnes(om: &Omgivelse, sekvens: u64) -> Result<bool, Stopp> {
    let filtre = ["varsel.>".to_owned(), "status.>".to_owned()];
    let mut reader = om.bus.read(VARSEL, &filtre, Start::After(sekvens - 1)).await?;
    if reader.pending_at_start() == 0 {
        return Ok(false);
    }
    Ok(reader.next(1, Duration::from_secs(10)).await?.first().is_some_and(|record| record.sequence == sekvens))
}

/// The place of the last thing that was told; 0 when nothing has been.
pub async fn siste_varsel(om: &Omgivelse) -> Result<u64, Stopp> {
    let alt = hovedbok::alt(om, VARSEL, "varsel.>".to_owned(), Start::LastPerSubject).await?;
    Ok(alt.iter().map(|record| record.sequence).max().unwrap_or(0))
}

/// What the sources call a pupil now, source by source. Personal: for those who may see the source.
pub async fn kildeider(
    om: &Omgivelse,
    tenant: &Tenant,
    elev: Uuid,
) -> Result<Vec<(Kildenavn, Skjermet<String>)>, Stopp> {
    let emne = Emne::Fint { tenant: tenant.clone(), klasse: Fintklasse::Identitet, id: elev }.to_string();
    let Some(record) = om.bus.last(FINT, &emne).await? else { return Ok(vec![]) };
    let historikk: Option<Identitetshistorikk> = hovedbok::les(om, FINT, &record).await?;
    let ider = historikk.into_iter().flat_map(|h| h.gjeldende(om.clock.now()).cloned().collect::<Vec<_>>());
    let mut ider: Vec<(Kildenavn, Skjermet<String>)> =
        ider.filter_map(|id| Some((id.type_.strip_prefix(KILDE)?.parse().ok()?, id.verdi))).collect();
    ider.sort();
    ider.dedup();
    Ok(ider)
}

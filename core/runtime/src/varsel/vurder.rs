//! One list: what was told last, what stands now, and the difference committed.

use super::endring::{Endring, Stilling, endring};
use super::{DEL, frist, hjem::Hjem};
use crate::hovedbok::{self, SakFeil};
use crate::melding::Avsender;
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp, runder};
use bus::{Batch, CommitError, Expect, Message, Start};
use elevliste::{Innsamling, Listenokkel, Listestatus, Paminnelse, Varsel};
use hendelse::{Emne, Spor, VARSEL, kod};
use jiff::Timestamp;
use uuid::Uuid;

/// Deviations that one batch tells of: a status and its events fit in it with room to spare.
const MAKS: usize = 400;
/// How often somebody else may be first before the step starts again.
const FORSOK: usize = 8;

/// What was told last, and the sequence that the next status expects.
struct Sist {
    sekvens: u64,
    status: Option<Listestatus>,
    paminnet: Vec<Paminnelse>,
}

/// What stands now.
struct Na {
    stilling: Stilling,
    runde: Option<Innsamling>,
    /// There is no list, and nobody waits for one.
    borte: bool,
    spor: Option<Spor>,
}

/// Tells what has changed about a list. Returns when time alone may change something about it.
pub(super) async fn vurder(
    om: &Omgivelse,
    rundt: &Sammenheng,
    hjem: &mut Hjem<'_>,
    nokkel: &Listenokkel,
) -> Result<Option<Timestamp>, Stopp> {
    let mut fenced = 0;
    loop {
        // The status before the list: who tells of something newer moves it, and we are refused.
        let sist = sist(om, nokkel).await?;
        let tid = om.clock.now();
        let Some(na) = na(om, rundt, hjem, nokkel, &sist, tid).await? else { return Ok(None) };
        let neste = na.runde.as_ref().and_then(|runde| frist::neste(runde, tid));
        match fortell(om, nokkel, &sist, na, tid).await {
            Ok(false) => return Ok(neste),
            Ok(true) => {}
            Err(Stopp::Commit(CommitError::Fenced { .. })) if fenced < FORSOK => fenced += 1,
            Err(feil) => return Err(feil),
        }
    }
}

async fn sist(om: &Omgivelse, nokkel: &Listenokkel) -> Result<Sist, Stopp> {
    let emne = Emne::Status(nokkel.clone()).to_string();
    let Some(record) = om.bus.last(VARSEL, &emne).await? else {
        return Ok(Sist { sekvens: 0, status: None, paminnet: vec![] });
    };
    let status: Option<Listestatus> = hovedbok::les(om, VARSEL, &record).await?;
    let mut paminnet = status.as_ref().map(|s| s.paminnet.clone()).unwrap_or_default();
    if status.is_none() {
        // The list was gone: who was reminded before that is not reminded again.
        for record in hovedbok::alt(om, VARSEL, emne, Start::After(0)).await?.iter().rev() {
            let tidligere: Option<Listestatus> = hovedbok::les(om, VARSEL, record).await?;
            if let Some(tidligere) = tidligere {
                paminnet = tidligere.paminnet;
                break;
            }
        }
    }
    Ok(Sist { sekvens: record.sequence, status, paminnet })
}

async fn na(
    om: &Omgivelse,
    rundt: &Sammenheng,
    hjem: &mut Hjem<'_>,
    nokkel: &Listenokkel,
    sist: &Sist,
    tid: Timestamp,
) -> Result<Option<Na>, Stopp> {
    let lest = async {
        let sak = hovedbok::hent(om, nokkel).await?;
        let bilde = rundt.bilde(&sak, tid)?;
        let elever: Vec<Uuid> = sak.liste.linjer.iter().map(|linje| linje.elev).collect();
        let stilling = Stilling::av(&bilde, &sak.liste.tenant, &sak.poster, &elever, rundt.nokkel(&sak)?);
        Ok(Na { stilling, runde: sak.runde, borte: false, spor: sak.spor })
    };
    match lest.await {
        Ok(na) => Ok(Some(na)),
        Err(SakFeil::Finnes(_)) => uten_liste(om, hjem, nokkel, sist, tid).await,
        // Another process has the tenant's key.
        Err(SakFeil::Fremmed { .. }) => Ok(None),
        Err(SakFeil::Stopp(stopp)) if !stopp.er_en_posts() => Err(stopp),
        // One list that cannot be read does not keep the others waiting.
        Err(feil) => {
            Maalere::tell(&om.maalere.stopp, DEL, "", "hovedbok");
            tracing::error!(liste = %nokkel, error = %feil, "where the list stands is not told");
            Ok(None)
        }
    }
}

/// A school that the round names is waited for, list or no list. Others that have none are gone.
async fn uten_liste(
    om: &Omgivelse,
    hjem: &mut Hjem<'_>,
    nokkel: &Listenokkel,
    sist: &Sist,
    tid: Timestamp,
) -> Result<Option<Na>, Stopp> {
    let runde = runder::runde(om, nokkel).await?.map(|(runde, _)| runde);
    let runde = runde.filter(|runde| runde.skoler.contains(&nokkel.skolenr));
    let borte = runde.is_none();
    let tenant = match &sist.status {
        None if borte => return Ok(None),
        Some(sist) if borte || sist.tenant != hendelse::Tenant::felles().as_str() => sist.tenant.clone(),
        _ => hjem.av(&nokkel.skolenr).await?.to_string(),
    };
    let poster = match hovedbok::bok(om, nokkel).await {
        Ok((poster, _)) => poster,
        Err(SakFeil::Stopp(stopp)) if !stopp.er_en_posts() => return Err(stopp),
        Err(feil) => {
            tracing::error!(liste = %nokkel, error = %feil, "where the list stands is not told");
            return Ok(None);
        }
    };
    let (poster, over) = match &runde {
        Some(runde) => (&poster[..], runde.stenger <= tid),
        None => (&[][..], false),
    };
    let stilling = Stilling::uten_liste(nokkel, tenant, poster, over);
    Ok(Some(Na { stilling, runde, borte, spor: None }))
}

/// Commits what has changed. True when there is more to tell.
async fn fortell(om: &Omgivelse, nokkel: &Listenokkel, sist: &Sist, na: Na, tid: Timestamp) -> Result<bool, Stopp> {
    let mut paminnet = sist.paminnet.clone();
    let runde = na.runde.as_ref();
    let forfalt = runde.and_then(|runde| frist::forfalt(runde, na.stilling.status, &paminnet, tid));
    let mut paminnelser = vec![];
    // A reminder belongs to the last of several batches: the one before it has not come so far.
    if let Some(forfalt) = forfalt {
        paminnet.push(forfalt.husk);
        paminnelser.extend(forfalt.varsler.into_iter().map(|v| (na.stilling.tenant.clone(), v)));
    }
    let Some(Endring { mut status, mut varsler, mer }) =
        endring(sist.status.as_ref(), &na.stilling, &paminnet, tid, MAKS)
    else {
        if na.borte {
            slett(om, nokkel, sist, vec![], tid).await?;
        }
        return Ok(false);
    };
    if mer {
        status.paminnet.clone_from(&sist.paminnet);
    } else {
        varsler.append(&mut paminnelser);
    }
    let meldinger = varsler.into_iter().map(|(tenant, slag)| {
        let typ = slag.navn();
        let varsel = Varsel { id: Uuid::now_v7(), nokkel: nokkel.clone(), tenant, tidspunkt: tid, slag };
        let (avsender, data) = (Avsender::ny(&varsel.tenant, DEL), kod(&varsel)?);
        let emne = Emne::Varsel(nokkel.clone());
        Ok(avsender.melding_med_id(varsel.id, &emne, typ, tid, Some(data), na.spor.clone()))
    });
    let meldinger = meldinger.collect::<Result<Vec<_>, Stopp>>()?;
    Maalere::av(&om.maalere.skrevet, DEL, &status.tenant).inc_by(meldinger.len() as u64);
    if na.borte && !mer {
        slett(om, nokkel, sist, meldinger, tid).await?;
        return Ok(false);
    }
    let (emne, avsender) = (Emne::Status(nokkel.clone()), Avsender::ny(&status.tenant, DEL));
    let guard = avsender.melding(&emne, "listestatus.endret", tid, Some(kod(&status)?), na.spor);
    lagre(om, guard, sist, meldinger).await?;
    Ok(mer)
}

/// The list is gone, and everything about it has been told.
async fn slett(
    om: &Omgivelse,
    nokkel: &Listenokkel,
    sist: &Sist,
    meldinger: Vec<Message>,
    tid: Timestamp,
) -> Result<(), Stopp> {
    let tenant = sist.status.as_ref().map_or("felles", |s| s.tenant.as_str());
    let emne = Emne::Status(nokkel.clone());
    let guard = Avsender::ny(tenant, DEL).melding(&emne, "listestatus.fjernet", tid, None, None);
    lagre(om, guard, sist, meldinger).await
}

async fn lagre(om: &Omgivelse, guard: Message, sist: &Sist, messages: Vec<Message>) -> Result<(), Stopp> {
    om.bus.commit(VARSEL, Batch { guard, expect: Expect(sist.sekvens), messages }).await?;
    Ok(())
}

//! A receipt checked in the page: whose key, which list, what it proves, or what is wrong with it.
//!
//! The same check as `mellomlag verify`. The file is kept nowhere.

use super::felles;
use crate::innlogging::Opplasting;
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med};
use crate::sider::skole::vis::uten_id;
use crate::sprak::Sprak;
use crate::valgt::Delt;
use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use elevliste::Rolle;
use runtime::visning::kvittering::{Bevisfeil, Elevkvittering, Listekvittering, Nokkelring, Utfallsord, Verifisert};

/// More than a receipt and a key.
pub(super) const MAKS: usize = 256 * 1024;

#[derive(Template)]
#[template(path = "fylke/kontroll.html")]
struct Kontroll {
    ramme: Ramme,
    dom: Dom,
}

impl Kontroll {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// What was found.
enum Dom {
    /// It is genuine.
    Ekte {
        /// What it proves.
        hva: String,
        /// Whose key.
        nokkel: String,
        /// Whether it is the newest that we have of the list.
        siste: Option<String>,
        fakta: Vec<(String, String)>,
        teknisk: Vec<(String, String)>,
    },
    /// It proves nothing: why.
    Falsk(String),
}

/// What was handed in.
#[derive(Default)]
struct Inn {
    tekst: String,
    fil: Vec<u8>,
    nokkel: String,
}

impl Inn {
    /// Reads the form. Nothing but the token is looked at before the token is.
    async fn les(mut felter: Multipart, gyldig: impl Fn(&str) -> bool) -> Result<Self, Feilslag> {
        let feil = |feil: MultipartError| match feil.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Feilslag::ForStor(1),
            _ => Feilslag::Skjema,
        };
        let (mut inn, mut sjekket) = (Self::default(), false);
        while let Some(felt) = felter.next_field().await.map_err(feil)? {
            match felt.name().unwrap_or_default() {
                "csrf" => sjekket = gyldig(&felt.text().await.map_err(feil)?),
                _ if !sjekket => return Err(Feilslag::Skjema),
                "tekst" => inn.tekst = felt.text().await.map_err(feil)?,
                "nokkel" => inn.nokkel = felt.text().await.map_err(feil)?,
                "fil" => inn.fil = felt.bytes().await.map_err(feil)?.to_vec(),
                _ => return Err(Feilslag::Skjema),
            }
        }
        if sjekket { Ok(inn) } else { Err(Feilslag::Skjema) }
    }

    /// The receipt: the file where there is one, else what was pasted. What people paste has ends of lines around it.
    fn kvittering(&self) -> &[u8] {
        if self.fil.is_empty() { self.tekst.trim().as_bytes() } else { &self.fil }
    }
}

/// `POST /fylke/kvitteringer/kontroll`.
pub(super) async fn kontroller(
    State(delt): State<Delt>,
    Opplasting(okt): Opplasting,
    hoder: HeaderMap,
    felter: Multipart,
) -> Svar {
    let inn = Inn::les(felter, |token| okt.sjekk_csrf(token).is_ok()).await?;
    let sider = delt.sider.as_ref().ok_or(Feilslag::FinnesIkke)?;
    let besok = Besok::ny(okt, &hoder, "/fylke/kvitteringer".to_owned(), &delt);
    felles::inn(&besok)?;
    let s = besok.sprak;
    // What this program signs with is no secret: it is given to whoever is to check receipts.
    let egen = sider.utsikt.sammenheng().signerer.as_ref().map(|signerer| signerer.offentlig_pem());
    let dom = match ring(s, egen.as_deref(), &inn.nokkel) {
        Ok(ring) if !inn.kvittering().is_empty() => match ring.verifiser(inn.kvittering()) {
            Ok(ekte) => {
                let siste = besok.ut.listekvittering(&ekte.liste().liste).ok();
                dom(s, &ekte, egen.as_deref(), siste.as_deref(), inn.kvittering())
            }
            Err(feil) => Dom::Falsk(forklar(s, &feil)),
        },
        Ok(_) => Dom::Falsk(s.t("fylke-kontroll-tom").to_string()),
        Err(feil) => Dom::Falsk(feil),
    };
    let status = if matches!(dom, Dom::Ekte { .. }) { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    svar_med(status, &Kontroll { ramme: besok.ramme(s.t("fylke-kontroll-tittel")), dom })
}

/// The keys that are trusted: ours, and the one that the reader hands in.
fn ring(s: Sprak, egen: Option<&str>, annen: &str) -> Result<Nokkelring, String> {
    let mut ring = Nokkelring::default();
    if let Some(egen) = egen {
        ring.legg_til(egen).map_err(|_| s.t("fylke-kontroll-nokkel-feil").to_string())?;
    }
    if !annen.trim().is_empty() {
        ring.legg_til(annen).map_err(|_| s.t("fylke-kontroll-nokkel-feil").to_string())?;
    }
    Ok(ring)
}

fn forklar(s: Sprak, feil: &Bevisfeil) -> String {
    match feil {
        Bevisfeil::ForStor => s.t("fylke-kontroll-for-stor"),
        Bevisfeil::Ukjent => s.t("fylke-kontroll-ukjent"),
        Bevisfeil::Versjon(nr) => s.t("fylke-kontroll-versjon").n("nr", *nr),
        Bevisfeil::IkkeKanonisk => s.t("fylke-kontroll-omskrevet"),
        Bevisfeil::UkjentNokkel { kid } => s.t("fylke-kontroll-ukjent-nokkel").s("kid", kid),
        Bevisfeil::Signatur => s.t("fylke-kontroll-signatur"),
        Bevisfeil::Elev => s.t("fylke-kontroll-elev"),
    }
    .to_string()
}

/// What a genuine receipt proves. `siste` is the newest receipt that we have of its list.
fn dom(s: Sprak, ekte: &Verifisert, egen: Option<&str>, siste: Option<&str>, fil: &[u8]) -> Dom {
    let var = egen.is_some_and(|egen| ring(s, Some(egen), "").is_ok_and(|ring| ring.verifiser(fil).is_ok()));
    let nokkel = if var { s.t("fylke-kontroll-var-nokkel") } else { s.t("fylke-kontroll-din-nokkel") };
    let liste = ekte.liste();
    let mut fakta = fakta(s, liste);
    let hva = match ekte {
        Verifisert::Liste(_) => s.t("fylke-kontroll-liste").n("antall", liste.antall),
        Verifisert::Elev(elev) => {
            fakta.push((s.t("fylke-kontroll-felt-elev").to_string(), eleven(s, elev)));
            s.t("fylke-kontroll-elev-ekte")
        }
    };
    let siste = siste.filter(|_| matches!(ekte, Verifisert::Liste(_))).map(|siste| {
        let samme = siste.trim_end().as_bytes() == fil.trim_ascii_end();
        if samme { s.t("fylke-kontroll-siste") } else { s.t("fylke-kontroll-nyere") }.to_string()
    });
    let teknisk = vec![
        (s.t("fylke-kontroll-felt-kid").to_string(), liste.kid()),
        (s.t("fylke-kontroll-felt-segl").to_string(), liste.segl.clone()),
    ];
    let nokkel = nokkel.s("utsteder", &liste.utsteder.navn).to_string();
    Dom::Ekte { hva: hva.to_string(), nokkel, siste, fakta, teknisk }
}

fn fakta(s: Sprak, liste: &Listekvittering) -> Vec<(String, String)> {
    let skole = &liste.skole;
    let merknader = match (liste.svar.utfall, liste.svar.merknader) {
        (Utfallsord::Mottatt, 0) => s.t("fylke-kontroll-svar-uten").to_string(),
        (_, antall) => s.t("fylke-kontroll-svar-med").n("antall", antall).to_string(),
    };
    let svar = match liste.svar.avklart.as_deref() {
        None => merknader,
        Some("person") => format!("{merknader} {}", s.t("fylke-kontroll-avklart-person")),
        Some(_) => format!("{merknader} {}", s.t("fylke-kontroll-avklart-maskin")),
    };
    let rolle = liste.godkjent_av.rolle.map(|rolle| match rolle {
        Rolle::Skole => s.t("rolle-skole"),
        Rolle::Kommune => s.t("rolle-kommune"),
        Rolle::Fylke => s.t("rolle-fylke"),
        Rolle::Leverandor => s.t("fylke-kontroll-leverandor"),
    });
    let godkjent = match (liste.godkjent_av.slag.as_str(), rolle) {
        ("policy", _) => s.t("fylke-av-regel").to_string(),
        (_, Some(rolle)) => format!("{} ({rolle})", uten_id(&liste.godkjent_av.id)),
        (_, None) => uten_id(&liste.godkjent_av.id).to_owned(),
    };
    let utsteder = format!("{} ({})", liste.utsteder.navn, liste.utsteder.organisasjonsnummer.as_str());
    let mut ut = vec![
        (s.t("fylke-skole").to_string(), format!("{} ({})", skole.navn, skole.skolenr)),
        (s.t("fylke-kontroll-felt-runde").to_string(), felles::rundenavn(s, liste.liste.runde())),
        (s.t("fylke-elever").to_string(), liste.antall.to_string()),
        (s.t("fylke-kvittering-nar").to_string(), s.tid(liste.tidspunkt).to_string()),
        (s.t("fylke-kontroll-felt-svar").to_string(), svar),
        (s.t("fylke-kontroll-felt-godkjent").to_string(), godkjent),
        (s.t("fylke-kontroll-felt-utsteder").to_string(), utsteder),
    ];
    if let Some(nummer) = &liste.svar.kvittering {
        ut.push((s.t("fylke-kvittering-nummer").to_string(), nummer.clone()));
    }
    ut
}

/// The pupil as the receipt has him, without the number.
fn eleven(s: Sprak, kvittering: &Elevkvittering) -> String {
    let elev = &kvittering.elev;
    let deler = [Some(&elev.fornavn), elev.mellomnavn.as_ref(), Some(&elev.etternavn)];
    let mut deler: Vec<&str> = deler.into_iter().flatten().map(|del| del.vis().as_str()).collect();
    deler.retain(|del| !del.is_empty());
    let klasse = elev.klasse.clone().unwrap_or_else(|| s.t("fylke-uten-klasse").to_string());
    s.t("fylke-kontroll-elev-linje")
        .s("navn", deler.join(" "))
        .s("klasse", klasse)
        .n("linje", kvittering.linje)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::visning::kvittering::Nokkelpar;

    #[test]
    fn what_is_wrong_is_said_in_every_language_and_quotes_nothing() {
        let kid = "ab".repeat(32);
        let feil = [
            Bevisfeil::ForStor,
            Bevisfeil::Ukjent,
            Bevisfeil::Versjon(7),
            Bevisfeil::IkkeKanonisk,
            Bevisfeil::UkjentNokkel { kid: kid.clone() },
            Bevisfeil::Signatur,
            Bevisfeil::Elev,
        ];
        for s in Sprak::ALLE {
            let sagt: std::collections::BTreeSet<String> = feil.iter().map(|feil| forklar(s, feil)).collect();
            assert_eq!(sagt.len(), feil.len());
            assert!(forklar(s, &feil[4]).contains(&kid) && forklar(s, &feil[2]).contains('7'));
        }
    }

    const LISTE: &str = include_str!("../../../../../core/liste/tests/kvittering/liste.json");
    const ELEV: &str = include_str!("../../../../../core/liste/tests/kvittering/elev.json");
    const OFFENTLIG: &str = include_str!("../../../../../core/liste/tests/kvittering/offentlig.pem");

    fn side(s: Sprak, dom: Dom) -> String {
        Kontroll { ramme: Ramme::utenfor(s, "", "/", false), dom }.render().unwrap()
    }

    #[test]
    fn a_genuine_receipt_says_whose_key_which_list_and_what_it_proves() {
        let s = Sprak::Bokmal;
        let sagt = |fil: &str, egen: Option<&str>, annen: &str, siste: Option<&str>| {
            let ekte = ring(s, egen, annen).unwrap().verifiser(fil.as_bytes()).unwrap();
            side(s, dom(s, &ekte, egen, siste, fil.as_bytes()))
        };
        let liste = sagt(LISTE, Some(OFFENTLIG), "", Some(LISTE.trim_end()));
        for ord in [
            "Kvitteringen er ekte.",
            "med 3 elever",
            "nøkkelen til Bergen kommune, som denne tjenesten bruker",
            "den siste kvitteringen",
            "9. november 2026 kl. 10.42",
            "Elever på 10. trinn 2026/27, Vestland",
            "rektor@fjellsiden (Skole)",
            "Mottatt med 1 merknad.",
        ] {
            assert!(liste.contains(ord), "{ord} is not in\n{liste}");
        }
        let elev = sagt(ELEV, None, OFFENTLIG, Some("{}"));
        assert!(elev.contains("Runa") && elev.contains("10B") && elev.contains("nøkkelen du limte inn"), "{elev}");
        assert!(!elev.contains("14851170031") && !elev.contains("nyere kvittering"), "{elev}");
        assert!(sagt(LISTE, Some(OFFENTLIG), "", Some("{}")).contains("nyere kvittering"));
        let ring = ring(s, Some(OFFENTLIG), "").unwrap();
        let endret = LISTE.replace("\"antall\":3", "\"antall\":2");
        assert_eq!(ring.verifiser(endret.as_bytes()), Err(Bevisfeil::Signatur));
        assert!(side(s, Dom::Falsk(forklar(s, &Bevisfeil::Signatur))).contains("beviser ingenting"));
    }

    #[test]
    fn only_public_keys_are_taken_and_the_file_goes_before_what_was_pasted() {
        let par = Nokkelpar::fra(&[7; 32]);
        let s = Sprak::Bokmal;
        assert!(ring(s, None, &par.offentlig).is_ok() && ring(s, Some(&par.offentlig), " ").is_ok());
        for annen in [par.privat.as_str(), "hei"] {
            let feil = ring(s, None, annen).unwrap_err();
            assert!(!feil.contains("PRIVATE KEY----"), "{feil}");
        }
        let inn = Inn { tekst: " {} \r\n".into(), ..Inn::default() };
        assert_eq!(inn.kvittering(), b"{}");
        assert_eq!(Inn { fil: b"{\n".to_vec(), ..inn }.kvittering(), b"{\n");
    }
}

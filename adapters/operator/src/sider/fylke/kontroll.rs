//! A receipt checked in the page: whose key, which list, what it proves, or what is wrong with it.
//!
//! The same check as `mellomlag verify`. The file is kept nowhere.

use super::felles;
use crate::innlogging::Opplasting;
use crate::inntak::kontroll::{Falsk, Funn, sjekk};
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
use elevliste::{Listenokkel, Rolle};
use runtime::visning::kvittering::{Bevisfeil, Elevkvittering, Listekvittering, Utfallsord, Verifisert};

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
    let siste = |liste: &Listenokkel| besok.ut.listekvittering(liste).ok();
    let dom = match sjekk(egen.as_deref(), &inn.nokkel, inn.kvittering(), siste) {
        Ok(funn) => dom(s, &funn),
        Err(falsk) => Dom::Falsk(forklar(s, &falsk)),
    };
    let status = if matches!(dom, Dom::Ekte { .. }) { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    svar_med(status, &Kontroll { ramme: besok.ramme(s.t("fylke-kontroll-tittel")), dom })
}

fn forklar(s: Sprak, falsk: &Falsk) -> String {
    let feil = match falsk {
        Falsk::Tom => return s.t("fylke-kontroll-tom").to_string(),
        Falsk::Nokkel => return s.t("fylke-kontroll-nokkel-feil").to_string(),
        Falsk::Bevis(feil) => feil,
    };
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

/// What a genuine receipt proves.
fn dom(s: Sprak, Funn { ekte, var_nokkel, siste }: &Funn) -> Dom {
    let nokkel = if *var_nokkel { s.t("fylke-kontroll-var-nokkel") } else { s.t("fylke-kontroll-din-nokkel") };
    let liste = ekte.liste();
    let mut fakta = fakta(s, liste);
    let hva = match ekte {
        Verifisert::Liste(_) => s.t("fylke-kontroll-liste").n("antall", liste.antall),
        Verifisert::Elev(elev) => {
            fakta.push((s.t("fylke-kontroll-felt-elev").to_string(), eleven(s, elev)));
            s.t("fylke-kontroll-elev-ekte")
        }
    };
    let siste =
        siste.map(|samme| if samme { s.t("fylke-kontroll-siste") } else { s.t("fylke-kontroll-nyere") }.to_string());
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
        let feil = feil.map(Falsk::Bevis);
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
            side(s, dom(s, &sjekk(egen, annen, fil.as_bytes(), |_| siste.map(str::to_owned)).unwrap()))
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
        assert!(side(s, Dom::Falsk(forklar(s, &Falsk::Bevis(Bevisfeil::Signatur)))).contains("beviser ingenting"));
    }

    #[test]
    fn the_file_goes_before_what_was_pasted() {
        let inn = Inn { tekst: " {} \r\n".into(), ..Inn::default() };
        assert_eq!(inn.kvittering(), b"{}");
        assert_eq!(Inn { fil: b"{\n".to_vec(), ..inn }.kvittering(), b"{\n");
    }
}

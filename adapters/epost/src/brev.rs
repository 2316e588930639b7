//! A letter as it is read: plain text, and the same as simple HTML. Here too the county's letter about a round.

use crate::Adressat;
use crate::ord::{self, Sprak};
use elevliste::{Godkjenning, Innsamling};
use std::fmt::Write as _;
use url::Url;

/// A letter, as it goes out and as it is shown before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brev {
    /// The subject.
    pub emne: String,
    /// As plain text.
    pub tekst: String,
    /// The same as a whole HTML document, with nothing in it that is fetched.
    pub html: String,
}

/// Something of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Del {
    /// What the next parts are about.
    Overskrift(String),
    /// A paragraph.
    Avsnitt(String),
    /// A list.
    Punkter(Vec<String>),
}

/// Makes a letter of its parts. The link goes to a page that asks who is there, and says nothing itself.
pub(crate) fn sett_opp(sprak: Sprak, emne: String, deler: &[Del], adresse: &Url) -> Brev {
    let apne = sprak.av(["Åpne Mellomlag:", "Opne Mellomlag:", "Open Mellomlag:"]);
    let bunn = sprak.av([
        "Meldingen er sendt automatisk og inneholder ingen opplysninger om elever.",
        "Meldinga er send automatisk og inneheld ingen opplysningar om elevar.",
        "This message was sent automatically and holds no information about pupils.",
    ]);
    let (mut tekst, mut html) = (String::new(), String::new());
    for del in deler {
        match del {
            Del::Overskrift(linje) => {
                tekst.push_str(&format!("{linje}\n{}\n", "-".repeat(linje.chars().count())));
                html.push_str(&format!("<h2>{}</h2>\n", rom(linje)));
            }
            Del::Avsnitt(avsnitt) => {
                tekst.push_str(&format!("{avsnitt}\n\n"));
                html.push_str(&format!("<p>{}</p>\n", rom(avsnitt).replace('\n', "<br>\n")));
            }
            Del::Punkter(punkter) => {
                html.push_str("<ul>\n");
                for punkt in punkter {
                    tekst.push_str(&format!("- {punkt}\n"));
                    html.push_str(&format!("<li>{}</li>\n", rom(punkt)));
                }
                tekst.push('\n');
                html.push_str("</ul>\n");
            }
        }
    }
    let _ = write!(tekst, "{apne} {adresse}\n\n{bunn}\n");
    let lenke = rom(adresse.as_str());
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n{html}\
         <p>{apne} <a href=\"{lenke}\">{lenke}</a></p>\n<p><small>{bunn}</small></p>\n</body>\n</html>\n",
        sprak.kode(),
        rom(&emne),
    );
    Brev { emne, tekst, html }
}

/// As HTML shows it, whatever stands in it.
fn rom(tekst: &str) -> String {
    let mut ut = String::with_capacity(tekst.len());
    for tegn in tekst.chars() {
        match tegn {
            '&' => ut.push_str("&amp;"),
            '<' => ut.push_str("&lt;"),
            '>' => ut.push_str("&gt;"),
            '"' => ut.push_str("&quot;"),
            '\'' => ut.push_str("&#39;"),
            _ => ut.push(tegn),
        }
    }
    ut
}

/// The county's letter about a round: what it asks, by when, and whom to ask. Exactly as it goes out to the schools and
/// their owners; `adresse` is where the pages are.
pub fn brev(runde: &Innsamling, adressat: Adressat, sprak: Sprak, adresse: &Url) -> Brev {
    let (ar, frist) = (ord::skolear(runde), ord::frist(sprak, runde));
    let emne = match sprak {
        Sprak::Nb => format!("Elevlister for 10. trinn {ar}: frist {frist}"),
        Sprak::Nn => format!("Elevlister for 10. trinn {ar}: frist {frist}"),
        Sprak::En => format!("Lists of tenth-graders {ar}: deadline {frist}"),
    };
    let apner = ord::dag(sprak, runde.apner.to_zoned(elevliste::oslo()).date());
    let fylke = kodeverk::fylke(runde.fylke).map_or_else(|| runde.fylke.to_string(), |fylke| fylke.navn.to_string());
    let hvem = sprak.av(match adressat {
        Adressat::Skole => ["skolen deres", "skulen dykkar", "your school"],
        Adressat::Kommune => ["skolene deres", "skulane dykkar", "your schools"],
        Adressat::Fylke => ["skolene i fylket", "skulane i fylket", "the schools of the county"],
    });
    let forst = match sprak {
        Sprak::Nb => format!(
            "Inntakskontoret ({fylke}) ber om elevlisten for 10. trinn {ar} fra {hvem}. Listen kan sendes fra {apner} \
             og må være sendt innen {frist}."
        ),
        Sprak::Nn => format!(
            "Inntakskontoret ({fylke}) ber om elevlista for 10. trinn {ar} frå {hvem}. Lista kan sendast frå {apner} \
             og må vere send innan {frist}."
        ),
        Sprak::En => format!(
            "The intake office ({fylke}) asks for the list of tenth-graders {ar} from {hvem}. It can be sent from \
             {apner} and must be sent by {frist}."
        ),
    };
    let gjor = sprak.av(gjor(adressat, runde.godkjenning));
    let mut deler = vec![Del::Avsnitt(forst)];
    if let Some(instruks) = runde.instruks.as_deref().map(str::trim).filter(|tekst| !tekst.is_empty()) {
        let avsnitt = instruks.split("\n\n").map(str::trim).filter(|tekst| !tekst.is_empty());
        deler.extend(avsnitt.map(|tekst| Del::Avsnitt(tekst.to_owned())));
    }
    deler.push(Del::Avsnitt(gjor.to_owned()));
    deler.extend(kontakt(sprak, runde).map(Del::Avsnitt));
    sett_opp(sprak, emne, &deler, adresse)
}

/// What somebody is to do in a round that is approved so.
const fn gjor(adressat: Adressat, godkjenning: Godkjenning) -> [&'static str; 3] {
    match (adressat, godkjenning) {
        (Adressat::Skole, Godkjenning::Skole) => [
            "Slik gjør dere: Logg inn, rett det som står som feil, i skolesystemet, og godkjenn listen.",
            "Slik gjer de: Logg inn, rett det som står som feil, i skulesystemet, og godkjenn lista.",
            "What to do: sign in, correct in your school system what is shown as wrong, and approve the list.",
        ],
        (Adressat::Skole, Godkjenning::Kommune) => [
            "Slik gjør dere: Logg inn, og rett det som står som feil, i skolesystemet. Kommunen godkjenner listen.",
            "Slik gjer de: Logg inn, og rett det som står som feil, i skulesystemet. Kommunen godkjenner lista.",
            "What to do: sign in, and correct in your school system what is shown as wrong. The municipality approves the list.",
        ],
        (Adressat::Skole, Godkjenning::Automatisk) => [
            "Slik gjør dere: Logg inn, og rett det som står som feil, i skolesystemet. Listen godkjennes av seg selv når den er uten feil.",
            "Slik gjer de: Logg inn, og rett det som står som feil, i skulesystemet. Lista blir godkjend av seg sjølv når ho er utan feil.",
            "What to do: sign in, and correct in your school system what is shown as wrong. The list is approved by itself when nothing is wrong.",
        ],
        (Adressat::Kommune | Adressat::Fylke, Godkjenning::Kommune) => [
            "Skolene har fått det samme brevet, og retter listene sine. Dere godkjenner dem: Logg inn, og se hvilke som er klare.",
            "Skulane har fått det same brevet, og rettar listene sine. De godkjenner dei: Logg inn, og sjå kva for nokre som er klare.",
            "The schools have had the same letter, and correct their lists. You approve them: sign in to see which are ready.",
        ],
        (Adressat::Kommune | Adressat::Fylke, _) => [
            "Skolene har fått det samme brevet. Logg inn for å se hvem som har levert, og hvem som trenger hjelp.",
            "Skulane har fått det same brevet. Logg inn for å sjå kven som har levert, og kven som treng hjelp.",
            "The schools have had the same letter. Sign in to see who has delivered, and who needs help.",
        ],
    }
}

/// Whom to ask, where the county has said it.
pub(crate) fn kontakt(sprak: Sprak, runde: &Innsamling) -> Option<String> {
    let kontakt = runde.kontakt.as_ref()?;
    let spor = sprak.av(["Spørsmål?", "Spørsmål?", "Questions?"]);
    let deler = [Some(&kontakt.navn), kontakt.epost.as_ref(), kontakt.telefon.as_ref()];
    let deler: Vec<&str> = deler.into_iter().flatten().map(|del| del.trim()).filter(|del| !del.is_empty()).collect();
    (!deler.is_empty()).then(|| format!("{spor} {}", deler.join(", ")))
}

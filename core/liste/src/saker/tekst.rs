//! A case in words: its title, and whom it is about.

use super::{Alvor, EGEN_DETALJ, SKJERMEDE, Sak, flertall::flertall};
use crate::{Regel, Tekst, regler};
use sha2::{Digest, Sha256};

/// What a case means for the list, in a few words.
pub const fn alvor_tekst(alvor: Alvor) -> Tekst {
    match alvor {
        Alvor::Stopper => Tekst {
            nb: "Må rettes før listen kan sendes",
            nn: "Må rettast før lista kan sendast",
            en: "Must be corrected before the list can be sent",
        },
        Alvor::Sjekkes => Tekst {
            nb: "Se over før listen godkjennes",
            nn: "Sjå over før lista blir godkjend",
            en: "Look at this before the list is approved",
        },
        Alvor::TilOrientering => Tekst { nb: "Til orientering", nn: "Til orientering", en: "For your information" },
    }
}

impl Sak {
    /// Whether it is about the list as a whole.
    pub fn gjelder_listen(&self) -> bool {
        self.elever.is_empty()
    }

    /// A stable name for addresses and anchors: the rule and a digest of what tells the case from others.
    pub fn anker(&self) -> String {
        let detalj = self.avvik.detalj.as_deref().filter(|_| self.regel != EGEN_DETALJ && !self.er_skjermede());
        let nokkel = format!("{:?}", (self.alvor, self.eier, &self.avvik.felt, detalj, &self.klasse));
        let hode: String = Sha256::digest(nokkel).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{hode}", self.regel.to_lowercase())
    }

    /// What it is, how many it is about where they are many, and in which class: «40 elever mangler klasse»,
    /// «Klassenavnet er for langt: 10A realfag».
    pub fn tittel(&self) -> Tekst<String> {
        let sted = match self.regel.as_str() {
            "EL-062" => self.avvik.detalj.as_deref(),
            _ => self.klasse.as_deref(),
        };
        let mange = flertall(&self.regel).filter(|_| self.antall > 1);
        let tittel =
            mange.unwrap_or(self.regeltekst().tittel).map(|form| form.replace("{n}", &self.antall.to_string()));
        tittel.map(|form| sted.map_or_else(|| form.clone(), |sted| format!("{form}: {sted}")))
    }

    /// How many it is about.
    pub fn omfang(&self) -> Tekst<String> {
        let n = self.antall;
        match n {
            0 => Tekst { nb: "Gjelder hele listen", nn: "Gjeld heile lista", en: "About the whole list" }
                .map(str::to_owned),
            1 => Tekst { nb: "Gjelder én elev", nn: "Gjeld éin elev", en: "About one pupil" }.map(str::to_owned),
            _ => Tekst {
                nb: format!("Gjelder {n} elever"),
                nn: format!("Gjeld {n} elevar"),
                en: format!("About {n} pupils"),
            },
        }
    }

    /// The rule in words: title, what is wrong, where it is corrected, what happens next.
    pub fn regeltekst(&self) -> &'static Regel {
        regler::eller_ukjent(&self.regel)
    }

    /// Whether the pupils are a count only.
    pub fn er_skjermede(&self) -> bool {
        self.regel == SKJERMEDE
    }
}

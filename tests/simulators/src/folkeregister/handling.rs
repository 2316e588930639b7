//! What can happen to people, and the events that tell of it.

use jiff::{Timestamp, civil::Date, tz};
use serde::{Deserialize, Serialize};

use super::{
    person::{Person, navn},
    tilstand::{Tilstand, tidspunkt},
};

/// One thing that happens. New ones are added here and below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields say what they are: numbers, and parts of names")]
pub enum Handling {
    /// Somebody is registered.
    Registrer { nummer: String, fornavn: String, etternavn: String, foedselsdato: Date },
    /// A new name; a family name that ends in `*PIKE` or `*GUTT` is a newborn's.
    NyttNavn { nummer: String, fornavn: String, mellomnavn: Option<String>, etternavn: String },
    /// The name was written wrongly; the wrong one leaves no history.
    KorrigerNavn { nummer: String, fornavn: String, mellomnavn: Option<String>, etternavn: String },
    /// The last change of name is annulled.
    AnnullerNavn { nummer: String },
    /// A new number, made up if none is given: from D-number to fødselsnummer, or from one fødselsnummer to another. The
    /// old number is told of first.
    NyttNummer { nummer: String, nytt: Option<String> },
    /// Two turn out to be one.
    SlaaSammen { gjeldende: String, dublett: String },
    /// They were two all the same.
    Splitt { dublett: String },
    /// Death.
    Doed { nummer: String },
    /// The death is annulled.
    AnnullerDoed { nummer: String },
    /// Emigration.
    Utflyttet { nummer: String },
    /// A new address.
    Flytt { nummer: String },
    /// The address is protected.
    Beskytt { nummer: String, gradering: Gradering },
    /// The protection ends.
    OpphevBeskyttelse { nummer: String },
    /// The number is nobody's: registered by mistake.
    Opphor { nummer: String },
    /// "Fetch this person again", for the first so many people of the register.
    Oppdatert { antall: usize },
    /// An event of a type that nobody has heard of.
    UkjentHendelse { nummer: String },
    /// Events about people on nobody's list. A million costs no memory.
    Stoey { antall: u32 },
    /// Sequence numbers that are never used.
    Hull { antall: u32 },
    /// Events before this number are deleted, as those of more than 36 months are.
    SlettEldre { foer: i64 },
    /// The feed begins anew with this number.
    BegynnPaaNytt { forste: i64 },
}

/// A level of protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Gradering {
    /// One address only.
    Klientadresse,
    /// The address is given to those with legal basis, marked.
    Fortrolig,
    /// No address at all.
    StrengtFortrolig,
}

impl Gradering {
    /// As the register spells it.
    pub(super) const fn som_register(self) -> &'static str {
        match self {
            Self::Klientadresse => "klientadresse",
            Self::Fortrolig => "fortrolig",
            Self::StrengtFortrolig => "strengtFortrolig",
        }
    }
}

/// Why something could not happen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Handlingsfeil {
    /// Nobody has the number.
    #[error("nobody in the register has the number of this {0}")]
    Ukjent(&'static str),
    /// Somebody has it.
    #[error("the number of this {0} is taken, or not eleven digits")]
    Opptatt(&'static str),
    /// It makes no sense for these two.
    #[error("this {0} needs two different people, or a merge to undo")]
    IkkeTo(&'static str),
}

impl Tilstand {
    /// Lets one thing happen, and tells of it in the feed.
    pub(super) fn utfor(&mut self, handling: &Handling, tid: Timestamp) -> Result<(), Handlingsfeil> {
        let na = &tidspunkt(tid);
        match handling {
            Handling::Registrer { nummer, fornavn, etternavn, foedselsdato } => {
                self.ledig(nummer, "registrer")?;
                self.register.legg_til(nummer, &navn(fornavn, None, etternavn), *foedselsdato, na);
                self.feed.legg_til(nummer, "personErOpprettet", na);
                Ok(())
            }
            Handling::NyttNavn { nummer, fornavn, mellomnavn, etternavn } => {
                let ny = navn(fornavn, mellomnavn.as_deref(), etternavn);
                self.med(nummer, "nytt_navn", "endringINavn", na, |person| person.sett_navn(&ny, na))
            }
            Handling::KorrigerNavn { nummer, fornavn, mellomnavn, etternavn } => {
                let ny = navn(fornavn, mellomnavn.as_deref(), etternavn);
                self.med(nummer, "korriger_navn", "endringINavn", na, |person| person.korriger_navn(&ny, na))
            }
            Handling::AnnullerNavn { nummer } => {
                self.med(nummer, "annuller_navn", "endringINavn", na, |person| person.annuller("navn"))
            }
            Handling::NyttNummer { nummer, nytt } => self.nytt_nummer(nummer, nytt.as_deref(), na),
            Handling::SlaaSammen { gjeldende, dublett } => {
                self.register.slaa_sammen(gjeldende, dublett).ok_or(Handlingsfeil::IkkeTo("slaa_sammen"))?;
                self.feed.legg_til(dublett, "personErOpphoertSomDublett", na);
                self.feed.legg_til(gjeldende, "personErViderefoertSomGjeldendeVedSammenslaaing", na);
                Ok(())
            }
            Handling::Splitt { dublett } => {
                let gjeldende = self.register.splitt(dublett).ok_or(Handlingsfeil::IkkeTo("splitt"))?;
                self.feed.legg_til(&gjeldende, "personErEndretVedSplitting", na);
                self.feed.legg_til(dublett, "personErGjenopprettetVedSplitting", na);
                Ok(())
            }
            Handling::Doed { nummer } => {
                let dato = tz::offset(1).to_datetime(tid).date();
                self.med(nummer, "doed", "personErDoed", na, |person| person.doed(dato, na))?;
                self.feed.legg_til(nummer, "endringIDoedsfall", na);
                Ok(())
            }
            Handling::AnnullerDoed { nummer } => {
                self.med(nummer, "annuller_doed", "personErReaktivert", na, |person| person.ikke_doed(na))
            }
            Handling::Utflyttet { nummer } => self.med(nummer, "utflyttet", "personErUtflyttet", na, |person| {
                person.sett_status("utflyttet", na);
                person.uten_bosted(na);
            }),
            Handling::Flytt { nummer } => {
                self.med(nummer, "flytt", "endringIBostedsadresse", na, |person| person.flytt("ugradert", na))
            }
            Handling::Beskytt { nummer, gradering } => {
                self.med(nummer, "beskytt", "endringIAdressebeskyttelse", na, |person| person.beskytt(*gradering, na))
            }
            Handling::OpphevBeskyttelse { nummer } => {
                self.med(nummer, "opphev_beskyttelse", "endringIAdressebeskyttelse", na, |p| p.opphev_beskyttelse(na))
            }
            Handling::Opphor { nummer } => {
                self.med(nummer, "opphor", "personErOpphoert", na, |person| person.opphor(na))
            }
            Handling::Oppdatert { antall } => {
                for nummer in self.register.de_forste(*antall) {
                    self.feed.legg_til(&nummer, "personErOppdatert", na);
                }
                Ok(())
            }
            Handling::UkjentHendelse { nummer } => {
                self.med(nummer, "ukjent_hendelse", "endringIEnHeltNyEgenskap", na, |_| ())
            }
            Handling::Stoey { antall } => {
                self.feed.stoey(*antall, na);
                Ok(())
            }
            Handling::Hull { antall } => {
                self.feed.hull(*antall);
                Ok(())
            }
            Handling::SlettEldre { foer } => {
                self.feed.slett(*foer);
                Ok(())
            }
            Handling::BegynnPaaNytt { forste } => {
                self.feed.begynn_paa_nytt(*forste);
                Ok(())
            }
        }
    }

    fn med(
        &mut self,
        nummer: &str,
        handling: &'static str,
        hendelse: &str,
        na: &str,
        gjor: impl FnOnce(&mut Person),
    ) -> Result<(), Handlingsfeil> {
        gjor(self.register.finn_mut(nummer).ok_or(Handlingsfeil::Ukjent(handling))?);
        self.feed.legg_til(nummer, hendelse, na);
        Ok(())
    }

    fn ledig(&self, nummer: &str, handling: &'static str) -> Result<(), Handlingsfeil> {
        let sifre = nummer.len() == 11 && nummer.bytes().all(|b| b.is_ascii_digit());
        if sifre && self.register.finn(nummer).is_none() { Ok(()) } else { Err(Handlingsfeil::Opptatt(handling)) }
    }

    fn nytt_nummer(&mut self, nummer: &str, nytt: Option<&str>, na: &str) -> Result<(), Handlingsfeil> {
        let ukjent = Handlingsfeil::Ukjent("nytt_nummer");
        let fodselsaar = self.register.finn(nummer).ok_or(ukjent.clone())?.fodselsaar();
        let nytt = match nytt {
            Some(nytt) => nytt.to_owned(),
            None => self.register.ledig_nummer(fodselsaar),
        };
        self.ledig(&nytt, "nytt_nummer")?;
        self.register.nytt_nummer(nummer, &nytt, na).ok_or(ukjent)?;
        self.feed.legg_til(nummer, "endringIIdentifikasjonsnummer", na);
        self.med(&nytt, "nytt_nummer", "personErBosatt", na, |person| person.sett_status("bosatt", na))
    }
}

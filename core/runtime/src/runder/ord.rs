//! Why a round cannot be changed so, in words for people: what is the matter, and the way out.

use super::endring::Endringsfeil;
use liste::Tekst;

impl Endringsfeil {
    /// All of them.
    pub const ALLE: [Self; 14] = [
        Self::Fortid,
        Self::Rekkefolge,
        Self::Apen,
        Self::Over,
        Self::IkkeApnet,
        Self::IkkeSenere,
        Self::IkkeTidligere,
        Self::Rolle,
        Self::Grunn,
        Self::Uendret,
        Self::Instruks,
        Self::Kontakt,
        Self::Paminnelser,
        Self::Skoler,
    ];

    /// What is the matter and the way out, for people.
    pub const fn tekst(self) -> Tekst {
        match self {
            Self::Fortid => Tekst {
                nb: "Tidspunktet er passert. Velg et som kommer.",
                nn: "Tidspunktet er passert. Vel eit som kjem.",
                en: "That moment has passed. Choose one that is to come.",
            },
            Self::Rekkefolge => Tekst {
                nb: "Innsamlingen ville stengt før den åpnet. Forleng den først, eller velg et annet tidspunkt.",
                nn: "Innsamlinga ville stengt før ho opna. Forleng henne først, eller vel eit anna tidspunkt.",
                en: "The collection would close before it opens. Extend it first, or choose another moment.",
            },
            Self::Apen => Tekst {
                nb: "Innsamlingen er allerede åpen. Du trenger ikke gjøre noe.",
                nn: "Innsamlinga er alt open. Du treng ikkje gjere noko.",
                en: "The collection is open already. You need not do anything.",
            },
            Self::Over => Tekst {
                nb: "Innsamlingen er over. Forleng fristen for å åpne den igjen.",
                nn: "Innsamlinga er over. Forleng fristen for å opne henne att.",
                en: "The collection is over. Extend the deadline to open it again.",
            },
            Self::IkkeApnet => Tekst {
                nb: "Innsamlingen er ikke åpnet ennå, så det er ingenting å stenge. Flytt åpningen eller fristen i stedet.",
                nn: "Innsamlinga er ikkje opna enno, så det er ingenting å stengje. Flytt opninga eller fristen i staden.",
                en: "The collection has not opened yet, so there is nothing to close. Move the opening or the deadline instead.",
            },
            Self::IkkeSenere => Tekst {
                nb: "Fristen er allerede senere enn det. Vil du ha den tidligere, velger du å forkorte.",
                nn: "Fristen er alt seinare enn det. Vil du ha han tidlegare, vel du å forkorte.",
                en: "The deadline is later than that already. If you want it earlier, choose to shorten it.",
            },
            Self::IkkeTidligere => Tekst {
                nb: "Fristen er allerede tidligere enn det. Vil du ha den senere, velger du å forlenge.",
                nn: "Fristen er alt tidlegare enn det. Vil du ha han seinare, vel du å forlengje.",
                en: "The deadline is earlier than that already. If you want it later, choose to extend it.",
            },
            Self::Rolle => Tekst {
                nb: "Bare inntakskontoret i fylket kan endre innsamlingen. Be noen der om å gjøre det.",
                nn: "Berre inntakskontoret i fylket kan endre innsamlinga. Be nokon der om å gjere det.",
                en: "Only the county's intake office can change the collection. Ask somebody there to do it.",
            },
            Self::Grunn => Tekst {
                nb: "Skriv hvorfor, med høyst 500 tegn. Grunnen kan ikke ha fødselsnumre i seg.",
                nn: "Skriv kvifor, med høgst 500 teikn. Grunnen kan ikkje ha fødselsnummer i seg.",
                en: "Write why, in at most 500 characters. The reason must not hold identity numbers.",
            },
            Self::Uendret => Tekst {
                nb: "Ingenting er endret, for dette står der allerede. Rett det du ville endre, eller gå tilbake.",
                nn: "Ingenting er endra, for dette står der alt. Rett det du ville endre, eller gå tilbake.",
                en: "Nothing was changed, since this is what it says already. Edit what you wanted to change, or go back.",
            },
            Self::Instruks => Tekst {
                nb: "Brevet til skolene kan ikke lagres slik. Det kan ha høyst 10 000 tegn, og ingen fødselsnumre.",
                nn: "Brevet til skulane kan ikkje lagrast slik. Det kan ha høgst 10 000 teikn, og ingen fødselsnummer.",
                en: "The letter to the schools cannot be saved like this. It can have at most 10,000 characters, and no identity numbers.",
            },
            Self::Kontakt => Tekst {
                nb: "Kontaktopplysningene er ikke fullstendige. Skriv hva kontoret heter, og se over e-postadressen.",
                nn: "Kontaktopplysningane er ikkje fullstendige. Skriv kva kontoret heiter, og sjå over e-postadressa.",
                en: "The contact details are not complete. Write what the office is called, and check the e-mail address.",
            },
            Self::Paminnelser => Tekst {
                nb: "Så mange eller så tidlige påminnelser går ikke. Velg høyst 10, og ingen tidligere enn 120 dager før fristen.",
                nn: "Så mange eller så tidlege påminningar går ikkje. Vel høgst 10, og ingen tidlegare enn 120 dagar før fristen.",
                en: "There are too many reminders, or one is too early. Choose at most 10, none earlier than 120 days before the deadline.",
            },
            Self::Skoler => Tekst {
                nb: "En av skolene kunne ikke leses. Skriv skolenumrene fra VIGO, fem sifre for hver skole.",
                nn: "Ein av skulane kunne ikkje lesast. Skriv skulenummera frå VIGO, fem siffer for kvar skule.",
                en: "One of the schools could not be read. Write the school numbers from VIGO, five digits for each school.",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Endringsfeil;
    use std::collections::BTreeSet;

    #[test]
    fn every_refusal_has_words_of_its_own_in_three_languages() {
        let mut sett = BTreeSet::new();
        for feil in Endringsfeil::ALLE {
            let tekst = feil.tekst();
            for form in [tekst.nb, tekst.nn, tekst.en] {
                assert!(sett.insert(form), "{feil:?}: «{form}» stands twice");
                assert!(
                    form.ends_with('.') && form.matches(['.', ',']).count() >= 2,
                    "{feil:?} says what, and the way out"
                );
            }
        }
    }
}

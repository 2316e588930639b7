//! Why an act is refused, in words for people: what is the matter, and the way out.

use crate::Tekst;

/// Why an act may not be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Handlingsfeil {
    /// Approved already, and unchanged since.
    #[error("exactly this list is approved already; there is nothing more to do before it is sent")]
    AlleredeGodkjent,
    /// The seal is not the one that the list has now.
    #[error("the list is another than the one that was looked at; look at it again, and approve what stands there now")]
    GammeltSegl,
    /// Errors are open.
    #[error("the list has errors; correct them at the source, or hold back the pupils they are about, with a reason")]
    HarAvvik,
    /// A request is under way.
    #[error("the list is on its way to the receiver; wait for the answer")]
    Sendes,
    /// An attempt has an unknown outcome.
    #[error("nobody knows whether the list arrived; find that out first, and write down what was found")]
    Uavklart,
    /// The receiver has exactly this.
    #[error("the receiver has the list; what changes now is an update by itself, or is reported to the intake office")]
    AlleredeMottatt,
    /// After the close.
    #[error("the round is over; the county can extend it, or take the pupils by hand")]
    RundenErOver,
    /// The round wants an approval by the school.
    #[error("in this round the school or its municipality approves; ask one of them")]
    SkolenGodkjenner,
    /// The round wants an approval by the municipality.
    #[error("in this round the municipality approves; ask somebody there, or act in that role")]
    KommunenGodkjenner,
    /// There is no approval to take back.
    #[error("nothing is approved that has not been sent; there is nothing to take back or to send")]
    IkkeGodkjent,
    /// Only a person may do it.
    #[error("only a person may do this now; the list must be looked at")]
    BareMennesker,
    /// Only a machine writes it.
    #[error("only the program itself writes this; say what was found out by resolving the attempt")]
    BareMaskinen,
    /// No such pupil on the list.
    #[error("no pupil with this id is on the list; `mellomlag list show` prints the ids")]
    UkjentElev,
    /// Neither held back nor routed by hand.
    #[error("the pupil is neither held back nor routed by hand; there is nothing to release")]
    IkkeTattUt,
    /// A reason is missing.
    #[error("a reason is missing; say in a few words why")]
    TomGrunn,
    /// The reason is too long.
    #[error("the reason is longer than 500 characters; shorten it")]
    LangGrunn,
    /// The reason holds an identity number.
    #[error("the reason seems to hold an identity number; leave it out: the pupil is named by the id")]
    NummerIGrunn,
    /// The role may not enter fictitious numbers.
    #[error("only the intake office or the municipality may enter a fictitious number; ask one of them")]
    FiktivtRolle,
    /// Not a number of that kind.
    #[error("this is no fictitious number as intake offices issue them; check it against the office's letter")]
    IkkeFiktivt,
    /// The pupil has a number.
    #[error("the source has a number for the pupil that the receiver takes; correct it at the source if it is wrong")]
    HarNummer,
    /// Another pupil has this number.
    #[error("another pupil on the list has this number; check it against the office's letter")]
    FiktivtBrukt,
    /// No fictitious number to take back.
    #[error("no fictitious number is entered for the pupil; there is nothing to take back")]
    UtenFiktivt,
    /// Nothing is unknown.
    #[error("no delivery of this list has an unknown outcome; there is nothing to resolve")]
    IngentingUavklart,
    /// Another attempt is the unknown one.
    #[error("the seal is of another attempt than the one that must be resolved; look at the list again")]
    AnnetForsok,
    /// No such change.
    #[error("no change with this id waits for the intake office; it may have changed again: look at the list")]
    UkjentEttermelding,
    /// The change is reported already.
    #[error("the change is reported to the intake office already; write down what it says when it has answered")]
    AlleredeMeldt,
    /// The change is not reported, or is dealt with.
    #[error("the change does not wait for the intake office's answer; report it first")]
    IkkeMeldt,
}

impl Handlingsfeil {
    /// All of them.
    pub const ALLE: [Self; 27] = [
        Self::AlleredeGodkjent,
        Self::GammeltSegl,
        Self::HarAvvik,
        Self::Sendes,
        Self::Uavklart,
        Self::AlleredeMottatt,
        Self::RundenErOver,
        Self::SkolenGodkjenner,
        Self::KommunenGodkjenner,
        Self::IkkeGodkjent,
        Self::BareMennesker,
        Self::BareMaskinen,
        Self::UkjentElev,
        Self::IkkeTattUt,
        Self::TomGrunn,
        Self::LangGrunn,
        Self::NummerIGrunn,
        Self::FiktivtRolle,
        Self::IkkeFiktivt,
        Self::HarNummer,
        Self::FiktivtBrukt,
        Self::UtenFiktivt,
        Self::IngentingUavklart,
        Self::AnnetForsok,
        Self::UkjentEttermelding,
        Self::AlleredeMeldt,
        Self::IkkeMeldt,
    ];

    /// A stable code, for machines and for looking it up.
    pub const fn kode(self) -> &'static str {
        self.ord().0
    }

    /// What is the matter and the way out, for people.
    pub const fn tekst(self) -> Tekst {
        let (_, nb, nn) = self.ord();
        Tekst { nb, nn }
    }

    const fn ord(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::AlleredeGodkjent => (
                "allerede-godkjent",
                "Akkurat denne listen er allerede godkjent. Du trenger ikke gjøre noe mer; den sendes av seg selv.",
                "Akkurat denne lista er alt godkjend. Du treng ikkje gjere noko meir; ho blir send av seg sjølv.",
            ),
            Self::GammeltSegl => (
                "gammelt-segl",
                "Listen er endret etter at du åpnet den. Se på den på nytt, og godkjenn det som står der nå.",
                "Lista er endra etter at du opna ho. Sjå på ho på nytt, og godkjenn det som står der no.",
            ),
            Self::HarAvvik => (
                "har-avvik",
                "Listen har feil som må rettes først. Rett dem i skolesystemet, eller hold elevene tilbake med en grunn.",
                "Lista har feil som må rettast først. Rett dei i skulesystemet, eller hald elevane tilbake med ein grunn.",
            ),
            Self::Sendes => (
                "sendes",
                "Listen er på vei til mottakeren. Vent til svaret har kommet.",
                "Lista er på veg til mottakaren. Vent til svaret har kome.",
            ),
            Self::Uavklart => (
                "uavklart",
                "Ingen vet om listen kom fram sist. Finn ut hva mottakeren har, og skriv det inn, før du gjør noe mer.",
                "Ingen veit om lista kom fram sist. Finn ut kva mottakaren har, og skriv det inn, før du gjer noko meir.",
            ),
            Self::AlleredeMottatt => (
                "allerede-mottatt",
                "Mottakeren har godtatt listen, og det er ingenting mer å godkjenne. Senere endringer meldes til inntakskontoret.",
                "Mottakaren har godteke lista, og det er ingenting meir å godkjenne. Seinare endringar blir melde til inntakskontoret.",
            ),
            Self::RundenErOver => (
                "runden-er-over",
                "Innsamlingen er stengt. Ta kontakt med inntakskontoret: fylket kan forlenge fristen eller ta imot elevene manuelt.",
                "Innsamlinga er stengd. Ta kontakt med inntakskontoret: fylket kan forlengje fristen eller ta imot elevane manuelt.",
            ),
            Self::SkolenGodkjenner => (
                "skolen-godkjenner",
                "I denne innsamlingen er det skolen eller kommunen som godkjenner. Be noen der om å gjøre det.",
                "I denne innsamlinga er det skulen eller kommunen som godkjenner. Be nokon der om å gjere det.",
            ),
            Self::KommunenGodkjenner => (
                "kommunen-godkjenner",
                "I denne innsamlingen er det kommunen som godkjenner. Be noen i kommunen om å gjøre det.",
                "I denne innsamlinga er det kommunen som godkjenner. Be nokon i kommunen om å gjere det.",
            ),
            Self::IkkeGodkjent => (
                "ikke-godkjent",
                "Det finnes ingen godkjenning som ikke alt er brukt. Godkjenn listen først, eller la den stå.",
                "Det finst inga godkjenning som ikkje alt er brukt. Godkjenn lista først, eller lat ho stå.",
            ),
            Self::BareMennesker => (
                "bare-mennesker",
                "Dette kan bare et menneske gjøre nå. Åpne listen, se hva som har skjedd, og bestem hva som skal gjøres.",
                "Dette kan berre eit menneske gjere no. Opne lista, sjå kva som har skjedd, og bestem kva som skal gjerast.",
            ),
            Self::BareMaskinen => (
                "bare-maskinen",
                "Dette skriver bare programmet selv. Vet du hva som ble av en sending, skriver du det inn som en avklaring.",
                "Dette skriv berre programmet sjølv. Veit du kva som vart av ei sending, skriv du det inn som ei avklaring.",
            ),
            Self::UkjentElev => (
                "ukjent-elev",
                "Eleven står ikke på listen nå. Åpne listen på nytt, og velg eleven der.",
                "Eleven står ikkje på lista no. Opne lista på nytt, og vel eleven der.",
            ),
            Self::IkkeTattUt => (
                "ikke-tatt-ut",
                "Eleven er verken holdt tilbake eller tatt ut til manuell behandling. Du trenger ikke gjøre noe.",
                "Eleven er verken halden tilbake eller teken ut til manuell handsaming. Du treng ikkje gjere noko.",
            ),
            Self::TomGrunn => (
                "tom-grunn",
                "Det mangler en grunn. Skriv med noen få ord hvorfor.",
                "Det manglar ein grunn. Skriv med nokre få ord kvifor.",
            ),
            Self::LangGrunn => (
                "lang-grunn",
                "Grunnen er lengre enn 500 tegn. Skriv den kortere.",
                "Grunnen er lengre enn 500 teikn. Skriv han kortare.",
            ),
            Self::NummerIGrunn => (
                "nummer-i-grunn",
                "Grunnen ser ut til å inneholde et fødselsnummer. Ta det bort: grunnen lagres for alltid, og eleven er alt valgt.",
                "Grunnen ser ut til å innehalde eit fødselsnummer. Ta det bort: grunnen blir lagra for alltid, og eleven er alt vald.",
            ),
            Self::FiktivtRolle => (
                "fiktivt-rolle",
                "Bare inntakskontoret eller kommunen kan føre inn et fiktivt nummer. Be en av dem om å gjøre det.",
                "Berre inntakskontoret eller kommunen kan føre inn eit fiktivt nummer. Be ein av dei om å gjere det.",
            ),
            Self::IkkeFiktivt => (
                "ikke-fiktivt",
                "Dette er ikke et fiktivt nummer slik inntakskontorene lager dem. Kontroller det mot brevet fra inntakskontoret.",
                "Dette er ikkje eit fiktivt nummer slik inntakskontora lagar dei. Kontroller det mot brevet frå inntakskontoret.",
            ),
            Self::HarNummer => (
                "har-nummer",
                "Skolesystemet har et nummer på eleven som mottakeren godtar. Er det feil, må det rettes i skolesystemet.",
                "Skulesystemet har eit nummer på eleven som mottakaren godtek. Er det feil, må det rettast i skulesystemet.",
            ),
            Self::FiktivtBrukt => (
                "fiktivt-brukt",
                "En annen elev på listen har dette nummeret. Kontroller det mot brevet fra inntakskontoret.",
                "Ein annan elev på lista har dette nummeret. Kontroller det mot brevet frå inntakskontoret.",
            ),
            Self::UtenFiktivt => (
                "uten-fiktivt",
                "Det er ikke ført inn noe fiktivt nummer på eleven. Du trenger ikke gjøre noe.",
                "Det er ikkje ført inn noko fiktivt nummer på eleven. Du treng ikkje gjere noko.",
            ),
            Self::IngentingUavklart => (
                "ingenting-uavklart",
                "Vi vet hva som ble av alle sendingene av denne listen. Det er ingenting å avklare.",
                "Vi veit kva som vart av alle sendingane av denne lista. Det er ingenting å avklare.",
            ),
            Self::AnnetForsok => (
                "annet-forsok",
                "Det er en annen sending som skal avklares. Åpne listen på nytt, og avklar den som står der.",
                "Det er ei anna sending som skal avklarast. Opne lista på nytt, og avklar den som står der.",
            ),
            Self::UkjentEttermelding => (
                "ukjent-ettermelding",
                "Denne endringen står ikke på listen lenger; den kan være endret igjen. Åpne listen på nytt, og ta den som står der.",
                "Denne endringa står ikkje på lista lenger; ho kan vere endra igjen. Opne lista på nytt, og ta den som står der.",
            ),
            Self::AlleredeMeldt => (
                "allerede-meldt",
                "Endringen er allerede meldt til inntakskontoret. Skriv inn svaret når det kommer.",
                "Endringa er alt meld til inntakskontoret. Skriv inn svaret når det kjem.",
            ),
            Self::IkkeMeldt => (
                "ikke-meldt",
                "Endringen venter ikke på svar fra inntakskontoret. Meld den først, og skriv inn svaret når det kommer.",
                "Endringa ventar ikkje på svar frå inntakskontoret. Meld ho først, og skriv inn svaret når det kjem.",
            ),
        }
    }
}

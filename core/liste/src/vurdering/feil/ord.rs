//! The words of a refused act: code, bokmål, nynorsk, English.

use super::Handlingsfeil;

impl Handlingsfeil {
    pub(super) const fn ord(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::AlleredeGodkjent => (
                "allerede-godkjent",
                "Akkurat denne listen er allerede godkjent. Du trenger ikke gjøre noe mer; den sendes av seg selv.",
                "Akkurat denne lista er alt godkjend. Du treng ikkje gjere noko meir; ho blir send av seg sjølv.",
                "Exactly this list is approved already. There is nothing more to do; it is sent by itself.",
            ),
            Self::GammeltSegl => (
                "gammelt-segl",
                "Listen er endret etter at du åpnet den. Se på den på nytt, og godkjenn det som står der nå.",
                "Lista er endra etter at du opna ho. Sjå på ho på nytt, og godkjenn det som står der no.",
                "The list has changed since you opened it. Look at it again, and approve what stands there now.",
            ),
            Self::HarAvvik => (
                "har-avvik",
                "Listen har feil som må rettes først. Rett dem i skolesystemet, eller hold elevene tilbake med en grunn.",
                "Lista har feil som må rettast først. Rett dei i skulesystemet, eller hald elevane tilbake med ein grunn.",
                "The list has errors that must be corrected first. Correct them in the school system, or hold the pupils back with a reason.",
            ),
            Self::Sendes => (
                "sendes",
                "Listen er på vei til VIGO. Vent til svaret har kommet.",
                "Lista er på veg til VIGO. Vent til svaret har kome.",
                "The list is on its way to VIGO. Wait until the answer has come.",
            ),
            Self::Uavklart => (
                "uavklart",
                "Ingen vet om listen kom fram sist. Finn ut hva VIGO har, og skriv det inn, før du gjør noe mer.",
                "Ingen veit om lista kom fram sist. Finn ut kva VIGO har, og skriv det inn, før du gjer noko meir.",
                "Nobody knows whether the list arrived last time. Find out what VIGO has, and enter it, before you do anything else.",
            ),
            Self::AlleredeMottatt => (
                "allerede-mottatt",
                "VIGO har godtatt listen, og det er ingenting mer å godkjenne. Senere endringer meldes til inntakskontoret.",
                "VIGO har godteke lista, og det er ingenting meir å godkjenne. Seinare endringar blir melde til inntakskontoret.",
                "VIGO has accepted the list, and there is nothing more to approve. Later changes are reported to the intake office.",
            ),
            Self::RundenErOver => (
                "runden-er-over",
                "Innsamlingen er stengt. Ta kontakt med inntakskontoret: fylket kan forlenge fristen eller ta imot elevene for hånd.",
                "Innsamlinga er stengd. Ta kontakt med inntakskontoret: fylket kan forlengje fristen eller ta imot elevane for hand.",
                "The collection is closed. Contact the intake office: the county can extend the deadline or take the pupils by hand.",
            ),
            Self::SkolenGodkjenner => (
                "skolen-godkjenner",
                "I denne innsamlingen er det skolen eller kommunen som godkjenner. Be noen der om å gjøre det.",
                "I denne innsamlinga er det skulen eller kommunen som godkjenner. Be nokon der om å gjere det.",
                "In this collection the school or the municipality approves. Ask somebody there to do it.",
            ),
            Self::KommunenGodkjenner => (
                "kommunen-godkjenner",
                "I denne innsamlingen er det kommunen som godkjenner. Be noen i kommunen om å gjøre det.",
                "I denne innsamlinga er det kommunen som godkjenner. Be nokon i kommunen om å gjere det.",
                "In this collection the municipality approves. Ask somebody there to do it.",
            ),
            Self::IkkeGodkjent => (
                "ikke-godkjent",
                "Det finnes ingen godkjenning som ikke alt er brukt. Godkjenn listen først, eller la den stå.",
                "Det finst inga godkjenning som ikkje alt er brukt. Godkjenn lista først, eller lat ho stå.",
                "There is no approval that has not been used already. Approve the list first, or leave it as it is.",
            ),
            Self::BareMennesker => (
                "bare-mennesker",
                "Dette kan bare et menneske gjøre nå. Åpne listen, se hva som har skjedd, og bestem hva som skal gjøres.",
                "Dette kan berre eit menneske gjere no. Opne lista, sjå kva som har skjedd, og bestem kva som skal gjerast.",
                "Only a person can do this now. Open the list, see what has happened, and decide what to do.",
            ),
            Self::BareMaskinen => (
                "bare-maskinen",
                "Dette skriver bare programmet selv. Vet du hva som ble av en sending, skriver du det inn som en avklaring.",
                "Dette skriv berre programmet sjølv. Veit du kva som vart av ei sending, skriv du det inn som ei avklaring.",
                "Only the program itself writes this. If you know what became of a delivery, enter that as a clarification.",
            ),
            Self::UkjentElev => (
                "ukjent-elev",
                "Eleven står ikke på listen nå. Åpne listen på nytt, og velg eleven der.",
                "Eleven står ikkje på lista no. Opne lista på nytt, og vel eleven der.",
                "The pupil is not on the list now. Open the list again, and choose the pupil there.",
            ),
            Self::IkkeTattUt => (
                "ikke-tatt-ut",
                "Eleven er verken holdt tilbake eller tatt ut for å meldes for hånd. Du trenger ikke gjøre noe.",
                "Eleven er verken halden tilbake eller teken ut for å meldast for hand. Du treng ikkje gjere noko.",
                "The pupil is neither held back nor to be reported by hand. You need not do anything.",
            ),
            Self::TomGrunn => (
                "tom-grunn",
                "Det mangler en grunn. Skriv med noen få ord hvorfor.",
                "Det manglar ein grunn. Skriv med nokre få ord kvifor.",
                "A reason is missing. Write in a few words why.",
            ),
            Self::LangGrunn => (
                "lang-grunn",
                "Grunnen er lengre enn 500 tegn. Skriv den kortere.",
                "Grunnen er lengre enn 500 teikn. Skriv han kortare.",
                "The reason is longer than 500 characters. Make it shorter.",
            ),
            Self::NummerIGrunn => (
                "nummer-i-grunn",
                "Grunnen ser ut til å inneholde et fødselsnummer. Ta det bort: grunnen lagres for alltid, og eleven er alt valgt.",
                "Grunnen ser ut til å innehalde eit fødselsnummer. Ta det bort: grunnen blir lagra for alltid, og eleven er alt vald.",
                "The reason seems to hold an identity number. Take it out: the reason is kept for good, and the pupil is chosen already.",
            ),
            Self::FiktivtRolle => (
                "fiktivt-rolle",
                "Bare skolen, kommunen eller inntakskontoret kan føre inn et fiktivt nummer. Be en av dem om å gjøre det.",
                "Berre skulen, kommunen eller inntakskontoret kan føre inn eit fiktivt nummer. Be ein av dei om å gjere det.",
                "Only the school, the municipality or the intake office can enter a temporary number. Ask one of them to do it.",
            ),
            Self::IkkeFiktivt => (
                "ikke-fiktivt",
                "Dette er ikke et fiktivt nummer slik inntakskontorene lager dem. Kontroller det mot brevet fra inntakskontoret.",
                "Dette er ikkje eit fiktivt nummer slik inntakskontora lagar dei. Kontroller det mot brevet frå inntakskontoret.",
                "This is not a temporary number as intake offices issue them. Check it against the letter from the intake office.",
            ),
            Self::HarNummer => (
                "har-nummer",
                "Skolesystemet har et nummer på eleven som VIGO godtar. Er det feil, må det rettes i skolesystemet.",
                "Skulesystemet har eit nummer på eleven som VIGO godtek. Er det feil, må det rettast i skulesystemet.",
                "The school system has a number for the pupil that VIGO accepts. If it is wrong, it must be corrected in the school system.",
            ),
            Self::FiktivtBrukt => (
                "fiktivt-brukt",
                "En annen elev på listen har dette nummeret. Kontroller det mot brevet fra inntakskontoret.",
                "Ein annan elev på lista har dette nummeret. Kontroller det mot brevet frå inntakskontoret.",
                "Another pupil on the list has this number. Check it against the letter from the intake office.",
            ),
            Self::UtenFiktivt => (
                "uten-fiktivt",
                "Det er ikke ført inn noe fiktivt nummer på eleven. Du trenger ikke gjøre noe.",
                "Det er ikkje ført inn noko fiktivt nummer på eleven. Du treng ikkje gjere noko.",
                "No temporary number has been entered for the pupil. You need not do anything.",
            ),
            Self::IngentingUavklart => (
                "ingenting-uavklart",
                "Vi vet hva som ble av alle sendingene av denne listen. Det er ingenting å avklare.",
                "Vi veit kva som vart av alle sendingane av denne lista. Det er ingenting å avklare.",
                "We know what became of every delivery of this list. There is nothing to clear up.",
            ),
            Self::AnnetForsok => (
                "annet-forsok",
                "Det er en annen sending som skal avklares. Åpne listen på nytt, og avklar den som står der.",
                "Det er ei anna sending som skal avklarast. Opne lista på nytt, og avklar den som står der.",
                "It is another delivery that must be cleared up. Open the list again, and clear up the one that stands there.",
            ),
            Self::Kvitteringsnummer => (
                "kvitteringsnummer",
                "Dette kan ikke være et kvitteringsnummer fra VIGO. Skriv bare nummeret, uten mellomrom, eller la feltet stå tomt.",
                "Dette kan ikkje vere eit kvitteringsnummer frå VIGO. Skriv berre nummeret, utan mellomrom, eller lat feltet stå tomt.",
                "This cannot be a receipt number from VIGO. Write only the number, without spaces, or leave the field empty.",
            ),
            Self::UkjentEttermelding => (
                "ukjent-ettermelding",
                "Denne endringen står ikke på listen lenger; den kan være endret igjen. Åpne listen på nytt, og ta den som står der.",
                "Denne endringa står ikkje på lista lenger; ho kan vere endra igjen. Opne lista på nytt, og ta den som står der.",
                "This change is not on the list any more; it may have changed again. Open the list again, and take the one that stands there.",
            ),
            Self::AlleredeMeldt => (
                "allerede-meldt",
                "Endringen er allerede meldt til inntakskontoret. Skriv inn svaret når det kommer.",
                "Endringa er alt meld til inntakskontoret. Skriv inn svaret når det kjem.",
                "The change is reported to the intake office already. Enter the answer when it comes.",
            ),
            Self::IkkeMeldt => (
                "ikke-meldt",
                "Endringen venter ikke på svar fra inntakskontoret. Meld den først, og skriv inn svaret når det kommer.",
                "Endringa ventar ikkje på svar frå inntakskontoret. Meld ho først, og skriv inn svaret når det kjem.",
                "The change is not waiting for an answer from the intake office. Report it first, and enter the answer when it comes.",
            ),
        }
    }
}

//! Rules about the school: they concern the list as a whole.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-020",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst {
            nb: "VIGO kjenner ikke skolen",
            nn: "VIGO kjenner ikkje skulen",
            en: "VIGO does not know the school",
        },
        hva: Tekst {
            nb: "VIGO har ingen skole med skolens organisasjonsnummer.",
            nn: "VIGO har ingen skule med organisasjonsnummeret til skulen.",
            en: "VIGO has no school with the school's organisation number.",
        },
        rett: Tekst {
            nb: "Kontroller først organisasjonsnummeret i skolesystemet. Er det riktig, legger fylket skolen inn i VIGO.",
            nn: "Kontroller først organisasjonsnummeret i skulesystemet. Er det rett, legg fylket skulen inn i VIGO.",
            en: "First check the organisation number in the school system. If it is right, the county enters the school in VIGO.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før skolen har et nummer i VIGO.",
            nn: "Lista kan ikkje sendast før skulen har eit nummer i VIGO.",
            en: "The list cannot be sent until the school has a number in VIGO.",
        },
    },
    Regel {
        id: "EL-021",
        niva: Niva::Feil,
        eier: Eier::Kommune,
        felt: Some("organisasjonsnummer"),
        tittel: Tekst {
            nb: "Skolen mangler organisasjonsnummer",
            nn: "Skulen manglar organisasjonsnummer",
            en: "The school has no organisation number",
        },
        hva: Tekst {
            nb: "Skolesystemet oppgir ikke noe gyldig organisasjonsnummer for skolen.",
            nn: "Skulesystemet oppgjev ikkje noko gyldig organisasjonsnummer for skulen.",
            en: "The school system gives no valid organisation number for the school.",
        },
        rett: Tekst {
            nb: "Legg inn skolens organisasjonsnummer i skolesystemet: ni sifre, som i Enhetsregisteret.",
            nn: "Legg inn organisasjonsnummeret til skulen i skulesystemet: ni siffer, som i Einingsregisteret.",
            en: "Enter the school's organisation number in the school system: nine digits, as in the Central Coordinating Register (Enhetsregisteret).",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før skolen har et organisasjonsnummer.",
            nn: "Lista kan ikkje sendast før skulen har eit organisasjonsnummer.",
            en: "The list cannot be sent until the school has an organisation number.",
        },
    },
    Regel {
        id: "EL-022",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst {
            nb: "VIGO har ingen grunnskole med nummeret",
            nn: "VIGO har ingen grunnskule med nummeret",
            en: "VIGO has no lower secondary school with the number",
        },
        hva: Tekst {
            nb: "VIGO har organisasjonsnummeret, men ikke på en grunnskole.",
            nn: "VIGO har organisasjonsnummeret, men ikkje på ein grunnskule.",
            en: "VIGO has the organisation number, but not on a primary or lower secondary school.",
        },
        rett: Tekst {
            nb: "Kontroller at skolesystemet har skolens eget organisasjonsnummer, ikke eierens. Er det riktig, retter fylket det i VIGO.",
            nn: "Kontroller at skulesystemet har det eigne organisasjonsnummeret til skulen, ikkje nummeret til eigaren. Er det rett, rettar fylket det i VIGO.",
            en: "Check that the school system has the school's own organisation number and not its owner's. If it is right, the county corrects it in VIGO.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før VIGO har en grunnskole med organisasjonsnummeret.",
            nn: "Lista kan ikkje sendast før VIGO har ein grunnskule med organisasjonsnummeret.",
            en: "The list cannot be sent until VIGO has a primary or lower secondary school with the organisation number.",
        },
    },
    Regel {
        id: "EL-023",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst {
            nb: "VIGO har flere grunnskoler med nummeret",
            nn: "VIGO har fleire grunnskular med nummeret",
            en: "VIGO has several schools with the number",
        },
        hva: Tekst {
            nb: "Flere grunnskoler i VIGO har skolens organisasjonsnummer, og vi gjetter ikke mellom dem.",
            nn: "Fleire grunnskular i VIGO har organisasjonsnummeret til skulen, og vi gissar ikkje mellom dei.",
            en: "Several schools in VIGO have the school's organisation number, and we do not guess between them.",
        },
        rett: Tekst {
            nb: "Fylket sier hvilket skolenummer som gjelder. Legg det inn i skolesystemet, eller be den som drifter Mellomlag om å føre det inn.",
            nn: "Fylket seier kva skulenummer som gjeld. Legg det inn i skulesystemet, eller be den som driftar Mellomlag om å føre det inn.",
            en: "The county says which school number applies. Enter it in the school system, or ask those who run Mellomlag to set it.",
        },
        videre: Tekst {
            nb: "Listen kan sendes når noen har svart.",
            nn: "Lista kan sendast når nokon har svart.",
            en: "The list can be sent when somebody has answered.",
        },
    },
    Regel {
        id: "EL-024",
        niva: Niva::Feil,
        eier: Eier::Leverandor,
        felt: Some("skolenr"),
        tittel: Tekst {
            nb: "Det valgte skolenummeret finnes ikke",
            nn: "Det valde skulenummeret finst ikkje",
            en: "The chosen school number does not exist",
        },
        hva: Tekst {
            nb: "I oppsettet står det et skolenummer som ikke er en av grunnskolene med dette organisasjonsnummeret i VIGO.",
            nn: "I oppsettet står det eit skulenummer som ikkje er ein av grunnskulane med dette organisasjonsnummeret i VIGO.",
            en: "The settings name a school number that is not one of the schools with this organisation number in VIGO.",
        },
        rett: Tekst {
            nb: "I skolesystemet er det ingenting å rette. Den som drifter Mellomlag, retter skolenummeret i oppsettet eller fjerner det.",
            nn: "I skulesystemet er det ingenting å rette. Den som driftar Mellomlag, rettar skulenummeret i oppsettet eller fjernar det.",
            en: "There is nothing to correct in the school system. Those who run Mellomlag correct the school number in the settings, or remove it.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før oppsettet er rettet.",
            nn: "Lista kan ikkje sendast før oppsettet er retta.",
            en: "The list cannot be sent until the settings are corrected.",
        },
    },
    Regel {
        id: "EL-025",
        niva: Niva::Advarsel,
        eier: Eier::Kommune,
        felt: Some("skolenr"),
        tittel: Tekst {
            nb: "Skolesystemet har et annet skolenummer",
            nn: "Skulesystemet har eit anna skulenummer",
            en: "The school system has another school number",
        },
        hva: Tekst {
            nb: "Skolesystemet og VIGO har ulikt nummer på skolen. Skolene fikk nye numre da fylkene ble delt i 2024.",
            nn: "Skulesystemet og VIGO har ulikt nummer på skulen. Skulane fekk nye nummer då fylka vart delte i 2024.",
            en: "The school system and VIGO have different numbers for the school. Schools got new numbers when the counties were divided in 2024.",
        },
        rett: Tekst {
            nb: "Rett skolenummeret i skolesystemet til det som VIGO har.",
            nn: "Rett skulenummeret i skulesystemet til det som VIGO har.",
            en: "In the school system, change the school number to the one that VIGO has.",
        },
        videre: Tekst {
            nb: "Listen kan sendes, og den sendes med nummeret fra VIGO.",
            nn: "Lista kan sendast, og ho blir send med nummeret frå VIGO.",
            en: "The list can be sent, and is sent with the number from VIGO.",
        },
    },
    Regel {
        id: "EL-026",
        niva: Niva::Feil,
        eier: Eier::Leverandor,
        felt: Some("skolenr"),
        tittel: Tekst {
            nb: "Ingen mottaker for skolens fylke",
            nn: "Ingen mottakar for fylket til skulen",
            en: "No receiver for the school's county",
        },
        hva: Tekst {
            nb: "Skolen hører til et fylke som det ikke er satt opp noen mottaker for.",
            nn: "Skulen høyrer til eit fylke som det ikkje er sett opp nokon mottakar for.",
            en: "The school belongs to a county that no receiver has been set up for.",
        },
        rett: Tekst {
            nb: "Kontroller skolens organisasjonsnummer i skolesystemet. Er fylket riktig, legger den som drifter Mellomlag til fylket hos en mottaker.",
            nn: "Kontroller organisasjonsnummeret til skulen i skulesystemet. Er fylket rett, legg den som driftar Mellomlag til fylket hos ein mottakar.",
            en: "Check the school's organisation number in the school system. If the county is right, those who run Mellomlag set up a receiver for it.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før fylket har en mottaker.",
            nn: "Lista kan ikkje sendast før fylket har ein mottakar.",
            en: "The list cannot be sent until the county has a receiver.",
        },
    },
    Regel {
        id: "EL-027",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst {
            nb: "Skolenummeret er ikke en bestemt skole",
            nn: "Skulenummeret er ikkje ein bestemd skule",
            en: "The school number is not one particular school",
        },
        hva: Tekst {
            nb: "Skolenummeret er et samlenummer i VIGO, for ikke oppgitt skole og hjemmeundervisning.",
            nn: "Skulenummeret er eit samlenummer i VIGO, for ikkje oppgitt skule og heimeundervisning.",
            en: "The school number is one that VIGO uses for unspecified schools and for home schooling.",
        },
        rett: Tekst {
            nb: "Legg inn skolens eget nummer i skolesystemet. Elever med hjemmeundervisning melder kommunen selv til inntakskontoret.",
            nn: "Legg inn det eigne nummeret til skulen i skulesystemet. Elevar med heimeundervisning melder kommunen sjølv til inntakskontoret.",
            en: "Enter the school's own number in the school system. Pupils who are taught at home are reported to the intake office by the municipality itself.",
        },
        videre: Tekst {
            nb: "Ingen liste blir sendt for et samlenummer.",
            nn: "Inga liste blir send for eit samlenummer.",
            en: "No list is sent for a number that many share.",
        },
    },
];

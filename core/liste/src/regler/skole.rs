//! Rules about the school: they concern the list as a whole.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-020",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst { nb: "VIGO kjenner ikke skolen", nn: "VIGO kjenner ikkje skulen" },
        hva: Tekst {
            nb: "Skolens organisasjonsnummer finnes ikke i VIGOs kodeverk.",
            nn: "Organisasjonsnummeret til skulen finst ikkje i kodeverket til VIGO.",
        },
        rett: Tekst {
            nb: "Kontroller først organisasjonsnummeret i skolesystemet. Er det riktig, legger fylket skolen inn i VIGOs kodeverk.",
            nn: "Kontroller først organisasjonsnummeret i skulesystemet. Er det rett, legg fylket skulen inn i kodeverket til VIGO.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før skolen har et nummer i VIGO.",
            nn: "Lista kan ikkje sendast før skulen har eit nummer i VIGO.",
        },
    },
    Regel {
        id: "EL-021",
        niva: Niva::Feil,
        eier: Eier::Kommune,
        felt: Some("organisasjonsnummer"),
        tittel: Tekst { nb: "Skolen mangler organisasjonsnummer", nn: "Skulen manglar organisasjonsnummer" },
        hva: Tekst {
            nb: "Skolesystemet oppgir ikke noe gyldig organisasjonsnummer for skolen.",
            nn: "Skulesystemet oppgjev ikkje noko gyldig organisasjonsnummer for skulen.",
        },
        rett: Tekst {
            nb: "Legg inn skolens organisasjonsnummer i skolesystemet: ni sifre, som i Enhetsregisteret.",
            nn: "Legg inn organisasjonsnummeret til skulen i skulesystemet: ni siffer, som i Einingsregisteret.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før skolen har et organisasjonsnummer.",
            nn: "Lista kan ikkje sendast før skulen har eit organisasjonsnummer.",
        },
    },
    Regel {
        id: "EL-022",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst { nb: "VIGO har ingen grunnskole med nummeret", nn: "VIGO har ingen grunnskule med nummeret" },
        hva: Tekst {
            nb: "Organisasjonsnummeret finnes i VIGOs kodeverk, men ikke på en grunnskole. Det som finnes der, er oppgitt.",
            nn: "Organisasjonsnummeret finst i kodeverket til VIGO, men ikkje på ein grunnskule. Det som finst der, er oppgjeve.",
        },
        rett: Tekst {
            nb: "Kontroller at skolesystemet har skolens eget organisasjonsnummer, ikke eierens. Er det riktig, retter fylket kodeverket.",
            nn: "Kontroller at skulesystemet har det eigne organisasjonsnummeret til skulen, ikkje nummeret til eigaren. Er det rett, rettar fylket kodeverket.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før VIGO har en grunnskole med organisasjonsnummeret.",
            nn: "Lista kan ikkje sendast før VIGO har ein grunnskule med organisasjonsnummeret.",
        },
    },
    Regel {
        id: "EL-023",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst { nb: "VIGO har flere grunnskoler med nummeret", nn: "VIGO har fleire grunnskular med nummeret" },
        hva: Tekst {
            nb: "Flere grunnskoler i VIGOs kodeverk har skolens organisasjonsnummer. Skolenumrene er oppgitt, og vi gjetter ikke mellom dem.",
            nn: "Fleire grunnskular i kodeverket til VIGO har organisasjonsnummeret til skulen. Skulenumra er oppgjevne, og vi gissar ikkje mellom dei.",
        },
        rett: Tekst {
            nb: "Fylket sier hvilket skolenummer som gjelder. Legg det inn i skolesystemet, eller be den som drifter Mellomlag om å sette det under [[skole]].",
            nn: "Fylket seier kva skulenummer som gjeld. Legg det inn i skulesystemet, eller be den som driftar Mellomlag om å setje det under [[skole]].",
        },
        videre: Tekst { nb: "Listen kan sendes når noen har svart.", nn: "Lista kan sendast når nokon har svart." },
    },
    Regel {
        id: "EL-024",
        niva: Niva::Feil,
        eier: Eier::Leverandor,
        felt: Some("skolenr"),
        tittel: Tekst { nb: "Det valgte skolenummeret finnes ikke", nn: "Det valde skulenummeret finst ikkje" },
        hva: Tekst {
            nb: "I oppsettet står det et skolenummer som ikke er en av grunnskolene med dette organisasjonsnummeret i VIGOs kodeverk. Det er oppgitt.",
            nn: "I oppsettet står det eit skulenummer som ikkje er ein av grunnskulane med dette organisasjonsnummeret i kodeverket til VIGO. Det er oppgjeve.",
        },
        rett: Tekst {
            nb: "I skolesystemet er det ingenting å rette. Den som drifter Mellomlag, retter skolenr under [[skole]] eller fjerner det.",
            nn: "I skulesystemet er det ingenting å rette. Den som driftar Mellomlag, rettar skolenr under [[skole]] eller fjernar det.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før oppsettet er rettet.",
            nn: "Lista kan ikkje sendast før oppsettet er retta.",
        },
    },
    Regel {
        id: "EL-025",
        niva: Niva::Advarsel,
        eier: Eier::Kommune,
        felt: Some("skolenr"),
        tittel: Tekst { nb: "Skolesystemet har et annet skolenummer", nn: "Skulesystemet har eit anna skulenummer" },
        hva: Tekst {
            nb: "Skolesystemet og VIGOs kodeverk har ulikt skolenummer for skolen. Skolesystemets står først. Skolene fikk nye numre da fylkene ble delt i 2024.",
            nn: "Skulesystemet og kodeverket til VIGO har ulikt skulenummer for skulen. Det frå skulesystemet står først. Skulane fekk nye nummer då fylka blei delte i 2024.",
        },
        rett: Tekst {
            nb: "Rett skolenummeret i skolesystemet til det som VIGO har.",
            nn: "Rett skulenummeret i skulesystemet til det som VIGO har.",
        },
        videre: Tekst {
            nb: "Listen kan sendes, og den sendes med nummeret fra VIGO.",
            nn: "Lista kan sendast, og ho blir send med nummeret frå VIGO.",
        },
    },
    Regel {
        id: "EL-026",
        niva: Niva::Feil,
        eier: Eier::Leverandor,
        felt: Some("skolenr"),
        tittel: Tekst { nb: "Ingen mottaker for skolens fylke", nn: "Ingen mottakar for fylket til skulen" },
        hva: Tekst {
            nb: "Skolen hører til et fylke som det ikke er satt opp noen mottaker for. Fylkesnummeret er oppgitt.",
            nn: "Skulen høyrer til eit fylke som det ikkje er sett opp nokon mottakar for. Fylkesnummeret er oppgjeve.",
        },
        rett: Tekst {
            nb: "Kontroller skolens organisasjonsnummer i skolesystemet. Er fylket riktig, legger den som drifter Mellomlag til fylket hos en mottaker.",
            nn: "Kontroller organisasjonsnummeret til skulen i skulesystemet. Er fylket rett, legg den som driftar Mellomlag til fylket hos ein mottakar.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før fylket har en mottaker.",
            nn: "Lista kan ikkje sendast før fylket har ein mottakar.",
        },
    },
    Regel {
        id: "EL-027",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: Some("skolenr"),
        tittel: Tekst { nb: "Skolenummeret er ikke en bestemt skole", nn: "Skulenummeret er ikkje ein bestemd skule" },
        hva: Tekst {
            nb: "Skolenummeret er et samlenummer i VIGO, for uspesifiserte skoler og hjemmeundervisning.",
            nn: "Skulenummeret er eit samlenummer i VIGO, for uspesifiserte skular og heimeundervisning.",
        },
        rett: Tekst {
            nb: "Legg inn skolens eget nummer i skolesystemet. Elever med hjemmeundervisning melder kommunen selv til inntakskontoret.",
            nn: "Legg inn det eigne nummeret til skulen i skulesystemet. Elevar med heimeundervisning melder kommunen sjølv til inntakskontoret.",
        },
        videre: Tekst {
            nb: "Ingen liste blir sendt for et samlenummer.",
            nn: "Inga liste blir send for eit samlenummer.",
        },
    },
];

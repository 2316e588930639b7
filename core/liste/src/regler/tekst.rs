//! Rules about the texts of one pupil: the class, and the name. No text holds what it is about.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-018",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Klassen finnes ikke ved skolen",
            nn: "Klassen finst ikkje ved skulen",
            en: "The class does not exist at the school",
        },
        hva: Tekst {
            nb: "Eleven er med i en klasse som ikke finnes i skolesystemet, eller som hører til en annen skole.",
            nn: "Eleven er med i ein klasse som ikkje finst i skulesystemet, eller som høyrer til ein annan skule.",
            en: "The pupil belongs to a class that the school system does not have, or that belongs to another school.",
        },
        rett: Tekst {
            nb: "Flytt eleven til den riktige klassen ved skolen i skolesystemet, og avslutt medlemskapet i den andre.",
            nn: "Flytt eleven til den rette klassen ved skulen i skulesystemet, og avslutt medlemskapen i den andre.",
            en: "In the school system, move the pupil to the right class at the school, and end the membership of the other one.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven er i en klasse ved skolen.",
            nn: "Lista kan ikkje sendast før eleven er i ein klasse ved skulen.",
            en: "The list cannot be sent until the pupil belongs to a class at the school.",
        },
    },
    Regel {
        id: "EL-040",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Klassenavnet er for langt",
            nn: "Klassenamnet er for langt",
            en: "The class name is too long",
        },
        hva: Tekst {
            nb: "Klassen har et lengre navn enn VIGO har plass til.",
            nn: "Klassen har eit lengre namn enn VIGO har plass til.",
            en: "The name of the class is longer than VIGO has room for.",
        },
        rett: Tekst {
            nb: "Gi klassen et kort navn i skolesystemet, for eksempel 10A.",
            nn: "Gi klassen eit kort namn i skulesystemet, til dømes 10A.",
            en: "Give the class a short name in the school system, for example 10A.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før navnet er kortet ned. Vi kutter det ikke selv, for da kan to klasser få samme navn.",
            nn: "Lista kan ikkje sendast før namnet er korta ned. Vi kuttar det ikkje sjølve, for då kan to klassar få same namn.",
            en: "The list cannot be sent until the name is shorter. We do not cut it ourselves, since two classes could then get the same name.",
        },
    },
    Regel {
        id: "EL-041",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Klassenavnet har usynlige tegn",
            nn: "Klassenamnet har usynlege teikn",
            en: "The class name has invisible characters",
        },
        hva: Tekst {
            nb: "I klassenavnet står det linjeskift eller andre tegn som ikke vises på skjermen, ofte etter liming fra et annet program.",
            nn: "I klassenamnet står det linjeskift eller andre teikn som ikkje blir viste på skjermen, ofte etter liming frå eit anna program.",
            en: "The name of the class holds line breaks or other characters that no screen shows, often pasted in from another program.",
        },
        rett: Tekst {
            nb: "Slett klassenavnet i skolesystemet og skriv det på nytt med tastaturet.",
            nn: "Slett klassenamnet i skulesystemet og skriv det på nytt med tastaturet.",
            en: "Delete the class name in the school system, and type it again on the keyboard.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før navnet er skrevet på nytt.",
            nn: "Lista kan ikkje sendast før namnet er skrive på nytt.",
            en: "The list cannot be sent until the name is typed again.",
        },
    },
    Regel {
        id: "EL-042",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Et fødselsnummer står som klassenavn",
            nn: "Eit fødselsnummer står som klassenamn",
            en: "An identity number stands as a class name",
        },
        hva: Tekst {
            nb: "Klassenavnet inneholder et fødselsnummer eller noe som ligner. Derfor viser vi ikke navnet, og det blir ikke sendt.",
            nn: "Klassenamnet inneheld eit fødselsnummer eller noko som liknar. Difor viser vi ikkje namnet, og det blir ikkje sendt.",
            en: "The name of the class holds an identity number or something like it. So we do not show the name, and it is not sent.",
        },
        rett: Tekst {
            nb: "Rett navnet på klassen i skolesystemet straks. Klassenavn vises for mange, så vurder om dette er et avvik som skal meldes.",
            nn: "Rett namnet på klassen i skulesystemet straks. Klassenamn blir viste for mange, så vurder om dette er eit avvik som skal meldast.",
            en: "Correct the name of the class in the school system at once. Many people see class names, so consider whether this is a breach that must be reported.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før klassen har et annet navn.",
            nn: "Lista kan ikkje sendast før klassen har eit anna namn.",
            en: "The list cannot be sent until the class has another name.",
        },
    },
    Regel {
        id: "EL-043",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst { nb: "Navnet er for langt", nn: "Namnet er for langt", en: "The name is too long" },
        hva: Tekst {
            nb: "For-, mellom- og etternavn er til sammen lengre enn VIGO har plass til.",
            nn: "For-, mellom- og etternamn er til saman lengre enn VIGO har plass til.",
            en: "Given, middle and family names together are longer than VIGO has room for.",
        },
        rett: Tekst {
            nb: "Kontroller navnet mot Folkeregisteret. Står det noe annet enn navnet i feltet, sletter dere det i skolesystemet.",
            nn: "Kontroller namnet mot Folkeregisteret. Står det noko anna enn namnet i feltet, slettar de det i skulesystemet.",
            en: "Check the name against the National Population Register. If anything but the name stands in the field, delete it in the school system.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før navnet er kortet ned, eller eleven skal meldes for hånd.",
            nn: "Lista kan ikkje sendast før namnet er korta ned, eller eleven skal meldast for hand.",
            en: "The list cannot be sent until the name is shorter, or the pupil is to be reported by hand.",
        },
    },
    Regel {
        id: "EL-044",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst {
            nb: "Navnet har usynlige tegn",
            nn: "Namnet har usynlege teikn",
            en: "The name has invisible characters",
        },
        hva: Tekst {
            nb: "I navnet står det linjeskift eller andre tegn som ikke vises på skjermen, ofte etter liming fra et annet program.",
            nn: "I namnet står det linjeskift eller andre teikn som ikkje blir viste på skjermen, ofte etter liming frå eit anna program.",
            en: "The name holds line breaks or other characters that no screen shows, often pasted in from another program.",
        },
        rett: Tekst {
            nb: "Slett navnet i skolesystemet og skriv det på nytt med tastaturet, eller hent det på nytt fra Folkeregisteret.",
            nn: "Slett namnet i skulesystemet og skriv det på nytt med tastaturet, eller hent det på nytt frå Folkeregisteret.",
            en: "Delete the name in the school system and type it again on the keyboard, or fetch it again from the National Population Register.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før navnet er rettet.",
            nn: "Lista kan ikkje sendast før namnet er retta.",
            en: "The list cannot be sent until the name is corrected.",
        },
    },
    Regel {
        id: "EL-045",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst {
            nb: "Et fødselsnummer står i navnet",
            nn: "Eit fødselsnummer står i namnet",
            en: "An identity number stands in the name",
        },
        hva: Tekst {
            nb: "I navnefeltene står det et fødselsnummer eller noe som ligner.",
            nn: "I namnefelta står det eit fødselsnummer eller noko som liknar.",
            en: "The fields for the name hold an identity number or something like it.",
        },
        rett: Tekst {
            nb: "Slett nummeret fra navnet i skolesystemet straks. Navn vises for mange, så vurder om dette er et avvik som skal meldes.",
            nn: "Slett nummeret frå namnet i skulesystemet straks. Namn blir viste for mange, så vurder om dette er eit avvik som skal meldast.",
            en: "Delete the number from the name in the school system at once. Many people see names, so consider whether this is a breach that must be reported.",
        },
        videre: Tekst {
            nb: "Ingenting om eleven blir sendt før nummeret er borte fra navnet.",
            nn: "Ingenting om eleven blir sendt før nummeret er borte frå namnet.",
            en: "Nothing about the pupil is sent until the number is gone from the name.",
        },
    },
    Regel {
        id: "EL-046",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst {
            nb: "Det står tall i navnet", nn: "Det står tal i namnet", en: "There are digits in the name"
        },
        hva: Tekst {
            nb: "I navnet står det sifre. Som regel er det en merknad som har havnet i feil felt.",
            nn: "I namnet står det siffer. Som regel er det ein merknad som har hamna i feil felt.",
            en: "There are digits in the name. Usually it is a note that ended up in the wrong field.",
        },
        rett: Tekst {
            nb: "Kontroller navnet i skolesystemet, og slett det som ikke hører til.",
            nn: "Kontroller namnet i skulesystemet, og slett det som ikkje høyrer til.",
            en: "Check the name in the school system, and delete what does not belong there.",
        },
        videre: Tekst {
            nb: "Listen kan sendes, og navnet sendes slik det står.",
            nn: "Lista kan sendast, og namnet blir sendt slik det står.",
            en: "The list can be sent, and the name is sent as it stands.",
        },
    },
];

//! Every remark that the report can make: a stable code, how serious it is, and texts for people.

use serde::{Serialize, Serializer};

/// How serious a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Niva {
    /// Something was not read, and must be corrected.
    Feil,
    /// Everything was read; look at it all the same.
    Advarsel,
}

macro_rules! koder {
    ($($navn:ident $kode:literal $niva:ident $omfang:ident $hva:literal $gjor:literal)*) => {
        /// A remark's stable code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kode {
            $(#[doc = $hva] $navn,)*
        }

        impl Kode {
            /// All codes.
            pub const ALLE: &[Self] = &[$(Self::$navn,)*];

            /// The code as text, the same for ever.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$navn => $kode,)* }
            }

            /// How serious it is.
            pub const fn niva(self) -> Niva {
                match self { $(Self::$navn => Niva::$niva,)* }
            }

            /// What is wrong, in bokmål.
            pub const fn tekst_nb(self) -> &'static str {
                match self { $(Self::$navn => $hva,)* }
            }

            /// What to do, in bokmål.
            pub const fn hva_gjore_nb(self) -> &'static str {
                match self { $(Self::$navn => $gjor,)* }
            }

            /// Whether it is said once for a file, however many of its rows have it.
            pub(crate) const fn per_fil(self) -> bool {
                match self { $(Self::$navn => matches!(Omfang::$omfang, Omfang::Fil),)* }
            }
        }
    };
}

enum Omfang {
    Fil,
    Rad,
}

impl Serialize for Kode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

koder! {
    // The package and its files.
    FilMangler "file-missing" Feil Fil
        "Manifestet sier at filen er med, men den ligger ikke i pakken."
        "Eksporter pakken på nytt, eller skriv absent for filen i manifest.csv."
    FilUventet "file-not-announced" Advarsel Fil
        "Filen ligger i pakken, men manifestet sier at den ikke er med. Den er ikke lest."
        "Skriv bulk eller delta for filen i manifest.csv hvis den skal leses."
    UkjentFil "unknown-file" Advarsel Fil
        "Pakken inneholder en fil som ikke leses her."
        "Ingenting, hvis filen skal være der. Ellers: lag pakken uten den."
    IMappe "file-in-folder" Advarsel Fil
        "Filen ligger i en mappe i zip-filen. Den er lest likevel."
        "Pakk filene selv, ikke mappen de ligger i."
    Filnavn "file-name-spelling" Advarsel Fil
        "Filnavnet er skrevet med andre store og små bokstaver enn standarden sier. Filen er lest likevel."
        "Be leverandøren rette filnavnet."
    ModusBlank "blank-mode" Advarsel Fil
        "manifest.csv sier ikke om filen er bulk eller delta. Det er avgjort av om radene har status."
        "Skriv bulk eller delta for filen i manifest.csv."
    ModusUkjent "unknown-mode" Feil Fil
        "manifest.csv har et annet ord enn absent, bulk eller delta for filen. Filen er ikke lest."
        "Skriv bulk eller delta for filen i manifest.csv."
    Manifestversjon "manifest-version" Advarsel Fil
        "manifest.version er ikke 1.0."
        "Be leverandøren rette manifest.csv."
    VersjonMangler "missing-version" Advarsel Fil
        "manifest.csv sier ikke hvilken versjon av OneRoster pakken har. Det er avgjort av om roles.csv er med."
        "Skriv oneroster.version,1.1 eller oneroster.version,1.2 i manifest.csv."
    TomFil "empty-file" Feil Fil
        "Filen har ingen rader. Det leses aldri som at alt er slettet."
        "Kontroller utvalget i eksporten, og eksporter på nytt."
    IngenBeholdt "nothing-kept" Feil Fil
        "Filen har rader, men ingen av dem er noe som skal med, for eksempel elever eller klasser."
        "Kontroller utvalget i eksporten, roller og klassetype."
    KolonneMangler "missing-column" Feil Rad
        "En kolonne som må være med, mangler. Filen er ikke lest."
        "Ta med kolonnen i eksporten, og kontroller at navnet i første rad er skrevet som i standarden."
    KolonneDobbel "duplicate-column" Feil Rad
        "To kolonner har samme navn, og det er ikke mulig å vite hvilken som gjelder. Filen er ikke lest."
        "Fjern den ene kolonnen."
    UkjentKolonne "unknown-column" Advarsel Fil
        "Filen har kolonner som standarden ikke kjenner. De er ikke lest."
        "Ingenting, hvis kolonnene skal være der. Ellers: kontroller skrivemåten i første rad."
    Kolonnenavn "header-spelling" Advarsel Rad
        "Kolonnenavnet er skrevet på en annen måte enn standarden sier. Kolonnen er lest likevel."
        "Be leverandøren rette kolonnenavnet."
    IkkeUtf8 "not-utf-8" Advarsel Fil
        "Filen er ikke lagret som UTF-8. Den er lest som Windows-1252, så æ, ø og å skal være riktige."
        "Lagre som «CSV UTF-8», eller be leverandøren levere UTF-8."
    Utf16 "utf-16" Advarsel Fil
        "Filen er lagret som UTF-16 («Unicode-tekst»). Den er lest likevel."
        "Lagre som «CSV UTF-8»."
    Skilletegn "delimiter" Advarsel Fil
        "Kolonnene er skilt med et annet tegn enn komma. Filen er lest likevel."
        "Ingenting haster. Norsk Excel lagrer med semikolon; eksporter helst direkte fra fagsystemet."
    SepLinje "sep-line" Advarsel Fil
        "Filen begynner med linjen «sep=». Den er hoppet over, og radene telles fra overskriften."
        "Fjern linjen, eller eksporter direkte fra fagsystemet."
    RollerMangler "roles-missing" Feil Fil
        "OneRoster 1.2 har rollene i roles.csv, og den mangler. Uten den er det ikke mulig å vite hvem som er elev."
        "Ta med roles.csv i eksporten."
    RollerIkkeBulk "roles-not-bulk" Advarsel Fil
        "users.csv er bulk, men roles.csv er det ikke. Brukerne leses derfor som endringer, og ingen regnes som borte."
        "Eksporter begge filene som bulk."
    RollekolonneI12 "role-column-in-1.2" Advarsel Fil
        "users.csv har kolonnen role fra OneRoster 1.1, og roles.csv mangler. Kolonnen er brukt."
        "Skriv oneroster.version,1.1 i manifest.csv, eller ta med roles.csv."
    // Rows that cannot be read.
    ForFaFelt "too-few-fields" Feil Rad
        "Raden har færre felt enn overskriften, og det er ikke mulig å vite hvilke som mangler."
        "Åpne filen i et tekstprogram og sammenlign raden med dem rundt. Eksporter helst på nytt."
    ForMangeFelt "too-many-fields" Feil Rad
        "Raden har flere felt enn overskriften. Ofte er det et skilletegn inne i en tekst uten anførselstegn rundt."
        "Sett anførselstegn rundt teksten, eller eksporter på nytt."
    ApentSitat "unclosed-quote" Feil Rad
        "Raden har et anførselstegn som åpner en tekst og aldri lukker den."
        "Fjern anførselstegnet, eller skriv det to ganger inne i teksten."
    LinjeForLang "line-too-long" Feil Rad
        "Linjen er lengre enn det som leses."
        "Kontroller at filen har linjeskift, og eksporter på nytt."
    FeltForLangt "field-too-long" Feil Rad
        "Feltet er lengre enn det som leses."
        "Forkort innholdet i feltet."
    NulTegn "nul-byte" Feil Rad
        "Raden inneholder tegn som ikke er tekst (nulltegn)."
        "Eksporter filen på nytt, eller lagre den som «CSV UTF-8»."
    Formel "formula-cell" Feil Rad
        "Feltet begynner med «=» og er en formel, ikke en verdi."
        "Lim inn verdien i stedet for formelen, og lagre på nytt."
    ManglerId "missing-sourced-id" Feil Rad
        "Raden mangler sourcedId."
        "Eksporter på nytt. Nøkkelen kommer fra fagsystemet og skal ikke lages for hånd."
    ManglerRolle "missing-role" Feil Rad
        "Brukeren eller tilknytningen mangler rolle, så det er ikke mulig å vite om det er en elev."
        "Fyll ut rollen i fagsystemet."
    ManglerReferanse "missing-reference" Feil Rad
        "Raden mangler henvisningen til det den hører til."
        "Fyll ut koblingen i fagsystemet, og eksporter på nytt."
    ManglerTittel "missing-title" Feil Rad
        "Klassen har verken navn eller kode."
        "Gi klassen et navn i fagsystemet."
    ManglerType "missing-type" Feil Rad
        "Raden mangler type."
        "Fyll ut typen, for eksempel school eller schoolYear."
    ManglerGruppetype "missing-group-type" Feil Rad
        "Gruppen mangler metadata.groupType, så det er ikke mulig å vite om den er en klasse."
        "Ta med kolonnen i eksporten, eller velg et annet klassefilter."
    UkjentStatus "unknown-status" Feil Rad
        "Status er verken active, tobedeleted eller inactive."
        "Rett statusen i fagsystemet eller i eksporten."
    UlesbarDato "unreadable-date" Feil Rad
        "Datoen kan ikke leses."
        "Skriv datoen som 2026-08-01. Viser regnearket et tall, er kolonnen ikke formatert som dato."
    Konflikt "conflicting-duplicate" Feil Rad
        "Den samme nøkkelen (sourcedId) står på flere rader med ulikt innhold. Ingen av dem er brukt."
        "Finn ut hvilken rad som er riktig, og fjern de andre."
    UsikreRoller "roles-unreadable" Feil Rad
        "En av brukerens roller i roles.csv kan ikke leses. Brukeren er derfor ikke tatt med."
        "Rett raden i roles.csv."
    DeltaUtenRoller "delta-user-without-roles" Feil Rad
        "Brukeren er endret, men rollene er ikke med i pakken. Da er det ikke mulig å vite hvilken skole det gjelder."
        "Ta med brukerens rader i roles.csv, eller last opp en full pakke (bulk)."
    DeltaUtenBruker "delta-role-without-user" Feil Rad
        "En rolle er endret, men brukeren er ikke med i pakken."
        "Ta med brukeren i users.csv, eller last opp en full pakke (bulk)."
    // Rows that were read all the same.
    DuplikatRad "duplicate-row" Advarsel Rad
        "Raden står flere ganger med samme innhold."
        "Ingenting. Se gjerne hvorfor eksporten gjentar den."
    UkjentReferanse "unknown-reference" Advarsel Rad
        "Raden viser til noe som ikke er med i pakken."
        "Kontroller at eksporten har med alle skoler, klasser og elever."
    UkjentRolle "unknown-role" Advarsel Rad
        "Rollen er ikke kjent. Personen er ikke regnet som elev."
        "Kontroller rollen i fagsystemet. Elever skal ha student."
    StatusIBulk "status-in-bulk" Advarsel Fil
        "Filen er bulk og skal ikke ha status. Statusen er brukt likevel."
        "Be leverandøren la status stå tom i bulk-filer."
    ManglerStatus "missing-status" Advarsel Fil
        "Filen er delta, men har rader uten status. De er regnet som i bruk."
        "Be leverandøren fylle ut status i delta-filer."
    StatusInaktiv "status-inactive" Advarsel Fil
        "Status inactive hører til OneRoster 1.0. Den er lest som tobedeleted."
        "Be leverandøren bruke tobedeleted."
    Ordlyd "vocabulary-spelling" Advarsel Fil
        "Et fast ord er skrevet på en annen måte enn standarden sier. Det er forstått likevel."
        "Be leverandøren rette skrivemåten."
    Datoform "date-format" Advarsel Fil
        "Datoer er skrevet som 01.08.2026. De er lest som dag, måned, år."
        "Skriv helst 2026-08-01."
    DatoMedSkrastrek "date-with-slashes" Advarsel Rad
        "Datoen er skrevet med skråstrek og er lest som dag/måned/år."
        "Kontroller at dag og måned ikke er byttet om. Skriv helst 2026-08-01."
    DatoMedTid "datetime-for-date" Advarsel Fil
        "Et tidspunkt står der det skulle stått en dato. Dagen i Norge er brukt."
        "Be leverandøren levere bare datoen."
    UlesbartTidspunkt "unreadable-timestamp" Advarsel Fil
        "dateLastModified kan ikke leses. Det har ingen følger for innholdet."
        "Be leverandøren bruke formen 2026-08-01T12:00:00Z."
    TidUtenSone "timestamp-without-zone" Advarsel Fil
        "dateLastModified mangler tidssone og er lest som UTC."
        "Be leverandøren legge til Z eller tidssone."
    Nfd "decomposed-letters" Advarsel Fil
        "Bokstaver som å er lagret som to tegn. De er satt sammen til ett."
        "Be leverandøren levere tekst i formen NFC."
    FormelTekst "formula-text" Advarsel Fil
        "Verdier er skrevet som =\"…\" for å lure regnearket. Teksten inni er brukt."
        "Eksporter direkte fra fagsystemet, uten å gå veien om et regneark."
    TommeFelt "extra-empty-fields" Advarsel Fil
        "Rader har tomme felt etter den siste kolonnen. De er hoppet over."
        "Ingenting."
    TomRad "blank-row" Advarsel Fil
        "Filen har tomme rader. De er hoppet over."
        "Ingenting."
    Sitattegn "stray-quote" Advarsel Rad
        "Feltet har et anførselstegn på et uventet sted. Det er beholdt som en del av teksten."
        "Kontroller verdien."
    TapteNuller "lost-zeros" Advarsel Rad
        "Identitetsnummeret har ti sifre. Et regneark har trolig fjernet nullen foran."
        "Formater kolonnen som tekst før filen åpnes og lagres, eller eksporter direkte fra fagsystemet."
    Regnearktall "spreadsheet-number" Advarsel Rad
        "Et regneark har skrevet om identitetsnummeret til et avrundet tall, så sifrene er tapt."
        "Eksporter på nytt fra fagsystemet. Formater kolonnen som tekst hvis filen må innom et regneark."
    UgyldigNummer "invalid-identity-number" Advarsel Rad
        "Identitetsnummeret er ikke gyldig. Eleven er med, men stoppes før sending."
        "Rett nummeret i fagsystemet."
    ManglerNummer "missing-identity-number" Advarsel Rad
        "Eleven har ikke noe identitetsnummer. Eleven er med, men stoppes før sending."
        "Legg inn fødselsnummer eller D-nummer i fagsystemet, eller be inntakskontoret om et fiktivt nummer."
    UlikeNumre "identifiers-differ" Advarsel Rad
        "Raden har ulike identitetsnumre i ulike kolonner. Det første som er satt opp, er brukt."
        "Kontroller hvilket som er riktig, og rett i fagsystemet."
    SkolenummerNuller "school-number-lost-zeros" Advarsel Rad
        "Skolenummeret har færre enn fem sifre. Et regneark har trolig fjernet nuller foran."
        "Formater kolonnen som tekst, eller eksporter direkte fra fagsystemet."
    UgyldigOrgnr "invalid-organisation-number" Advarsel Rad
        "Skolens identifier er ikke et gyldig organisasjonsnummer."
        "Kontroller nummeret i Enhetsregisteret, og rett i fagsystemet."
    TrinnTomt "grades-empty" Advarsel Rad
        "Eleven mangler trinn. Klassens trinn brukes der det finnes."
        "Fyll ut trinn i fagsystemet."
    UtenSkole "pupil-without-org" Advarsel Rad
        "Eleven er ikke knyttet til en skole."
        "Knytt eleven til skolen i fagsystemet."
    ManglerNavn "missing-name" Advarsel Rad
        "Navnet mangler."
        "Fyll ut navnet i fagsystemet."
    ManglerKlassetype "missing-class-type" Advarsel Fil
        "Grupper mangler classType. De er regnet som klasser."
        "Fyll ut homeroom for klasser og scheduled for undervisningsgrupper."
    UlesbarTegn "unreadable-letters" Advarsel Fil
        "Filen har tegn som ikke kunne leses, og som er byttet ut med �."
        "Eksporter filen på nytt som UTF-8."
    // Keyed-in pupils.
    TastetFornavn "given-name-empty" Feil Rad
        "Fornavn mangler."
        "Skriv fornavnet."
    TastetEtternavn "family-name-empty" Feil Rad
        "Etternavn mangler."
        "Skriv etternavnet."
    TastetKlasse "class-empty" Feil Rad
        "Klasse mangler."
        "Skriv klassen, for eksempel 10A."
    TastetTrinn "grade-unknown" Feil Rad
        "Trinn er ikke et tall fra 1 til 10."
        "Skriv trinnet som et tall, for eksempel 10."
    TastetForLangt "text-too-long" Feil Rad
        "Teksten er for lang."
        "Skriv den kortere."
    TastetTegn "text-unprintable" Feil Rad
        "Teksten inneholder tegn som ikke vises, eller linjeskift."
        "Skriv teksten på nytt for hånd."
    TastetDobbel "id-used-twice" Feil Rad
        "To elever har samme id."
        "Fjern den ene."
    TastetOrgnr "organisation-number-invalid" Feil Rad
        "Organisasjonsnummeret er ikke gyldig."
        "Skriv de ni sifrene uten mellomrom, som i Enhetsregisteret."
    TastetNavn "school-name-empty" Feil Rad
        "Skolens navn mangler."
        "Skriv skolens navn."
    TastetSkolenummer "school-number-invalid" Feil Rad
        "Skolenummeret er ikke fem sifre."
        "Skriv alle fem sifrene, også nuller foran, for eksempel 03503."
}

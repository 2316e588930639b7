# Sidene for inntakskontoret i fylket.
fylke-oversikt-tittel = Hvem har levert
fylke-ingen-runder = Det er ikke laget noen innsamling for fylket ennå. Den første settes opp av dem som drifter Mellomlag.
fylke-runde-elevliste = Elever på 10. trinn { $skolear }, { $fylke }
fylke-runde-termin = Terminkarakterer { $skolear }, { $fylke }
fylke-runde-standpunkt = Standpunktkarakterer { $skolear }, { $fylke }
fylke-tilstand-venter = Åpner { $apner }. Frist { $frist }.
fylke-tilstand-apen = Åpen. Frist { $frist } ({ $igjen }).
fylke-tilstand-stengt = Stengt. Fristen var { $frist }.
fylke-frist = Frist { $frist } ({ $igjen }).
fylke-liste-vises-ikke = Mottatt { $nar }. Elevene på listen kan ikke vises her.
fylke-setning-ingen = Vi kjenner ingen skoler i denne innsamlingen ennå.
fylke-setning-alle = { $alle ->
    [one] Skolen har levert.
   *[other] Alle de { $alle } skolene har levert.
}
fylke-setning-levert = { $alle ->
    [one] { $levert } av 1 skole har levert.
   *[other] { $levert } av { $alle } skoler har levert.
}
fylke-setning-mangler = { $mangler ->
    [one] 1 mangler.
   *[other] { $mangler } mangler.
}
fylke-setning-ikke-begynt = { $mangler ->
    [one] 1 mangler og har ikke begynt.
   *[other] { $mangler } mangler, { $ikke } av dem har ikke begynt.
}
fylke-til-runden = Endre innsamlingen
fylke-se-runden = Se innsamlingen
fylke-last-ned-csv = Last ned som regneark (CSV)
fylke-velg-runde = Innsamling
fylke-vis = Vis
fylke-haster = { $antall ->
    [one] 1 skole trenger hjelp nå
   *[other] { $antall } skoler trenger hjelp nå
}
fylke-haster-hva = For disse vet vi ikke sikkert om listen kom fram, eller noe annet må undersøkes av en person. Ingen må sende listen på nytt før det er avklart.
fylke-brutt = Historikken til listen kan ikke leses slik den skal, så tallene er ikke til å stole på. Si fra til dem som drifter Mellomlag.
fylke-uavklart-vi = Vi vet ikke om listen kom fram, og undersøker det hos VIGO.
fylke-kurve-tittel = Skoler som har levert, dag for dag
fylke-kurve-tekst = { $levert } av { $alle } skoler har levert til nå. Fristen er { $frist }.
fylke-kurve-fjor = { $antall ->
    [one] I fjor hadde 1 skole levert da fristen gikk ut.
   *[other] I fjor hadde { $antall } skoler levert da fristen gikk ut.
}
fylke-kurve-frist = Frist { $dag }
fylke-kurve-tegn = Hel strek: skoler som har levert. Stiplet, loddrett strek: fristen.
fylke-kurve-tegn-fjor = Hel strek: i år. Prikket strek: i fjor, med samme avstand til fristen. Stiplet, loddrett strek: fristen.
fylke-kurve-som-tabell = Vis tallene som tabell
fylke-kurve-dag = Dag
fylke-kurve-nye = Nye skoler
fylke-kurve-til-na = Har levert i alt
fylke-kurve-i-fjor = I fjor
fylke-skoler-tittel = Skolene
fylke-utvalg = Hvilke skoler
fylke-utvalg-alle = Alle
fylke-utvalg-mangler = Har ikke levert
fylke-utvalg-ikke-begynt = Har ikke begynt
fylke-ikke-koblet = Ikke koblet til
fylke-utvalg-rettes = Må rette noe
fylke-utvalg-levert = Har levert
fylke-utvalg-endret = Endret etter levering
fylke-utvalg-uavklart = Ukjent om listen kom fram
fylke-kommune = Kommune
fylke-alle-kommuner = Alle kommuner
fylke-uten-kommune = Ukjent kommune
fylke-sorter = Rekkefølge
fylke-sorter-navn = Etter navn
fylke-sorter-mangler = Flest som mangler først
fylke-sorter-status = Etter status
fylke-viser = Viser { $antall } av { $av } skoler.
fylke-endret-etter = { $antall ->
    [one] 1 liste er endret etter at den ble levert.
   *[other] { $antall } lister er endret etter at de ble levert.
}
fylke-utenfor = { $antall ->
    [one] 1 skole har en liste, men er ikke med i innsamlingen.
   *[other] { $antall } skoler har lister, men er ikke med i innsamlingen.
}
fylke-kommune-levert = { $levert } av { $alle } har levert
fylke-kommune-mangler = { $antall ->
    [one] 1 mangler
   *[other] { $antall } mangler
}
fylke-skoler-i = Skoler i { $kommune }
fylke-skole = Skole
fylke-skole-ukjent = Skole nummer { $nr }, som vi ikke har noe fra
fylke-status = Status
fylke-levert = Levert
fylke-elever = Elever
fylke-rad-endret = Endret etter levering.
fylke-rad-rettes = { $antall ->
    [one] 1 elev må rettes.
   *[other] { $antall } elever må rettes.
}
fylke-csv-kommunenr = Kommunenummer
fylke-csv-kommune = Kommune
fylke-csv-skolenr = Skolenummer
fylke-csv-skole = Skole
fylke-csv-levert = Har levert
fylke-csv-status = Status
fylke-csv-forst = Først mottatt
fylke-csv-elever = Elever på listen
fylke-csv-mottatt = Elever mottatt
fylke-csv-rettes = Elever som må rettes
fylke-runder-tittel = Innsamlinger
fylke-runder-hva = En innsamling er perioden skolene kan sende listene sine i. Velg en for å åpne, forlenge eller stenge den.
fylke-se-skolene = Se skolene
fylke-runde-brutt = Historikken til innsamlingen kan ikke leses slik den skal. Den kan ikke endres før de som drifter Mellomlag har sett på den.
fylke-ikke-endret = Ingenting er endret
fylke-runde-sier = Dette gjelder
fylke-felt-apner = Åpner
fylke-felt-godkjenning = Hvem godkjenner listene
fylke-felt-skoler = Skoler som er med
fylke-felt-paminnelser = Påminnelser
fylke-felt-kontakt = Kontakt på inntakskontoret
fylke-felt-instruks = Instruks til skolene
fylke-felt-timer = Timer listen må ha vært uendret før den godkjennes automatisk
fylke-ingen-kontakt = Ingen er oppgitt
fylke-ingen-instruks = Det er ikke skrevet noen instruks til skolene.
fylke-rediger = Endre instruks, kontakt og regler
fylke-se-brev = Se brev og påminnelser slik de sendes
fylke-lag-neste = Lag neste års innsamling av denne
fylke-endre-tid = Åpne, forleng eller steng
fylke-apne = Åpne tidligere eller til et annet tidspunkt
fylke-apne-nar = Når skal den åpne? La feltet stå tomt for å åpne nå.
fylke-apne-na = Åpne
fylke-apne-igjen = Åpne igjen med ny frist
fylke-forleng = Forleng fristen
fylke-ny-frist = Siste minutt det kan leveres
fylke-forleng-na = Lagre ny frist
fylke-forkort = Sett tidligere frist
fylke-forkort-hva = Skolene får kortere tid enn de har fått beskjed om. Si fra til dem.
fylke-forkort-na = Lagre tidligere frist
fylke-til-steng = Steng innsamlingen nå
fylke-hvorfor = Hvorfor? Skriv uten navn og fødselsnummer. Begrunnelsen står i historikken.
fylke-historie = Hvem har endret hva, og hvorfor
fylke-fordi = Begrunnelse:
fylke-av-oppsett = Oppsettet til Mellomlag
fylke-av-regel = Automatisk regel
fylke-godkjenning-skole = Skolen eller kommunen
fylke-godkjenning-kommune = Bare kommunen
fylke-godkjenning-automatisk = { $timer ->
    [one] Automatisk, når listen er uten feil og har vært uendret i 1 time
   *[other] Automatisk, når listen er uten feil og har vært uendret i { $timer } timer
}
fylke-godkjenning-automatisk-valg = Automatisk, når listen er uten feil
fylke-godkjenning-ugyldig = Velg hvem som godkjenner listene.
fylke-timer-ugyldig = Skriv antall timer som et tall fra 0 til 720.
fylke-paminnelser-ingen = Ingen
fylke-paminnelse-dag = { $dager ->
    [0] siste dag
    [one] dagen før
   *[other] { $dager } dager før
}
fylke-paminnelser-hjelp = Antall dager før siste dag, for eksempel 14, 7, 2, 0. De som har levert, får ingen påminnelse. Tomt felt: ingen påminnelser.
fylke-paminnelser-ugyldig = Skriv påminnelsene som antall dager med komma mellom, for eksempel 14, 7, 2, 0.
fylke-skoler-alle = Alle grunnskoler i fylket
fylke-skoler-antall = { $antall ->
    [one] 1 skole
   *[other] { $antall } skoler
}
fylke-skoler-hjelp = Skolenumrene i VIGO, fem siffer hver, med mellomrom eller linjeskift mellom. Tomt felt: alle grunnskoler i fylket. De som ikke er koblet til, står som manglende, men får ingen brev.
fylke-instruks-hjelp = Skolene ser teksten på siden sin og får den i brevet. Skriv hvordan det skal gjøres og hva som er viktig. Fristen og kontakten kommer med av seg selv.
fylke-kontakt-navn = Navn på kontoret
fylke-kontakt-epost = E-post
fylke-kontakt-telefon = Telefon
fylke-endret-apner = Åpner { $til }
fylke-endret-frist = Frist { $til }
fylke-endret-frist-fra = Fristen ble flyttet fra { $fra } til { $til }
fylke-endret-instruks = Instruksen til skolene ble endret
fylke-endret-kontakt = Kontakt: { $kontakt }
fylke-endret-kontakt-ingen = Kontakten ble fjernet
fylke-endret-paminnelser = Påminnelser: { $dager }
fylke-endret-skoler = Skoler: { $skoler }
fylke-tid-ugyldig = Tidspunktet kan ikke leses. Skriv dag og klokkeslett, for eksempel 13.11.2026 23.59.
fylke-tid-finnes-ikke = Klokkeslettet finnes ikke den dagen, fordi klokka stilles fram da. Velg et annet.
fylke-steng-tittel = Steng innsamlingen nå
fylke-steng-mangler = { $antall ->
    [one] 1 skole har ikke levert
   *[other] { $antall } skoler har ikke levert
}
fylke-steng-uavklarte = { $antall ->
    [one] For 1 skole vet vi ikke om listen kom fram.
   *[other] For { $antall } skoler vet vi ikke om listen kom fram.
}
fylke-steng-hva = Når innsamlingen er stengt, kan ingen skole sende listen sin. Du kan åpne den igjen ved å sette en ny frist.
fylke-steng-bekreft = Ja, jeg vil stenge innsamlingen nå
fylke-steng-bekreft-uten = { $antall ->
    [one] Ja, jeg vil stenge selv om 1 skole mangler
   *[other] Ja, jeg vil stenge selv om { $antall } skoler mangler
}
fylke-steng-bekreft-mangler = Kryss av for at du vil stenge.
fylke-steng-flere = Flere skoler mangler nå enn da du så på siden. Se over listen igjen.
fylke-steng-na = Steng nå
fylke-rediger-tittel = Endre: { $runde }
fylke-rediger-lagre = Lagre endringene
fylke-ny-tittel = Ny innsamling: { $runde }
fylke-ny-hva = Alt er fylt ut slik det var i år, med datoene flyttet ett år fram. Se over før du lagrer.
fylke-ny-lagre = Lag innsamlingen
fylke-ny-finnes = Denne innsamlingen finnes fra før. Endre den i stedet.
fylke-brev-tittel = Brev og påminnelser
fylke-brev-hva = Slik ser brevene ut når de sendes til skolene, til kommunene og til dere. Skolene i dem er noen av dem som ikke har levert nå. Ingenting sendes ved å se på brevene.
fylke-brev-uten-epost = Det er ikke satt opp e-post her, så ingen brev eller påminnelser sendes. Skolene ser instruksen på siden sin.
fylke-brev-sprak = Språket i brevene
fylke-brev-instruks = Når innsamlingen åpner, og når frist, instruks eller kontakt endres etter det
fylke-brev-ikke-levert = Når fristen er ute
fylke-brev-til-skole = til skolen
fylke-brev-til-kommune = til kommunen
fylke-brev-til-fylke = til dere
fylke-brev-eksempel = Eksempel skole
fylke-brev-paminnelse = Påminnelse { $dag }
fylke-brev-emne = Emne:
fylke-etter-tittel = Ettermeldinger
fylke-etter-setning = { $antall ->
    [0] Ingen endringer venter på svar.
    [one] 1 endring venter på svar.
   *[other] { $antall } endringer venter på svar.
}
fylke-etter-hva = En ettermelding er en endring som kom etter at listen var endelig mottatt: en ny elev, en endret opplysning eller en elev som har sluttet. Skolen melder den til dere, og dere svarer her.
fylke-etter-meldte = Venter på svar fra dere
fylke-etter-umeldte = Skolene har ikke meldt dette ennå
fylke-etter-umeldte-hva = Disse endringene er sett i skolesystemet, men skolen har ikke meldt dem, eller har fått nei. Dere kan ikke svare på dem før de er meldt.
fylke-etter-antall = Endringer
fylke-skolear = Skoleår
fylke-etter-ikke-meldt = { $antall ->
    [one] Skolen har 1 endring som ikke er meldt.
   *[other] Skolen har { $antall } endringer som ikke er meldt.
}
fylke-se-listen = Se listen slik den ble mottatt
fylke-elev-uten-navn = Elev som vi ikke har navnet på lenger
fylke-etter-ny = Ny elev.
fylke-etter-endret = Endrede opplysninger.
fylke-etter-borte = Eleven er ikke lenger ved skolen.
fylke-etter-apen = Ikke meldt.
fylke-etter-venter = Venter på svar.
fylke-etter-godtatt = Tatt inn.
fylke-etter-avvist = Ikke tatt inn.
fylke-etter-grunn = Svar til skolen. Skriv uten navn og fødselsnummer.
fylke-etter-ta = Vi har tatt endringen inn
fylke-etter-avslag = Vi tar den ikke inn
fylke-etter-ferdige = Besvart
fylke-kvitteringer-tittel = Kvitteringer
fylke-kvitteringer-setning = { $antall ->
    [one] 1 liste er mottatt.
   *[other] { $antall } lister er mottatt.
}
fylke-kvitteringer-ingen = Ingen lister er mottatt i denne innsamlingen ennå.
fylke-kvittering-nummer = Kvitteringsnummer
fylke-kvittering-nar = Mottatt
fylke-kvittering-signert = Signert kvittering
fylke-kvittering-usignert = Ikke signert
fylke-kvittering-last-ned = Last ned kvitteringen
fylke-kontroll-tittel = Kontroller en kvittering
fylke-kontroll-hva = Har du fått en kvittering fra en skole, en kommune eller en foresatt, kan du se her om den er ekte. Filen lagres ikke.
fylke-kontroll-apne = Velg fil eller lim inn
fylke-kontroll-fil = Fil med kvitteringen, høyst { $kib } kB
fylke-kontroll-tekst = Eller lim inn hele innholdet i filen
fylke-kontroll-nokkel = Offentlig nøkkel fra en annen utsteder (trengs ikke for kvitteringer herfra)
fylke-kontroll-nokkel-hjelp = Begynner med BEGIN PUBLIC KEY. Bruk bare en nøkkel du har fått fra utstederen selv.
fylke-kontroll-na = Kontroller
fylke-kontroll-en-til = Kontroller en til
fylke-kontroll-ekte = Kvitteringen er ekte.
fylke-kontroll-falsk = Kvitteringen beviser ingenting
fylke-kontroll-liste = { $antall ->
    [one] Den beviser at listen under, med 1 elev, ble mottatt, og er ikke endret siden den ble utstedt.
   *[other] Den beviser at listen under, med { $antall } elever, ble mottatt, og er ikke endret siden den ble utstedt.
}
fylke-kontroll-elev-ekte = Den beviser at eleven sto på listen under, med nettopp opplysningene i filen.
fylke-kontroll-var-nokkel = Den er signert med nøkkelen til { $utsteder }, som denne tjenesten bruker.
fylke-kontroll-din-nokkel = Den er signert med nøkkelen du limte inn, og oppgir { $utsteder } som utsteder. At nøkkelen er deres, må du vite selv.
fylke-kontroll-siste = Dette er den siste kvitteringen vi har for listen.
fylke-kontroll-nyere = Vi har en annen, nyere kvittering for denne listen. Listen er altså levert på nytt siden.
fylke-kontroll-tom = Du har ikke valgt noen fil eller limt inn noe.
fylke-kontroll-nokkel-feil = Nøkkelen kan ikke brukes. Lim inn hele den offentlige nøkkelen, og aldri en privat nøkkel.
fylke-kontroll-for-stor = Filen er større enn noen kvittering.
fylke-kontroll-ukjent = Filen er ikke en kvittering fra Mellomlag, eller noe i den mangler, er lagt til eller er ødelagt.
fylke-kontroll-versjon = Den har versjon { $nr }, som vi ikke kjenner.
fylke-kontroll-omskrevet = Den er ikke skrevet slik den ble utstedt. Be om filen på nytt, og åpne den ikke i et redigeringsprogram.
fylke-kontroll-ukjent-nokkel = Den er signert med en nøkkel vi ikke kjenner. Spør utstederen om nøkkelen med dette fingeravtrykket er deres: { $kid }
fylke-kontroll-signatur = Signaturen stemmer ikke. Kvitteringen er endret, eller noen andre har laget den.
fylke-kontroll-elev = Eleven hører ikke til listen. Kvitteringen er endret, eller noen andre har laget den.
fylke-kontroll-felt-runde = Innsamling
fylke-kontroll-felt-svar = Svar fra mottakeren
fylke-kontroll-felt-godkjent = Godkjent av
fylke-kontroll-felt-utsteder = Utstedt av
fylke-kontroll-felt-elev = Elev
fylke-kontroll-felt-kid = Nøkkelens fingeravtrykk
fylke-kontroll-felt-segl = Segl
fylke-kontroll-elev-linje = { $navn }, { $klasse }, linje { $linje }
fylke-kontroll-svar-uten = Mottatt uten merknader.
fylke-kontroll-svar-med = { $antall ->
    [one] Mottatt med 1 merknad.
   *[other] Mottatt med { $antall } merknader.
}
fylke-kontroll-avklart-person = Svaret kom ikke fram, og en person har bekreftet at mottakeren har listen.
fylke-kontroll-avklart-maskin = Svaret kom ikke fram, men det ble funnet ut etterpå at mottakeren har listen.
fylke-kontroll-leverandor = Leverandør
fylke-uten-klasse = uten klasse
fylke-fiktive-tittel = Fiktive numre
fylke-fiktive-setning = { $trenger ->
    [one] 1 elev trenger et nummer fra dere, { $har } er ført inn.
   *[other] { $trenger } elever trenger et nummer fra dere, { $har } er ført inn.
}
fylke-fiktive-hva = Elever uten fødselsnummer eller D-nummer får et fiktivt nummer av inntakskontoret. Skolen, kommunen eller dere fører det inn. Mellomlag lager aldri slike numre. Hvem elevene er, ser dere først når skolen har ført inn nummeret eller meldt eleven for hånd.
fylke-fiktive-uten = Før inn nummer
fylke-fiktive-uten-hva = Disse elevene har skolen meldt for hånd, og de har ikke noe nummer som kan brukes. Når dere har ført inn et nummer, kan skolen sette eleven tilbake på listen.
fylke-fiktive-kilde-hvor = Hvor nummeret er fra, for eksempel «ført i VIGO 3. november»
fylke-fiktive-trenger = Trenger nummer
fylke-fiktive-har = Ført inn
fylke-fiktive-nummer = Fiktivt nummer
fylke-fiktive-kilde = Hvor nummeret er fra
fylke-fiktive-fort = Ført inn av
fylke-vis-nummer = Vis hele nummeret
fylke-nummer-logget = At du har sett nummeret, er skrevet i innsynsloggen.
fylke-liste-mottatt = { $antall ->
    [one] 1 elev, mottatt { $nar }.
   *[other] { $antall } elever, mottatt { $nar }.
}
fylke-liste-ikke-mottatt = Listen er ikke mottatt ennå. Dere ser elevene når den er det.
fylke-liste-endret = Listen er endret hos skolen siden. Under står den slik den ble mottatt.
fylke-liste-elever = Elevene på listen
fylke-liste-logget = At du har sett listen, er skrevet i innsynsloggen.
fylke-liste-historie = Hva som er levert når
fylke-organisasjonsnummer = Organisasjonsnummer
fylke-til-ettermeldinger = Svar på endringer som er meldt
fylke-skriv-ut = Skriv ut
fylke-navn = Navn
fylke-klasse = Klasse
fylke-fodselsnummer = Fødselsnummer
fylke-overlevert = Elever som er meldt til dere utenom listen
fylke-overlevert-rutet = meldes for hånd ({ $grunn }).
fylke-overlevert-etter = har en ettermelding.
fylke-overlevert-fiktivt = har fått fiktivt nummer ({ $kilde }).
fylke-post-godkjent = Listen ble godkjent
fylke-post-tilbakekalt = Godkjenningen ble trukket tilbake
fylke-post-mottatt = Listen ble mottatt
fylke-post-avvist = Listen ble ikke tatt imot
fylke-post-allerede = VIGO svarte at en liste er levert fra før
fylke-post-uavklart = Det kom ikke noe svar fra VIGO
fylke-post-avklart-ja = Det ble funnet ut at VIGO har listen
fylke-post-avklart-nei = Det ble funnet ut at VIGO ikke har listen

# Sidene for inntakskontoret i fylket.
fylke-oversikt-tittel = Kven har levert
fylke-ingen-runder = Det er ikkje laga noka innsamling for fylket enno. Den første blir sett opp av dei som driftar Mellomlag.
fylke-runde-elevliste = Elevar på 10. trinn { $skolear }, { $fylke }
fylke-runde-termin = Terminkarakterar { $skolear }, { $fylke }
fylke-runde-standpunkt = Standpunktkarakterar { $skolear }, { $fylke }
fylke-tilstand-venter = Opnar { $apner }. Frist { $frist }.
fylke-tilstand-apen = Open. Frist { $frist } ({ $igjen }).
fylke-tilstand-stengt = Stengd. Fristen var { $frist }.
fylke-frist = Frist { $frist } ({ $igjen }).
fylke-liste-vises-ikke = Motteken { $nar }. Elevane på lista kan ikkje visast her.
fylke-setning-ingen = Vi kjenner ingen skular i denne innsamlinga enno.
fylke-setning-alle = { $alle ->
    [one] Skulen har levert.
   *[other] Alle dei { $alle } skulane har levert.
}
fylke-setning-levert = { $alle ->
    [one] { $levert } av 1 skule har levert.
   *[other] { $levert } av { $alle } skular har levert.
}
fylke-setning-mangler = { $mangler ->
    [one] 1 manglar.
   *[other] { $mangler } manglar.
}
fylke-setning-ikke-begynt = { $mangler ->
    [one] 1 manglar og har ikkje byrja.
   *[other] { $mangler } manglar, { $ikke } av dei har ikkje byrja.
}
fylke-til-runden = Endre innsamlinga
fylke-se-runden = Sjå innsamlinga
fylke-last-ned-csv = Last ned som rekneark (CSV)
fylke-velg-runde = Innsamling
fylke-vis = Vis
fylke-haster = { $antall ->
    [one] 1 skule treng hjelp no
   *[other] { $antall } skular treng hjelp no
}
fylke-haster-hva = For desse veit vi ikkje sikkert om lista kom fram, eller noko anna må undersøkjast av ein person. Ingen må sende lista på nytt før det er avklart.
fylke-brutt = Historikken til lista kan ikkje lesast slik han skal, så tala er ikkje til å stole på. Sei frå til dei som driftar Mellomlag.
fylke-uavklart-vi = Vi veit ikkje om lista kom fram, og undersøkjer det hos VIGO.
fylke-kurve-tittel = Skular som har levert, dag for dag
fylke-kurve-tekst = { $levert } av { $alle } skular har levert til no. Fristen er { $frist }.
fylke-kurve-fjor = { $antall ->
    [one] I fjor hadde 1 skule levert då fristen gjekk ut.
   *[other] I fjor hadde { $antall } skular levert då fristen gjekk ut.
}
fylke-kurve-frist = Frist { $dag }
fylke-kurve-tegn = Heil strek: skular som har levert. Stipla, loddrett strek: fristen.
fylke-kurve-tegn-fjor = Heil strek: i år. Prikka strek: i fjor, med same avstand til fristen. Stipla, loddrett strek: fristen.
fylke-kurve-som-tabell = Vis tala som tabell
fylke-kurve-dag = Dag
fylke-kurve-nye = Nye skular
fylke-kurve-til-na = Har levert i alt
fylke-kurve-i-fjor = I fjor
fylke-skoler-tittel = Skulane
fylke-utvalg = Kva skular
fylke-utvalg-alle = Alle
fylke-utvalg-mangler = Har ikkje levert
fylke-utvalg-ikke-begynt = Har ikkje byrja
fylke-ikke-koblet = Ikkje kopla til
fylke-utvalg-rettes = Må rette noko
fylke-utvalg-levert = Har levert
fylke-utvalg-endret = Endra etter levering
fylke-utvalg-uavklart = Ukjent om lista kom fram
fylke-kommune = Kommune
fylke-alle-kommuner = Alle kommunar
fylke-uten-kommune = Ukjend kommune
fylke-sorter = Rekkjefølgje
fylke-sorter-navn = Etter namn
fylke-sorter-mangler = Flest som manglar først
fylke-sorter-status = Etter status
fylke-viser = Viser { $antall } av { $av } skular.
fylke-endret-etter = { $antall ->
    [one] 1 liste er endra etter at ho vart levert.
   *[other] { $antall } lister er endra etter at dei vart leverte.
}
fylke-utenfor = { $antall ->
    [one] 1 skule har ei liste, men er ikkje med i innsamlinga.
   *[other] { $antall } skular har lister, men er ikkje med i innsamlinga.
}
fylke-kommune-levert = { $levert } av { $alle } har levert
fylke-kommune-mangler = { $antall ->
    [one] 1 manglar
   *[other] { $antall } manglar
}
fylke-skoler-i = Skular i { $kommune }
fylke-skole = Skule
fylke-skole-ukjent = Skule nummer { $nr }, som vi ikkje har noko frå
fylke-status = Status
fylke-levert = Levert
fylke-elever = Elevar
fylke-rad-endret = Endra etter levering.
fylke-rad-rettes = { $antall ->
    [one] 1 elev må rettast.
   *[other] { $antall } elevar må rettast.
}
fylke-csv-kommunenr = Kommunenummer
fylke-csv-kommune = Kommune
fylke-csv-skolenr = Skulenummer
fylke-csv-skole = Skule
fylke-csv-levert = Har levert
fylke-csv-status = Status
fylke-csv-forst = Først motteken
fylke-csv-elever = Elevar på lista
fylke-csv-mottatt = Elevar mottekne
fylke-csv-rettes = Elevar som må rettast
fylke-runder-tittel = Innsamlingar
fylke-runder-hva = Ei innsamling er perioden skulane kan sende listene sine i. Vel ei for å opne, forlengje eller stengje ho.
fylke-se-skolene = Sjå skulane
fylke-runde-brutt = Historikken til innsamlinga kan ikkje lesast slik han skal. Ho kan ikkje endrast før dei som driftar Mellomlag har sett på ho.
fylke-ikke-endret = Ingenting er endra
fylke-runde-sier = Dette gjeld
fylke-felt-apner = Opnar
fylke-felt-godkjenning = Kven godkjenner listene
fylke-felt-skoler = Skular som er med
fylke-felt-paminnelser = Påminningar
fylke-felt-kontakt = Kontakt på inntakskontoret
fylke-felt-instruks = Instruks til skulane
fylke-felt-timer = Timar lista må ha vore uendra før ho blir godkjend automatisk
fylke-ingen-kontakt = Ingen er oppgitt
fylke-ingen-instruks = Det er ikkje skrive nokon instruks til skulane.
fylke-rediger = Endre instruks, kontakt og reglar
fylke-se-brev = Sjå brev og påminningar slik dei blir sende
fylke-lag-neste = Lag innsamlinga for neste år av denne
fylke-endre-tid = Opne, forleng eller steng
fylke-apne = Opne tidlegare eller til eit anna tidspunkt
fylke-apne-nar = Når skal ho opne? La feltet stå tomt for å opne no.
fylke-apne-na = Opne
fylke-apne-igjen = Opne att med ny frist
fylke-forleng = Forleng fristen
fylke-ny-frist = Siste minutt det kan leverast
fylke-forleng-na = Lagre ny frist
fylke-forkort = Set tidlegare frist
fylke-forkort-hva = Skulane får kortare tid enn dei har fått beskjed om. Sei frå til dei.
fylke-forkort-na = Lagre tidlegare frist
fylke-til-steng = Steng innsamlinga no
fylke-hvorfor = Kvifor? Skriv utan namn og fødselsnummer. Grunngjevinga står i historikken.
fylke-historie = Kven har endra kva, og kvifor
fylke-fordi = Grunngjeving:
fylke-av-oppsett = Oppsettet til Mellomlag
fylke-av-regel = Automatisk regel
fylke-godkjenning-skole = Skulen eller kommunen
fylke-godkjenning-kommune = Berre kommunen
fylke-godkjenning-automatisk = { $timer ->
    [one] Automatisk, når lista er utan feil og har vore uendra i 1 time
   *[other] Automatisk, når lista er utan feil og har vore uendra i { $timer } timar
}
fylke-godkjenning-automatisk-valg = Automatisk, når lista er utan feil
fylke-godkjenning-ugyldig = Vel kven som godkjenner listene.
fylke-timer-ugyldig = Skriv talet på timar som eit tal frå 0 til 720.
fylke-paminnelser-ingen = Ingen
fylke-paminnelse-dag = { $dager ->
    [0] siste dag
    [one] dagen før
   *[other] { $dager } dagar før
}
fylke-paminnelser-hjelp = Talet på dagar før siste dag, til dømes 14, 7, 2, 0. Dei som har levert, får inga påminning. Tomt felt: ingen påminningar.
fylke-paminnelser-ugyldig = Skriv påminningane som talet på dagar med komma mellom, til dømes 14, 7, 2, 0.
fylke-skoler-alle = Alle grunnskular i fylket
fylke-skoler-antall = { $antall ->
    [one] 1 skule
   *[other] { $antall } skular
}
fylke-skoler-hjelp = Skulenumra i VIGO, fem siffer kvar, med mellomrom eller linjeskift mellom. Tomt felt: alle grunnskular i fylket. Dei som ikkje er kopla til, står som manglande, men får ingen brev.
fylke-instruks-hjelp = Skulane ser teksten på sida si og får han i brevet. Skriv korleis det skal gjerast og kva som er viktig. Fristen og kontakten kjem med av seg sjølv.
fylke-kontakt-navn = Namn på kontoret
fylke-kontakt-epost = E-post
fylke-kontakt-telefon = Telefon
fylke-endret-apner = Opnar { $til }
fylke-endret-frist = Frist { $til }
fylke-endret-frist-fra = Fristen vart flytta frå { $fra } til { $til }
fylke-endret-instruks = Instruksen til skulane vart endra
fylke-endret-kontakt = Kontakt: { $kontakt }
fylke-endret-kontakt-ingen = Kontakten vart fjerna
fylke-endret-paminnelser = Påminningar: { $dager }
fylke-endret-skoler = Skular: { $skoler }
fylke-tid-ugyldig = Tidspunktet kan ikkje lesast. Skriv dag og klokkeslett, til dømes 13.11.2026 23.59.
fylke-tid-finnes-ikke = Klokkeslettet finst ikkje den dagen, fordi klokka blir stilt fram då. Vel eit anna.
fylke-steng-tittel = Steng innsamlinga no
fylke-steng-mangler = { $antall ->
    [one] 1 skule har ikkje levert
   *[other] { $antall } skular har ikkje levert
}
fylke-steng-uavklarte = { $antall ->
    [one] For 1 skule veit vi ikkje om lista kom fram.
   *[other] For { $antall } skular veit vi ikkje om lista kom fram.
}
fylke-steng-hva = Når innsamlinga er stengd, kan ingen skule sende lista si. Du kan opne ho att ved å setje ein ny frist.
fylke-steng-bekreft = Ja, eg vil stengje innsamlinga no
fylke-steng-bekreft-uten = { $antall ->
    [one] Ja, eg vil stengje sjølv om 1 skule manglar
   *[other] Ja, eg vil stengje sjølv om { $antall } skular manglar
}
fylke-steng-bekreft-mangler = Kryss av for at du vil stengje.
fylke-steng-flere = Fleire skular manglar no enn då du såg på sida. Sjå over lista igjen.
fylke-steng-na = Steng no
fylke-rediger-tittel = Endre: { $runde }
fylke-rediger-lagre = Lagre endringane
fylke-ny-tittel = Ny innsamling: { $runde }
fylke-ny-hva = Alt er fylt ut slik det var i år, med datoane flytta eitt år fram. Sjå over før du lagrar.
fylke-ny-lagre = Lag innsamlinga
fylke-ny-finnes = Denne innsamlinga finst frå før. Endre ho i staden.
fylke-brev-tittel = Brev og påminningar
fylke-brev-hva = Slik ser breva ut når dei blir sende til skulane, til kommunane og til dykk. Skulane i dei er nokre av dei som ikkje har levert no. Ingenting blir sendt ved å sjå på breva.
fylke-brev-uten-epost = Det er ikkje sett opp e-post her, så ingen brev eller påminningar blir sende. Skulane ser instruksen på sida si.
fylke-brev-sprak = Språket i breva
fylke-brev-instruks = Når innsamlinga opnar, og når frist, instruks eller kontakt blir endra etter det
fylke-brev-ikke-levert = Når fristen er ute
fylke-brev-til-skole = til skulen
fylke-brev-til-kommune = til kommunen
fylke-brev-til-fylke = til dykk
fylke-brev-eksempel = Eksempel skule
fylke-brev-paminnelse = Påminning { $dag }
fylke-brev-emne = Emne:
fylke-etter-tittel = Ettermeldingar
fylke-etter-setning = { $antall ->
    [0] Ingen endringar ventar på svar.
    [one] 1 endring ventar på svar.
   *[other] { $antall } endringar ventar på svar.
}
fylke-etter-hva = Ei ettermelding er ei endring som kom etter at lista var endeleg motteken: ein ny elev, ei endra opplysning eller ein elev som har slutta. Skulen melder ho til dykk, og de svarer her.
fylke-etter-meldte = Ventar på svar frå dykk
fylke-etter-umeldte = Skulane har ikkje meldt dette enno
fylke-etter-umeldte-hva = Desse endringane er sett i skulesystemet, men skulen har ikkje meldt dei, eller har fått nei. De kan ikkje svare på dei før dei er melde.
fylke-etter-antall = Endringar
fylke-skolear = Skuleår
fylke-etter-ikke-meldt = { $antall ->
    [one] Skulen har 1 endring som ikkje er meld.
   *[other] Skulen har { $antall } endringar som ikkje er melde.
}
fylke-se-listen = Sjå lista slik ho vart motteken
fylke-elev-uten-navn = Elev som vi ikkje har namnet på lenger
fylke-etter-ny = Ny elev.
fylke-etter-endret = Endra opplysningar.
fylke-etter-borte = Eleven er ikkje lenger ved skulen.
fylke-etter-apen = Ikkje meld.
fylke-etter-venter = Ventar på svar.
fylke-etter-godtatt = Teken inn.
fylke-etter-avvist = Ikkje teken inn.
fylke-etter-grunn = Svar til skulen. Skriv utan namn og fødselsnummer.
fylke-etter-ta = Vi har teke endringa inn
fylke-etter-avslag = Vi tek ho ikkje inn
fylke-etter-ferdige = Svart på
fylke-kvitteringer-tittel = Kvitteringar
fylke-kvitteringer-setning = { $antall ->
    [one] 1 liste er motteken.
   *[other] { $antall } lister er mottekne.
}
fylke-kvitteringer-ingen = Ingen lister er mottekne i denne innsamlinga enno.
fylke-kvittering-nummer = Kvitteringsnummer
fylke-kvittering-nar = Motteken
fylke-kvittering-signert = Signert kvittering
fylke-kvittering-usignert = Ikkje signert
fylke-kvittering-last-ned = Last ned kvitteringa
fylke-kontroll-tittel = Kontroller ei kvittering
fylke-kontroll-hva = Har du fått ei kvittering frå ein skule, ein kommune eller ein føresett, kan du sjå her om ho er ekte. Fila blir ikkje lagra.
fylke-kontroll-apne = Vel fil eller lim inn
fylke-kontroll-fil = Fil med kvitteringa, høgst { $kib } kB
fylke-kontroll-tekst = Eller lim inn heile innhaldet i fila
fylke-kontroll-nokkel = Offentleg nøkkel frå ein annan utstedar (trengst ikkje for kvitteringar herifrå)
fylke-kontroll-nokkel-hjelp = Byrjar med BEGIN PUBLIC KEY. Bruk berre ein nøkkel du har fått frå utstedaren sjølv.
fylke-kontroll-na = Kontroller
fylke-kontroll-en-til = Kontroller ei til
fylke-kontroll-ekte = Kvitteringa er ekte.
fylke-kontroll-falsk = Kvitteringa er ikkje bevis for noko
fylke-kontroll-liste = { $antall ->
    [one] Ho er bevis for at lista under, med 1 elev, vart motteken, og er ikkje endra sidan ho vart utstedd.
   *[other] Ho er bevis for at lista under, med { $antall } elevar, vart motteken, og er ikkje endra sidan ho vart utstedd.
}
fylke-kontroll-elev-ekte = Ho er bevis for at eleven stod på lista under, med nett opplysningane i fila.
fylke-kontroll-var-nokkel = Ho er signert med nøkkelen til { $utsteder }, som denne tenesta bruker.
fylke-kontroll-din-nokkel = Ho er signert med nøkkelen du limte inn, og oppgir { $utsteder } som utstedar. At nøkkelen er deira, må du vite sjølv.
fylke-kontroll-siste = Dette er den siste kvitteringa vi har for lista.
fylke-kontroll-nyere = Vi har ei anna, nyare kvittering for denne lista. Lista er altså levert på nytt sidan.
fylke-kontroll-tom = Du har ikkje valt noka fil eller limt inn noko.
fylke-kontroll-nokkel-feil = Nøkkelen kan ikkje brukast. Lim inn heile den offentlege nøkkelen, og aldri ein privat nøkkel.
fylke-kontroll-for-stor = Fila er større enn noka kvittering.
fylke-kontroll-ukjent = Fila er ikkje ei kvittering frå Mellomlag, eller noko i ho manglar, er lagt til eller er øydelagt.
fylke-kontroll-versjon = Ho har versjon { $nr }, som vi ikkje kjenner.
fylke-kontroll-omskrevet = Ho er ikkje skriven slik ho vart utstedd. Be om fila på nytt, og opne ho ikkje i eit redigeringsprogram.
fylke-kontroll-ukjent-nokkel = Ho er signert med ein nøkkel vi ikkje kjenner. Spør utstedaren om nøkkelen med dette fingeravtrykket er deira: { $kid }
fylke-kontroll-signatur = Signaturen stemmer ikkje. Kvitteringa er endra, eller nokon andre har laga ho.
fylke-kontroll-elev = Eleven høyrer ikkje til lista. Kvitteringa er endra, eller nokon andre har laga ho.
fylke-kontroll-felt-runde = Innsamling
fylke-kontroll-felt-svar = Svar frå mottakaren
fylke-kontroll-felt-godkjent = Godkjend av
fylke-kontroll-felt-utsteder = Utstedd av
fylke-kontroll-felt-elev = Elev
fylke-kontroll-felt-kid = Fingeravtrykket til nøkkelen
fylke-kontroll-felt-segl = Segl
fylke-kontroll-elev-linje = { $navn }, { $klasse }, linje { $linje }
fylke-kontroll-svar-uten = Motteken utan merknader.
fylke-kontroll-svar-med = { $antall ->
    [one] Motteken med 1 merknad.
   *[other] Motteken med { $antall } merknader.
}
fylke-kontroll-avklart-person = Svaret kom ikkje fram, og ein person har stadfesta at mottakaren har lista.
fylke-kontroll-avklart-maskin = Svaret kom ikkje fram, men det vart funne ut etterpå at mottakaren har lista.
fylke-kontroll-leverandor = Leverandør
fylke-uten-klasse = utan klasse
fylke-fiktive-tittel = Fiktive nummer
fylke-fiktive-setning = { $trenger ->
    [one] 1 elev treng eit nummer frå dykk, { $har } er ført inn.
   *[other] { $trenger } elevar treng eit nummer frå dykk, { $har } er ført inn.
}
fylke-fiktive-hva = Elevar utan fødselsnummer eller D-nummer får eit fiktivt nummer av inntakskontoret. Skulen, kommunen eller de fører det inn. Mellomlag lagar aldri slike nummer. Kven elevane er, ser de først når skulen har ført inn nummeret eller meldt eleven for hand.
fylke-fiktive-uten = Før inn nummer
fylke-fiktive-uten-hva = Desse elevane har skulen meldt for hand, og dei har ikkje noko nummer som kan brukast. Når de har ført inn eit nummer, kan skulen setje eleven tilbake på lista.
fylke-fiktive-kilde-hvor = Kvar nummeret er frå, til dømes «ført i VIGO 3. november»
fylke-fiktive-trenger = Treng nummer
fylke-fiktive-har = Ført inn
fylke-fiktive-nummer = Fiktivt nummer
fylke-fiktive-kilde = Kvar nummeret er frå
fylke-fiktive-fort = Ført inn av
fylke-vis-nummer = Vis heile nummeret
fylke-nummer-logget = At du har sett nummeret, er skrive i innsynsloggen.
fylke-liste-mottatt = { $antall ->
    [one] 1 elev, motteken { $nar }.
   *[other] { $antall } elevar, mottekne { $nar }.
}
fylke-liste-ikke-mottatt = Lista er ikkje motteken enno. De ser elevane når ho er det.
fylke-liste-endret = Lista er endra hos skulen sidan. Under står ho slik ho vart motteken.
fylke-liste-elever = Elevane på lista
fylke-liste-logget = At du har sett lista, er skrive i innsynsloggen.
fylke-liste-historie = Kva som er levert når
fylke-organisasjonsnummer = Organisasjonsnummer
fylke-til-ettermeldinger = Svar på endringar som er melde
fylke-skriv-ut = Skriv ut
fylke-navn = Namn
fylke-klasse = Klasse
fylke-fodselsnummer = Fødselsnummer
fylke-overlevert = Elevar som er melde til dykk utanom lista
fylke-overlevert-rutet = blir meld for hand ({ $grunn }).
fylke-overlevert-etter = har ei ettermelding.
fylke-overlevert-fiktivt = har fått fiktivt nummer ({ $kilde }).
fylke-post-godkjent = Lista vart godkjend
fylke-post-tilbakekalt = Godkjenninga vart trekt tilbake
fylke-post-mottatt = Lista vart motteken
fylke-post-avvist = Lista vart ikkje teken imot
fylke-post-allerede = VIGO svarte at ei liste er levert frå før
fylke-post-uavklart = Det kom ikkje noko svar frå VIGO
fylke-post-avklart-ja = Det vart funne ut at VIGO har lista
fylke-post-avklart-nei = Det vart funne ut at VIGO ikkje har lista

# Sidene for den som drifter forbindelsene.
drift-tittel = Forbindelser
drift-setning = { $antall ->
    [one] 1 skolesystem
   *[other] { $antall } skolesystemer
}: { $virker } virker, { $tilsyn } må følges opp, { $pauset } på pause.
drift-kilder = Skolesystemer
drift-kilder-ingen = Ingen skolesystemer er koblet til her for deg.
drift-mottakere = Mottakere
drift-mottakere-ingen = Ingen lister går til et fylke ennå.
drift-behandling = Behandling
drift-behandling-hva = Hvor langt arbeidet med det som er hentet, har kommet.
drift-bak = { $antall ->
    [0] helt oppdatert
    [one] 1 melding igjen
   *[other] { $antall } meldinger igjen
}
drift-aldri = aldri
drift-kol-kilde = Skolesystem
drift-kol-eier = Eier
drift-kol-tilstand = Tilstand
drift-kol-hel = Sist hentet helt
drift-kol-neste = Hentes neste gang
drift-kol-karantene = I karantene
drift-kol-mottaker = Mottaker
drift-kol-eldste = Den som har ventet lengst, ble godkjent
drift-kol-trinn = Trinn
drift-kol-bak = Etterslep
drift-kol-arsak = Årsak
drift-kol-hvor = Hvor det stoppet
drift-kol-antall = Antall
drift-kol-forste = Første
drift-kol-siste = Siste
drift-kol-nokkel = Nøkkel
drift-kol-nar = Lagt hit
drift-kol-storrelse = Størrelse
drift-kol-navn = Navn
drift-kol-slag = Slag
drift-kol-innhold = Hva det er
drift-kol-minutt = Siste minutt
drift-kol-kvarter = Siste 15 minutter
drift-kol-ko = Venter foran
drift-tilstand-pauset = Satt på pause
drift-tilstand-stum = Ingen kontakt: ikke hentet helt innen fristen
drift-tilstand-ny = Ikke hentet ennå
drift-tilstand-ok = Virker
drift-tilstand-revet = Svarene motsier hverandre
drift-tilstand-borte = Svarer ikke
drift-tilstand-brems = Ber oss vente
drift-tilstand-avviser = Slipper oss ikke inn
drift-tilstand-uleselig = Svarer noe vi ikke kan lese
drift-tilstand-holdt = Stor endring venter på en avgjørelse
drift-tilstand-forkastet = Viser fortsatt det som er forkastet
drift-tilstand-feil = Feil hos oss
drift-mottaker-ingen-venter = Ingen lister venter på å bli sendt
drift-mottaker-venter = { $antall ->
    [one] 1 liste er godkjent og ikke besvart
   *[other] { $antall } lister er godkjent og ikke besvart
}
drift-slag-snapshot = Hentet alt
drift-slag-delta = Hentet det som var endret
drift-slag-levert = Levert som fil eller tastet inn
drift-slag-liste = Sendte hele listen
drift-slag-oppdatering = Sendte endringer
drift-slag-tilbakelesing = Spurte hva mottakeren har
drift-utfall-mottatt = Mottatt
drift-utfall-advarsler = Mottatt, med advarsler
drift-utfall-avvist = Avvist på grunn av linjer i listen
drift-utfall-stengt = Innsamlingen er stengt hos mottakeren
drift-utfall-ukjent-skole = Mottakeren kjenner ikke skolen
drift-utfall-ukjent-skolear = Mottakeren kjenner ikke skoleåret
drift-utfall-allerede = Mottakeren har en liste fra før
drift-utfall-endret = Listen er endret hos mottakeren
drift-utfall-uten-grunn = Avvist uten en grunn som lar seg lese
drift-utfall-ikke-sendt = Kom ikke av sted, prøves igjen
drift-utfall-uavklart = Ukjent om den kom fram
drift-utfall-nektet = Mottakeren slipper oss ikke inn
drift-utfall-borte = Mottakeren svarer ikke
drift-utfall-ikke-mottatt = Mottakeren har den ikke
drift-utfall-vet-ikke = Svaret avgjør det ikke
drift-utfall-annet = Annet
drift-trinn-kilde = Henting fra skolesystemet
drift-trinn-register = Oppslag i Folkeregisteret
drift-trinn-fint = Omforming til FINT
drift-trinn-liste = Bygging av lister
drift-trinn-levering = Sending til fylket
drift-ms = { $antall } ms
drift-s = { $antall } s
drift-min = { $antall } min
drift-hva-tenant = Alt fra { $navn }
drift-hva-kilde = { $navn } hos { $tenant }
drift-hva-skole = { $navn }
drift-hva-mottaker = Mottak i { $navn }
drift-kilde-tittel = Skolesystem: { $navn }
drift-mottaker-tittel = Mottaker: { $navn }
drift-fakta = Hvor den står
drift-fakta-hel = Sist hentet helt
drift-fakta-forsok = Siste forsøk
drift-fakta-endring = Sist noe var endret
drift-fakta-neste = Hentes neste gang
drift-fakta-frist = Regnes som død etter
drift-fakta-rader = Rader sist gang alt ble hentet
drift-fakta-snapshot = Hentinger som har endret noe
drift-fakta-posisjon = Fortsetter fra
drift-fakta-merke = Nyeste endring etter skolesystemets egen klokke
drift-fakta-karantene = Poster i karantene
drift-forsok = Siste forsøk
drift-forsok-hva = De siste 100, nyeste først. Like forsøk uten nytt etter hverandre står som ett. Her står formen på det som ble lest eller sendt, aldri innholdet.
drift-forsok-egne = Bare forsøk som gjelder dine egne skoler vises.
drift-forsok-ingen = Ingen forsøk er gjort ennå.
drift-forsok-innhold = Form, avvist og toleranser
drift-ganger = { $antall } like ganger, siste { $nar }.
drift-tall-rader = { $antall ->
    [one] 1 rad
   *[other] { $antall } rader
}
drift-tall-nye = { $antall ->
    [one] 1 ny
   *[other] { $antall } nye
}
drift-tall-endret = { $antall } endret
drift-tall-flyttet = { $antall } byttet skole
drift-tall-borte = { $antall } borte
drift-tall-savnet = { $antall } savnet, men beholdt
drift-tall-avvist = { $antall } avvist
drift-tall-ingen = ingenting lest
drift-tall-linjer = { $antall ->
    [one] 1 linje
   *[other] { $antall } linjer
}
drift-funn = Toleranser brukt, og merknader
drift-avvist = Kunne ikke leses
drift-form = Felter i { $typ }
drift-form-felt = Felt
drift-form-slag = Slag verdi
drift-form-med = Til stede
drift-form-uten = Mangler
drift-form-tekst = tekst
drift-form-tall = tall
drift-form-bool = ja/nei
drift-form-liste = liste
drift-form-objekt = objekt
drift-pauset = På pause
drift-pauset-av = Av { $hvem }, { $nar }:
drift-gjenoppta = Fortsett
drift-pause-sett = Sett på pause
drift-pause-hva = Fra et skolesystem på pause hentes ingenting. Til en skole eller mottaker på pause sendes ingenting. Det varer til noen fortsetter. Hvem og hvorfor vises for alle som drifter det samme.
drift-pause-velg = Hva skal settes på pause?
drift-pause-velg-en = Velg
drift-pause-grunn = Hvorfor? Skriv uten navn og fødselsnummer.
drift-pause-na = Sett på pause
drift-pauser-tittel = Pauser
drift-pauser-setning = { $antall ->
    [0] Ingenting står på pause.
    [one] 1 ting står på pause.
   *[other] { $antall } ting står på pause.
}
drift-pauser-na = Står på pause nå
drift-gruppe-tenant = Alt fra en eier
drift-gruppe-kilde = Et skolesystem
drift-gruppe-mottaker = En mottaker
drift-gruppe-skole = En skole
drift-karantene-tittel = Karantene
drift-karantene-setning = { $antall ->
    [0] Ingenting ligger i karantene.
    [one] 1 post ligger i karantene.
   *[other] { $antall } poster ligger i karantene, av { $arsaker } årsaker.
}
drift-karantene-hva = Det som ikke kunne leses, er lagt til side her i stedet for å stoppe resten. Når feilen er rettet hos dem som sendte det, eller hos oss, kan det behandles på nytt.
drift-karantene-arsaker = Årsaker
drift-karantene-lost = Det er ikke mer igjen av den årsaken. Alt er lest.
drift-arsak-tittel = En årsak i karantene
drift-arsak-setning = { $antall ->
    [one] 1 post stoppet ved: { $hvor }.
   *[other] { $antall } poster stoppet ved: { $hvor }.
}
drift-prove-tittel = Prøvd uten å endre noe
drift-prove-svar = { $lesbare } av { $antall } kan leses nå.
drift-prove-uleselige = { $antall } kan fortsatt ikke leses, og blir liggende.
drift-prove-ukjent = Om { $antall } vet vi ikke: skolesystemet står på pause, svarer ikke eller leses et annet sted, eller vi har ikke meldingen lenger.
drift-prove-na = Prøv hva som kan leses nå
drift-spill-tittel = Behandle på nytt
drift-spill-hva = Først prøver vi, uten å endre noe. Det kan ta litt tid, fordi skolesystemet leses. Så bestemmer du.
drift-spill-alle = { $antall ->
    [one] Behandle den på nytt
   *[other] Behandle alle { $antall } på nytt
}
drift-spill-en = Behandle denne ene på nytt
drift-spill-denne = Prøv denne
drift-spill-bestilt = { $antall ->
    [one] 1 post behandles på nytt om noen sekunder. Den forsvinner herfra når det har gått bra.
   *[other] { $antall } poster behandles på nytt om noen sekunder. De forsvinner herfra når det har gått bra.
}
drift-spill-venter = { $antall ->
    [one] 1 post venter på å bli behandlet på nytt.
   *[other] { $antall } poster venter på å bli behandlet på nytt.
}
drift-poster = Poster
drift-poster-hva = Innholdet vises ikke. Nøkkelen er et avtrykk som ikke kan regnes tilbake til noen.
drift-poster-flere = { $antall } til er ikke listet opp.
drift-post-bestilt = Behandles på nytt
drift-post-ligger = Ligger her
drift-flyt-tittel = Flyt
drift-flyt-setning = { $kilder ->
    [one] 1 skolesystem
   *[other] { $kilder } skolesystemer
} til { $mottakere ->
    [one] 1 mottaker
   *[other] { $mottakere } mottakere
}, { $pauset } på pause.
drift-flyt-egne = Tallene gjelder det som kommer fra dine eiere.
drift-flyt-alt = Tallene gjelder alt som går gjennom Mellomlag.
drift-flyt-bilde = Bilde av flyten fra skolesystemer til mottakere
drift-flyt-tabell-under = Det samme står i tabellene under.
drift-flyt-tabell = Det som går gjennom
drift-flyt-strommer = Strømmer
drift-flyt-ender = Skolesystemer og mottakere
drift-flyt-minutt = { $antall } siste minutt
drift-flyt-bak = { $antall } venter
drift-flyt-flere = og { $antall } til
drift-ledd-kilde = KILDE
drift-ledd-kilde-hva = Det skolesystemene og Folkeregisteret har sagt
drift-ledd-fint = FINT
drift-ledd-fint-hva = Det samme på FINTs språk
drift-ledd-liste = LISTE
drift-ledd-liste-hva = Listene over elever i 10. trinn
drift-ledd-innsending = INNSENDING
drift-ledd-innsending-hva = Godkjenninger, sendinger og svar

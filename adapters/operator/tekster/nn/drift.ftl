# Sidene for den som driftar sambanda.
drift-tittel = Samband
drift-setning = { $antall ->
    [one] 1 skulesystem
   *[other] { $antall } skulesystem
}: { $virker } verkar, { $tilsyn } må følgjast opp, { $pauset } på pause.
drift-kilder = Skulesystem
drift-kilder-ingen = Ingen skulesystem er kopla til her for deg.
drift-mottakere = Mottakarar
drift-mottakere-ingen = Ingen lister går til eit fylke enno.
drift-behandling = Behandling
drift-behandling-hva = Kor langt arbeidet med det som er henta, har kome.
drift-bak = { $antall ->
    [0] heilt oppdatert
    [one] 1 melding att
   *[other] { $antall } meldingar att
}
drift-aldri = aldri
drift-kol-kilde = Skulesystem
drift-kol-eier = Eigar
drift-kol-tilstand = Tilstand
drift-kol-hel = Sist henta heilt
drift-kol-neste = Blir henta neste gong
drift-kol-karantene = I karantene
drift-kol-mottaker = Mottakar
drift-kol-eldste = Den som har venta lengst, vart godkjend
drift-kol-trinn = Trinn
drift-kol-bak = Etterslep
drift-kol-arsak = Årsak
drift-kol-hvor = Kvar det stoppa
drift-kol-antall = Antal
drift-kol-forste = Første
drift-kol-siste = Siste
drift-kol-nokkel = Nøkkel
drift-kol-nar = Lagt hit
drift-kol-storrelse = Storleik
drift-kol-navn = Namn
drift-kol-slag = Slag
drift-kol-innhold = Kva det er
drift-kol-minutt = Siste minutt
drift-kol-kvarter = Siste 15 minutt
drift-kol-ko = Ventar framfor
drift-tilstand-pauset = Sett på pause
drift-tilstand-stum = Ingen kontakt: ikkje henta heilt innan fristen
drift-tilstand-ny = Ikkje henta enno
drift-tilstand-ok = Verkar
drift-tilstand-revet = Svara motseier kvarandre
drift-tilstand-borte = Svarar ikkje
drift-tilstand-brems = Ber oss vente
drift-tilstand-avviser = Slepp oss ikkje inn
drift-tilstand-uleselig = Svarar noko vi ikkje kan lese
drift-tilstand-holdt = Stor endring ventar på ei avgjerd
drift-tilstand-forkastet = Viser framleis det som er forkasta
drift-tilstand-feil = Feil hos oss
drift-mottaker-ingen-venter = Ingen lister ventar på å bli sende
drift-mottaker-venter = { $antall ->
    [one] 1 liste er godkjend og ikkje svart på
   *[other] { $antall } lister er godkjende og ikkje svarte på
}
drift-slag-snapshot = Henta alt
drift-slag-delta = Henta det som var endra
drift-slag-levert = Levert som fil eller tasta inn
drift-slag-liste = Sende heile lista
drift-slag-oppdatering = Sende endringar
drift-slag-tilbakelesing = Spurde kva mottakaren har
drift-utfall-mottatt = Motteken
drift-utfall-advarsler = Motteken, med åtvaringar
drift-utfall-avvist = Avvist på grunn av linjer i lista
drift-utfall-stengt = Innsamlinga er stengd hos mottakaren
drift-utfall-ukjent-skole = Mottakaren kjenner ikkje skulen
drift-utfall-ukjent-skolear = Mottakaren kjenner ikkje skuleåret
drift-utfall-allerede = Mottakaren har ei liste frå før
drift-utfall-endret = Lista er endra hos mottakaren
drift-utfall-uten-grunn = Avvist utan ein grunn som let seg lese
drift-utfall-ikke-sendt = Kom ikkje av stad, blir prøvd igjen
drift-utfall-uavklart = Ukjent om ho kom fram
drift-utfall-nektet = Mottakaren slepp oss ikkje inn
drift-utfall-borte = Mottakaren svarar ikkje
drift-utfall-ikke-mottatt = Mottakaren har ho ikkje
drift-utfall-vet-ikke = Svaret avgjer det ikkje
drift-utfall-annet = Anna
drift-trinn-kilde = Henting frå skulesystemet
drift-trinn-register = Oppslag i Folkeregisteret
drift-trinn-fint = Omforming til FINT
drift-trinn-liste = Bygging av lister
drift-trinn-levering = Sending til fylket
drift-ms = { $antall } ms
drift-s = { $antall } s
drift-min = { $antall } min
drift-hva-tenant = Alt frå { $navn }
drift-hva-kilde = { $navn } hos { $tenant }
drift-hva-skole = { $navn }
drift-hva-mottaker = Mottak i { $navn }
drift-kilde-tittel = Skulesystem: { $navn }
drift-mottaker-tittel = Mottakar: { $navn }
drift-fakta = Kvar det står
drift-fakta-hel = Sist henta heilt
drift-fakta-forsok = Siste forsøk
drift-fakta-endring = Sist noko var endra
drift-fakta-neste = Blir henta neste gong
drift-fakta-frist = Blir rekna som død etter
drift-fakta-rader = Rader sist gong alt vart henta
drift-fakta-snapshot = Hentingar som har endra noko
drift-fakta-posisjon = Held fram frå
drift-fakta-merke = Nyaste endring etter klokka til skulesystemet
drift-fakta-karantene = Postar i karantene
drift-forsok = Siste forsøk
drift-forsok-hva = Dei siste 100, nyaste først. Like forsøk utan noko nytt etter kvarandre står som eitt. Her står forma på det som vart lese eller sendt, aldri innhaldet.
drift-forsok-egne = Berre forsøk som gjeld dine eigne skular blir viste.
drift-forsok-ingen = Ingen forsøk er gjorde enno.
drift-forsok-innhold = Form, avvist og toleransar
drift-ganger = { $antall } like gonger, siste { $nar }.
drift-tall-rader = { $antall ->
    [one] 1 rad
   *[other] { $antall } rader
}
drift-tall-nye = { $antall ->
    [one] 1 ny
   *[other] { $antall } nye
}
drift-tall-endret = { $antall } endra
drift-tall-flyttet = { $antall } bytte skule
drift-tall-borte = { $antall } borte
drift-tall-savnet = { $antall } sakna, men haldne på
drift-tall-avvist = { $antall } avviste
drift-tall-ingen = ingenting lese
drift-tall-linjer = { $antall ->
    [one] 1 linje
   *[other] { $antall } linjer
}
drift-funn = Toleransar brukte, og merknader
drift-avvist = Kunne ikkje lesast
drift-form = Felt i { $typ }
drift-form-felt = Felt
drift-form-slag = Slag verdi
drift-form-med = Til stades
drift-form-uten = Manglar
drift-form-tekst = tekst
drift-form-tall = tal
drift-form-bool = ja/nei
drift-form-liste = liste
drift-form-objekt = objekt
drift-pauset = På pause
drift-pauset-av = Av { $hvem }, { $nar }:
drift-gjenoppta = Hald fram
drift-pause-sett = Set på pause
drift-pause-hva = Frå eit skulesystem på pause blir ingenting henta. Til ein skule eller mottakar på pause blir ingenting sendt. Det varer til nokon held fram. Kven og kvifor blir vist for alle som driftar det same.
drift-pause-velg = Kva skal setjast på pause?
drift-pause-velg-en = Vel
drift-pause-grunn = Kvifor? Skriv utan namn og fødselsnummer.
drift-pause-na = Set på pause
drift-pauser-tittel = Pausar
drift-pauser-setning = { $antall ->
    [0] Ingenting står på pause.
    [one] 1 ting står på pause.
   *[other] { $antall } ting står på pause.
}
drift-pauser-na = Står på pause no
drift-gruppe-tenant = Alt frå ein eigar
drift-gruppe-kilde = Eit skulesystem
drift-gruppe-mottaker = Ein mottakar
drift-gruppe-skole = Ein skule
drift-karantene-tittel = Karantene
drift-karantene-setning = { $antall ->
    [0] Ingenting ligg i karantene.
    [one] 1 post ligg i karantene.
   *[other] { $antall } postar ligg i karantene, av { $arsaker } årsaker.
}
drift-karantene-hva = Det som ikkje kunne lesast, er lagt til side her i staden for å stoppe resten. Når feilen er retta hos dei som sende det, eller hos oss, kan det behandlast på nytt.
drift-karantene-arsaker = Årsaker
drift-karantene-lost = Det er ikkje meir att av den årsaka. Alt er lese.
drift-arsak-tittel = Ei årsak i karantene
drift-arsak-setning = { $antall ->
    [one] 1 post stoppa ved: { $hvor }.
   *[other] { $antall } postar stoppa ved: { $hvor }.
}
drift-prove-tittel = Prøvd utan å endre noko
drift-prove-svar = { $lesbare } av { $antall } kan lesast no.
drift-prove-uleselige = { $antall } kan framleis ikkje lesast, og blir liggjande.
drift-prove-ukjent = Om { $antall } veit vi ikkje: skulesystemet står på pause, svarar ikkje eller blir lese ein annan stad, eller vi har ikkje meldinga lenger.
drift-prove-na = Prøv kva som kan lesast no
drift-spill-tittel = Behandle på nytt
drift-spill-hva = Først prøver vi, utan å endre noko. Det kan ta litt tid, fordi skulesystemet blir lese. Så bestemmer du.
drift-spill-alle = { $antall ->
    [one] Behandle han på nytt
   *[other] Behandle alle { $antall } på nytt
}
drift-spill-en = Behandle denne eine på nytt
drift-spill-denne = Prøv denne
drift-spill-bestilt = { $antall ->
    [one] 1 post blir behandla på nytt om nokre sekund. Han forsvinn herifrå når det har gått bra.
   *[other] { $antall } postar blir behandla på nytt om nokre sekund. Dei forsvinn herifrå når det har gått bra.
}
drift-spill-venter = { $antall ->
    [one] 1 post ventar på å bli behandla på nytt.
   *[other] { $antall } postar ventar på å bli behandla på nytt.
}
drift-poster = Postar
drift-poster-hva = Innhaldet blir ikkje vist. Nøkkelen er eit avtrykk som ikkje kan reknast tilbake til nokon.
drift-poster-flere = { $antall } til er ikkje lista opp.
drift-post-bestilt = Blir behandla på nytt
drift-post-ligger = Ligg her
drift-flyt-tittel = Flyt
drift-flyt-setning = { $kilder ->
    [one] 1 skulesystem
   *[other] { $kilder } skulesystem
} til { $mottakere ->
    [one] 1 mottakar
   *[other] { $mottakere } mottakarar
}, { $pauset } på pause.
drift-flyt-egne = Tala gjeld det som kjem frå dine eigarar.
drift-flyt-alt = Tala gjeld alt som går gjennom Mellomlag.
drift-flyt-bilde = Bilete av flyten frå skulesystem til mottakarar
drift-flyt-tabell-under = Det same står i tabellane under.
drift-flyt-tabell = Det som går gjennom
drift-flyt-strommer = Straumar
drift-flyt-ender = Skulesystem og mottakarar
drift-flyt-minutt = { $antall } siste minutt
drift-flyt-bak = { $antall } ventar
drift-flyt-flere = og { $antall } til
drift-ledd-kilde = KILDE
drift-ledd-kilde-hva = Det skulesystema og Folkeregisteret har sagt
drift-ledd-fint = FINT
drift-ledd-fint-hva = Det same på språket til FINT
drift-ledd-liste = LISTE
drift-ledd-liste-hva = Listene over elevar i 10. trinn
drift-ledd-innsending = INNSENDING
drift-ledd-innsending-hva = Godkjenningar, sendingar og svar

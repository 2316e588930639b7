# The pages of whoever runs the connections.
drift-tittel = Connections
drift-setning = { $antall ->
    [one] 1 school system
   *[other] { $antall } school systems
}: { $virker } working, { $tilsyn } needing attention, { $pauset } paused.
drift-kilder = School systems
drift-kilder-ingen = No school systems are connected here for you.
drift-mottakere = Receivers
drift-mottakere-ingen = No lists go to a county yet.
drift-behandling = Processing
drift-behandling-hva = How far the work on what has been fetched has come.
drift-bak = { $antall ->
    [0] up to date
    [one] 1 message to go
   *[other] { $antall } messages to go
}
drift-aldri = never
drift-kol-kilde = School system
drift-kol-eier = Owner
drift-kol-tilstand = State
drift-kol-hel = Last fetched in full
drift-kol-neste = Fetched next
drift-kol-karantene = In quarantine
drift-kol-mottaker = Receiver
drift-kol-eldste = The one that has waited longest was approved
drift-kol-trinn = Step
drift-kol-bak = Lag
drift-kol-arsak = Cause
drift-kol-hvor = Where it stopped
drift-kol-antall = Count
drift-kol-forste = First
drift-kol-siste = Latest
drift-kol-nokkel = Key
drift-kol-nar = Put here
drift-kol-storrelse = Size
drift-kol-navn = Name
drift-kol-slag = Kind
drift-kol-innhold = What it is
drift-kol-minutt = Last minute
drift-kol-kvarter = Last 15 minutes
drift-kol-ko = Waiting before it
drift-tilstand-pauset = Paused
drift-tilstand-stum = No contact: not fetched in full in time
drift-tilstand-ny = Not fetched yet
drift-tilstand-ok = Working
drift-tilstand-revet = The answers contradict each other
drift-tilstand-borte = Not answering
drift-tilstand-brems = Asks us to wait
drift-tilstand-avviser = Refuses our sign-in
drift-tilstand-uleselig = Answers something we cannot read
drift-tilstand-holdt = A large change awaits a decision
drift-tilstand-forkastet = Still shows what was discarded
drift-tilstand-feil = A fault on our side
drift-mottaker-ingen-venter = No lists are waiting to be sent
drift-mottaker-venter = { $antall ->
    [one] 1 list is approved and not answered
   *[other] { $antall } lists are approved and not answered
}
drift-slag-snapshot = Fetched everything
drift-slag-delta = Fetched what had changed
drift-slag-levert = Handed in as a file or keyed in
drift-slag-liste = Sent the whole list
drift-slag-oppdatering = Sent changes
drift-slag-tilbakelesing = Asked what the receiver has
drift-utfall-mottatt = Received
drift-utfall-advarsler = Received, with warnings
drift-utfall-avvist = Refused because of lines in the list
drift-utfall-stengt = The receiver has closed the collection
drift-utfall-ukjent-skole = The receiver does not know the school
drift-utfall-ukjent-skolear = The receiver does not know the school year
drift-utfall-allerede = The receiver already has a list
drift-utfall-endret = The list was changed at the receiver
drift-utfall-uten-grunn = Refused without a readable reason
drift-utfall-ikke-sendt = Did not leave, will be tried again
drift-utfall-uavklart = Unknown whether it arrived
drift-utfall-nektet = The receiver refuses our sign-in
drift-utfall-borte = The receiver does not answer
drift-utfall-ikke-mottatt = The receiver does not have it
drift-utfall-vet-ikke = The answer does not settle it
drift-utfall-annet = Other
drift-trinn-kilde = Fetching from the school system
drift-trinn-register = Look-up in the population register
drift-trinn-fint = Conversion to FINT
drift-trinn-liste = Building of lists
drift-trinn-levering = Delivery to the county
drift-ms = { $antall } ms
drift-s = { $antall } s
drift-min = { $antall } min
drift-hva-tenant = Everything from { $navn }
drift-hva-kilde = { $navn } at { $tenant }
drift-hva-skole = { $navn }
drift-hva-mottaker = Reception in { $navn }
drift-kilde-tittel = School system: { $navn }
drift-mottaker-tittel = Receiver: { $navn }
drift-fakta = Where it stands
drift-fakta-hel = Last fetched in full
drift-fakta-forsok = Last attempt
drift-fakta-endring = Last time anything had changed
drift-fakta-neste = Fetched next
drift-fakta-frist = Considered dead after
drift-fakta-rader = Rows the last time everything was fetched
drift-fakta-snapshot = Fetches that changed anything
drift-fakta-posisjon = Goes on from
drift-fakta-merke = Newest change by the school system's own clock
drift-fakta-karantene = Records in quarantine
drift-forsok = Last attempts
drift-forsok-hva = The last 100, newest first. Equal attempts in a row that brought nothing new stand as one. What is shown is the shape of what was read or sent, never the content.
drift-forsok-egne = Only attempts about your own schools are shown.
drift-forsok-ingen = No attempts have been made yet.
drift-forsok-innhold = Shape, refusals and tolerances
drift-ganger = { $antall } times alike, the last { $nar }.
drift-tall-rader = { $antall ->
    [one] 1 row
   *[other] { $antall } rows
}
drift-tall-nye = { $antall } new
drift-tall-endret = { $antall } changed
drift-tall-flyttet = { $antall } changed school
drift-tall-borte = { $antall } gone
drift-tall-savnet = { $antall } missing but kept
drift-tall-avvist = { $antall } refused
drift-tall-ingen = nothing read
drift-tall-linjer = { $antall ->
    [one] 1 line
   *[other] { $antall } lines
}
drift-funn = Tolerances used, and remarks
drift-avvist = Could not be read
drift-form = Fields of { $typ }
drift-form-felt = Field
drift-form-slag = Kind of value
drift-form-med = Present
drift-form-uten = Absent
drift-form-tekst = text
drift-form-tall = number
drift-form-bool = yes/no
drift-form-liste = list
drift-form-objekt = object
drift-pauset = Paused
drift-pauset-av = By { $hvem }, { $nar }:
drift-gjenoppta = Resume
drift-pause-sett = Pause
drift-pause-hva = Nothing is fetched from a paused school system, and nothing is sent for a paused school or to a paused receiver. It lasts until somebody resumes. Who and why is shown to everyone who runs the same.
drift-pause-velg = What should be paused?
drift-pause-velg-en = Choose
drift-pause-grunn = Why? Write without names and identity numbers.
drift-pause-na = Pause
drift-pauser-tittel = Pauses
drift-pauser-setning = { $antall ->
    [0] Nothing is paused.
    [one] 1 thing is paused.
   *[other] { $antall } things are paused.
}
drift-pauser-na = Paused now
drift-gruppe-tenant = Everything from an owner
drift-gruppe-kilde = A school system
drift-gruppe-mottaker = A receiver
drift-gruppe-skole = A school
drift-karantene-tittel = Quarantine
drift-karantene-setning = { $antall ->
    [0] Nothing is in quarantine.
    [one] 1 record is in quarantine.
   *[other] { $antall } records are in quarantine, of { $arsaker } causes.
}
drift-karantene-hva = What could not be read is put aside here instead of stopping the rest. When the fault is corrected where it came from, or here, it can be replayed.
drift-karantene-arsaker = Causes
drift-karantene-lost = Nothing is left of that cause. Everything has been read.
drift-arsak-tittel = A cause in quarantine
drift-arsak-setning = { $antall ->
    [one] 1 record stopped at: { $hvor }.
   *[other] { $antall } records stopped at: { $hvor }.
}
drift-prove-tittel = Tried without changing anything
drift-prove-svar = { $lesbare } of { $antall } can be read now.
drift-prove-uleselige = { $antall } still cannot be read, and will stay here.
drift-prove-ukjent = We cannot tell about { $antall }: the school system is paused, does not answer or is read elsewhere, or the message is no longer kept.
drift-prove-na = Try what can be read now
drift-spill-tittel = Replay
drift-spill-hva = First we try, without changing anything. It may take a while, because the school system is read. Then you decide.
drift-spill-alle = { $antall ->
    [one] Replay it
   *[other] Replay all { $antall }
}
drift-spill-en = Replay this one
drift-spill-denne = Try this one
drift-spill-bestilt = { $antall ->
    [one] 1 record will be replayed in a few seconds. It disappears from here when that has gone well.
   *[other] { $antall } records will be replayed in a few seconds. They disappear from here when that has gone well.
}
drift-spill-venter = { $antall ->
    [one] 1 record is waiting to be replayed.
   *[other] { $antall } records are waiting to be replayed.
}
drift-poster = Records
drift-poster-hva = The content is not shown. The key is a hash that cannot be traced back to anyone.
drift-poster-flere = { $antall } more are not listed.
drift-post-bestilt = Being replayed
drift-post-ligger = Lies here
drift-flyt-tittel = Flow
drift-flyt-setning = { $kilder ->
    [one] 1 school system
   *[other] { $kilder } school systems
} to { $mottakere ->
    [one] 1 receiver
   *[other] { $mottakere } receivers
}, { $pauset } paused.
drift-flyt-egne = The numbers are of what comes from your owners.
drift-flyt-alt = The numbers are of everything that passes through Mellomlag.
drift-flyt-bilde = Picture of the flow from school systems to receivers
drift-flyt-tabell-under = The same stands in the tables below.
drift-flyt-tabell = What passes through
drift-flyt-strommer = Streams
drift-flyt-ender = School systems and receivers
drift-flyt-minutt = { $antall } last minute
drift-flyt-bak = { $antall } waiting
drift-flyt-flere = and { $antall } more
drift-ledd-kilde = KILDE
drift-ledd-kilde-hva = What the school systems and the population register have said
drift-ledd-fint = FINT
drift-ledd-fint-hva = The same in the language of FINT
drift-ledd-liste = LISTE
drift-ledd-liste-hva = The lists of year 10 pupils
drift-ledd-innsending = INNSENDING
drift-ledd-innsending-hva = Approvals, deliveries and answers

# The pages of the county's intake office.
fylke-oversikt-tittel = Who has delivered
fylke-ingen-runder = No collection has been made for this county yet. The first one is set up by those who run Mellomlag.
fylke-runde-elevliste = Tenth-graders { $skolear }, { $fylke }
fylke-runde-termin = Term marks { $skolear }, { $fylke }
fylke-runde-standpunkt = Final marks { $skolear }, { $fylke }
fylke-tilstand-venter = Opens { $apner }. Deadline { $frist }.
fylke-tilstand-apen = Open. Deadline { $frist } ({ $igjen }).
fylke-tilstand-stengt = Closed. The deadline was { $frist }.
fylke-frist = Deadline { $frist } ({ $igjen }).
fylke-liste-vises-ikke = Received { $nar }. The pupils on the list cannot be shown here.
fylke-setning-ingen = We know of no schools in this collection yet.
fylke-setning-alle = { $alle ->
    [one] The school has delivered.
   *[other] All { $alle } schools have delivered.
}
fylke-setning-levert = { $alle ->
    [one] { $levert } of 1 school has delivered.
   *[other] { $levert } of { $alle } schools have delivered.
}
fylke-setning-mangler = { $mangler ->
    [one] 1 is missing.
   *[other] { $mangler } are missing.
}
fylke-setning-ikke-begynt = { $mangler ->
    [one] 1 is missing and has not begun.
   *[other] { $mangler } are missing, { $ikke } of them have not begun.
}
fylke-til-runden = Change the collection
fylke-se-runden = See the collection
fylke-last-ned-csv = Download as a spreadsheet (CSV)
fylke-velg-runde = Collection
fylke-vis = Show
fylke-haster = { $antall ->
    [one] 1 school needs help now
   *[other] { $antall } schools need help now
}
fylke-haster-hva = Of these we do not know for certain whether the list arrived, or something else must be looked into by a person. Nobody must send the list again before that is settled.
fylke-brutt = The history of the list cannot be read as it should, so its numbers cannot be trusted. Tell those who run Mellomlag.
fylke-uavklart-vi = We do not know whether the list arrived, and are finding out from VIGO.
fylke-kurve-tittel = Schools that have delivered, day by day
fylke-kurve-tekst = { $levert } of { $alle } schools have delivered so far. The deadline is { $frist }.
fylke-kurve-fjor = { $antall ->
    [one] Last year 1 school had delivered by the deadline.
   *[other] Last year { $antall } schools had delivered by the deadline.
}
fylke-kurve-frist = Deadline { $dag }
fylke-kurve-tegn = Solid line: schools that have delivered. Dashed vertical line: the deadline.
fylke-kurve-tegn-fjor = Solid line: this year. Dotted line: last year, at the same distance from the deadline. Dashed vertical line: the deadline.
fylke-kurve-som-tabell = Show the numbers as a table
fylke-kurve-dag = Day
fylke-kurve-nye = New schools
fylke-kurve-til-na = Delivered in all
fylke-kurve-i-fjor = Last year
fylke-skoler-tittel = The schools
fylke-utvalg = Which schools
fylke-utvalg-alle = All
fylke-utvalg-mangler = Have not delivered
fylke-utvalg-ikke-begynt = Have not begun
fylke-ikke-koblet = Not connected
fylke-utvalg-rettes = Must correct something
fylke-utvalg-levert = Have delivered
fylke-utvalg-endret = Changed after delivery
fylke-utvalg-uavklart = Not known whether the list arrived
fylke-kommune = Municipality
fylke-alle-kommuner = All municipalities
fylke-uten-kommune = Municipality not known
fylke-sorter = Order
fylke-sorter-navn = By name
fylke-sorter-mangler = Most missing first
fylke-sorter-status = By status
fylke-viser = Showing { $antall } of { $av } schools.
fylke-endret-etter = { $antall ->
    [one] 1 list has changed since it was delivered.
   *[other] { $antall } lists have changed since they were delivered.
}
fylke-utenfor = { $antall ->
    [one] 1 school has a list but is not part of the collection.
   *[other] { $antall } schools have lists but are not part of the collection.
}
fylke-kommune-levert = { $levert } of { $alle } delivered
fylke-kommune-mangler = { $antall ->
    [one] 1 missing
   *[other] { $antall } missing
}
fylke-skoler-i = Schools in { $kommune }
fylke-skole = School
fylke-skole-ukjent = School number { $nr }, from which we have nothing
fylke-status = Status
fylke-levert = Delivered
fylke-elever = Pupils
fylke-rad-endret = Changed after delivery.
fylke-rad-rettes = { $antall ->
    [one] 1 pupil must be corrected.
   *[other] { $antall } pupils must be corrected.
}
fylke-csv-kommunenr = Municipality number
fylke-csv-kommune = Municipality
fylke-csv-skolenr = School number
fylke-csv-skole = School
fylke-csv-levert = Delivered
fylke-csv-status = Status
fylke-csv-forst = First received
fylke-csv-elever = Pupils on the list
fylke-csv-mottatt = Pupils received
fylke-csv-rettes = Pupils to be corrected
fylke-runder-tittel = Collections
fylke-runder-hva = A collection is the period in which schools can send their lists. Choose one to open, extend or close it.
fylke-se-skolene = See the schools
fylke-runde-brutt = The history of the collection cannot be read as it should. It cannot be changed before those who run Mellomlag have looked at it.
fylke-ikke-endret = Nothing was changed
fylke-runde-sier = What applies
fylke-felt-apner = Opens
fylke-felt-godkjenning = Who approves the lists
fylke-felt-skoler = Schools that are in
fylke-felt-paminnelser = Reminders
fylke-felt-kontakt = Contact at the intake office
fylke-felt-instruks = Instructions to the schools
fylke-felt-timer = Hours a list must be unchanged before it is approved automatically
fylke-ingen-kontakt = None is given
fylke-ingen-instruks = No instructions have been written to the schools.
fylke-rediger = Change instructions, contact and rules
fylke-se-brev = See letters and reminders as they are sent
fylke-lag-neste = Make next year's collection from this one
fylke-endre-tid = Open, extend or close
fylke-apne = Open earlier, or at another time
fylke-apne-nar = When should it open? Leave the field empty to open now.
fylke-apne-na = Open
fylke-apne-igjen = Open again with a new deadline
fylke-forleng = Extend the deadline
fylke-ny-frist = Last minute in which lists can be delivered
fylke-forleng-na = Save the new deadline
fylke-forkort = Set an earlier deadline
fylke-forkort-hva = Schools get less time than they were told. Let them know.
fylke-forkort-na = Save the earlier deadline
fylke-til-steng = Close the collection now
fylke-hvorfor = Why? Write no names or identity numbers. The reason stands in the history.
fylke-historie = Who changed what, and why
fylke-fordi = Reason:
fylke-av-oppsett = Mellomlag's configuration
fylke-av-regel = Automatic rule
fylke-godkjenning-skole = The school or the municipality
fylke-godkjenning-kommune = Only the municipality
fylke-godkjenning-automatisk = { $timer ->
    [one] Automatically, when the list has no errors and has been unchanged for 1 hour
   *[other] Automatically, when the list has no errors and has been unchanged for { $timer } hours
}
fylke-godkjenning-automatisk-valg = Automatically, when the list has no errors
fylke-godkjenning-ugyldig = Choose who approves the lists.
fylke-timer-ugyldig = Write the hours as a number from 0 to 720.
fylke-paminnelser-ingen = None
fylke-paminnelse-dag = { $dager ->
    [0] on the last day
    [one] the day before
   *[other] { $dager } days before
}
fylke-paminnelser-hjelp = Days before the last day, for example 14, 7, 2, 0. Those who have delivered are not reminded. Empty: no reminders.
fylke-paminnelser-ugyldig = Write the reminders as numbers of days with commas between, for example 14, 7, 2, 0.
fylke-skoler-alle = All primary and lower secondary schools of the county
fylke-skoler-antall = { $antall ->
    [one] 1 school
   *[other] { $antall } schools
}
fylke-skoler-hjelp = The school numbers in VIGO, five digits each, with spaces or new lines between. Empty field: all schools of the county. Those that are not connected count as missing, but get no letters.
fylke-instruks-hjelp = Schools see the text on their page and get it in the letter. Say how it is done and what matters. Deadline and contact are added by themselves.
fylke-kontakt-navn = Name of the office
fylke-kontakt-epost = E-mail
fylke-kontakt-telefon = Telephone
fylke-endret-apner = Opens { $til }
fylke-endret-frist = Deadline { $til }
fylke-endret-frist-fra = The deadline was moved from { $fra } to { $til }
fylke-endret-instruks = The instructions to the schools were changed
fylke-endret-kontakt = Contact: { $kontakt }
fylke-endret-kontakt-ingen = The contact was removed
fylke-endret-paminnelser = Reminders: { $dager }
fylke-endret-skoler = Schools: { $skoler }
fylke-tid-ugyldig = The moment cannot be read. Write day and time of day, for example 13.11.2026 23.59.
fylke-tid-finnes-ikke = That time of day does not exist on that day, because clocks are put forward. Choose another.
fylke-steng-tittel = Close the collection now
fylke-steng-mangler = { $antall ->
    [one] 1 school has not delivered
   *[other] { $antall } schools have not delivered
}
fylke-steng-uavklarte = { $antall ->
    [one] Of 1 school we do not know whether the list arrived.
   *[other] Of { $antall } schools we do not know whether the list arrived.
}
fylke-steng-hva = When the collection is closed, no school can send its list. You can open it again by setting a new deadline.
fylke-steng-bekreft = Yes, I want to close the collection now
fylke-steng-bekreft-uten = { $antall ->
    [one] Yes, I want to close although 1 school is missing
   *[other] Yes, I want to close although { $antall } schools are missing
}
fylke-steng-bekreft-mangler = Tick the box to say that you want to close.
fylke-steng-flere = More schools are missing now than when you looked. Look through the list again.
fylke-steng-na = Close now
fylke-rediger-tittel = Change: { $runde }
fylke-rediger-lagre = Save the changes
fylke-ny-tittel = New collection: { $runde }
fylke-ny-hva = Everything is filled in as it was this year, with the dates moved one year ahead. Look it over before you save.
fylke-ny-lagre = Make the collection
fylke-ny-finnes = This collection exists already. Change it instead.
fylke-brev-tittel = Letters and reminders
fylke-brev-hva = This is how the letters look when they are sent to the schools, to the municipalities and to you. The schools in them are some of those that have not delivered now. Looking at the letters sends nothing.
fylke-brev-uten-epost = No e-mail is set up here, so no letters or reminders are sent. Schools see the instructions on their page.
fylke-brev-sprak = The language of the letters
fylke-brev-instruks = When the collection opens, and when deadline, instruction or contact change after that
fylke-brev-ikke-levert = When the deadline has passed
fylke-brev-til-skole = to the school
fylke-brev-til-kommune = to the municipality
fylke-brev-til-fylke = to you
fylke-brev-eksempel = Example school
fylke-brev-paminnelse = Reminder { $dag }
fylke-brev-emne = Subject:
fylke-etter-tittel = Late changes
fylke-etter-setning = { $antall ->
    [0] No changes are waiting for an answer.
    [one] 1 change is waiting for an answer.
   *[other] { $antall } changes are waiting for an answer.
}
fylke-etter-hva = A late change is one that came after the list was finally received: a new pupil, a changed detail or a pupil who has left. The school reports it to you, and you answer here.
fylke-etter-meldte = Waiting for your answer
fylke-etter-umeldte = Not reported by the schools yet
fylke-etter-umeldte-hva = These changes were seen in the school system, but the school has not reported them, or was refused. You cannot answer before they are reported.
fylke-etter-antall = Changes
fylke-skolear = School year
fylke-etter-ikke-meldt = { $antall ->
    [one] The school has 1 change that is not reported.
   *[other] The school has { $antall } changes that are not reported.
}
fylke-se-listen = See the list as it was received
fylke-elev-uten-navn = A pupil whose name we no longer have
fylke-etter-ny = New pupil.
fylke-etter-endret = Changed details.
fylke-etter-borte = The pupil is no longer at the school.
fylke-etter-apen = Not reported.
fylke-etter-venter = Waiting for an answer.
fylke-etter-godtatt = Taken in.
fylke-etter-avvist = Not taken in.
fylke-etter-grunn = Answer to the school. Write no names or identity numbers.
fylke-etter-ta = We have taken the change in
fylke-etter-avslag = We do not take it in
fylke-etter-ferdige = Answered
fylke-kvitteringer-tittel = Receipts
fylke-kvitteringer-setning = { $antall ->
    [one] 1 list has been received.
   *[other] { $antall } lists have been received.
}
fylke-kvitteringer-ingen = No lists have been received in this collection yet.
fylke-kvittering-nummer = Receipt number
fylke-kvittering-nar = Received
fylke-kvittering-signert = Signed receipt
fylke-kvittering-usignert = Not signed
fylke-kvittering-last-ned = Download the receipt
fylke-kontroll-tittel = Check a receipt
fylke-kontroll-hva = If a school, a municipality or a parent gives you a receipt, you can see here whether it is genuine. The file is not kept.
fylke-kontroll-apne = Choose a file or paste
fylke-kontroll-fil = File with the receipt, at most { $kib } kB
fylke-kontroll-tekst = Or paste everything that is in the file
fylke-kontroll-nokkel = Public key of another issuer (not needed for receipts from here)
fylke-kontroll-nokkel-hjelp = Begins with BEGIN PUBLIC KEY. Only use a key that you have from the issuer.
fylke-kontroll-na = Check
fylke-kontroll-en-til = Check another
fylke-kontroll-ekte = The receipt is genuine.
fylke-kontroll-falsk = The receipt proves nothing
fylke-kontroll-liste = { $antall ->
    [one] It proves that the list below, with 1 pupil, was received, and it has not been changed since it was issued.
   *[other] It proves that the list below, with { $antall } pupils, was received, and it has not been changed since it was issued.
}
fylke-kontroll-elev-ekte = It proves that the pupil was on the list below, with exactly the details in the file.
fylke-kontroll-var-nokkel = It is signed with the key of { $utsteder }, which this service uses.
fylke-kontroll-din-nokkel = It is signed with the key that you pasted, and names { $utsteder } as its issuer. That the key is theirs is for you to know.
fylke-kontroll-siste = This is the newest receipt that we have for the list.
fylke-kontroll-nyere = We have another, newer receipt for this list. So the list has been delivered again since.
fylke-kontroll-tom = You have not chosen a file or pasted anything.
fylke-kontroll-nokkel-feil = The key cannot be used. Paste the whole public key, and never a private one.
fylke-kontroll-for-stor = The file is larger than any receipt.
fylke-kontroll-ukjent = The file is not a receipt from Mellomlag, or something in it is missing, added or damaged.
fylke-kontroll-versjon = It is of version { $nr }, which we do not know.
fylke-kontroll-omskrevet = It is not written as it was issued. Ask for the file again, and do not open it in an editor.
fylke-kontroll-ukjent-nokkel = It is signed with a key that we do not know. Ask the issuer whether the key with this fingerprint is theirs: { $kid }
fylke-kontroll-signatur = The signature does not fit. The receipt was changed, or somebody else has made it.
fylke-kontroll-elev = The pupil does not belong to the list. The receipt was changed, or somebody else has made it.
fylke-kontroll-felt-runde = Collection
fylke-kontroll-felt-svar = The receiver's answer
fylke-kontroll-felt-godkjent = Approved by
fylke-kontroll-felt-utsteder = Issued by
fylke-kontroll-felt-elev = Pupil
fylke-kontroll-felt-kid = Fingerprint of the key
fylke-kontroll-felt-segl = Seal
fylke-kontroll-elev-linje = { $navn }, { $klasse }, line { $linje }
fylke-kontroll-svar-uten = Received without remarks.
fylke-kontroll-svar-med = { $antall ->
    [one] Received with 1 remark.
   *[other] Received with { $antall } remarks.
}
fylke-kontroll-avklart-person = The answer was lost, and a person has confirmed that the receiver has the list.
fylke-kontroll-avklart-maskin = The answer was lost, but it was found out later that the receiver has the list.
fylke-kontroll-leverandor = Supplier
fylke-uten-klasse = no class
fylke-fiktive-tittel = Temporary numbers
fylke-fiktive-setning = { $trenger ->
    [one] 1 pupil needs a number from you, { $har } entered.
   *[other] { $trenger } pupils need a number from you, { $har } entered.
}
fylke-fiktive-hva = Pupils without a national identity number or D-number are given a temporary number by the intake office. The school, the municipality or you enter it. Mellomlag never makes such numbers. You see who the pupils are only when the school has entered the number or reported the pupil by hand.
fylke-fiktive-uten = Enter a number
fylke-fiktive-uten-hva = The school has reported these pupils by hand, and they have no number that can be used. When you have entered one, the school can put the pupil back on the list.
fylke-fiktive-kilde-hvor = Where the number is from, such as “entered in VIGO 3 November”
fylke-fiktive-trenger = Need a number
fylke-fiktive-har = Entered
fylke-fiktive-nummer = Temporary number
fylke-fiktive-kilde = Where the number is from
fylke-fiktive-fort = Entered by
fylke-vis-nummer = Show the whole number
fylke-nummer-logget = That you have seen the number is written in the access log.
fylke-liste-mottatt = { $antall ->
    [one] 1 pupil, received { $nar }.
   *[other] { $antall } pupils, received { $nar }.
}
fylke-liste-ikke-mottatt = The list has not been received yet. You see the pupils when it is.
fylke-liste-endret = The list has changed at the school since. Below it stands as it was received.
fylke-liste-elever = The pupils on the list
fylke-liste-logget = That you have seen the list is written in the access log.
fylke-liste-historie = What was delivered when
fylke-organisasjonsnummer = Organisation number
fylke-til-ettermeldinger = Answer the changes that were reported
fylke-skriv-ut = Print
fylke-navn = Name
fylke-klasse = Class
fylke-fodselsnummer = Identity number
fylke-overlevert = Pupils reported to you outside the list
fylke-overlevert-rutet = reported by hand ({ $grunn }).
fylke-overlevert-etter = has a late change.
fylke-overlevert-fiktivt = has a temporary number ({ $kilde }).
fylke-post-godkjent = The list was approved
fylke-post-tilbakekalt = The approval was taken back
fylke-post-mottatt = The list was received
fylke-post-avvist = The list was not accepted
fylke-post-allerede = VIGO answered that a list has been delivered already
fylke-post-uavklart = There was no answer from VIGO
fylke-post-avklart-ja = It was found out that VIGO has the list
fylke-post-avklart-nei = It was found out that VIGO does not have the list

//! Judges a submission, in the receiver's order: school year, window, school, empty, duplicate, then each pupil.

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    Identitetsregler, Indre, Innsending, Linje, Melding, Nummerstatus, Skoleoppforing, Status, innsending::ElevInn,
    laas, skolear_navn, svar::Avslag, tilgang::Innsender,
};
use crate::klokke::skolear_ved;

const UGYLDIG_NUMMER: Melding = Melding {
    field: "personalIdentityNumber",
    code: "INVALID_IDENTITY_NUMBER",
    severity: "ERROR",
    message: "Ugyldig fødselsnummer",
};
const FIKTIVT_NUMMER: Melding = Melding {
    field: "personalIdentityNumber",
    code: "SYNTHETIC_IDENTITY_NUMBER",
    severity: "WARNING",
    message: "Fiktivt fødselsnummer",
};
const MANGLER_KLASSE: Melding =
    Melding { field: "classCode", code: "MISSING_CLASS_CODE", severity: "ERROR", message: "Klassekode mangler" };
const MANGLER_NAVN: Melding =
    Melding { field: "name", code: "MISSING_NAME", severity: "WARNING", message: "Navn mangler" };

/// What goes wrong on purpose while a submission is judged.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Forstyrrelse {
    pub(super) lukket_vindu: bool,
    pub(super) kodeverk_nede: bool,
}

impl Indre {
    /// Judges and stores. A refusal that is about the content is stored too.
    pub(super) fn ta_imot(
        &self,
        orgnr: &str,
        elever: Vec<ElevInn>,
        innsender: &Innsender,
        forstyrrelse: Forstyrrelse,
    ) -> Result<Innsending, Avslag> {
        let na = self.config.klokke.na();
        let skolear = skolear_navn(skolear_ved(na));
        let skole = self.finn_skole(orgnr, &skolear, na, forstyrrelse)?;
        // Held from the look for a duplicate until the list is stored: two at once must not both be taken.
        let mut lager = laas(&self.lager);
        let tom = elever.is_empty();
        if !tom && lager.godkjent(orgnr, &skolear).is_some() {
            return Err(Avslag::Forbudt("Det finnes allerede en godkjent innsending for skolen i dette skoleåret"));
        }
        let linjer: Vec<Linje> =
            elever.into_iter().enumerate().map(|(i, elev)| vurder(self.config.regler, i + 1, elev)).collect();
        let noen = |alvor: &str| linjer.iter().flat_map(|l| &l.messages).any(|m| m.severity == alvor);
        let status = if tom || noen("ERROR") {
            Status::Rejected
        } else if noen("WARNING") {
            Status::AcceptedWithWarnings
        } else {
            Status::Accepted
        };
        let innsending = Innsending {
            submission_id: Uuid::new_v4(),
            school_year: skolear,
            status,
            school: skole,
            submitted_by: innsender.konsument.clone(),
            supplier: innsender.leverandor.clone(),
            received_date: na,
            lines: linjer,
        };
        lager.legg_til(innsending.clone());
        drop(lager);
        tracing::info!(linjer = innsending.lines.len(), ?status, "submission stored");
        match status {
            Status::Rejected if tom => Err(Avslag::Avvist("Innsendingen har ingen elever", Box::new(innsending))),
            Status::Rejected => {
                Err(Avslag::Avvist("Innsendingen har feil i én eller flere linjer", Box::new(innsending)))
            }
            Status::Accepted | Status::AcceptedWithWarnings => Ok(innsending),
        }
    }

    fn finn_skole(
        &self,
        orgnr: &str,
        skolear: &str,
        na: Timestamp,
        forstyrrelse: Forstyrrelse,
    ) -> Result<Skoleoppforing, Avslag> {
        let skole = laas(&self.kodeverk).grunnskole(orgnr).cloned();
        let vinduer = laas(&self.vinduer);
        if !vinduer.finnes(skolear) {
            return Err(Avslag::Forbudt("Skoleåret er ikke opprettet"));
        }
        let fylke = skole.as_ref().map(|s| s.county_nr.as_str());
        if forstyrrelse.lukket_vindu || !vinduer.er_apent(fylke, na) {
            return Err(Avslag::Forbudt("Innsendingsvinduet er ikke åpent"));
        }
        if forstyrrelse.kodeverk_nede {
            return Err(Avslag::Forbudt("Skolen kunne ikke verifiseres i VIGO kodeverk"));
        }
        skole.ok_or(Avslag::Forbudt("Skolen finnes ikke som grunnskole i VIGO kodeverk"))
    }
}

fn vurder(regler: Identitetsregler, line_number: usize, elev: ElevInn) -> Linje {
    let nummer = elev.nummer.unwrap_or_default();
    let klasse = elev.klassekode.unwrap_or_default();
    let navn = elev.name.unwrap_or_default();
    let mut messages = Vec::new();
    let status = regler.vurder(&nummer);
    match status {
        Nummerstatus::Ugyldig => messages.push(UGYLDIG_NUMMER),
        Nummerstatus::Fiktivt => messages.push(FIKTIVT_NUMMER),
        Nummerstatus::Fnr | Nummerstatus::Dnr => {}
    }
    if klasse.trim().is_empty() {
        messages.push(MANGLER_KLASSE);
    }
    let blank = |del: &Option<String>| del.as_deref().is_none_or(|t| t.trim().is_empty());
    if blank(&navn.first_name) || blank(&navn.last_name) {
        messages.push(MANGLER_NAVN);
    }
    Linje {
        line_number,
        class_code: klasse,
        personal_identity_number: nummer,
        personal_identity_number_status: status.tekst(),
        name: navn,
        messages,
    }
}

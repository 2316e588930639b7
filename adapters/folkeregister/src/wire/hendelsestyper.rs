//! The types of event that were known when this was written. A new one changes nothing: the person is looked up for any
//! type. It is counted, so that somebody can read what is new.

/// All known types, in order.
const KJENTE: [&str; 46] = [
    "endringIAdressebeskyttelse",
    "endringIBostedsadresse",
    "endringIBostedsadresseUtenFlytting",
    "endringIBostedsadresseVedKommuneregulering",
    "endringIBrukAvSamiskSpraak",
    "endringIDeltBosted",
    "endringIDoedsfall",
    "endringIFalskIdentitet",
    "endringIFamilierelasjon",
    "endringIFoedsel",
    "endringIFoedselINorge",
    "endringIForeldreansvar",
    "endringIFratattRettsligHandleevne",
    "endringIIdentifikasjonsnummer",
    "endringIIdentitetsgrunnlag",
    "endringIInnflytting",
    "endringIKjoenn",
    "endringIKontaktinformasjon",
    "endringIKontaktopplysningerForDoedsbo",
    "endringILegitimasjonsdokument",
    "endringINavn",
    "endringIOpphold",
    "endringIOppholdPaaSvalbard",
    "endringIOppholdsadresse",
    "endringIPerson",
    "endringIRettsligHandleevne",
    "endringISametingetsValgmanntall",
    "endringISivilstand",
    "endringIStatsborgerskap",
    "endringIStatus",
    "endringIUtenlandskPersonidentifikasjon",
    "endringIUtflytting",
    "endringIUtlendingsmyndighetenesIdentifikasjonsnummer",
    "endringIVergemaal",
    "personErBosatt",
    "personErDoed",
    "personErEndretVedSplitting",
    "personErGjenopprettetVedSplitting",
    "personErInaktiv",
    "personErOppdatert",
    "personErOpphoert",
    "personErOpphoertSomDublett",
    "personErOpprettet",
    "personErReaktivert",
    "personErUtflyttet",
    "personErViderefoertSomGjeldendeVedSammenslaaing",
];

/// Whether the type is one that was known.
pub(super) fn kjent(hendelsetype: &str) -> bool {
    KJENTE.binary_search(&hendelsetype).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_are_in_order_so_that_each_is_found() {
        assert!(KJENTE.is_sorted() && KJENTE.iter().all(|t| kjent(t)));
        assert!(!kjent("endringIAlt") && !kjent(""));
    }
}

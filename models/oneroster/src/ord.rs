//! Words and days that suppliers share, whatever form they send them in.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Words that suppliers use for a Norwegian identity number: types in `userIds`, and names in metadata. Hyphens and
/// underscores are left out.
const NUMMERORD: [&str; 11] = [
    "fnr",
    "dnr",
    "nin",
    "noredupersonnin",
    "fodselsnummer",
    "foedselsnummer",
    "fødselsnummer",
    "dnummer",
    "nationalid",
    "nationalidnumber",
    "personnummer",
];

/// The roles of 1.1 and 1.2 that are not `student`. Others are allowed only with `ext:` in front.
const ANDRE_ROLLER: [&str; 14] = [
    "administrator",
    "aide",
    "counselor",
    "districtAdministrator",
    "guardian",
    "parent",
    "principal",
    "proctor",
    "relative",
    "siteAdministrator",
    "systemAdministrator",
    "teacher",
    "faculty",
    "staff",
];

/// Whether one of a text's words means an identity number: `FNR`, `no:fnr`, `onedhub.fodselsnummer`, `D-nummer`.
pub fn er_nummerord(tekst: &str) -> bool {
    let tekst = tekst.to_lowercase().replace(['-', '_'], "");
    tekst.split(|tegn: char| !tegn.is_alphanumeric()).any(|ordet| NUMMERORD.contains(&ordet))
}

/// Whether a role is one that somebody else than a pupil has.
pub fn er_annen_rolle(rolle: &str) -> bool {
    rolle.starts_with("ext:") || ANDRE_ROLLER.iter().any(|kjent| kjent.eq_ignore_ascii_case(rolle.trim()))
}

/// The day that a moment lies in, in Norway. The rule is given as text, so that no time zone database has to be on the
/// machine.
pub fn norsk_dag(tid: Timestamp) -> Date {
    match TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3") {
        Ok(oslo) => oslo.to_datetime(tid).date(),
        Err(_) => TimeZone::UTC.to_datetime(tid.saturating_add(SignedDuration::from_hours(1)).unwrap_or(tid)).date(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_by_its_words() {
        for ja in ["FNR", "no:fnr", "onedhub.fodselsnummer", "D-nummer", "national_id", "Fødselsnummer"] {
            assert!(er_nummerord(ja), "{ja}");
        }
        for nei in ["Feide", "LDAP", "employeeNumber", "", "fnrs"] {
            assert!(!er_nummerord(nei), "{nei}");
        }
    }

    #[test]
    fn an_unknown_role_is_nobodys() {
        assert!(er_annen_rolle("Teacher") && er_annen_rolle("ext:primaryGuardian"));
        assert!(!er_annen_rolle("student") && !er_annen_rolle("wizard"));
    }

    #[test]
    fn a_day_begins_at_midnight_in_norway() {
        let dag = |tid: &str| norsk_dag(tid.parse().unwrap()).to_string();
        assert_eq!(dag("2026-07-31T22:00:00Z"), "2026-08-01");
        assert_eq!(dag("2026-12-31T22:59:59Z"), "2026-12-31");
    }
}

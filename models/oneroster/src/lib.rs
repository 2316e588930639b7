//! OneRoster objects, normalised: one shape for 1.1, 1.2, CSV and the dialects of vendors.
//!
//! Only what the elevliste needs is kept. Guardians, teachers, e-mail, telephone and addresses have no field here, so
//! they cannot be stored or sent by mistake. Personal values and the source's own ids print as `***`: a `sourcedId` has
//! been seen to be a reversible form of an identity number.

mod objekt;
mod ord;

pub use objekt::{AcademicSession, Class, Enrollment, Kildeid, Objekt, Objekttype, Org, Role, Status, User};
pub use ord::{er_annen_rolle, er_nummerord, norsk_dag};

//! The code lists of education.

use crate::felles::begrep;

begrep! {
    /// How somebody is a pupil: full time, part time, private candidate and so on. Written for upper secondary.
    Elevkategori = "utdanning-kodeverk:Elevkategori";
    /// A school year; its `gyldighetsperiode` gives the groups of the year their span. It turns on 1 August.
    Skolear = "utdanning-kodeverk:Skolear";
    /// A part of a school year.
    Termin = "utdanning-kodeverk:Termin";
}

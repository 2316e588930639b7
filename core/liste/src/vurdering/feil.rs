//! Why an act is refused, in words for people: what is the matter, and the way out.

mod ord;

use crate::Tekst;

/// Why an act may not be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Handlingsfeil {
    /// Approved already, and unchanged since.
    #[error("exactly this list is approved already; there is nothing more to do before it is sent")]
    AlleredeGodkjent,
    /// The seal is not the one that the list has now.
    #[error("the list is another than the one that was looked at; look at it again, and approve what stands there now")]
    GammeltSegl,
    /// Errors are open.
    #[error("the list has errors; correct them at the source, or hold back the pupils they are about, with a reason")]
    HarAvvik,
    /// A request is under way.
    #[error("the list is on its way to the receiver; wait for the answer")]
    Sendes,
    /// An attempt has an unknown outcome.
    #[error("nobody knows whether the list arrived; find that out first, and write down what was found")]
    Uavklart,
    /// The receiver has exactly this.
    #[error("the receiver has the list; what changes now is an update by itself, or is reported to the intake office")]
    AlleredeMottatt,
    /// After the close.
    #[error("the round is over; the county can extend it, or take the pupils by hand")]
    RundenErOver,
    /// The round wants an approval by the school.
    #[error("in this round the school or its municipality approves; ask one of them")]
    SkolenGodkjenner,
    /// The round wants an approval by the municipality.
    #[error("in this round the municipality approves; ask somebody there, or act in that role")]
    KommunenGodkjenner,
    /// There is no approval to take back.
    #[error("nothing is approved that has not been sent; there is nothing to take back or to send")]
    IkkeGodkjent,
    /// Only a person may do it.
    #[error("only a person may do this now; the list must be looked at")]
    BareMennesker,
    /// Only a machine writes it.
    #[error("only the program itself writes this; say what was found out by resolving the attempt")]
    BareMaskinen,
    /// No such pupil on the list.
    #[error("no pupil with this id is on the list; `mellomlag list show` prints the ids")]
    UkjentElev,
    /// Neither held back nor routed by hand.
    #[error("the pupil is neither held back nor routed by hand; there is nothing to release")]
    IkkeTattUt,
    /// A reason is missing.
    #[error("a reason is missing; say in a few words why")]
    TomGrunn,
    /// The reason is too long.
    #[error("the reason is longer than 500 characters; shorten it")]
    LangGrunn,
    /// The reason holds an identity number.
    #[error("the reason seems to hold an identity number; leave it out: the pupil is named by the id")]
    NummerIGrunn,
    /// The role may not enter fictitious numbers.
    #[error(
        "only somebody known to act for the school, the municipality or the intake office enters a fictitious number; say in which role you act"
    )]
    FiktivtRolle,
    /// Not a number of that kind.
    #[error("this is no fictitious number as intake offices issue them; check it against the office's letter")]
    IkkeFiktivt,
    /// The pupil has a number.
    #[error("the source has a number for the pupil that the receiver takes; correct it at the source if it is wrong")]
    HarNummer,
    /// Another pupil has this number.
    #[error("another pupil on the list has this number; check it against the office's letter")]
    FiktivtBrukt,
    /// No fictitious number to take back.
    #[error("no fictitious number is entered for the pupil; there is nothing to take back")]
    UtenFiktivt,
    /// Nothing is unknown.
    #[error("no delivery of this list has an unknown outcome; there is nothing to resolve")]
    IngentingUavklart,
    /// Another attempt is the unknown one.
    #[error("the seal is of another attempt than the one that must be resolved; look at the list again")]
    AnnetForsok,
    /// Not the receiver's number of a delivery that it has.
    #[error("this is no receipt's number; give only what the receiver calls the delivery, or leave it out")]
    Kvitteringsnummer,
    /// No such change.
    #[error("no change with this id waits for the intake office; it may have changed again: look at the list")]
    UkjentEttermelding,
    /// The change is reported already.
    #[error("the change is reported to the intake office already; write down what it says when it has answered")]
    AlleredeMeldt,
    /// The change is not reported, or is dealt with.
    #[error("the change does not wait for the intake office's answer; report it first")]
    IkkeMeldt,
}

impl Handlingsfeil {
    /// All of them.
    pub const ALLE: [Self; 28] = [
        Self::AlleredeGodkjent,
        Self::GammeltSegl,
        Self::HarAvvik,
        Self::Sendes,
        Self::Uavklart,
        Self::AlleredeMottatt,
        Self::RundenErOver,
        Self::SkolenGodkjenner,
        Self::KommunenGodkjenner,
        Self::IkkeGodkjent,
        Self::BareMennesker,
        Self::BareMaskinen,
        Self::UkjentElev,
        Self::IkkeTattUt,
        Self::TomGrunn,
        Self::LangGrunn,
        Self::NummerIGrunn,
        Self::FiktivtRolle,
        Self::IkkeFiktivt,
        Self::HarNummer,
        Self::FiktivtBrukt,
        Self::UtenFiktivt,
        Self::IngentingUavklart,
        Self::AnnetForsok,
        Self::Kvitteringsnummer,
        Self::UkjentEttermelding,
        Self::AlleredeMeldt,
        Self::IkkeMeldt,
    ];

    /// A stable code, for machines and for looking it up.
    pub const fn kode(self) -> &'static str {
        self.ord().0
    }

    /// What is the matter and the way out, for people.
    pub const fn tekst(self) -> Tekst {
        let (_, nb, nn, en) = self.ord();
        Tekst { nb, nn, en }
    }
}

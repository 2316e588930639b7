//! The loop that follows a person register, against a real nats-server and a register that does what it is told.

mod falsk;
mod feil;
mod ferskhet;
mod hvem;
mod oppstilling;
mod sted;

use oppstilling::{Sted, fremmede, historikk, liste, liste_av, merke, numre, svar};

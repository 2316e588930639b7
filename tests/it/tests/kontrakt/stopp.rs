//! A source that hangs is let go of when the program stops.

use crate::prover::API;
use crate::sted::Sted;
use simulators::vigilo::Feil;
use std::time::{Duration, Instant};

/// Long past what anybody waits for.
const HENGER: Feil = Feil::Treg { millisekunder: 600_000 };
const FRIST: Duration = Duration::from_secs(10);

#[tokio::test]
async fn an_answer_that_hangs_does_not_hold_the_program_back() {
    for oppsett in API {
        let prove = oppsett.start(8, oppsett.stor_side).await;
        let sted = Sted::ny(&prove.klokke, prove.ny_kilde()).await;
        let (lop, _) = sted.start().await;
        let (antall, innhold) = (sted.logg().len(), sted.innhold().await);
        let kall = prove.vigilo().kall();
        prove.vigilo().feil(HENGER);
        lop.be_om();
        let frist = Instant::now() + FRIST;
        while prove.vigilo().kall() == kall {
            assert!(Instant::now() < frist, "{}: it was never asked", prove.navn);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(lop.stopp(FRIST).await, "{}: the loop stops inside its grace period", prove.navn);
        assert_eq!(sted.logg().len(), antall, "{}", prove.navn);
        // And the next process goes on as if nothing had been.
        prove.vigilo().fjern_feil();
        let (lop, _) = sted.start().await;
        assert!(sted.innhold().await == innhold && sted.logg().len() == antall, "{}", prove.navn);
        assert!(lop.stopp(FRIST).await);
    }
}

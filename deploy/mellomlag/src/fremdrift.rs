//! Progress on long work: bars where standard error is a terminal, nothing where it is not.

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use runtime::{Maalere, Omgivelse};
use std::io::IsTerminal;
use std::time::Duration;
use tokio::task::JoinHandle;

/// One bar per stage, fed by the same counters that Prometheus reads.
pub struct Fremdrift {
    oppgave: Option<JoinHandle<()>>,
    bjelker: MultiProgress,
}

impl Fremdrift {
    /// Bars for `tenanter`, unless standard error is no terminal.
    pub fn vis(om: &Omgivelse, tenanter: &[&str]) -> Self {
        let bjelker = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        if !std::io::stderr().is_terminal() {
            return Self { oppgave: None, bjelker };
        }
        let stil = ProgressStyle::with_template("{prefix:>10} {bar:30} {pos:>8}/{len:<8} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let rader: Vec<(ProgressBar, &'static str)> =
            [("kilde", "lest fra skolesystemet"), ("fint", "kartlagt til FINT"), ("liste", "listeversjoner")]
                .into_iter()
                .map(|(del, tekst)| {
                    (
                        bjelker.add(ProgressBar::new(0).with_style(stil.clone()).with_prefix(del).with_message(tekst)),
                        del,
                    )
                })
                .collect();
        let (om, tenanter) = (om.clone(), tenanter.iter().map(ToString::to_string).collect::<Vec<_>>());
        let oppgave = tokio::spawn(async move {
            loop {
                for (bjelke, del) in &rader {
                    let sum = |f: &dyn Fn(&str) -> u64| tenanter.iter().map(|t| f(t)).sum::<u64>();
                    let (gjort, av) = match *del {
                        "kilde" => (
                            sum(&|t| Maalere::av(&om.maalere.lest, "kilde", t).get()),
                            sum(&|t| Maalere::niva(&om.maalere.ventet, "kilde", t).get().max(0) as u64),
                        ),
                        "fint" => (
                            sum(&|t| Maalere::av(&om.maalere.lest, "fint", t).get()),
                            sum(&|t| Maalere::av(&om.maalere.skrevet, "kilde", t).get()),
                        ),
                        _ => {
                            let n = sum(&|t| Maalere::av(&om.maalere.skrevet, "liste", t).get());
                            (n, n)
                        }
                    };
                    bjelke.set_length(av.max(gjort));
                    bjelke.set_position(gjort);
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        Self { oppgave: Some(oppgave), bjelker }
    }

    /// Takes the bars away.
    pub fn ferdig(self) {
        if let Some(oppgave) = self.oppgave {
            oppgave.abort();
        }
        let _ = self.bjelker.clear();
    }
}

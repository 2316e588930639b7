//! `cargo xtask bench`: how fast a municipality flows from OneRoster to its lists, beside what the same machine, server
//! and client can do with messages of the same size and nothing to think about.
//!
//! Absolute figures are this machine's; the ratio is what can be compared between machines and over time.

mod change;
mod delivery;
mod explain;
mod pages;
mod people;
mod pipeline;
mod process;
mod raw;
mod register;
mod report;
mod scene;
mod sources;

use anyhow::Result;
use clap::Parser;
use report::Report;
use runtime::{Format, Telemetri};
use scene::Scene;
use sources::Extent;
use std::process::ExitCode;

/// Measures OneRoster → KILDE → FINT → list, and the raw speed of the same server through the same client.
#[derive(Debug, Parser)]
#[command(name = "bench", version)]
struct Args {
    /// Pupils in the municipality, about; as many as Bergen has when not given.
    #[arg(long, value_parser = clap::value_parser!(u32).range(100..=200_000))]
    pupils: Option<u32>,
    /// Seed of the generated municipality.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Most messages that a raw measurement sends.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1_000..=1_000_000))]
    raw: u32,
    /// How many times everything is measured, each time on an empty store; medians are shown.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=99))]
    runs: u32,
    /// Measure this instead: how long so many events of a person register take, of which 200 concern somebody on a list.
    #[arg(long, value_name = "EVENTS", value_parser = clap::value_parser!(u32).range(1_000..=10_000_000))]
    register: Option<u32>,
    /// Measure this instead: the source role alone, one municipality with about so many pupils.
    #[arg(long, value_name = "PUPILS", value_parser = clap::value_parser!(u32).range(100..=200_000))]
    sources: Option<u32>,
    /// Measure this instead: the source role alone, every municipality of the country.
    #[arg(long, conflicts_with = "sources")]
    country: bool,
    /// Measure this instead: what one change costs among so many tenth-graders.
    #[arg(long, value_name = "PUPILS", value_parser = clap::value_parser!(u32).range(1_000..=100_000))]
    change: Option<u32>,
    /// Measure this instead: so many lists of 62 pupils approved, sent and accepted.
    #[arg(long, value_name = "LISTS", value_parser = clap::value_parser!(u32).range(1..=2_000))]
    deliver: Option<u32>,
    /// Measure this instead: explaining a pupil, and a list as it was, in a municipality with about so many pupils.
    #[arg(long, value_name = "PUPILS", value_parser = clap::value_parser!(u32).range(100..=200_000))]
    explain: Option<u32>,
    /// Measure this instead: every page with so many lists of 62 pupils in memory, and 200 people at once.
    #[arg(long, value_name = "LISTS", value_parser = clap::value_parser!(u32).range(200..=2_000))]
    pages: Option<u32>,
    /// Serve the school systems of such a measurement; the bench starts itself so.
    #[arg(long, hide = true)]
    serve: bool,
    /// For machines: one JSON object on standard output.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let telemetry = Telemetri { format: Format::Pretty, filter: Some("warn".into()), otlp: None };
    let _guard = telemetry.start(env!("CARGO_PKG_VERSION"))?;
    if let Some(events) = args.register {
        let day = register::measure(events).await?;
        println!("{}", if args.json { day.json().to_string() } else { day.text() });
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(pupils) = args.change {
        let cost = change::measure(usize::try_from(pupils)?)?;
        println!("{}", if args.json { cost.json().to_string() } else { cost.text() });
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(lists) = args.deliver {
        let day = delivery::measure(usize::try_from(lists)?, 62).await?;
        println!("{}", if args.json { day.json().to_string() } else { day.text() });
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(pupils) = args.explain {
        let looks = explain::measure(args.seed, pupils).await?;
        println!("{}", if args.json { serde_json::to_string(&looks)? } else { looks.text() });
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(lists) = args.pages {
        let pages = pages::measure(usize::try_from(lists)?, 62).await?;
        println!("{}", if args.json { serde_json::to_string(&pages)? } else { pages.text() });
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(extent) = args.extent() {
        if args.serve {
            sources::serve(args.seed, extent).await?;
        } else {
            let sources = sources::measure(args.seed, extent).await?;
            println!("{}", if args.json { serde_json::to_string(&sources)? } else { sources.text() });
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = Report::default();
    for run in 1..=args.runs {
        eprintln!("run {run} of {}", args.runs);
        report.add(measure(&args).await?);
    }
    if args.json {
        println!("{}", report.json());
    } else {
        println!("{}", report.text());
    }
    Ok(ExitCode::SUCCESS)
}

impl Args {
    /// The school systems, where only sources are to be measured.
    fn extent(&self) -> Option<Extent> {
        self.sources.map(Extent::One).or_else(|| self.country.then_some(Extent::Country))
    }
}

/// One run from an empty store.
async fn measure(args: &Args) -> Result<report::Run> {
    let scene = Scene::start(args.seed, args.pupils).await?;
    let flow = pipeline::measure(&scene).await?;
    eprintln!("  {} events in {:.2} s; now the raw rates", flow.events(), flow.seconds);
    let raw = raw::measure(&scene, &flow.shape, flow.events().min(args.raw.into())).await?;
    let pupils = scene.pupils();
    scene.stop().await;
    Ok(report::Run { pupils, flow, raw })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }
}

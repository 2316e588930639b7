//! What people wait for: every page of every role with a country's lists in memory, and two hundred people at once near
//! the deadline. Sign-in, sessions, access and the audit log are all real; requests go over HTTP.

mod client;
mod house;

use anyhow::{Context, Result, ensure};
use client::Visitor;
use house::House;
use serde::Serialize;
use std::time::Instant;

/// How often each page is fetched.
const VISITS: usize = 200;
/// People who come at once.
const CROWD: usize = 200;
/// What nobody should wait longer than for a page, 99 times of 100: milliseconds.
const PAGE_BAR_MS: f64 = 50.0;
/// The same for anybody of a crowd.
const CROWD_BAR_MS: f64 = 300.0;
/// How much a first page may weigh, in kilobytes.
const FIRST_BAR_KB: f64 = 100.0;

/// Milliseconds and bytes of one page.
#[derive(Serialize)]
struct Page {
    page: String,
    median_ms: f64,
    p99_ms: f64,
    worst_ms: f64,
    /// Over the wire, compressed.
    kb: f64,
}

/// What pages took.
#[derive(Serialize)]
pub struct Pages {
    lists: usize,
    pupils: usize,
    /// Until every list was in memory.
    ready_s: f64,
    pages: Vec<Page>,
    /// The school's page with all that a browser fetches for it the first time.
    first_page_kb: f64,
    /// Everybody at once: each a page of his own school.
    crowd: Page,
    peak_mib: f64,
}

impl Pages {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!(
            "{} lists with {} pupils; all in memory after {:.1} s; {VISITS} visits to each page\n",
            self.lists, self.pupils, self.ready_s
        );
        for page in self.pages.iter().chain([&self.crowd]) {
            text += &format!(
                "{:<34} median {:>6.1} ms, p99 {:>6.1} ms, worst {:>6.1} ms, {:>6.1} kB\n",
                page.page, page.median_ms, page.p99_ms, page.worst_ms, page.kb
            );
        }
        text += &format!(
            "first page with styles and scripts {:.1} kB; peak {:.0} MiB\n",
            self.first_page_kb, self.peak_mib
        );
        let over = self.over();
        text + &if over.is_empty() {
            "every bar is kept".to_owned()
        } else {
            format!("OVER THE BAR: {}", over.join(", "))
        }
    }

    /// What takes longer, or weighs more, than it should.
    fn over(&self) -> Vec<&str> {
        let slow = self.pages.iter().filter(|page| page.p99_ms > PAGE_BAR_MS).map(|page| page.page.as_str());
        let crowd = (self.crowd.worst_ms > CROWD_BAR_MS).then_some(self.crowd.page.as_str());
        let heavy = (self.first_page_kb > FIRST_BAR_KB).then_some("the first page");
        slow.chain(crowd).chain(heavy).collect()
    }
}

/// Serves so many lists of `per_list` pupils, and visits every page.
pub async fn measure(lists: usize, per_list: usize) -> Result<Pages> {
    let start = Instant::now();
    let house = House::start(lists, per_list, CROWD).await?;
    let ready_s = start.elapsed().as_secs_f64() - house.filled_s;
    let mut schools = Vec::new();
    for i in 0..CROWD.min(lists) {
        schools.push(house.sign_in(&format!("skole-{i}")).await?);
    }
    let mut pages = Vec::new();
    for (name, tail) in house::SCHOOL_PAGES {
        pages.push(
            visit(name, |i| {
                let nr = i % schools.len();
                let tail = tail.replace("{pupil}", &house.pupils[nr]);
                (schools[nr].clone(), format!("/skole/{}{tail}", house.keys[nr]))
            })
            .await?,
        );
    }
    for (who, paths) in house::OTHERS {
        let visitor = house.sign_in(who).await?;
        for path in *paths {
            let address = house.address(path)?;
            pages.push(visit(&format!("{who} {path}"), |_| (visitor.clone(), address.clone())).await?);
        }
    }
    let first_page_kb = first_page(&schools[0], &format!("/skole/{}", house.keys[0])).await?;
    let crowd = crowd(&schools, &house.keys).await?;
    let peak_mib = crate::process::peak_mib(std::process::id())?;
    let pupils = lists * per_list;
    house.stop().await?;
    Ok(Pages { lists, pupils, ready_s, pages, first_page_kb, crowd, peak_mib })
}

async fn visit(name: &str, next: impl Fn(usize) -> (Visitor, String)) -> Result<Page> {
    let (mut ms, mut bytes) = (Vec::new(), 0);
    for i in 0..VISITS {
        let (visitor, path) = next(i);
        let start = Instant::now();
        let answer = visitor.get(&path).await?;
        ms.push(start.elapsed().as_secs_f64() * 1_000.0);
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        bytes = bytes.max(answer.bytes);
    }
    let page = page(name, ms, bytes);
    eprintln!("  {:<34} p99 {:>6.1} ms", page.page, page.p99_ms);
    Ok(page)
}

fn page(name: &str, mut ms: Vec<f64>, bytes: usize) -> Page {
    ms.sort_by(f64::total_cmp);
    let at = |share: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let place = ((ms.len() - 1) as f64 * share).round() as usize;
        ms[place]
    };
    #[expect(clippy::cast_precision_loss, reason = "pages are far smaller than what a double holds exactly")]
    let kb = bytes as f64 / 1_000.0;
    Page { page: name.to_owned(), median_ms: at(0.5), p99_ms: at(0.99), worst_ms: at(1.0), kb }
}

/// Everything that a browser with an empty cache fetches.
async fn first_page(visitor: &Visitor, path: &str) -> Result<f64> {
    let answer = visitor.get(path).await?;
    let mut bytes = answer.bytes;
    let mut found: Vec<&str> = answer.text.split('"').filter(|part| part.starts_with("/ressurser/")).collect();
    found.sort_unstable();
    found.dedup();
    ensure!(!found.is_empty(), "the page names no styles");
    for resource in found {
        bytes += visitor.get(resource).await?.bytes;
    }
    #[expect(clippy::cast_precision_loss, reason = "pages are far smaller than what a double holds exactly")]
    let kb = bytes as f64 / 1_000.0;
    Ok(kb)
}

/// Everybody opens a page at the same moment.
async fn crowd(people: &[Visitor], keys: &[String]) -> Result<Page> {
    let mut waiting = Vec::new();
    for (visitor, key) in people.iter().zip(keys) {
        let (visitor, path) = (visitor.clone(), format!("/skole/{key}"));
        waiting.push(tokio::spawn(async move {
            let start = Instant::now();
            let answer = visitor.get(&path).await?;
            ensure!(answer.status == 200, "{path} answered {}", answer.status);
            Ok((start.elapsed().as_secs_f64() * 1_000.0, answer.bytes))
        }));
    }
    let (mut ms, mut bytes) = (Vec::new(), 0);
    for one in waiting {
        let (took, size) = one.await.context("a visitor")??;
        ms.push(took);
        bytes = bytes.max(size);
    }
    Ok(page(&format!("{} schools at once", people.len()), ms, bytes))
}

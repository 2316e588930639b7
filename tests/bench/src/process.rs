//! What Linux says about a process: processor time and peak memory.

use anyhow::{Context, Result};

/// Ticks per second in `/proc`: fixed at 100 towards programs, whatever the kernel uses inside.
const TICKS: f64 = 100.0;

/// Processor seconds that a process has used so far, in user and in kernel mode, on all threads.
pub fn cpu_seconds(pid: u32) -> Result<f64> {
    let path = format!("/proc/{pid}/stat");
    let stat = std::fs::read_to_string(&path).with_context(|| format!("reading {path}; the bench needs Linux"))?;
    parse_cpu(&stat).with_context(|| format!("{path} is not as proc(5) says"))
}

/// The most memory that a process has had resident, in MiB.
pub fn peak_mib(pid: u32) -> Result<f64> {
    let path = format!("/proc/{pid}/status");
    let status = std::fs::read_to_string(&path).with_context(|| format!("reading {path}; the bench needs Linux"))?;
    parse_peak(&status).with_context(|| format!("{path} has no VmHWM"))
}

/// The program's name stands in parentheses and may hold anything, so counting begins after the last one: `utime` and
/// `stime` are the twelfth and thirteenth from there.
fn parse_cpu(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}

fn parse_peak(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_does_not_move_the_fields() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 900 0 0 0 250 75 0 0 20 0 3 0 100 1 1";
        assert_eq!(parse_cpu(stat), Some(3.25));
        assert_eq!(parse_cpu("42 no name"), None);
    }

    #[test]
    fn peak_memory_is_the_high_water_mark() {
        assert_eq!(parse_peak("VmRSS:\t 1024 kB\nVmHWM:\t  204800 kB\n"), Some(200.0));
        assert_eq!(parse_peak("VmRSS:\t 1024 kB\n"), None);
    }
}

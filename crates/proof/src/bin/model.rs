//! `make model`: makes every search to its end, and says what each saw.
//!
//! Exit code 1 when a promise was broken, when something was not reached that must be, or when a search did not end
//! within its time, which is an argument in seconds (600 unless told).

use std::{env, io, io::Write, process::ExitCode, time::Duration};

use justfax_proof::model::searches::{EVERY_STAGE, SEARCHES, Search, Seen, search};

fn main() -> io::Result<ExitCode> {
    let seconds = env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(600);
    let mut out = io::stdout();
    let mut good = true;
    writeln!(out, "{:>9} {:>9} {:>6} {:>8}  search", "states", "unique", "depth", "seconds")?;
    for Search { name, bounds, reaches, .. } in SEARCHES {
        let seen = search(bounds, None, Duration::from_secs(seconds));
        let Seen { states, unique, depth, took, whole, .. } = &seen;
        writeln!(out, "{states:>9} {unique:>9} {depth:>6} {:>8.1}  {name}", took.as_secs_f64())?;
        if name == EVERY_STAGE {
            for (stage, any, all) in &seen.stages {
                writeln!(out, "          {any:>9} states with a Job {stage}, {all} with both")?;
            }
        }
        let missed: Vec<_> = reaches.iter().filter(|stage| !seen.found.contains_key(*stage)).collect();
        for stage in &missed {
            writeln!(out, "          NOT REACHED: {stage}")?;
        }
        for promise in seen.broken() {
            writeln!(out, "          BROKEN: {promise}: {}", seen.found[promise])?;
        }
        if !whole {
            writeln!(out, "          CUT OFF after {seconds} s")?;
        }
        good &= *whole && missed.is_empty() && seen.broken().is_empty();
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

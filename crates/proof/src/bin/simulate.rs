//! `make simulate JOBS=… SEED=…`: simulates Jobs and prints one line of JSON.
//!
//! Exit code 1 when a promise was broken; then the seed of the first such Job is named, and with `JOBS=1` its story is
//! told.

use std::{env, io, io::Write, process::ExitCode};

use justfax_proof::{
    bugs::Bug,
    simulation::{Found, simulate, tell},
};

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let mut number =
        |usual: u64| arguments.next().filter(|text| !text.is_empty()).map_or(Ok(usual), |text| text.parse());
    let (Ok(jobs), Ok(seed)) = (number(10_000), number(1)) else {
        writeln!(io::stderr(), "simulate [JOBS [SEED [BUG]]]: two numbers and the name of a bug")?;
        return Ok(ExitCode::from(2));
    };
    let bug = arguments.next().and_then(|name| Bug::ALL.into_iter().find(|bug| format!("{bug:?}") == name));
    let Found { line, failing } = simulate(jobs, seed, bug);
    let Some(failing) = failing else {
        writeln!(io::stdout(), "{}", serde_json::to_string(&line)?)?;
        return Ok(ExitCode::SUCCESS);
    };
    if jobs == 1 {
        for step in tell(seed, bug) {
            writeln!(io::stderr(), "{step}")?;
        }
    }
    writeln!(io::stdout(), "{}", serde_json::to_string(&line)?)?;
    writeln!(
        io::stderr(),
        "broken: {}; again with: make simulate JOBS=1 SEED={}",
        failing.broken.join(", "),
        failing.seed
    )?;
    Ok(ExitCode::FAILURE)
}

//! `cargo xtask test`: everything that must hold before a change goes in.

use crate::cargo::{cargo, has_subcommand, succeeds};
use crate::counts::{Counts, Tally};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// Runs the checks in order up to the first that fails, and says whether all held.
///
/// Once the tests have run, the last line on stdout is `N passed, N failed, N skipped`.
///
/// # Errors
/// Where cargo cannot be started or its output cannot be read.
pub(crate) fn run() -> Result<bool> {
    let before_tests = [
        Step { purpose: "formatting", arguments: &["fmt", "--all", "--check"], variable: None },
        Step {
            purpose: "lints",
            arguments: &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
            variable: None,
        },
    ];
    for step in &before_tests {
        if !step.run()? {
            return Ok(false);
        }
    }
    let (tests_hold, counts) = run_tests()?;
    let all_hold = tests_hold && run_after_tests()?;
    println!("real-text checks not run (no DIR)");
    println!("{counts}");
    Ok(all_hold)
}

/// Checks the documentation, and licences and advisories where cargo-deny is there.
fn run_after_tests() -> Result<bool> {
    let documentation = Step {
        purpose: "documentation",
        arguments: &["doc", "--workspace", "--no-deps"],
        variable: Some(("RUSTDOCFLAGS", "-D warnings")),
    };
    let licences =
        Step { purpose: "licences and advisories", arguments: &["deny", "check"], variable: None };
    if !documentation.run()? {
        return Ok(false);
    }
    if has_subcommand("deny") {
        return licences.run();
    }
    println!("cargo-deny not installed: licences and advisories not checked");
    Ok(true)
}

/// One run of cargo that must succeed.
struct Step {
    /// What it checks, in the words of a message.
    purpose: &'static str,
    arguments: &'static [&'static str],
    /// An environment variable to set.
    variable: Option<(&'static str, &'static str)>,
}

impl Step {
    fn run(&self) -> Result<bool> {
        announce(self.purpose, self.arguments);
        let mut command = cargo(self.arguments);
        command.envs(self.variable);
        let holds = succeeds(&mut command)?;
        if !holds {
            eprintln!("error: {} failed: cargo {}", self.purpose, self.arguments.join(" "));
        }
        Ok(holds)
    }
}

/// The tests of the workspace as it is built for users, and of what only a feature builds.
const TESTS: [&[&str]; 2] = [
    &["test", "--workspace", "--no-fail-fast"],
    &["test", "--package", "onrecord-report", "--features", "parquet", "parquet"],
];

/// Runs every test, passing the output through while counting.
fn run_tests() -> Result<(bool, Counts)> {
    let mut tally = Tally::default();
    let mut holds = true;
    for arguments in TESTS {
        holds &= run_counted(arguments, &mut tally)?;
    }
    let counts = tally.finish();
    if !holds && counts.n_failed == 0 {
        eprintln!("error: tests failed: a test program could not be built or started");
    } else if !holds {
        eprintln!("error: tests failed: {}", counts.n_failed);
    }
    Ok((holds, counts))
}

/// Runs some tests, and says whether all held.
fn run_counted(arguments: &[&str], tally: &mut Tally) -> Result<bool> {
    announce("tests", arguments);
    let mut child = cargo(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo to run the tests")?;
    let output = child.stdout.take().context("the tests have no output to read")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("cannot read the output of the tests")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        tally.read(&line);
    }
    Ok(child.wait().context("cannot wait for the tests")?.success())
}

/// Says what is about to run, before its own output.
fn announce(purpose: &str, arguments: &[&str]) {
    println!("== {purpose}: cargo {}", arguments.join(" "));
}

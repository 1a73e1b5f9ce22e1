use crate::corpus::Corpus;
use crate::{Outcome, ours, plain, scratch};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The first argument of a child, which builds one index and prints what it cost.
pub const CHILD: &str = "--build";

/// How often each side builds its index.
pub const ROUNDS: usize = 2;

/// Where the sides write to.
pub const OURS: &str = "ours";
const PLAIN: &str = "plain";

/// Lets both sides build an index of the same passages, each in a process of its own, in turn.
pub fn compare(corpus: &Corpus, rounds: usize) -> Outcome {
    let mut seconds = [f64::INFINITY; 2];
    let mut bytes = [0; 2];
    for _ in 0..rounds {
        for (at, side) in [OURS, PLAIN].into_iter().enumerate() {
            seconds[at] = seconds[at].min(build(side)?);
            bytes[at] = bytes_in(&scratch().join(side))?;
        }
    }
    let n_text = corpus.n_bytes() as f64;
    println!("\nindexing, one thread, best of {rounds}   CPU s    index / text");
    for (at, name) in ["ours", "plain tantivy"].into_iter().enumerate() {
        println!("  {name:30} {:9.2} {:15.3}", seconds[at], bytes[at] as f64 / n_text);
    }
    let (time, size) = (seconds[0] / seconds[1], bytes[0] as f64 / bytes[1] as f64);
    println!("  {:30} {time:9.2} {size:15.3}", "ratio");
    Ok(())
}

fn build(side: &str) -> Outcome<f64> {
    let child = Command::new(std::env::current_exe()?).args([CHILD, side]).output()?;
    if !child.status.success() {
        return Err(format!("{side}: {}", String::from_utf8_lossy(&child.stderr)).into());
    }
    Ok(String::from_utf8(child.stdout)?.trim().parse()?)
}

/// Builds the index of a side, and prints the CPU seconds that it took, reading not included.
pub fn build_as_child(side: &str) -> Outcome {
    let corpus = Corpus::load()?;
    let folder = scratch().join(side);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let before = cpu_seconds()?;
    if side == OURS {
        ours::build(&corpus, &folder)?
    } else {
        plain::build(&corpus, &folder)?
    }
    println!("{}", cpu_seconds()? - before);
    Ok(())
}

/// Returns the CPU time of all threads of this process so far, of the user and the system.
fn cpu_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")
        .map_err(|error| format!("CPU time is read from /proc, as Linux has it: {error}"))?;
    // The fields behind the name, which stands in brackets, see proc_pid_stat(5): the 12th and
    // 13th are ticks, of which Linux shows 100 a second to programs on every machine.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    let ticks: f64 = fields.filter_map(|field| field.parse::<f64>().ok()).sum();
    Ok(ticks / 100.0)
}

fn bytes_in(folder: &Path) -> Outcome<u64> {
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.metadata()?.len()));
    files.sum()
}

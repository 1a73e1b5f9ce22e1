//! `index --watch`: what changes is taken up soon, and never half of it.

use crate::world::{BINARY, World};
use std::fs::{self, File};
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How soon a change must be seen.
const SOON: Duration = Duration::from_secs(5);

/// Longer than anything takes beside all other tests.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

/// A running watch, which ends with the test.
pub(crate) struct Watch(Child);

impl Watch {
    fn start(world: &World) -> Self {
        Self::of(world, &["index", "corpus", "--watch", "--threads", "1"])
    }

    /// Starts a command that stays, and waits until it says that it watches; what it prints goes
    /// to the files `printed` and `said`.
    pub(crate) fn of(world: &World, arguments: &[&str]) -> Self {
        let child = Command::new(BINARY)
            .args(arguments)
            .current_dir(world.path(""))
            .stdout(File::create(world.path("printed")).unwrap())
            .stderr(File::create(world.path("said")).unwrap())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let watch = Self(child);
        wait(TIMEOUT, || world.read("said").contains("watching"));
        watch
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn wait(longest: Duration, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < longest, "not after {longest:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_file_appears_whole_and_soon() {
    let world = World::new();
    world.put("corpus/one.txt", "Remarks\n\nWe will dredge the harbour.\n");
    world.put("corpus/corrections.toml", "");
    let _watch = Watch::start(&world);
    assert_eq!(world.texts("dredge").len(), 1);
    assert!(world.read("printed").ends_with("documents in the index: 1\n"));

    let mut file = File::create(world.path("corpus/two.txt")).unwrap();
    file.write_all(b"The pilots are paid ").unwrap();
    file.sync_all().unwrap();
    let half = Instant::now();
    while half.elapsed() < Duration::from_secs(1) {
        assert_eq!(world.texts("pilots"), [""; 0], "its half was read");
        std::thread::sleep(Duration::from_millis(50));
    }
    file.write_all(b"by the state.\n").unwrap();
    drop(file);
    wait(SOON, || {
        let found = world.texts("pilots");
        assert!(found.iter().all(|text| text == "The pilots are paid by the state."), "{found:?}");
        !found.is_empty()
    });

    world.put("corpus/one.txt", "Remarks\n\nWe will dredge the estuary.\n");
    wait(SOON, || world.texts("dredge") == ["We will dredge the estuary."]);
    fs::remove_file(world.path("corpus/two.txt")).unwrap();
    wait(SOON, || world.texts("pilots").is_empty());
    assert_eq!(world.texts("dredge").len(), 1);
    let said = world.read("said");
    let line = "0 files looked at, 1 gone: 0 indexed; documents in the index: 1";
    assert_eq!(said.lines().last(), Some(line), "{said}");
}

#[test]
fn what_stands_beside_is_taken_up_and_others_may_write_between() {
    let world = World::new();
    world.put("corpus/one.txt", "Remarks\n\nWe will dredge the harbour.\n");
    world.put("other/two.txt", "Remarks\n\nThe quays are old.\n");
    let watch = Watch::start(&world);
    wait(TIMEOUT, || world.run(&["index", "other"]).code == 0);
    assert_eq!(world.texts("quays").len(), 1);

    let fix =
        "[[correction]]\ndocument = 'one.txt'\nfind = 'harbour'\nreplace = 'estuary'\nwhy = 'x'\n";
    world.put("corpus/corrections.toml", fix);
    wait(SOON, || world.texts("dredge") == ["We will dredge the estuary."]);
    world.put("corpus/corrections.toml", "[[correction]]\nfind\n");
    wait(SOON, || world.read("said").contains("error: cannot read the corrections"));
    assert_eq!(world.texts("dredge"), ["We will dredge the estuary."]);
    world.put("corpus/corrections.toml", "");
    wait(SOON, || world.texts("dredge") == ["We will dredge the harbour."]);
    let said = world.read("said");
    assert_eq!(said.matches("error:").count(), 1, "{said}");
    assert_eq!(world.texts("quays").len(), 1);
    drop(watch);
    world.run(&["verify"]).expect(0);
}

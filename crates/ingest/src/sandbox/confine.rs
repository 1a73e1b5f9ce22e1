//! What a reader gives up before it looks at a file.

use serde::{Deserialize, Serialize};

/// What a reader is held to; false where the system could not do it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// It has a limit of memory, processor time and open files.
    pub resources: bool,
    /// It can read the system's libraries and no other file, and write none.
    pub files: bool,
    /// It cannot reach the network, nor look into other processes.
    pub network: bool,
    /// It ends when the program ends, however that ends.
    pub lifetime: bool,
}

impl Confinement {
    /// Names what could not be had, in words for the user.
    pub fn missing(&self) -> Vec<&'static str> {
        [
            (self.resources, "limits of memory and processor time"),
            (self.files, "a closed file system"),
            (self.network, "a closed network"),
            (self.lifetime, "an end together with this program"),
        ]
        .into_iter()
        .filter_map(|(had, name)| (!had).then_some(name))
        .collect()
    }
}

#[cfg(target_os = "linux")]
pub(super) use linux::{allow_more_time, confine, end_with_parent, resume_limits};

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::{allow_more_time, confine, end_with_parent, resume_limits};

/// Systems without the means used here: the deadline of each document still holds, and what is
/// missing is told.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use super::Confinement;

    pub(in super::super) fn confine(_parent: u32) -> Confinement {
        Confinement::default()
    }

    pub(in super::super) fn allow_more_time() {}

    pub(in super::super) fn resume_limits() {}

    pub(in super::super) fn end_with_parent(_parent: u32) -> bool {
        false
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use super::Confinement;
    use crate::sandbox::limits;
    use landlock::{
        ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError,
        RulesetStatus, path_beneath_rules,
    };
    use rustix::process::{Resource, Rlimit, Signal, getppid, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    use std::path::PathBuf;

    /// Where programs and their libraries are: all that a reader may read, beside itself.
    const SYSTEM: [&str; 9] = [
        "/usr",
        "/lib",
        "/lib32",
        "/lib64",
        "/bin",
        "/opt",
        "/nix/store",
        "/etc/fonts",
        "/etc/ld.so.cache",
    ];

    /// The way to the network, and those to other processes.
    const FORBIDDEN: [i64; 5] = [
        libc::SYS_socket,
        libc::SYS_io_uring_setup,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
    ];

    pub(in super::super) fn confine(parent: u32) -> Confinement {
        Confinement {
            lifetime: end_with_parent(parent),
            resources: limit_resources().is_ok(),
            files: close_files().unwrap_or(false),
            network: close_network().is_ok(),
        }
    }

    /// Asks the system to end this process with its parent; ends it if that is over already.
    pub(in super::super) fn end_with_parent(parent: u32) -> bool {
        let asked = rustix::process::set_parent_process_death_signal(Some(Signal::KILL)).is_ok();
        let is_alive = getppid().is_some_and(|id| id.as_raw_nonzero().get() as u32 == parent);
        if asked && !is_alive {
            std::process::exit(0);
        }
        asked
    }

    fn limit_resources() -> rustix::io::Result<()> {
        let both = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
        setrlimit(Resource::As, both(limits::MEMORY))?;
        setrlimit(Resource::Nofile, both(limits::OPEN_FILES))?;
        setrlimit(Resource::Fsize, both(0))?;
        setrlimit(Resource::Core, both(0))?;
        limit_processor_time()
    }

    /// Allows the time of one document from now on; the system ends what takes more.
    pub(in super::super) fn allow_more_time() {
        // It was allowed at the start, so that it cannot fail here; the deadline holds anyway.
        let _ = limit_processor_time();
    }

    fn limit_processor_time() -> rustix::io::Result<()> {
        let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec as u64;
        let current = Some(used + limits::TIME.as_secs());
        setrlimit(Resource::Cpu, Rlimit { current, maximum: getrlimit(Resource::Cpu).maximum })
    }

    /// Limits what this process is about to become to the time of one document.
    pub(in super::super) fn resume_limits() {
        allow_more_time();
    }

    fn close_files() -> Result<bool, RulesetError> {
        let abi = ABI::V5;
        let program: Vec<PathBuf> = std::env::current_exe().into_iter().collect();
        let status = Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules(SYSTEM, AccessFs::from_read(abi)))?
            .add_rules(path_beneath_rules(program, AccessFs::from_read(abi)))?
            .add_rules(path_beneath_rules(["/dev/null"], AccessFs::from_all(abi)))?
            .restrict_self()?;
        Ok(status.ruleset != RulesetStatus::NotEnforced)
    }

    fn close_network() -> Result<(), Box<dyn std::error::Error>> {
        let refused = SeccompAction::Errno(libc::EPERM as u32);
        let rules = FORBIDDEN.into_iter().map(|call| (call, Vec::new())).collect();
        let architecture = std::env::consts::ARCH.try_into()?;
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, architecture)?;
        let program: BpfProgram = filter.try_into()?;
        Ok(seccompiler::apply_filter(&program)?)
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::fs::File;
        use std::io::ErrorKind;
        use std::net::{TcpListener, UdpSocket};

        /// Both hold for a thread and what it starts, so that one thread can be confined alone.
        #[test]
        fn a_confined_thread_reads_the_system_and_nothing_else() {
            let folder = tempfile::tempdir().unwrap();
            let own = folder.path().join("speech.txt");
            File::create(&own).unwrap();
            let confined = std::thread::spawn(move || {
                let files = close_files().unwrap_or(false);
                let network = close_network().is_ok();
                let refusals = [
                    File::open(&own).map(|_| ()),
                    File::open("/etc/passwd").map(|_| ()),
                    File::create(own.with_extension("new")).map(|_| ()),
                    std::fs::read_dir("/").map(|_| ()),
                    TcpListener::bind("127.0.0.1:0").map(|_| ()),
                    UdpSocket::bind("127.0.0.1:0").map(|_| ()),
                ];
                let kinds = refusals.map(|tried| tried.err().map(|error| error.kind()));
                (files, network, kinds, std::fs::read_dir("/usr").is_ok())
            });
            let (files, network, kinds, reads_system) = confined.join().unwrap();
            let refused = Some(ErrorKind::PermissionDenied);
            if files {
                assert_eq!(kinds.get(..4), Some(&[refused; 4][..]));
            } else {
                eprintln!("SKIPPED IN PART: this system cannot close its files to a thread");
            }
            assert!(network, "every Linux that this is built for has seccomp");
            assert_eq!(kinds.get(4..), Some(&[refused; 2][..]));
            assert!(reads_system);
        }
    }
}

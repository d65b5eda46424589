//! One PostgreSQL cluster for a whole test run.
//!
//! nextest gives every test its own process, so the cluster belongs to none of them. The first process that
//! needs it starts it; every process that uses it holds a shared lock for as long as it lives; a watchdog
//! takes the lock alone once nobody holds it and stops the cluster. Nothing is left behind, even after Ctrl-C.
//!
//! PostgreSQL refuses to run as root; then its binaries run as `postgres` or `nobody`.

use std::fs::{self, File};
use std::io::{Read, Seek};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const USER: &str = "fairlead";
const PASSWORD: &str = "fairlead";

/// A running server. Dropping the value (at the end of the process) gives up this process's claim on it.
pub struct Cluster {
    bin: PathBuf,
    port: u16,
    _claim: File,
}

impl Cluster {
    /// Joins the running cluster or starts one.
    pub fn join() -> Self {
        let room = Room::open();
        let claim = room.file("claims");
        claim.lock_shared().expect("shared claim on the cluster");
        let start = room.file("start");
        start.lock().expect("only one process starts the cluster");
        let bin = binaries();
        let port = match room.running(&bin) {
            Some(port) => port,
            None => room.start(&bin),
        };
        drop(start);
        Self { bin, port, _claim: claim }
    }

    /// The address of a database in this cluster.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes `name` as a copy of `template`, which nobody may be connected to.
    pub fn copy(&self, template: &str, name: &str) {
        self.sql(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
    }

    /// Makes an empty database.
    pub fn create(&self, name: &str) {
        self.sql(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
    }

    /// Gives a database another name.
    pub fn rename(&self, name: &str, to: &str) {
        self.sql(&format!("ALTER DATABASE {name} RENAME TO {to}"));
    }

    /// Removes a database and whoever is still connected to it.
    pub fn remove(&self, name: &str) {
        self.sql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    }

    /// Whether a database of this name is there.
    pub fn has(&self, name: &str) -> bool {
        self.sql(&format!("SELECT 1 FROM pg_database WHERE datname = '{name}'")).trim() == "1"
    }

    fn sql(&self, statement: &str) -> String {
        let out = Command::new(self.bin.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", &self.url("postgres"), "-c", statement])
            .output()
            .expect("psql lies beside the server's binaries");
        assert!(out.status.success(), "{statement}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    }
}

/// The folder in `target` that the processes of a run share.
struct Room {
    path: PathBuf,
}

impl Room {
    fn open() -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("postgres");
        fs::create_dir_all(&path).expect("a folder inside target");
        Self { path }
    }

    fn file(&self, name: &str) -> File {
        File::options().create(true).append(true).open(self.path.join(name)).expect("a lock file inside target")
    }

    /// The port of the cluster a former process started, when it still answers.
    fn running(&self, bin: &Path) -> Option<u16> {
        let port: u16 = fs::read_to_string(self.path.join("port")).ok()?.trim().parse().ok()?;
        let ready = Command::new(bin.join("pg_isready"))
            .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
            .status()
            .ok()?;
        ready.success().then_some(port)
    }

    fn start(&self, bin: &Path) -> u16 {
        let owner = Owner::of_server();
        // Not inside `target`: the server's user may not be allowed to reach it.
        let home = std::env::temp_dir().join(format!("fairlead-postgres-{}", std::process::id()));
        fs::create_dir_all(&home).expect("a folder for the cluster");
        fs::write(home.join("password"), PASSWORD).expect("the password file of initdb");
        owner.give(&home);
        owner.run(
            Command::new(bin.join("initdb"))
                .args(["--no-sync", "-A", "password", "-U", USER, "-E", "UTF8", "--locale=C"])
                .arg("--pwfile")
                .arg(home.join("password"))
                .arg("-D")
                .arg(home.join("data")),
        );
        let port = free_port();
        let options = format!(
            "-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories='' -c fsync=off \
             -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 -c shared_buffers=64MB \
             -c max_wal_size=512MB -c autovacuum=off"
        );
        owner.run(
            Command::new(bin.join("pg_ctl"))
                .args(["start", "-w", "-s", "-l"])
                .arg(home.join("log"))
                .arg("-D")
                .arg(home.join("data"))
                .arg("-o")
                .arg(options),
        );
        fs::write(self.path.join("port"), port.to_string()).expect("the port file");
        self.watch(bin, &owner, &home);
        port
    }

    /// Leaves a shell behind that stops the cluster when no process holds a claim any more.
    fn watch(&self, bin: &Path, owner: &Owner, home: &Path) {
        let script = r#"
            claims=$1 port=$2 bin=$3 home=$4; shift 4
            while sleep 5; do
                exec {lock}>>"$claims"
                if flock -n -x $lock; then
                    rm -f "$port"
                    cd /
                    "$@" "$bin/pg_ctl" stop -m immediate -s -D "$home/data"
                    rm -rf "$home"
                    exit 0
                fi
                exec {lock}>&-
            done"#;
        let mut watchdog = detached(script);
        watchdog.arg(self.path.join("claims")).arg(self.path.join("port")).arg(bin).arg(home);
        watchdog.args(owner.prefix());
        watchdog.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        #[expect(clippy::zombie_processes, reason = "it outlives this process on purpose")]
        watchdog.spawn().expect("bash is what the Makefile runs in");
    }
}

/// A bash script that keeps nothing of what its caller had open. What we leave running outlives the caller:
/// an inherited descriptor would hold the caller's pipes and locks (Cargo's, a wrapper's) with it.
fn detached(script: &str) -> Command {
    let mut bash = Command::new("bash");
    let closing = "for fd in {3..255}; do eval \"exec $fd>&-\"; done\n";
    bash.arg("-c").arg(format!("{closing}{script}")).arg("bash").stdin(Stdio::null());
    bash
}

/// Whom the server runs as.
enum Owner {
    Ourselves,
    Other(&'static str),
}

impl Owner {
    fn of_server() -> Self {
        let id = Command::new("id").arg("-u").output().expect("`id` is on every system");
        if id.stdout.trim_ascii() != b"0" {
            return Self::Ourselves;
        }
        let known = |user: &&str| Command::new("id").arg(user).output().is_ok_and(|out| out.status.success());
        Self::Other(["postgres", "nobody"].into_iter().find(known).expect("a user that is not root"))
    }

    fn prefix(&self) -> Vec<&str> {
        match self {
            Self::Ourselves => Vec::new(),
            Self::Other(user) => match which("setpriv") {
                true => vec!["setpriv", "--reuid", user, "--clear-groups"],
                false => vec!["runuser", "-u", user, "--"],
            },
        }
    }

    fn give(&self, folder: &Path) {
        if let Self::Other(user) = self {
            let done = Command::new("chown").arg("-R").arg(user).arg(folder).status().expect("chown");
            assert!(done.success(), "chown of {}", folder.display());
        }
    }

    fn run(&self, command: &mut Command) {
        // A file, not a pipe: pg_ctl's server keeps it, and reading a pipe to its end would never end.
        let mut said = tempfile::tempfile().expect("a file for what the command says");
        let mut line = detached(r#"exec "$@""#);
        line.args(self.prefix())
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(std::env::temp_dir())
            .stdout(said.try_clone().expect("a second handle"))
            .stderr(said.try_clone().expect("a third handle"));
        let status = line.status().unwrap_or_else(|error| panic!("{line:?}: {error}"));
        if !status.success() {
            let mut text = String::new();
            said.rewind().and_then(|()| said.read_to_string(&mut text)).expect("reading it back");
            panic!("{line:?}: {text}");
        }
    }
}

/// Where initdb, pg_ctl and psql are: named by hand, in PATH, or where Debian puts them.
fn binaries() -> PathBuf {
    if let Some(named) = std::env::var_os("FAIRLEAD_TEST_POSTGRES_BIN") {
        return named.into();
    }
    let in_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>())
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists());
    let debian = || {
        let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
            .filter(|bin| bin.join("initdb").exists())
            .collect();
        versions.sort();
        versions.pop()
    };
    debian().or(in_path).expect("PostgreSQL's server binaries: `make test` installs them")
}

fn which(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
    let port = listener.local_addr().expect("it is bound").port();
    drop(listener);
    std::thread::sleep(Duration::from_millis(5));
    port
}

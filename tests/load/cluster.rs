//! A PostgreSQL cluster of its own for the load test, with the durability it has at a customer's: fsync and
//! synchronous commit are on.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A running cluster, stopped and removed with this value.
pub struct Cluster {
    bin: PathBuf,
    home: PathBuf,
    port: u16,
    as_user: Vec<String>,
}

impl Cluster {
    /// Makes and starts one. PostgreSQL refuses to run as root; then it runs as `postgres`.
    pub fn start() -> Self {
        let bin = binaries();
        let home = std::env::temp_dir().join(format!("fairlead-load-{}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a folder for the cluster");
        let root = Command::new("id").arg("-u").output().expect("`id`").stdout.trim_ascii() == b"0";
        let mut as_user = Vec::new();
        if root {
            run(Command::new("chown").arg("postgres").arg(&home));
            as_user = ["setpriv", "--reuid", "postgres", "--clear-groups"].map(str::to_owned).to_vec();
        }
        let port = super::free_port();
        let cluster = Self { bin, home, port, as_user };
        let data = cluster.home.join("data");
        run(cluster
            .command("initdb")
            .args(["-A", "trust", "-U", "fairlead", "-E", "UTF8", "--locale=C", "-D"])
            .arg(&data));
        let options = format!(
            "-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories='' -c shared_buffers=256MB -c max_wal_size=2GB"
        );
        run(cluster
            .command("pg_ctl")
            .args(["start", "-w", "-s", "-l"])
            .arg(cluster.home.join("log"))
            .arg("-D")
            .arg(&data)
            .arg("-o")
            .arg(options));
        run(cluster
            .command("createdb")
            .args(["-h", "127.0.0.1", "-U", "fairlead", "-p"])
            .arg(port.to_string())
            .arg("load"));
        cluster
    }

    /// Where the program finds it.
    pub fn url(&self) -> String {
        format!("postgres://fairlead@127.0.0.1:{}/load", self.port)
    }

    fn command(&self, program: &str) -> Command {
        let path = self.bin.join(program);
        match self.as_user.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(path);
                command
            }
            None => Command::new(path),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.command("pg_ctl").args(["stop", "-m", "immediate", "-s", "-D"]).arg(self.home.join("data")).status().ok();
        std::fs::remove_dir_all(&self.home).ok();
    }
}

fn run(command: &mut Command) {
    let status = command.current_dir(std::env::temp_dir()).stdin(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{command:?}");
}

fn binaries() -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir(Path::new("/usr/lib/postgresql"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().expect("PostgreSQL's server binaries")
}

//! `fairlead backup` and `fairlead restore`. A backup is one file beside its SHA-256; restoring checks both.

use super::{Ended, say::say};
use crate::{boot, config::Config};
use clap::Args;
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use store::{Backend, Store};

/// Where to write the copy.
#[derive(Args)]
pub struct Backup {
    /// File to write; it must not exist.
    pub file: PathBuf,
}

/// What to bring back.
#[derive(Args)]
pub struct Restore {
    /// File that `fairlead backup` wrote.
    pub file: PathBuf,
}

/// Writes a consistent copy while the database is in use, and its checksum beside it.
pub async fn back_up(arguments: Backup, config: &Config) -> Result<(), Ended> {
    let file = arguments.file;
    if file.exists() {
        return Err(Ended::Usage(format!("{} exists already", file.display())));
    }
    let store = boot::open(config).await?;
    match store.backend() {
        Backend::Sqlite => {
            let target = file.to_str().ok_or_else(|| Ended::Usage("the file's name is not text".to_owned()))?;
            store.copy_to(target).await.map_err(|e| Ended::Database(e.to_string()))?;
        }
        Backend::Postgres => {
            postgres_tool("pg_dump", &["--format=custom", "--no-owner", "--file"], &file, &config.database())?;
        }
    }
    store.close().await;
    let sum = checksum(&file)?;
    write(&sum_file(&file), &format!("{sum}  {}\n", file.file_name().unwrap_or_default().to_string_lossy()))?;
    say!("{} {sum}", file.display())
}

/// Brings a backup back, only into a place where nothing is.
pub async fn restore(arguments: Restore, config: &Config) -> Result<(), Ended> {
    let file = arguments.file;
    let expected = std::fs::read_to_string(sum_file(&file))
        .map_err(|e| Ended::Usage(format!("{}: {e}", sum_file(&file).display())))?;
    if expected.split_whitespace().next() != Some(checksum(&file)?.as_str()) {
        return Err(Ended::Failed(format!(
            "{} does not fit its checksum: it is damaged or another file",
            file.display()
        )));
    }
    let url = config.database();
    if url.starts_with("sqlite:") {
        restore_sqlite(&file, &url, config).await
    } else {
        postgres_tool(
            "pg_restore",
            &["--no-owner", "--exit-on-error", "--single-transaction", "--dbname", &url],
            &file,
            "",
        )?;
        say!("restored into PostgreSQL")
    }
}

async fn restore_sqlite(file: &Path, url: &str, config: &Config) -> Result<(), Ended> {
    let target = PathBuf::from(url.trim_start_matches("sqlite:").trim_start_matches("//"));
    if target.exists() {
        return Err(Ended::Usage(format!(
            "{} exists: move it away first; restoring never overwrites",
            target.display()
        )));
    }
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Ended::Failed(format!("{}: {e}", folder.display())))?;
    }
    // Beside the target first, so that a copy cut short is never mistaken for the database.
    let partial = target.with_extension("restoring");
    std::fs::copy(file, &partial).map_err(|e| Ended::Failed(format!("{}: {e}", partial.display())))?;
    let copy =
        Store::open(&format!("sqlite:{}", partial.display()), 1).await.map_err(|e| Ended::Database(e.to_string()))?;
    let problems = copy.check().await.map_err(|e| Ended::Database(e.to_string()))?;
    copy.close().await;
    if !problems.is_empty() {
        std::fs::remove_file(&partial).ok();
        return Err(Ended::Failed(format!("the backup is not sound: {}", problems.join("; "))));
    }
    for ending in ["restoring-wal", "restoring-shm"] {
        std::fs::remove_file(target.with_extension(ending)).ok();
    }
    std::fs::rename(&partial, &target).map_err(|e| Ended::Failed(format!("{}: {e}", target.display())))?;
    let store = boot::open(config).await?;
    let ran = store.migrate().await.map_err(|e| Ended::Database(e.to_string()))?;
    store.close().await;
    say!("restored {}; {ran} migrations applied", target.display())
}

/// PostgreSQL's own tools know best. The address goes last or by `--dbname`; it may hold a password, which PostgreSQL's
/// tools take out of the process list themselves.
fn postgres_tool(tool: &str, arguments: &[&str], file: &Path, url: &str) -> Result<(), Ended> {
    let mut command = Command::new(tool);
    command.args(arguments).arg(file);
    if !url.is_empty() {
        command.arg(url);
    }
    let status = command.status().map_err(|e| Ended::Failed(format!("{tool} (package postgresql-client): {e}")))?;
    if status.success() { Ok(()) } else { Err(Ended::Failed(format!("{tool} ended with {status}"))) }
}

fn sum_file(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sha256");
    PathBuf::from(name)
}

fn checksum(file: &Path) -> Result<String, Ended> {
    let bytes = std::fs::read(file).map_err(|e| Ended::Usage(format!("{}: {e}", file.display())))?;
    Ok(app::chance::hash_bytes(&bytes))
}

fn write(file: &Path, text: &str) -> Result<(), Ended> {
    std::fs::write(file, text).map_err(|e| Ended::Failed(format!("{}: {e}", file.display())))
}

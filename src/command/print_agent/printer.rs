//! The ways to a printer: raw TCP (port 9100), the print system of the computer through `lp`, a folder.

use domain::printing::Failure;
use domain::printing::status;
use std::fmt;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A printer that does not answer the door by then is not there.
const CONNECT: Duration = Duration::from_secs(5);
/// A printer that was asked for its state answers by then.
const STATE: Duration = Duration::from_secs(3);
/// Bytes sent at once, so that a printer that stands still is noticed.
const PIECE: usize = 4096;

/// Where badges go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printer {
    /// `tcp://host:port`.
    Tcp(String),
    /// `cups://queue`.
    Cups(String),
    /// `file:///folder`.
    Folder(PathBuf),
}

impl FromStr for Printer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no printer: use tcp://host:9100, cups://queue or file:///folder");
        let (kind, rest) = text.split_once("://").ok_or_else(wrong)?;
        let rest = rest.trim_end_matches('/');
        match kind {
            _ if rest.is_empty() => Err(wrong()),
            "tcp" if rest.contains(':') => Ok(Self::Tcp(rest.to_owned())),
            "tcp" => Ok(Self::Tcp(format!("{rest}:9100"))),
            // What begins with a dash would be an option of `lp`.
            "cups" if !rest.starts_with('-') => Ok(Self::Cups(rest.to_owned())),
            "file" => Ok(Self::Folder(PathBuf::from(rest))),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "tcp://{address}"),
            Self::Cups(queue) => write!(f, "cups://{queue}"),
            Self::Folder(folder) => write!(f, "file://{}", folder.display()),
        }
    }
}

/// How a printer is treated.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How long it may stand still.
    pub still: Duration,
    /// It is asked for its state.
    pub ask: bool,
    /// What it was sent is printed, also when it keeps the line open.
    pub trust: bool,
}

/// What became of a badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What went wrong; empty when it is on paper.
    pub failure: &'static str,
    /// The printer has all of it: it may have come out.
    pub complete: bool,
    /// In words, for the log.
    pub note: String,
}

impl Outcome {
    const PRINTED: Self = Self { failure: "", complete: true, note: String::new() };

    /// It went wrong.
    pub fn failed(failure: &'static str, complete: bool, note: impl ToString) -> Self {
        Self { failure, complete, note: note.to_string() }
    }
}

impl Printer {
    /// Prints one badge.
    pub async fn print(&self, title: &str, format: &str, content: &[u8], patience: Patience) -> Outcome {
        match self {
            Self::Tcp(address) => tcp(address, content, patience).await,
            Self::Cups(queue) => cups(queue, title, format, content, patience).await,
            Self::Folder(folder) => keep(folder, title, format, content).await,
        }
    }
}

async fn tcp(address: &str, content: &[u8], patience: Patience) -> Outcome {
    let mut line = match timeout(CONNECT, TcpStream::connect(address)).await {
        Ok(Ok(line)) => line,
        Ok(Err(error)) => return Outcome::failed(Failure::Unreachable.code(), false, error),
        Err(_) => return Outcome::failed(Failure::Unreachable.code(), false, ""),
    };
    let _ = line.set_nodelay(true);
    if patience.ask
        && let Some(trouble) = state(&mut line).await
    {
        return Outcome::failed(trouble.code(), false, "");
    }
    for piece in content.chunks(PIECE) {
        // What was not sent whole was not printed: a label is printed with its last characters.
        match timeout(patience.still, line.write_all(piece)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Outcome::failed(Failure::ClosedEarly.code(), false, error),
            Err(_) => return Outcome::failed(Failure::Stalled.code(), false, ""),
        }
    }
    if patience.ask {
        // It answers in turn: an answer means that the badge before it was taken.
        return match state(&mut line).await {
            None => Outcome::PRINTED,
            Some(trouble) => Outcome::failed(trouble.code(), true, ""),
        };
    }
    hang_up(line, patience).await
}

/// Says that there is no more, and waits until the printer hangs up as well: then it has read everything.
async fn hang_up(mut line: TcpStream, patience: Patience) -> Outcome {
    if let Err(error) = line.shutdown().await {
        return Outcome::failed(Failure::ClosedEarly.code(), true, error);
    }
    let mut heard = [0; 512];
    let until = tokio::time::Instant::now() + patience.still;
    loop {
        match tokio::time::timeout_at(until, line.read(&mut heard)).await {
            Ok(Ok(0)) => return Outcome::PRINTED,
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return Outcome::failed(Failure::ClosedEarly.code(), true, error),
            Err(_) if patience.trust => return Outcome::PRINTED,
            Err(_) => return Outcome::failed(Failure::Stalled.code(), true, ""),
        }
    }
}

/// What keeps the printer from printing, as it says itself; one that says nothing stands still.
async fn state(line: &mut TcpStream) -> Option<Failure> {
    let mut heard = Vec::new();
    let ask = async {
        line.write_all(status::QUESTION).await.ok()?;
        let mut piece = [0; 256];
        loop {
            let count = line.read(&mut piece).await.ok().filter(|count| *count > 0)?;
            heard.extend_from_slice(&piece[..count]);
            if let Some(trouble) = status::trouble(&heard) {
                return Some(trouble);
            }
            if heard.len() > 4096 {
                return None;
            }
        }
    };
    match timeout(STATE, ask).await {
        Ok(Some(trouble)) => trouble,
        Ok(None) => Some(Failure::ClosedEarly),
        Err(_) => Some(Failure::Stalled),
    }
}

async fn cups(queue: &str, title: &str, format: &str, content: &[u8], patience: Patience) -> Outcome {
    let mut lp = Command::new("lp");
    lp.args(["-d", queue, "-t", title]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    if format == "zpl" {
        lp.args(["-o", "raw"]);
    }
    let (content, still) = (content.to_vec(), patience.still);
    let fed = tokio::task::spawn_blocking(move || feed(lp, content, still)).await;
    fed.unwrap_or_else(|error| Outcome::failed(Failure::Other.code(), true, error))
}

/// Runs `lp`, gives it the badge and waits for its word.
fn feed(mut lp: Command, content: Vec<u8>, still: Duration) -> Outcome {
    let refused = |note: String| Outcome::failed(Failure::Refused.code(), false, note);
    let mut child = match lp.spawn() {
        Ok(child) => child,
        Err(error) => return refused(format!("lp: {error}")),
    };
    // On a thread of its own: a program that does not read must not hold us up.
    let input = child.stdin.take();
    let writer = std::thread::spawn(move || input.is_some_and(|mut input| input.write_all(&content).is_ok()));
    let until = Instant::now() + still;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(20)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                // Nobody knows how far it came before it stood still.
                return Outcome::failed(Failure::Stalled.code(), true, "lp");
            }
            Err(error) => return Outcome::failed(Failure::Refused.code(), true, error),
        }
    };
    let whole = writer.join().unwrap_or(false);
    if status.success() && whole {
        return Outcome::PRINTED;
    }
    let mut said = String::new();
    if let Some(mut errors) = child.stderr.take() {
        let _ = errors.read_to_string(&mut said);
    }
    // A program that ended well without reading everything may have printed what it read.
    Outcome { complete: status.success(), ..refused(said.trim().chars().take(200).collect()) }
}

/// A file of its own for each badge, whole or not at all: programs that watch the folder see no half ones.
async fn keep(folder: &std::path::Path, title: &str, format: &str, content: &[u8]) -> Outcome {
    let name: String = title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let ending = if format == "zpl" { "zpl" } else { "pdf" };
    let write = async {
        tokio::fs::create_dir_all(folder).await?;
        for copy in 1_u32.. {
            let name = if copy == 1 { format!("{name}.{ending}") } else { format!("{name}-{copy}.{ending}") };
            let goal = folder.join(name);
            if tokio::fs::try_exists(&goal).await? {
                continue;
            }
            let half = goal.with_extension("part");
            tokio::fs::write(&half, content).await?;
            return tokio::fs::rename(&half, &goal).await;
        }
        Ok(())
    };
    match write.await {
        Ok(()) => Outcome::PRINTED,
        Err(error) => Outcome::failed(Failure::Refused.code(), false, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printers_are_told_by_their_address() {
        assert_eq!("tcp://10.0.0.7".parse(), Ok(Printer::Tcp("10.0.0.7:9100".into())));
        assert_eq!("cups://Badges/".parse(), Ok(Printer::Cups("Badges".into())));
        assert_eq!("file:///tmp/badges".parse(), Ok(Printer::Folder("/tmp/badges".into())));
        for wrong in ["", "tcp://", "usb://x", "cups://-o", "10.0.0.7:9100"] {
            assert!(wrong.parse::<Printer>().is_err(), "{wrong}");
        }
    }
}

//! What commands print. Results go to the standard output, remarks to the standard error, and both only through here:
//! whoever reads (`fairlead demo | head`) may go away early, which is no failure and no panic.

use super::Ended;
use std::io::{ErrorKind, Write};

/// Prints a line of a result; the arguments are those of `format!`.
macro_rules! say {
    ($($text:tt)*) => { $crate::command::say::print(&(format!($($text)*) + "\n")) };
}
pub(crate) use say;

/// Prints a result as it is.
///
/// # Errors
/// When it cannot be written though somebody is there to read it, such as on a full disk.
pub fn print(text: &str) -> Result<(), Ended> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Ended::Failed(error.to_string())),
        _ => Ok(()),
    }
}

/// Says something to the person at the terminal, if there still is one.
pub fn remark(text: &str) {
    // There is nowhere left to say that nobody heard it.
    std::io::stderr().lock().write_all(text.as_bytes()).ok();
}

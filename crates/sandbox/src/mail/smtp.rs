//! A small SMTP server (RFC 5321) that takes everything and keeps it.
//!
//! Only what a relaying client needs: no TLS, no authentication, loopback only. Sizes are bounded, so a broken client cannot
//! fill the memory.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::app::App;
use crate::{ids, store};

/// SES takes messages of up to 40 MB.
const MOST_BYTES: usize = 45 * 1024 * 1024;
/// Longest command line (RFC 5321, 4.5.3.1.4).
const MOST_LINE: u64 = 2_048;

/// Takes connections until the program ends.
pub async fn serve(app: Arc<App>, listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let app = Arc::clone(&app);
                tokio::spawn(async move {
                    if let Err(fault) = converse(stream, app.folder.join("mail")).await {
                        tracing::warn!(error = %fault, "SMTP conversation broke off");
                    }
                });
            }
            Err(fault) => {
                tracing::warn!(error = %fault, "SMTP connection refused");
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
    }
}

async fn converse(stream: TcpStream, folder: PathBuf) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    write.write_all(b"220 justfax-sandbox ready\r\n").await?;
    loop {
        let mut line = Vec::new();
        if (&mut read).take(MOST_LINE).read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.iter().take(4).map(u8::to_ascii_uppercase).collect::<Vec<_>>();
        let reply: &[u8] = match verb.as_slice() {
            b"EHLO" => b"250-justfax-sandbox\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            b"HELO" | b"MAIL" | b"RCPT" | b"RSET" | b"NOOP" => b"250 OK\r\n",
            b"DATA" => {
                write.write_all(b"354 End with a line of one full stop\r\n").await?;
                match take_message(&mut read).await? {
                    Some(message) => keep(&folder, &message),
                    None => b"552 Message too large\r\n",
                }
            }
            b"QUIT" => {
                return write.write_all(b"221 Bye\r\n").await;
            }
            _ => b"502 Command not known\r\n",
        };
        write.write_all(reply).await?;
    }
}

/// Reads up to the line with one full stop; `None` if the message is too large.
async fn take_message(read: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    let mut too_large = false;
    loop {
        let mut line = Vec::new();
        if read.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" || line == b".\n" {
            return Ok((!too_large).then_some(message));
        }
        too_large |= message.len() + line.len() > MOST_BYTES;
        if !too_large {
            message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }
}

/// One file a message; names sort by time.
fn keep(folder: &std::path::Path, message: &[u8]) -> &'static [u8] {
    let name = format!("{:013}-{}.eml", jiff::Timestamp::now().as_millisecond(), &ids::uuid()[..8]);
    match store::replace(&folder.join(name), message) {
        Ok(()) => b"250 Kept\r\n",
        Err(fault) => {
            tracing::error!(error = %fault, "mail not kept");
            b"451 Not kept\r\n"
        }
    }
}

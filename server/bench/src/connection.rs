//! One kept-alive HTTP/1.1 connection: writes a request that was made before, reads the answer to its end.
//!
//! Deliberately absent: TLS, redirects, compression, pipelining.

use crate::Outcome;
use std::{io, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection and what was read on it last.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The bytes of the body, without the marks between its chunks.
    pub(crate) length: usize,
    parts: Vec<(usize, usize)>,
}

enum Framing {
    Length(usize),
    Chunks,
}

/// The bytes of a request.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        text.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 64 * 1024], filled: 0 })
    }

    /// Sends a request and reads the answer to its end.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        self.filled = 0;
        let (status, framing, head) = loop {
            self.more().await?;
            if let Some(found) = head(&self.buffer[..self.filled])? {
                break found;
            }
        };
        match framing {
            Framing::Length(length) => {
                while self.filled < head + length {
                    self.more().await?;
                }
                Ok(Answer { status, length, parts: vec![(head, length)] })
            }
            Framing::Chunks => {
                let (mut at, mut length, mut parts) = (head, 0, Vec::new());
                loop {
                    match httparse::parse_chunk_size(&self.buffer[at..self.filled]).map_err(|_| io::ErrorKind::InvalidData)? {
                        httparse::Status::Partial => self.more().await?,
                        httparse::Status::Complete((mark, size)) => {
                            let size = usize::try_from(size).map_err(|_| io::ErrorKind::InvalidData)?;
                            let end = at + mark + size + 2;
                            while self.filled < end {
                                self.more().await?;
                            }
                            if size == 0 {
                                return Ok(Answer { status, length, parts });
                            }
                            parts.push((at + mark, size));
                            length += size;
                            at = end;
                        }
                    }
                }
            }
        }
    }

    /// The body of the last answer.
    pub(crate) fn body(&self, answer: &Answer) -> Vec<u8> {
        answer.parts.iter().flat_map(|(from, length)| &self.buffer[*from..from + length]).copied().collect()
    }

    async fn more(&mut self) -> io::Result<()> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.filled * 2, 0);
        }
        match self.stream.read(&mut self.buffer[self.filled..]).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                self.filled += read;
                Ok(())
            }
        }
    }
}

/// Status, framing and length of a head that is complete.
fn head(bytes: &[u8]) -> io::Result<Option<(u16, Framing, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 48];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = response.parse(bytes).map_err(|_| io::ErrorKind::InvalidData)? else {
        return Ok(None);
    };
    let mut framing = Framing::Length(0);
    for header in response.headers.iter() {
        if header.name.eq_ignore_ascii_case("content-length") {
            let text = std::str::from_utf8(header.value).map_err(|_| io::ErrorKind::InvalidData)?;
            framing = Framing::Length(text.parse().map_err(|_| io::ErrorKind::InvalidData)?);
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            framing = Framing::Chunks;
        }
    }
    Ok(Some((response.code.unwrap_or_default(), framing, length)))
}

/// Asks once, on a connection of its own, and reads the answer as JSON; anything but success is an error.
pub(crate) async fn json(address: SocketAddr, request: &[u8]) -> Outcome<serde_json::Value> {
    let mut connection = Connection::open(address).await?;
    let answer = connection.ask(request).await?;
    let body = connection.body(&answer);
    if !(200..300).contains(&answer.status) {
        return Err(format!("{}: {}", answer.status, String::from_utf8_lossy(&body)).into());
    }
    Ok(if body.is_empty() { serde_json::Value::Null } else { serde_json::from_slice(&body)? })
}

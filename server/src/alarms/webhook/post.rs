//! One message to the receiver of a webhook: a connection, a request, its status.
//!
//! The rule: over TLS, but to this very machine; whatever is not 2xx in fifteen seconds is a failure, a redirect as well, which leads
//! nowhere. Of the answer the status counts, and nothing of it or of the address is logged. Private addresses may be told: the
//! operator names them, nobody else can.

use crate::tls;
use http_body_util::Full;
use hyper::{Request, StatusCode, body::Bytes, client::conn::http1::handshake, header};
use hyper_util::rt::TokioIo;
use std::{io, net::IpAddr, path::Path, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};
use webauthn_rs::prelude::Url;

/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why a message did not arrive.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failed {
    #[error("the receiver cannot be reached: {0}")]
    Unreachable(#[from] io::Error),
    #[error("the receiver takes too long")]
    Slow,
    #[error("the receiver speaks no HTTP, or stopped amid it")]
    Broken(#[from] hyper::Error),
    /// The status, and after how many seconds it wants to be asked again.
    #[error("the receiver answers {0}")]
    Answered(StatusCode, Option<u64>),
    #[error("the message cannot be made")]
    Unspeakable(#[from] hyper::http::Error),
}

/// A message that is ready.
pub(super) struct Signed {
    pub(super) id: String,
    pub(super) timestamp: i64,
    pub(super) signature: String,
    pub(super) body: Vec<u8>,
}

/// Where messages go.
pub(super) struct Target {
    host: String,
    port: u16,
    /// As it stands in the request.
    authority: String,
    path: String,
    tls: Option<TlsConnector>,
}

impl Target {
    /// An address.
    ///
    /// # Errors
    /// Words for the operator when it is none.
    pub(super) fn new(url: &str, authorities: Option<&Path>) -> Result<Self, String> {
        let wrong = || "the webhook must be a URL such as https://pager.example/school, without a name and a password".to_owned();
        let url = Url::parse(url).map_err(|_| wrong())?;
        let written = url.host_str().ok_or_else(wrong)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong());
        }
        let host = written.trim_matches(['[', ']']).to_owned();
        let tls = match url.scheme() {
            "https" => Some(tls::connector(authorities)?),
            "http" if is_here(&host) => None,
            "http" => return Err("the webhook must be https: http reaches this machine alone".into()),
            _ => return Err(wrong()),
        };
        let port = url.port_or_known_default().ok_or_else(wrong)?;
        let authority = url.port().map_or_else(|| written.to_owned(), |port| format!("{written}:{port}"));
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        Ok(Self { host, port, authority, path, tls })
    }

    /// Posts a message.
    pub(super) async fn post(&self, message: Signed) -> Result<(), Failed> {
        timeout(PATIENCE, self.try_to(message)).await.map_err(|_| Failed::Slow)?
    }

    async fn try_to(&self, message: Signed) -> Result<(), Failed> {
        let Signed { id, timestamp, signature, body } = message;
        let request = Request::post(&self.path)
            .header(header::HOST, &self.authority)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "Shendu")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature)
            .body(Full::new(Bytes::from(body)))?;
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await?;
        match &self.tls {
            None => ask(stream, request).await,
            Some(connector) => {
                let name = ServerName::try_from(self.host.clone()).map_err(io::Error::other)?;
                ask(connector.connect(name, stream).await?, request).await
            }
        }
    }
}

async fn ask(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, request: Request<Full<Bytes>>) -> Result<(), Failed> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let speaking = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    speaking.abort();
    let answer = answer?;
    if answer.status().is_success() {
        return Ok(());
    }
    let again = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    Err(Failed::Answered(answer.status(), again))
}

/// Whether a host is this very machine.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_over_tls_or_on_this_machine_and_else_not() {
        for taken in
            ["https://pager.example/a?b=c", "https://10.0.0.8:8443/", "http://localhost:9/", "http://127.0.0.1:9", "http://[::1]:9/a"]
        {
            assert!(Target::new(taken, None).is_ok(), "{taken}");
        }
        for refused in [
            "http://pager.example/",
            "http://10.0.0.8/",
            "http://localhost.example/",
            "ftp://localhost/",
            "pager.example",
            "https://u:p@pager.example/",
            "https://u@pager.example/",
        ] {
            assert!(Target::new(refused, None).is_err(), "{refused}");
        }
    }

    #[test]
    fn the_request_names_host_port_path_and_query() {
        let at = |url: &str| Target::new(url, None).map(|target| (target.host, target.port, target.authority, target.path)).unwrap();
        let of = |host: &str, port, authority: &str, path: &str| (host.to_owned(), port, authority.to_owned(), path.to_owned());
        assert_eq!(at("https://pager.example/a?b=c#d"), of("pager.example", 443, "pager.example", "/a?b=c"));
        assert_eq!(at("http://[::1]:9"), of("::1", 9, "[::1]:9", "/"));
    }
}

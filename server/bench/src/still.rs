//! The limit of the HTTP stack: axum, answering the same bytes to everybody, without a thought.

use crate::Outcome;
use axum::{Router, body::Bytes, http::header, routing::get};
use std::{net::SocketAddr, path::PathBuf};

/// Serves the bytes of a file at `/`.
#[derive(Debug, clap::Args)]
pub(crate) struct Still {
    /// The body.
    #[arg(long)]
    body: PathBuf,
    /// Where to listen.
    #[arg(long)]
    listen: SocketAddr,
}

impl Still {
    pub(crate) async fn run(self) -> Outcome<()> {
        let body = Bytes::from(std::fs::read(self.body)?);
        let answer = move || {
            let body = body.clone();
            async move { ([(header::CONTENT_TYPE, "application/json")], body) }
        };
        let listener = tokio::net::TcpListener::bind(self.listen).await?;
        Ok(axum::serve(listener, Router::new().route("/", get(answer))).await?)
    }
}

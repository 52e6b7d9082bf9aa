//! Messages to guardians and staff. An address is opened by the guard for the courier alone and is written into no log.
//!
//! One-time codes live for ten minutes and die with the process, so the queue is in memory: a code that was not sent before
//! a restart is asked for again.

use chrono::{DateTime, Utc};
use contract::wire::sign_in::Channel;
use guard::gate::Parcel;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, message::Mailbox};
use std::{
    io::Write,
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// How messages travel.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct CourierConfig {
    /// An SMTP URL such as smtp://mail.example:25 or smtps://user:secret@mail.example; without it e-mail goes where SMS goes.
    #[arg(long, env = "SHENDU_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// The sender of e-mail.
    #[arg(long, env = "SHENDU_MAIL_FROM", default_value = "Shendu <shendu@localhost>")]
    pub mail_from: String,
    /// Where SMS go: `file` writes them to the outbox in the data folder, `console` to standard error with the number masked.
    #[arg(long, env = "SHENDU_SMS", default_value = "file", value_parser = ["file", "console"])]
    pub sms: String,
}

/// A message on its way.
struct Letter {
    parcel: Parcel,
    subject: String,
    text: String,
    at: DateTime<Utc>,
}

/// Takes messages and sends them in the background, three tries each.
#[derive(Debug, Clone)]
pub struct Courier(mpsc::Sender<Letter>);

struct Ways {
    smtp: Option<(AsyncSmtpTransport<Tokio1Executor>, Mailbox)>,
    console: bool,
    outbox: PathBuf,
}

impl Courier {
    /// Starts the courier.
    ///
    /// # Errors
    /// Words for the operator when the configuration is wrong.
    pub fn start(config: &CourierConfig, outbox: &Path) -> Result<Self, String> {
        let smtp = match &config.smtp {
            None => None,
            Some(url) => {
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| "the SMTP URL is malformed")?.build();
                let from = config.mail_from.parse().map_err(|_| "the sender of e-mail is malformed")?;
                Some((transport, from))
            }
        };
        let ways = Ways { smtp, console: config.sms == "console", outbox: outbox.to_owned() };
        let (queue, mut letters) = mpsc::channel::<Letter>(1024);
        tokio::spawn(async move {
            while let Some(letter) = letters.recv().await {
                ways.send(letter).await;
            }
        });
        Ok(Self(queue))
    }

    /// Hands a message over; `false` when too many are waiting.
    pub(crate) fn take(&self, parcel: Parcel, subject: String, text: String, at: DateTime<Utc>) -> bool {
        self.0.try_send(Letter { parcel, subject, text, at }).is_ok()
    }
}

impl Ways {
    async fn send(&self, letter: Letter) {
        let Letter { parcel, subject, text, at } = letter;
        let channel = parcel.channel();
        let address = parcel.deliver(str::to_owned);
        let sent = match (channel, &self.smtp) {
            (Channel::Email, Some((transport, from))) => mail(transport, from, &address, &subject, &text).await,
            _ if self.console => {
                let masked = contract::mask::free_text(&address);
                writeln!(std::io::stderr(), "[{}] {text}", masked.as_str()).is_ok()
            }
            _ => self.file(channel, &address, &text, at).is_ok(),
        };
        if !sent {
            tracing::warn!(?channel, "a message could not be sent");
        }
    }

    fn file(&self, channel: Channel, address: &str, text: &str, at: DateTime<Utc>) -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let line = serde_json::json!({ "at": at, "channel": channel, "to": address, "text": text });
        writeln!(options.open(&self.outbox)?, "{line}")
    }
}

async fn mail(transport: &AsyncSmtpTransport<Tokio1Executor>, from: &Mailbox, to: &str, subject: &str, text: &str) -> bool {
    let Ok(to) = to.parse::<Mailbox>() else {
        return false;
    };
    let Ok(message) = Message::builder().from(from.clone()).to(to).subject(subject).body(text.to_owned()) else {
        return false;
    };
    for pause in [0, 2, 10] {
        tokio::time::sleep(std::time::Duration::from_secs(pause)).await;
        if transport.send(message.clone()).await.is_ok() {
            return true;
        }
    }
    false
}

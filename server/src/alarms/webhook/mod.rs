//! The webhook of the alarms: each is posted when it is raised and when it is closed, signed (Standard Webhooks 1.0), at least once.
//!
//! The rule: the alarms are the buffer. Up to which number of their news the receiver has said 2xx is noted in a file; while it says
//! anything else, or nothing, the next message waits. A message says what and how grave; about whom is read behind the sign-in.
//! Deliberately absent: an address set from a screen, so that nobody who uses the school makes the server call somewhere.

mod post;

use crate::{clock, cursor};
use chrono::{DateTime, Utc};
use contract::{
    ids::AlarmId,
    wire::alarms::{Rule, Severity},
};
use guard::vault::HookSecret;
use post::{Failed, Signed, Target};
use serde::Serialize;
use std::{path::PathBuf, time::Duration};
use store::{AlarmNews, Became, Db, StoreError};
use tokio::time::sleep;

/// Who is told of alarms beside those who watch.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct WebhookConfig {
    /// An address that each alarm is posted to when it is raised and when it is closed, such as https://pager.example/school. It gets
    /// the rule, how grave, how much and when, signed as Standard Webhooks says, and no name. Without it nothing is posted.
    #[arg(long, env = "SHENDU_ALARM_WEBHOOK", hide_env_values = true, value_name = "URL")]
    alarm_webhook: Option<String>,
    /// The file with the secret that signs: whsec_ and 24 to 64 random bytes in base64, mode 0600. While the receiver changes to a new
    /// one, the new and the old, a line each.
    #[arg(long, env = "SHENDU_ALARM_WEBHOOK_SECRET_FILE", value_name = "FILE")]
    alarm_webhook_secret_file: Option<PathBuf>,
    /// The certificates (PEM) by which the receiver is known; without it those of the public web.
    #[arg(long, env = "SHENDU_ALARM_WEBHOOK_CA", value_name = "FILE")]
    alarm_webhook_ca: Option<PathBuf>,
}

/// How long it is waited for news.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Between two tries, from the first to the longest.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(300)];
/// The longest that a receiver can ask for.
const MOST_ASKED_FOR: Duration = Duration::from_secs(3_600);
/// News that is read at once.
const PART: u64 = 50;

/// Why the receiver is not told for a while.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Receiver(#[from] Failed),
    #[error("how far it was told cannot be noted: {0}")]
    Cursor(#[from] std::io::Error),
    #[error("the alarms cannot be read: {0}")]
    Alarms(#[from] StoreError),
}

/// A message, as it is posted.
#[derive(Serialize)]
struct Message {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: DateTime<Utc>,
    data: Facts,
}

#[derive(Serialize)]
struct Facts {
    id: AlarmId,
    rule: Rule,
    severity: Severity,
    count: u32,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
}

/// A receiver and how far it is.
pub(crate) struct Webhook {
    target: Target,
    secret: HookSecret,
    told: PathBuf,
}

impl Webhook {
    /// The webhook of a configuration, where there is one. `told` is the file in which it says how far it is.
    ///
    /// # Errors
    /// Words for the operator when the configuration is wrong.
    pub(crate) fn new(config: &WebhookConfig, told: PathBuf) -> Result<Option<Self>, String> {
        let Some(url) = &config.alarm_webhook else {
            return Ok(None);
        };
        let file = config.alarm_webhook_secret_file.as_deref().ok_or("a webhook needs --alarm-webhook-secret-file")?;
        let secret = HookSecret::in_file(file).map_err(|error| error.to_string())?;
        let target = Target::new(url, config.alarm_webhook_ca.as_deref())?;
        Ok(Some(Self { target, secret, told }))
    }

    /// Tells the receiver for as long as the server runs.
    pub(crate) async fn run(self, db: Db) {
        let [first, longest] = PAUSES;
        let mut pause = first;
        loop {
            match self.go_on(&db).await {
                Ok(()) => {
                    pause = first;
                    sleep(LOOK_EVERY).await;
                }
                Err(broken) => {
                    tracing::warn!(%broken, "the webhook of the alarms is not told");
                    let asked_for = match &broken {
                        Broken::Receiver(Failed::Answered(_, Some(seconds))) => Duration::from_secs(*seconds).min(MOST_ASKED_FOR),
                        _ => Duration::ZERO,
                    };
                    // Not all at the same moment, where many wait for one receiver.
                    sleep(pause.max(asked_for).mul_f64(rand::random_range(1.0..1.5))).await;
                    pause = longest.min(pause * 2);
                }
            }
        }
    }

    /// Posts what is new, one after the other.
    async fn go_on(&self, db: &Db) -> Result<(), Broken> {
        loop {
            let news = db.alarm_news(self.begin(db).await?, PART).await?;
            if news.is_empty() {
                return Ok(());
            }
            for one in news {
                let signed = self.signed(&one)?;
                self.target.post(signed).await?;
                cursor::note(&self.told, one.no)?;
            }
        }
    }

    fn signed(&self, news: &AlarmNews) -> Result<Signed, Broken> {
        let AlarmNews { became, at, id, rule, count, first_at, last_at, .. } = *news;
        let (kind, short) = match became {
            Became::Raised => ("alarm.raised", "raised"),
            Became::Closed => ("alarm.closed", "closed"),
        };
        let facts = Facts { id, rule, severity: rule.severity(), count, first_at, last_at };
        let body = serde_json::to_vec(&Message { kind, timestamp: at, data: facts }).map_err(std::io::Error::other)?;
        // The same however often it is tried; the timestamp is that of the try.
        let id = format!("{id}_{short}");
        let timestamp = clock::now().timestamp();
        let signature = self.secret.sign(&id, timestamp, &body);
        Ok(Signed { id, timestamp, signature, body })
    }

    /// Up to where it was told; a webhook that is new begins with what comes, and so does one that is ahead of a database put back.
    async fn begin(&self, db: &Db) -> Result<i64, Broken> {
        let newest = db.newest_alarm_news().await?;
        match cursor::read(&self.told) {
            Some(told) if told <= newest => Ok(told),
            _ => {
                cursor::note(&self.told, newest)?;
                Ok(newest)
            }
        }
    }
}

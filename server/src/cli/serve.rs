//! `shendu serve`

use super::{Failure, say, words};
use crate::{
    alarms::webhook::{Webhook, WebhookConfig},
    api, clock,
    config::Place,
    courier::{Courier, CourierConfig},
    heads::{HeadsFile, SignedHeads, Signing},
    http::TrustedProxies,
    makes::MakesConfig,
    noted::Notes,
    places::PlacesConfig,
    policy,
    retention::Retaining,
    siem::{Feed, FeedConfig},
    state::{App, Files, Shared},
    watch,
};
use std::net::SocketAddr;
use tracing_subscriber::EnvFilter;

/// Serves the school.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    heads: HeadsFile,
    #[command(flatten)]
    courier: CourierConfig,
    #[command(flatten)]
    places: PlacesConfig,
    #[command(flatten)]
    makes: MakesConfig,
    #[command(flatten)]
    feed: FeedConfig,
    #[command(flatten)]
    webhook: WebhookConfig,
    /// Where to listen.
    #[arg(long, env = "SHENDU_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// The address by which browsers reach the school. Passkeys are bound to its host name for ever.
    #[arg(long, env = "SHENDU_ORIGIN", default_value = "http://localhost:8080")]
    origin: String,
    /// How many proxies of your own stand before the server. Their word about where a request comes from (x-forwarded-for,
    /// counted from the right) is believed by the rate limits, the places and the conditions of roles and tokens; nobody else's is.
    #[arg(long, env = "SHENDU_TRUSTED_PROXIES", default_value_t = 0)]
    trusted_proxies: usize,
}

impl Serve {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let filter = EnvFilter::try_from_env("SHENDU_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=off,sea_orm=off"));
        // Below this level the library quotes paths, and paths hold ids.
        let filter = match "tower_http=info".parse() {
            Ok(directive) => filter.add_directive(directive),
            Err(_) => filter,
        };
        // A line that cannot be written, as where the log is a file on a full disk, is lost: to say so there is a panic in every request.
        let log = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(filter);
        log.log_internal_errors(false).init();
        self.place.prepare().map_err(words)?;
        let vault = self.place.vault().map_err(words)?;
        let (sealer, signer) = (vault.head_sealer(), vault.head_signer());
        let db = self.place.open().await.map_err(words)?;
        let feed = Feed::new(&self.feed, &self.origin, self.place.fed())?;
        let webhook = Webhook::new(&self.webhook, self.place.told())?;
        let courier = Courier::start(&self.courier, &self.place.outbox())?;
        let files = Files { places: self.places.open()?, makes: self.makes.open().map_err(words)? };
        let app = App::start_with(db.clone(), vault, &self.origin, courier, files).await.map_err(words)?;
        let (path, anchor) = (self.heads.path(&self.place), self.place.anchor());
        let heads = SignedHeads { path: path.clone(), public_key: signer.public_key() };
        app.know_heads(heads.clone());
        let fed = feed.as_ref().map(|_| self.place.fed());
        let retaining = Retaining { db: db.clone(), trail: app.trail.clone(), heads: heads.clone(), fed };
        let notes = Notes { db: db.clone(), sealer: sealer.clone(), anchor: anchor.clone(), heads };
        let signing = Signing { db: db.clone(), sealer, signer, path, anchor };
        // Before the first request: what happened while no server ran is said at once.
        notes.tell(&app.trail).await;
        signing.now().await;
        // Where the watch begins is noted before anybody can come: of a school's first request it knows too.
        db.watched(clock::now()).await.map_err(words)?;
        let listener =
            tokio::net::TcpListener::bind(&self.listen).await.map_err(|error| format!("cannot listen on {}: {error}", self.listen))?;
        let noting = tokio::spawn(notes.clone().keep(app.trail.clone()));
        let signing = tokio::spawn(signing.keep());
        let retaining = tokio::spawn(retaining.keep());
        let enforcing = tokio::spawn(policy::due::keep(app.clone()));
        let feeding = feed.map(|feed| tokio::spawn(feed.run(db.clone())));
        let telling = webhook.map(|webhook| tokio::spawn(webhook.run(db.clone())));
        let watching = tokio::spawn(watch::keep(app.clone()));
        say(&format!("慎独 serves on {}", self.origin));
        let proxies = axum::Extension(TrustedProxies(self.trusted_proxies));
        let service = api::router(app.clone()).layer(proxies).into_make_service_with_connect_info::<SocketAddr>();
        let trail = app.trail.clone();
        let served = axum::serve(listener, service).with_graceful_shutdown(stopped(app)).await;
        noting.abort();
        signing.abort();
        retaining.abort();
        enforcing.abort();
        watching.abort();
        for outward in [feeding, telling].into_iter().flatten() {
            outward.abort();
        }
        notes.tell(&trail).await;
        served.map_err(words)
    }
}

/// The end: whoever listens to what changes is let go first, or the server would wait for them.
async fn stopped(app: Shared) {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    app.bell.send_modify(|bell| bell.closing = true);
}

//! What `shendu doctor` says of those who are told what happens: the watch over the trail, a collector, a webhook; and whether
//! anybody knows where.
//!
//! The rule: that somebody is behind is a fact; it is a fault where a server runs and the oldest of it waits longer than ten minutes,
//! and where somebody was told of what the database does not have.

use crate::{
    clock::{school_day, school_time},
    config::Place,
    cursor,
    makes::MakesConfig,
    places::PlacesConfig,
    watch,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::credential::{Credential, Ladder};
use store::{Db, StoreError};

/// How long something may wait while a server runs.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// A check and what came of it.
pub(super) type Checked = (&'static str, Result<String, String>);

/// The three checks.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn checked(db: &Db, place: &Place, now: DateTime<Utc>) -> Result<[Checked; 3], StoreError> {
    let state = db.watch_state().await?;
    let awake = state.is_some_and(|(heard_at, _)| watch::is_awake(heard_at, now));
    let watching = match state {
        None => "it has never watched: `shendu serve` does".to_owned(),
        Some((_, behind)) if awake => format!("awake, {behind} entries behind"),
        Some((heard_at, behind)) => {
            format!("not heard of since {}, {behind} entries behind: does a server run?", school_time(heard_at).format("%Y-%m-%d %H:%M"))
        }
    };
    let late = |waits: &str, lag: i64, oldest: Option<DateTime<Utc>>| {
        if lag < 0 {
            return Err(format!("{} {waits} ahead: was an older database put back?", lag.unsigned_abs()));
        }
        let said = format!("{lag} {waits} behind");
        match oldest.filter(|oldest| awake && now - *oldest > PATIENCE) {
            Some(oldest) => Err(format!("{said}, since {}: the log says why", school_time(oldest).format("%Y-%m-%d %H:%M"))),
            None => Ok(said),
        }
    };
    let siem = match cursor::read(&place.fed()) {
        None => Ok("no collector is fed from this folder".to_owned()),
        Some(fed) => {
            let oldest = db.trail_after(fed, 1).await?.first().map(|kept| kept.entry.at());
            late("rows", db.trail_anchor().await?.0.saturating_sub(fed), oldest)
        }
    };
    let webhook = match cursor::read(&place.told()) {
        None => Ok("no webhook is told from this folder".to_owned()),
        Some(told) => {
            let oldest = db.alarm_news(told, 1).await?.first().map(|news| news.at);
            late("messages", db.newest_alarm_news().await?.saturating_sub(told), oldest)
        }
    };
    Ok([("watch", Ok(watching)), ("siem", siem), ("webhook", webhook)])
}

/// Whether the watch can know where somebody signs in from.
pub(super) fn places(config: &PlacesConfig, now: DateTime<Utc>) -> Result<String, String> {
    let Some(places) = config.open()? else {
        return Ok("off: no --places, so nobody knows where a session is, and no rule about places finds anything".into());
    };
    let made = places.made().map_or_else(|| "on".to_owned(), |made| format!("on, the oldest file is of {}", made.date_naive()));
    match places.made() {
        Some(made) if now - made > TimeDelta::days(366) => Err(format!("of {}: get newer files, networks move", made.date_naive())),
        _ => Ok(made),
    }
}

/// Whether a passkey can be attested, and whether a role asks for one although it cannot.
pub(super) fn makes(config: &MakesConfig, ladder: &Ladder) -> Result<String, String> {
    let asked = ladder.rungs().filter(|rung| rung.least == Credential::AttestedPasskey).map(|rung| rung.role.name()).collect::<Vec<_>>();
    match config.open().map_err(|error| error.to_string())? {
        Some(makes) => Ok(format!("makes of authenticators on the list: {}", makes.all().count())),
        None if asked.is_empty() => Ok("off: no --authenticators, so no role can ask for an attested passkey".into()),
        None => Err(format!("no --authenticators, and nobody with these roles can sign in: {}", asked.join(", "))),
    }
}

/// For how long the trail is kept, and since when.
pub(super) async fn retention(db: &Db) -> Result<String, StoreError> {
    let days = db.retention().await?.days();
    let since = match db.beginning().await? {
        None => "nothing of it is gone yet".to_owned(),
        Some(beginning) => format!("what was before {} is gone, to row {}", school_day(beginning.at), beginning.seq),
    };
    Ok(format!("the trail is kept for {days} days; {since}"))
}

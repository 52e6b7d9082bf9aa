//! What a collector gets: one entry of the trail as a line of syslog (RFC 5424), with the facts as structured data, as CEF or as
//! JSON in the words of OCSF.
//!
//! The rule: each format escapes by its own rules, so that nothing in a value ends it; the prefix is the same for all three.
//! Deliberately absent: a byte order mark, since every line is ASCII.

use contract::{
    Weight,
    rights::Exposure,
    wire::{
        alarms::{AlarmMark, Tuning},
        ledger::{Action, TrailCut},
    },
};
use guard::{Actor, gate::FeedEvent};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// In which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Structured data of syslog (RFC 5424, 6.3).
    Rfc5424,
    /// Common Event Format 0.
    Cef,
    /// JSON by the Open Cybersecurity Schema Framework.
    Ocsf,
}

/// The facility of log audits (RFC 5424, table 1).
const AUDIT: u8 = 13;
/// The number that is reserved for examples (RFC 5612): the school has none of its own.
const ENTERPRISE: u32 = 32473;
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The version of OCSF by whose numbers the classes are named.
const OCSF: &str = "1.3.0";

/// One line, without its end. `host` is the name of the school's server.
pub(crate) fn line(format: Format, host: &str, event: &FeedEvent) -> String {
    let severity = match event.weight {
        Weight::Critical => 2,
        Weight::Warning => 4,
        Weight::Notable => 5,
        Weight::Usual => 6,
    };
    let at = event.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let (data, message) = match format {
        Format::Rfc5424 => (structured(event), event.action.name().to_owned()),
        Format::Cef => ("-".to_owned(), cef(event)),
        Format::Ocsf => ("-".to_owned(), ocsf(event).to_string()),
    };
    format!("<{}>1 {at} {} shendu - {} {data} {message}", AUDIT * 8 + severity, printable(host), event.action.name())
}

/// Printable ASCII without spaces, at most 255 characters; a dash for nothing (RFC 5424, 6.2.4).
fn printable(text: &str) -> String {
    let kept: String = text.chars().filter(char::is_ascii_graphic).take(255).collect();
    if kept.is_empty() { "-".into() } else { kept }
}

fn actor(actor: Actor) -> (&'static str, String) {
    let kind = match actor {
        Actor::Staff(_) => "staff",
        Actor::Guardian(_) => "guardian",
    };
    (kind, actor.uuid().to_string())
}

const fn form(form: Exposure) -> &'static str {
    match form {
        Exposure::Withheld => "withheld",
        Exposure::Masked => "masked",
        Exposure::Clear => "clear",
    }
}

/// The facts by name, in a fixed order; what is not there is left out.
fn facts(event: &FeedEvent) -> Vec<(&'static str, String)> {
    let FeedEvent { seq, at: _, action: _, weight: _, actor: who, roles, session, token, record, .. } = event;
    let FeedEvent { fields, records, families, reason, signed, alarm, tuning, retention, cut, .. } = event;
    let mut facts = vec![("seq", seq.to_string())];
    if let Some((kind, id)) = who.map(actor) {
        facts.extend([("actorKind", kind.to_owned()), ("actor", id)]);
    }
    if !roles.is_empty() {
        facts.push(("roles", roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ")));
    }
    if let Some(session) = session {
        facts.push(("session", session.clone()));
    }
    if let Some(token) = token {
        facts.push(("token", token.clone()));
    }
    if let Some((kind, mark)) = record {
        facts.extend([("recordKind", kind.name().to_owned()), ("record", mark.clone())]);
    }
    if !fields.is_empty() {
        let each = fields.iter().map(|look| format!("{}:{}", look.field.name(), form(look.form)));
        facts.push(("fields", each.collect::<Vec<_>>().join(" ")));
    }
    facts.extend([("records", records.to_string()), ("families", families.to_string())]);
    if let Some(reason) = reason {
        facts.push(("reason", reason.name().to_owned()));
    }
    if *signed {
        facts.push(("signed", "true".to_owned()));
    }
    if let Some(AlarmMark { id, rule }) = alarm {
        facts.extend([("alarm", id.to_string()), ("rule", rule.name().to_owned()), ("gravity", rule.severity().name().to_owned())]);
    }
    if let Some(Tuning { rule, before, after }) = tuning {
        facts.extend([("rule", rule.name().to_owned()), ("before", before.to_string()), ("after", after.to_string())]);
    }
    if let Some((before, after)) = retention {
        facts.extend([("before", before.to_string()), ("after", after.to_string())]);
    }
    if let Some(TrailCut { rows, through, before }) = cut {
        facts.extend([("rows", rows.to_string()), ("through", through.to_string()), ("olderThan", before.to_rfc3339())]);
    }
    facts
}

/// `[trail@32473 name="value" …]`: quote, backslash and bracket are escaped (RFC 5424, 6.3.3).
fn structured(event: &FeedEvent) -> String {
    let mut text = format!("[trail@{ENTERPRISE}");
    for (name, value) in facts(event) {
        let _ = write!(text, " {name}=\"");
        escape(&mut text, &value, &['"', '\\', ']']);
        text.push('"');
    }
    text.push(']');
    text
}

/// Puts a backslash before each of `these`; what would end a line becomes a space.
fn escape(text: &mut String, value: &str, these: &[char]) {
    for one in value.chars() {
        if these.contains(&one) {
            text.push('\\');
        }
        text.push(if one.is_control() { ' ' } else { one });
    }
}

/// `CEF:0|…|name=value …`: in the head backslash and bar are escaped, behind it backslash and equals sign.
fn cef(event: &FeedEvent) -> String {
    let severity = match event.weight {
        Weight::Critical => 9,
        Weight::Warning => 7,
        Weight::Notable => 5,
        Weight::Usual => 2,
    };
    let name = event.action.name();
    let mut text = format!("CEF:0|Shendu|shendu|{VERSION}|{name}|{}|{severity}|rt={}", name.replace('_', " "), event.at.timestamp_millis());
    for (name, value) in facts(event) {
        // The dictionary has its own names for some of them; the rest are names of ours.
        let name = match name {
            "seq" => "externalId",
            "actor" => "suid",
            "roles" => "spriv",
            "reason" => "reason",
            "records" => "cnt",
            other => other,
        };
        let _ = write!(text, " {name}=");
        escape(&mut text, &value, &['\\', '=']);
    }
    text
}

/// Class and activity (OCSF 1.3.0): authentication, account change, user access, datastore; the rest is activity of an API.
const fn class(action: Action) -> (u32, u32) {
    match action {
        Action::SignedIn | Action::SignInRefused => (3002, 1),
        Action::SignedOut | Action::SessionEnded | Action::SessionsEnded | Action::SessionDisplaced | Action::SessionMoved => (3002, 2),
        Action::SteppedUp | Action::CodeSent | Action::RecoveryCodeUsed => (3002, 99),
        Action::StaffCreated => (3001, 1),
        Action::StaffRestored => (3001, 2),
        Action::StaffSuspended => (3001, 5),
        Action::StaffLeft => (3001, 6),
        Action::PasskeyAdded => (3001, 10),
        Action::PasskeyRemoved => (3001, 11),
        Action::TokenConfirmed => (3005, 1),
        Action::TokenEnded => (3005, 2),
        Action::RolesChanged => (3005, 99),
        Action::Shown | Action::Revealed | Action::TrailRead | Action::Exported | Action::TrailExported => (6005, 1),
        Action::Changed | Action::CorrectionAccepted => (6005, 2),
        Action::Listed | Action::Searched => (6005, 4),
        Action::Created => (6005, 6),
        _ => (6003, 99),
    }
}

fn ocsf(event: &FeedEvent) -> Value {
    let (class, activity) = class(event.action);
    let refused = matches!(event.action, Action::Refused | Action::SignInRefused);
    let severity = match event.weight {
        Weight::Critical => 5,
        Weight::Warning => 3,
        Weight::Notable => 2,
        Weight::Usual => 1,
    };
    // What is not there is left out: a user that is null is none of the schema's.
    let mut by = Map::new();
    let mut more = Map::new();
    if let Some(who) = event.actor {
        let (kind, id) = actor(who);
        let groups: Vec<Value> = event.roles.iter().map(|role| json!({ "name": role.name() })).collect();
        let user = json!({ "uid": id, "type": kind, "type_id": 99, "groups": groups });
        by.insert("user".into(), user.clone());
        more.insert("user".into(), user);
    }
    if let Some(session) = &event.session {
        by.insert("session".into(), json!({ "uid": session }));
    }
    let mut line = json!({
        "class_uid": class,
        "category_uid": class / 1000,
        "activity_id": activity,
        "activity_name": event.action.name(),
        "type_uid": class * 100 + activity,
        "time": event.at.timestamp_millis(),
        "severity_id": severity,
        "status_id": if refused { 2 } else { 1 },
        "metadata": {
            "version": OCSF,
            "uid": event.seq.to_string(),
            "event_code": event.action.name(),
            "product": { "name": "Shendu", "vendor_name": "Shendu", "version": VERSION },
        },
        "actor": by,
        "unmapped": facts(event).into_iter().collect::<std::collections::BTreeMap<_, _>>(),
    });
    if let Value::Object(line) = &mut line {
        line.append(&mut more);
    }
    line
}

#[cfg(test)]
mod tests;

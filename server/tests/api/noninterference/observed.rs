//! What a person can observe of an answer, without what is random or tells the time.

use super::world::Answer;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Where two observations part, with what is around.
pub(super) fn difference(one: &str, two: &str) -> Option<String> {
    let at = one.chars().zip(two.chars()).take_while(|(one, two)| one == two).count();
    if one == two {
        return None;
    }
    let around = |text: &str| text.chars().skip(at.saturating_sub(160)).take(320).collect::<String>();
    Some(format!("A: …{}…\nB: …{}…", around(one), around(two)))
}

/// What a person can observe of an answer, without what is random or tells the time.
pub(super) fn observed(answer: &Answer, names: &BTreeMap<String, String>, begun: DateTime<Utc>) -> String {
    let mut seen = format!("{}\n", answer.status);
    let json = answer.header("content-type").contains("json");
    let left_out = |name: &str| name == "x-trace-id" || name == "date" || (name == "content-length" && json);
    for (name, value) in answer.headers.iter().filter(|(name, _)| !left_out(name)) {
        let value = if name == "set-cookie" { value.split_once('=').map_or("", |(name, _)| name) } else { value };
        seen.push_str(&format!("{name}: {value}\n"));
    }
    let body = match serde_json::from_slice::<Value>(&answer.body) {
        Ok(mut body) => {
            plain(&mut body, names, begun);
            body.to_string()
        }
        Err(_) => answer.text(),
    };
    seen + &body
}

/// Puts a fixed word for everything that is minted or later than `begun`.
fn plain(value: &mut Value, names: &BTreeMap<String, String>, begun: DateTime<Utc>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                match key.as_str() {
                    "trace_id" | "url" | "qr" | "challenge" | "codes" | "recovery_codes" => *inner = json!("new"),
                    "mark" if inner.is_string() => *inner = json!(marked(inner.as_str().unwrap(), names)),
                    "next" if inner.is_string() => *inner = json!(cursor(inner.as_str().unwrap(), names, begun)),
                    // A body within a body, as text.
                    "body" if inner.is_string() => {
                        let mut within = serde_json::from_str(inner.as_str().unwrap()).unwrap_or_else(|_| inner.clone());
                        plain(&mut within, names, begun);
                        *inner = within;
                    }
                    _ => plain(inner, names, begun),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plain(item, names, begun)),
        Value::String(text) => {
            if let Some(name) = names.get(text.as_str()) {
                *text = name.clone();
            } else if Uuid::parse_str(text).is_ok() {
                *text = "new".into();
            } else if DateTime::parse_from_rfc3339(text).is_ok_and(|at| at >= begun) {
                *text = "now".into();
            }
        }
        _ => {}
    }
}

/// The record whose id ends so.
fn marked(end: &str, names: &BTreeMap<String, String>) -> String {
    names.iter().find(|(id, _)| id.ends_with(end)).map_or_else(|| "new".into(), |(_, name)| name.clone())
}

/// A cursor of a list, with its time where it is an old one and the number of its record.
fn cursor(text: &str, names: &BTreeMap<String, String>, begun: DateTime<Utc>) -> String {
    let Some((at, id)) = text.split_once('-') else {
        return text.to_owned();
    };
    let late = i64::from_str_radix(at, 16).is_ok_and(|at| at >= begun.timestamp_micros());
    format!("{}-{}", if late { "now" } else { at }, names.get(id).map_or("new", String::as_str))
}

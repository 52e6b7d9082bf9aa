//! The body that somebody else would be answered with, as far as whoever asks may read it.
//!
//! The rule: it is the very body, made by the very functions, from a [`LookBook`](super::LookBook) that gives no key: no value is in it
//! to begin with. Each field gets the form that was noted and `****`; of the rest there stays what whoever asks reads in their own
//! answer about the same record, and everything else becomes `…`, a key that nobody thought of too.

use crate::{refused::Refused, trail::Looks, why::Circle};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::Exposure,
    shown::Masked,
    wire::{families::FamilyCard, staff::StaffCard},
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What stands for that which whoever asks does not read themselves.
const COVERED: &str = "…";

/// The body of `theirs`, which was shown blindly, with the forms that were noted in `looks`; `own` is that of whoever asks.
pub(crate) fn body(theirs: &FamilyCard, looks: &[Looks], own: Option<&FamilyCard>, circle: &Circle) -> Result<String, Refused> {
    let mut body = object(theirs)?;
    let own = own.map(object).transpose()?;
    for (key, value) in &mut body {
        let read = own.as_ref().and_then(|own| own.get(key));
        match key.as_str() {
            "students" => records(value, RecordKind::Student, looks, read, circle),
            "guardians" => records(value, RecordKind::Guardian, looks, read, circle),
            "notes" => records(value, RecordKind::Note, looks, read, circle),
            // The family that was asked about, and what the person may do.
            "id" | "may_keep" | "may_note" => {}
            _ => cover(value, read),
        }
    }
    serde_json::to_string(&body).map_err(|_| Refused::Broken)
}

/// The same about a member of staff.
pub(crate) fn colleague(theirs: &StaffCard, looks: &[Looks], own: Option<&StaffCard>) -> Result<String, Refused> {
    let mut body = object(theirs)?;
    let own = own.map(object).transpose()?;
    record(&mut body, RecordKind::Staff, |field| noted(looks, theirs.id.0, field), own.as_ref());
    serde_json::to_string(&body).map_err(|_| Refused::Broken)
}

fn object(card: &impl Serialize) -> Result<Map<String, Value>, Refused> {
    match serde_json::to_value(card) {
        Ok(Value::Object(card)) => Ok(card),
        Ok(_) | Err(_) => Err(Refused::Broken),
    }
}

fn records(list: &mut Value, kind: RecordKind, looks: &[Looks], own: Option<&Value>, circle: &Circle) {
    let own = own.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for value in list.as_array_mut().into_iter().flatten() {
        let read = own.iter().find(|one| one.get("id") == value.get("id")).and_then(Value::as_object);
        let id = value.get("id").and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
        match (value.as_object_mut(), id.filter(|id| circle.members.iter().any(|member| member.record.id == *id))) {
            (Some(card), Some(id)) => record(card, kind, |field| noted(looks, id, field), read),
            _ => cover(value, None),
        }
    }
}

fn record(card: &mut Map<String, Value>, kind: RecordKind, form: impl Fn(FieldKey) -> Exposure, own: Option<&Map<String, Value>>) {
    for (key, value) in card {
        let field = FieldKey::of(kind).find(|field| field.name().split_once('.').is_some_and(|(_, name)| name == key));
        match (field, key.as_str()) {
            (Some(field), _) => *value = shown(form(field)),
            (None, "id" | "can") => {}
            (None, _) => cover(value, own.and_then(|own| own.get(key))),
        }
    }
}

/// The form of a field as it was noted; what was not noted was withheld.
fn noted(looks: &[Looks], id: Uuid, field: FieldKey) -> Exposure {
    let of_record = looks.iter().filter(|looks| looks.records.iter().any(|record| record.id == id));
    of_record.flat_map(|looks| &looks.fields).find(|look| look.field == field).map_or(Exposure::Withheld, |look| look.form)
}

/// A field as [`contract::Shown`] writes it, without its value.
fn shown(form: Exposure) -> Value {
    match form {
        Exposure::Withheld => json!({ "state": form }),
        Exposure::Masked | Exposure::Clear => json!({ "state": form, "value": Masked::closed() }),
    }
}

fn cover(value: &mut Value, own: Option<&Value>) {
    if own != Some(&*value) {
        *value = COVERED.into();
    }
}

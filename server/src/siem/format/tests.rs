//! Nothing in a value ends it, and every format says the same.

use super::*;
use chrono::DateTime;
use contract::{
    FieldKey,
    field::RecordKind,
    ids::{AlarmId, StaffId},
    rights::Role,
    wire::{
        alarms::{Rule, RuleSetting, Severity},
        ledger::FieldLook,
        reveals::ReasonCode,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

fn event() -> FeedEvent {
    FeedEvent {
        seq: 42,
        at: DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap(),
        action: Action::Revealed,
        weight: Action::Revealed.weight(),
        actor: Some(Actor::Staff(StaffId(Uuid::from_u128(7)))),
        roles: vec![Role::Consultant, Role::Teacher],
        session: Some("0a0b0c".into()),
        token: None,
        record: Some((RecordKind::Guardian, "112233".into())),
        fields: vec![FieldLook { field: FieldKey::GuardianPhone, form: Exposure::Clear }],
        records: 1,
        families: 1,
        reason: Some(ReasonCode::FollowUp),
        signed: true,
        alarm: None,
        tuning: None,
        retention: None,
        cut: None,
    }
}

#[test]
fn a_line_of_each_format() {
    let head = "<109>1 2026-09-21T14:13:20.123456Z school.example shendu - revealed ";
    let actor = "00000000-0000-0000-0000-000000000007";
    let data = format!(
        "[trail@32473 seq=\"42\" actorKind=\"staff\" actor=\"{actor}\" roles=\"consultant teacher\" session=\"0a0b0c\" \
         recordKind=\"guardian\" record=\"112233\" fields=\"guardian.phone:clear\" records=\"1\" families=\"1\" reason=\"follow_up\" \
         signed=\"true\"] revealed"
    );
    assert_eq!(line(Format::Rfc5424, "school.example", &event()), format!("{head}{data}"));
    let cef = format!(
        "- CEF:0|Shendu|shendu|{VERSION}|revealed|revealed|5|rt=1790000000123 externalId=42 actorKind=staff suid={actor} \
         spriv=consultant teacher session=0a0b0c recordKind=guardian record=112233 fields=guardian.phone:clear cnt=1 families=1 \
         reason=follow_up signed=true"
    );
    assert_eq!(line(Format::Cef, "school.example", &event()), format!("{head}{cef}"));
    let written = line(Format::Ocsf, "school.example", &event());
    let json: Value = serde_json::from_str(written.strip_prefix(&format!("{head}- ")).unwrap()).unwrap();
    assert_eq!((&json["type_uid"], &json["category_uid"], &json["status_id"]), (&json!(600_501), &json!(6), &json!(1)));
    assert_eq!((&json["metadata"]["uid"], &json["actor"]["user"]["uid"]), (&json!("42"), &json!(actor)));
    assert_eq!(json["unmapped"]["fields"], "guardian.phone:clear");
}

#[test]
fn an_alarm_is_as_grave_as_its_rule_and_what_is_not_there_is_left_out() {
    let alarm = AlarmMark { id: AlarmId(Uuid::from_u128(9)), rule: Rule::MassReveal };
    let raised = FeedEvent {
        action: Action::AlarmRaised,
        weight: Severity::Critical.weight(),
        actor: None,
        roles: Vec::new(),
        session: None,
        alarm: Some(alarm),
        ..event()
    };
    let written = line(Format::Rfc5424, "", &raised);
    assert!(written.starts_with("<106>1 ") && written.contains("rule=\"mass_reveal\" gravity=\"critical\""), "{written}");
    assert!(line(Format::Cef, "", &raised).contains("|alarm_raised|alarm raised|9|rt="));
    let ocsf = line(Format::Ocsf, "", &raised);
    let json: Value = serde_json::from_str(ocsf.split_once(" - alarm_raised - ").unwrap().1).unwrap();
    assert_eq!((&json["severity_id"], &json["unmapped"]["rule"], &json["actor"]), (&json!(5), &json!("mass_reveal"), &json!({})));
    assert!(!ocsf.contains("null"), "{ocsf}");
    let usual = Rule::BulkReading.usual();
    let tuning = Tuning { rule: Rule::BulkReading, before: usual, after: RuleSetting { on: false, ..usual } };
    let tuned = line(Format::Rfc5424, "", &FeedEvent { action: Action::WatchChanged, tuning: Some(tuning), ..event() });
    assert!(tuned.contains("rule=\"bulk_reading\" before=\"on 60/20 nothing\" after=\"off 60/20 nothing\""), "{tuned}");
}

#[test]
fn every_action_has_a_line_of_every_format() {
    for action in Action::ALL {
        let event = FeedEvent { action: *action, actor: None, roles: Vec::new(), ..event() };
        for format in [Format::Rfc5424, Format::Cef, Format::Ocsf] {
            let line = line(format, "", &event);
            assert!(line.is_ascii() && !line.contains('\n') && line.contains(" - shendu - "), "{line}");
            assert!(action.name().len() <= 32, "the name of a kind of message has 32 characters at most");
        }
    }
}

/// Reads the value of a parameter back, as a collector does.
fn read(text: &str, name: &str, end: char) -> String {
    let from = text.split_once(name).unwrap().1;
    let mut value = String::new();
    let mut escaped = false;
    for one in from.chars() {
        match one {
            '\\' if !escaped => escaped = true,
            one if one == end && !escaped => return value,
            one => {
                value.push(one);
                escaped = false;
            }
        }
    }
    value
}

proptest! {
    #[test]
    fn nothing_in_a_value_ends_it(text in "\\PC{0,40}") {
        let event = FeedEvent { session: Some(text.clone()), ..event() };
        prop_assert_eq!(read(&structured(&event), "session=\"", '"'), text.clone());
        let cef = cef(&event);
        // The next name begins after a space: of what stands between, only unescaped equals signs would be names.
        let between = cef.split_once(" session=").unwrap().1.split_once(" recordKind=").unwrap().0;
        prop_assert_eq!(read(&format!("={between}"), "=", '\u{0}'), text.clone());
        let json: Value = serde_json::from_str(&ocsf(&event).to_string()).unwrap();
        prop_assert_eq!(json["unmapped"]["session"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn what_would_end_a_line_is_a_space(text in "[a-z\n\r\t\u{0}]{1,20}") {
        let event = FeedEvent { session: Some(text), ..event() };
        prop_assert!(!structured(&event).chars().any(char::is_control) && !cef(&event).chars().any(char::is_control));
    }
}

//! What the sweep asks: every body and every query of an operation, right ones and wrong ones.
//!
//! The rule: a schema that is not in this table fails the test. Deliberately absent: what an answer may hold, which is the sweep's.

use super::{Asked, Sweep};
use crate::noninterference::{
    values::canary,
    world::{Who, everybody},
};
use chrono::{TimeDelta, Utc};
use contract::{catalogue::FieldKey, field::RecordKind, rights::Role};
use serde_json::{Value, json};
use uuid::Uuid;

impl Sweep {
    /// A record in reach, one out of reach, and none.
    pub(super) fn ids(&self, who: Who, kind: RecordKind) -> Vec<Uuid> {
        let mut ids = vec![self.row(kind, |row| who.reaches(row)), self.row(kind, |row| !who.reaches(row)), Uuid::from_u128(0xdead)];
        ids.retain(|id| !id.is_nil());
        ids
    }

    /// The newest report of an audit, or its newest finding, and one that is not there.
    pub(super) async fn audited(&self, path: &str) -> Vec<Uuid> {
        let mut ids = vec![Uuid::from_u128(0xdead)];
        for brief in self.world.db.audits().await.unwrap().into_iter().take(1) {
            if path.starts_with("/api/findings") {
                let record = self.world.db.audit(brief.id).await.unwrap().unwrap();
                ids.extend(record.findings.last().map(|finding| finding.id.0));
            } else {
                ids.push(brief.id.0);
            }
        }
        ids
    }

    /// The bodies of one operation, each with what it asks for. A schema that is not in this table fails the test.
    pub(super) fn bodies(&self, schema: &str, id: Uuid, who: Who) -> Vec<(Value, Asked)> {
        let nothing = |body: Value| (body, Asked::Nothing);
        let fresh = |n: usize| 100 + n;
        let (student, guardian) = (self.row(RecordKind::Student, |row| !row.own), self.row(RecordKind::Guardian, |row| !row.own));
        let clear = |id: Uuid, field| self.world.rows.iter().find(|row| row.id == id).map(|row| row.values[&field].clone()).unwrap();
        let version = self.world.rows.iter().find(|row| row.id == id).map_or(1, |row| row.version);
        let person = |n: usize, kind: RecordKind| -> Value {
            FieldKey::of(kind)
                .map(|field| (field.name().rsplit('.').next().unwrap().to_owned(), json!(canary(fresh(n), 0, field))))
                .collect()
        };
        match schema {
            "SignInStart" => vec![nothing(json!({})), nothing(json!({ "login": "li" })), nothing(json!({ "login": "nobody" }))],
            "CeremonyFinish" | "CeremonyFinish_Value" => {
                vec![nothing(json!({ "ceremony": Uuid::from_u128(9), "credential": {}, "name": "" }))]
            }
            "EnrolmentStart" => vec![nothing(json!({ "token": "none" }))],
            "RecoveryStart" => vec![nothing(json!({ "login": "li", "code": "aaaa-bbbb" }))],
            "PasswordSignIn" => {
                vec![nothing(json!({ "login": "li", "password": canary(fresh(0), 0, FieldKey::GuardianPhone), "code": "000000" }))]
            }
            "PasswordChosen" => vec![nothing(json!({ "password": "seven tangerines in the attic" }))],
            "PasswordFinish" => vec![nothing(json!({ "ceremony": Uuid::from_u128(9), "code": "000000" }))],
            "LadderChanges" => vec![
                nothing(json!({ "rungs": [{ "role": "teacher", "least": "mfa" }] })),
                nothing(json!({ "rungs": [{ "role": "guardian", "least": "mfa" }] })),
            ],
            "PasskeyRename" => vec![nothing(json!({ "name": "钥匙" }))],
            "CodeRequest" => vec![
                nothing(json!({ "by": "contact", "contact": clear(guardian, FieldKey::GuardianPhone) })),
                nothing(json!({ "by": "contact", "contact": "nobody@example.com" })),
                nothing(json!({ "by": "invitation", "token": "none", "channel": "sms" })),
            ],
            "CodeEntered" => vec![nothing(json!({ "ceremony": Uuid::from_u128(9), "code": "000000" }))],
            "FamilySearch" => vec![
                nothing(json!({ "by": "name", "text": clear(student, FieldKey::StudentName) })),
                nothing(json!({ "by": "name", "text": "李" })),
                nothing(json!({ "by": "phone", "text": clear(guardian, FieldKey::GuardianPhone) })),
                nothing(json!({ "by": "email", "text": clear(guardian, FieldKey::GuardianEmail) })),
                nothing(json!({ "by": "id_card", "text": clear(student, FieldKey::StudentIdCard) })),
            ],
            "FamilyExport" => [json!({ "format": "csv" }), json!({ "format": "xlsx", "filter": { "sort": "oldest" } })]
                .into_iter()
                .map(|body| (body, Asked::File))
                .collect(),
            "NewFamily" => {
                let mut guardian = person(1, RecordKind::Guardian);
                guardian["relation"] = json!("father");
                let family = json!({ "campus": self.world.campuses[0], "stage": "lead", "students": [person(0, RecordKind::Student)], "guardians": [guardian] });
                vec![nothing(family), nothing(json!({ "campus": self.world.campuses[0], "stage": "lead", "students": [] }))]
            }
            "NewStudent" => vec![nothing(person(2, RecordKind::Student))],
            "NewGuardian" => {
                let mut new = person(3, RecordKind::Guardian);
                new["relation"] = json!("grandparent");
                vec![nothing(new)]
            }
            "NewNote" => vec![nothing(json!({ "body": canary(fresh(4), 0, FieldKey::NoteBody) }))],
            "FamilyChanges" => vec![nothing(json!({ "version": 0, "stage": "left" })), nothing(json!({ "version": 1 }))],
            "StudentChanges" | "GuardianChanges" => {
                let one = if schema == "StudentChanges" { "school" } else { "wechat" };
                vec![
                    nothing(json!({ "version": version, one: { "set": "a***b" } })),
                    nothing(json!({ "version": 0, one: { "set": "海淀区明德小学" } })),
                    nothing(json!({ "version": 0 })),
                ]
            }
            "RevealRequest" => FieldKey::ALL
                .iter()
                .map(|field| (json!({ "field": field, "reason": { "code": "follow_up" } }), Asked::Reveal(id, *field)))
                .collect(),
            "NewApproval" => [
                (RecordKind::Student, FieldKey::StudentIdCard),
                (RecordKind::Guardian, FieldKey::GuardianIdCard),
                (RecordKind::Note, FieldKey::NoteBody),
            ]
            .into_iter()
            .flat_map(|(kind, field)| self.ids(who, kind).into_iter().map(move |record| (kind, record, field)))
            .map(|(kind, record, field)| {
                nothing(
                    json!({ "kind": kind, "record": record, "field": field, "reason": { "code": "other", "text": "打 10012345678 核对" } }),
                )
            })
            .collect(),
            "Decision" => vec![
                nothing(json!({ "answer": "grant", "hours": 24 })),
                nothing(json!({ "answer": "grant", "hours": 25 })),
                nothing(json!({ "answer": "refuse", "why": "不必" })),
            ],
            "NewGrant" => [FieldKey::StudentHealthNote, FieldKey::StudentIdCard, FieldKey::GuardianPhone]
                .into_iter()
                .flat_map(|field| [(field, Uuid::from_u128(0xc1_0001)), (field, Uuid::from_u128(0xdead))])
                .map(|(field, class)| {
                    let words = format!("打 {} 核对", clear(guardian, FieldKey::GuardianPhone));
                    let day = Utc::now().date_naive();
                    nothing(json!({ "class": class, "fields": [field], "last_day": day, "reason": { "code": "other", "text": words } }))
                })
                .collect(),
            "GrantDecision" => vec![
                nothing(json!({ "answer": "grant", "last_day": "2999-01-01" })),
                nothing(json!({ "answer": "refuse", "why": format!("打 {}", clear(guardian, FieldKey::GuardianPhone)) })),
            ],
            "NewStaff" => vec![
                nothing(
                    json!({ "login": "new", "name": "新老师", "roles": ["teacher"], "phone": clear(guardian, FieldKey::GuardianPhone) }),
                ),
                nothing(json!({ "login": "x", "name": "", "roles": [] })),
            ],
            "StaffChanges" => vec![
                nothing(json!({ "version": 0 })),
                nothing(json!({ "version": 1, "phone": { "set": "a***b" } })),
                nothing(json!({ "version": 1, "roles": ["administrator", "auditor"] })),
            ],
            "Departure" => vec![nothing(json!({ "families": 99 })), nothing(json!({ "families": 0, "to": id }))],
            "SchoolChanges" => vec![nothing(json!({ "session_hours": 0 })), nothing(json!({ "two_of_three": false }))],
            "CampusName" => vec![nothing(json!({ "name": "" })), nothing(json!({ "name": "海淀校区" }))],
            "PolicyRollback" => vec![nothing(json!({ "version": 0, "to": 0 }))],
            "NewProposal" => {
                let cell = json!({ "exposure": "clear", "reveal": "no", "edit": false, "search": false, "export": false });
                let cells = json!([{ "role": "teacher", "field": "guardian.phone", "cell": cell }]);
                let words = format!("打 {} 核对", clear(guardian, FieldKey::GuardianPhone));
                vec![
                    nothing(json!({ "version": 1, "cells": cells, "words": words })),
                    nothing(json!({ "version": 0, "to": 0, "words": words })),
                ]
            }
            "ProposalDecision" => vec![
                nothing(json!({ "answer": "confirm" })),
                nothing(json!({ "answer": "decline", "why": clear(guardian, FieldKey::GuardianPhone) })),
            ],
            "NewEmergency" => vec![nothing(json!({ "why": format!("打 {} 联系家长", clear(guardian, FieldKey::GuardianPhone)) }))],
            "EmergencyDecision" => vec![nothing(json!({ "open": true })), nothing(json!({ "open": false }))],
            "NewToken" => Role::ALL
                .iter()
                .map(|role| {
                    let words = format!("打 {} 核对", clear(guardian, FieldKey::GuardianPhone));
                    nothing(json!({ "name": words, "why": words, "role": role, "days": 30 }))
                })
                .collect(),
            "TokenDecision" => vec![nothing(json!({ "confirm": true })), nothing(json!({ "confirm": false }))],
            "PolicyReview" => vec![nothing(json!({ "version": 0 }))],
            "ViewAs" => {
                let people = self.world.rows.iter().filter(|row| row.kind == RecordKind::Staff).map(|row| row.id);
                let of = |person| self.ids(who, RecordKind::Family).into_iter().map(move |family| (person, family));
                people.flat_map(of).map(|(staff, family)| nothing(json!({ "staff": staff, "family": family }))).collect()
            }
            "WhoSees" => {
                let of = |family: Uuid| FieldKey::ALL.iter().map(move |field| nothing(json!({ "family": family, "field": field })));
                self.ids(who, RecordKind::Family).into_iter().flat_map(of).collect()
            }
            "RegisterFilter" => vec![nothing(json!({})), nothing(json!({ "state": "used", "from": "2020-01-01" }))],
            "TrailFilter" => {
                vec![nothing(json!({})), nothing(json!({ "action": "shown", "from": "2020-01-01" })), nothing(json!({ "same": 9 }))]
            }
            "NewCorrection" => vec![
                nothing(json!({ "field": "student.school", "wish": "replace", "value": "a***b" })),
                nothing(json!({ "field": "guardian.wechat", "wish": "check", "words": canary(fresh(5), 0, FieldKey::CorrectionWords) })),
                nothing(json!({ "field": "student.school", "wish": "replace", "value": canary(fresh(5), 0, FieldKey::StudentSchool) })),
            ],
            "CorrectionDecision" => vec![
                nothing(json!({ "version": 0, "verdict": "accept" })),
                nothing(json!({ "version": 1, "verdict": "accept", "value": "a***b" })),
                nothing(json!({ "version": 1, "verdict": "decline", "answer": canary(fresh(5), 0, FieldKey::CorrectionAnswer) })),
            ],
            "NewQuestion" => vec![
                nothing(json!({ "line": self.world.line, "words": canary(fresh(6), 0, FieldKey::QuestionWords) })),
                nothing(json!({ "line": self.world.line })),
                nothing(json!({ "line": 1 })),
            ],
            "NewAnswer" => vec![
                nothing(json!({ "finding": "mistake", "answer": "" })),
                nothing(json!({ "finding": "mistake", "answer": canary(fresh(6), 0, FieldKey::QuestionAnswer) })),
                nothing(json!({ "finding": "justified", "answer": "再答一次" })),
            ],
            "BulkChange" => vec![
                nothing(json!({ "families": [{ "id": self.row(RecordKind::Family, |row| who.reaches(row)), "version": 0 },
                    { "id": self.row(RecordKind::Family, |row| !who.reaches(row)), "version": 1 }], "stage": "left" })),
                nothing(json!({ "families": [{ "id": Uuid::from_u128(0xdead), "version": 1 }], "stage": "trial", "preview": true })),
            ],
            "NewView" => {
                let name = clear(guardian, FieldKey::GuardianPhone);
                let look = json!({ "filter": { "when": "owner.me" }, "columns": ["phone"], "density": "compact" });
                vec![nothing(json!({ "name": name, "look": look })), nothing(json!({ "name": "线索", "shared": true, "look": look }))]
            }
            "ViewChanges" => vec![nothing(json!({ "name": clear(guardian, FieldKey::GuardianEmail) }))],
            "RuleChange" => {
                let setting = json!({ "on": true, "threshold": 99, "minutes": 60, "answer": "nothing" });
                vec![nothing(json!({ "rule": "bulk_reading", "setting": setting })), nothing(json!({ "rule": "spraying" }))]
            }
            "NewAudit" => {
                let day = |days| (Utc::now() + TimeDelta::hours(8) + TimeDelta::days(days)).date_naive();
                vec![nothing(json!({ "from": day(-30), "to": day(0) })), nothing(json!({ "from": day(0), "to": day(9) }))]
            }
            "AuditDecline" => vec![nothing(json!({ "words": "" })), nothing(json!({ "words": clear(guardian, FieldKey::GuardianPhone) }))],
            "NewFinding" => {
                let words = format!("打 {} 核对", clear(guardian, FieldKey::GuardianPhone));
                let due = (Utc::now() + TimeDelta::days(9)).date_naive();
                let owner = everybody().into_iter().find(|one| one.role == Role::Administrator).map(|one| self.world.actor(one).uuid());
                vec![
                    nothing(json!({ "risk": "low", "words": words, "owner": owner, "due": due })),
                    nothing(json!({ "risk": "low", "words": words, "owner": id, "due": "2020-01-01" })),
                ]
            }
            "NewFindingStep" => ["done", "returned", "accepted"]
                .map(|step| nothing(json!({ "step": step, "words": clear(guardian, FieldKey::GuardianPhone) })))
                .into(),
            "NewHoneyMark" => {
                let family = self.row(RecordKind::Family, |row| who.reaches(row));
                vec![nothing(json!({ "family": family })), nothing(json!({ "family": Uuid::from_u128(0xdead) }))]
            }
            "AlarmClosing" => vec![
                nothing(json!({ "outcome": "usual", "words": "" })),
                nothing(json!({ "outcome": "mistake", "words": clear(guardian, FieldKey::GuardianPhone) })),
            ],
            "PolicyChange" => {
                let narrow = json!([{ "role": "teacher", "condition": { "networks": ["203.0.113.0/24"] } }]);
                vec![nothing(json!({ "version": 0 })), nothing(json!({ "version": 0, "cells": [], "conditions": narrow }))]
            }
            "ImpactQuestion" => vec![
                nothing(json!({ "cells": [], "conditions": [{ "role": "teacher", "condition": { "networks": ["203.0.113.0/24"] } }] })),
                nothing(json!({ "to": 1 })),
            ],
            other => panic!("no body for the schema {other} as {:?}", who.role),
        }
    }

    /// The queries of one operation; the first is none.
    pub(super) fn queries(&self, method: &str, path: &str, who: Who) -> Vec<String> {
        let mut queries = vec![String::new()];
        if path == "/api/families" && method == "GET" {
            queries.extend(
                [
                    "?sort=oldest&limit=3",
                    "?when=stage.lead_owner.me",
                    "?when=stage-not.lead_next.overdue.none&match=any",
                    "?when=unchanged.1",
                    "?limit=0",
                    "?name=李",
                ]
                .map(Into::into),
            );
        }
        if path.ends_with("/trail") {
            queries.extend(["?kind=guardian&from=2020-01-01", "?action=shown", "?who=0"].map(Into::into));
        }
        if path.ends_with("/register") {
            queries.extend(["?state=asked&from=2020-01-01", "?state=x", "?after=100000", "?after=x"].map(Into::into));
        }
        if path.ends_with("/news") {
            queries.extend(["?since=0", "?since=x"].map(Into::into));
        }
        if path == "/api/corrections" {
            queries.extend(["?state=declined", "?after=x"].map(Into::into));
        }
        if path == "/api/questions" {
            queries.extend(["?state=answered", "?after=x"].map(Into::into));
        }
        if path.ends_with("/ledger") {
            queries.extend(["?kind=seen&field=guardian.phone", "?field=x", "?line=20", "?line=x"].map(Into::into));
        }
        if path.ends_with("/timeline") {
            queries.extend(["?kind=notes", "?kind=changes", "?kind=looks", "?after=40.2020-01-01", "?after=x"].map(Into::into));
        }
        if path.ends_with("/trail") || path.ends_with("/ledger") {
            queries.extend(["?after=100000", "?after=x"].map(Into::into));
        }
        if path == "/api/approvals" && method == "GET" {
            queries.extend([format!("?record={}", self.row(RecordKind::Student, |row| who.reaches(row))), "?record=x".into()]);
        }
        queries
    }
}

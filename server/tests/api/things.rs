//! One of everything that has an address of its own, and a request for every route that is asked about one or lets anything out.
//!
//! The rule: a path or a body that is not in these tables fails the test that iterates the ledger of routes. Deliberately absent: who asks,
//! and what they get, which are the tests'.

use crate::{
    alarms::{raised, setting},
    audits::{day, drawn, finding, path},
    processes::Server,
    support::{Actor, School, seed},
};
use chrono::Utc;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Things of the consultant's family, and of people who work with it.
pub struct Things {
    /// The family.
    pub known: seed::Known,
    ids: BTreeMap<&'static str, String>,
    line: i64,
    owner: String,
}

fn id(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The ids of what a guardian says of their child, and a line that nobody has questioned yet.
async fn of_the_guardian(guardian: &Actor, child: &str) -> (Vec<(&'static str, String)>, i64) {
    let portal = format!("/api/portal/children/{child}");
    let mut ids = Vec::new();
    for (name, field) in [("correction", "student.school"), ("own correction", "student.address")] {
        let wish = json!({ "field": field, "wish": "check", "words": "请核对" });
        ids.push((name, id(&guardian.post(&format!("{portal}/corrections"), wish).await.is(201).json["id"])));
    }
    let ledger = guardian.get(&format!("{portal}/ledger")).await.is(200).json;
    let looks = ledger["lines"].as_array().unwrap().iter().filter(|line| line["action"] == "revealed");
    let mut lines: Vec<i64> = looks.map(|line| line["seq"].as_i64().unwrap()).collect();
    let left = lines.pop().unwrap();
    for (name, line) in ["question", "own question"].into_iter().zip(lines) {
        ids.push((name, id(&guardian.post(&format!("{portal}/questions"), json!({ "line": line })).await.is(201).json["id"])));
    }
    (ids, left)
}

/// An alarm that was answered by slowing somebody down, and one about a change of the rules.
async fn alarms(school: &School) -> [(&'static str, String); 2] {
    let gu = school.privacy_officer().await;
    let _watch = Server::start_with(school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "slow_down")).await.is(200);
    let zheng = school.finance().await;
    for _ in 0..5 {
        zheng.get("/api/staff").await.refused(403, "forbidden");
    }
    [("alarm", id(&raised(&gu, "walking_ids").await["id"])), ("changed rule", id(&raised(&gu, "watch_changed").await["id"]))]
}

impl Things {
    /// Makes them.
    pub async fn found(school: &School) -> Self {
        let (li, chen, gu, han) =
            (school.consultant().await, school.teacher().await, school.privacy_officer().await, school.auditor().await);
        let known = seed::known(&li).await;
        let wu = school.registrar().await;
        for field in ["guardian.phone", "guardian.email", "guardian.wechat"] {
            wu.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because(field)).await.is(200);
        }
        let guardian = school.guardian_of(&known.guardian).await;
        let (of_guardian, line) = of_the_guardian(&guardian, &known.student).await;
        let wish = json!({ "kind": "student", "record": known.student, "field": "student.id_card", "reason": { "code": "contract", "text": "核对" } });
        let approval = wu.post("/api/approvals", wish).await.is(201).json;
        seed::allow(school, "teacher", "student.health_note", "masked", "with_approval").await;
        let may = chen.get("/api/grants").await.is(200).json["may_ask"][0].clone();
        let wish = json!({ "class": may["class"]["id"], "fields": ["student.health_note"], "last_day": may["last_day"],
            "reason": { "code": "other", "text": "每日晨检" } });
        let grant = chen.post("/api/grants", wish).await.is(201).json;
        let wish = json!({ "name": "每日名单", "why": "每天早上核对名单", "role": "consultant", "days": 30 });
        let token = li.post("/api/tokens", wish).await.is(201).json;
        let emergency = chen.post("/api/emergencies", json!({ "why": "学员受伤，要马上联系家长" })).await.is(201).json;
        let look = json!({ "filter": { "when": "stage.lead" }, "columns": ["stage"], "density": "compact" });
        let view = li.post("/api/views", json!({ "name": "我的线索", "look": look })).await.is(201).json;
        let cell = json!({ "exposure": "masked", "reveal": "no", "edit": false, "search": false, "export": false });
        let version = gu.get("/api/policy").await.is(200).json["version"].clone();
        let wider =
            json!({ "version": version, "cells": [{ "role": "teacher", "field": "guardian.phone", "cell": cell }], "words": "接送" });
        let proposal = gu.post("/api/policy/proposals", wider).await.is(201).json;
        let mut reports = Vec::new();
        for _ in 0..3 {
            reports.push(path(&drawn(&han).await).rsplit('/').next().unwrap().to_owned());
        }
        let report = json!({ "document": { "id": reports[0] } });
        let finding = finding(school, &han, &report, "shen").await;
        let honey = id(&school
            .other_consultant()
            .await
            .post("/api/families", seed::VALUES.intake(&seed::campus(&li).await))
            .await
            .is(201)
            .json["id"]);
        gu.post("/api/alarms/honey", json!({ "family": honey })).await.is(200);
        li.passkey().await;
        let ids = [
            ("passkey", id(&li.get("/api/account").await.is(200).json["passkeys"][0]["id"])),
            ("session", li.session.unwrap().to_string()),
            ("campus", seed::campus(&li).await),
            ("family", known.family.clone()),
            ("student", known.student.clone()),
            ("guardian", known.guardian.clone()),
            ("note", known.note.clone()),
            ("approval", id(&approval["mine"][0]["id"])),
            ("grant", id(&grant["mine"][0]["id"])),
            ("token", id(&token["items"][0]["id"])),
            ("emergency", id(&emergency["items"][0]["id"])),
            ("class", id(&chen.get("/api/classes").await.is(200).json["items"][0]["id"])),
            ("view", id(&view["id"])),
            ("proposal", id(&proposal["last"]["id"])),
            ("number", "1".to_owned()),
            ("report", reports[0].clone()),
            ("report to decline", reports[1].clone()),
            ("report to sign", reports[2].clone()),
            ("finding", id(&finding["findings"][0]["id"])),
            ("honey", honey),
            ("staff", school.staff_id("zheng").await.uuid().to_string()),
        ];
        let ids = ids.into_iter().chain(of_guardian).chain(alarms(school).await).collect();
        Self { known, ids, line, owner: school.staff_id("shen").await.uuid().to_string() }
    }

    /// The thing that a route with an id is asked about.
    pub fn id(&self, path: &str) -> &str {
        let name = match path.strip_prefix("/api/").unwrap() {
            "alarms/{id}/closing" => "changed rule",
            "audits/{id}/declining" => "report to decline",
            "audits/{id}/signatures" => "report to sign",
            "portal/corrections/{id}/withdrawal" => "own correction",
            "portal/questions/{id}/withdrawal" => "own question",
            "policy/versions/{id}" | "trail/{id}" => "number",
            path => match path.split("/{id}").next().unwrap() {
                "account/passkeys" => "passkey",
                "account/sessions" => "session",
                "campuses" => "campus",
                "families" => "family",
                "students" | "portal/children" => "student",
                "guardians" => "guardian",
                "notes" => "note",
                "corrections" => "correction",
                "questions" => "question",
                "approvals" => "approval",
                "grants" => "grant",
                "tokens" => "token",
                "emergencies" => "emergency",
                "classes" => "class",
                "views" => "view",
                "policy/proposals" => "proposal",
                "alarms/honey" => "honey",
                "alarms" => "alarm",
                "audits" => "report",
                "findings" => "finding",
                "staff" => "staff",
                other => panic!("nothing is there for {other}"),
            },
        };
        &self.ids[name]
    }

    /// What a route is asked with; nothing for one that takes nothing.
    pub fn body(&self, method: &str, path: &str) -> Option<Value> {
        if matches!(method, "GET" | "DELETE") {
            return None;
        }
        let words = json!({ "words": "缺导出一节的说明" });
        let reason = json!({ "code": "follow_up", "text": "回访课程" });
        let looks = |field: &str| json!({ "field": field, "reason": reason });
        Some(match path.strip_prefix("/api/").unwrap() {
            "account/passkeys/{id}" => json!({ "name": "钥匙" }),
            "campuses/{id}" => json!({ "name": "海淀校区" }),
            "families/search" => json!({ "by": "name", "text": "诸葛" }),
            "families/exports" => json!({ "format": "csv" }),
            "families/{id}" => json!({ "version": 1, "stage": "trial" }),
            "families/{id}/students" => json!({ "name": "诸葛知行" }),
            "families/{id}/guardians" => json!({ "relation": "father", "name": "诸葛远" }),
            "families/{id}/notes" => json!({ "body": "回访" }),
            "students/{id}" => json!({ "version": 1, "name": { "set": "诸葛知秋" } }),
            "students/{id}/reveals" => looks("student.name"),
            "guardians/{id}" => json!({ "version": 1, "name": { "set": "诸葛知澜" } }),
            "guardians/{id}/reveals" => looks("guardian.phone"),
            "notes/{id}/reveals" => looks("note.body"),
            "guardians/{id}/invitations" => return None,
            "corrections/{id}/decision" => json!({ "version": 1, "verdict": "decline", "answer": "与证件一致" }),
            "questions/{id}/answer" => json!({ "finding": "justified", "answer": "回访课程" }),
            "approvals" => json!({ "kind": "guardian", "record": self.known.guardian, "field": "guardian.id_card", "reason": reason }),
            "approvals/exports" | "trail/exports" => json!({}),
            "approvals/{id}/decision" | "grants/{id}/decision" => json!({ "answer": "refuse", "why": "不必" }),
            "tokens/{id}/decision" => json!({ "confirm": false }),
            "emergencies/{id}/decision" => json!({ "open": false }),
            "views/{id}" => json!({ "name": "线索" }),
            "policy/proposals/{id}/decision" => json!({ "answer": "decline", "why": "不必" }),
            "alarms/{id}/closing" => json!({ "outcome": "usual", "words": "按计划调整" }),
            "tokens/{id}/secrets" | "alarms/{id}/taking" | "alarms/{id}/undoing" | "audits/{id}/signatures" => return None,
            "audits" => json!({ "from": day(0), "to": day(0) }),
            "audits/{id}/declining" => words,
            "audits/{id}/findings" => {
                json!({ "risk": "low", "words": "账号久未使用", "owner": self.owner, "due": Utc::now().date_naive() + chrono::TimeDelta::days(9) })
            }
            "findings/{id}/steps" => json!({ "step": "done", "words": "已停用" }),
            "staff" => json!({ "login": "bai", "name": "白老师", "roles": ["teacher"] }),
            "staff/{id}" => json!({ "version": 1, "name": "郑会计" }),
            "staff/{id}/enrolments" | "staff/{id}/suspensions" => return None,
            "staff/{id}/departures" => json!({ "families": 0 }),
            "portal/children/{id}/corrections" => json!({ "field": "guardian.wechat", "wish": "check", "words": "请核对" }),
            "portal/children/{id}/questions" => json!({ "line": self.line }),
            "portal/corrections/{id}/withdrawal" | "portal/questions/{id}/withdrawal" => return None,
            other => panic!("no request for {method} {other}"),
        })
    }
}

//! Who sees what, and why: the answers are what people are really shown, and nobody gains a value by asking.
//!
//! The rule: what is told about a person is compared with what this very person gets over HTTP. Deliberately absent: the matrix worked
//! out a second time.

use crate::support::{Actor, School, seed};
use serde_json::{Value, json};

pub(super) const NOBODY: &str = "00000000-0000-0000-0000-000000000009";
/// People of the invented school, of every role.
pub(super) const LOGINS: [&str; 9] = ["li", "zhou", "chen", "wu", "zheng", "meng", "shen", "gu", "han"];

pub(super) async fn as_staff(school: &School, asker: &Actor, login: &str, family: &str) -> Value {
    let staff = school.staff_id(login).await.uuid();
    asker.post("/api/policy/views", json!({ "staff": staff, "family": family })).await.is(200).json
}

pub(super) async fn sights(asker: &Actor, family: &str, field: &str) -> Value {
    asker.post("/api/policy/sights", json!({ "family": family, "field": field })).await.is(200).json
}

/// The real body with every value taken out, and what `own` does not hold alike covered: worked out here a second time.
fn expected(real: &Value, own: Option<&Value>, looks_alike: &Value) -> Value {
    fn values_out(value: &mut Value) {
        match value {
            Value::Object(map) if matches!(map.get("state").and_then(Value::as_str), Some("clear" | "masked")) => {
                map.insert("value".into(), json!("****"));
            }
            Value::Object(map) => map.values_mut().for_each(values_out),
            Value::Array(items) => items.iter_mut().for_each(values_out),
            _ => {}
        }
    }
    let cover = |value: &mut Value, own: Option<&Value>, kept: &[&str]| {
        for (key, value) in value.as_object_mut().unwrap() {
            let shown = value.get("state").is_some();
            if !shown && !kept.contains(&key.as_str()) && own.map(|own| &own[key]) != Some(value) {
                *value = json!("…");
            }
        }
    };
    let mut body = real.clone();
    for list in ["students", "guardians", "notes"] {
        for record in body[list].as_array_mut().unwrap() {
            let own = own.and_then(|own| own[list].as_array().unwrap().iter().find(|one| one["id"] == record["id"]).cloned());
            cover(record, own.as_ref(), &["id", "can"]);
        }
    }
    // The thread grows by each look of this very test; whether it was covered is asserted apart.
    let timeline = if looks_alike == "…" { json!("…") } else { body["timeline"].clone() };
    cover(&mut body, own, &["id", "may_keep", "may_note", "students", "guardians", "notes", "timeline"]);
    body["timeline"] = timeline;
    values_out(&mut body);
    body
}

/// Leaves the principal the campus of `family` alone, and gives a family of another.
async fn confined(school: &School, family: &str) -> String {
    let (meng, shen) = (school.principal().await, school.administrator().await);
    let rows = meng.get("/api/families?limit=100").await.is(200).json["items"].as_array().unwrap().clone();
    let here = rows.iter().find(|row| row["id"] == family).unwrap()["campus"]["id"].clone();
    let elsewhere = rows.iter().find(|row| row["campus"]["id"] != here).unwrap()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/staff/{}", school.staff_id("meng").await.uuid());
    let version = shen.get(&path).await.is(200).json["version"].clone();
    shen.patch(&path, json!({ "version": version, "campuses": [here] })).await.is(200);
    elsewhere
}

#[tokio::test]
async fn whoever_may_not_read_the_matrix_may_not_ask_and_whoever_reaches_no_family_finds_none() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let elsewhere = confined(&school, &known.family).await;
    let li = school.staff_id("li").await.uuid();
    let view = |family: &str| ("/api/policy/views", json!({ "staff": li, "family": family }));
    let who = |family: &str| ("/api/policy/sights", json!({ "family": family, "field": "guardian.phone" }));
    for (path, body) in [view(&known.family), who(&known.family)] {
        for login in ["li", "chen", "wu", "zheng"] {
            school.staff(login).await.post(path, body.clone()).await.refused(403, "forbidden");
        }
        school.guardian_of(&known.guardian).await.post(path, body.clone()).await.refused(404, "not_found");
        school.nobody().post(path, body.clone()).await.refused(401, "not_signed_in");
        for login in ["meng", "gu"] {
            school.staff(login).await.post(path, body.clone()).await.is(200);
        }
    }
    // Out of reach and not there are one answer, to the byte.
    for login in ["shen", "han", "meng"] {
        let asker = school.staff(login).await;
        for ((path, there), (_, not_there)) in [(view(&elsewhere), view(NOBODY)), (who(&elsewhere), who(NOBODY))] {
            let there = asker.post(path, there).await.refused(404, "not_found").without_trace();
            assert_eq!(there, asker.post(path, not_there).await.refused(404, "not_found").without_trace(), "{login} {path}");
        }
    }
    let gu = school.privacy_officer().await;
    for (path, body) in [
        ("/api/policy/views", json!({ "staff": li, "family": NOBODY })),
        ("/api/policy/sights", json!({ "family": NOBODY, "field": "guardian.phone" })),
        ("/api/policy/views", json!({ "staff": NOBODY, "family": known.family })),
        ("/api/policy/views", json!({ "staff": known.guardian, "family": known.family })),
        ("/api/policy/views", json!({ "staff": li, "family": known.student })),
    ] {
        gu.post(path, body).await.refused(404, "not_found");
    }
    for wrong in [
        json!({ "staff": li, "family": known.family, "kind": "student" }),
        json!({ "family": known.family }),
        json!({ "staff": "li", "family": known.family }),
    ] {
        gu.post("/api/policy/views", wrong).await.refused(400, "malformed_request");
    }
    gu.post("/api/policy/sights", json!({ "family": known.family, "field": "student.shoe_size" })).await.refused(400, "malformed_request");
}

#[tokio::test]
async fn the_simulated_body_is_the_real_answer_byte_for_byte_but_for_values() {
    let school = School::open().await;
    let (li, meng, gu) = (school.consultant().await, school.principal().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    seed::teach(&school, &known.student, "chen").await;
    let sibling = json!({ "name": "诸葛知行" });
    li.post(&format!("/api/families/{}/students", known.family), sibling).await.is(201);
    seed::allow(&school, "teacher", "guardian.phone", "clear", "no").await;
    let page = meng.get("/api/families?limit=3").await.is(200).json;
    let listed = page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned());
    let families: Vec<String> = std::iter::once(known.family.clone()).chain(listed).collect();
    let (mut bodies, mut refusals) = (0, 0);
    for family in &families {
        let path = format!("/api/families/{family}");
        for login in LOGINS {
            let asked = as_staff(&school, &meng, login, family).await;
            let blind = as_staff(&school, &gu, login, family).await;
            let real = school.staff(login).await.get(&path).await;
            let Some(body) = asked["body"].as_str() else {
                assert_eq!((real.status, &blind["body"]), (404, &Value::Null), "{login}");
                refusals += 1;
                continue;
            };
            let real = real.is(200);
            assert_eq!(real.text(), real.json.to_string(), "the order of keys survives");
            let own = meng.get(&path).await.is(200).json;
            let looks_alike = serde_json::from_str::<Value>(body).unwrap()["timeline"].clone();
            assert_eq!(body, expected(&real.json, Some(&own), &looks_alike).to_string(), "{login} seen by the principal");
            // Whoever keeps the matrix reaches no family: forms, ids, and what the person may do.
            assert_eq!(blind["body"].as_str().unwrap(), expected(&real.json, None, &json!("…")).to_string(), "{login} seen by the officer");
            if ["li", "wu"].contains(&login) {
                assert_ne!(looks_alike, json!("…"), "{login} and the principal know the same fields");
            }
            bodies += 1;
        }
    }
    assert!(bodies >= 10 && refusals >= 10, "{bodies} {refusals}");
}

#[tokio::test]
async fn nobody_gains_a_value_by_asking_as_whom_ever() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    seed::teach(&school, &known.student, "chen").await;
    // Even where whoever is asked about sees it all, and so does whoever asks.
    for role in ["consultant", "principal"] {
        let fields =
            ["student.name", "student.address", "student.school", "guardian.name", "guardian.phone", "guardian.email", "note.body"];
        let cell = json!({ "exposure": "clear", "reveal": "no", "edit": true, "search": true, "export": true });
        let cells: Vec<Value> = fields.iter().map(|field| json!({ "role": role, "field": field, "cell": cell })).collect();
        seed::change(&school, json!({ "cells": cells })).await;
    }
    let v = seed::VALUES;
    let values = [
        v.student,
        v.birth_date,
        v.school,
        v.student_address,
        v.health_note,
        v.guardian,
        v.phone,
        v.second_phone,
        v.wechat,
        v.email,
        v.guardian_address,
        v.employer,
        v.note,
        "100****5678",
        "诸葛**",
        "诸葛*",
    ];
    let card = li.get(&format!("/api/families/{}", known.family)).await.is(200).text();
    assert!([v.student, v.phone, v.note].iter().all(|value| card.contains(value)), "the person asked about does see them");
    for asker in [school.principal().await, school.privacy_officer().await] {
        for login in LOGINS {
            let answer = as_staff(&school, &asker, login, &known.family).await.to_string();
            assert_eq!(values.iter().find(|value| answer.contains(**value)), None, "{login}");
        }
        for field in contract::FieldKey::ALL {
            // A refusal holds none either.
            let wish = json!({ "family": known.family, "field": field.name() });
            let answer = asker.post("/api/policy/sights", wish).await.text();
            assert_eq!(values.iter().find(|value| answer.contains(**value)), None, "{field}");
        }
    }
    // What the keeper of the matrix does not reach is not told in passing either.
    let gu = school.privacy_officer().await;
    let body = as_staff(&school, &gu, "li", &known.family).await["body"].as_str().unwrap().to_owned();
    let body: Value = serde_json::from_str(&body).unwrap();
    for covered in ["version", "stage", "campus", "owner", "next_contact", "created_at", "updated_at", "timeline"] {
        assert_eq!(body[covered], "…", "{covered}");
    }
    assert_eq!((&body["guardians"][0]["kinships"], &body["notes"][0]["by"]), (&json!("…"), &json!("…")));
    gu.get(&format!("/api/families/{}", known.family)).await.refused(404, "not_found");
}

/// The form and the way to open it that `sights` tells of a person in a record.
pub(super) fn told(sights: &Value, record: &str, staff: &str) -> (Value, Value, Value) {
    let of = |seen: &&Value| seen["records"].as_array().unwrap().contains(&json!(record));
    let seen = sights["seen"].as_array().unwrap().iter().find(of).unwrap();
    let by = |sight: &&Value| sight["people"].as_array().unwrap().iter().any(|one| one["id"] == staff);
    let mut of_person = seen["sights"].as_array().unwrap().iter().filter(by);
    let sight = of_person.next().unwrap();
    assert!(of_person.next().is_none(), "nobody is told of twice");
    (sight["form"].clone(), sight["reveal"].clone(), sight["steps"].clone())
}

#[tokio::test]
async fn who_sees_a_field_is_what_each_of_them_is_really_shown() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    seed::teach(&school, &known.student, "chen").await;
    seed::change(&school, json!({ "scopes": [{ "role": "finance", "scope": "all" }] })).await;
    let lists = [("student", "students", &known.student), ("guardian", "guardians", &known.guardian), ("note", "notes", &known.note)];
    for login in LOGINS {
        let id = school.staff_id(login).await.uuid().to_string();
        let card = school.staff(login).await.get(&format!("/api/families/{}", known.family)).await;
        let view = as_staff(&school, &gu, login, &known.family).await;
        for (kind, list, record) in lists {
            for field in contract::FieldKey::ALL.iter().filter(|field| field.name().starts_with(&format!("{kind}."))) {
                let (form, reveal, steps) = told(&sights(&gu, &known.family, field.name()).await, record, &id);
                let real = match card.status {
                    200 => card.json[list].as_array().unwrap().iter().find(|one| one["id"] == **record).cloned(),
                    _ => None,
                };
                let name = field.name().rsplit('.').next().unwrap();
                let shown = real.as_ref().map_or(json!("withheld"), |real| real[name]["state"].clone());
                assert_eq!(form, shown, "{login} {field}");
                let can = |what: &str| real.as_ref().is_some_and(|real| real["can"][what].as_array().unwrap().contains(&json!(field)));
                if form != "clear" {
                    assert_eq!((reveal == "with_reason", reveal == "with_approval"), (can("reveal"), can("ask")), "{login} {field}");
                }
                // The other question says the same, for the same reasons.
                let of = |seen: &&Value| seen["records"].as_array().unwrap().contains(&json!(record));
                let seen = view["seen"].as_array().unwrap().iter().find(of).unwrap();
                let why = seen["fields"].as_array().unwrap().iter().find(|why| why["right"]["field"] == field.name()).unwrap();
                assert_eq!((&why["right"]["form"], &why["right"]["reveal"], &why["steps"]), (&form, &reveal, &steps), "{login} {field}");
            }
        }
    }
}

#[tokio::test]
async fn a_reason_names_role_scope_class_account_and_approval() {
    let school = School::open().await;
    let (li, gu, wu) = (school.consultant().await, school.privacy_officer().await, school.registrar().await);
    let known = seed::known(&li).await;
    let id = |login: &'static str| {
        let school = &school;
        async move { school.staff_id(login).await.uuid().to_string() }
    };
    let (li_id, wu_id, chen_id) = (id("li").await, id("wu").await, id("chen").await);
    let of = |sights: &Value, staff: &str| told(sights, &known.student, staff);
    // Not taught: a step that does not reach, and rests on nothing.
    let before = sights(&gu, &known.family, "student.name").await;
    let (form, _, steps) = of(&before, &chen_id);
    assert_eq!((form, &steps[0]["reached"], &steps[0]["decides"]), (json!("withheld"), &json!(false), &json!(false)));
    seed::teach(&school, &known.student, "chen").await;
    let (form, _, steps) = of(&sights(&gu, &known.family, "student.name").await, &chen_id);
    assert_eq!(form, "clear");
    assert_eq!((&steps[0]["step"], &steps[0]["role"], &steps[0]["scope"]), (&json!("role"), &json!("teacher"), &json!("teaches_now")));
    assert_eq!((&steps[0]["reached"], &steps[0]["decides"]), (&json!(true), &json!(true)));
    let card = li.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    let attended: Vec<&Value> = card["students"][0]["classes"].as_array().unwrap().iter().map(|class| &class["name"]).collect();
    assert_eq!(steps[0]["classes"].as_array().unwrap().iter().collect::<Vec<_>>(), attended);
    // Four eyes: asked, then granted until.
    let asked =
        json!({ "kind": "student", "record": known.student, "field": "student.id_card", "reason": { "code": "contract", "text": "核对" } });
    let request = wu.post("/api/approvals", asked).await.is(201).json["mine"][0]["id"].as_str().unwrap().to_owned();
    let approval = |steps: &Value| steps.as_array().unwrap().iter().find(|step| step["step"] == "approval").cloned();
    let (_, reveal, steps) = of(&sights(&gu, &known.family, "student.id_card").await, &wu_id);
    assert_eq!((reveal, approval(&steps).unwrap()["state"].clone()), (json!("with_approval"), json!("asked")));
    let grant = json!({ "answer": "grant", "hours": 2 });
    school.principal().await.post(&format!("/api/approvals/{request}/decision"), grant).await.is(200);
    let (form, _, steps) = of(&sights(&gu, &known.family, "student.id_card").await, &wu_id);
    let granted = approval(&steps).unwrap();
    assert_eq!((form, granted["state"].clone()), (json!("masked"), json!("granted")));
    assert!(granted["until"].is_string());
    // A grant of somebody who may no longer grant opens nothing, and is no reason.
    school.sql("UPDATE staff SET roles = 1 WHERE login = 'meng'").await;
    let (.., steps) = of(&sights(&gu, &known.family, "student.id_card").await, &wu_id);
    assert_eq!(approval(&steps), None);
    // A suspended account sees nothing, is said to be suspended, and comes last.
    school.sql("UPDATE staff SET active = 0 WHERE login = 'li'").await;
    let suspended = sights(&gu, &known.family, "guardian.phone").await;
    let (form, reveal, steps) = told(&suspended, &known.guardian, &li_id);
    assert_eq!((form, reveal, &steps[0]["step"]), (json!("withheld"), json!("no"), &json!("suspended")));
    assert_eq!((&steps[1]["reached"], &steps[1]["decides"], &steps[1]["form"]), (&json!(true), &json!(false), &json!("masked")));
    let last = suspended["seen"][0]["sights"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["people"][0]["id"], li_id);
    // By id: whoever is suspended is found by no login.
    let view = gu.post("/api/policy/views", json!({ "staff": li_id, "family": known.family })).await.is(200).json;
    assert_eq!(view["body"], Value::Null);
    // Who has left is not told of.
    school.sql("UPDATE staff SET left_at = 1 WHERE login = 'li'").await;
    assert!(!sights(&gu, &known.family, "guardian.phone").await.to_string().contains(&li_id));
}

/// The step of a change that waits, of somebody in a record.
fn change_of(sights: &Value, record: &str, staff: &str) -> Option<Value> {
    told(sights, record, staff).2.as_array().unwrap().iter().find(|step| step["step"] == "change").cloned()
}

#[tokio::test]
async fn a_change_that_waits_is_a_reason_and_tells_what_is_shown_once_it_holds() {
    let school = School::open().await;
    let (li, gu, meng) = (school.consultant().await, school.privacy_officer().await, school.principal().await);
    let known = seed::known(&li).await;
    seed::teach(&school, &known.student, "chen").await;
    let mut ids = Vec::new();
    for login in LOGINS {
        ids.push((login, school.staff_id(login).await.uuid().to_string()));
    }
    let id = |login: &str| ids.iter().find(|(one, _)| *one == login).unwrap().1.clone();
    let phones = || sights(&gu, &known.family, "guardian.phone");
    let nobody_is_told = |sights: Value| ids.iter().all(|(_, id)| change_of(&sights, &known.guardian, id).is_none());
    assert!(nobody_is_told(phones().await));
    // A teacher is to see the mask, a consultant nothing any more.
    let cell = |exposure: &str| json!({ "exposure": exposure, "reveal": "no", "edit": false, "search": false, "export": false });
    let of = |role: &str, exposure: &str| json!({ "role": role, "field": "guardian.phone", "cell": cell(exposure) });
    let moment = chrono::Utc::now() + chrono::TimeDelta::hours(48);
    let version = gu.get("/api/policy").await.is(200).json["version"].as_i64().unwrap();
    let cells = json!([of("teacher", "masked"), of("consultant", "withheld")]);
    let wish = json!({ "version": version, "cells": cells, "words": "接送要用", "from": moment });
    let path = format!(
        "/api/policy/proposals/{}",
        gu.post("/api/policy/proposals", wish.clone()).await.is(201).json["last"]["id"].as_str().unwrap()
    );
    let proposed = phones().await;
    let gain = change_of(&proposed, &known.guardian, &id("chen")).unwrap();
    assert_eq!((&gain["version"], &gain["confirmed"], &gain["form"]), (&json!(version + 1), &json!(false), &json!("masked")));
    assert_eq!((&gain["gains"], &gain["loses"]), (&json!(true), &json!(false)));
    assert_eq!(gain["from"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp(), moment.timestamp());
    let loss = change_of(&proposed, &known.guardian, &id("li")).unwrap();
    assert_eq!((&loss["form"], &loss["gains"], &loss["loses"]), (&json!("withheld"), &json!(false), &json!(true)));
    assert_eq!(change_of(&proposed, &known.guardian, &id("wu")), None, "who loses and gains nothing is told nothing");
    // Another field is another answer.
    assert_eq!(change_of(&sights(&gu, &known.family, "guardian.name").await, &known.guardian, &id("chen")), None);
    // Declined is ended.
    let decision = json!({ "answer": "decline", "why": "再议" });
    meng.post(&format!("{path}/decision"), decision).await.is(200);
    assert!(nobody_is_told(phones().await));
    let path =
        format!("/api/policy/proposals/{}", gu.post("/api/policy/proposals", wish).await.is(201).json["last"]["id"].as_str().unwrap());
    meng.post(&format!("{path}/decision"), json!({ "answer": "confirm" })).await.is(200);
    let waits = phones().await;
    assert_eq!(change_of(&waits, &known.guardian, &id("chen")).unwrap()["confirmed"], json!(true));
    // The other question says the same.
    let view = as_staff(&school, &meng, "chen", &known.family).await;
    let seen = view["seen"].as_array().unwrap().iter().find(|seen| seen["kind"] == "guardian").unwrap();
    let why = seen["fields"].as_array().unwrap().iter().find(|why| why["right"]["field"] == "guardian.phone").unwrap();
    assert!(why["steps"].as_array().unwrap().contains(&change_of(&waits, &known.guardian, &id("chen")).unwrap()));
    // Then it holds, and is shown to be what was told.
    assert_eq!(school.app.enforce_policy(moment).await, Ok(None));
    let after = phones().await;
    assert!(nobody_is_told(after.clone()));
    for (login, id) in &ids {
        let (form, reveal, _) = told(&waits, &known.guardian, id);
        let change = change_of(&waits, &known.guardian, id);
        let then = change.map_or((form, reveal), |change| (change["form"].clone(), change["reveal"].clone()));
        let (form, reveal, _) = told(&after, &known.guardian, id);
        assert_eq!(then, (form, reveal), "{login}");
    }
    // A suspended account sees nothing then either.
    let version = version + 1;
    let wish = json!({ "version": version, "cells": [of("teacher", "clear")], "words": "接送要用" });
    gu.post("/api/policy/proposals", wish).await.is(201);
    assert!(change_of(&phones().await, &known.guardian, &id("chen")).is_some());
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'chen'").await;
    assert_eq!(change_of(&phones().await, &known.guardian, &id("chen")), None);
}

#[tokio::test]
async fn guardians_are_counted_and_not_named_and_see_what_the_portal_shows() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    let child = school.guardian_of(&known.guardian).await.get(&format!("/api/portal/children/{}", known.student)).await.is(200).json;
    for field in contract::FieldKey::ALL.iter().filter(|field| field.name().starts_with("student.")) {
        let answer = sights(&gu, &known.family, field.name()).await;
        let of_guardians = answer["seen"][0]["sights"].as_array().unwrap().iter().find(|sight| sight["guardians"] == 1).unwrap().clone();
        let name = field.name().rsplit('.').next().unwrap();
        assert_eq!(of_guardians["form"], child["student"][name]["state"], "{field}");
        assert_eq!(of_guardians["people"], json!([]));
    }
    // Without custody nobody signs in.
    school.sql("UPDATE kinship SET custody = 'blocked'").await;
    assert!(!sights(&gu, &known.family, "student.name").await.to_string().contains("\"guardians\":1"));
}

#[tokio::test]
async fn each_question_is_in_the_trail_and_in_no_familys_ledger() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    as_staff(&school, &gu, "li", &known.family).await;
    as_staff(&school, &gu, "shen", &known.family).await;
    sights(&school.principal().await, &known.family, "guardian.phone").await;
    let trail = school.auditor().await.get("/api/trail?action=viewed_as").await.is(200).json;
    let items = trail["items"].as_array().unwrap();
    let by: Vec<&str> = items.iter().map(|item| item["who"].as_str().unwrap()).collect();
    let officer = gu.get("/api/session").await.is(200).json["name"].as_str().unwrap().to_owned();
    assert_eq!(by.len(), 3);
    assert_eq!(by.iter().filter(|who| **who == officer).count(), 2, "{by:?}");
    assert_eq!(items.iter().filter(|item| item["record"] == "staff").count(), 2);
    let parent = school.guardian_of(&known.guardian).await;
    let ledger = parent.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200);
    assert!(!ledger.text().contains("viewed_as"));
    let thread = li.get(&format!("/api/families/{}/timeline", known.family)).await.is(200);
    assert!(!thread.text().contains("viewed_as"));
}

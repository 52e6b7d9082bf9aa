//! A family whose every value is known to the test, taken in over the API like any other.

use super::{Actor, School};
use serde_json::{Value, json};

/// The values of a known family; none of them is anybody's.
#[derive(Debug, Clone)]
pub struct Values {
    pub student: &'static str,
    pub birth_date: &'static str,
    pub student_id_card: &'static str,
    pub school: &'static str,
    pub student_address: &'static str,
    pub health_note: &'static str,
    pub guardian: &'static str,
    pub phone: &'static str,
    pub second_phone: &'static str,
    pub wechat: &'static str,
    pub email: &'static str,
    pub guardian_id_card: &'static str,
    pub guardian_address: &'static str,
    pub employer: &'static str,
    pub note: &'static str,
}

/// The usual values.
pub const VALUES: Values = Values {
    student: "诸葛砚秋",
    birth_date: "2016-03-09",
    student_id_card: "11010120160309002X",
    school: "青松岭实验小学",
    student_address: "浙江省杭州市西湖区栖霞岭路七十七号三单元",
    health_note: "对榛子过敏，随身带药",
    guardian: "诸葛听澜",
    phone: "10012345678",
    second_phone: "10087654321",
    wechat: "tinglan_zhuge77",
    email: "tinglan.zhuge@example.com",
    guardian_id_card: "110101198503120017",
    guardian_address: "浙江省杭州市西湖区栖霞岭路七十七号",
    employer: "云栖纸业有限公司",
    note: "想学书法，周末方便",
};

/// The ids of a family that was taken in.
#[derive(Debug, Clone)]
pub struct Known {
    pub family: String,
    pub student: String,
    pub guardian: String,
    pub note: String,
}

/// The check character of GB 11643, so that fixtures stay valid whoever edits them.
pub fn id_card(seventeen: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = seventeen.bytes().take(17).zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{}{}", &seventeen[..17], char::from(b"10X98765432"[(sum % 11) as usize]))
}

impl Values {
    /// The body that takes the family in.
    pub fn intake(&self, campus: &str) -> Value {
        json!({
            "campus": campus,
            "stage": "enrolled",
            "students": [{
                "name": self.student, "birth_date": self.birth_date, "id_card": id_card(self.student_id_card), "school": self.school,
                "address": self.student_address, "health_note": self.health_note,
            }],
            "guardians": [{
                "relation": "mother", "name": self.guardian, "phone": self.phone, "second_phone": self.second_phone,
                "wechat": self.wechat, "email": self.email, "id_card": id_card(self.guardian_id_card),
                "address": self.guardian_address, "employer": self.employer,
            }],
        })
    }
}

/// The first campus of a member of staff.
pub async fn campus(actor: &Actor) -> String {
    actor.get("/api/school").await.is(200).json["campuses"][0]["id"].as_str().unwrap().to_owned()
}

/// Takes the usual family in; the consultant who does it owns it.
pub async fn known(keeper: &Actor) -> Known {
    known_with(keeper, &VALUES).await
}

/// Takes a family with these values in, and writes a note.
pub async fn known_with(keeper: &Actor, values: &Values) -> Known {
    let campus = campus(keeper).await;
    let made = keeper.post("/api/families", values.intake(&campus)).await.is(201);
    let family = made.json["id"].as_str().unwrap().to_owned();
    let note = json!({ "body": values.note });
    let card = keeper.post(&format!("/api/families/{family}/notes"), note).await.is(201).json;
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    Known { family, student: id(&card["students"][0]["id"]), guardian: id(&card["guardians"][0]["id"]), note: id(&card["notes"][0]["id"]) }
}

/// Puts a student into a running class of a teacher, behind the school's back (SQLite).
pub async fn teach(school: &School, student: &str, login: &str) {
    let hex = student.replace('-', "");
    let statement = format!(
        "INSERT INTO enrolment (id, class_id, student_id, starts, ends) SELECT randomblob(16), class.id, x'{hex}', class.starts, NULL \
         FROM class JOIN staff ON staff.id = class.teacher_id WHERE staff.login = '{login}' AND class.starts <= date('now') \
         AND class.ends > date('now') LIMIT 1"
    );
    assert_eq!(school.sql(&statement).await, 1);
}

/// The reason that is good for every field.
pub fn because(field: &str) -> Value {
    json!({ "field": field, "reason": { "code": "follow_up", "text": "回访课程" } })
}

/// Changes the matrix: what `role` may do with `field`; all else that there is, but no search by a pupil's identity number, which a joint
/// rule refuses beside a birth date.
pub async fn allow(school: &School, role: &str, field: &str, exposure: &str, reveal: &str) {
    let search = field != "student.id_card";
    let cell = json!({ "exposure": exposure, "reveal": reveal, "edit": true, "search": search, "export": true });
    change(school, json!({ "cells": [{ "role": role, "field": field, "cell": cell }] })).await;
}

/// Changes the matrix as it is: the privacy officer does it alone where nobody gains by it, or proposes it and the principal
/// confirms.
pub async fn change(school: &School, mut change: Value) {
    let gu = school.privacy_officer().await;
    change["version"] = gu.get("/api/policy").await.is(200).json["version"].clone();
    let alone = gu.patch("/api/policy", change.clone()).await;
    if alone.status == 200 {
        return;
    }
    alone.refused(403, "approval_required");
    change["words"] = json!("测试要用");
    let made = gu.post("/api/policy/proposals", change).await.is(201).json;
    let decision = format!("/api/policy/proposals/{}/decision", made["last"]["id"].as_str().unwrap());
    school.principal().await.post(&decision, json!({ "answer": "confirm" })).await.is(200);
}

/// The question what a change of the matrix would do: it is about whichever version is in force.
pub fn question(change: &Value) -> Value {
    let mut question = change.clone();
    question.as_object_mut().unwrap().remove("version");
    question
}

//! Requests as a person could make them: right ones, wrong ones, and ones that were tried elsewhere.
//!
//! The rule: they are thrown from the numbers of the records and the values of both worlds, so that a sequence means the same in
//! each. Deliberately absent: opening with a reason what this person may open so, and what happens in the trail by somebody else.

use super::{
    Wish,
    values::canary,
    world::{Row, Who},
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Reveal, Role},
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use uuid::Uuid;

/// Searches a person has on one server.
const SEARCHES: usize = 25;

/// Makes requests as `who`, from the numbers of the records and the values of both worlds.
pub(super) struct Asker {
    pub(super) who: Who,
    pub(super) dice: ChaCha8Rng,
    pub(super) rows: Vec<Row>,
    pub(super) others: Vec<Row>,
    pub(super) searches: usize,
    pub(super) contacts: Vec<String>,
}

impl Asker {
    fn any<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.dice.random_range(0..of.len())].clone()
    }
    /// The number of a record of this kind; now and then of another, and now and then no id at all.
    fn id(&mut self, kind: RecordKind) -> String {
        match self.dice.random_range(0..20) {
            0 => Uuid::from_u128(self.dice.random_range(0..9)).to_string(),
            1 => self.any(&["x", "00000000", "%00", "1'--"]).to_owned(),
            2 => format!("@{}@", self.dice.random_range(0..self.rows.len())),
            _ => {
                let of: Vec<usize> = self.rows.iter().enumerate().filter(|(_, row)| row.kind == kind).map(|(n, _)| n).collect();
                format!("@{}@", self.any(&of))
            }
        }
    }
    /// A value that stands in one of the worlds, or in none.
    fn value(&mut self, fields: &[FieldKey]) -> String {
        let field = self.any(fields);
        let n = self.dice.random_range(0..self.rows.len());
        let here = if self.dice.random_bool(0.5) { &self.rows } else { &self.others };
        here[n].values.get(&field).filter(|value| !value.is_empty()).cloned().unwrap_or_else(|| canary(80 + n, 0, field))
    }

    pub(super) fn wish(&mut self) -> Wish {
        use FieldKey::{GuardianEmail, GuardianIdCard, GuardianName, GuardianPhone, GuardianSecondPhone, StudentIdCard, StudentName};
        let wish = |method, path: String, body: Option<Value>| Wish { method, path, body: body.map(|body| body.to_string()) };
        let reads = match self.who.role {
            Role::Guardian => 16,
            _ => 10,
        };
        // Whoever answers guardians reaches little else by which the words could be told.
        if matches!(self.who.role, Role::Principal | Role::PrivacyOfficer) && self.dice.random_range(0..8) == 0 {
            return self.question();
        }
        match self.dice.random_range(0..40) {
            0..=9 if self.who.role == Role::Guardian => {
                let child = |row: &Row| row.own && row.kind == RecordKind::Student;
                let own: Vec<usize> = self.rows.iter().enumerate().filter(|(_, row)| child(row)).map(|(n, _)| n).collect();
                match self.dice.random_range(0..10) {
                    0 => return self.correct(),
                    1 => return self.question(),
                    _ => {}
                }
                let paths = [
                    "",
                    "",
                    "/ledger",
                    "/ledger?after=60",
                    "/ledger?line=41",
                    "/ledger?kind=opened",
                    "/ledger?field=guardian.phone&kind=seen",
                    "/corrections",
                    "/questions",
                ];
                let (n, path) = (self.any(&own), self.any(&paths));
                wish("GET", format!("/api/portal/children/@{n}@{path}"), None)
            }
            0..=7 => wish("GET", format!("/api/families{}", self.query()), None),
            8..=11 => wish("GET", format!("/api/families/{}", self.id(RecordKind::Family)), None),
            12 => {
                let id = self.id(RecordKind::Family);
                let query =
                    self.any(&["", "?kind=notes", "?kind=changes", "?kind=looks", "?after=@next@", "?after=60.2099-01-01", "?kind=x"]);
                wish("GET", format!("/api/families/{id}/timeline{query}"), None)
            }
            13 => {
                let id = self.any(&["", "/", "/x"]).to_owned();
                let class = format!("/{}", Uuid::from_u128(self.dice.random_range(0xc1_0000..0xc1_0004)));
                let id = if self.dice.random_bool(0.6) { class } else { id };
                wish("GET", format!("/api/classes{id}"), None)
            }
            turn @ 14..=30 if turn - 14 < reads / 2 => {
                let id = self.id(RecordKind::Student);
                let path = self.any(&["", "/ledger", "/ledger?after=40", "/ledger?after=x", "/ledger?line=30"]);
                wish("GET", format!("/api/portal/children/{id}{path}"), None)
            }
            14..=21 => {
                let (by, text) = match self.dice.random_range(0..5) {
                    0 => ("phone", self.value(&[GuardianPhone, GuardianSecondPhone])),
                    1 => ("email", self.value(&[GuardianEmail])),
                    2 => ("id_card", self.value(&[StudentIdCard, GuardianIdCard])),
                    3 => ("name", self.any(&["李", "欧阳", "ly", "l", "", " ", "老师", "%", "_"]).to_owned()),
                    _ => ("name", self.value(&[StudentName, GuardianName])),
                };
                self.searches += 1;
                if self.searches > SEARCHES {
                    return wish("GET", "/api/families?limit=7".into(), None);
                }
                wish("POST", "/api/families/search".into(), Some(json!({ "by": by, "text": text })))
            }
            22..=24 => {
                let (format, sort) = (self.any(&["csv", "csv", "xlsx", "pdf"]), self.any(&["recent", "oldest", "name"]));
                let when = if self.dice.random_bool(0.5) { self.conditions() } else { String::new() };
                let filter: Value = json!({ "sort": sort, "when": when });
                wish("POST", "/api/families/exports".into(), Some(json!({ "format": format, "filter": filter })))
            }
            25..=28 => {
                let (kind, route) =
                    self.any(&[(RecordKind::Student, "students"), (RecordKind::Guardian, "guardians"), (RecordKind::Note, "notes")]);
                // Not what this person may open with a reason: that is a disclosure by intent.
                let fields: Vec<FieldKey> = FieldKey::ALL
                    .iter()
                    .copied()
                    .filter(|field| super::own_role::cell_of(self.who.role, *field).reveal != Reveal::WithReason)
                    .collect();
                let (field, id) = (self.any(&fields), self.id(kind));
                let code = self.any(&["follow_up", "other", "nothing"]);
                wish("POST", format!("/api/{route}/{id}/reveals"), Some(json!({ "field": field, "reason": { "code": code } })))
            }
            29..=31 => self.write(),
            32 => wish("POST", "/api/portal/codes".into(), Some(json!({ "by": "contact", "contact": self.contact() }))),
            33 => {
                let path = self.any(&[
                    "/api/portal/children",
                    "/api/school",
                    "/api/session",
                    "/api/account",
                    "/api/policy",
                    "/api/today",
                    "/api/today",
                    "/api/approvals",
                    "/api/emergencies",
                    "/api/grants",
                    "/api/tokens",
                    "/api/approvals?record=x",
                    "/api/approvals/register",
                    "/api/approvals/register?state=asked",
                ]);
                wish("GET", path.into(), None)
            }
            34 => {
                let query = self.any(&[
                    "",
                    "?action=shown",
                    "?action=changed",
                    "?action=refused",
                    "?after=60",
                    "?after=x",
                    "?record=1",
                    "?action=x",
                ]);
                wish("GET", format!("/api/trail{query}"), None)
            }
            35 if self.dice.random_bool(0.35) => self.correct(),
            35 if self.dice.random_bool(0.5) => self.question(),
            35 if self.dice.random_bool(0.4) => {
                let id = self.id(RecordKind::Staff);
                wish("GET", format!("/api/staff/{id}/activity"), None)
            }
            35 if self.dice.random_bool(0.5) => {
                let (staff, family) = (self.id(RecordKind::Staff), self.id(RecordKind::Family));
                let field = self.any(FieldKey::ALL);
                let (path, body) = self.any(&[("views", true), ("sights", false)]);
                let body = if body { json!({ "staff": staff, "family": family }) } else { json!({ "family": family, "field": field }) };
                wish("POST", format!("/api/policy/{path}"), Some(body))
            }
            35 => wish("GET", "/api/staff".into(), None),
            36 => {
                let id = self.id(RecordKind::Guardian);
                wish("POST", format!("/api/guardians/{id}/invitations"), None)
            }
            37 => {
                let path = self.any(&["/api/portal/invitations/open", "/api/enrolments/open"]);
                wish("POST", path.into(), Some(json!({ "token": "none" })))
            }
            38 => {
                let path = self.any(&["/api/account/passkeys/begin", "/api/step-up/begin", "/api/sign-in/begin", "/api/recovery/begin"]);
                wish("POST", path.into(), Some(json!({ "login": "li" })).filter(|_| !path.contains("passkeys")))
            }
            _ => {
                let path = self.any(&["/api/families/search", "/api/students/@12@", "/api/nothing", "/api", "/api/families/@11@/notes"]);
                let method = self.any(&["GET", "PUT", "DELETE", "POST", "PATCH", "HEAD", "OPTIONS"]);
                let body = self.any(&["{", "[]", "null", "{\"version\":\"1\"}", "{\"by\":\"name\",\"text\":[\"李\"]}"]);
                Wish { method, path: path.into(), body: Some(body.into()) }
            }
        }
    }

    /// Corrections: lists, refusals, late decisions, and requests with words that are the same in both worlds.
    fn correct(&mut self) -> Wish {
        let wish = |method, path: String, body: Option<Value>| Wish { method, path, body: body.map(|body| body.to_string()) };
        let (id, child) = (self.id(RecordKind::Correction), self.id(RecordKind::Student));
        match self.dice.random_range(0..6) {
            0 | 1 => {
                let query = self.any(&["", "?state=declined", "/count", "?after=x", "?state=x", "?field=guardian.phone"]);
                wish("GET", format!("/api/corrections{query}"), None)
            }
            2 => {
                // What was seen of the record is of no version: nothing of a world is written.
                let (verdict, answer) = (self.any(&["accept", "accept", "decline"]), self.any(&["", "不改。"]));
                let body = json!({ "version": 0, "verdict": verdict, "answer": answer });
                wish("POST", format!("/api/corrections/{id}/decision"), Some(body))
            }
            3 => wish("POST", format!("/api/portal/corrections/{id}/withdrawal"), None),
            _ => {
                let field = self.any(&["student.school", "guardian.wechat", "student.name", "note.body"]);
                let (way, value) = (self.any(&["replace", "check", "erase"]), self.any(&["", "白鹿洞小学", "a***b"]));
                let body = json!({ "field": field, "wish": way, "value": value, "words": "请看一下" });
                wish("POST", format!("/api/portal/children/{child}/corrections"), Some(body))
            }
        }
    }

    /// Questions: lists, answers, withdrawals, and questions about any line with words that are the same in both worlds.
    fn question(&mut self) -> Wish {
        let wish = |method, path: String, body: Option<Value>| Wish { method, path, body: body.map(|body| body.to_string()) };
        let (id, child) = (self.id(RecordKind::Question), self.id(RecordKind::Student));
        match self.dice.random_range(0..7) {
            0 | 1 => {
                let query = self.any(&["", "?state=answered", "?state=withdrawn", "?after=@next@", "?after=x", "?state=x", "?line=1"]);
                wish("GET", format!("/api/questions{query}"), None)
            }
            2 => {
                let (finding, answer) = (self.any(&["justified", "unjustified", "guilty"]), self.any(&["", "约了试听。"]));
                wish("POST", format!("/api/questions/{id}/answer"), Some(json!({ "finding": finding, "answer": answer })))
            }
            3 => wish("POST", format!("/api/portal/questions/{id}/withdrawal"), None),
            4 => wish("GET", format!("/api/portal/children/{child}/questions"), None),
            _ => {
                let body = json!({ "line": self.dice.random_range(-1..120), "words": self.any(&["", "为什么看"]) });
                wish("POST", format!("/api/portal/children/{child}/questions"), Some(body))
            }
        }
    }

    fn contact(&mut self) -> String {
        // The trail tells whom a code was sent to, to those who read it; and a contact is asked for once a server.
        let contact = self.value(&[FieldKey::GuardianPhone, FieldKey::GuardianEmail]);
        let reader = matches!(self.who.role, Role::PrivacyOfficer | Role::Auditor);
        if reader || self.contacts.contains(&contact) {
            return "nobody".into();
        }
        self.contacts.push(contact.clone());
        contact
    }

    fn query(&mut self) -> String {
        let mut query = Vec::new();
        for _ in 0..self.dice.random_range(0..4) {
            let other = self.value(&[FieldKey::GuardianPhone]);
            query.push(match self.dice.random_range(0..12) {
                0 | 1 => format!("limit={}", self.any(&[0, 1, 2, 3, 7, 100, 101])),
                2 => format!("sort={}", self.any(&["recent", "oldest", "name", "guardian.phone"])),
                3..=5 => format!("when={}", self.conditions()),
                6 => format!("match={}", self.any(&["all", "any", "or"])),
                7..=9 => "after=@next@".into(),
                10 => format!("after={}", self.any(&["x", "0-0", "fffffffffffff-00000000000000000000000000000000"])),
                _ => format!("{}={other}", self.any(&["phone", "guardian.phone", "filter", "name"])),
            });
        }
        if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) }
    }

    /// Conditions of every kind, some of them none.
    fn conditions(&mut self) -> String {
        let campus = format!("campus.{}", self.any(&[Uuid::from_u128(0xca_0001), Uuid::from_u128(0xca_0002), Uuid::nil()]));
        let class = format!("class.{}", self.any(&[Uuid::from_u128(0xc1_0001), Uuid::nil()]));
        let fixed =
            ["stage.lead", "stage-not.left.trial", "owner.me", "owner.nobody", "next.overdue.none", "next.week", "unchanged.1", "name.x"];
        let count = self.dice.random_range(1..4);
        let each: Vec<String> = (0..count)
            .map(|_| match self.dice.random_range(0..6) {
                0 => campus.clone(),
                1 => class.clone(),
                _ => self.any(&fixed).to_owned(),
            })
            .collect();
        each.join("_")
    }

    /// Writes: refused ones and late ones anywhere; those that succeed change nothing in which the worlds differ.
    fn write(&mut self) -> Wish {
        let wish = |method, path: String, body: Value| Wish { method, path, body: Some(body.to_string()) };
        let (student, guardian, family) = (self.id(RecordKind::Student), self.id(RecordKind::Guardian), self.id(RecordKind::Family));
        let word = self.any(&["a***b", "", "海淀区明德小学", "100****7001"]);
        match self.dice.random_range(0..12) {
            9 => {
                let (kind, record) = self.any(&[("student", student), ("guardian", guardian), ("family", family)]);
                let field = self.any(&["student.id_card", "guardian.id_card", "note.body", "student.name"]);
                let reason = json!({ "code": self.any(&["contract", "other"]), "text": self.any(&["", "核对"]) });
                wish("POST", "/api/approvals".into(), json!({ "kind": kind, "record": record, "field": field, "reason": reason }))
            }
            10 => {
                let id = Uuid::from_u128(self.dice.random_range(0..9));
                wish("POST", format!("/api/approvals/{id}/decision"), json!({ "answer": "grant", "hours": self.any(&[1, 24, 25]) }))
            }
            0 => wish("PATCH", format!("/api/students/{student}"), json!({ "version": 0, "school": { "set": word } })),
            1 => wish("PATCH", format!("/api/guardians/{guardian}"), json!({ "version": 0, "phone": { "set": word } })),
            2 => wish(
                "PATCH",
                format!("/api/guardians/{guardian}"),
                json!({ "version": 1, "phone": { "set": "100*" }, "email": { "set": "x" } }),
            ),
            3 => wish("PATCH", format!("/api/families/{family}"), json!({ "version": 0, "stage": "left" })),
            4 => wish("PATCH", format!("/api/families/{family}"), json!({ "version": 1, "stage": "trial" })),
            7 => wish(
                "POST",
                "/api/families/bulk".into(),
                json!({ "families": [{ "id": family, "version": self.any(&[0, 1]) }], "stage": "trial" }),
            ),
            8 => wish(
                "POST",
                "/api/views".into(),
                json!({ "name": self.any(&["线索", ""]), "shared": self.any(&[true, false]),
                "look": { "filter": { "when": self.conditions() }, "columns": ["stage"], "density": "usual" } }),
            ),
            5 => wish("POST", format!("/api/families/{family}/notes"), json!({ "body": self.any(&["又来电。", "", " "]) })),
            _ => wish(
                "POST",
                "/api/families".into(),
                json!({ "campus": Uuid::from_u128(0xca_0001), "stage": "lead", "students": [{ "name": self.any(&["李明", "李*", ""]) }] }),
            ),
        }
    }
}

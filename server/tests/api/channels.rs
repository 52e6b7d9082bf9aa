//! Ways by which other systems gave away what they did not show, where there is nothing of the kind here: that nothing of it works.
//!
//! The rule: one test for each row of `server/docs/CHANNELS.md` that no other file holds. Deliberately absent: what two worlds compare.

use super::route_ledger::operations;
use crate::support::{School, seed};
use axum::body::Body;
use serde_json::{Value, json};

/// Filters, orders, groups, aliases and relations as they are asked for elsewhere.
const ELSEWHERE: [&str; 16] = [
    "fields=guardian.phone",
    "alias[x]=guardian.phone",
    "select=phone",
    "include=guardians",
    "filter[guardians][phone][$startsWith]=1",
    "where={}",
    "lookup[owner][login][$startsWith]=l",
    "$or[0][phone]=1",
    "guardian.phone=10012345678",
    "t1.phone=10012345678",
    "order_by=guardian.phone",
    "sort=guardian.phone",
    "groupBy=phone",
    "aggregate[min]=phone",
    "search=10012345678",
    "distinct=phone",
];

#[tokio::test]
async fn what_other_systems_let_one_ask_is_refused_or_changes_nothing() {
    let school = School::open().await;
    let (li, guardian) = (school.consultant().await, school.guardian().await);
    let (_, operations) = operations();
    let (mut refused, mut unread) = (0, 0);
    for (method, path) in operations.keys().filter(|(method, _)| method == "GET") {
        let parameters = operations[&(method.clone(), path.clone())]["parameters"].as_array().cloned().unwrap_or_default();
        let reads = parameters.iter().any(|parameter| parameter["in"] == "query");
        let place = path.replace("{id}", "00000000-0000-0000-0000-000000000009").replace("{seq}", "1").replace("{version}", "1");
        if place.contains('{') || path.ends_with("/live") {
            continue;
        }
        let asker = if path.starts_with("/api/portal") { &guardian } else { &li };
        for query in ELSEWHERE {
            let answer = asker.get(&format!("{place}?{query}")).await;
            if reads {
                answer.refused(400, "malformed_request");
                refused += 1;
            } else {
                // Nobody reads a query there.
                assert_eq!(answer.status, asker.get(&place).await.status, "{path}?{query}");
                unread += 1;
            }
        }
    }
    assert!(refused > 8 * ELSEWHERE.len() && unread > 8 * ELSEWHERE.len(), "{refused} {unread}");
}

#[tokio::test]
async fn no_answer_has_a_tag_and_none_is_left_out_for_a_condition() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    for path in
        ["/api/families".to_owned(), format!("/api/families/{}", known.family), "/api/session".to_owned(), "/api/classes".to_owned()]
    {
        for (name, value) in [
            ("if-none-match", "*"),
            ("if-none-match", "\"1\""),
            ("if-match", "\"1\""),
            ("if-modified-since", "Fri, 31 Dec 2099 00:00:00 GMT"),
            ("if-unmodified-since", "Fri, 01 Jan 1999 00:00:00 GMT"),
            ("range", "bytes=0-9"),
        ] {
            let request = li.request("GET", &path).header(name, value).body(Body::empty()).unwrap();
            let answer = li.send(request).await.is(200);
            assert!(!answer.bytes.is_empty(), "{path} {name}");
            for tag in ["etag", "last-modified", "accept-ranges", "content-range"] {
                assert_eq!(answer.headers.get(tag), None, "{path} {name}");
            }
        }
    }
    // A change goes by the version in its body, and by nothing else.
    let path = format!("/api/guardians/{}", known.guardian);
    let change = json!({ "version": 9, "wechat": { "set": "sea_gull_88" } });
    let request = li.request("PATCH", &path).header("if-match", "*").header("content-type", "application/json");
    li.send(request.body(Body::from(change.to_string())).unwrap()).await.refused(409, "version_conflict");
}

#[tokio::test]
async fn a_value_that_is_there_already_is_taken_like_any_other() {
    let school = School::open().await;
    let (li, zhou) = (school.consultant().await, school.other_consultant().await);
    // The same name, numbers and addresses, in a family that the other does not reach.
    let (theirs, own) = (seed::known(&li).await, seed::known(&zhou).await);
    zhou.get(&format!("/api/families/{}", theirs.family)).await.refused(404, "not_found");
    let guardian = |known: &seed::Known| format!("/api/guardians/{}", known.guardian);
    let set = |version: i64, field: &str, value: &str| {
        let mut wish = json!({ "version": version });
        wish[field] = json!({ "set": value });
        wish
    };
    let v = seed::VALUES;
    for (version, field, there, new) in
        [(1, "phone", v.phone, "10087654321"), (3, "email", v.email, "nobody@example.com"), (5, "wechat", v.wechat, "sea_gull_88")]
    {
        let fresh = zhou.patch(&guardian(&own), set(version, field, new)).await.is(200);
        let taken = zhou.patch(&guardian(&own), set(version + 1, field, there)).await.is(200);
        let keys = |answer: &Value| answer.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&fresh.json), keys(&taken.json), "{field}");
    }
}

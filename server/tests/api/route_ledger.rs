//! The OpenAPI document and the ledger of routes say the same: every leak by an unclassed route or parameter ends here.
//!
//! The rule (LEAKS 1.4): an operation or a query parameter that nobody classed fails the build. Deliberately absent: a list of
//! routes of this test's own.

use serde_json::Value;
use server::ledger::{Flow, ROUTES};
use std::collections::{BTreeMap, BTreeSet};

type Operations = BTreeMap<(String, String), Value>;

/// The document as JSON, and its operations by method and path.
pub(crate) fn operations() -> (Value, Operations) {
    let document = serde_json::to_value(server::api::document()).unwrap();
    let mut found = Operations::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if ["get", "put", "post", "delete", "options", "head", "patch", "trace"].contains(&method.as_str()) {
                found.insert((method.to_uppercase(), path.clone()), operation.clone());
            }
        }
    }
    (document, found)
}

/// Every schema that `value` leads to, by name; a schema is followed once.
fn reached(document: &Value, value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                match (key.as_str(), inner.as_str()) {
                    ("$ref", Some(reference)) => {
                        let name = reference.rsplit('/').next().unwrap().to_owned();
                        if into.insert(name.clone()) {
                            let schema = &document["components"]["schemas"][&name];
                            assert!(!schema.is_null(), "{name} is referred to and not there");
                            reached(document, schema, into);
                        }
                    }
                    _ => reached(document, inner, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| reached(document, inner, into)),
        _ => {}
    }
}

/// Whether a schema holds a value in one of the three states, by name or, where it was written out in place, by its shape.
fn shows(document: &Value, responses: &Value) -> bool {
    let mut names = BTreeSet::new();
    reached(document, responses, &mut names);
    let schemas = &document["components"]["schemas"];
    names.iter().any(|name| name.starts_with("Shown") || is_shown(&schemas[name])) || is_shown(responses)
}

/// Whether a `oneOf` of objects with `state` masked is anywhere in this schema.
fn is_shown(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            let here =
                map.get("properties").and_then(|properties| properties.get("state")).is_some_and(|state| state["enum"][0] == "masked");
            here || map.values().any(is_shown)
        }
        Value::Array(items) => items.iter().any(is_shown),
        _ => false,
    }
}

#[test]
fn the_ledger_and_the_document_have_the_same_operations() {
    let (_, operations) = operations();
    let ledger: BTreeSet<(String, String)> = ROUTES.iter().map(|(method, path, ..)| ((*method).into(), (*path).into())).collect();
    assert_eq!(ledger.len(), ROUTES.len(), "a route is listed twice");
    assert_eq!(ledger, operations.into_keys().collect::<BTreeSet<_>>());
}

#[test]
fn every_query_parameter_is_classed_and_every_classed_one_is_there() {
    let (_, operations) = operations();
    for (method, path, _, _, parameters) in ROUTES {
        let operation = &operations[&((*method).to_owned(), (*path).to_owned())];
        let declared: BTreeSet<&str> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        assert_eq!(declared, parameters.iter().copied().collect(), "{method} {path}");
    }
}

#[test]
fn a_plain_route_has_no_personal_value_in_its_answer_by_type() {
    let (document, operations) = operations();
    let mut plain = 0;
    for (method, path, _, flow, _) in ROUTES.iter().filter(|(_, _, _, flow, _)| matches!(flow, Flow::Plain | Flow::Trail)) {
        let operation = &operations[&((*method).to_owned(), (*path).to_owned())];
        assert!(!shows(&document, &operation["responses"]), "{method} {path} is {flow:?} and shows a field");
        plain += 1;
    }
    assert!(plain > 20);
}

#[test]
fn a_route_of_records_shows_fields_or_is_a_file() {
    let (document, operations) = operations();
    let mut seen = 0;
    for (method, path, _, flow, _) in ROUTES.iter().filter(|(_, _, _, flow, _)| matches!(flow, Flow::Records | Flow::Revealed)) {
        let responses = &operations[&((*method).to_owned(), (*path).to_owned())]["responses"];
        let file = responses["200"]["content"].get("text/csv").is_some();
        assert!(file || shows(&document, responses), "{method} {path} is {flow:?} and shows no field");
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn a_planted_leak_is_caught() {
    let (mut document, operations) = operations();
    let plain = &operations[&("GET".to_owned(), "/api/school".to_owned())]["responses"];
    assert!(!shows(&document, plain));
    // A plain body into which somebody put a guardian, two references deep.
    document["components"]["schemas"]["SchoolFacts"]["properties"]["contact"] =
        serde_json::json!({ "$ref": "#/components/schemas/GuardianBrief" });
    assert!(shows(&document, plain));
}

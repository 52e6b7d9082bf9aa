//! A record is no body.
use guard::records::StudentRecord;

fn body(record: &StudentRecord) -> String {
    serde_json::to_string(record).unwrap_or_default()
}

fn main() {}

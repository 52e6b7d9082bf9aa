//! A viewer comes from a session, never from a request.
use guard::Viewer;

fn viewer(body: &str) -> Option<Viewer> {
    serde_json::from_str(body).ok()
}

fn main() {}

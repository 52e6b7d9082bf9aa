//! The address of a message goes to the courier and nowhere else.
use guard::Gate;

async fn log(gate: &Gate, record: &guard::records::GuardianRecord, now: chrono::DateTime<chrono::Utc>) -> String {
    let parcel = gate.address(now, record, contract::wire::sign_in::Channel::Sms).await.unwrap().unwrap();
    parcel.to_string()
}

fn main() {}

//! `/api/emergencies`: asking for emergency access, deciding, ending.

use super::{ApiError, delete, get, post};
use contract::{
    ids::EmergencyId,
    wire::emergencies::{Emergencies, EmergencyDecision, NewEmergency},
};

/// What concerns the viewer.
pub async fn list() -> Result<Emergencies, ApiError> {
    get("/api/emergencies").await
}
/// Asks.
pub async fn ask(wish: &NewEmergency) -> Result<Emergencies, ApiError> {
    post("/api/emergencies", wish).await
}
/// Opens somebody else's, or refuses it; needs a fresh passkey.
pub async fn decide(id: EmergencyId, open: bool) -> Result<Emergencies, ApiError> {
    post(&format!("/api/emergencies/{id}/decision"), &EmergencyDecision { open }).await
}
/// Takes one's own back, or ends one that is open.
pub async fn end(id: EmergencyId) -> Result<Emergencies, ApiError> {
    delete(&format!("/api/emergencies/{id}")).await
}

//! `/api/tokens`: tokens for programs; asking, deciding, making the secret, ending.

use super::{ApiError, Nothing, delete, get, post};
use contract::{
    ids::TokenId,
    wire::tokens::{NewToken, TokenDecision, TokenSecret, Tokens},
};

/// What concerns the viewer.
pub async fn list() -> Result<Tokens, ApiError> {
    get("/api/tokens").await
}
/// Asks; needs a fresh passkey.
pub async fn ask(wish: &NewToken) -> Result<Tokens, ApiError> {
    post("/api/tokens", wish).await
}
/// Confirms or refuses somebody else's; needs a fresh passkey.
pub async fn decide(id: TokenId, confirm: bool) -> Result<Tokens, ApiError> {
    post(&format!("/api/tokens/{id}/decision"), &TokenDecision { confirm }).await
}
/// Makes the secret of one's own, which comes this once; needs a fresh passkey.
pub async fn make(id: TokenId) -> Result<TokenSecret, ApiError> {
    post(&format!("/api/tokens/{id}/secrets"), &Nothing {}).await
}
/// Ends one.
pub async fn end(id: TokenId) -> Result<Tokens, ApiError> {
    delete(&format!("/api/tokens/{id}")).await
}

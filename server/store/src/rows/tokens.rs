//! Tokens for programs. Plain facts, the sealed name, the digest of the secret.

table!(api_token = "api_token" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    owner_id: Uuid,
    role: String,
    name: Vec<u8>,
    days: i32,
    networks: String,
    asked_at: i64,
    asked_in: i64,
    state: String,
    until: i64,
    decided_by: Option<Uuid>,
    digest: Option<Vec<u8>>,
    credential: Option<String>,
    used_at: Option<i64>,
    used_from: Option<String>,
});

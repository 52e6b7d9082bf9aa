//! Getting in: passkeys, sessions, devices, ceremonies, invitations, recovery codes. Secrets are kept as digests.

table!(passkey = "passkey" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    owner_kind: String,
    owner_id: Uuid,
    name: String,
    credential_id: Vec<u8>,
    #[sea_orm(column_type = "Text")] credential: String,
    created_at: i64,
    used_at: Option<i64>,
    synced: bool,
    attested: bool,
    make: Option<Uuid>,
});
table!(session = "session" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    token_digest: Vec<u8>,
    owner_kind: String,
    owner_id: Uuid,
    device: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
    stepped_up_at: Option<i64>,
    ended_at: Option<i64>,
    location: Option<String>,
    credential: Option<String>,
    moved_to: Option<String>,
});
table!(device = "device" {
    #[sea_orm(primary_key, auto_increment = false)] digest: Vec<u8>,
    owner_kind: String,
    owner_id: Uuid,
    first_day: i64,
    last_day: i64,
});
table!(ceremony = "ceremony" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    kind: String,
    owner_kind: Option<String>,
    owner_id: Option<Uuid>,
    session_id: Option<Uuid>,
    attempts: i32,
    #[sea_orm(column_type = "Text")] state: String,
    expires_at: i64,
});
table!(invitation = "invitation" {
    #[sea_orm(primary_key, auto_increment = false)] token_digest: Vec<u8>,
    owner_kind: String,
    owner_id: Uuid,
    expires_at: i64,
    used_at: Option<i64>,
});
table!(password = "password" {
    #[sea_orm(primary_key, auto_increment = false)] staff_id: Uuid,
    hash: Vec<u8>,
    totp: Vec<u8>,
    last_step: i64,
    set_at: i64,
});
table!(recovery_code = "recovery_code" {
    #[sea_orm(primary_key, auto_increment = false)] digest: Vec<u8>,
    staff_id: Uuid,
    used_at: Option<i64>,
});

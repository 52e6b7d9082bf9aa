//! The trail and what is counted by it.

table!(trail_row = "trail" {
    #[sea_orm(primary_key, auto_increment = false)] seq: i64,
    at: i64,
    actor_id: Option<Uuid>,
    action: String,
    record_id: Option<Uuid>,
    body: Vec<u8>,
    hash: Vec<u8>,
    record_kind: Option<String>,
});
table!(verification = "verification" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    started_at: i64,
    started_by: String,
    seen_at: i64,
    state: String,
    rows: i64,
    of: i64,
    fault: Option<String>,
    fault_at: Option<i64>,
});
table!(trail_family = "trail_family" {
    #[sea_orm(primary_key, auto_increment = false)] family_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] seq: i64,
});
table!(trail_head = "trail_head" {
    #[sea_orm(primary_key, auto_increment = false)] id: i32,
    seq: i64,
    hash: Vec<u8>,
    seal: Vec<u8>,
    folded: i64,
});
table!(trail_beginning = "trail_beginning" {
    #[sea_orm(primary_key, auto_increment = false)] id: i32,
    seq: i64,
    hash: Vec<u8>,
    at: i64,
    seal: Vec<u8>,
});
table!(reveal_use = "reveal_use" {
    #[sea_orm(primary_key, auto_increment = false)] actor_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] day: Date,
    used: i32,
});

//! Requests to open one field. Plain facts; the words are in the trail.

table!(approval = "approval" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    family_id: Uuid,
    record_kind: String,
    record_id: Uuid,
    field: i32,
    asked_by: Uuid,
    asked_at: i64,
    asked_in: i64,
    state: String,
    until: i64,
    decided_by: Option<Uuid>,
    decided_in: Option<i64>,
    ended_in: Option<i64>,
});

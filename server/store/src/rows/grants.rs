//! Standing grants. Plain facts; the words are in the trail.

table!(standing_grant = "standing_grant" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    class_id: Uuid,
    fields: i64,
    asked_by: Uuid,
    asked_at: i64,
    asked_in: i64,
    state: String,
    until: i64,
    last_day: Date,
    decided_by: Option<Uuid>,
    decided_in: Option<i64>,
    ended_in: Option<i64>,
});

//! Emergency access.

table!(emergency = "emergency" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    asked_by: Uuid,
    asked_at: i64,
    asked_in: i64,
    state: String,
    until: i64,
    decided_by: Option<Uuid>,
    decided_in: Option<i64>,
    ended_in: Option<i64>,
});

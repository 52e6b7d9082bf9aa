//! Questions about looks. `line` is the number of the look in the trail.

table!(question = "question" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    family_id: Uuid,
    about_id: Uuid,
    line: i64,
    of_id: Uuid,
    state: String,
    finding: Option<String>,
    asked_by: Uuid,
    asked_at: i64,
    decided_at: Option<i64>,
    decided_by: Option<Uuid>,
    words: Vec<u8>,
    answer: Vec<u8>,
});

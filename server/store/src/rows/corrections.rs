//! Corrections. What is proposed is a ciphertext of the field that `field` names.

table!(correction = "correction" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    family_id: Uuid,
    about_id: Uuid,
    field: i32,
    wish: String,
    state: String,
    asked_by: Uuid,
    asked_at: i64,
    decided_at: Option<i64>,
    decided_by: Option<Uuid>,
    proposed: Option<Vec<u8>>,
    words: Vec<u8>,
    answer: Vec<u8>,
});

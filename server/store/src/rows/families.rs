//! Families and their people. Every personal column is a ciphertext.

table!(family = "family" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    campus_id: Uuid,
    owner_id: Option<Uuid>,
    stage: String,
    version: i64,
    data_key: Vec<u8>,
    created_at: i64,
    updated_at: i64,
    next_contact: Option<Date>,
});
table!(student = "student" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    family_id: Uuid,
    version: i64,
    name: Vec<u8>,
    birth_date: Vec<u8>,
    id_card: Vec<u8>,
    school: Vec<u8>,
    address: Vec<u8>,
    health_note: Vec<u8>,
});
table!(guardian = "guardian" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    family_id: Uuid,
    version: i64,
    name: Vec<u8>,
    phone: Vec<u8>,
    second_phone: Vec<u8>,
    wechat: Vec<u8>,
    email: Vec<u8>,
    id_card: Vec<u8>,
    address: Vec<u8>,
    employer: Vec<u8>,
});
table!(kinship = "kinship" {
    #[sea_orm(primary_key, auto_increment = false)] student_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] guardian_id: Uuid,
    relation: String,
    custody: String,
});
table!(note = "note" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    family_id: Uuid,
    written_by: Uuid,
    at: i64,
    body: Vec<u8>,
    next_contact: Option<Date>,
});
table!(blind_index = "blind_index" {
    #[sea_orm(primary_key, auto_increment = false)] token: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)] field: i32,
    #[sea_orm(primary_key, auto_increment = false)] record_id: Uuid,
    family_id: Uuid,
});

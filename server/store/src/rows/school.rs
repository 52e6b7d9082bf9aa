//! The school: campuses, staff, classes, policy.

table!(school_row = "school" {
    #[sea_orm(primary_key, auto_increment = false)] id: i32,
    name: String,
    key_check: Vec<u8>,
    two_of_three: bool,
    session_hours: i32,
    trail_days: i32,
    #[sea_orm(column_type = "Text")] ladder: String,
});
table!(campus = "campus" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    name: String,
    closed_at: Option<i64>,
});
table!(staff = "staff" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    login: String,
    name: String,
    roles: i32,
    active: bool,
    data_key: Vec<u8>,
    phone: Vec<u8>,
    email: Vec<u8>,
    version: i64,
    left_at: Option<i64>,
    emergency_until: Option<i64>,
    slowed_until: Option<i64>,
    slowed_next: i64,
});
table!(staff_campus = "staff_campus" {
    #[sea_orm(primary_key, auto_increment = false)] staff_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] campus_id: Uuid,
});
table!(class = "class" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    campus_id: Uuid,
    name: String,
    teacher_id: Uuid,
    starts: Date,
    ends: Date,
});
table!(enrolment = "enrolment" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    class_id: Uuid,
    student_id: Uuid,
    starts: Date,
    ends: Option<Date>,
});
table!(policy = "policy" {
    #[sea_orm(primary_key, auto_increment = false)] version: i64,
    at: i64,
    changed_by: String,
    #[sea_orm(column_type = "Text")] document: String,
});
table!(policy_proposal = "policy_proposal" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    base: i64,
    #[sea_orm(column_type = "Text")] document: String,
    proposed_at: i64,
    proposed_by: Uuid,
    proposed_in: i64,
    alone: bool,
    holds_from: Option<i64>,
    state: String,
    decided_by: Option<Uuid>,
    decided_in: Option<i64>,
});

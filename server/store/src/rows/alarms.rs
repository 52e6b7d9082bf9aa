//! Alarms, the rules of the watch, how far it is, and the honey records.

table!(alarm = "alarm" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    rule: String,
    about_kind: Option<String>,
    about_id: Option<Uuid>,
    first_at: i64,
    last_at: i64,
    hits: i64,
    evidence: String,
    state: String,
    owner_id: Option<Uuid>,
    outcome: Option<String>,
    words: Option<Vec<u8>>,
    closed_at: Option<i64>,
    answer: String,
    undone: bool,
    raised_no: i64,
    closed_no: i64,
});
table!(alarm_rule = "alarm_rule" {
    #[sea_orm(primary_key, auto_increment = false)] rule: String,
    watched: bool,
    threshold: i32,
    minutes: i32,
    answer: String,
    changed_by: String,
    changed_at: i64,
});
table!(watch = "watch" {
    #[sea_orm(primary_key, auto_increment = false)] id: i32,
    seen: i64,
    heard_at: i64,
    news: i64,
});
table!(honey = "honey" {
    #[sea_orm(primary_key, auto_increment = false)] family_id: Uuid,
    marked_by: Option<String>,
    marked_at: i64,
});

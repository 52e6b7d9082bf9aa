//! Alarms, the rules of the watch, and how far it is.

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
});

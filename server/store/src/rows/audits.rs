//! Reports of audits, their findings, and the steps about both.

table!(audit = "audit" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    from_day: Date,
    to_day: Date,
    document: String,
    digest: Vec<u8>,
    head_seq: i64,
    head_hash: Vec<u8>,
    drawn_by: Uuid,
    drawn_at: i64,
    drawn_in: i64,
    state: String,
});
table!(audit_finding = "audit_finding" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    audit_id: Uuid,
    risk: String,
    owner_id: Uuid,
    due: Date,
    state: String,
    made_at: i64,
    accepted_at: Option<i64>,
});
table!(audit_step = "audit_step" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    audit_id: Uuid,
    finding_id: Option<Uuid>,
    step: String,
    by_id: Uuid,
    at: i64,
    entry: i64,
    words: Option<Vec<u8>>,
});

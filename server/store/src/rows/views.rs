//! Saved views of the list of families.

table!(saved_view = "saved_view" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    owner_id: Uuid,
    shared: bool,
    name: Vec<u8>,
    look: String,
});

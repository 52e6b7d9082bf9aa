//! Reports of audits as they were drawn up, their findings, and every step about either.
//!
//! The rule: a report is one text that is never written again, with its digest; what becomes of it and of its findings are steps, a
//! row each, whose words lie sealed.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let audit = Table::create()
            .table("audit")
            .col(uuid("id").primary_key())
            .col(date("from_day"))
            .col(date("to_day"))
            .col(text("document"))
            .col(blob("digest"))
            .col(big_integer("head_seq"))
            .col(blob("head_hash"))
            .col(uuid("drawn_by"))
            .col(big_integer("drawn_at"))
            .col(big_integer("drawn_in"))
            .col(text("state"))
            .to_owned();
        let finding = Table::create()
            .table("audit_finding")
            .col(uuid("id").primary_key())
            .col(uuid("audit_id"))
            .col(text("risk"))
            .col(uuid("owner_id"))
            .col(date("due"))
            .col(text("state"))
            .col(big_integer("made_at"))
            .col(big_integer_null("accepted_at"))
            .to_owned();
        let step = Table::create()
            .table("audit_step")
            .col(uuid("id").primary_key())
            .col(uuid("audit_id"))
            .col(uuid_null("finding_id"))
            .col(text("step"))
            .col(uuid("by_id"))
            .col(big_integer("at"))
            .col(big_integer("entry"))
            .col(blob_null("words"))
            .to_owned();
        for table in [audit, finding, step] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("audit_drawn", "audit", ["drawn_at", "id"]),
            ("audit_finding_audit", "audit_finding", ["audit_id", "id"]),
            ("audit_finding_accepted", "audit_finding", ["accepted_at", "made_at"]),
            ("audit_step_audit", "audit_step", ["audit_id", "entry"]),
            ("audit_step_finding", "audit_step", ["finding_id", "entry"]),
        ] {
            let [first, second] = columns;
            manager.create_index(Index::create().name(name).table(table).col(first).col(second).to_owned()).await?;
        }
        Ok(())
    }
}

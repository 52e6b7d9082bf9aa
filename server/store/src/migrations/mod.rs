//! The migrations, one change a file, the same on SQLite and PostgreSQL.

mod m0001_school;
mod m0002_families;
mod m0003_access;
mod m0004_trail;
mod m0005_reads;
mod m0006_changes;
mod m0007_trail_keys;
mod m0008_approvals;
mod m0009_due;
mod m0010_views;
mod m0012_corrections;
mod m0013_administration;
mod m0014_trail_reading;
mod m0015_admissions;
mod m0016_questions;
mod m0017_policy_proposals;
mod m0018_reports;
mod m0019_alarms;
mod m0020_audits;
mod m0021_alarm_news;
mod m0023_watched;
mod m0024_emergencies;
mod m0025_credentials;
mod m0026_standing_grants;
mod m0027_attested;
mod m0028_tokens;
mod m0029_makes;
mod m0032_emergency_steps;
mod m0034_trail_by_number;
mod m0035_retention;
mod m0036_devices;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrations;

#[async_trait::async_trait]
impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_school::Migration),
            Box::new(m0002_families::Migration),
            Box::new(m0003_access::Migration),
            Box::new(m0004_trail::Migration),
            Box::new(m0005_reads::Migration),
            Box::new(m0006_changes::Migration),
            Box::new(m0007_trail_keys::Migration),
            Box::new(m0008_approvals::Migration),
            Box::new(m0009_due::Migration),
            Box::new(m0010_views::Migration),
            Box::new(m0012_corrections::Migration),
            Box::new(m0013_administration::Migration),
            Box::new(m0014_trail_reading::Migration),
            Box::new(m0015_admissions::Migration),
            Box::new(m0016_questions::Migration),
            Box::new(m0017_policy_proposals::Migration),
            Box::new(m0019_alarms::Migration),
            Box::new(m0018_reports::Migration),
            Box::new(m0020_audits::Migration),
            Box::new(m0021_alarm_news::Migration),
            Box::new(m0023_watched::Migration),
            Box::new(m0024_emergencies::Migration),
            Box::new(m0025_credentials::Migration),
            Box::new(m0026_standing_grants::Migration),
            Box::new(m0027_attested::Migration),
            Box::new(m0028_tokens::Migration),
            Box::new(m0029_makes::Migration),
            Box::new(m0032_emergency_steps::Migration),
            Box::new(m0034_trail_by_number::Migration),
            Box::new(m0035_retention::Migration),
            Box::new(m0036_devices::Migration),
        ]
    }
}

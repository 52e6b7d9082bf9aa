//! The tables as sea-orm entities; visible inside this crate alone.
//!
//! Times are microseconds since 1970 in UTC: one form on both engines, sorted as it is stored. Sealed columns are bytes.

macro_rules! table {
    ($(#[$doc:meta])* $module:ident = $table:literal { $($(#[$attribute:meta])* $column:ident : $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        pub(crate) mod $module {
            #[allow(unused_imports, reason = "not every table uses every type")]
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model { $($(#[$attribute])* pub $column: $type),+ }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}

            impl crate::source::Row for Model {
                // The columns are selected in the order in which they are declared.
                fn read<'r>(columns: &mut impl crate::source::Columns<'r>) -> Result<Self, crate::error::StoreError> {
                    Ok(Self { $($column: columns.next()?),+ })
                }
            }
        }
    };
}

mod access;
mod alarms;
mod approvals;
mod audits;
mod corrections;
mod emergencies;
mod families;
mod grants;
mod questions;
mod school;
mod tokens;
mod trail;
mod views;

pub(crate) use access::{ceremony, device, invitation, passkey, password, recovery_code, session};
pub(crate) use alarms::{alarm, alarm_rule, honey, watch};
pub(crate) use approvals::approval;
pub(crate) use audits::{audit, audit_finding, audit_step};
pub(crate) use corrections::correction;
pub(crate) use emergencies::emergency;
pub(crate) use families::{blind_index, family, guardian, kinship, note, student};
pub(crate) use grants::standing_grant;
pub(crate) use questions::question;
pub(crate) use school::{campus, class, enrolment, policy, policy_proposal, school_row, staff, staff_campus};
pub(crate) use tokens::api_token;
pub(crate) use trail::{reveal_use, trail_beginning, trail_family, trail_head, trail_row, verification};
pub(crate) use views::saved_view;

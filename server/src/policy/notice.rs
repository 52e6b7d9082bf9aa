//! A word to those who can confirm a proposed change of the matrix, by e-mail where the school has their address; where nobody can,
//! to everybody who may read the matrix.
//!
//! The rule: the proposal stands whatever becomes of the messages; that they were sent is in the trail. Deliberately absent: what is
//! proposed and why, which stand behind the sign-in.

use crate::{clock::school_time, http::ApiError, state::App};
use contract::{
    error::ErrorCode,
    ids::StaffId,
    rights::Duty,
    wire::staff::{StaffQuery, StaffState},
};
use guard::{Viewer, records::StaffRecord};
use store::StaffList;

impl App {
    /// Tells of what `viewer` has just proposed.
    pub(super) async fn tell_of_proposal(&self, viewer: &Viewer) {
        if self.send_proposal(viewer).await.is_err() {
            tracing::warn!("a notice of a proposed change of the matrix could not be sent");
        }
    }

    async fn send_proposal(&self, viewer: &Viewer) -> Result<(), ApiError> {
        let Some(proposal) = self.db.last_proposal().await? else {
            return Ok(());
        };
        let now = viewer.now();
        let list = StaffList { query: StaffQuery::default(), only: None, now };
        let second: Vec<StaffId> = self.db.confirmers(proposal.by.who.id).await?.into_iter().map(|(id, _)| id).collect();
        let concerned = |record: &StaffRecord| match second.as_slice() {
            [] => record.state == StaffState::Active && record.roles.has_duty(Duty::ReadPolicy),
            second => second.contains(&record.id),
        };
        let school = self.school_name().await?;
        let who = viewer.name();
        let until = school_time(proposal.holds_at().unwrap_or_else(|| proposal.until())).format("%Y-%m-%d %H:%M");
        let page = self.origin.join("/admin/policy").map(String::from).unwrap_or_default();
        let (zh, en) = if second.is_empty() {
            (
                format!("{who}提出放宽字段权限。校内没有第二人可以确认，{until}（北京时间）起自动生效；如有疑问，请在此之前与{who}核实。"),
                format!(
                    "{who} proposes to widen the field matrix. Nobody else at the school could confirm it: it comes into force by itself \
                     at {until} (Beijing). If in doubt, ask {who} before then."
                ),
            )
        } else {
            (
                format!("{who}提出放宽字段权限，需要您确认或否决，{until}（北京时间）前有效。"),
                format!("{who} proposes to widen the field matrix and needs you to confirm or decline it, until {until} (Beijing)."),
            )
        };
        let text = format!("{zh}\n{page}\n\n{en}\n{page}\n\n{school}\n");
        let mut all = true;
        for record in self.db.staff(list).await?.iter().filter(|record| concerned(record)) {
            // One address that does not open must not keep the others from knowing.
            match self.gate.staff_address(now, record).await {
                Ok(Some(parcel)) => all &= self.courier.take(parcel, format!("{school}：字段权限待确认"), text.clone(), now),
                Ok(None) => {}
                Err(_) => all = false,
            }
        }
        if all { Ok(()) } else { Err(ErrorCode::TooManyRequests.into()) }
    }
}

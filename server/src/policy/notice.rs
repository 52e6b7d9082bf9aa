//! A word to those who can confirm a proposed change of the matrix, by e-mail where the school has their address; where nobody can,
//! to everybody who may read the matrix. And to those who settled a change that a version has overtaken before its moment.
//!
//! The rule: what was done stands whatever becomes of the messages; that they were sent is in the trail. Deliberately absent: what is
//! proposed and why, which stand behind the sign-in, and a message about what one person does alone, or to whoever did it.

use crate::{clock::school_time, http::ApiError, state::App};
use contract::{
    error::ErrorCode,
    ids::StaffId,
    rights::Duty,
    wire::{
        proposals::ProposalState,
        staff::{StaffQuery, StaffState},
    },
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
        if proposal.state == ProposalState::Scheduled {
            return Ok(());
        }
        let second: Vec<StaffId> = self.db.confirmers(proposal.by.who.id).await?.into_iter().map(|(id, _)| id).collect();
        let concerned = |record: &StaffRecord| match second.as_slice() {
            [] => record.state == StaffState::Active && record.roles.has_duty(Duty::ReadPolicy),
            second => second.contains(&record.id),
        };
        let who = viewer.name();
        let until = school_time(proposal.holds_at().unwrap_or_else(|| proposal.until())).format("%Y-%m-%d %H:%M");
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
        self.write_to(viewer, concerned, "字段权限待确认", &zh, &en).await
    }

    /// Tells whoever settled a change that it does not come, where `version`, which `viewer` has just made, came before its moment.
    pub(super) async fn tell_of_overtaken(&self, viewer: &Viewer, version: i64) {
        if self.send_overtaken(viewer, version).await.is_err() {
            tracing::warn!("a notice of a change of the matrix that was overtaken could not be sent");
        }
    }

    async fn send_overtaken(&self, viewer: &Viewer, version: i64) -> Result<(), ApiError> {
        let Some(proposal) = self.db.last_proposal().await?.filter(|proposal| proposal.base.saturating_add(1) == version) else {
            return Ok(());
        };
        let settled = proposal.settled_by();
        let concerned = |record: &StaffRecord| settled.contains(&record.id) && viewer.staff() != Some(record.id);
        let who = viewer.name();
        let at = proposal.holds_at().map(|at| school_time(at).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        let zh = format!("{who}更改了字段权限，原定{at}（北京时间）生效的改动因此不再生效；如仍需要，请重新提出。");
        let en = format!(
            "{who} has changed the field matrix, so that the change which was to hold from {at} (Beijing) does not come into force. If it is \
             still needed, propose it anew."
        );
        self.write_to(viewer, concerned, "字段权限改动不再生效", &zh, &en).await
    }

    async fn write_to(
        &self,
        viewer: &Viewer,
        concerned: impl Fn(&StaffRecord) -> bool + Send + Sync,
        about: &str,
        zh: &str,
        en: &str,
    ) -> Result<(), ApiError> {
        let (now, school) = (viewer.now(), self.school_name().await?);
        let page = self.origin.join("/admin/policy").map(String::from).unwrap_or_default();
        let text = format!("{zh}\n{page}\n\n{en}\n{page}\n\n{school}\n");
        let list = StaffList { query: StaffQuery::default(), only: None, now };
        let mut all = true;
        for record in self.db.staff(list).await?.iter().filter(|record| concerned(record)) {
            // One address that does not open must not keep the others from knowing.
            match self.gate.staff_address(now, record).await {
                Ok(Some(parcel)) => all &= self.courier.take(parcel, format!("{school}：{about}"), text.clone(), now),
                Ok(None) => {}
                Err(_) => all = false,
            }
        }
        if all { Ok(()) } else { Err(ErrorCode::TooManyRequests.into()) }
    }
}

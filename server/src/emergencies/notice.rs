//! A word to those who can open an emergency, by e-mail where the school has their address.
//!
//! The rule: the request stands whatever becomes of the messages; that they were sent is in the trail. Deliberately absent: what
//! happened, which stands behind the sign-in.

use crate::{http::ApiError, state::App};
use contract::{
    error::ErrorCode,
    rights::Duty,
    wire::staff::{StaffQuery, StaffState},
};
use guard::Viewer;
use store::StaffList;

impl App {
    /// Tells of what `viewer` has just asked for.
    pub(super) async fn tell_of_emergency(&self, viewer: &Viewer) {
        if self.send_emergency(viewer).await.is_err() {
            tracing::warn!("a notice of an emergency could not be sent");
        }
    }

    async fn send_emergency(&self, viewer: &Viewer) -> Result<(), ApiError> {
        let now = viewer.now();
        let school = self.school_name().await?;
        let who = viewer.name();
        let page = self.origin.join("/today").map(String::from).unwrap_or_default();
        let text = format!(
            "{who}请求紧急查看，需要您现在决定，一小时内有效。\n{page}\n\n{who} asks for emergency access and needs you to decide now, \
             within the hour.\n{page}\n\n{school}\n"
        );
        let list = StaffList { query: StaffQuery::default(), only: None, now };
        let mut all = true;
        for record in self.db.staff(list).await? {
            let decides = record.state == StaffState::Active && record.roles.has_duty(Duty::Approve);
            if !decides || Some(record.id) == viewer.staff() {
                continue;
            }
            // One address that does not open must not keep the others from knowing.
            match self.gate.staff_address(now, &record).await {
                Ok(Some(parcel)) => all &= self.courier.take(parcel, format!("{school}：紧急查看待决定"), text.clone(), now),
                Ok(None) => {}
                Err(_) => all = false,
            }
        }
        if all { Ok(()) } else { Err(ErrorCode::TooManyRequests.into()) }
    }
}

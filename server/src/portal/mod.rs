//! The portal of a guardian: own children only.

pub(crate) mod children;
pub(crate) mod corrections;
pub(crate) mod entry;
pub(crate) mod ledger;
pub(crate) mod questions;

use crate::{http::ApiError, state::App};
use guard::{Actor, Refused, Viewer, records::GuardianRecord};

impl App {
    /// The guardian as the school holds them. Nobody else has a portal: for them it does not exist, and that they asked is written down.
    pub(crate) async fn self_of(&self, viewer: &Viewer) -> Result<GuardianRecord, ApiError> {
        let Actor::Guardian(id) = viewer.actor() else {
            return Err(self.gate.refuse(viewer, None, Refused::NotFound).await.into());
        };
        self.guardian(viewer, id).await
    }
}

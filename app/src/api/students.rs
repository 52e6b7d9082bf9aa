//! `/api/students`: change. Fields are opened by [`super::reveals`].

use super::{ApiError, patch};
use contract::{
    ids::StudentId,
    wire::students::{StudentCard, StudentChanges},
};

/// Changes a student; [`ApiError::Conflict`] carries `Conflict<StudentCard>`.
pub async fn change(id: StudentId, changes: &StudentChanges) -> Result<StudentCard, ApiError> {
    patch(&format!("/api/students/{id}"), changes).await
}

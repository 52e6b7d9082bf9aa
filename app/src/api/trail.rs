//! `/api/trail`: the auditor's list.

use super::{ApiError, get, with_query};
use contract::wire::{
    Page,
    ledger::{Action, LedgerLine},
};

/// One page, newest first; `after` comes from [`Page::next`].
pub async fn list(action: Option<Action>, after: Option<String>) -> Result<Page<LedgerLine>, ApiError> {
    get(&with_query("/api/trail", &[("action", action.map(|action| action.name().to_owned())), ("after", after)])).await
}

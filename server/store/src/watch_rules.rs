//! The rules of the watch, as a school has set them.
//!
//! The rule: what nobody set is as it comes, and has no row; a rule is set together with its entry of the trail. What a row says that its
//! rule cannot be set to does not hold.

use crate::{
    alarms::named,
    db::Db,
    error::StoreError,
    load::time,
    rows::alarm_rule,
    staff::{commit, lock},
    trail::TrailStore,
};
use contract::wire::alarms::{Answer, Rule, RuleCard, RuleSetting, Tuning};
use guard::Entry;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use std::collections::{BTreeMap, HashMap};

impl Db {
    /// The rules as they are set; those that nobody set are not among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watch_settings(&self) -> Result<HashMap<Rule, RuleSetting>, StoreError> {
        let rows = alarm_rule::Entity::find().all(&self.reader).await?;
        let set = |row: &alarm_rule::Model| {
            let rule = named(Rule::ALL, Rule::name, &row.rule)?;
            Ok((rule, setting(rule, row)?))
        };
        rows.iter().map(set).collect()
    }

    /// Every rule, as it is set and as it comes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watch_rules(&self) -> Result<Vec<RuleCard>, StoreError> {
        let rows = alarm_rule::Entity::find().all(&self.reader).await?;
        let mut set: BTreeMap<&str, &alarm_rule::Model> = rows.iter().map(|row| (row.rule.as_str(), row)).collect();
        let card = |rule: Rule| {
            let usual = rule.usual();
            Ok(match set.remove(rule.name()) {
                None => RuleCard { rule, setting: usual, usual, changed_by: None, changed_at: None },
                Some(row) => RuleCard {
                    rule,
                    setting: setting(rule, row)?,
                    usual,
                    changed_by: Some(row.changed_by.clone()),
                    changed_at: Some(time(row.changed_at)),
                },
            })
        };
        Rule::ALL.iter().copied().map(card).collect()
    }

    /// Sets a rule. The entry says how it was, as the transaction that sets it found it.
    ///
    /// # Errors
    /// [`StoreError`]; then it is as it was.
    pub async fn tune_watch(&self, trail: &TrailStore, rule: Rule, after: RuleSetting, entry: Entry) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        lock(&txn).await?;
        let found = alarm_rule::Entity::find_by_id(rule.name()).one(&txn).await?;
        let before = found.as_ref().map(|row| setting(rule, row)).transpose()?.unwrap_or_else(|| rule.usual());
        let entry = entry.tuning(Tuning { rule, before, after });
        let row = alarm_rule::ActiveModel {
            rule: Set(rule.name().to_owned()),
            watched: Set(after.on),
            threshold: Set(i32::try_from(after.threshold).map_err(|_| StoreError::Malformed)?),
            minutes: Set(i32::try_from(after.minutes).map_err(|_| StoreError::Malformed)?),
            answer: Set(after.answer.name().to_owned()),
            changed_by: Set(entry.by().name.clone()),
            changed_at: Set(entry.at().timestamp_micros()),
        };
        use alarm_rule::Column as C;
        let again = OnConflict::column(C::Rule)
            .update_columns([C::Watched, C::Threshold, C::Minutes, C::Answer, C::ChangedBy, C::ChangedAt])
            .to_owned();
        alarm_rule::Entity::insert(row).on_conflict(again).exec_without_returning(&txn).await?;
        commit(txn, trail, &[&entry]).await
    }
}

fn setting(rule: Rule, row: &alarm_rule::Model) -> Result<RuleSetting, StoreError> {
    Ok(rule.holding(RuleSetting {
        on: row.watched,
        threshold: u32::try_from(row.threshold).map_err(|_| StoreError::Malformed)?,
        minutes: u32::try_from(row.minutes).map_err(|_| StoreError::Malformed)?,
        answer: named(Answer::ALL, Answer::name, &row.answer)?,
    }))
}

//! What a list is narrowed by, as SQL.
//!
//! The rule: a condition stands beside the scope and never in its place, however the conditions are joined; each is about a
//! fact that a row of the list shows to this viewer. Deliberately absent: texts of the request in a statement.

use crate::{
    rows::{class, enrolment, family},
    scope::{Rows, condition},
};
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use contract::{
    ids::{ClassId, StaffId},
    wire::filter::{Condition, FamilyFilter, Match, Next, Whose},
};
use guard::Scope;
use sea_orm::{
    ColumnTrait, Condition as Where, ExprTrait,
    sea_query::{Expr, Func, Keyword, Query, SimpleExpr},
};
use uuid::Uuid;

/// The conditions of a filter for whoever asks; nothing where there is none.
pub(crate) fn narrowed(filter: &FamilyFilter, asker: Option<StaffId>, scope: &Scope) -> Option<Where> {
    let FamilyFilter { when, joined, sort: _ } = filter;
    let joint = match joined {
        Match::All => Where::all(),
        Match::Any => Where::any(),
    };
    let each = |joint: Where, one: &Condition| joint.add(met(one, asker, scope));
    (!when.0.is_empty()).then(|| when.0.iter().fold(joint, each))
}

fn met(one: &Condition, asker: Option<StaffId>, scope: &Scope) -> Where {
    let today = scope.today();
    let whole = |expr: SimpleExpr| Where::all().add(expr);
    match one {
        Condition::Stage(stages) => whole(family::Column::Stage.is_in(stages.iter().map(|stage| stage.name()))),
        Condition::NotStage(stages) => whole(family::Column::Stage.is_not_in(stages.iter().map(|stage| stage.name()))),
        // Nobody's own is nobody's, not everybody's.
        Condition::Owner(Whose::Mine) => whole(family::Column::OwnerId.eq(asker.map_or(Uuid::nil(), |asker| asker.0))),
        Condition::Owner(Whose::Nobodys) => whole(family::Column::OwnerId.is_null()),
        Condition::Owner(Whose::Of(owner)) => whole(family::Column::OwnerId.eq(owner.0)),
        Condition::Campus(campus) => whole(family::Column::CampusId.eq(campus.0)),
        Condition::Next(next) => next.iter().fold(Where::any(), |any, one| any.add(contacted(*one, today))),
        Condition::Class(class) => whole(attended(*class, scope)),
        Condition::Unchanged(days) => whole(family::Column::UpdatedAt.lt(begin(today - Days::new((*days).into())))),
    }
}

fn contacted(next: Next, today: NaiveDate) -> SimpleExpr {
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    // The day, and to a planner no column: else it goes by the indexes of what is due, which are not in the order of the list.
    let day = || Expr::expr(Func::coalesce([Expr::column(("family", family::Column::NextContact)), SimpleExpr::Keyword(Keyword::Null)]));
    match next {
        Next::Overdue => day().lt(today),
        Next::Today => day().eq(today),
        Next::Week => day().between(monday, monday + Days::new(6)),
        Next::None => day().is_null(),
    }
}

/// When a day begins at the school, in microseconds.
fn begin(day: NaiveDate) -> i64 {
    (day.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)).timestamp_micros()
}

/// A student whom the scope reaches is in the class today: that of a sister out of reach is not told.
fn attended(id: ClassId, scope: &Scope) -> SimpleExpr {
    let today = scope.today();
    let own = |column: enrolment::Column| Expr::col(("enrolment", column));
    let attending = Query::select()
        .expr(Expr::val(1))
        .from("student")
        .inner_join("enrolment", Expr::col(("enrolment", "student_id")).equals(("student", "id")))
        .inner_join("class", Expr::col(("class", "id")).equals(("enrolment", "class_id")))
        .and_where(Expr::col(("student", "family_id")).equals(("family", "id")))
        .and_where(own(enrolment::Column::ClassId).eq(id.0))
        .and_where(own(enrolment::Column::Starts).lte(today))
        .and_where(own(enrolment::Column::Ends).is_null().or(own(enrolment::Column::Ends).gte(today)))
        .and_where(class::Column::Starts.lte(today))
        .and_where(class::Column::Ends.gte(today))
        .cond_where(condition(scope, Rows::Student))
        .to_owned();
    Expr::exists(attending)
}

#[cfg(test)]
mod tests;

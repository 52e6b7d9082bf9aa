//! A [`Scope`] as SQL. An empty scope is a condition that nothing meets.

use chrono::NaiveDate;
use contract::ids::StaffId;
use guard::{Scope, scope::Reach};
use sea_orm::{
    Condition, ExprTrait, JoinType,
    sea_query::{Expr, Query, SelectStatement, SimpleExpr},
};

/// Which kind of row the condition is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    Family,
    Student,
    Guardian,
}

/// The condition on rows of `family`, or of `student` or `guardian` joined with `family`.
pub(crate) fn condition(scope: &Scope, rows: Rows) -> Condition {
    // A constant beside a column in an OR keeps SQLite from using the column's index, so it stands alone or not at all.
    match scope.reaches() {
        [] => Condition::all().add(Expr::val(false).eq(true)),
        reaches => reaches.iter().fold(Condition::any(), |any, reach| any.add(reached(reach, rows))),
    }
}

fn reached(reach: &Reach, rows: Rows) -> SimpleExpr {
    match reach {
        Reach::Everything => Expr::val(true).eq(true),
        Reach::OwnedBy(owner) => Expr::col(("family", "owner_id")).eq(owner.0),
        Reach::AtCampuses(campuses) => Expr::col(("family", "campus_id")).is_in(campuses.iter().map(|campus| campus.0)),
        Reach::TaughtBy(teacher, day) => {
            let mut taught = taught_on(*teacher, *day);
            match rows {
                Rows::Student => taught.and_where(Expr::col(("lesson", "student_id")).equals(("student", "id"))),
                Rows::Family => taught
                    .join_as(JoinType::InnerJoin, "student", "pupil", Expr::col(("pupil", "id")).equals(("lesson", "student_id")))
                    .and_where(Expr::col(("pupil", "family_id")).equals(("family", "id"))),
                Rows::Guardian => taught
                    .join_as(JoinType::InnerJoin, "kinship", "kin", Expr::col(("kin", "student_id")).equals(("lesson", "student_id")))
                    .and_where(Expr::col(("kin", "guardian_id")).equals(("guardian", "id"))),
            };
            Expr::exists(taught)
        }
        Reach::ChildrenOf(guardian) => {
            let mut own = Query::select().expr(Expr::val(1)).from_as("kinship", "kin").to_owned();
            own.and_where(Expr::col(("kin", "guardian_id")).eq(guardian.0)).and_where(Expr::col(("kin", "custody")).eq("full"));
            match rows {
                Rows::Guardian => return Expr::col(("guardian", "id")).eq(guardian.0),
                Rows::Student => own.and_where(Expr::col(("kin", "student_id")).equals(("student", "id"))),
                Rows::Family => own
                    .join_as(JoinType::InnerJoin, "student", "child", Expr::col(("child", "id")).equals(("kin", "student_id")))
                    .and_where(Expr::col(("child", "family_id")).equals(("family", "id"))),
            };
            Expr::exists(own)
        }
    }
}

/// The enrolments, as `lesson`, in classes that `teacher` teaches on `day`.
pub(crate) fn taught_on(teacher: StaffId, day: NaiveDate) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from_as("enrolment", "lesson")
        .join_as(JoinType::InnerJoin, "class", "taught", Expr::col(("taught", "id")).equals(("lesson", "class_id")))
        .and_where(Expr::col(("taught", "teacher_id")).eq(teacher.0))
        .and_where(Expr::col(("taught", "starts")).lte(day))
        .and_where(Expr::col(("taught", "ends")).gte(day))
        .and_where(Expr::col(("lesson", "starts")).lte(day))
        .and_where(Expr::col(("lesson", "ends")).is_null().or(Expr::col(("lesson", "ends")).gte(day)))
        .to_owned()
}

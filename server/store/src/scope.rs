//! A [`Scope`] as SQL. An empty scope is a condition that nothing meets.

use chrono::NaiveDate;
use contract::ids::StaffId;
use guard::{Scope, records::FamilyFacts, scope::Reach};
use sea_orm::{
    Condition, ExprTrait, JoinType,
    sea_query::{Expr, Query, SelectStatement, SimpleExpr},
};

/// Joins a table to the rows that `select` has already. A cross join is the one that SQLite does not turn round: left to
/// itself, it begins with every family of a campus to find the people of fifty. PostgreSQL plans it like any other.
pub(crate) fn joined<'s>(select: &'s mut SelectStatement, table: &'static str, on: SimpleExpr) -> &'s mut SelectStatement {
    select.cross_join(table).and_where(on)
}

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

/// The condition on people of families that meet [`condition`] for families already, in the same read. None where every
/// reach is of whole families: then whoever belongs to such a family is reached with it, and nothing is left to ask.
pub(crate) fn within(scope: &Scope, people: Rows) -> Option<Condition> {
    (!reaches_whole_families(scope)).then(|| condition(scope, people))
}

/// Whether every reach is of whole families, so that whoever has it finds the same people in a family.
pub(crate) fn reaches_whole_families(scope: &Scope) -> bool {
    let whole = |reach: &Reach| match reach {
        Reach::Everything | Reach::OwnedBy(_) | Reach::AtCampuses(_) => true,
        Reach::TaughtBy(..) | Reach::ChildrenOf(_) => false,
    };
    !scope.reaches().is_empty() && scope.reaches().iter().all(whole)
}

/// The same as [`condition`] for a family that is kept in memory, where every reach is of whole families: what it asks for are
/// plain facts of the family.
pub(crate) fn reaches_family(scope: &Scope, family: &FamilyFacts) -> bool {
    scope.reaches().iter().any(|reach| match reach {
        Reach::Everything => true,
        Reach::OwnedBy(owner) => family.owner.as_ref().is_some_and(|consultant| consultant.id == *owner),
        Reach::AtCampuses(campuses) => campuses.contains(&family.campus.id),
        Reach::TaughtBy(..) | Reach::ChildrenOf(_) => false,
    })
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

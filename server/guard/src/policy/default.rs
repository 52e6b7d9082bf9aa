//! The matrix that a school begins with. Its whole table is a snapshot under test, so that a change shows in review.
//!
//! Joint rules (`joint`): whoever sees a birth date clear neither opens the identity number nor searches by it, whatever roles they hold.

use contract::{
    catalogue::FieldKey::{self, *},
    field::RecordKind,
    rights::{Cell, Exposure, Reveal, Role, RowScope},
    wire::policy::{PolicyCell, PolicyScope},
};

const fn cell(exposure: Exposure, reveal: Reveal) -> Cell {
    Cell { exposure, reveal, edit: false, search: false, export: false }
}

const CLEAR: Cell = cell(Exposure::Clear, Reveal::No);
const MASKED: Cell = cell(Exposure::Masked, Reveal::No);
const MASKED_REASON: Cell = cell(Exposure::Masked, Reveal::WithReason);
const MASKED_APPROVAL: Cell = cell(Exposure::Masked, Reveal::WithApproval);
const WITHHELD: Cell = Cell::WITHHELD;

trait With {
    fn edit(self) -> Cell;
    fn search(self) -> Cell;
    fn export(self) -> Cell;
}
impl With for Cell {
    fn edit(self) -> Cell {
        Cell { edit: true, ..self }
    }
    fn search(self) -> Cell {
        Cell { search: true, ..self }
    }
    fn export(self) -> Cell {
        Cell { export: true, ..self }
    }
}

/// The cell of one role and field at the start.
#[must_use]
pub fn cell_of(role: Role, field: FieldKey) -> Cell {
    match role {
        Role::Consultant => consultant(field),
        Role::Teacher => teacher(field),
        Role::Registrar => registrar(field),
        Role::Finance => finance(field),
        Role::Principal => principal(field),
        Role::Administrator => match field {
            StaffPhone | StaffEmail => MASKED.edit(),
            _ => WITHHELD,
        },
        // Whoever answers guardians reads what they say, by the duty and without reaching a family.
        Role::PrivacyOfficer => match field {
            QuestionWords | QuestionAnswer => MASKED,
            _ => WITHHELD,
        },
        Role::Auditor => WITHHELD,
        Role::Guardian => guardian(field),
        Role::Emergency => emergency(field),
        // There is none before a school makes one.
        Role::Custom(_) => WITHHELD,
    }
}

fn consultant(field: FieldKey) -> Cell {
    match field {
        StudentName | GuardianName => MASKED_REASON.edit().search().export(),
        StudentBirthDate | StudentSchool | StudentAddress => MASKED.edit().export(),
        StudentIdCard | StudentHealthNote | GuardianIdCard | GuardianEmployer => WITHHELD.edit(),
        GuardianPhone | GuardianSecondPhone | GuardianWechat | GuardianEmail => match field {
            GuardianPhone | GuardianEmail => MASKED_REASON.edit().search().export(),
            _ => MASKED_REASON.edit().export(),
        },
        GuardianAddress => MASKED.edit(),
        NoteBody => CLEAR.edit(),
        CorrectionWords | CorrectionAnswer => MASKED,
        QuestionWords | QuestionAnswer | StaffPhone | StaffEmail => WITHHELD,
    }
}

fn teacher(field: FieldKey) -> Cell {
    match field {
        StudentName => CLEAR.search(),
        StudentBirthDate => MASKED,
        StudentHealthNote => MASKED_REASON,
        GuardianName => MASKED,
        NoteBody => MASKED,
        _ => WITHHELD,
    }
}

fn registrar(field: FieldKey) -> Cell {
    match field {
        StudentName | GuardianName => CLEAR.edit().search().export(),
        StudentBirthDate => CLEAR.edit().export(),
        // A search by the number would tell of each guess whether it is right, beside a birth date that is clear.
        StudentIdCard => MASKED_APPROVAL.edit(),
        GuardianIdCard => MASKED_APPROVAL.edit().search(),
        StudentSchool | StudentAddress | GuardianAddress => MASKED_REASON.edit().export(),
        StudentHealthNote => MASKED_REASON.edit(),
        GuardianPhone | GuardianEmail => MASKED_REASON.edit().search().export(),
        GuardianSecondPhone | GuardianWechat => MASKED_REASON.edit().export(),
        GuardianEmployer => WITHHELD.edit(),
        NoteBody => MASKED.edit(),
        CorrectionWords | CorrectionAnswer => MASKED,
        QuestionWords | QuestionAnswer | StaffPhone | StaffEmail => WITHHELD,
    }
}

fn finance(field: FieldKey) -> Cell {
    match field {
        StudentName => MASKED.search().export(),
        GuardianName => CLEAR.search().export(),
        GuardianPhone => MASKED.search(),
        _ => WITHHELD,
    }
}

fn principal(field: FieldKey) -> Cell {
    match field {
        StudentName | GuardianName => MASKED_REASON.search().export(),
        StudentBirthDate | StudentSchool | StudentAddress | GuardianAddress | NoteBody => MASKED.export(),
        StudentIdCard | StudentHealthNote | GuardianIdCard | GuardianEmployer => MASKED_APPROVAL,
        GuardianPhone | GuardianEmail => MASKED_REASON.search().export(),
        GuardianSecondPhone | GuardianWechat => MASKED_REASON,
        CorrectionWords | CorrectionAnswer | QuestionWords | QuestionAnswer | StaffPhone | StaffEmail => MASKED,
    }
}

/// A guardian sees what the school holds of the own child and of themselves (PIPL Art. 45), not what staff note.
fn guardian(field: FieldKey) -> Cell {
    match field.record() {
        RecordKind::Student | RecordKind::Guardian => match field {
            StudentIdCard | GuardianIdCard => MASKED,
            _ => CLEAR,
        },
        // An answer is somebody else's free text.
        RecordKind::Correction | RecordKind::Question => match field {
            CorrectionAnswer | QuestionAnswer => MASKED,
            _ => CLEAR,
        },
        RecordKind::Family | RecordKind::Note | RecordKind::Staff => WITHHELD,
    }
}

/// Whom to call, where they are, and what a doctor has to know.
fn emergency(field: FieldKey) -> Cell {
    match field {
        StudentName | GuardianName => CLEAR.search(),
        StudentBirthDate => MASKED,
        StudentAddress | StudentHealthNote | GuardianPhone | GuardianSecondPhone | GuardianAddress => MASKED_REASON,
        _ => WITHHELD,
    }
}

/// Which records a role reaches at the start.
#[must_use]
pub const fn scope_of(role: Role) -> RowScope {
    match role {
        Role::Consultant | Role::Guardian => RowScope::Own,
        Role::Teacher => RowScope::TeachesNow,
        Role::Registrar | Role::Finance | Role::Principal | Role::Emergency => RowScope::Campus,
        Role::Administrator | Role::PrivacyOfficer | Role::Auditor | Role::Custom(_) => RowScope::None,
    }
}

/// Every cell.
#[must_use]
pub fn cells() -> Vec<PolicyCell> {
    let of = |role: Role| FieldKey::ALL.iter().map(move |field| PolicyCell { role, field: *field, cell: cell_of(role, *field) });
    Role::BUILT_IN.iter().flat_map(|role| of(*role)).collect()
}

/// Every scope.
#[must_use]
pub fn scopes() -> Vec<PolicyScope> {
    Role::BUILT_IN.iter().map(|role| PolicyScope { role: *role, scope: scope_of(*role) }).collect()
}

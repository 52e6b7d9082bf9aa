//! Drawn matrices, viewers and records.
//!
//! The rule: a seed draws the same in every run. People and campuses are few, so that relations hold about as often as they
//! do not; a guardian may have the number of a member of staff. Deliberately absent: likely combinations only.

use contract::{
    FieldKey,
    field::RecordKind,
    ids::{CampusId, GuardianId, SessionId, StaffId},
    rights::{Cell, CustomRole, Exposure, Reveal, Role, RoleSet, RowScope},
    wire::policy::{PolicyCell, PolicyRole, PolicyScope},
};
use guard::{
    Actor, Admission, Facts, Viewer,
    policy::{Rules, default},
};
use uuid::Uuid;

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Draw(u64);

impl Draw {
    /// The draws of one matrix.
    pub(crate) fn new(seed: u64, matrix: u64) -> Self {
        let mut draw = Self(seed);
        Self(draw.next() ^ matrix.wrapping_mul(0xD134_2543_DE82_EF95))
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }
    fn id(&mut self, among: u64) -> Uuid {
        Uuid::from_u128(1 + u128::from(self.below(among)))
    }
}

/// A matrix as the school's database keeps it.
pub(crate) struct Matrix {
    pub(crate) cells: Vec<PolicyCell>,
    pub(crate) scopes: Vec<PolicyScope>,
    /// The school's own roles that are there; the others have rows too, which count for nothing.
    pub(crate) named: Vec<CustomRole>,
}

impl Matrix {
    /// The first is the one that a school begins with, and every second one has its scopes.
    pub(crate) fn drawn(draw: &mut Draw, number: u64) -> Self {
        if number == 0 {
            return Self { cells: default::cells(), scopes: default::scopes(), named: Vec::new() };
        }
        let mut cells = Vec::new();
        for (role, field) in Role::ALL.iter().flat_map(|role| FieldKey::ALL.iter().map(|field| (*role, *field))) {
            // Some cells are missing: they are withheld.
            if draw.percent(90) {
                let cell = Cell {
                    exposure: draw.of(&[Exposure::Withheld, Exposure::Masked, Exposure::Clear]),
                    reveal: draw.of(&[Reveal::No, Reveal::WithApproval, Reveal::WithReason]),
                    edit: draw.percent(50),
                    search: draw.percent(50),
                    export: draw.percent(50),
                };
                cells.push(PolicyCell { role, field, cell });
            }
        }
        let mut scopes = default::scopes();
        scopes.extend(
            CustomRole::ALL.iter().map(|custom| PolicyScope { role: Role::Custom(*custom), scope: default::scope_of(custom.base()) }),
        );
        if number % 2 == 1 {
            // In turn, not drawn: ten matrices leave no role without each scope. One that is missing means none.
            scopes.retain_mut(|one| {
                one.scope = RowScope::ALL[(number as usize / 2 + one.role.index()) % RowScope::ALL.len()];
                one.scope != RowScope::None || draw.percent(50)
            });
        }
        let named = CustomRole::ALL.iter().copied().filter(|_| draw.percent(70)).collect();
        Self { cells, scopes, named }
    }
    /// What the school's database would hold of it.
    pub(crate) fn rules(&self) -> Rules {
        let named = |role: &CustomRole| PolicyRole { role: *role, zh: role.name().to_owned(), en: role.name().to_owned() };
        let roles = self.named.iter().map(named).collect();
        Rules { cells: self.cells.clone(), scopes: self.scopes.clone(), conditions: Vec::new(), roles }
    }
}

/// In which form does a viewer see a field of a record?
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) viewer: Viewer,
    /// Absent where the record belongs to no family.
    pub(crate) facts: Option<Facts>,
    pub(crate) field: FieldKey,
}

impl Question {
    pub(crate) fn drawn(draw: &mut Draw) -> Self {
        let field = draw.of(FieldKey::ALL);
        let facts = Facts {
            campus: CampusId(draw.id(3)),
            owner: draw.percent(80).then(|| StaffId(draw.id(3))),
            taught_by_viewer: draw.percent(40),
            own_child: draw.percent(40),
        };
        Self { viewer: viewer(draw), facts: (field.record() != RecordKind::Staff).then_some(facts), field }
    }
}

fn viewer(draw: &mut Draw) -> Viewer {
    let guardian = draw.percent(20);
    let mut roles: Vec<Role> = (0..draw.below(4)).map(|_| draw.of(Role::ALL)).collect();
    if guardian {
        roles.push(Role::Guardian);
    }
    let id = draw.id(3);
    #[expect(clippy::disallowed_methods, reason = "a viewer of a measurement")]
    Viewer::admit(Admission {
        actor: if guardian { Actor::Guardian(GuardianId(id)) } else { Actor::Staff(StaffId(id)) },
        name: String::new(),
        roles: RoleSet::from_iter(roles),
        campuses: (0..draw.below(3)).map(|_| CampusId(draw.id(3))).collect(),
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now: chrono::DateTime::UNIX_EPOCH,
        whence: guard::Whence::Unknown,
    })
}

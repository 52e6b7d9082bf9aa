//! The words of the policy: exposure, what a cell of the matrix says, roles, row scopes, duties.
//!
//! Words only: who may see what is decided in `guard`. The client uses them to draw the matrix.

use serde::{Deserialize, Serialize};

/// How much of a value a viewer sees. The order is the law: layers combine with `min`, roles with `max`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Exposure {
    /// Nothing: the value is not even opened.
    #[default]
    Withheld,
    /// The mask of the field.
    Masked,
    /// The value.
    Clear,
}

/// Whether a masked or withheld value may be opened deliberately, one record and one field at a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Reveal {
    /// Never.
    #[default]
    No,
    /// After another person has approved it.
    WithApproval,
    /// With a reason and a fresh passkey.
    WithReason,
}

/// One cell of the matrix: what a role may do with a field. The default allows nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cell {
    /// What is shown without asking.
    pub exposure: Exposure,
    /// Whether it can be opened deliberately.
    pub reveal: Reveal,
    /// Whether it may be written.
    pub edit: bool,
    /// Whether records may be found by it.
    pub search: bool,
    /// Whether it goes into exports (in the form that is shown, never more).
    pub export: bool,
}

impl Cell {
    /// Nothing at all; what a missing cell means.
    pub const WITHHELD: Cell = Cell { exposure: Exposure::Withheld, reveal: Reveal::No, edit: false, search: false, export: false };
}

/// Which records a role reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RowScope {
    /// No records.
    #[default]
    None,
    /// Families that the viewer owns as consultant; for a guardian, the own children.
    Own,
    /// Pupils whom the viewer teaches today.
    TeachesNow,
    /// Everything at the viewer's campuses.
    Campus,
    /// The whole school.
    All,
}

impl RowScope {
    /// Every scope, from none to all.
    pub const ALL: &'static [RowScope] = &[Self::None, Self::Own, Self::TeachesNow, Self::Campus, Self::All];
}

macro_rules! roles {
    (every school { $($(#[$doc:meta])* $role:ident = $bit:literal, $name:literal, $zh:literal, $en:literal;)+ }
     $(over $base:ident { $($custom:ident = $custom_bit:literal, $custom_name:literal;)+ })+) => {
        /// A role of the school. Administrator, privacy officer and auditor are three people (三权分立).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role {
            $($(#[$doc])* $role,)+
            /// One that the school makes itself.
            Custom(CustomRole),
        }
        /// A place for a role that a school makes itself (班主任, 招生实习生). What it is for beside seeing records is that of its base;
        /// its name and its row stand in the matrix, and a place that no matrix names is nothing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CustomRole { $($(#[doc = concat!("Over ", stringify!($base), ".")] $custom),+),+ }
        crate::named::named!(Role);
        crate::named::named!(CustomRole);
        impl Role {
            /// Every role, the places for a school's own among them.
            pub const ALL: &'static [Role] = &[$(Role::$role,)+ $($(Role::Custom(CustomRole::$custom)),+),+];
            /// Those that every school has.
            pub const BUILT_IN: &'static [Role] = &[$(Role::$role),+];
            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Role::$role => $name,)+ Role::Custom(custom) => custom.name() }
            }
            /// The position in a [`RoleSet`] and in the compiled policy.
            #[must_use]
            pub const fn index(self) -> usize {
                match self { $(Role::$role => $bit,)+ Role::Custom(custom) => custom.index() }
            }
            /// What it is called, in Chinese and in English; of a school's own, what its base is called.
            #[must_use]
            pub const fn called(self) -> (&'static str, &'static str) {
                match self { $(Role::$role => ($zh, $en),)+ Role::Custom(custom) => custom.base().called() }
            }
        }
        impl CustomRole {
            /// Every place.
            pub const ALL: &'static [CustomRole] = &[$($(CustomRole::$custom),+),+];
            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(CustomRole::$custom => $custom_name),+),+ }
            }
            /// The position in a [`RoleSet`] and in the compiled policy.
            #[must_use]
            pub const fn index(self) -> usize {
                match self { $($(CustomRole::$custom => $custom_bit),+),+ }
            }
            /// The role whose duties it has, and whose credential it asks for.
            #[must_use]
            pub const fn base(self) -> Role {
                match self { $($(CustomRole::$custom)|+ => Role::$base),+ }
            }
        }
    };
}

roles! {
    every school {
        /// 课程顾问
        Consultant = 0, "consultant", "课程顾问", "Consultant";
        /// 教师
        Teacher = 1, "teacher", "教师", "Teacher";
        /// 教务
        Registrar = 2, "registrar", "教务", "Registrar";
        /// 财务
        Finance = 3, "finance", "财务", "Finance";
        /// 校长
        Principal = 4, "principal", "校长", "Principal";
        /// 系统管理员: configuration, never personal data.
        Administrator = 5, "administrator", "系统管理员", "Administrator";
        /// 隐私官
        PrivacyOfficer = 6, "privacy_officer", "隐私官", "Privacy officer";
        /// 审计员
        Auditor = 7, "auditor", "审计员", "Auditor";
        /// 家长
        Guardian = 8, "guardian", "家长", "Guardian";
        /// 应急人员: what an emergency opens. Nobody is given it; whoever has it has it for an hour.
        Emergency = 9, "emergency", "应急人员", "Emergency";
    }
    over Consultant { ConsultantA = 10, "consultant_a"; ConsultantB = 11, "consultant_b"; ConsultantC = 12, "consultant_c"; }
    over Teacher { TeacherA = 13, "teacher_a"; TeacherB = 14, "teacher_b"; TeacherC = 15, "teacher_c"; }
    over Registrar { RegistrarA = 16, "registrar_a"; RegistrarB = 17, "registrar_b"; RegistrarC = 18, "registrar_c"; }
    over Finance { FinanceA = 19, "finance_a"; FinanceB = 20, "finance_b"; FinanceC = 21, "finance_c"; }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|role| role.name() == name).ok_or(UnknownRole)
    }
}

/// A text named no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such role")]
pub struct UnknownRole;

/// What a role is for beside seeing records; fixed in code, so that no matrix can give an administrator a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Duty {
    /// Take in families, write notes, move stages.
    KeepFamilies,
    /// Read the field matrix.
    ReadPolicy,
    /// Change the field matrix.
    KeepPolicy,
    /// Read the trail.
    ReadTrail,
    /// Invite staff and end their access.
    KeepStaff,
    /// Decide what others ask to open, answer what guardians question; never about oneself.
    Approve,
    /// Name the school, its campuses and its settings.
    KeepSchool,
    /// See the alarms and look into them; never into one about oneself.
    Watch,
    /// Read the reports of audits, and do what their findings ask for.
    ReadAudit,
    /// Sign a report of an audit, or decline to; never one that oneself drew up.
    SignAudit,
}

impl Duty {
    /// Every duty.
    pub const ALL: &'static [Duty] = &[
        Self::KeepFamilies,
        Self::ReadPolicy,
        Self::KeepPolicy,
        Self::ReadTrail,
        Self::KeepStaff,
        Self::Approve,
        Self::KeepSchool,
        Self::Watch,
        Self::ReadAudit,
        Self::SignAudit,
    ];
}

impl Role {
    /// The role whose duties it has: itself, unless the school made it.
    #[must_use]
    pub const fn base(self) -> Role {
        match self {
            Role::Custom(custom) => custom.base(),
            built_in => built_in,
        }
    }
    /// Whether staff can be given the role: not a guardian's, and not that of emergencies; one of the school's own while the matrix in
    /// force names it.
    #[must_use]
    pub const fn is_given(self) -> bool {
        !matches!(self, Role::Guardian | Role::Emergency)
    }
    /// Whether the school says of the role itself what credential it asks for: of each that somebody signs in with. For its own roles,
    /// their bases do.
    #[must_use]
    pub const fn has_rung(self) -> bool {
        !matches!(self, Role::Emergency | Role::Custom(_))
    }
    /// Whether it may count in full at some hours or from some networks alone. Not a guardian's, who sees their own children; not that of
    /// emergencies, which has its hour; not one of the three offices, whose work at night is what they are for.
    #[must_use]
    pub const fn takes_condition(self) -> bool {
        matches!(self.base(), Role::Consultant | Role::Teacher | Role::Registrar | Role::Finance | Role::Principal)
    }
    /// Whether a program may read by it: a role that works with families, and the same ones that may have a condition.
    #[must_use]
    pub const fn takes_token(self) -> bool {
        self.takes_condition()
    }
    /// The duties of the role.
    #[must_use]
    pub const fn duties(self) -> &'static [Duty] {
        match self {
            Role::Consultant | Role::Registrar => &[Duty::KeepFamilies],
            Role::Principal => &[Duty::KeepFamilies, Duty::ReadPolicy, Duty::Approve, Duty::ReadAudit, Duty::SignAudit],
            Role::Teacher | Role::Finance | Role::Guardian | Role::Emergency => &[],
            Role::Administrator => &[Duty::KeepStaff, Duty::KeepSchool, Duty::ReadPolicy, Duty::Watch, Duty::ReadAudit],
            Role::PrivacyOfficer => &[Duty::ReadPolicy, Duty::KeepPolicy, Duty::ReadTrail, Duty::Approve, Duty::Watch, Duty::ReadAudit],
            Role::Auditor => &[Duty::ReadPolicy, Duty::ReadTrail, Duty::Watch, Duty::ReadAudit],
            Role::Custom(custom) => custom.base().duties(),
        }
    }
}

/// The roles of one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Role>", into = "Vec<Role>")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<Role>))]
pub struct RoleSet(u32);

impl RoleSet {
    /// The roles, in their fixed order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        // Bit by bit: a role that nobody has costs nothing.
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let at = bits.trailing_zeros();
            bits &= bits.wrapping_sub(1);
            Role::ALL.get(at as usize).copied()
        })
    }
    /// Whether `role` is among them.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role.index()) != 0
    }
    /// Whether `base` is among them, or a role that the school made over it.
    #[must_use]
    pub fn has_base(self, base: Role) -> bool {
        self.iter().any(|role| role.base() == base)
    }
    /// The roles that are among others too.
    #[must_use]
    pub const fn common(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }
    /// Whether one of the roles has the duty.
    #[must_use]
    pub fn has_duty(self, duty: Duty) -> bool {
        self.iter().any(|role| role.duties().contains(&duty))
    }
    /// Whether nobody is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// How many of administrator, privacy officer and auditor are among them.
    #[must_use]
    pub fn of_three(self) -> usize {
        self.iter().filter(|role| matches!(role, Role::Administrator | Role::PrivacyOfficer | Role::Auditor)).count()
    }
    /// Whether one person may hold them: one of the three (三权分立), or two where the school allows it; never all three.
    #[must_use]
    pub fn keeps_apart(self, two_of_three: bool) -> bool {
        self.of_three() <= if two_of_three { 2 } else { 1 }
    }
    /// The set as a number, for storage.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }
    /// The set from its number; bits that name no role are dropped.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        Role::ALL.iter().copied().filter(|role| bits & (1 << role.index()) != 0).collect()
    }
}
impl FromIterator<Role> for RoleSet {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | (1 << role.index())))
    }
}
impl From<Vec<Role>> for RoleSet {
    fn from(roles: Vec<Role>) -> Self {
        roles.into_iter().collect()
    }
}
impl From<RoleSet> for Vec<Role> {
    fn from(set: RoleSet) -> Self {
        set.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The walk goes by bits and finds a role by its place, so that place and bit have to be one.
    #[test]
    fn a_walk_over_any_set_meets_exactly_its_roles_in_their_order() {
        // A stride that is prime, so that every role is met beside every other, in a moment.
        for bits in (0..1_u32 << Role::ALL.len()).step_by(7) {
            let set = RoleSet::from_bits(bits);
            let met: Vec<Role> = set.iter().collect();
            let held: Vec<Role> = Role::ALL.iter().copied().filter(|role| set.has(*role)).collect();
            assert_eq!((met, set.bits()), (held, bits));
        }
    }

    #[test]
    fn a_role_of_the_schools_own_is_its_base_in_all_but_its_row() {
        assert_eq!(Role::ALL.len(), Role::BUILT_IN.len() + CustomRole::ALL.len());
        assert!(Role::BUILT_IN.iter().all(|role| role.base() == *role));
        for custom in CustomRole::ALL.iter().copied() {
            let (role, base) = (Role::Custom(custom), custom.base());
            assert!(matches!(base, Role::Consultant | Role::Teacher | Role::Registrar | Role::Finance));
            assert_eq!((role.base(), role.duties(), role.takes_condition()), (base, base.duties(), base.takes_condition()));
            assert!(role.is_given() && !role.has_rung());
            assert!(role.name().starts_with(base.name()) && role.name() != base.name());
            assert_eq!((role.index(), role.name().parse()), (custom.index(), Ok(role)));
            let set = RoleSet::from_iter([role]);
            assert!(set.has_base(base) && !set.has(base) && set.of_three() == 0);
            assert_eq!(RoleSet::from_bits(set.bits()), set);
            assert_eq!(serde_json::from_str::<RoleSet>(&serde_json::to_string(&set).unwrap()).unwrap(), set);
        }
        for base in [Role::Consultant, Role::Teacher, Role::Registrar, Role::Finance] {
            assert_eq!(CustomRole::ALL.iter().filter(|custom| custom.base() == base).count(), 3);
        }
    }

    #[test]
    fn the_three_are_kept_apart_and_all_three_never_meet() {
        let set = |roles: &[Role]| roles.iter().copied().collect::<RoleSet>();
        let [one, two, three] = [Role::Administrator, Role::PrivacyOfficer, Role::Auditor];
        assert!(set(&[one, Role::Teacher, Role::Finance]).keeps_apart(false));
        for pair in [[one, two], [two, three], [one, three]] {
            assert!(!set(&pair).keeps_apart(false));
            assert!(set(&pair).keeps_apart(true));
        }
        assert!(!set(&[one, two, three]).keeps_apart(true));
    }
}

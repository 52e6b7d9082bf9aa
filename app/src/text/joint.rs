//! Texts about what some roles would see together; for the pages that give rights and those that give roles.

use super::{Text, text};

/// The number of a pupil opens beside a birth date that is known.
pub const NUMBER_OPEN: Text = text(
    "「{roles}」能同时知道学员的出生日期并打开身份证号（涉及 {people} 人）。身份证号的多数位就是出生日期与地区：不能保存。",
    "“{roles}” would know the birth date and open the ID number, which is mostly that date and a district ({people} people): this cannot be saved.",
);
/// The number of a pupil can be tried out.
pub const NUMBER: Text = text(
    "「{roles}」由出生日期、地址和遮罩可把学员身份证号缩小到 {n} 种，又能按号码查找：一天 30 次，{days} 天试遍（涉及 {people} 人）。不能保存。",
    "“{roles}” would narrow a pupil's ID number down to {n} candidates by the birth date, the address and the mask, and could search by it: tried out in {days} days at 30 a day ({people} people). This cannot be saved.",
);
/// The number holds the date.
pub const DATE: Text = text(
    "「{roles}」能打开学员身份证号，号码里就有出生日期，而出生日期对其不是明的（涉及 {people} 人）。请确认这是必要的。",
    "“{roles}” could open a pupil's ID number, which holds the birth date that is not clear for them ({people} people). Make sure that it is needed.",
);

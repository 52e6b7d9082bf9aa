//! Texts of the questions who sees what, and why.

use super::{Text, text};

/// Title, and link from the matrix.
pub const TITLE: Text = text("谁看得到，为什么", "Who sees what, and why");
/// Link from a family, and from a member of staff.
pub const SHORT: Text = text("谁看得到", "Who sees it");
/// Line.
pub const LINE: Text = text(
    "只答形式与原因，什么也不启封；每问一次，先记入审计。",
    "Forms and reasons only: nothing is opened, and each question is recorded first.",
);
/// A colleague's record.
pub const COLLEAGUE: Text = text("或一位同事的记录", "Or a colleague's record");
/// Chooses it.
pub const CHOOSE_COLLEAGUE: Text = text("选其记录", "Choose theirs");
/// Chosen.
pub const CHOSEN_COLLEAGUE: Text = text("已选{who}的员工记录", "The record of {who} is chosen");
/// Not there.
pub const MISSING_COLLEAGUE: Text = text("没有这位同事", "There is no such colleague");
/// The family.
pub const FAMILY: Text = text("家庭", "Family");
/// Hint for whoever has no list of families.
pub const FAMILY_ID: Text = text(
    "粘贴家庭页的地址或编号，可由看得到它的同事告知。",
    "Paste the address or the id of a family's page; a colleague who sees it can tell.",
);
/// Hint for whoever has one.
pub const FAMILY_NAME: Text =
    text("姓名或拼音首字母；也可粘贴家庭页的地址。", "A name or its pinyin initials; or paste the address of a family's page.");
/// Chooses it.
pub const CHOOSE: Text = text("选定", "Choose");
/// Chosen.
pub const CHOSEN: Text = text("已选家庭，编号末六位 {mark}", "Family chosen, its id ends with {mark}");
/// Nobody was found.
pub const NONE_FOUND: Text = text("您的范围内没有找到。", "None found within your reach.");
/// Question one.
pub const PERSON: Text = text("一位同事看到什么", "What a colleague sees");
/// Question two.
pub const FIELD: Text = text("一个字段谁看得到", "Who sees a field");
/// Asks one.
pub const ASK_PERSON: Text = text("看他看到什么", "See what they see");
/// Asks two.
pub const ASK_FIELD: Text = text("看谁看得到", "See who sees it");
/// First use.
pub const FIRST: Text = text("先选一户家庭，或一位同事的记录", "Choose a family first, or a colleague's record");
/// First use, line.
pub const FIRST_LINE: Text =
    text("然后问：某位同事看到什么，或某个字段谁看得到。", "Then ask what a colleague sees of it, or who sees one of its fields.");
/// Something is chosen.
pub const NEXT: Text = text("想知道什么？", "What would you like to know?");
/// Not there, or out of reach.
pub const MISSING: Text = text("没有这户家庭，或不在您的范围内", "There is no such family, or you do not reach it");
/// Whom to ask.
pub const MISSING_LINE: Text =
    text("两者不作区分。全校的家庭可以请隐私官来问。", "The two are not told apart. The privacy officer may ask about every family.");
/// Heading of an answer about a person.
pub const SEEN_BY: Text = text("{who}看到的", "What {who} sees");
/// By which version.
pub const VERSION: Text = text("按矩阵第 {n} 版", "by version {n} of the matrix");
/// Records of a kind, by the ends of their ids.
pub const RECORDS: Text = text("{kind}，编号末六位 {marks}", "{kind}, ids end with {marks}");
/// Column.
pub const FORM: Text = text("形式", "Form");
/// Column.
pub const OPENS: Text = text("启封", "Opening");
/// Column.
pub const WHO: Text = text("谁", "Who");
/// Column.
pub const WHY: Text = text("原因", "Why");
/// Link at a field.
pub const WHO_ELSE: Text = text("还有谁看得到", "Who else sees it");
/// Heading of an answer about a field.
pub const SEES: Text = text("谁看得到{field}", "Who sees {field}");
/// Those who do not.
pub const NOT_SEEN: Text = text("看不到的 {n} 人", "{n} who do not see it");
/// Nobody does.
pub const NOBODY: Text = text("现在没有人看得到。", "Nobody sees it now.");
/// Guardians.
pub const GUARDIANS: Text = text("家长 {n} 人", "{n} guardians");
/// There is no such record, or none that one may ask about.
pub const NO_RECORD: Text = text("您能问的范围里，没有带这个字段的记录。", "There is no record with this field that you may ask about.");
/// No record at all.
pub const NO_RECORDS: Text =
    text("您能问的范围里，这户家庭还没有学员、家长或跟进。", "There is no student, guardian or note that you may ask about.");

/// A deciding step.
pub const STEP: Text = text("角色 {role} · {how} · 矩阵第 {n} 版", "role {role} · {how} · version {n} of the matrix");
/// A step that does not decide.
pub const STEP_LESS: Text = text("角色 {role} · {how} · 矩阵只给：{form}", "role {role} · {how} · the matrix gives: {form}");
/// A step that does not reach.
pub const STEP_NOT: Text = text("角色 {role} · {how}", "role {role} · {how}");
/// A role that is narrowed now.
pub const NARROWED: Text = text("现在不符合条件（{when}），至多看遮罩", "its condition is not met now ({when}): masks at most");
/// A role that is not narrowed, from a network that is named.
pub const UNDER: Text = text("以符合条件为准（{when}），否则至多看遮罩", "while its condition is met ({when}), else masks at most");
/// No role.
pub const NO_ROLE: Text = text("没有角色", "no role");
/// Suspended.
pub const SUSPENDED: Text = text("账号已暂停，现在不能登录", "the account is suspended: no sign-in now");
/// Asked.
pub const ASKED: Text = text("已申请启封，等另一人批准，至 {until}", "asked to open it; waits for a second person until {until}");
/// Granted.
pub const GRANTED: Text = text("已获批准，可启封一次，至 {until}", "granted: opens once until {until}");
/// A standing grant holds.
pub const STANDING: Text = text(
    "常设授权：任教{class}期间，到 {day} 为止，凭事由可启封",
    "standing grant: while they teach {class}, until {day}, a reason opens it",
);
/// A change that is confirmed and waits for its moment.
pub const CHANGE_SURE: Text =
    text("已确认的改动（第 {n} 版）：{from} 起{turn}，{then}", "a confirmed change (version {n}), from {from} on {turn}: {then}");
/// A change that is proposed, from a moment.
pub const CHANGE_FROM: Text = text(
    "待定的改动（第 {n} 版）若成立：{from} 起{turn}，{then}",
    "a proposed change (version {n}), if it holds from {from} on {turn}: {then}",
);
/// A change that is proposed, from its confirmation on.
pub const CHANGE: Text =
    text("待定的改动（第 {n} 版）一经确认即{turn}，{then}", "a proposed change (version {n}), as soon as it is confirmed {turn}: {then}");
/// Turn: gains.
pub const GAINS: Text = text("放宽", "wider");
/// Turn: loses.
pub const LOSES: Text = text("收紧", "narrower");
/// Turn: gains in one way and loses in another.
pub const TURNS: Text = text("改变", "different");

/// A duty is there.
pub const HAS_DUTY: Text = text("有职责：{duty}", "has the duty: {duty}");
/// A duty is missing.
pub const NO_DUTY: Text = text("没有职责：{duty}", "does not have the duty: {duty}");
/// The look is another's.
pub const OTHERS_LOOK: Text = text("被质疑的是别人的查看", "somebody else's look is questioned");
/// The look is their own.
pub const OWN_LOOK: Text = text("被质疑的是自己的查看，不能自己答复", "their own look is questioned, for which nobody answers themselves");
/// They answer for the family.
pub const ANSWERS: Text = text("可答复这户家庭", "answers to this family");
/// They do not.
pub const ANSWERS_NOT: Text = text("这户家庭不由他答复", "does not answer to this family");
/// They write the field.
pub const WRITES: Text = text("能写要更正的字段：{field}", "writes the field to be corrected: {field}");
/// They do not.
pub const WRITES_NOT: Text = text("不能写要更正的字段：{field}", "does not write the field to be corrected: {field}");
/// The guardian who asked.
pub const WROTE: Text = text("自己提出的", "asked it themselves");
/// Another guardian.
pub const WROTE_NOT: Text = text("不是自己提出的", "did not ask it");
/// A role that counts by a duty.
pub const WHATEVER: Text = text("不论范围", "whatever it reaches");

/// Reached: own family.
pub const OWN: Text = text("本人负责的家庭", "their own family");
/// Reached: own child.
pub const OWN_CHILD: Text = text("自己的孩子与本人资料", "their own child, or themselves");
/// Reached: taught.
pub const TEACHES: Text = text("现任课：{classes}", "teaches now: {classes}");
/// Reached: campus.
pub const CAMPUS: Text = text("本校区", "their campus");
/// Reached: all.
pub const ALL: Text = text("全校", "the whole school");
/// Not reached: no scope.
pub const REACHES_NONE: Text = text("不及任何家庭", "reaches no family");
/// Not reached: another's.
pub const NOT_OWN: Text = text("不是本人负责的家庭", "not their family");
/// Not reached: another's child.
pub const NOT_OWN_CHILD: Text = text("不是本人或所监护的孩子", "not themselves, nor a child in their custody");
/// Not reached: not taught.
pub const NOT_TAUGHT: Text = text("现在不教这个孩子", "does not teach the pupil now");
/// Not reached: another campus.
pub const NOT_CAMPUS: Text = text("不在其校区", "not at their campus");

/// The body.
pub const BODY: Text = text("接口给他的原文（JSON）", "The answer they get (JSON)");
/// What stands in it.
pub const BODY_LINE: Text = text(
    "与真实应答逐字节相同，只有两处盖住：字段的内容写作 ****；您自己看不到的写作 …。",
    "Byte for byte what they get, but for what is covered: values are ****, and what you do not read yourself is ….",
);
/// Copies it.
pub const COPY: Text = text("复制 JSON", "Copy JSON");
/// There is none.
pub const NO_BODY: Text =
    text("接口对这户家庭的应答是 404：与没有这户家庭一样。", "They are answered 404, as if there were no such family.");
/// There is none of a colleague.
pub const NO_BODY_COLLEAGUE: Text =
    text("接口对这份记录的应答是 403：没有管理员工的职责。", "They are answered 403: they do not have the duty to keep the staff.");
/// There is none, since they cannot sign in.
pub const NO_SIGN_IN: Text = text("账号已暂停：现在什么应答也得不到。", "The account is suspended: they get no answer at all now.");

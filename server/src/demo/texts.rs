//! What people write in free text: health notes and follow-up notes.
//!
//! The rule: a part of the notes says what belongs into a field (a number, a WeChat id, an address), because people do so
//! and masks must find it. Deliberately absent: anything that a template could say about a real child.

use super::dice::Dice;
use contract::wire::{
    guardians::NewGuardian,
    school::{Relation, Stage},
    students::NewStudent,
};

const HEALTH: &[&str] = &[
    "花生过敏，随身带抗过敏药。",
    "对尘螨过敏，书法课请坐在窗边。",
    "哮喘，喷雾在书包侧袋。",
    "轻度近视，请安排在前三排。",
    "乳糖不耐受，茶点不要给奶制品。",
    "青霉素过敏。",
    "左手腕骨折恢复中，古琴课先听不弹。",
    "海鲜过敏；紧急时先打妈妈电话。",
    "热性惊厥史，体温超过38度请立刻通知家长。",
    "每天中午服药一次，由家长交给前台。\n不要与茶同服。",
    "容易流鼻血，按压十分钟即可。",
];
const COURSES: &[&str] = &["论语", "弟子规", "书法", "古琴", "茶道", "诗经", "围棋", "国画"];
const LEAD: &[&str] = &[
    "从朋友那里听说书院，想了解{course}的时间。",
    "来电咨询{course}，孩子以前没有学过。",
    "公开课上留的联系方式，对{course}感兴趣。",
    "问了学费和接送，说和家人商量后再定。",
    "希望周末上课，平时没有时间接送。",
];
const TRIAL: &[&str] = &[
    "试听了{course}，孩子坐得住，老师评价不错。",
    "约了周六上午试听{course}，会提前十分钟到。",
    "试听后觉得班级人数偏多，想看看小组课。",
    "改期一次，孩子感冒，下周再来试听。",
];
const ENROLLED: &[&str] = &[
    "{child}这个月{course}进步明显，家长很满意。",
    "提醒续费，家长说下周来校区办理。",
    "请假一周，回来后补一节{course}。",
    "想加报{course}，等新班开课。",
    "{child}在课上有点走神，和家长沟通了作息。",
    "家长问能否换到下午的班。",
];
const LEFT: &[&str] = &["搬家，以后有机会再来。", "升学压力大，先停{course}。", "学费已结清，退了剩余课时。", "说等上了初中再考虑。"];
const EXTRA: &[&str] = &[
    "{who}另一个号码{phone}，晚上八点后方便。",
    "{who}换了号码：{phone}",
    "加微信{wechat}，资料发过去了。",
    "接送的是姥姥，电话 {phone}。",
    "住{address}，问有没有更近的校区。",
    "请打{spaced}，不要打单位电话。",
    "邮件发到{email}即可。",
];

/// A health note.
pub(super) fn health(dice: &mut Dice) -> String {
    dice.word(HEALTH).to_owned()
}

/// A follow-up note of a family at `stage`. A quarter of the notes carry contact data in their text.
pub(super) fn note(dice: &mut Dice, stage: Stage, student: Option<&NewStudent>, guardian: Option<&NewGuardian>, phone: &str) -> String {
    let table = match stage {
        Stage::Lead => LEAD,
        Stage::Trial => TRIAL,
        Stage::Enrolled => ENROLLED,
        Stage::Left => LEFT,
    };
    let course = dice.word(COURSES);
    let child = student.map_or("孩子", |student| student.name.as_str());
    let mut body = dice.word(table).replace("{course}", course).replace("{child}", child);
    if dice.chance(250) {
        let who = match guardian.map(|guardian| guardian.relation) {
            Some(Relation::Mother) => "妈妈",
            Some(Relation::Father) => "爸爸",
            Some(Relation::Grandparent) => "奶奶",
            _ => "家长",
        };
        let own = |field: fn(&NewGuardian) -> &String| guardian.map(field).filter(|text| !text.is_empty());
        let (head, tail) = phone.split_at_checked(3).unwrap_or((phone, ""));
        let (middle, tail) = tail.split_at_checked(4).unwrap_or((tail, ""));
        body.push(if dice.chance(200) { '\n' } else { ' ' });
        body += &dice
            .word(EXTRA)
            .replace("{who}", who)
            .replace("{phone}", phone)
            .replace("{spaced}", &format!("{head} {middle} {tail}"))
            .replace("{wechat}", own(|guardian| &guardian.wechat).map_or(phone, String::as_str))
            .replace("{email}", own(|guardian| &guardian.email).map_or("family@example.org", String::as_str))
            .replace("{address}", own(|guardian| &guardian.address).map_or("得比较远", String::as_str));
    }
    body
}

//! Texts of a guardian's pages. Calm and plain: no word of ours that a parent would not use.

use super::{Text, text};

/// Title of the first page.
pub const CHILDREN: Text = text("我的孩子", "My children");
/// No children.
pub const NO_CHILDREN: Text = text("这里还没有孩子", "No child is linked yet");
/// No children, more.
pub const NO_CHILDREN_LINE: Text = text(
    "学校还没有把孩子与这个号码连起来，请联系课程顾问。",
    "The school has not linked a child with this contact yet. Please ask your consultant.",
);
/// Switches the child.
pub const OTHER_CHILD: Text = text("换孩子", "Children");
/// Parts of the page.
pub const PARTS: Text = text("这个孩子", "This child");
/// Tab: who looked.
pub const TAB_WHO: Text = text("谁看过", "Who looked");
/// Tab: what is held.
pub const TAB_HELD: Text = text("学校记着", "What is kept");
/// Tab: the guardian.
pub const TAB_ME: Text = text("我的资料", "About me");
/// Who looked.
pub const WHO: Text = text("谁看过孩子的资料", "Who has looked");
/// Who looked, more.
pub const WHO_LINE: Text = text(
    "学校的人每看一次都记在这里，谁也删不掉。红色方点表示有人打开了遮住的内容。",
    "Every look is kept here and nobody can take it out. A red mark: something covered was opened.",
);
/// Nobody looked.
pub const NOBODY: Text = text("还没有人看过。有人看时，会记在这里。", "Nobody has looked yet. When somebody does, it is written here.");
/// Who did what.
pub const DID: Text = text("{who}（{roles}）{did}", "{who} ({roles}) {did}");
/// The same where there is no role to tell.
pub const DID_ALONE: Text = text("{who}{did}", "{who} {did}");
/// Saw in a list.
pub const DID_LIST: Text = text("在名单里看到了", "saw in a list");
/// Saw.
pub const DID_SEE: Text = text("看了", "saw");
/// Opened.
pub const DID_OPEN: Text = text("打开看了", "opened");
/// Exported.
pub const DID_EXPORT: Text = text("导出了", "exported");
/// Took in.
pub const DID_CREATE: Text = text("登记了", "wrote down");
/// Changed.
pub const DID_CHANGE: Text = text("修改了", "changed");
/// Searched.
pub const DID_SEARCH: Text = text("查找时用到了", "searched by");
/// Read the list of looks.
pub const DID_TRAIL: Text = text("查看了这份访问记录", "read this list of looks");
/// Was refused.
pub const DID_REFUSED: Text = text("想看，没有获准", "tried to look and was refused");
/// Masked.
pub const PARTLY: Text = text("{field}（部分遮住）", "{field} (partly covered)");
/// Withheld.
pub const COVERED: Text = text("{field}（未显示）", "{field} (not shown)");
/// Why.
pub const BECAUSE: Text = text("因为 {reason}", "because of: {reason}");
/// A passkey signed for the look.
pub const SIGNED: Text = text("本人通行密钥签名", "signed with their passkey");
/// The same look several times.
pub const TIMES: Text = text("{n} 次", "{n} times");
/// Reason with words.
pub const REASON_MORE: Text = text("{reason}：{text}", "{reason}: {text}");
/// Older lines.
pub const OLDER: Text = text("看更早的", "Older");
/// What is held.
pub const HELD: Text = text("学校记着什么", "What the school keeps");
/// What is held, more.
pub const HELD_LINE: Text = text(
    "只有工作用得到的人才看得到你家；每看一次都会记下。",
    "Only staff whose work includes your family see any of it, and every look is kept.",
);
/// About the guardian.
pub const ME: Text = text("学校记着的我", "What the school keeps about me");
/// Reach: whole.
pub const REACH_WHOLE: Text = text("有人看得到全部", "Somebody sees all of it");
/// Reach: part.
pub const REACH_PART: Text = text("平时只露一部分", "Only a part is shown");
/// Reach: nobody.
pub const REACH_NOBODY: Text = text("平时没有人看得到", "Nobody sees it");
/// Whole.
pub const SEES_WHOLE: Text = text("{roles}看得到全部。", "{roles}: all of it.");
/// Part.
pub const SEES_PART: Text = text("{roles}只看到 {mask}，不能打开。", "{roles}: only {mask}, and cannot open it.");
/// Part, opens with a reason.
pub const SEES_PART_OPENS: Text = text("{roles}只看到 {mask}，写明事由才能打开。", "{roles}: only {mask}, and may open it with a reason.");
/// Part, opens after approval.
pub const SEES_PART_ASKS: Text =
    text("{roles}只看到 {mask}，经别人批准才能打开。", "{roles}: only {mask}, and may open it after somebody approves.");
/// Nothing, opens with a reason.
pub const OPENS: Text = text("{roles}看不到，写明事由才能打开。", "{roles}: nothing, and may open it with a reason.");
/// Nothing, opens after approval.
pub const ASKS: Text = text("{roles}看不到，经别人批准才能打开。", "{roles}: nothing, and may open it after somebody approves.");
/// In the place of a mask that is not told.
pub const A_PART: Text = text("一部分", "a part");
/// Nobody sees it.
pub const SEES_NOBODY: Text = text("学校里没有人看得到。", "Nobody at the school sees it.");
/// What is not recorded.
pub const NOT_KEPT: Text = text("没有登记，想补上就点一下：", "Not recorded; press one to add it:");
/// Correct.
pub const CORRECT: Text = text("更正", "Correct");
/// Correct a field; read out, and the title of the dialog.
pub const CORRECT_FIELD: Text = text("更正 {field}", "Correct: {field}");
/// A correction is open.
pub const UNDER_WAY: Text = text("更正中，最迟 {day} 答复", "Being corrected, answer by {day}");
/// What stands there.
pub const NOW: Text = text("现在记着：", "Kept now:");
/// What is asked for.
pub const WISH: Text = text("想怎么改", "What should happen");
/// Wish: replace.
pub const WISH_REPLACE: Text = text("改成下面这样", "Change it to this");
/// Wish: check.
pub const WISH_CHECK: Text = text("不对，请学校核实", "It is wrong; please find out");
/// Wish: erase.
pub const WISH_ERASE: Text = text("请删掉，不要再记", "Please take it out");
/// The right value.
pub const RIGHT_VALUE: Text = text("正确的内容", "The right value");
/// A sentence.
pub const WORDS: Text = text("说一句", "In a sentence");
/// A sentence, more.
pub const WORDS_HINT: Text = text("办事的人看得到；其中的号码会被遮住。", "Whoever works on it reads it; numbers in it are covered.");
/// What happens next.
pub const ASK_LINE: Text = text(
    "学校最迟 15 天内答复：改好，或者写明为什么不改。答复前你可以收回。",
    "The school answers within 15 days: it is corrected, or you read why not. You can take it back until then.",
);
/// Send.
pub const SEND: Text = text("提交", "Send");
/// It was sent.
pub const ASKED: Text = text("已交给学校", "Sent to the school");
/// My corrections.
pub const MY_CORRECTIONS: Text = text("我提的更正", "What I asked to correct");
/// Asked: replace.
pub const ASKED_REPLACE: Text = text("{field}改成", "{field}: change to");
/// Asked: check.
pub const ASKED_CHECK: Text = text("{field}不对，请核实", "{field}: wrong, please find out");
/// Asked: erase.
pub const ASKED_ERASE: Text = text("删掉{field}", "{field}: take out");
/// Asked on.
pub const ASKED_ON: Text = text("{day} 提出", "Asked on {day}");
/// What the guardian said.
pub const YOU_SAID: Text = text("你说：“{words}”", "You: “{words}”");
/// What the school said.
pub const SCHOOL_SAID: Text = text("学校答：“{words}”", "The school: “{words}”");
/// Open.
pub const STATE_OPEN: Text = text("等学校答复，最迟 {day}", "Waiting, answer by {day}");
/// Open too long.
pub const STATE_LATE: Text = text("本应 {day} 前答复，请向学校催问", "Was due on {day}; please ask the school");
/// Accepted.
pub const STATE_ACCEPTED: Text = text("{day} 已改好（{who}）", "Corrected on {day} ({who})");
/// Declined.
pub const STATE_DECLINED: Text = text("{day} 没有改（{who}）", "Not corrected, {day} ({who})");
/// Withdrawn.
pub const STATE_WITHDRAWN: Text = text("{day} 已收回", "Taken back on {day}");
/// Take back.
pub const WITHDRAW: Text = text("收回", "Take back");
/// Taken back.
pub const WITHDRAWN: Text = text("已收回", "Taken back");
/// Kinds of looks.
pub const BY_KIND: Text = text("按种类看", "By kind");
/// Every kind.
pub const KIND_ALL: Text = text("全部", "All");
/// Seen.
pub const KIND_SEEN: Text = text("查看", "Seen");
/// Opened.
pub const KIND_OPENED: Text = text("打开", "Opened");
/// Changed.
pub const KIND_CHANGED: Text = text("修改", "Changed");
/// By field.
pub const BY_FIELD: Text = text("按哪一项看", "By entry");
/// Every field.
pub const EVERY_FIELD: Text = text("每一项", "Every entry");
/// A field and whose it is.
pub const OF_WHOM: Text = text("{whose}的{field}", "{whose}: {field}");
/// Nothing of this kind.
pub const NONE_SUCH: Text = text("没有这样的记录。", "There is no such look.");
/// Show all.
pub const SHOW_ALL: Text = text("看全部", "Show all");
/// This month: nobody.
pub const MONTH_NOBODY: Text = text("这个月还没有老师看过。", "Nobody at the school has looked this month.");
/// This month.
pub const MONTH_PEOPLE: Text = text("这个月 {n} 位老师看过，{opened}。", "This month, staff who looked: {n}. {opened}.");
/// This month, at least.
pub const MONTH_AT_LEAST: Text = text("这个月至少 {n} 位老师看过，{opened}。", "This month, staff who looked: {n} or more. {opened}.");
/// Opened this month.
pub const MONTH_OPENED: Text = text("{n} 次打开了{field}", "Opened {n} ×: {field}");
/// Nothing was opened this month.
pub const MONTH_CLOSED: Text = text("没有打开过遮住的内容", "Nothing covered was opened");
/// On paper.
pub const PRINTED: Text = text("{school} · {name} 打印 · 截至 {at}", "{school} · printed by {name} · as of {at}");
/// Met a correction.
pub const DID_CORRECT: Text = text("照你提的更正改好了", "made the correction you asked for:");
/// Declined a correction.
pub const DID_DECLINE: Text = text("没有照更正改", "declined the correction of");
/// Questioned a look.
pub const DID_QUESTION: Text = text("质疑了一次查看", "questioned a look");
/// Answered a question.
pub const DID_ANSWER: Text = text("答复了质疑", "answered a question");
/// Question.
pub const QUESTION: Text = text("质疑", "Ask");
/// Question a look; read out.
pub const QUESTION_OF: Text = text("质疑{who} {at} 的查看", "Ask about the look of {who} at {at}");
/// The title of the form.
pub const QUESTION_TITLE: Text = text("质疑这次查看", "Ask about this look");
/// What the guardian says.
pub const QUESTION_WORDS: Text = text("想问什么", "What you want to ask");
/// What the guardian says, more.
pub const QUESTION_HINT: Text = text(
    "答复的人看得到，被问的那个人看不到；其中的号码会被遮住。",
    "Whoever answers reads it, whoever looked does not; numbers in it are covered.",
);
/// What happens next.
pub const QUESTION_LINE: Text = text(
    "由学校的隐私官或校长答复，不会是被问的那个人，最迟 15 天。答复前你可以收回。",
    "The privacy officer or the principal answers within 15 days, never whoever looked. You can take it back until then.",
);
/// Found: with reason.
pub const FOUND_JUSTIFIED: Text = text("已答复：有正当理由", "Answered: there was a reason");
/// Found: without reason.
pub const FOUND_UNJUSTIFIED: Text = text("已答复：没有正当理由", "Answered: there was no good reason");
/// Found: a mistake.
pub const FOUND_MISTAKE: Text = text("已答复：是失误，已处理", "Answered: a mistake, and dealt with");
/// Who answered, and when.
pub const ANSWERED_ON: Text = text("{day} {who}", "{day}, {who}");
/// To one's question.
pub const READ_QUESTION: Text = text("我问的", "My question");
/// To an answer.
pub const READ_ANSWER: Text = text("读答复", "Read the answer");
/// My questions.
pub const MY_QUESTIONS: Text = text("我问过的", "What I asked");
/// My questions, how many.
pub const ASKED_SO_FAR: Text = text("我问过的（{n}）", "What I asked ({n})");
/// Back to the ledger.
pub const BACK_TO_WHO: Text = text("‹ 回到“谁看过”", "‹ Back to “Who looked”");
/// To the line of a question.
pub const TO_LINE: Text = text("看那一行", "Show the line");
/// No questions.
pub const NO_QUESTIONS: Text = text("还没有问过", "You have not asked yet");
/// No questions, more.
pub const NO_QUESTIONS_LINE: Text = text("在“谁看过”里，点一行旁边的“质疑”，就能问。", "Under “Who looked”, press “Ask” beside a line.");
/// Nothing to ask about.
pub const NO_LINE: Text = text("这里没有可以质疑的查看", "There is no look here to ask about");
/// Help: marks.
pub const HELP_MARKS: Text = text("这些记号是什么意思", "What the marks mean");
/// Help: marks.
pub const HELP_MARKS_LINES: [(Text, Text); 4] = [
    (
        text("138****5678（遮住）", "138****5678 (covered)"),
        text(
            "星号盖住的部分，学校的人也看不到。平时办事用不着看全。",
            "The stars cover a part, for the staff as well. Most work does not need the whole.",
        ),
    ),
    (
        text("打开", "Opened"),
        text(
            "有人写明事由、用自己的钥匙确认后，看了盖住的部分，三十秒后自动合上。你这里会多一行红色方点，写着是谁、为什么。",
            "Somebody gave a reason, confirmed it with their own key and saw what was covered; it closes after thirty seconds. You get a line with a red mark: who, and why.",
        ),
    ),
    (
        text("没有登记", "Not recorded"),
        text("学校没有这一项。不是必填的，可以不给。", "The school does not have it. What is not needed, you need not give."),
    ),
    (
        text("查看", "Seen"),
        text("在名单或你家的页面上看到过，盖住的仍然盖着。", "Seen in a list or on your family's page; what was covered stayed covered."),
    ),
];
/// Help: people.
pub const HELP_PEOPLE: Text = text("谁是谁", "Who is who");
/// Help: people.
pub const HELP_PEOPLE_LINES: [(Text, Text); 5] = [
    (text("课程顾问", "Consultant"), text("与你家联系的人，有事先找他。", "The one who is in touch with you; ask them first.")),
    (text("教师", "Teacher"), text("只看得到正在教的孩子，看不到你的电话。", "Sees the children taught now, not your telephone number.")),
    (text("教务", "Registrar"), text("排课、考勤，也改资料里的错。", "Timetable and attendance; also corrects what is wrong.")),
    (
        text("校长、财务", "Principal, finance"),
        text("各看工作用得到的几项；写在每一项下面。", "Each sees what the work needs; it stands under every entry."),
    ),
    (
        text("系统管理员", "Administrator"),
        text("管机器和账号，看不到任何一家的资料。", "Keeps machines and accounts, and sees no family at all."),
    ),
];
/// Help: asking.
pub const HELP_ASK: Text = text("有疑问、要更正", "To ask, to correct");
/// Help: asking.
pub const HELP_ASK_LINES: [(Text, Text); 3] = [
    (
        text("资料写错了", "Something is wrong"),
        text(
            "到“学校记着”或“我的资料”，点那一项旁边的“更正”。最迟 15 天内答复。",
            "Under “What is kept” or “About me”, press “Correct” beside it. You get an answer within 15 days.",
        ),
    ),
    (
        text("不明白谁为什么看", "A look you do not understand"),
        text(
            "点那一行旁边的“质疑”。由隐私官或校长答复，不会是看的那个人，最迟 15 天。",
            "Press “Ask” beside the line. The privacy officer or the principal answers within 15 days, never whoever looked.",
        ),
    ),
    (
        text("不认得的登录", "A sign-in that is not yours"),
        text("到“我的登录”结束它，再告诉学校。", "End it under “My access”, then tell the school."),
    ),
];
/// Help: leaving.
pub const HELP_LEAVE: Text = text("要走的时候", "Leaving");
/// Help: leaving.
pub const HELP_LEAVE_LINES: [(Text, Text); 2] = [
    (
        text("用完退出", "Sign out"),
        text("点下面的“退出”，这台手机上就不留任何资料。", "Press “Sign out” below: nothing of your family stays on this phone."),
    ),
    (
        text("离开学校", "Leaving the school"),
        text(
            "可以请学校删掉不再需要的资料：一项一项用“更正”提出，或告诉课程顾问。",
            "You can ask the school to take out what it no longer needs: entry by entry with “Correct”, or through your consultant.",
        ),
    ),
];

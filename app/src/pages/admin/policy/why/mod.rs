//! Who sees what of a family or of a colleague's record, and why: what a colleague is shown of it, and who is shown one of its fields.
//!
//! The rule: what is asked stands in the address, as ids and names of fields; the answer holds forms and reasons and no value.
//! Deliberately absent: a question that nobody pressed for, since each is recorded.

mod pick;
mod reasons;
mod seen;
mod sights;

use crate::{
    api::{self, ApiError},
    text::{Text, admin, fill, list, live, t, why},
    ui::{Button, ButtonKind, Empty, EmptyKind, Loader, PageHead, SelectField, loaded},
};
use contract::{
    FieldKey, RecordKind,
    error::ErrorCode,
    ids::{FamilyId, StaffId},
    wire::{
        policy::{Colleague, Colleagues},
        why::{Sights, ViewAs, ViewedAs, WhoSees},
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use uuid::Uuid;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// A family.
    Family(FamilyId),
    /// The record of a member of staff.
    Colleague(StaffId),
}

/// What is asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    /// Nothing yet.
    None,
    /// What this person sees.
    Person(StaffId),
    /// Who sees this field.
    Field(FieldKey),
}

/// What was answered.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    /// Nothing was asked; whether anything is chosen.
    Nothing(bool),
    /// There is no such family, or it is out of reach.
    Missing,
    /// There is no such colleague.
    Nobody,
    /// What a person sees.
    Person(About, StaffId, ViewedAs),
    /// Who sees a field.
    Field(About, Sights),
}

/// The address of a question.
fn address(about: About, question: Question) -> String {
    let about = match about {
        About::Family(id) => format!("family={id}"),
        About::Colleague(id) => format!("colleague={id}"),
    };
    let of = match question {
        Question::None => String::new(),
        Question::Person(staff) => format!("&staff={staff}"),
        Question::Field(field) => format!("&field={}", field.name()),
    };
    format!("/admin/policy/view-as?{about}{of}")
}

/// The end of an id, by which people tell records apart.
fn mark(id: Uuid) -> String {
    let id = id.simple().to_string();
    id.chars().skip(id.len().saturating_sub(6)).collect()
}

/// The page.
#[component]
pub fn WhyPage() -> impl IntoView {
    let query = use_query_map();
    let about = Memo::new(move |_| {
        query.with(|query| match (query.get("family"), query.get("colleague")) {
            (Some(id), _) => id.parse().ok().map(About::Family),
            (None, Some(id)) => id.parse().ok().map(About::Colleague),
            (None, None) => None,
        })
    });
    let question = Memo::new(move |_| {
        query.with(|query| match (query.get("staff"), query.get("field")) {
            (Some(id), _) => id.parse().map_or(Question::None, Question::Person),
            (None, Some(name)) => name.parse().map_or(Question::None, Question::Field),
            (None, None) => Question::None,
        })
    });
    let people = Loader::new(|| async { api::staff::colleagues().await });
    let answer = Loader::new(move || ask(about.get(), question.get()));
    view! {
        <PageHead
            title=Signal::derive(|| t(why::TITLE).to_owned())
            line=Signal::derive(|| t(why::LINE).to_owned())
            crumbs=vec![("/admin/policy", admin::POLICY_TITLE)]
        />
        <div class="why__ask">
            {pick::pick(about)}
            {loaded(people, move |people: Colleagues| {
                let people = StoredValue::new(people.staff);
                view! {
                    {pick::colleague(about, people)}
                    {move || about.get().map(|about| questions(about, question, people, answer))}
                }
            })}
            {pick::chosen(about, people)}
        </div>
        <p class="visually-hidden" role="status">{move || answer.get().and_then(|answer| said(&answer, people))}</p>
        <section class="why" aria-busy=move || answer.is_busy().to_string()>
            {loaded(answer, move |answer| show(answer, people))}
        </section>
    }
    .into_any()
}

async fn ask(about: Option<About>, question: Question) -> Result<Answer, ApiError> {
    let Some(about) = about else { return Ok(Answer::Nothing(false)) };
    let answer = match question {
        Question::Person(staff) => {
            let wish = match about {
                About::Family(family) => ViewAs::Family { staff, family },
                About::Colleague(colleague) => ViewAs::Colleague { staff, colleague },
            };
            api::policy::view_as(&wish).await.map(|seen| Answer::Person(about, staff, seen))
        }
        Question::Field(field) => {
            let wish = match about {
                About::Family(family) => WhoSees::Family { family, field },
                About::Colleague(colleague) => WhoSees::Colleague { colleague, field },
            };
            api::policy::who_sees(&wish).await.map(|sights| Answer::Field(about, sights))
        }
        Question::None => Ok(Answer::Nothing(true)),
    };
    match (answer, about) {
        (Err(error), About::Family(_)) if error.code() == Some(ErrorCode::NotFound) => Ok(Answer::Missing),
        (Err(error), About::Colleague(_)) if error.code() == Some(ErrorCode::NotFound) => Ok(Answer::Nobody),
        (answer, _) => answer,
    }
}

/// The name of a person, as colleagues know them; reactive.
fn name_of(staff: StaffId, people: Loader<Colleagues>) -> String {
    let people = people.get().map(|people| people.staff).unwrap_or_default();
    people.into_iter().find(|person| person.id == staff).map(|person| person.name).unwrap_or_default()
}

/// What came, in a line to be heard; reactive. What is empty says so itself.
fn said(answer: &Answer, people: Loader<Colleagues>) -> Option<String> {
    match answer {
        Answer::Nothing(_) => None,
        Answer::Missing => Some(t(why::MISSING).to_owned()),
        Answer::Nobody => Some(t(why::MISSING_COLLEAGUE).to_owned()),
        Answer::Person(_, staff, _) => Some(fill(why::SEEN_BY, &[("who", &name_of(*staff, people))])),
        Answer::Field(_, sights) => Some(fill(why::SEES, &[("field", &super::words::full(sights.field))])),
    }
}

fn show(answer: Answer, people: Loader<Colleagues>) -> AnyView {
    let empty = |kind, title, line| view! { <Empty kind title line /> }.into_any();
    match answer {
        Answer::Nothing(false) => empty(EmptyKind::First, why::FIRST, why::FIRST_LINE),
        Answer::Nothing(true) => empty(EmptyKind::First, why::NEXT, why::FIRST_LINE),
        Answer::Missing => empty(EmptyKind::None, why::MISSING, why::MISSING_LINE),
        Answer::Nobody => empty(EmptyKind::None, why::MISSING_COLLEAGUE, why::FIRST_LINE),
        Answer::Person(about, staff, seen) => seen::seen(about, Signal::derive(move || name_of(staff, people)), seen),
        Answer::Field(about, sights) => sights::sights(about, sights),
    }
}

/// Whether a field is one of what a question is about.
fn is_of(about: About, field: FieldKey) -> bool {
    matches!(about, About::Colleague(_)) == (field.record() == RecordKind::Staff)
}

/// The two questions; each is sent by its own button, or by Enter. They follow the address, by which an answer asks on.
fn questions(about: About, asked: Memo<Question>, people: StoredValue<Vec<Colleague>>, answer: Loader<Answer>) -> AnyView {
    let first = people.with_value(|people| people.iter().find(|person| person.active).map(|person| person.id.to_string()));
    let staff = RwSignal::new(first.unwrap_or_default());
    let usual = if is_of(about, FieldKey::StaffPhone) { FieldKey::StaffPhone } else { FieldKey::GuardianPhone };
    let field = RwSignal::new(usual.name().to_owned());
    Effect::new(move || match asked.get() {
        Question::Person(id) => staff.set(id.to_string()),
        Question::Field(key) => field.set(key.name().to_owned()),
        Question::None => {}
    });
    let persons = Signal::derive(move || {
        // Whoever is suspended is asked about from the answer that names them.
        let offered = |person: &&Colleague| person.active || asked.get() == Question::Person(person.id);
        let named = |person: &Colleague| (person.id.to_string(), format!("{} · {}", person.name, list(person.roles.iter().copied())));
        people.with_value(|people| people.iter().filter(offered).map(named).collect::<Vec<_>>())
    });
    let fields = Signal::derive(move || {
        let asked = FieldKey::ALL.iter().filter(|field| is_of(about, **field));
        asked.map(|field| (field.name().to_owned(), super::words::full(*field))).collect::<Vec<_>>()
    });
    let send = Callback::new({
        let go = use_navigate();
        move |question: Option<Question>| match question {
            Some(question) if question == asked.get_untracked() => answer.reload(),
            Some(question) => go(&address(about, question), NavigateOptions { scroll: false, ..Default::default() }),
            None => {}
        }
    });
    let to_person = Callback::new(move |()| send.run(staff.get_untracked().parse().ok().map(Question::Person)));
    let to_field = Callback::new(move |()| send.run(field.get_untracked().parse().ok().map(Question::Field)));
    view! {
        {question(to_person, why::ASK_PERSON, view! { <SelectField id="staff" label=why::PERSON value=staff options=persons /> }.into_any())}
        {question(to_field, why::ASK_FIELD, view! { <SelectField id="field" label=why::FIELD value=field options=fields /> }.into_any())}
    }
    .into_any()
}

fn question(send: Callback<()>, words: Text, select: AnyView) -> AnyView {
    view! {
        <form
            class="why__question"
            on:submit=move |event| {
                event.prevent_default();
                send.run(());
            }
        >
            {select}
            <Button kind=ButtonKind::Plain submit=true>{live(words)}</Button>
        </form>
    }
    .into_any()
}

//! "View as": the forms in which a colleague would see a record.
//!
//! The rule: forms alone; there is no value in the answer. Deliberately absent: a search for the record, which would be one for a person.

use super::{super::acting::act_or, words};
use crate::{
    api,
    text::{Word, admin, fill, matrix, t},
    ui::{Button, ButtonKind, ErrorSummary, FormErrors, Loader, Note, PageHead, SelectField, TableCard, TextField, Tone, loaded},
};
use contract::{
    Cell, RecordKind,
    error::ValueError,
    wire::policy::{Colleague, Colleagues, FieldRight, ViewAs, ViewedAs},
};
use leptos::prelude::*;

const KINDS: [(RecordKind, &str); 5] = [
    (RecordKind::Student, "student"),
    (RecordKind::Guardian, "guardian"),
    (RecordKind::Family, "family"),
    (RecordKind::Note, "note"),
    (RecordKind::Staff, "staff"),
];

/// The page.
#[component]
pub fn ViewAsPage() -> impl IntoView {
    let people = Loader::new(|| async { api::staff::colleagues().await });
    view! {
        <PageHead
            title=Signal::derive(|| t(matrix::VIEW_AS).to_owned())
            line=Signal::derive(|| t(matrix::VIEW_AS_LINE).to_owned())
            crumbs=vec![("/admin/policy", admin::POLICY_TITLE)]
        />
        {loaded(people, ask)}
    }
    .into_any()
}

fn ask(people: Colleagues) -> AnyView {
    let people: Vec<Colleague> = people.staff.into_iter().filter(|person| person.active).collect();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let staff = RwSignal::new(people.first().map(|person| person.id.to_string()).unwrap_or_default());
    let kind = RwSignal::new("student".to_owned());
    let id = RwSignal::new(String::new());
    let seen = RwSignal::new(None::<(String, ViewedAs)>);
    let names = StoredValue::new(people.clone());
    let options = Signal::derive(move || {
        let named =
            |person: &Colleague| (person.id.to_string(), format!("{} · {}", person.name, crate::text::list(person.roles.iter().copied())));
        people.iter().map(named).collect::<Vec<_>>()
    });
    let kinds = Signal::derive(|| KINDS.iter().map(|(kind, name)| ((*name).to_owned(), t(kind.word()).to_owned())).collect::<Vec<_>>());
    let send = move || {
        errors.clear();
        seen.set(None);
        let record = KINDS.iter().find(|(_, name)| kind.with_untracked(|kind| kind == name)).map(|(kind, _)| *kind);
        let (Ok(staff), Ok(id), Some(kind)) = (staff.get_untracked().parse(), id.get_untracked().trim().parse(), record) else {
            errors.add("id", ValueError::Malformed);
            return;
        };
        let wish = ViewAs { staff, kind, id };
        let name = names.with_value(|people| people.iter().find(|person| person.id == staff).map(|person| person.name.clone()));
        act_or(
            busy,
            move || Box::pin(async move { api::policy::view_as(&wish).await }),
            move |answer| seen.set(Some((name.unwrap_or_default(), answer))),
            move |error| errors.take(&error),
        );
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label=|_: String| t(matrix::ID).to_owned() />
            <div class="form__group">
                <SelectField id="staff" label=matrix::PERSON value=staff options half=true />
                <SelectField id="kind" label=matrix::KIND value=kind options=kinds half=true />
                <TextField id="id" label=matrix::ID value=id hint=matrix::ID_HINT error=errors.at("id") max=36 />
            </div>
            <div class="row"><Button kind=ButtonKind::Primary submit=true busy=busy>{move || t(matrix::LOOK)}</Button></div>
        </form>
        <div aria-live="polite" class="view-as">{move || seen.get().map(|(name, answer)| forms(name, answer))}</div>
    }
    .into_any()
}

fn forms(name: String, answer: ViewedAs) -> AnyView {
    let ViewedAs { reached, fields } = answer;
    if !reached {
        return view! { <Note tone=Tone::Info>{move || t(matrix::NOT_REACHED)}</Note> }.into_any();
    }
    if fields.is_empty() {
        return view! { <Note tone=Tone::Info>{move || t(matrix::NO_FIELDS)}</Note> }.into_any();
    }
    let heads = [admin::FIELD, matrix::FORM, matrix::OPENING];
    view! {
        <TableCard
            label=Signal::derive(|| t(matrix::VIEW_AS).to_owned())
            caption=Signal::derive(move || fill(admin::STAFF_CAPTION, &[("roles", &name)]))
            cards=false
        >
            <thead><tr>{heads.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}</tr></thead>
            <tbody>{fields.into_iter().map(right).collect_view()}</tbody>
        </TableCard>
    }
    .into_any()
}

fn right(right: FieldRight) -> AnyView {
    let FieldRight { field, form, reveal, edit } = right;
    let cell = Cell { exposure: form, reveal, edit, ..Cell::WITHHELD };
    view! {
        <tr>
            <th scope="row">{move || t(field.word())}</th>
            <td><span class=words::class(form)>{move || t(form.word())}</span></td>
            <td>{move || words::all(cell)}</td>
        </tr>
    }
    .into_any()
}

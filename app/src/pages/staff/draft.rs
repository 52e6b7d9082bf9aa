//! A person who is being taken in: what was typed so far, and the fields to type it into.
//!
//! The rule: the fields come from the catalogue; what is needed is in sight, the rest is folded. The texts live in the
//! signals of the page and go with it.

use super::record::wire_name;
use crate::{
    text::{Text, Word, staff, t},
    ui::{DateField, FormErrors, Segmented, TextAreaField, TextField, shown_input::keyboard},
};
use contract::{
    FieldKey, RecordKind,
    error::FieldError,
    wire::{guardians::NewGuardian, school::Relation, students::NewStudent},
};
use leptos::prelude::*;

/// What was typed about one person.
#[derive(Clone, PartialEq)]
pub struct Draft {
    /// Tells drafts of one form apart.
    pub serial: u32,
    relation: RwSignal<String>,
    fields: Vec<(FieldKey, RwSignal<String>)>,
}

impl Draft {
    /// An empty one; its signals belong to the present owner.
    pub fn new(record: RecordKind, serial: u32) -> Self {
        Self {
            serial,
            relation: RwSignal::new(Relation::Mother.name().to_owned()),
            fields: FieldKey::of(record).map(|field| (field, RwSignal::new(String::new()))).collect(),
        }
    }
    fn text(&self, field: FieldKey) -> String {
        self.fields.iter().find(|(key, _)| *key == field).map(|(_, text)| text.get_untracked().trim().to_owned()).unwrap_or_default()
    }
    /// Whether nothing was typed; reactive.
    pub fn is_blank(&self) -> bool {
        self.fields.iter().all(|(_, text)| text.with(|text| text.trim().is_empty()))
    }
    /// Forgets what was typed.
    pub fn clear(&self) {
        for (_, text) in &self.fields {
            let _ = text.try_set(String::new());
        }
    }
    /// What the value types of the contract do not accept, before anything is sent; `prefix` such as `students.0.`.
    pub fn check(&self, prefix: &str, errors: FormErrors) {
        for (field, text) in &self.fields {
            if let Err(code) = text.with_untracked(|text| field.check(text)) {
                errors.add(&format!("{prefix}{}", wire_name(*field)), code);
            }
        }
    }
    /// As a student.
    pub fn student(&self) -> NewStudent {
        NewStudent {
            name: self.text(FieldKey::StudentName),
            birth_date: self.text(FieldKey::StudentBirthDate),
            id_card: self.text(FieldKey::StudentIdCard),
            school: self.text(FieldKey::StudentSchool),
            address: self.text(FieldKey::StudentAddress),
            health_note: self.text(FieldKey::StudentHealthNote),
        }
    }
    /// As a guardian.
    pub fn guardian(&self) -> NewGuardian {
        let relation = self.relation.with_untracked(|name| Relation::ALL.iter().copied().find(|relation| relation.name() == name));
        NewGuardian {
            relation: relation.unwrap_or(Relation::Other),
            name: self.text(FieldKey::GuardianName),
            phone: self.text(FieldKey::GuardianPhone),
            second_phone: self.text(FieldKey::GuardianSecondPhone),
            wechat: self.text(FieldKey::GuardianWechat),
            email: self.text(FieldKey::GuardianEmail),
            id_card: self.text(FieldKey::GuardianIdCard),
            address: self.text(FieldKey::GuardianAddress),
            employer: self.text(FieldKey::GuardianEmployer),
        }
    }
}

const fn in_sight(field: FieldKey) -> bool {
    matches!(
        field,
        FieldKey::StudentName | FieldKey::StudentBirthDate | FieldKey::GuardianName | FieldKey::GuardianPhone | FieldKey::GuardianWechat
    )
}

/// The inputs of one draft.
#[component]
pub fn DraftFields(
    /// The draft.
    draft: Draft,
    /// What stands before the field in the request's paths, such as `students.0.`; empty for a request about one person.
    #[prop(into)]
    prefix: String,
    /// The errors of the form.
    errors: FormErrors,
) -> impl IntoView {
    let is_guardian = draft.fields.iter().any(|(field, _)| field.record() == RecordKind::Guardian);
    let relations =
        Signal::derive(|| Relation::ALL.iter().map(|one| (one.name().to_owned(), t(one.word()).to_owned())).collect::<Vec<_>>());
    let one = {
        let prefix = prefix.clone();
        move |(field, value): (FieldKey, RwSignal<String>)| input(&format!("{prefix}{}", wire_name(field)), field, value, errors)
    };
    let (open, folded): (Vec<_>, Vec<_>) = draft.fields.iter().copied().partition(|(field, _)| in_sight(*field));
    let paths: Vec<_> = folded.iter().map(|(field, _)| errors.at(format!("{prefix}{}", wire_name(*field)))).collect();
    let wrong = Memo::new(move |_| paths.iter().any(|error| error.with(Option::is_some)));
    view! {
        {is_guardian.then(|| view! {
            <Segmented id=format!("{prefix}relation") label=staff::RELATION value=draft.relation options=relations error=errors.at(format!("{prefix}relation")) />
        })}
        {open.into_iter().map(&one).collect_view()}
        <details prop:open=move || wrong.get()>
            <summary>{move || t(staff::MORE_FIELDS)}</summary>
            <div class="stack">{folded.into_iter().map(&one).collect_view()}</div>
        </details>
    }
}

fn input(path: &str, field: FieldKey, value: RwSignal<String>, errors: FormErrors) -> AnyView {
    let (id, label, error) = (path.to_owned(), field.word(), errors.at(path));
    let optional = field.check("").is_ok();
    match field {
        FieldKey::StudentHealthNote => view! { <TextAreaField id label value error optional max=500 /> }.into_any(),
        FieldKey::StudentBirthDate => view! { <DateField id label value error optional /> }.into_any(),
        _ => view! { <TextField id label value error optional mode=keyboard(field).unwrap_or("") /> }.into_any(),
    }
}

/// The words for a path in an error summary: `guardians.0.phone` → 家长 1 手机.
pub fn path_label(path: &str) -> String {
    let mut steps = path.split('.');
    let (first, second, third) = (steps.next().unwrap_or_default(), steps.next(), steps.next());
    let kind = match first {
        "students" => Some(RecordKind::Student),
        "guardians" => Some(RecordKind::Guardian),
        _ => None,
    };
    match (kind, second, third) {
        (Some(kind), Some(at), Some(name)) => {
            let number = at.parse::<u32>().map_or_else(|_| at.to_owned(), |at| at.saturating_add(1).to_string());
            format!("{} {number} {}", t(kind.word()), name_label(name, Some(kind)))
        }
        (Some(kind), _, _) => t(kind.word()).to_owned(),
        _ => name_label(path.rsplit('.').next().unwrap_or(path), None),
    }
}

fn name_label(name: &str, kind: Option<RecordKind>) -> String {
    let other: Option<Text> = match name {
        "relation" => Some(staff::RELATION),
        "campus" => Some(staff::CAMPUS),
        "stage" => Some(staff::STAGE),
        "owner" => Some(staff::OWNER),
        "next_contact" => Some(staff::NEXT_CONTACT),
        _ => None,
    };
    let field = || FieldKey::ALL.iter().find(|field| wire_name(**field) == name && kind.is_none_or(|kind| field.record() == kind));
    match other.or_else(|| field().map(|field| field.word())) {
        Some(words) => t(words).to_owned(),
        None => name.to_owned(),
    }
}

/// Takes over what a call brought, with `prefix` before each path, so that two forms on one page do not share ids.
pub fn take_under(errors: FormErrors, prefix: &str, error: &crate::api::ApiError) {
    let fields = error.fields();
    if fields.is_empty() {
        errors.take(error);
        return;
    }
    errors.clear();
    for FieldError { at, code } in fields {
        errors.add(&format!("{prefix}.{at}"), code);
    }
}

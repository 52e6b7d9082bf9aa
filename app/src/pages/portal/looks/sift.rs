//! The filter of the looks: by kind and by entry, as it stands in the address.

use crate::{
    api,
    text::{Text, Word, fill, live, portal, t},
};
use contract::{FieldKey, RecordKind, ids::StudentId, wire::portal::LookKind};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

const KINDS: [(Option<LookKind>, Text); 4] = [
    (None, portal::KIND_ALL),
    (Some(LookKind::Seen), portal::KIND_SEEN),
    (Some(LookKind::Opened), portal::KIND_OPENED),
    (Some(LookKind::Changed), portal::KIND_CHANGED),
];

/// What is filtered by, as it stands in the address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// One kind.
    pub kind: Option<LookKind>,
    /// One entry.
    pub field: Option<FieldKey>,
}

impl Filter {
    /// Leaves nothing out.
    pub const ALL: Self = Self { kind: None, field: None };
    /// The filter in the address; reactive.
    pub fn here() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| Self {
                kind: LookKind::ALL.iter().copied().find(|kind| Some(kind.name()) == query.get("kind").as_deref()),
                field: query.get("field").and_then(|name| name.parse().ok()),
            })
        })
    }
    /// The address of a child's looks with this filter.
    pub fn href(self, id: StudentId) -> String {
        self.after(&format!("/portal/children/{id}"))
    }
    /// A path with this filter.
    pub fn after(self, path: &str) -> String {
        let kind = self.kind.map(|kind| kind.name().to_owned());
        let field = self.field.map(|field| field.name().to_owned());
        api::with_query(path, &[("kind", kind), ("field", field)])
    }
}

/// By kind as links, by field as a list.
pub fn filters(id: StudentId, filter: Memo<Filter>) -> AnyView {
    let go = use_navigate();
    let kinds = KINDS.map(|(kind, word)| {
        view! {
            <a
                class="chip"
                href=move || Filter { kind, ..filter.get() }.href(id)
                aria-current=move || (filter.get().kind == kind).then_some("true")
            >
                {move || t(word)}
            </a>
        }
    });
    let option = move |field: FieldKey| {
        view! {
            <option value=field.name() prop:selected=move || filter.get().field == Some(field)>
                {move || match field.record() {
                    RecordKind::Note => t(field.word()).to_owned(),
                    record => fill(portal::OF_WHOM, &[("whose", t(record.word())), ("field", t(field.word()))]),
                }}
            </option>
        }
    };
    let fields = [RecordKind::Student, RecordKind::Guardian, RecordKind::Note];
    let fields = fields.into_iter().flat_map(FieldKey::of).map(option).collect_view();
    view! {
        <div class="sift no-print">
            <nav class="chips" aria-label=live(portal::BY_KIND)>{kinds.into_iter().collect_view()}</nav>
            <select
                class="input"
                aria-label=live(portal::BY_FIELD)
                on:change:target=move |event| {
                    let field = event.target().value().parse().ok();
                    go(&Filter { field, ..filter.get_untracked() }.href(id), NavigateOptions { scroll: false, ..NavigateOptions::default() });
                }
            >
                <option value="" prop:selected=move || filter.get().field.is_none()>{live(portal::EVERY_FIELD)}</option>
                {fields}
            </select>
        </div>
    }
    .into_any()
}

//! One guardian or student on the card: facts with their seals, or the form that changes them.

use super::{super::record::Record, edit::EditForm, invite::InviteButton};
use crate::{
    routes::rel,
    session,
    text::{Word, common, fill, live, staff, t},
    ui::{
        Button, Glyph, Icon, Loader, Sealed,
        error_summary::focus_soon,
        shown::{Form, form, plain},
    },
};
use contract::{
    Duty, FieldKey,
    wire::{
        families::FamilyCard,
        guardians::GuardianCard,
        school::{ClassRef, Custody, Relation},
    },
};
use leptos::prelude::*;

/// One person.
#[component]
pub fn Person(
    /// The person; another version is another view.
    record: Record,
    /// The place among their kind, from 0.
    at: usize,
    /// The card that they stand on.
    family: Loader<FamilyCard>,
    /// Whether the viewer keeps the family.
    may_keep: Signal<bool>,
    /// Called after a look and after a change.
    on_opened: Callback<()>,
) -> impl IntoView {
    let key = record.key();
    let title_id = format!("{key}-title");
    let labelled_by = title_id.clone();
    let button_id = format!("{key}-edit");
    let editing = RwSignal::new(false);
    let editable = !record.editable().is_empty();
    // The view goes with the old version; the focus is given back to the new one.
    let back_to = button_id.clone();
    let back = move || focus_soon(back_to.clone());
    let saved = {
        let back = back.clone();
        Callback::new(move |record: Record| {
            editing.set(false);
            family.update(|family| record.put_into(family));
            // The answer says what the person is now, and not that the thread has gone on.
            on_opened.run(());
            back();
        })
    };
    let closed = Callback::new(move |()| {
        editing.set(false);
        back();
    });
    let tag = match &record {
        Record::Guardian(card) => guardian_tag(card, at, may_keep),
        Record::Student(_) => ().into_any(),
    };
    let heading = heading(&record, family);
    let edited = record.clone();
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <header class="card__head">
                <h2 id=title_id>{heading}</h2>
                <span class="row end">
                    {tag}
                    {editable.then(|| view! {
                        <button
                            class="button button--quiet button--small"
                            type="button"
                            id=button_id
                            aria-expanded=move || editing.get().to_string()
                            on:click=move |_| editing.set(true)
                            disabled=move || editing.get()
                        >
                            <Icon glyph=Glyph::Pencil /> {live(staff::EDIT)}
                        </button>
                    })}
                </span>
            </header>
            <div class="card__body">
                {move || if editing.get() {
                    view! { <EditForm record=edited.clone() on_saved=saved on_close=closed /> }.into_any()
                } else {
                    facts(&record, on_opened)
                }}
            </div>
        </section>
    }
    .into_any()
}

fn heading(record: &Record, family: Loader<FamilyCard>) -> impl Fn() -> String + Clone + Send + use<> {
    let word = record.kind().word();
    let kinships = match record {
        Record::Guardian(card) => card.kinships.clone(),
        Record::Student(_) => Vec::new(),
    };
    move || {
        let mut relations: Vec<Relation> = Vec::new();
        for kinship in &kinships {
            if !relations.contains(&kinship.relation) {
                relations.push(kinship.relation);
            }
        }
        match relations.as_slice() {
            [] => t(word).to_owned(),
            [one] => format!("{} · {}", t(word), t(one.word())),
            // Different to each child: then each is named.
            _ => {
                let family = family.now();
                let each = kinships.iter().map(|kinship| {
                    let name = family.as_ref().and_then(|family| family.students.iter().find(|student| student.id == kinship.student));
                    let name = name.map(|student| plain(&student.name.to_text())).unwrap_or_default();
                    fill(staff::RELATION_OF, &[("relation", t(kinship.relation.word())), ("name", &name)])
                });
                format!("{} · {}", t(word), each.collect::<Vec<_>>().join("、"))
            }
        }
    }
}

fn guardian_tag(card: &GuardianCard, at: usize, may_keep: Signal<bool>) -> AnyView {
    let id = card.id;
    let blocked = card.kinships.iter().any(|kinship| kinship.custody == Custody::Blocked);
    view! {
        {blocked.then(|| view! { <span class="tag tag--amber">{move || t(Custody::Blocked.word())}</span> })}
        {(at == 0).then(|| view! { <span class="faint">{live(staff::FIRST_CONTACT)}</span> })}
        {move || (may_keep.get() && session::has_duty(Duty::KeepFamilies)).then(|| view! { <InviteButton id /> })}
    }
    .into_any()
}

/// Every field of the record in the order of the catalogue, withheld ones too: what is kept from a viewer is said.
fn facts(record: &Record, on_opened: Callback<()>) -> AnyView {
    let rows = FieldKey::of(record.kind()).map(|field| row(record, field, on_opened)).collect_view();
    let classes = match record {
        Record::Student(card) => {
            let link = |class: &ClassRef| {
                let href = format!("/classes/{}", class.id);
                view! { <a class="link" href=href.clone() rel=rel(&href)>{class.name.clone()}</a> }
            };
            let links = card.classes.iter().map(link).collect_view();
            Some(view! {
                <div class="facts__row">
                    <dt>{live(staff::CLASSES)}</dt>
                    <dd>{if card.classes.is_empty() { view! { <span class="faint">{live(staff::NO_CLASS)}</span> }.into_any() } else { links.into_any() }}</dd>
                </div>
            })
        }
        Record::Guardian(_) => None,
    };
    view! { <dl class="facts">{rows} {classes}</dl> }.into_any()
}

fn row(record: &Record, field: FieldKey, on_opened: Callback<()>) -> AnyView {
    let (value, can) = (record.value(field), record.can().clone());
    let withheld = form(&value) == Form::Withheld;
    let note = if can.reveal.contains(&field) {
        None
    } else if can.ask.contains(&field) {
        Some(staff::NEEDS_APPROVAL)
    } else if withheld {
        Some(common::WITHHELD_SPOKEN)
    } else {
        None
    };
    view! {
        <div class="facts__row">
            <dt>{move || t(field.word())}</dt>
            <dd>
                <Sealed target=record.target() field value can on_opened />
                {note.map(|note| view! { <span class="facts__note" aria-hidden=withheld.then_some("true")>{move || t(note)}</span> })}
            </dd>
        </div>
    }
    .into_any()
}

/// A quiet button that closes a form in which nothing was typed.
pub fn close_button(on_close: Callback<()>) -> AnyView {
    view! { <Button class="button--small" on_click=move |()| on_close.run(())>{live(common::CLOSE)}</Button> }.into_any()
}

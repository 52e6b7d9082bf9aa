//! Another student or guardian of a family that is taken in already.
//!
//! The rule: closing the dialog keeps what was typed; only saving empties it.

use super::super::draft::{Draft, DraftFields, path_label};
use crate::{
    api,
    text::{common, live, staff, t},
    ui::{Button, Dialog, ErrorSummary, FormErrors, LeaveGuard, Loader, toast},
};
use contract::{RecordKind, wire::families::FamilyCard};
use leptos::{prelude::*, task::spawn_local};

/// The dialog.
#[component]
pub fn AddPerson(
    /// A student or a guardian.
    kind: RecordKind,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// The family.
    family: Loader<FamilyCard>,
) -> impl IntoView {
    let is_student = kind == RecordKind::Student;
    let id = if is_student { "add-student" } else { "add-guardian" };
    let title = if is_student { staff::ADD_STUDENT } else { staff::ADD_GUARDIAN };
    let draft = Draft::new(kind, 0);
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let dirty = {
        let draft = draft.clone();
        Signal::derive(move || !draft.is_blank())
    };
    let send = {
        let draft = draft.clone();
        Callback::new(move |()| {
            let Some(family_id) = family.now().map(|family| family.id) else { return };
            if busy.get_untracked() {
                return;
            }
            errors.clear();
            draft.check("", errors);
            if !errors.is_empty() {
                return;
            }
            busy.set(true);
            let draft = draft.clone();
            let (student, guardian) = (draft.student(), draft.guardian());
            spawn_local(async move {
                let answer = if is_student {
                    api::families::add_student(family_id, &student).await
                } else {
                    api::families::add_guardian(family_id, &guardian).await
                };
                if busy.try_set(false).is_some() {
                    return;
                }
                match answer {
                    Ok(card) => {
                        draft.clear();
                        open.set(false);
                        family.set(card);
                        toast::done(common::SAVED);
                    }
                    Err(error) => errors.take(&error),
                }
            });
        })
    };
    let form_id = format!("{id}-form");
    view! {
        <Dialog open id=id class="dialog--wide" title=Signal::derive(move || t(title).to_owned())>
            <form
                class="dialog__body form"
                id=form_id.clone()
                on:submit=move |event| {
                    event.prevent_default();
                    send.run(());
                }
            >
                <ErrorSummary errors label=|path: String| path_label(&path) />
                <DraftFields draft=draft.clone() prefix="" errors />
            </form>
            <footer class="dialog__foot">
                <Button on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
                <button class="button button--primary" type="submit" form=form_id.clone() aria-busy=move || busy.get().then_some("true")>
                    {live(common::SAVE)}
                </button>
            </footer>
        </Dialog>
        <LeaveGuard id=format!("{id}-leave") dirty />
    }
    .into_any()
}

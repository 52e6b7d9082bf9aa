//! What one person sees: each field with its form and the reason, and the answer that the API gives them.
//!
//! The rule: the text of the answer is laid out for reading and is otherwise what came. Deliberately absent: values, which did not come.

use super::{About, Question, address, mark, reasons};
use crate::{
    text::{Word, admin, fill, live, t, why},
    ui::{Button, Glyph, Icon, Note, TableCard, Tone, copy},
};
use contract::wire::why::{FieldWhy, RecordsSeen, Step, ViewedAs};
use leptos::prelude::*;
use uuid::Uuid;

/// The answer.
pub fn seen(about: About, who: Signal<String>, answer: ViewedAs) -> AnyView {
    let ViewedAs { version, seen, body } = answer;
    let suspended = seen.iter().flat_map(|seen| &seen.fields).any(|field| field.steps.contains(&Step::Suspended));
    let none = seen.is_empty();
    let not = match about {
        _ if suspended => why::NO_SIGN_IN,
        About::Family(_) => why::NO_BODY,
        About::Colleague(_) => why::NO_BODY_COLLEAGUE,
    };
    view! {
        {head(move || fill(why::SEEN_BY, &[("who", &who.get())]), version)}
        {none.then(|| view! { <Note tone=Tone::Info>{live(why::NO_RECORDS)}</Note> })}
        {seen.into_iter().map(|seen| records(about, version, seen)).collect_view()}
        {match body {
            Some(body) => text_of(body),
            None => view! { <Note tone=Tone::Info>{live(not)}</Note> }.into_any(),
        }}
    }
    .into_any()
}

/// The heading of an answer.
pub fn head(words: impl Fn() -> String + Send + 'static, version: i64) -> AnyView {
    view! {
        <header class="why__head">
            <h2>{words}</h2>
            <span class="tag">{move || fill(why::VERSION, &[("n", &version.to_string())])}</span>
        </header>
    }
    .into_any()
}

/// The ends of some ids, few enough to read.
pub fn marks(records: &[Uuid]) -> String {
    const READ: usize = 6;
    let more = records.len() > READ;
    let marks: Vec<String> = records.iter().take(READ).map(|id| mark(*id)).collect();
    format!("{}{}", marks.join(" "), if more { " …" } else { "" })
}

fn records(about: About, version: i64, seen: RecordsSeen) -> AnyView {
    let RecordsSeen { kind, records, fields } = seen;
    let (many, marks) = (records.len(), marks(&records));
    let title = move || if many > 1 { format!("{} × {many}", t(kind.word())) } else { t(kind.word()).to_owned() };
    let marks = StoredValue::new(marks);
    let of = move || marks.with_value(|marks| fill(why::RECORDS, &[("kind", t(kind.word())), ("marks", marks)]));
    let heads = [admin::FIELD, why::FORM, why::OPENS, why::WHY];
    let row = move |field: FieldWhy| {
        let FieldWhy { right, steps } = field;
        let key = right.field;
        view! {
            <tr>
                <th scope="row" class="grid__title">
                    <a href=address(about, Question::Field(key)) title=move || t(why::WHO_ELSE)>{move || t(key.word())}</a>
                </th>
                <td data-label=move || t(why::FORM)>{reasons::form(right.form)}</td>
                <td data-label=move || t(why::OPENS)>{reasons::opens(right.reveal)}</td>
                <td data-label=move || t(why::WHY) class="grid__words">{reasons::reasons(version, &steps)}</td>
            </tr>
        }
    };
    view! {
        <h3>{title}</h3>
        <TableCard label=Signal::derive(of) caption=Signal::derive(of)>
            <thead><tr>{heads.into_iter().map(|word| view! { <th scope="col">{live(word)}</th> }).collect_view()}</tr></thead>
            <tbody>{fields.into_iter().map(row).collect_view()}</tbody>
        </TableCard>
    }
    .into_any()
}

/// The answer as text; laid out for reading, copied as it came.
fn text_of(body: String) -> AnyView {
    let laid_out = js_sys::JSON::parse(&body)
        .and_then(|value| js_sys::JSON::stringify_with_replacer_and_space(&value, &wasm_bindgen::JsValue::NULL, &2.into()))
        .map_or_else(|_| body.clone(), String::from);
    view! {
        <details class="card why__body">
            <summary class="card__head">{live(why::BODY)}</summary>
            <div class="card__body stack">
                <p class="muted">{live(why::BODY_LINE)}</p>
                <pre tabindex="0" role="region" aria-label=move || t(why::BODY)><code>{laid_out}</code></pre>
                <div class="row">
                    <Button class="button--small" on_click=move |()| copy::copy(body.clone())><Icon glyph=Glyph::Copy /> {live(why::COPY)}</Button>
                </div>
            </div>
        </details>
    }
    .into_any()
}

//! What the parts of a report are made of: a numbered section, a table, names and values, the name of a span of days.

use crate::{
    text::{Text, audits, fill, live, t},
    time,
    ui::TableCard,
};
use chrono::{Datelike, Months, NaiveDate};
use leptos::prelude::*;

/// A section; the stylesheet numbers them. It is no landmark: a table in it is one, and has the same name.
pub fn part(id: &'static str, title: Text, body: AnyView) -> AnyView {
    view! {
        <section class="part">
            <h2 class="part__title" id=id>{live(title)}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What is said where there is nothing to list.
pub fn nothing(words: Text) -> AnyView {
    view! { <p class="faint">{live(words)}</p> }.into_any()
}

/// A head of a column, and whether it is of numbers.
pub type Head = (Text, bool);

/// A table; the first cell of a row is its head. On a phone the rows are cards.
pub fn table(label: Text, caption: impl Fn() -> String + Send + Sync + 'static, heads: Vec<Head>, rows: Vec<Vec<AnyView>>) -> AnyView {
    let class = |number: bool| number.then_some("num");
    let columns = heads.iter().map(|(word, number)| view! { <th scope="col" class=class(*number)>{live(*word)}</th> }).collect_view();
    let row = |cells: Vec<AnyView>| {
        let cells = cells.into_iter().zip(heads.clone()).enumerate().map(|(at, (cell, (word, number)))| {
            if at == 0 {
                view! { <th scope="row" class="grid__title">{cell}</th> }.into_any()
            } else {
                view! { <td class=class(number) data-label=live(word)>{cell}</td> }.into_any()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }.into_any()
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <TableCard label=Signal::derive(move || t(label).to_owned()) caption=Signal::derive(caption)>
            <thead><tr>{columns}</tr></thead>
            <tbody>{rows}</tbody>
        </TableCard>
    }
    .into_any()
}

/// A name and its value.
pub fn fact(name: Text, value: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    view! { <div class="facts__row"><dt>{live(name)}</dt> <dd><span>{value}</span></dd></div> }.into_any()
}

/// Names and values in a card.
pub fn facts(rows: Vec<AnyView>) -> AnyView {
    view! { <div class="card"><div class="card__body"><dl class="facts facts--report">{rows}</dl></div></div> }.into_any()
}

/// A number; nothing is faint, so that something is seen.
pub fn number(count: u64) -> AnyView {
    view! { <span class=if count == 0 { "faint" } else { "" }>{count.to_string()}</span> }.into_any()
}

/// Text as it is.
pub fn plain(text: String) -> AnyView {
    view! { <span>{text}</span> }.into_any()
}

/// The name of a span of days: a quarter, a half-year, or its ends; reactive.
pub fn period(from: NaiveDate, to: NaiveDate) -> String {
    let begins = from.day() == 1;
    let spans = |months: u32| begins && from.checked_add_months(Months::new(months)).and_then(|next| next.pred_opt()) == Some(to);
    let year = from.year().to_string();
    if spans(3) && from.month0().is_multiple_of(3) {
        let n = from.month0() / 3 + 1;
        let chinese = ["一", "二", "三", "四"].get(usize::try_from(from.month0() / 3).unwrap_or_default()).copied().unwrap_or_default();
        let n = if crate::text::lang() == crate::text::Lang::Zh { chinese.to_owned() } else { n.to_string() };
        return fill(audits::QUARTER, &[("year", &year), ("n", &n)]);
    }
    if spans(6) && from.month0().is_multiple_of(6) {
        return fill(if from.month0() == 0 { audits::HALF_FIRST } else { audits::HALF_SECOND }, &[("year", &year)]);
    }
    fill(audits::DAYS, &[("from", &time::day(from)), ("to", &time::day(to))])
}

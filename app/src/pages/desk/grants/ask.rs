//! Asking for a standing grant: a class that one teaches, the fields, the last day, why.
//!
//! The rule: nothing is chosen beforehand but the class and the latest day, so that a field is asked for because somebody chose it.
//! Deliberately absent: a class that the server did not offer.

use crate::{
    api,
    pages::admin::acting::act,
    text::{Text, Word, fill, grants, live, t},
    time,
    ui::{Button, ButtonKind, Loader, SelectField, TextAreaField, toast},
};
use contract::{
    FieldKey,
    wire::{
        grants::{Grantable, Grants, NewGrant},
        reveals::{Reason, ReasonCode},
    },
};
use leptos::prelude::*;

/// The form.
pub fn form(may_ask: Vec<Grantable>, list: Loader<Grants>) -> AnyView {
    let offers = StoredValue::new(may_ask);
    let class = RwSignal::new(offers.with_value(|offers| offers.first().map(|one| one.class.id.to_string()).unwrap_or_default()));
    let offer = Memo::new(move |_| {
        let chosen = class.get();
        offers.with_value(|offers| offers.iter().find(|one| one.class.id.to_string() == chosen).cloned())
    });
    let fields = RwSignal::new(Vec::<FieldKey>::new());
    let day = RwSignal::new(String::new());
    let code = RwSignal::new(ReasonCode::Other.name().to_owned());
    let words = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    // What is wrong, by the part of the form.
    let (no_field, no_day, no_words) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<Text>));
    // Another class has other fields and another end.
    Effect::new(move || {
        fields.set(Vec::new());
        day.set(offer.get().map(|one| one.last_day.to_string()).unwrap_or_default());
    });
    let latest = move || offer.get().map(|one| time::day(one.last_day)).unwrap_or_default();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(offer) = offer.get_untracked() else { return };
        let last_day = day.get_untracked().parse().ok().filter(|day| (time::today()..=offer.last_day).contains(day));
        let code = ReasonCode::ALL.iter().copied().find(|one| one.name() == code.get_untracked()).unwrap_or(ReasonCode::Other);
        let text = words.get_untracked().trim().to_owned();
        no_field.set(fields.with_untracked(Vec::is_empty));
        no_day.set(last_day.is_none());
        no_words.set((code == ReasonCode::Other && text.is_empty()).then_some(grants::WORDS_NEEDED));
        let (Some(last_day), false, None) = (last_day, no_field.get_untracked(), no_words.get_untracked()) else { return };
        let wish = NewGrant { class: offer.class.id, fields: fields.get_untracked(), last_day, reason: Reason { code, text } };
        act(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::grants::ask(&wish).await })
            },
            move |now| {
                toast::done(grants::SENT);
                list.set(now);
            },
        );
    };
    let classes = Signal::derive(move || {
        offers.with_value(|offers| offers.iter().map(|one| (one.class.id.to_string(), one.class.name.clone())).collect::<Vec<_>>())
    });
    let reasons =
        Signal::derive(|| ReasonCode::ALL.iter().map(|one| (one.name().to_owned(), t(one.word()).to_owned())).collect::<Vec<_>>());
    view! {
        <section class="card" aria-labelledby="ask">
            <header class="card__head"><h2 id="ask">{live(grants::ASK)}</h2></header>
            <form class="grants__form" on:submit=send>
                <SelectField id="class" label=grants::CLASS value=class options=classes />
                {move || offer.get().map(|one| choices(one.fields, fields, no_field))}
                <div class="form__field">
                    <label class="form__label" for="last-day">{live(grants::LAST_DAY)}</label>
                    <p class="form__hint" id="last-day-hint">{move || fill(grants::LAST_DAY_HINT, &[("day", &latest())])}</p>
                    <input
                        class="input grants__day"
                        id="last-day"
                        type="date"
                        min=time::today().to_string()
                        max=move || offer.get().map(|one| one.last_day.to_string())
                        aria-describedby="last-day-hint"
                        aria-invalid=move || no_day.get().then_some("true")
                        prop:value=move || day.get()
                        on:change:target=move |event| day.set(event.target().value())
                    />
                    {move || no_day.get().then(|| view! { <p class="form__error" role="alert">{fill(grants::DAY_WRONG, &[("day", &latest())])}</p> })}
                </div>
                <SelectField id="reason" label=grants::REASON value=code options=reasons />
                <TextAreaField id="words" label=grants::WORDS hint=grants::WORDS_HINT value=words error=no_words max=200 />
                <p class="faint">{live(grants::SEND_NOTE)}</p>
                <Button kind=ButtonKind::Primary submit=true busy>{live(grants::SEND)}</Button>
            </form>
        </section>
    }
    .into_any()
}

/// The fields that can be asked for, none of them chosen.
fn choices(offered: Vec<FieldKey>, chosen: RwSignal<Vec<FieldKey>>, missing: RwSignal<bool>) -> AnyView {
    let one = move |field: FieldKey| {
        view! {
            <label class="check">
                <input
                    class="check__box"
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&field))
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        chosen.update(|chosen| {
                            chosen.retain(|one| *one != field);
                            if on {
                                chosen.push(field);
                            }
                        });
                        missing.set(false);
                    }
                />
                <span>{live(field.word())}</span>
            </label>
        }
    };
    view! {
        <fieldset class="form__field" aria-describedby="fields-hint">
            <legend class="form__label">{live(grants::FIELDS)}</legend>
            <p class="form__hint" id="fields-hint">{live(grants::FIELDS_HINT)}</p>
            <div class="grants__fields">{offered.into_iter().map(one).collect_view()}</div>
            {move || missing.get().then(|| view! { <p class="form__error" role="alert">{t(grants::FIELDS_NEEDED)}</p> })}
        </fieldset>
    }
    .into_any()
}

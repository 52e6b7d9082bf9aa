//! Parts without personal values: buttons, forms, what stands where nothing can be shown.

use crate::{
    api::ApiError,
    text::{Text, text},
    ui::{
        Banner, Button, ButtonKind, CheckField, Chip, DateField, Dialog, Empty, EmptyKind, ErrorSummary, Failure, FormErrors, Glyph, Icon,
        Menu, Note, Pager, Qr, RecoveryCodesView, SaveBar, Segmented, SelectField, Skeleton, StageTag, Steps, TableCard, TextAreaField,
        TextField, Tone, toast,
    },
};
use contract::{
    error::{ErrorCode, Problem, ValueError},
    wire::school::Stage,
};
use leptos::prelude::*;

/// The parts.
pub const ALL: &[super::Part] = &[
    ("button", "Button", buttons),
    ("chip", "Chip · Tag · Stage", small),
    ("icon", "Icon", icons),
    ("form", "Fields", fields),
    ("form-wrong", "Fields with errors", wrong),
    ("savebar", "SaveBar", save_bars),
    ("banner", "Banner · Note", banners),
    ("empty", "Empty", empties),
    ("failure", "Failure", failures),
    ("skeleton", "Skeleton · Steps · Pager", waits),
    ("table", "TableCard", table),
    ("overlay", "Dialog · Menu · Toast", overlays),
    ("codes", "RecoveryCodesView · Qr", codes),
];

const WORDS: Text = text("确定", "Confirm");
const LABEL: Text = text("下次联系", "Next contact");
const HINT: Text = text("写事情，不必写号码。", "Write what happened, no numbers.");

fn buttons() -> AnyView {
    let row = |kind: ButtonKind| {
        view! {
            <div class="row">
                <Button kind>{WORDS.in_lang(crate::text::lang_now())}</Button>
                <Button kind class="button--small">"小 S"</Button>
                <Button kind busy=Signal::stored(true)>"等待 busy"</Button>
                <Button kind disabled=Signal::stored(true)>"不可 disabled"</Button>
            </div>
        }
    };
    [ButtonKind::Primary, ButtonKind::Plain, ButtonKind::Quiet, ButtonKind::Danger].into_iter().map(row).collect_view().into_any()
}

fn small() -> AnyView {
    let tags = ["", "tag--jade", "tag--indigo", "tag--amber", "tag--plum", "tag--quiet"];
    view! {
        <div class="row">
            <Chip pressed=false on_click=|()| ()>"关 off"</Chip>
            <Chip pressed=true on_click=|()| ()>"开 on"</Chip>
        </div>
        <div class="row">{tags.into_iter().map(|kind| view! { <span class=format!("tag {kind}")>"标签"</span> }).collect_view()}</div>
        <div class="row">{Stage::ALL.iter().map(|stage| view! { <StageTag stage=*stage /> }).collect_view()}</div>
    }
    .into_any()
}

fn icons() -> AnyView {
    let all = [
        Glyph::Menu,
        Glyph::Search,
        Glyph::Theme,
        Glyph::Plus,
        Glyph::Download,
        Glyph::Pencil,
        Glyph::Copy,
        Glyph::Close,
        Glyph::Check,
        Glyph::Next,
        Glyph::Key,
        Glyph::Print,
    ];
    view! { <div class="row">{all.into_iter().map(|glyph| view! { <Icon glyph /> }).collect_view()}</div> }.into_any()
}

fn options() -> Signal<Vec<(String, String)>> {
    Signal::stored(vec![("one".into(), "母亲".into()), ("two".into(), "父亲".into()), ("three".into(), "其他".into())])
}

fn typed(value: &str) -> RwSignal<String> {
    RwSignal::new(value.to_owned())
}

fn fields() -> AnyView {
    view! {
        <form class="form">
            <TextField id="g-text" label=LABEL value=typed("") hint=HINT optional=true />
            <TextField id="g-typed" label=LABEL value=typed("许知远") />
            <TextAreaField id="g-area" label=LABEL value=typed("妈妈想周末再来。") hint=HINT />
            <SelectField id="g-select" label=LABEL value=typed("two") options=options() />
            <DateField id="g-date" label=LABEL value=typed("2026-03-04") />
            <Segmented id="g-segmented" label=LABEL value=typed("one") options=options() />
            <CheckField id="g-check" label=LABEL value=RwSignal::new(true) hint=HINT />
        </form>
    }
    .into_any()
}

fn wrong() -> AnyView {
    let errors = FormErrors::new();
    errors.add("w-text", ValueError::Required);
    errors.add("w-area", ValueError::TooLong);
    view! {
        <form class="form">
            <ErrorSummary errors label=|path: String| path />
            <TextField id="w-text" label=LABEL value=typed("") error=errors.at("w-text") />
            <TextAreaField id="w-area" label=LABEL value=typed("……") error=errors.at("w-area") />
        </form>
    }
    .into_any()
}

fn save_bars() -> AnyView {
    view! {
        <SaveBar dirty=true busy=false on_discard=|()| () />
        <SaveBar dirty=true busy=true on_discard=|()| () />
    }
    .into_any()
}

fn banners() -> AnyView {
    let tones = [Tone::Info, Tone::Caution, Tone::Error, Tone::Good];
    view! {
        {tones.map(|tone| view! { <Banner tone><p>"一行说清一件事。 One line, one thing."</p></Banner> }).collect_view()}
        {tones.map(|tone| view! { <Note tone>"旁注。 A note."</Note> }).collect_view()}
    }
    .into_any()
}

fn empties() -> AnyView {
    let kinds = [EmptyKind::First, EmptyKind::None, EmptyKind::Denied, EmptyKind::Error];
    kinds.map(|kind| view! { <Empty kind title=text("还没有家庭", "No families yet") line=HINT /> }).collect_view().into_any()
}

fn failures() -> AnyView {
    let problem = |code: ErrorCode| {
        ApiError::Problem(Problem { code, status: code.status(), trace_id: "0f".repeat(16), fields: Vec::new(), retry_after: None })
    };
    let all = [ApiError::Offline, problem(ErrorCode::Internal), problem(ErrorCode::Forbidden), problem(ErrorCode::NotFound)];
    all.map(|error| view! { <Failure error again=|()| () /> }).collect_view().into_any()
}

fn waits() -> AnyView {
    let names = vec![text("核对", "Check"), text("通行密钥", "Passkey"), text("恢复码", "Codes")];
    view! {
        <Skeleton />
        <Steps names at=Signal::stored(1) />
        <Pager shown=Signal::stored(20) more=true busy=false on_more=|()| () />
        <Pager shown=Signal::stored(7) more=false busy=false on_more=|()| () />
    }
    .into_any()
}

fn table() -> AnyView {
    let caption = Signal::stored("2 个班 · 本次查看已记录".to_owned());
    view! {
        <TableCard label=Signal::stored("班级".to_owned()) caption>
            <thead>
                <tr>
                    <th scope="col" aria-sort="ascending"><button class="grid__sort" type="button">"班级"</button></th>
                    <th scope="col" class="num" aria-sort="none"><button class="grid__sort" type="button">"学员"</button></th>
                </tr>
            </thead>
            <tbody>
                <tr><th scope="row" class="grid__title"><a href="#a" rel="external">"论语 · 晨读"</a></th><td class="num" data-label="学员">"12"</td></tr>
                <tr aria-selected="true"><th scope="row" class="grid__title"><a href="#b" rel="external">"书法 · 初阶"</a></th><td class="num" data-label="学员">"8"</td></tr>
            </tbody>
        </TableCard>
    }
    .into_any()
}

fn overlays() -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <div class="row">
            <Button on_click=move |()| open.set(true)>"Dialog"</Button>
            <button class="button" type="button" popovertarget="g-menu">"Menu"</button>
            <Button on_click=|()| toast::done(WORDS)>"Toast"</Button>
            <Button on_click=|()| toast::failed(&ApiError::Offline)>"Toast, error"</Button>
        </div>
        <Menu id="g-menu"><button class="menu__item" type="button" role="menuitem">"一项"</button></Menu>
        <Dialog open id="g-dialog" title=Signal::stored("离开这一页？".to_owned())>
            <div class="dialog__body"><p>"没有保存的内容会丢失。"</p></div>
            <footer class="dialog__foot"><Button on_click=move |()| open.set(false)>"留下"</Button></footer>
        </Dialog>
    }
    .into_any()
}

fn codes() -> AnyView {
    let codes = (0..10).map(|n| format!("k{n}m4-p{n}q7")).collect::<Vec<_>>();
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3"><path d="M0 0h1v1H0zM2 0h1v1H2zM1 1h1v1H1zM0 2h1v1H0z"/></svg>"#
        .to_owned();
    view! {
        <RecoveryCodesView codes on_kept=|()| () />
        <Qr svg caption=Signal::stored("用家长的手机扫一扫".to_owned()) />
    }
    .into_any()
}

//! The few icons, drawn here; decoration only, the words stand beside them or in `aria-label`.

use leptos::prelude::*;

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Three lines.
    Menu,
    /// A lens.
    Search,
    /// A half-dark disc.
    Theme,
    /// A plus.
    Plus,
    /// An arrow into a tray.
    Download,
    /// A pencil.
    Pencil,
    /// Two sheets.
    Copy,
    /// A cross.
    Close,
    /// A tick.
    Check,
    /// An arrow to the right.
    Next,
    /// A key.
    Key,
    /// A printer.
    Print,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Menu => "M2 4h12M2 8h12M2 12h12",
            Self::Search => "M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2M11 11l3.5 3.5",
            Self::Theme => "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2v12M10 4v8M12 5.5v5",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Download => "M8 2v8M5 7.5 8 10.5l3-3M2.5 11v2.5h11V11",
            Self::Pencil => "M3 13l.7-3L11 2.7l2.3 2.3L6 12.3z",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 3v-.5h-8v8H3",
            Self::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::Next => "M6 3l5 5-5 5",
            Self::Key => "M5 8a3 3 0 1 1 0 5 3 3 0 0 1 0-5M7.3 8.3 13.5 2M11 4.5l2 2",
            Self::Print => "M4.5 6V2.5h7V6M4.5 11h-2V6h11v5h-2M4.5 9.5h7v4h-7z",
        }
    }
}

/// An icon.
#[component]
pub fn Icon(
    /// Which.
    glyph: Glyph,
) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=glyph.path()></path></svg> }
}

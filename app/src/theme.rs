//! Light, dark, or what the system says. Kept in `shendu.theme`; `public/theme.js` applies it before the first paint.

use leptos::prelude::*;

/// The wish.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: &'static [Theme] = &[Self::System, Self::Light, Self::Dark];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
    fn named(name: &str) -> Self {
        Self::ALL.iter().copied().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

const KEY: &str = "shendu.theme";

/// Makes the context and keeps the page and the storage in step with it.
pub fn provide() {
    let stored = storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).unwrap_or_default();
    let theme = RwSignal::new(Theme::named(&stored));
    provide_context(theme);
    Effect::new(move |_| apply(theme.get()));
}

/// The theme; set it to change it.
#[must_use]
pub fn use_theme() -> RwSignal<Theme> {
    use_context().unwrap_or_else(|| RwSignal::new(Theme::System))
}

/// The browser's storage, where it is not blocked. Holds theme and language, never anything else.
pub(crate) fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn apply(theme: Theme) {
    if let Some(root) = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element()) {
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.name()),
        };
    }
    if let Some(storage) = storage() {
        let _ = match theme {
            Theme::System => storage.remove_item(KEY),
            Theme::Light | Theme::Dark => storage.set_item(KEY, theme.name()),
        };
    }
}

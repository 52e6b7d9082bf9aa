//! The kit: one component a file, on native HTML, with the class names of `style/`.
//!
//! The rule: a component takes [`crate::text::Text`], never a finished sentence, so that a change of language reaches it.
//! Deliberately absent: inline `style` attributes (the content security policy forbids them).

pub mod back;
pub mod banner;
pub mod button;
pub mod chip;
pub mod codes;
pub mod copy;
pub mod dialog;
pub mod download;
pub mod empty;
pub mod error_summary;
pub mod fields;
pub mod gate_sheet;
pub mod head;
pub mod icon;
pub mod kept;
pub mod keys;
pub mod leave;
pub mod load;
pub mod menu;
pub mod online;
pub mod pager;
pub mod palette;
pub mod privacy;
pub mod qr;
pub mod reveal;
pub mod save_bar;
pub mod shell;
pub mod shown;
pub mod shown_input;
pub mod skeleton;
pub mod stage;
pub mod steps;
pub mod table;
pub mod theme;
pub mod toast;
pub mod waiting;
pub mod waits;
pub mod watermark;

pub use banner::{Banner, Note, Tone};
pub use button::{Button, ButtonKind};
pub use chip::Chip;
pub use codes::RecoveryCodesView;
pub use dialog::Dialog;
pub use empty::{Empty, EmptyKind, Failure};
pub use error_summary::{ErrorSummary, FormErrors};
pub use fields::{CheckField, DateField, Segmented, SelectField, TextAreaField, TextField};
pub use gate_sheet::GateSheet;
pub use head::{PageHead, page_title};
pub use icon::{Glyph, Icon};
pub use leave::LeaveGuard;
pub use load::{Loader, loaded};
pub use menu::Menu;
pub use pager::Pager;
pub use qr::Qr;
pub use reveal::{RevealTarget, Sealed};
pub use save_bar::SaveBar;
pub use shown::ShownValue;
pub use shown_input::ShownInput;
pub use skeleton::Skeleton;
pub use stage::StageTag;
pub use steps::Steps;
pub use table::TableCard;
pub use waits::waits;

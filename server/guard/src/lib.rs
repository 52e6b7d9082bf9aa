//! The only place where a personal value exists in plain form.
//!
//! # The law
//! At rest, in SQL, in `store`, in handlers and in logs a personal value is a [`Sealed`]: ciphertext with a type. Handlers
//! receive sealed records and answer with [`Disclosed`] bodies; they hold no key and need none. Which records, which
//! searches and which writes are possible is carried by values that only this crate makes ([`Scope`], [`Search`], the
//! `…Write` types). No answer leaves before the trail row that describes it is durable.
//!
//! Deliberately absent: SQL, HTTP, a way to open a [`Sealed`] from outside, a getter on [`Disclosed`].

pub mod approval;
pub mod audit;
#[cfg(test)]
mod counts;
pub mod disclose;
pub mod emergency;
pub mod facts;
pub mod gate;
pub mod labels;
pub mod lasting;
pub mod location;
mod packed;
pub mod password;
pub mod policy;
pub mod proposal;
pub mod receipt;
pub mod records;
pub mod refused;
pub mod scope;
mod sealed;
pub mod search;
#[cfg(test)]
mod speed;
pub mod token;
pub mod trail;
pub mod vault;
pub mod viewer;
pub mod why;
pub mod write;

pub use approval::{ApprovalScope, Openable, Ticket};
pub use disclose::{Disclosed, export::ExportTable};
pub use facts::Facts;
pub use gate::Gate;
pub use location::{Country, Location};
pub use policy::Policy;
pub use receipt::{SignedWish, Wish};
pub use refused::Refused;
pub use scope::Scope;
pub use sealed::{Sealed, SubjectKey};
pub use search::Search;
pub use trail::{Entry, Trail};
pub use vault::{HeadSigner, SignedHead, Vault, WrappedKey};
pub use viewer::{Actor, Admission, FreshViewer, Viewer, Whence};

//! The HTTP layer: the one success body, the one error body, extractors, headers.

mod address;
mod bearer;
mod device;
pub(crate) mod error;
pub(crate) mod extract;
mod headers;
mod reply;
pub(crate) mod session;
mod trace;

pub(crate) use address::{Address, CameFrom, Here, TrustedProxies};
pub(crate) use bearer::Reader;
pub(crate) use device::Device;
pub(crate) use error::ApiError;
pub(crate) use extract::{Body, Id, Params};
pub use headers::secured;
pub use reply::{Made, Reply};
pub(crate) use session::{OfStaff, SignedIn};
pub use trace::traced;

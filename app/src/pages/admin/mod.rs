//! Pages of the administration: matrix, trail, staff.

mod policy;
mod staff;
mod trail;

pub use policy::PolicyPage;
pub use staff::StaffPage;
pub use trail::TrailPage;

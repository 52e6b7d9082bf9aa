//! The pages, by who opens them. A page loads and arranges `ui`; it holds no rule about who may see what.

pub mod account;
pub mod admin;
pub mod desk;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod gate;
pub mod not_found;
pub mod password;
pub mod portal;
pub mod staff;
pub mod tokens;

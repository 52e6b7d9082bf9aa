//! The entry: reads the command line, runs one command, exits honestly.

use std::process::ExitCode;

/// A list of fifty families is a thousand small allocations, made on one thread and freed on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::run().await
}

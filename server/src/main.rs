//! The entry: reads the command line, runs one command, exits honestly.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::run().await
}

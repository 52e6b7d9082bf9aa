//! The command line. Errors go to standard error in words; exit code 0 is success, 1 a failure, 2 a wrong command line.

mod audit;
mod demo;
mod doctor;
mod doctor_outward;
mod honey;
mod invite;
mod serve;
mod watch;

use clap::{Parser, Subcommand};
use std::{io::Write, process::ExitCode};

/// 慎独: the CRM for schools of the Chinese classics. Unmasked data never leaves the server without authorisation.
#[derive(Debug, Parser)]
#[command(name = "shendu", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the school.
    Serve(Box<serve::Serve>),
    /// Make a demonstration school: lifelike, invented, the same for the same seed.
    Demo(demo::Demo),
    /// Make a one-time enrolment link.
    Invite(invite::Invite),
    /// Print the OpenAPI document.
    Openapi,
    /// Look after the trail.
    Audit {
        #[command(subcommand)]
        command: audit::Audit,
    },
    /// Look after the watch over the trail.
    Watch {
        #[command(subcommand)]
        command: watch::Watch,
    },
    /// Look after the honey records: families that do not exist.
    Honey {
        #[command(subcommand)]
        command: honey::Honey,
    },
    /// Check keys, database, clock and trail, and who is told of it.
    Doctor(doctor::Doctor),
}

/// What a command says when it fails.
pub(crate) type Failure = String;

/// Runs the command line.
pub async fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(command) => command.run().await,
        Command::Demo(command) => command.run().await,
        Command::Invite(command) => command.run().await,
        Command::Openapi => print(&crate::api::document()),
        Command::Audit { command } => command.run().await,
        Command::Watch { command } => command.run().await,
        Command::Honey { command } => command.run().await,
        Command::Doctor(command) => command.run().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "shendu: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a line to standard output; a closed pipe is not an error worth a word.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes JSON to standard output.
pub(crate) fn print(value: &impl serde::Serialize) -> Result<(), Failure> {
    say(&serde_json::to_string_pretty(value).map_err(|error| error.to_string())?);
    Ok(())
}

pub(crate) fn words(error: impl std::fmt::Display) -> Failure {
    error.to_string()
}

//! The measurements behind `make bench`: ours and a peer interleaved in one run, and what the machine can do beside them.
//!
//! The rule: a number is one that was measured in this run; a missed bar is printed as missed. Deliberately absent: a way
//! into the server that its users do not have, and numbers of other machines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement prints, and may fail loudly"
)]

mod again;
mod bars;
mod beside;
mod browser;
mod cedar;
mod compare;
mod connection;
mod curves;
mod gates;
mod index;
mod ladder;
mod load;
mod measured;
mod mix;
mod ours;
mod pocketbase;
mod postgres;
mod privacy;
mod process;
mod report;
mod rounds;
mod rows;
mod steps;
mod still;
mod table;
mod trail;
mod variant;

use clap::{Parser, Subcommand};
use std::{error::Error, path::PathBuf};

/// What a measurement ends with.
type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Debug, Parser)]
#[command(name = "bench", about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Ours on both engines beside PocketBase, over HTTP.
    Compare(compare::Compare),
    /// Seeds a school into a PostgreSQL and keeps both in a folder.
    SeedPostgres(postgres::SeedPostgres),
    /// The list over HTTP with more and more of the law kept.
    Privacy(privacy::Privacy),
    /// Serves the list of families with steps left out.
    Variant(variant::Variant),
    /// The list over HTTP with and without places and the watch.
    Beside(beside::Beside),
    /// Serves the routes with or without places and the watch.
    Routes(beside::Routes),
    /// What the machine can do: memory, ciphers, disk, SQLite.
    Ladder(ladder::Ladder),
    /// Where the time of a list goes.
    Steps(steps::Steps),
    /// The trail: appending by many, verifying.
    Trail(trail::Trail),
    /// The blind index beside a plain one.
    Index(index::Index),
    /// Serves the bytes of a file, as fast as the HTTP stack can.
    Still(still::Still),
    /// The exposure decision beside Cedar's.
    Cedar(cedar::Cedar),
    /// Draws curves over the size of the school.
    Curves(curves::Curves),
    /// Compares the ratios of two runs.
    Again(again::Again),
    /// Prints what was measured, with the bars.
    Table {
        /// Where the measurements lie.
        #[arg(long)]
        out: PathBuf,
    },
}

/// As the server's: what is measured beside it has the same allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Outcome<()> {
    let command = Cli::parse().command;
    // One thread: the load generator has one core, the server the other. A variant of the server has the server's threads.
    let mut runtime = match command {
        Command::Variant(_) | Command::Routes(_) => tokio::runtime::Builder::new_multi_thread(),
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    let runtime = runtime.enable_all().build()?;
    match command {
        Command::Compare(command) => runtime.block_on(command.run()),
        Command::SeedPostgres(command) => runtime.block_on(command.run()),
        Command::Privacy(command) => runtime.block_on(command.run()),
        Command::Variant(command) => runtime.block_on(command.run()),
        Command::Beside(command) => runtime.block_on(command.run()),
        Command::Routes(command) => runtime.block_on(command.run()),
        Command::Ladder(command) => command.run(),
        Command::Steps(command) => runtime.block_on(command.run()),
        Command::Trail(command) => runtime.block_on(command.run()),
        Command::Index(command) => command.run(),
        Command::Still(command) => runtime.block_on(command.run()),
        Command::Cedar(command) => command.run(),
        Command::Curves(command) => command.run(),
        Command::Again(command) => command.run(),
        Command::Table { out } => table::print(&out),
    }
}

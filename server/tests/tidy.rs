//! The house holds itself up: headers, sizes, edges between the crates, and documents that name only what exists.
//!
//! The rule: whatever a person would have to remember in a review is checked here. Deliberately absent: a parser of Rust, of
//! TOML or of Markdown; lines are enough for files that are written by hand and formatted by a tool.

use serde_json::Value;
use std::{
    collections::BTreeSet,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

type Checked = Result<(), Box<dyn Error>>;

const MOST_LINES: usize = 500;
const NOT_OURS: [&str; 5] = ["target", "node_modules", "dist", "test-results", "report"];
const SOURCES: [&str; 4] = ["app", "server", "style", "e2e"];
const WRITTEN: [&str; 8] = ["rs", "css", "js", "mjs", "ts", "sh", "toml", "html"];
const DOCUMENTS: [&str; 7] = [
    "README.md",
    "CHANGELOG.md",
    "server/docs/ARCHITECTURE.md",
    "server/docs/THREATS.md",
    "server/docs/CHANNELS.md",
    "server/docs/LOGGING.md",
    "server/docs/API.md",
];
const CHANNELS: &str = "server/docs/CHANNELS.md";
const DECISIONS: &str = "server/docs/decisions";

/// Crate, folder, which of ours it may import, and what it never imports, not even in a release of its own.
const CRATES: [(&str, &str, &[&str], &[&str]); 6] = [
    ("contract", "server/contract", &[], &["leptos", "axum", "sea-orm", "sqlx", "tokio", "web-sys", "ring"]),
    ("guard", "server/guard", &["contract"], &["leptos", "axum", "sea-orm", "sqlx", "tracing"]),
    ("store", "server/store", &["contract", "guard"], &["leptos", "axum", "ring"]),
    ("server", "server", &["contract", "guard", "store"], &["leptos", "sea-orm", "sqlx", "ring"]),
    ("app", "app", &["contract"], &["axum", "sea-orm", "sqlx", "tokio", "ring"]),
    ("bench", "server/bench", &["contract", "guard", "store", "server"], &["leptos"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file under `folder` with one of the endings, without what is generated or installed.
fn files(folder: &Path, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || NOT_OURS.contains(&name.as_ref()) {
                continue;
            }
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn rust() -> io::Result<Vec<PathBuf>> {
    let root = root();
    Ok([files(&root.join("app"), &["rs"])?, files(&root.join("server"), &["rs"])?].concat())
}

fn named(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn documents() -> io::Result<Vec<PathBuf>> {
    let root = root();
    let fixed = DOCUMENTS.iter().map(|name| root.join(name));
    Ok(fixed.chain(files(&root.join(DECISIONS), &["md"])?).collect())
}

#[test]
fn every_rust_file_opens_with_what_it_is() -> Checked {
    let mut without = Vec::new();
    for path in rust()? {
        if !fs::read_to_string(&path)?.starts_with("//! ") {
            without.push(named(&path));
        }
    }
    assert!(without.is_empty(), "without a header in the first line: {without:#?}");
    Ok(())
}

#[test]
fn no_rust_file_is_longer_than_five_hundred_lines() -> Checked {
    let mut sizes = Vec::new();
    for path in rust()? {
        sizes.push((fs::read_to_string(&path)?.lines().count(), named(&path)));
    }
    sizes.sort();
    let (median, _) = sizes.get(sizes.len() / 2).ok_or("no files")?;
    let (longest, name) = sizes.last().ok_or("no files")?;
    println!("{} files, median {median} lines, longest {longest} ({name})", sizes.len());
    let over: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > MOST_LINES).collect();
    assert!(over.is_empty(), "too long: {over:#?}");
    Ok(())
}

#[test]
fn nothing_is_left_for_later_in_the_sources() -> Checked {
    // In pieces, so that this file does not accuse itself.
    let later = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["X", "XX"].concat()];
    let mut left = Vec::new();
    for folder in SOURCES {
        for path in files(&root().join(folder), &WRITTEN)? {
            for (number, line) in (1..).zip(fs::read_to_string(&path)?.lines()) {
                if line.split(|c: char| !c.is_alphanumeric()).any(|word| later.iter().any(|one| one == word)) {
                    left.push(format!("{}:{number}", named(&path)));
                }
            }
        }
    }
    assert!(left.is_empty(), "left for later: {left:#?}");
    Ok(())
}

/// The packages that a manifest names under its tables of dependencies; those of tests only where `tests` says so.
fn dependencies(manifest: &str, tests: bool) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            inside = table.ends_with("dependencies") && (tests || !table.ends_with("dev-dependencies"));
        } else if inside && !line.starts_with('#') {
            let name: String = line.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            if !name.is_empty() {
                found.insert(name);
            }
        }
    }
    found
}

#[test]
fn the_crates_import_each_other_along_the_edges_and_no_others() -> Checked {
    let mut wrong = Vec::new();
    for (name, folder, may, never) in CRATES {
        let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml"))?;
        // No edge in the tests either: a test that opens a sealed value by another way proves nothing.
        for other in dependencies(&manifest, true) {
            if CRATES.iter().any(|(ours, ..)| *ours == other) && !may.contains(&other.as_str()) {
                wrong.push(format!("{name} imports {other}"));
            }
        }
        for other in dependencies(&manifest, false) {
            if never
                .iter()
                .any(|banned| other == *banned || other.starts_with(&format!("{banned}-")) || other.starts_with(&format!("{banned}_")))
            {
                wrong.push(format!("{name} must never import {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let workspace = fs::read_to_string(root().join("Cargo.toml"))?;
    let members = workspace.lines().find_map(|line| line.strip_prefix("members = ")).ok_or("the workspace names no members")?;
    assert_eq!(members.matches('"').count() / 2, CRATES.len(), "a crate has no edges here: {members}");
    Ok(())
}

/// The paths in backticks outside of code blocks.
fn paths_in(document: &str) -> BTreeSet<&str> {
    let mut fenced = false;
    let mut paths = BTreeSet::new();
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            paths.extend(line.split('`').skip(1).step_by(2).filter(|code| is_path(code)));
        }
    }
    paths
}

/// Whether a piece of code is meant as a path of this repository: it begins at a folder of its root.
fn is_path(code: &str) -> bool {
    let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'));
    let first = code.split('/').next().unwrap_or_default();
    plain && code.contains('/') && [".ci", ".config", "app", "e2e", "public", "server", "style"].contains(&first)
}

/// The targets of links inside the repository, but for pictures.
fn links_in(document: &str) -> BTreeSet<&str> {
    let targets = document.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    let ours = |target: &&str| !target.contains("://") && !target.starts_with('#') && !target.ends_with(".png");
    targets.map(|target| target.split('#').next().unwrap_or(target)).filter(ours).collect()
}

#[test]
fn every_path_that_a_document_names_exists() -> Checked {
    let mut missing = Vec::new();
    for path in documents()? {
        let text = fs::read_to_string(&path)?;
        let folder = path.parent().ok_or("a document has a folder")?;
        let named_paths = paths_in(&text).into_iter().map(|name| (name, root().join(name)));
        for (name, target) in named_paths.chain(links_in(&text).into_iter().map(|name| (name, folder.join(name)))) {
            if !target.exists() {
                missing.push(format!("{}: {name}", named(&path)));
            }
        }
    }
    assert!(missing.is_empty(), "named and not there: {missing:#?}");
    Ok(())
}

/// The tests that a line names, each in the file that was named last before it, and those that are not there.
fn tests_in(line: &str) -> Result<(usize, Vec<String>), Box<dyn Error>> {
    let (mut file, mut source, mut found, mut missing) = ("", String::new(), 0, Vec::new());
    for code in line.split('`').skip(1).step_by(2) {
        if is_path(code) {
            (file, source) = (code, fs::read_to_string(root().join(code))?);
        } else if !file.is_empty() {
            // Or it is made by a macro, which names it in a line of its own.
            let there = source.contains(&format!("fn {code}(")) || source.contains(&format!("    {code} = "));
            found += usize::from(there);
            missing.extend((!there).then(|| format!("{file}: {code}")));
        }
    }
    Ok((found, missing))
}

#[test]
fn every_channel_names_a_test_that_is_there() -> Checked {
    let text = fs::read_to_string(root().join(CHANNELS))?;
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in text.lines() {
        let (found, missing) = tests_in(line)?;
        wrong.extend(missing);
        let number = line.strip_prefix("| ").and_then(|row| row.split_once(" |")).and_then(|(number, _)| number.parse::<usize>().ok());
        if let Some(number) = number {
            rows += 1;
            wrong.extend((number != rows || found == 0).then(|| format!("row {number} after {}, held by {found}", rows - 1)));
        }
    }
    assert!(wrong.is_empty() && rows == 27, "{rows} rows; {wrong:#?}");
    Ok(())
}

#[test]
fn every_route_and_code_is_in_the_description_of_the_api() -> Checked {
    let text = fs::read_to_string(root().join("server/docs/API.md"))?;
    let routes = server::ledger::ROUTES.iter().map(|(method, path, ..)| format!("`{method} {path}`"));
    let codes = contract::error::ErrorCode::ALL.iter().map(|code| format!("| {} | `{}` |", code.status(), code.name()));
    let missing: Vec<String> = routes.chain(codes).filter(|wanted| !text.contains(wanted)).collect();
    assert!(missing.is_empty(), "not described: {missing:#?}");
    Ok(())
}

#[test]
fn every_route_and_parameter_is_classed_and_none_is_classed_that_is_not_there() -> Checked {
    let document = serde_json::to_value(server::api::document())?;
    let paths = document.get("paths").and_then(Value::as_object).ok_or("the document has no paths")?;
    let mut declared = BTreeSet::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().ok_or("a path has no methods")? {
            let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
            let in_query = parameters.filter(|one| one.get("in").and_then(Value::as_str) == Some("query"));
            let names: BTreeSet<String> = in_query.filter_map(|one| one.get("name").and_then(Value::as_str)).map(str::to_owned).collect();
            declared.insert((method.to_uppercase(), path.clone(), names));
        }
    }
    let classed: BTreeSet<_> = server::ledger::ROUTES
        .iter()
        .map(|(method, path, _, _, names)| {
            ((*method).to_owned(), (*path).to_owned(), names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>())
        })
        .collect();
    assert_eq!(declared, classed);
    Ok(())
}

#[test]
fn decisions_are_numbered_without_a_gap_and_say_context_decision_and_consequences() -> Checked {
    for (number, path) in (1..).zip(files(&root().join(DECISIONS), &["md"])?) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(name.starts_with(&format!("{number:04}-")), "{name} should have the number {number:04}");
        let text = fs::read_to_string(&path)?;
        for heading in ["## Context", "## Decision", "## Consequences"] {
            assert!(text.contains(heading), "{name} has no {heading}");
        }
    }
    Ok(())
}

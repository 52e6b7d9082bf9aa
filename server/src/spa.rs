//! The client, embedded: a page for each program, hashed names cached for ever, brotli made at build time; a missing asset is
//! 404 and never a page.

use crate::http::ApiError;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use contract::{Program, error::ErrorCode};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "../app/dist"]
#[allow_missing = true]
struct Client;

/// Serves a file of the client, or its page where a browser asks for one.
pub(crate) async fn serve(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::from(ErrorCode::MethodNotAllowed).into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    match Client::get(path).filter(|_| !path.is_empty() && !path.ends_with(".html")) {
        Some(file) => asset(path, file, request.headers()),
        None if is_file || !wants_page(request.headers()) => ApiError::from(ErrorCode::NotFound).into_response(),
        None => page(path, request.headers()),
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        name.trim() == "br" && weight.trim() != "q=0"
    })
}

fn asset(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let hashed = has_hash(path);
    let mut response = match Client::get(&format!("{path}.br")).filter(|_| takes_brotli(headers)) {
        Some(small) => {
            let mut response = Response::new(Body::from(small.data));
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            response
        }
        None => Response::new(Body::from(file.data)),
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let answer = response.headers_mut();
    answer
        .insert(header::CONTENT_TYPE, HeaderValue::from_str(kind.as_ref()).unwrap_or(HeaderValue::from_static("application/octet-stream")));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let caching = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

/// Whether a name holds a hash of its content, which then never changes. Trunk writes 64 bits in hexadecimal without leading
/// zeros: one name in sixteen has fewer than sixteen digits.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '_', '.']).any(|part| (8..=16).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit()))
}

/// The page of a program, made once.
struct Page {
    html: String,
    /// The same with brotli.
    small: Option<Vec<u8>>,
    policy: HeaderValue,
    /// The program's own files, for the page before it: to be fetched once that page's own program runs.
    files: String,
}

static PAGES: LazyLock<BTreeMap<&'static str, Page>> =
    LazyLock::new(|| Program::ALL.into_iter().filter_map(|program| Some((program.name(), Page::of(program)?))).collect());

impl Page {
    fn of(program: Program) -> Option<Self> {
        let name = program.name();
        let html = String::from_utf8(Client::get(&format!("{name}.html"))?.data.into_owned()).ok()?;
        let policy = HeaderValue::from_str(&content_security_policy(&html)).ok()?;
        let own = format!("{name}-");
        let files = Client::iter().filter(|file| file.starts_with(&own)).filter_map(|file| prefetch(&file)).collect();
        let small = Client::get(&format!("{name}.html.br")).map(|file| file.data.into_owned());
        Some(Self { html, small, policy, files })
    }
}

/// A link to a file that is fetched when the browser has nothing else to do; nothing for a compressed copy.
fn prefetch(file: &str) -> Option<String> {
    let kind = match file.rsplit('.').next()? {
        "js" => "script",
        "wasm" => "fetch",
        _ => return None,
    };
    Some(format!(r#"<link rel="prefetch" href="/{file}" as="{kind}" crossorigin />"#))
}

/// The page that draws a path. Where another program mostly comes next, the page names its files.
fn page(path: &str, headers: &HeaderMap) -> Response {
    let program = Program::of_path(path);
    let Some(page) = PAGES.get(program.name()) else {
        return (StatusCode::NOT_FOUND, "the client is not built into this program").into_response();
    };
    let next = Program::after(path).and_then(|next| PAGES.get(next.name()));
    let mut response = match (next, &page.small) {
        // Inert in a template: a link that the browser follows at once shares the line with the program that is waited for.
        (Some(next), _) => {
            page.html.replacen("</body>", &format!(r#"<template id="next">{}</template></body>"#, next.files), 1).into_response()
        }
        (None, Some(small)) if takes_brotli(headers) => {
            let mut response = small.clone().into_response();
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            response
        }
        (None, _) => page.html.clone().into_response(),
    };
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer.insert(header::CONTENT_SECURITY_POLICY, page.policy.clone());
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn content_security_policy(html: &str) -> String {
    let hashes: String =
        inline_scripts(html).map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())))).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )
}

/// The text of each inline script of the page.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|part| {
        let (attributes, rest) = part.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_may_begin_with_zeros_that_are_not_written() {
        for name in ["portal-ecf5d95fe0c31ad.js", "portal-ecf5d95fe0c31ad_bg.wasm", "main-5933735536fabe55.css"] {
            assert!(has_hash(name), "{name}");
        }
        for name in ["theme.js", "favicon.svg", "manifest.webmanifest", "robots.txt"] {
            assert!(!has_hash(name), "{name}");
        }
    }

    #[test]
    fn inline_scripts_are_found_and_linked_ones_are_not() {
        let html = r#"<script src="/theme.js"></script><script type="module">import x</script>"#;
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["import x"]);
        assert!(content_security_policy(html).contains("'sha256-"));
        assert!(!content_security_policy(html).contains("unsafe-inline"));
    }
}

//! The routes, once: each is declared with its OpenAPI operation, and the router is made of exactly these.

use crate::{
    account, alarms, approvals, audits, classes, corrections, emergencies, families, grants, guardians, health, http, ledger::BY_TOKEN,
    notes, passkeys, passwords, policy, portal, questions, school, spa, staff, state::Shared, students, today, tokens, trail, views,
    waiting,
};
use axum::{Router, extract::DefaultBodyLimit, middleware, response::IntoResponse};
use contract::error::{ErrorCode, Problem};
use http::ApiError;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use utoipa::{
    OpenApi,
    openapi::{
        ContentBuilder, OpenApi as Document, RefOr, ResponseBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(OpenApi)]
#[openapi(
    info(title = "Shendu", description = "Every personal value in an answer is clear, masked or withheld for the session that asks."),
    components(schemas(Problem))
)]
struct Description;

/// The name of the scheme by which programs read.
const TOKEN: &str = "token";

fn declared() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(health::health))
        .routes(routes!(passkeys::session::show))
        .routes(routes!(passkeys::session::sign_out))
        .routes(routes!(passkeys::sign_in::begin))
        .routes(routes!(passkeys::sign_in::finish))
        .routes(routes!(passwords::sign_in::ways))
        .routes(routes!(passwords::sign_in::sign_in))
        .routes(routes!(passkeys::step_up::begin))
        .routes(routes!(passkeys::step_up::finish))
        .routes(routes!(passkeys::reveal::finish))
        .routes(routes!(passkeys::enrol::open))
        .routes(routes!(passkeys::enrol::finish))
        .routes(routes!(passkeys::recovery::begin))
        .routes(routes!(account::show))
        .routes(routes!(account::passkeys::begin))
        .routes(routes!(account::passkeys::begin_attested))
        .routes(routes!(account::passkeys::finish))
        .routes(routes!(account::passkeys::rename, account::passkeys::remove))
        .routes(routes!(account::recovery_codes))
        .routes(routes!(passwords::set::show))
        .routes(routes!(passwords::set::begin))
        .routes(routes!(passwords::set::finish))
        .routes(routes!(passwords::set::remove))
        .routes(routes!(account::end_session))
        .routes(routes!(account::end_others))
        .routes(routes!(school::show))
        .routes(routes!(school::settings, school::update))
        .routes(routes!(school::ladder::show, school::ladder::update))
        .routes(routes!(school::setup))
        .routes(routes!(school::campuses::add))
        .routes(routes!(school::campuses::rename, school::campuses::close))
        .routes(routes!(families::list::list, families::create::create))
        .routes(routes!(families::search::search))
        .routes(routes!(families::bulk::bulk))
        .routes(routes!(families::export::export))
        .routes(routes!(families::show::show, families::update::update))
        .routes(routes!(families::timeline::timeline))
        .routes(routes!(families::people::add_student))
        .routes(routes!(families::people::add_guardian))
        .routes(routes!(notes::create))
        .routes(routes!(students::update))
        .routes(routes!(students::reveal))
        .routes(routes!(guardians::update))
        .routes(routes!(guardians::reveal))
        .routes(routes!(corrections::list::list))
        .routes(routes!(corrections::decide::decide))
        .routes(routes!(questions::list::list))
        .routes(routes!(questions::answer::answer))
        .routes(routes!(guardians::invite))
        .routes(routes!(notes::reveal))
        .routes(routes!(approvals::list::list, approvals::ask::ask))
        .routes(routes!(approvals::register::list))
        .routes(routes!(approvals::register::export))
        .routes(routes!(approvals::withdraw::withdraw))
        .routes(routes!(approvals::decide::decide))
        .routes(routes!(grants::list::list, grants::ask::ask))
        .routes(routes!(grants::end::end))
        .routes(routes!(grants::decide::decide))
        .routes(routes!(emergencies::list, emergencies::ask))
        .routes(routes!(emergencies::end))
        .routes(routes!(emergencies::decide))
        .routes(routes!(tokens::list, tokens::ask))
        .routes(routes!(tokens::end))
        .routes(routes!(tokens::decide))
        .routes(routes!(tokens::make))
        .routes(routes!(today::show))
        .routes(routes!(waiting::count))
        .routes(routes!(classes::list))
        .routes(routes!(classes::show))
        .routes(routes!(views::list, views::create))
        .routes(routes!(views::update, views::remove))
        .routes(routes!(policy::show, policy::update))
        .routes(routes!(policy::questions::impact))
        .routes(routes!(policy::questions::colleagues))
        .routes(routes!(policy::questions::view_as))
        .routes(routes!(policy::questions::who_sees))
        .routes(routes!(policy::proposals::list, policy::proposals::propose))
        .routes(routes!(policy::proposals::withdraw))
        .routes(routes!(policy::proposals::decide))
        .routes(routes!(policy::versions::list))
        .routes(routes!(policy::versions::show))
        .routes(routes!(policy::versions::roll_back))
        .routes(routes!(policy::versions::review))
        .routes(routes!(trail::list))
        .routes(routes!(trail::news))
        .routes(routes!(trail::exports::export))
        .routes(routes!(trail::verifications::show, trail::verifications::begin, trail::verifications::cancel))
        .routes(routes!(trail::show))
        .routes(routes!(alarms::list))
        .routes(routes!(alarms::show))
        .routes(routes!(alarms::rules::show, alarms::rules::update))
        .routes(routes!(alarms::honey::list, alarms::honey::mark))
        .routes(routes!(alarms::honey::unmark))
        .routes(routes!(alarms::live::listen))
        .routes(routes!(alarms::take))
        .routes(routes!(alarms::close))
        .routes(routes!(alarms::undo))
        .routes(routes!(audits::list, audits::draw))
        .routes(routes!(audits::show))
        .routes(routes!(passkeys::audit::begin))
        .routes(routes!(passkeys::audit::finish))
        .routes(routes!(audits::decline))
        .routes(routes!(audits::findings::create))
        .routes(routes!(audits::findings::step))
        .routes(routes!(staff::list, staff::keep::create))
        .routes(routes!(staff::show, staff::keep::update))
        .routes(routes!(staff::enrol))
        .routes(routes!(staff::access::suspend, staff::access::restore))
        .routes(routes!(staff::access::end_sessions))
        .routes(routes!(staff::activity::show))
        .routes(routes!(staff::departures::plan, staff::departures::leave))
        .routes(routes!(portal::children::list))
        .routes(routes!(portal::children::show))
        .routes(routes!(portal::ledger::list))
        .routes(routes!(portal::corrections::list, portal::corrections::create))
        .routes(routes!(portal::corrections::withdraw))
        .routes(routes!(portal::questions::list, portal::questions::create))
        .routes(routes!(portal::questions::withdraw))
        .routes(routes!(portal::entry::open))
        .routes(routes!(portal::entry::request_code))
        .routes(routes!(portal::entry::verify_code))
}

/// The OpenAPI document. Every operation can also answer with a problem; what a program may read by a token says so.
#[must_use]
pub fn document() -> Document {
    let mut document = declared().into_openapi();
    let problem = ContentBuilder::new().schema(Some(utoipa::openapi::Ref::from_schema_name("Problem"))).build();
    let refused = ResponseBuilder::new().description("Refused; the code says why.").content("application/problem+json", problem).build();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "A token for a program: `shendu_…`. What it reads is a mask at most, and a request with a cookie besides is refused.",
        ))
        .build();
    document.components.get_or_insert_default().add_security_scheme(TOKEN, SecurityScheme::Http(bearer));
    for (path, item) in &mut document.paths.paths {
        // By the cookie of a session, which is no matter of the caller's, or by a token.
        if let Some(operation) = item.get.as_mut().filter(|_| BY_TOKEN.contains(&path.as_str())) {
            operation.security = Some(vec![SecurityRequirement::default(), SecurityRequirement::new(TOKEN, Vec::<String>::new())]);
        }
    }
    for path in document.paths.paths.values_mut() {
        for operation in [&mut path.get, &mut path.post, &mut path.patch, &mut path.delete].into_iter().flatten() {
            operation.responses.responses.entry("default".into()).or_insert_with(|| RefOr::T(refused.clone()));
        }
    }
    document
}

/// The router: the API under `/api`, the client everywhere else.
pub fn router(app: Shared) -> Router {
    let (api, _) = declared().split_for_parts();
    let csrf = CsrfLayer::new().with_rejection_response(|_: ProtectionError| ApiError::from(ErrorCode::CrossSite).into_response());
    api.route("/api/{*rest}", axum::routing::any(unknown))
        .route("/api", axum::routing::any(unknown))
        .method_not_allowed_fallback(wrong_method)
        .layer(csrf)
        .layer(DefaultBodyLimit::max(256 * 1024))
        .fallback(spa::serve)
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            ApiError::from(ErrorCode::Internal).into_response()
        }))
        .layer(middleware::from_fn(http::secured))
        .layer(middleware::from_fn(http::traced))
        .with_state(app)
}

async fn unknown() -> ApiError {
    ErrorCode::NotFound.into()
}

async fn wrong_method() -> ApiError {
    ErrorCode::MethodNotAllowed.into()
}

//! A server in the place of the product: takes webhooks, serves documents, and echoes API requests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A webhook as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap().to_str().unwrap()
    }
}

#[derive(Default)]
struct Inside {
    carrier: Mutex<Vec<Received>>,
    payment: Mutex<Vec<Received>>,
    media: Mutex<BTreeMap<String, Vec<u8>>>,
    mail: Mutex<Value>,
    /// Webhooks that are refused with 500 before one is taken.
    refusals: Mutex<usize>,
}

pub(crate) struct Receiver {
    pub(crate) origin: String,
    inside: Arc<Inside>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let inside = Arc::new(Inside::default());
        let router = Router::new()
            .route("/hooks/carrier", post(carrier))
            .route("/api/webhooks/payment", post(payment))
            .route("/media/{name}", get(media))
            .route("/moved/{name}", get(|| async { (StatusCode::FOUND, [("location", "/media/letter.pdf")]) }))
            .route("/_ministack/ses/messages", get(mail))
            .route("/api/{*path}", any(echo))
            .with_state(Arc::clone(&inside));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { origin, inside }
    }

    pub(crate) fn serve(&self, name: &str, document: Vec<u8>) {
        self.inside.media.lock().unwrap().insert(name.to_owned(), document);
    }

    pub(crate) fn remember_mail(&self, messages: Value) {
        *self.inside.mail.lock().unwrap() = messages;
    }

    pub(crate) fn refuse_next(&self, count: usize) {
        *self.inside.refusals.lock().unwrap() = count;
    }

    pub(crate) fn carrier(&self) -> Vec<Received> {
        self.inside.carrier.lock().unwrap().clone()
    }

    pub(crate) fn payment(&self) -> Vec<Received> {
        self.inside.payment.lock().unwrap().clone()
    }

    /// Types of the carrier's events about one fax, in the order in which they came.
    pub(crate) fn carrier_events(&self, fax: &str) -> Vec<String> {
        let all = self.carrier().into_iter().map(|hook| hook.json());
        all.filter(|event| event["data"]["payload"]["fax_id"] == fax)
            .map(|event| event["data"]["event_type"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Types of the payment events, in the order in which they came.
    pub(crate) fn payment_events(&self) -> Vec<String> {
        self.payment().iter().map(|hook| hook.json()["type"].as_str().unwrap().to_owned()).collect()
    }
}

type Shared = State<Arc<Inside>>;

fn take(inside: &Inside, list: &Mutex<Vec<Received>>, headers: HeaderMap, body: String) -> StatusCode {
    let mut refusals = inside.refusals.lock().unwrap();
    list.lock().unwrap().push(Received { headers, body });
    if *refusals > 0 {
        *refusals -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    StatusCode::OK
}

async fn carrier(State(inside): Shared, headers: HeaderMap, body: String) -> StatusCode {
    take(&inside, &inside.carrier, headers, body)
}

async fn payment(State(inside): Shared, headers: HeaderMap, body: String) -> StatusCode {
    take(&inside, &inside.payment, headers, body)
}

async fn media(State(inside): Shared, Path(name): Path<String>) -> Response {
    let found = inside.media.lock().unwrap().get(&name).cloned();
    found.map_or(StatusCode::FORBIDDEN.into_response(), IntoResponse::into_response)
}

async fn mail(State(inside): Shared) -> Json<Value> {
    let messages = inside.mail.lock().unwrap().clone();
    Json(json!({"messages": if messages.is_null() { json!({}) } else { messages }}))
}

async fn echo(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bytes: Bytes = axum::body::to_bytes(body, 1 << 24).await.unwrap();
    let authorization = parts.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
    let seen = json!({"method": parts.method.as_str(), "uri": parts.uri.to_string(), "authorization": authorization,
        "host": parts.headers.get("host").map(|value| value.to_str().unwrap().to_owned()), "bytes": bytes.len()});
    (StatusCode::CREATED, [("x-from-api", "yes"), ("set-cookie", "a=1")], Json(seen)).into_response()
}

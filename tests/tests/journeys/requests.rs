//! What our clients of the carrier and the payment provider really send, held against the providers' contracts.
//!
//! The clients talk to a server that writes every request down and answers with what it was given; no stack is needed.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, Uri},
};
use justfax::{
    Timestamp,
    email::EmailAddress,
    ids::JobId,
    job::order::Order,
    language::Language,
    money::{Currency, Money},
    number::FaxNumber,
    ports::{Call, Carrier, CarrierCopies, Checkouts, Due, Payments},
};
use justfax_carrier::telnyx::Telnyx;
use justfax_payments::stripe::Stripe;
use justfax_tests::stack::http;
use serde_json::{Map, Value, json};

use crate::contract::Contract;

const JOB: &str = "abcdefghijklmnopqrstuvwxyz";

/// A request as it came.
#[derive(Debug, Clone)]
struct Sent {
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
    body: String,
}

type Book = Arc<Mutex<Vec<Sent>>>;

/// Starts a server that answers everything with `answer`; gives its address and the book it writes.
async fn recorder(status: u16, answer: Value) -> (String, Book) {
    let book = Book::default();
    let write = move |State(book): State<Book>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
        let answer = answer.clone();
        async move {
            let sent = Sent {
                method: method.to_string().to_lowercase(),
                path: uri.path().to_owned(),
                query: uri.query().unwrap_or_default().to_owned(),
                headers,
                body: String::from_utf8_lossy(&body).into_owned(),
            };
            book.lock().unwrap().push(sent);
            (axum::http::StatusCode::from_u16(status).unwrap(), axum::Json(answer))
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(write).with_state(Arc::clone(&book));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, book)
}

fn only(book: &Book) -> Sent {
    let sent = book.lock().unwrap();
    assert_eq!(sent.len(), 1, "{sent:?}");
    sent[0].clone()
}

async fn carrier(status: u16, answer: Value) -> (Telnyx, Book) {
    let (base, book) = recorder(status, answer).await;
    let telnyx = Telnyx {
        http: http().unwrap(),
        base,
        key: "KEY".to_owned(),
        connection_id: "1293384261075731499".to_owned(),
        from: FaxNumber::parse("+493023125000", None).unwrap(),
        webhook_url: "https://justfax.example/api/webhooks/carrier".to_owned(),
    };
    (telnyx, book)
}

fn call<'a>(job: &'a JobId, to: &'a FaxNumber) -> Call<'a> {
    Call {
        job,
        attempt: 2,
        to,
        sheet_url: "https://bucket.s3.amazonaws.com/transmissions/x/2.pdf?X-Amz-Expires=3600",
        began: Timestamp::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn a_call_is_placed_as_the_carrier_s_contract_says() {
    let (telnyx, book) = carrier(202, json!({"data": {"id": "f1", "status": "queued"}})).await;
    let (job, to) = (JobId::parse(JOB).unwrap(), FaxNumber::parse("+493023125001", None).unwrap());
    telnyx.dial(&call(&job, &to)).await.unwrap();
    let sent = only(&book);
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("post", "/v2/faxes"));
    assert_eq!(sent.headers["authorization"], "Bearer KEY");
    let body: Value = serde_json::from_str(&sent.body).unwrap();
    assert_eq!((&body["store_media"], &body["store_preview"]), (&json!(false), &json!(false)));
    if let Some(contract) = Contract::of_provider("telnyx-fax.strict.json") {
        let operation = contract.at("/v2/faxes", "post").clone();
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(contract.faults(schema, &body), Vec::<String>::new(), "{body:#}");
        let mut odd = body.clone();
        odd["priority"] = json!(1);
        assert!(!contract.faults(schema, &odd).is_empty(), "the contract would take anything");
    }
}

#[tokio::test]
async fn the_carrier_is_asked_and_told_to_delete_at_paths_of_its_contract() {
    let (telnyx, book) = carrier(404, json!({"errors": []})).await;
    let (job, to) = (JobId::parse(JOB).unwrap(), FaxNumber::parse("+493023125001", None).unwrap());
    telnyx.look(&call(&job, &to), Some("f1")).await.unwrap();
    telnyx.forget("f1").await.unwrap();
    let _ = telnyx.look(&call(&job, &to), None).await;
    let sent = book.lock().unwrap().clone();
    let asked: Vec<_> = sent.iter().map(|one| (one.method.as_str(), one.path.as_str())).collect();
    assert_eq!(asked[..3], [("get", "/v2/faxes/f1"), ("delete", "/v2/faxes/f1"), ("get", "/v2/faxes/f1")]);
    let list = sent.last().unwrap();
    assert!(list.query.contains("filter%5Bto%5D%5Beq%5D=%2B493023125001"), "{}", list.query);
    let Some(contract) = Contract::of_provider("telnyx-fax.strict.json") else { return };
    for one in &sent {
        let template = if one.path == "/v2/faxes" { "/v2/faxes" } else { "/v2/faxes/{id}" };
        assert!(contract.at(template, &one.method).is_object(), "{} {} is not in the contract", one.method, one.path);
    }
}

async fn payments(status: u16, answer: Value) -> (Stripe, Book) {
    let (base, book) = recorder(status, answer).await;
    let site_url = "https://justfax.example".to_owned();
    (Stripe { http: http().unwrap(), base, key: "sk_test".to_owned(), site_url }, book)
}

fn order() -> Order {
    let eur = |amount| Money { amount, currency: Currency::parse("EUR").unwrap() };
    Order {
        recipient: FaxNumber::parse("+493023125001", None).unwrap(),
        email: EmailAddress::parse("a@b.example").unwrap(),
        email_hash: String::new(),
        price: eur(219),
        vat: eur(35),
        vat_percent: "19".to_owned(),
        pages: 2,
        terms_version: "2026-11-01".to_owned(),
        language: Language::De,
        at: Timestamp::UNIX_EPOCH,
    }
}

/// Asserts that a request is one of the contract, with the headers that it asks for.
fn holds(contract: Option<&Contract>, sent: &Sent, template: &str) {
    assert!(sent.headers.contains_key("stripe-version"), "{sent:?}");
    assert_eq!(sent.headers.contains_key("idempotency-key"), sent.method == "post", "{sent:?}");
    let Some(contract) = contract else { return };
    let operation = contract.at(template, &sent.method);
    let Some(parameters) = operation["parameters"].as_array() else { return };
    for parameter in parameters.iter().filter(|parameter| parameter["required"] == true && parameter["in"] == "header")
    {
        let name = parameter["name"].as_str().unwrap();
        let value = sent.headers.get(name).unwrap_or_else(|| panic!("{name} is missing")).to_str().unwrap();
        assert_eq!(contract.faults(&parameter["schema"], &json!(value)), Vec::<String>::new(), "{name}: {value}");
    }
    let schema = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    let body = typed(schema, nested(&sent.body));
    assert_eq!(contract.faults(schema, &body), Vec::<String>::new(), "{body:#}");
}

#[tokio::test]
async fn a_payment_page_is_opened_as_the_provider_s_contract_says() {
    let session = json!({"id": "cs_1", "url": "https://checkout.example/1", "status": "open"});
    let (stripe, book) = payments(200, session).await;
    let (job, order) = (JobId::parse(JOB).unwrap(), order());
    stripe.open(&Due { job: &job, number: 1, order: &order }, Timestamp::now()).await.unwrap();
    let sent = only(&book);
    let contract = Contract::of_provider("stripe-checkout.strict.json");
    holds(contract.as_ref(), &sent, "/v1/checkout/sessions");
    let form = nested(&sent.body);
    assert_eq!(form["payment_intent_data"]["capture_method"], "manual", "the card is only held");
    assert!(!sent.body.contains("23125001"), "the provider learns the recipient: {}", sent.body);
    let mut odd = sent.clone();
    odd.body.push_str("&payment_method_types%5B0%5D=card");
    let refused = std::panic::catch_unwind(|| holds(contract.as_ref(), &odd, "/v1/checkout/sessions"));
    assert!(contract.is_none() || refused.is_err(), "the contract would take anything");
}

#[tokio::test]
async fn money_is_settled_by_requests_of_the_contract_each_with_a_key_of_its_own() {
    let intent = json!({"id": "pi_1", "status": "succeeded", "created": 1_700_000_000});
    let (stripe, book) = payments(200, intent).await;
    let job = JobId::parse(JOB).unwrap();
    stripe.capture(&job, 1, "pi_1").await.unwrap();
    stripe.release(&job, 1, "pi_1").await.unwrap();
    stripe.refund(&job, 1, "pi_1").await.unwrap();
    stripe.close(&job, 1, "cs_1").await.unwrap();
    let sent = book.lock().unwrap().clone();
    let contract = Contract::of_provider("stripe-checkout.strict.json");
    holds(contract.as_ref(), &sent[2], "/v1/refunds");
    holds(contract.as_ref(), &sent[3], "/v1/checkout/sessions/{session}/expire");
    assert_eq!(sent[0].path, "/v1/payment_intents/pi_1/capture");
    assert_eq!(sent[1].path, "/v1/payment_intents/pi_1/cancel");
    let mut keys: Vec<_> = sent.iter().map(|one| one.headers["idempotency-key"].clone()).collect();
    keys.sort_by_key(|key| key.as_bytes().to_vec());
    keys.dedup();
    assert_eq!(keys.len(), 4, "two steps share a key");
}

/// A form `a[b][0]=c` as the object it means.
fn nested(form: &str) -> Value {
    let mut whole = Value::Object(Map::new());
    for pair in form.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name), decoded(value));
        let mut place = &mut whole;
        for part in name.split('[').map(|part| part.trim_end_matches(']')) {
            if !place.is_object() {
                *place = json!({});
            }
            place = &mut place[part];
        }
        *place = json!(value);
    }
    whole
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let (byte, skip) = match (*first, hex) {
            (b'%', Some(byte)) => (byte, 2),
            (b'+', _) => (b' ', 0),
            (other, _) => (other, 0),
        };
        bytes.push(byte);
        rest = &after[skip..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The texts of a form as the types that the schema gives them.
fn typed(schema: &Value, value: Value) -> Value {
    match value {
        Value::Object(map) if schema["type"] == "array" => {
            Value::Array(map.into_iter().map(|(_, item)| typed(&schema["items"], item)).collect())
        }
        Value::Object(map) => {
            let of = |name: &str| schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
            Value::Object(map.into_iter().map(|(name, item)| (name.clone(), typed(of(&name), item))).collect())
        }
        Value::String(text) if schema["type"] == "integer" => {
            text.parse::<i64>().map_or(json!(text), |number| json!(number))
        }
        Value::String(text) if schema["type"] == "boolean" => {
            text.parse::<bool>().map_or(json!(text), |truth| json!(truth))
        }
        other => other,
    }
}

#[test]
fn a_form_is_read_as_the_object_it_means() {
    let form = nested("mode=payment&line_items%5B0%5D%5Bquantity%5D=1&name=Fax%2C+2+Seiten");
    assert_eq!(form, json!({"mode": "payment", "line_items": {"0": {"quantity": "1"}}, "name": "Fax, 2 Seiten"}));
    let schema = json!({"properties": {"line_items": {"type": "array", "items": {"properties": {"quantity": {"type": "integer"}}}}}});
    assert_eq!(typed(&schema, form)["line_items"], json!([{"quantity": 1}]));
}

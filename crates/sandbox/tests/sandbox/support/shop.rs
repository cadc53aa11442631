//! A client of the payment sandbox as strict as needed, and no stricter: tests break the rules one at a time.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

use super::{PAYMENT_KEY, World};

static KEYS: AtomicU32 = AtomicU32::new(0);

/// A fresh idempotency key.
pub(crate) fn key() -> String {
    format!("test-key-{}", KEYS.fetch_add(1, Ordering::Relaxed))
}

/// The form of a session as JustFax asks for it.
pub(crate) fn session_form() -> Vec<(&'static str, String)> {
    let in_an_hour = justfax_sandbox::clock::unix() + 3600;
    [
        ("mode", "payment"),
        ("client_reference_id", "job1"),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", "249"),
        ("line_items[0][price_data][product_data][name]", "Fax, 3 Seiten"),
        ("payment_intent_data[capture_method]", "manual"),
        ("payment_intent_data[metadata][job]", "job1"),
        ("metadata[job]", "job1"),
        ("success_url", "http://127.0.0.1:9/de/status/?s={CHECKOUT_SESSION_ID}#job1.secret"),
        ("cancel_url", "http://127.0.0.1:9/de/bestellen/#job1.secret"),
        ("customer_email", "sender@example.org"),
        ("locale", "de"),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.to_owned()))
    .chain([("expires_at", in_an_hour.to_string())])
    .collect()
}

impl World {
    /// A POST with everything it needs.
    pub(crate) async fn pay_post(&self, path: &str, key: &str, form: &[(&str, String)]) -> (u16, Value) {
        let answer = self.pay_request(path, key, form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub(crate) fn pay_request(&self, path: &str, key: &str, form: &[(&str, String)]) -> reqwest::RequestBuilder {
        let request = self.http.post(self.payment(path)).bearer_auth(PAYMENT_KEY).form(form);
        request.header("stripe-version", "2026-10-28.endive").header("idempotency-key", key)
    }

    pub(crate) async fn pay_get(&self, path: &str) -> (u16, Value) {
        let request =
            self.http.get(self.payment(path)).bearer_auth(PAYMENT_KEY).header("stripe-version", "2026-10-28.endive");
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// A session that was just opened.
    pub(crate) async fn session(&self) -> Value {
        let (status, session) = self.pay_post("/v1/checkout/sessions", &key(), &session_form()).await;
        assert_eq!(status, 200, "{session:#}");
        session
    }

    /// Presses a button of the payment page; gives status and Location.
    pub(crate) async fn press(&self, session: &Value, button: &str, method: &str) -> (u16, String) {
        let page = format!("/pay/{}/{button}", session["id"].as_str().unwrap());
        let answer = self.http.post(self.payment(&page)).form(&[("method", method)]).send().await.unwrap();
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), location.unwrap_or_default())
    }

    /// A session paid by card and held; gives session and payment.
    pub(crate) async fn held(&self) -> (Value, String) {
        let session = self.session().await;
        assert_eq!(self.press(&session, "pay", "card").await.0, 303);
        let (_, session) = self.pay_get(&format!("/v1/checkout/sessions/{}", session["id"].as_str().unwrap())).await;
        let intent = session["payment_intent"].as_str().unwrap().to_owned();
        (session, intent)
    }
}

//! The payment sandbox: where the money goes, and how strict the API is.

use serde_json::{Value, json};

use crate::support::shop::{key, session_form};
use crate::support::{PAYMENT_KEY, WEBHOOK_SECRET, World};

fn error(answer: &(u16, Value)) -> (u16, &str, &str) {
    let text = |name: &str| answer.1["error"][name].as_str().unwrap_or("");
    (answer.0, text("type"), text("code"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_held_then_captured_and_every_webhook_is_signed() {
    let world = World::start().await;
    let session = world.session().await;
    assert_eq!(session["status"], "open");
    assert_eq!(session["payment_intent"], Value::Null);
    let (status, location) = world.press(&session, "pay", "card").await;
    let id = session["id"].as_str().unwrap();
    assert_eq!((status, location), (303, format!("http://127.0.0.1:9/de/status/?s={id}#job1.secret")));
    let (_, session) = world.pay_get(&format!("/v1/checkout/sessions/{id}?expand[]=payment_intent")).await;
    assert_eq!(session["status"], "complete");
    assert_eq!(session["payment_status"], "unpaid", "a hold is no payment yet");
    let intent = &session["payment_intent"];
    assert_eq!(intent["status"], "requires_capture");
    assert_eq!(intent["amount_capturable"], 249);
    assert_eq!(intent["metadata"], json!({"job": "job1"}));
    let path = format!("/v1/payment_intents/{}/capture", intent["id"].as_str().unwrap());
    let (status, captured) = world.pay_post(&path, &key(), &[]).await;
    assert_eq!((status, &captured["status"], &captured["amount_received"]), (200, &json!("succeeded"), &json!(249)));
    let hooks = world.until(|| async { Some(world.receiver.payment()).filter(|hooks| !hooks.is_empty()) }).await;
    assert_eq!(world.receiver.payment_events(), ["checkout.session.completed"]);
    let signature = hooks[0].header("stripe-signature");
    let time: i64 = signature.split(['=', ',']).nth(1).unwrap().parse().unwrap();
    assert_eq!(signature, justfax_sandbox::hooks::stripe_signature(WEBHOOK_SECRET, time, &hooks[0].body));
    let desk = world.desk_json("/desk/payments.json").await;
    assert_eq!(desk["intents"][0]["captured"], 249);
    assert_eq!(desk["intents"][0]["released"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_released_by_cancelling_and_then_nothing_can_be_captured() {
    let world = World::start().await;
    let (_, intent) = world.held().await;
    let path = format!("/v1/payment_intents/{intent}");
    let reason = [("cancellation_reason", "requested_by_customer".to_owned())];
    let (status, cancelled) = world.pay_post(&format!("{path}/cancel"), &key(), &reason).await;
    assert_eq!((status, &cancelled["status"]), (200, &json!("canceled")));
    let refused = world.pay_post(&format!("{path}/capture"), &key(), &[]).await;
    assert_eq!(error(&refused), (400, "invalid_request_error", "payment_intent_unexpected_state"));
    let again = world.pay_post(&format!("{path}/cancel"), &key(), &reason).await;
    assert_eq!(error(&again).2, "payment_intent_unexpected_state");
    let refund = world.pay_post("/v1/refunds", &key(), &[("payment_intent", intent.clone())]).await;
    assert_eq!(refund.0, 400);
    let desk = world.desk_json("/desk/payments.json").await;
    assert_eq!((&desk["intents"][0]["captured"], &desk["intents"][0]["released"]), (&json!(0), &json!(249)));
}

#[tokio::test(flavor = "multi_thread")]
async fn part_of_a_hold_is_captured_and_never_more_than_the_hold() {
    let world = World::start().await;
    let (_, intent) = world.held().await;
    let path = format!("/v1/payment_intents/{intent}/capture");
    let too_much = world.pay_post(&path, &key(), &[("amount_to_capture", "250".to_owned())]).await;
    assert_eq!(error(&too_much).2, "amount_too_large");
    let (status, part) = world.pay_post(&path, &key(), &[("amount_to_capture", "200".to_owned())]).await;
    assert_eq!((status, &part["amount_received"]), (200, &json!(200)));
    let desk = world.desk_json("/desk/payments.json").await;
    assert_eq!(desk["intents"][0]["released"], 49);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_leaves_the_session_open() {
    let world = World::start().await;
    let session = world.session().await;
    assert_eq!(world.press(&session, "decline", "card").await.0, 402);
    let path = format!("/v1/checkout/sessions/{}", session["id"].as_str().unwrap());
    let (_, open) = world.pay_get(&path).await;
    assert_eq!(open["status"], "open");
    let intent = open["payment_intent"].as_str().unwrap();
    let (_, intent) = world.pay_get(&format!("/v1/payment_intents/{intent}")).await;
    assert_eq!(intent["status"], "requires_payment_method");
    assert_eq!(intent["last_payment_error"]["code"], "card_declined");
    let early =
        world.pay_post(&format!("/v1/payment_intents/{}/cancel", intent["id"].as_str().unwrap()), &key(), &[]).await;
    assert_eq!(early.0, 400, "the session has to be expired first");
    assert_eq!(world.press(&session, "pay", "card").await.0, 303);
    assert_eq!(world.press(&session, "pay", "card").await.0, 409, "a session is paid once");
    world.until(|| async { (world.receiver.payment_events().len() == 2).then_some(()) }).await;
    let mut events = world.receiver.payment_events();
    events.sort();
    assert_eq!(events, ["checkout.session.completed", "payment_intent.payment_failed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_abandoned_session_goes_back_and_an_expired_one_takes_no_payment() {
    let world = World::start().await;
    let session = world.session().await;
    let (status, location) = world.press(&session, "abandon", "").await;
    assert_eq!((status, location.as_str()), (303, "http://127.0.0.1:9/de/bestellen/#job1.secret"));
    let path = format!("/v1/checkout/sessions/{}/expire", session["id"].as_str().unwrap());
    let (status, expired) = world.pay_post(&path, &key(), &[]).await;
    assert_eq!((status, &expired["status"], &expired["url"]), (200, &json!("expired"), &Value::Null));
    assert_eq!(world.press(&session, "pay", "card").await.0, 409);
    assert_eq!(world.pay_post(&path, &key(), &[]).await.0, 400);
    world.until(|| async { (world.receiver.payment_events() == ["checkout.session.expired"]).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_expires_by_the_clock() {
    let world = World::start().await;
    let session = world.session().await;
    world.app.ledger.change(|ledger| ledger.sessions[0].expires_at = justfax_sandbox::clock::unix() - 1);
    world.until(|| async { (world.receiver.payment_events() == ["checkout.session.expired"]).then_some(()) }).await;
    assert_eq!(world.press(&session, "pay", "card").await.0, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_cannot_be_held_is_taken_at_once_and_given_back_by_refund() {
    let world = World::start().await;
    let session = world.session().await;
    world.press(&session, "pay", "bank").await;
    let (_, session) = world.pay_get(&format!("/v1/checkout/sessions/{}", session["id"].as_str().unwrap())).await;
    assert_eq!(session["payment_status"], "paid");
    let intent = session["payment_intent"].as_str().unwrap().to_owned();
    let part = [("payment_intent", intent.clone()), ("amount", "100".to_owned()), ("metadata[job]", "job1".to_owned())];
    let (status, refund) = world.pay_post("/v1/refunds", &key(), &part).await;
    assert_eq!((status, &refund["status"], &refund["amount"]), (200, &json!("succeeded"), &json!(100)));
    let whole = [("payment_intent", intent.clone()), ("amount", "200".to_owned())];
    assert_eq!(error(&world.pay_post("/v1/refunds", &key(), &whole).await).2, "amount_too_large");
    let rest = [("payment_intent", intent.clone())];
    assert_eq!(world.pay_post("/v1/refunds", &key(), &rest).await.1["amount"], 149);
    assert_eq!(error(&world.pay_post("/v1/refunds", &key(), &rest).await).2, "charge_already_refunded");
    let (_, list) = world.pay_get(&format!("/v1/refunds?payment_intent={intent}&limit=1")).await;
    assert_eq!((list["data"].as_array().unwrap().len(), &list["has_more"]), (1, &json!(true)));
    let fail = world.desk(&format!("/desk/payments/refunds/{}/fail", refund["id"].as_str().unwrap()));
    assert_eq!(world.http.post(fail).send().await.unwrap().status(), 303);
    world
        .until(|| async { world.receiver.payment_events().iter().any(|event| event == "refund.failed").then_some(()) })
        .await;
    assert_eq!(world.desk_json("/desk/payments.json").await["intents"][0]["refunded"], 149);
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_money_comes_later_or_never() {
    let world = World::start().await;
    for (method, last, status) in [
        ("slow_bank", "checkout.session.async_payment_succeeded", "paid"),
        ("slow_bank_fails", "checkout.session.async_payment_failed", "unpaid"),
    ] {
        let session = world.session().await;
        world.press(&session, "pay", method).await;
        world.until(|| async { world.receiver.payment_events().iter().any(|event| event == last).then_some(()) }).await;
        let (_, session) = world.pay_get(&format!("/v1/checkout/sessions/{}", session["id"].as_str().unwrap())).await;
        assert_eq!(session["payment_status"], status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_used_twice_gets_the_same_answer_and_never_another_request() {
    let world = World::start().await;
    let form = session_form();
    let key = key();
    let first = world.pay_post("/v1/checkout/sessions", &key, &form).await;
    let again = world.pay_request("/v1/checkout/sessions", &key, &form).send().await.unwrap();
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.json::<Value>().await.unwrap(), first.1);
    let mut other = form.clone();
    other[1].1 = "job2".to_owned();
    let refused = world.pay_post("/v1/checkout/sessions", &key, &other).await;
    assert_eq!(error(&refused), (400, "idempotency_error", ""));
    let elsewhere =
        world.pay_post(&format!("/v1/checkout/sessions/{}/expire", first.1["id"].as_str().unwrap()), &key, &[]).await;
    assert_eq!(error(&elsewhere), (400, "idempotency_error", ""));
    assert_eq!(world.app.ledger.read(|ledger| ledger.sessions.len()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_replays_and_a_malformed_request_does_not_use_up_its_key() {
    let world = World::start().await;
    let (_, intent) = world.held().await;
    let path = format!("/v1/payment_intents/{intent}/capture");
    let large = [("amount_to_capture", "9999".to_owned())];
    let first = world.pay_request(&path, "error-key", &large).send().await.unwrap();
    assert!(first.headers().get("idempotent-replayed").is_none());
    let again = world.pay_request(&path, "error-key", &large).send().await.unwrap();
    assert_eq!((again.status().as_u16(), again.headers()["idempotent-replayed"].to_str().unwrap()), (400, "true"));
    assert_eq!(world.pay_post(&path, "form-key", &[("amount", "1".to_owned())]).await.0, 400);
    assert_eq!(world.pay_post(&path, "form-key", &[]).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_without_key_version_or_authority_are_refused() {
    let world = World::start().await;
    let url = world.payment("/v1/checkout/sessions");
    let bare = |key: &str| world.http.post(&url).bearer_auth(key).form(&session_form());
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status().as_u16();
    assert_eq!(status(world.http.post(&url).form(&session_form())).await, 401);
    assert_eq!(
        status(bare("sk_wrong").header("stripe-version", "2026-10-28.endive").header("idempotency-key", key())).await,
        401
    );
    assert_eq!(status(bare(PAYMENT_KEY).header("idempotency-key", key())).await, 400);
    assert_eq!(
        status(bare(PAYMENT_KEY).header("stripe-version", "2020-08-27").header("idempotency-key", key())).await,
        400
    );
    assert_eq!(status(bare(PAYMENT_KEY).header("stripe-version", "2026-10-28.endive")).await, 400);
    let json = world.http.post(&url).bearer_auth(PAYMENT_KEY).json(&json!({"mode": "payment"}));
    assert_eq!(status(json.header("stripe-version", "2026-10-28.endive").header("idempotency-key", key())).await, 400);
    let basic = world.http.get(&url).basic_auth(PAYMENT_KEY, Some("")).header("stripe-version", "2026-10-28.endive");
    assert_eq!(status(basic).await, 200);
    assert_eq!(world.pay_get("/v1/customers").await.0, 404);
    assert_eq!(world.pay_get("/v1/payment_intents/pi_none").await.1["error"]["code"], "resource_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_field_of_a_session_is_refused() {
    let world = World::start().await;
    let soon = (justfax_sandbox::clock::unix() + 60).to_string();
    let late = (justfax_sandbox::clock::unix() + 25 * 3600).to_string();
    for (name, value) in [
        ("mode", "subscription"),
        ("line_items[0][quantity]", "0"),
        ("line_items[0][price_data][unit_amount]", "2.49"),
        ("line_items[0][price_data][unit_amount]", "49"),
        ("line_items[0][price_data][currency]", "xxx"),
        ("success_url", "/relative"),
        ("customer_email", "nobody"),
        ("locale", "tlh"),
        ("expires_at", &soon),
        ("expires_at", &late),
        ("payment_intent_data[capture_method]", "later"),
        ("client_reference_id", ""),
    ] {
        let mut form = session_form();
        form.iter_mut().find(|(field, _)| *field == name).unwrap().1 = value.to_owned();
        assert_eq!(world.pay_post("/v1/checkout/sessions", &key(), &form).await.0, 400, "{name}={value}");
    }
    for extra in ["payment_method_types[0]", "line_items[0][price_data][colour]", "colour"] {
        let mut form = session_form();
        form.push((extra, "card".to_owned()));
        let refused = world.pay_post("/v1/checkout/sessions", &key(), &form).await;
        assert_eq!(error(&refused).2, "parameter_unknown", "{extra}");
    }
    for missing in ["mode", "success_url", "client_reference_id", "line_items[0][price_data][currency]"] {
        let form: Vec<_> = session_form().into_iter().filter(|(name, _)| *name != missing).collect();
        let refused = world.pay_post("/v1/checkout/sessions", &key(), &form).await;
        assert_eq!(error(&refused).2, "parameter_missing", "{missing}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_sent_again_until_it_is_taken() {
    let world = World::start().await;
    world.receiver.refuse_next(2);
    world.held().await;
    world.until(|| async { (world.receiver.payment().len() == 3).then_some(()) }).await;
    let bodies: Vec<String> = world.receiver.payment().into_iter().map(|hook| hook.body).collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "the same event each time");
    world
        .until(|| async {
            let hooks = world.desk_json("/desk/webhooks.json").await;
            (hooks["webhooks"][0]["progress"] == "delivered").then_some(())
        })
        .await;
}

//! The sandbox's own answers and webhooks against the providers' contract files.

use serde_json::Value;

use crate::support::contract::Contract;
use crate::support::paper::{letters, pdf};
use crate::support::shop::key;
use crate::support::{CARRIER_KEY, World};

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_webhooks_of_the_payment_sandbox_fit_the_contract() {
    let Some(contract) = Contract::open("stripe-checkout.strict.json") else { return };
    let world = World::start().await;
    let open = world.session().await;
    contract.check("checkout.session", &open);
    world.press(&open, "decline", "card").await;
    let declined = format!("/v1/checkout/sessions/{}", open["id"].as_str().unwrap());
    contract.check("checkout.session", &world.pay_get(&declined).await.1);
    world.pay_post(&format!("{declined}/expire"), &key(), &[]).await;
    let (session, held) = world.held().await;
    contract.check("checkout.session", &session);
    contract
        .check("payment_intent", &world.pay_post(&format!("/v1/payment_intents/{held}/cancel"), &key(), &[]).await.1);
    let (_, intent) = world.held().await;
    contract.check(
        "payment_intent",
        &world.pay_post(&format!("/v1/payment_intents/{intent}/capture"), &key(), &[]).await.1,
    );
    let refund = world.pay_post("/v1/refunds", &key(), &[("payment_intent", intent.clone())]).await.1;
    contract.check("refund", &refund);
    contract.check("charge", &world.pay_get(&format!("/v1/charges/{}", refund["charge"].as_str().unwrap())).await.1);
    world
        .http
        .post(world.desk(&format!("/desk/payments/refunds/{}/fail", refund["id"].as_str().unwrap())))
        .send()
        .await
        .unwrap();
    world.http.post(world.desk(&format!("/desk/payments/intents/{intent}/dispute"))).send().await.unwrap();
    for path in ["/v1/checkout/sessions", "/v1/refunds", "/v1/events"] {
        let (status, list) = world.pay_get(path).await;
        assert_eq!(status, 200);
        contract.check_answer(path, "get", "200", &list);
    }
    contract.check("error", &world.pay_get("/v1/payment_intents/pi_none").await.1);
    contract.check("error", &world.pay_post("/v1/refunds", "short", &[]).await.1);
    world
        .until(|| async {
            world.receiver.payment_events().iter().any(|kind| kind == "charge.dispute.created").then_some(())
        })
        .await;
    for hook in world.receiver.payment() {
        check_event(&contract, &hook.json());
    }
}

fn check_event(contract: &Contract, event: &Value) {
    let kind = event["type"].as_str().unwrap();
    contract.check("event", event);
    match kind {
        "payment_intent.payment_failed" | "payment_intent.canceled" => {
            contract.check("payment_intent", &event["data"]["object"]);
        }
        _ => contract.check(&format!("event.{kind}"), event),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_webhooks_of_the_carrier_sandbox_fit_the_contract() {
    let Some(contract) = Contract::open("telnyx-fax.strict.json") else { return };
    let world = World::start().await;
    world.receiver.serve("letter.pdf", pdf(&letters(1)));
    let (status, accepted) = world.post_fax(&world.fax_request("+493023125001", "letter.pdf", "job.1")).await;
    assert_eq!(status, 202);
    contract.check_answer("/v2/faxes", "post", "202", &accepted);
    world.ended(accepted["data"]["id"].as_str().unwrap()).await;
    world.fax("+493023125002", "letter.pdf", "job.2").await;
    let (status, refused) = world.post_fax(&serde_json::json!({})).await;
    assert_eq!(status, 422);
    contract.check_answer("/v2/faxes", "post", "422", &refused);
    let get = async |path: &str| {
        let answer = world.http.get(world.carrier(path)).bearer_auth(CARRIER_KEY).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    contract.check_answer("/v2/faxes", "get", "200", &get("/v2/faxes").await.1);
    let one = get(&format!("/v2/faxes/{}", accepted["data"]["id"].as_str().unwrap())).await.1;
    contract.check_answer("/v2/faxes/{id}", "get", "200", &one);
    contract.check_answer("/v2/faxes/{id}", "get", "404", &get("/v2/faxes/none").await.1);
    world.until(|| async { (world.receiver.carrier().len() == 7).then_some(()) }).await;
    for hook in world.receiver.carrier() {
        let event = hook.json();
        let schema = match event["data"]["event_type"].as_str().unwrap() {
            "fax.queued" => "FaxQueued",
            "fax.media.processed" => "FaxMediaProcessed",
            "fax.sending.started" => "FaxSendingStarted",
            "fax.delivered" => "FaxDelivered",
            _ => "FaxFailed",
        };
        contract.check(schema, &event);
    }
}

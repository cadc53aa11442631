//! The carrier: real transmissions to every kind of far end, and the contract of its API.

use data_encoding::BASE64;
use ed25519_dalek::{Signature, SigningKey, Verifier};
use justfax_sandbox::numbers::TEST_NUMBERS;
use serde_json::{Value, json};

use crate::support::paper::{letters, pdf, pdf_with};
use crate::support::{CARRIER_KEY, Received, SEED, World};

fn verified(hook: &Received) -> bool {
    let signed = format!("{}|{}", hook.header("telnyx-timestamp"), hook.body);
    let signature = BASE64.decode(hook.header("telnyx-signature-ed25519").as_bytes()).unwrap();
    let key = SigningKey::from_bytes(&SEED).verifying_key();
    key.verify(signed.as_bytes(), &Signature::from_slice(&signature).unwrap()).is_ok()
}

fn pages_of(call: &Value) -> Vec<String> {
    let pages = call["machine"]["pages"].as_array().cloned().unwrap_or_default();
    pages.iter().map(|page| page["sha256"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fax_arrives_bit_by_bit_and_every_event_is_signed_and_in_order() {
    let world = World::start().await;
    let pages = letters(3);
    world.receiver.serve("letter.pdf", pdf(&pages));
    let call = world.fax("+493023125001", "letter.pdf", "job1.1").await;
    assert_eq!(call["status"], "delivered", "{call:#}");
    let expected: Vec<String> = pages.iter().map(crate::support::paper::Page::sha256).collect();
    assert_eq!(pages_of(&call), expected);
    let machine = &call["machine"];
    assert_eq!(machine["csid"], "+493023125001 FAX");
    assert_eq!(machine["tsi"], "+493023125000");
    assert_eq!(machine["bit_rate"], 14_400);
    assert_eq!(machine["error_correction"], true);
    assert_eq!(machine["codes"], json!({"sender": 0, "machine": 0}));
    let id = call["id"].as_str().unwrap();
    let events = world.until(|| async {
        let events = world.receiver.carrier_events(id);
        (events.len() == 4).then_some(events)
    });
    assert_eq!(events.await, ["fax.queued", "fax.media.processed", "fax.sending.started", "fax.delivered"]);
    let hooks = world.receiver.carrier();
    assert!(hooks.iter().all(verified));
    let last = hooks.last().unwrap().json();
    assert_eq!(last["data"]["payload"]["page_count"], 3);
    assert!(last["data"]["payload"]["call_duration_secs"].as_u64().unwrap() > 60);
    assert_eq!(last["data"]["payload"]["client_state"], BASE64.encode(b"job1.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_test_number_does_what_the_table_says() {
    let world = World::start().await;
    let pages = letters(2);
    world.receiver.serve("letter.pdf", pdf(&pages));
    let all: Vec<String> = pages.iter().map(crate::support::paper::Page::sha256).collect();
    for (ending, status, reason, received) in [
        ("01", "delivered", None, 2),
        ("02", "failed", Some("user_busy"), 0),
        ("03", "failed", Some("receiver_no_answer"), 0),
        ("04", "failed", Some("fax_initial_communication_timeout"), 0),
        ("05", "failed", Some("receiver_call_dropped"), 2),
        ("06", "delivered", None, 2),
        ("07", "failed", Some("receiver_unallocated_number"), 0),
        ("08", "failed", Some("user_busy"), 0),
        ("09", "failed", Some("receiver_call_dropped"), 2),
        ("10", "failed", Some("receiver_no_response"), 0),
    ] {
        let number = TEST_NUMBERS.iter().find(|row| row.ending == ending).unwrap();
        let call = world.fax(number.american, "letter.pdf", &format!("job{ending}.1")).await;
        assert_eq!(call["status"], status, "{ending}: {call:#}");
        assert_eq!(call["failure_reason"].as_str(), reason, "{ending}: {call:#}");
        assert_eq!(pages_of(&call).len(), received, "{ending}: {call:#}");
        match ending {
            "05" => {
                let paper = &call["machine"]["pages"];
                assert_eq!(paper[0]["sha256"], all[0]);
                assert_eq!(paper[1]["complete"], false);
                assert!((500..1500).contains(&paper[1]["height"].as_u64().unwrap()), "{paper:#}");
            }
            "06" => assert!(call["machine"]["bit_rate"].as_u64().unwrap() < 14_400, "{call:#}"),
            "09" => assert_eq!(call["machine"]["pages_confirmed"], 1),
            _ => {}
        }
        if matches!(ending, "01" | "06" | "09") {
            assert_eq!(pages_of(&call), all, "{ending}");
        }
    }
    let again = world.fax("+12125550108", "letter.pdf", "job08.2").await;
    assert_eq!(again["status"], "delivered");
    let other = world.fax("+12125550108", "letter.pdf", "job99.1").await;
    assert_eq!(other["failure_reason"], "user_busy", "another Job meets the busy line first");
}

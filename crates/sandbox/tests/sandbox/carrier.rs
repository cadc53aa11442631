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

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_not_ours_is_refused_after_acceptance() {
    let world = World::start().await;
    let page = letters(1);
    let grey = "/ColorSpace /DeviceGray /BitsPerComponent 1";
    let draw = "q 595 0 0 842 0 0 cm /Im Do Q";
    for (name, document) in [
        ("empty.pdf", Vec::new()),
        ("text.pdf", b"hello".to_vec()),
        ("inverted.pdf", pdf_with(&page, &format!("{grey} /Decode [1 0]"), draw)),
        ("twice.pdf", pdf_with(&page, grey, "q 595 0 0 842 0 0 cm /Im Do /Im Do Q")),
        ("drawn.pdf", pdf_with(&page, grey, "q 595 0 0 842 0 0 cm /Im Do Q 0 0 m 9 9 l S")),
        ("nothing.pdf", pdf_with(&page, grey, "")),
        ("no-page.pdf", pdf(&[])),
        ("broken.pdf", pdf(&page).into_iter().take(9_000).collect()),
    ] {
        world.receiver.serve(name, document);
        let call = world.fax("+493023125001", name, "job.1").await;
        assert_eq!(call["failure_reason"], "file_format_invalid", "{name}: {call:#}");
        assert!(!call["remark"].as_str().unwrap().is_empty());
    }
    let masked = pdf_with(&page, "/ImageMask true /BitsPerComponent 1", draw);
    world.receiver.serve("mask.pdf", masked);
    assert_eq!(world.fax("+493023125001", "mask.pdf", "job.1").await["status"], "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_cannot_be_fetched_fails_and_a_redirect_is_not_followed() {
    let world = World::start().await;
    world.receiver.serve("letter.pdf", pdf(&letters(1)));
    assert_eq!(world.fax("+493023125001", "gone.pdf", "job.1").await["failure_reason"], "file_download_failed");
    let mut request = world.fax_request("+493023125001", "letter.pdf", "job.2");
    request["media_url"] = json!(format!("{}/moved/letter.pdf", world.receiver.origin));
    let (_, accepted) = world.post_fax(&request).await;
    assert_eq!(world.ended(accepted["data"]["id"].as_str().unwrap()).await["failure_reason"], "file_download_failed");
    request["media_url"] = json!("http://127.0.0.1:1/letter.pdf");
    let (_, accepted) = world.post_fax(&request).await;
    assert_eq!(world.ended(accepted["data"]["id"].as_str().unwrap()).await["failure_reason"], "file_download_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_removes_the_carriers_copy_and_leaves_the_paper() {
    let world = World::start().await;
    world.receiver.serve("letter.pdf", pdf(&letters(1)));
    let call = world.fax("+493023125001", "letter.pdf", "job.1").await;
    let id = call["id"].as_str().unwrap();
    let copy = world.folder.join("carrier").join(id);
    assert!(copy.join("media.pdf").is_file());
    assert_eq!(call["carrier_copy"]["pages"], 1);
    let url = world.carrier(&format!("/v2/faxes/{id}"));
    let status = async |request: reqwest::RequestBuilder| {
        request.bearer_auth(CARRIER_KEY).send().await.unwrap().status().as_u16()
    };
    assert_eq!(status(world.http.delete(&url)).await, 204);
    assert!(!copy.exists());
    assert_eq!(status(world.http.get(&url)).await, 404);
    assert_eq!(status(world.http.delete(&url)).await, 404);
    let after = world.ended(id).await;
    assert_eq!((&after["deleted"], &after["carrier_copy"]), (&json!(true), &Value::Null));
    let picture =
        world.http.get(world.desk(after["machine"]["pages"][0]["png"].as_str().unwrap())).send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fax_is_found_by_number_and_time_and_cancelled_while_it_rings() {
    let world = World::start().await;
    world.receiver.serve("letter.pdf", pdf(&letters(1)));
    let (_, accepted) = world.post_fax(&world.fax_request("+493023125003", "letter.pdf", "job.1")).await;
    let id = accepted["data"]["id"].as_str().unwrap();
    let created = accepted["data"]["created_at"].as_str().unwrap();
    let list = async |query: &[(&str, &str)]| {
        let request = world.http.get(world.carrier("/v2/faxes")).query(query).bearer_auth(CARRIER_KEY);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let (_, found) = list(&[("filter[to][eq]", "+493023125003"), ("filter[created_at][gte]", created)]).await;
    assert_eq!(found["data"][0]["client_state"], BASE64.encode(b"job.1"));
    assert_eq!(list(&[("filter[to][eq]", "+493023125001")]).await.1["meta"]["total_results"], 0);
    assert_eq!(list(&[("filter[created_at][gt]", created)]).await.1["meta"]["total_results"], 0);
    assert_eq!(list(&[("filter[colour]", "red")]).await.0, 400);
    assert_eq!(list(&[("page[size]", "0")]).await.0, 400);
    let url = world.carrier(&format!("/v2/faxes/{id}"));
    let running = world.http.delete(&url).bearer_auth(CARRIER_KEY).send().await.unwrap();
    assert_eq!(running.status(), 422, "a running fax is not deleted");
    let cancel = world.http.post(format!("{url}/actions/cancel")).bearer_auth(CARRIER_KEY);
    assert_eq!(cancel.try_clone().unwrap().send().await.unwrap().status(), 202);
    assert_eq!(world.ended(id).await["failure_reason"], "sender_canceled");
    assert_eq!(cancel.send().await.unwrap().status(), 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_in_real_time_takes_its_time_and_can_be_cancelled() {
    let world = World::start_with(|config| config.real_time = true).await;
    world.receiver.serve("letter.pdf", pdf(&letters(1)));
    let (_, accepted) = world.post_fax(&world.fax_request("+493023125001", "letter.pdf", "job.1")).await;
    let id = accepted["data"]["id"].as_str().unwrap();
    world.until(|| async { (world.receiver.carrier_events(id).len() == 3).then_some(()) }).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let cancel = world.http.post(world.carrier(&format!("/v2/faxes/{id}/actions/cancel"))).bearer_auth(CARRIER_KEY);
    cancel.send().await.unwrap();
    let call = world.ended(id).await;
    assert_eq!(call["failure_reason"], "sender_canceled");
    assert!((2..5).contains(&call["machine"]["seconds"].as_u64().unwrap()), "{call:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_without_the_key_or_from_another_connection_are_refused() {
    let world = World::start().await;
    let body = world.fax_request("+493023125001", "letter.pdf", "job.1");
    for key in ["", "Bearer wrong", "Basic S0VZX3NhbmRib3g6"] {
        let request = world.http.post(world.carrier("/v2/faxes")).header("authorization", key).json(&body);
        assert_eq!(request.send().await.unwrap().status(), 401, "{key}");
    }
    let mut other = body.clone();
    other["connection_id"] = json!("2");
    assert_eq!(world.post_fax(&other).await.0, 422);
    let form = world.http.post(world.carrier("/v2/faxes")).bearer_auth(CARRIER_KEY).form(&[("to", "+493023125001")]);
    assert_eq!(form.send().await.unwrap().status(), 400);
    assert_eq!(world.desk_json("/desk/fax.json").await["calls"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_is_refused_comes_again_with_a_higher_attempt() {
    let world = World::start().await;
    world.receiver.refuse_next(1);
    let call = world.fax("+493023125007", "gone.pdf", "job.1").await;
    let id = call["id"].as_str().unwrap();
    world.until(|| async { (world.receiver.carrier_events(id).len() == 3).then_some(()) }).await;
    let mut attempts: Vec<u64> =
        world.receiver.carrier().iter().map(|hook| hook.json()["meta"]["attempt"].as_u64().unwrap()).collect();
    attempts.sort_unstable();
    assert_eq!(attempts, [1, 1, 2]);
}

//! The desk: the site as production serves it, the API behind it, the developer's pages, and mail.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::paper::{letters, pdf};

fn site(world: &World) {
    for (name, content) in [("de/index.html", "<p>Hallo"), ("assets/a-1.js", "x"), ("404.html", "<p>nothing here")] {
        let file = world.folder.join("site").join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }
}

async fn get(world: &World, path: &str) -> reqwest::Response {
    world.http.get(world.desk(path)).header("accept-language", "de-AT,en;q=0.5").send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_is_served_as_in_production() {
    let world = World::start().await;
    site(&world);
    let start = get(&world, "/").await;
    assert_eq!((start.status().as_u16(), start.headers()["location"].to_str().unwrap()), (302, "/de/"));
    assert_eq!(get(&world, "/de").await.headers()["location"], "/de/");
    let page = get(&world, "/de/").await;
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert!(page.headers()["cache-control"].to_str().unwrap().contains("must-revalidate"));
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("connect-src 'self' http://127.0.0.1:4566;"), "{policy}");
    for name in [
        "strict-transport-security",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "x-content-type-options",
    ] {
        assert!(page.headers().contains_key(name), "{name}");
    }
    assert_eq!(page.text().await.unwrap(), "<p>Hallo");
    assert!(get(&world, "/assets/a-1.js").await.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    let missing = get(&world, "/de/nothing/").await;
    assert_eq!(missing.status(), 404);
    assert_eq!(missing.text().await.unwrap(), "<p>nothing here");
    assert_eq!(get(&world, "/de/..%2f..%2ffaxes.json").await.status(), 404);
    assert_eq!(world.http.post(world.desk("/de/")).send().await.unwrap().status(), 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_is_reached_through_the_desk_with_everything_but_the_host() {
    let world = World::start().await;
    let request =
        world.http.patch(world.desk("/api/jobs/a%20b?x=1&y=%2F")).bearer_auth("secret").body(vec![7; 100_000]);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.headers()["x-from-api"], "yes");
    assert_eq!(answer.headers()["set-cookie"], "a=1");
    assert!(answer.headers().contains_key("content-security-policy"));
    let seen: Value = answer.json().await.unwrap();
    assert_eq!(seen["method"], "PATCH");
    assert_eq!(seen["uri"], "/api/jobs/a%20b?x=1&y=%2F");
    assert_eq!(seen["authorization"], "Bearer secret");
    assert_eq!(seen["bytes"], 100_000);
    assert_eq!(seen["host"].as_str().unwrap(), world.receiver.origin.trim_start_matches("http://"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_that_is_down_is_a_bad_gateway() {
    let world = World::start_with(|config| config.api_url = "http://127.0.0.1:1".to_owned()).await;
    assert_eq!(get(&world, "/api/jobs/x").await.status(), 502);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_desk_shows_what_happened() {
    let world = World::start().await;
    let index = get(&world, "/desk/").await.text().await.unwrap();
    assert!(index.contains("+493023125009") && index.contains("+12125550109"));
    assert_eq!(world.desk_json("/desk/numbers.json").await["numbers"].as_array().unwrap().len(), 10);
    for path in ["/desk/fax", "/desk/payments", "/desk/mail"] {
        assert_eq!(get(&world, path).await.status(), 200, "{path}");
    }
    world.receiver.serve("letter.pdf", pdf(&letters(1)));
    let call = world.fax("+493023125001", "letter.pdf", "job.1").await;
    world.held().await;
    let faxes = get(&world, "/desk/fax").await.text().await.unwrap();
    assert!(faxes.contains(call["machine"]["pages"][0]["png"].as_str().unwrap()));
    assert!(get(&world, "/desk/payments").await.text().await.unwrap().contains("held"));
    assert_eq!(get(&world, "/desk").await.headers()["location"], "/desk/");
    assert_eq!(get(&world, "/desk/fax/nobody/1.png").await.status(), 404);
    assert_eq!(get(&world, "/desk/nothing").await.status(), 301);
}

const MESSAGE: &str = "Message-ID: <11@email.amazonses.com>\r\nFrom: JustFax <fax@example.org>\r\nTo: sender@example.org\r\n\
Subject: =?utf-8?Q?Zugestellt:_Ihr_Fax_f=C3=BCr_M=C3=BCller?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDelivered\r\n..\r\n\
--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Delivered <img src=\"cid:page\"><script>alert(1)</script></p>\r\n--a--\r\n\
--m\r\nContent-Type: image/png\r\nContent-ID: <page>\r\nContent-Disposition: inline; filename=page.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--m--\r\n";

/// Sends a mail as the emulator's relay does.
async fn send_mail(port: u16) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let mut reply = [0; 512];
    for line in [
        "",
        "ehlo test\r\n",
        "mail FROM:<fax@example.org>\r\n",
        "rcpt TO:<sender@example.org>\r\n",
        "data\r\n",
        MESSAGE,
        ".\r\n",
        "quit\r\n",
    ] {
        stream.write_all(line.as_bytes()).await.unwrap();
        if line != MESSAGE {
            let read = stream.read(&mut reply).await.unwrap();
            assert!(matches!(reply[0], b'2' | b'3'), "{}", String::from_utf8_lossy(&reply[..read]));
        }
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_shown_whole_with_its_attachments_and_runs_nothing() {
    let port = free_port();
    let world = World::start_with(|config| config.smtp_port = Some(port)).await;
    send_mail(port).await;
    let mails = world.desk_json("/desk/mail.json").await["mails"].clone();
    assert_eq!(mails[0]["subject"], "Zugestellt: Ihr Fax für Müller");
    assert_eq!(mails[0]["to"], json!(["sender@example.org"]));
    assert_eq!(mails[0]["text"].as_str().unwrap().trim(), "Delivered\r\n.");
    assert_eq!(mails[0]["complete"], true);
    let id = mails[0]["id"].as_str().unwrap();
    let picture = get(&world, mails[0]["attachments"][0]["url"].as_str().unwrap()).await;
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert_eq!(picture.bytes().await.unwrap().as_ref(), b"\x89PNG");
    let html = get(&world, &format!("/desk/mail/{id}/html")).await;
    assert!(html.headers()["content-security-policy"].to_str().unwrap().starts_with("sandbox; default-src 'none'"));
    assert!(html.text().await.unwrap().contains(&format!("/desk/mail/{id}/attachments/1")));
    let page = get(&world, &format!("/desk/mail/{id}")).await.text().await.unwrap();
    assert!(page.contains("<iframe class=\"mail\" sandbox") && page.contains("Delivered"));
    assert!(get(&world, &format!("/desk/mail/{id}/raw")).await.text().await.unwrap().contains("multipart/mixed"));
    assert_eq!(get(&world, "/desk/mail/..%2Fready/raw").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_only_the_emulator_knows_is_shown_from_its_summary() {
    let world = World::start().await;
    world.receiver.remember_mail(
        json!({"000000000000": [{"MessageId": "9-9@email.amazonses.com", "Source": "fax@example.org",
        "To": ["a@example.org"], "CC": [], "BCC": [], "Subject": "Receipt", "BodyText": "Paid", "BodyHtml": null,
        "Timestamp": 1_795_000_000.25, "Type": "SendRawEmail"}]}),
    );
    let mails = world.desk_json("/desk/mail.json").await["mails"].clone();
    assert_eq!(
        (&mails[0]["id"], &mails[0]["complete"], &mails[0]["text"]),
        (&json!("9-9"), &json!(false), &json!("Paid"))
    );
    assert!(get(&world, "/desk/mail/9-9").await.text().await.unwrap().contains("summary"));
}

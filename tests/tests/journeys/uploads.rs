//! The presigned form: exactly one object, of exactly the announced size and kind, and nothing else.

use justfax_tests::client::{Stage, Upload, Uploaded, upload, wait_for};

use crate::{
    harness::{Journey, PATIENCE, World, answering},
    samples,
};

/// Posts a form changed by `change`, which must be refused and must leave nothing.
async fn refused(world: &World, bytes: &[u8], change: impl FnOnce(&mut Upload, &mut Vec<u8>)) -> Uploaded {
    let opened = world.announce(&[("letter.pdf", bytes)]).await;
    let (mut form, mut file) = (opened.uploads[0].clone(), bytes.to_vec());
    change(&mut form, &mut file);
    let uploaded = upload(world.client.http(), &form, &file).await.unwrap();
    assert!((400..500).contains(&uploaded.status), "taken with {}", uploaded.status);
    let journey = Journey::new(world.clone(), &opened);
    assert_eq!(world.aws.keys_of(&opened.job).await.unwrap(), Vec::<String>::new());
    assert_eq!(journey.job.view().await.unwrap().stage, Stage::Draft);
    journey.finish().await;
    uploaded
}

#[tokio::test]
async fn a_file_of_another_size_than_announced_is_refused() {
    let (world, letter) = (World::get(), samples::read("letter-en.pdf"));
    let larger = refused(&world, &letter, |_, file| file.push(b'\n')).await;
    assert!(larger.body.contains("EntityTooLarge"), "{}", larger.body);
    let smaller = refused(&world, &letter, |_, file| file.truncate(100)).await;
    assert!(smaller.body.contains("EntityTooSmall"), "{}", smaller.body);
    refused(&world, &letter, |_, file| *file = vec![b'x'; 21 * 1024 * 1024]).await;
}

#[tokio::test]
async fn another_kind_key_or_signature_is_refused() {
    let (world, letter) = (World::get(), samples::read("letter-en.pdf"));
    let change = |name: &'static str, value: &'static str| {
        move |form: &mut Upload, _: &mut Vec<u8>| {
            form.fields.insert(name.to_owned(), value.to_owned());
        }
    };
    refused(&world, &letter, change("Content-Type", "text/html")).await;
    refused(&world, &letter, change("key", "uploads/aaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaaaaaaa")).await;
    refused(&world, &letter, change("key", "pages/aaaaaaaaaaaaaaaaaaaaaaaaaa/1.png")).await;
    refused(&world, &letter, change("x-amz-signature", &"0".repeat(64).leak()[..])).await;
    refused(&world, &letter, change("policy", "e30=")).await;
    refused(&world, &letter, |form, _| {
        form.fields.remove("policy");
        form.fields.remove("x-amz-signature");
    })
    .await;
}

#[tokio::test]
async fn the_bucket_is_closed_to_whoever_has_no_form() {
    let world = World::get();
    let bucket = format!("{}/{}", world.stack.emulator, world.stack.bucket);
    let http = world.client.http();
    let listed = http.get(format!("{bucket}?list-type=2")).send().await.unwrap();
    assert_eq!(listed.status().as_u16(), 403);
    let put = http.put(format!("{bucket}/uploads/x")).body("x").send().await.unwrap();
    assert_eq!(put.status().as_u16(), 403);
}

#[tokio::test]
async fn a_preview_is_seen_by_its_address_only_and_never_changed() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf"]).await;
    let view = journey.job.view().await.unwrap();
    let http = world.client.http();
    for address in [&view.pages[0].preview, &view.pages[0].thumbnail] {
        let seen = http.get(address).send().await.unwrap();
        assert_eq!((seen.status().as_u16(), seen.headers()["content-type"].to_str().unwrap()), (200, "image/png"));
        let plain = address.split('?').next().unwrap();
        assert_eq!(http.get(plain).send().await.unwrap().status().as_u16(), 403, "seen without a signature");
        assert_eq!(
            http.delete(address).send().await.unwrap().status().as_u16(),
            403,
            "deleted by the address of a picture"
        );
    }
    journey.finish().await;
}

#[tokio::test]
async fn an_upload_that_comes_again_after_delivery_is_deleted_again() {
    let (world, letter) = (World::get(), samples::read("letter-en.pdf"));
    let opened = world.announce(&[("letter.pdf", &letter)]).await;
    let send = || upload(world.client.http(), &opened.uploads[0], &letter);
    assert_eq!(send().await.unwrap().status, 204);
    let journey = Journey::new(world.clone(), &opened).prepared().await;
    assert_eq!(send().await.unwrap().status, 204, "the form is good for an hour");
    crate::delivered::delivered(&journey, &answering(27)).await;
    assert_eq!(send().await.unwrap().status, 204);
    let gone = || async {
        let keys = world.aws.keys_of(&opened.job).await.unwrap();
        Ok(if keys.is_empty() { Ok(()) } else { Err(keys) })
    };
    wait_for("deletion of a late upload", PATIENCE, gone).await.unwrap();
    journey.finish().await;
}

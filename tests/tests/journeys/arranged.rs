//! Files and pages that the sender arranged before ordering: what was shown is what arrives.

use justfax_tests::client::{JobView, Raster, Stage};
use justfax_tests::send::previews;
use serde_json::{Value, json};

use crate::{
    delivered::delivered,
    harness::{Journey, World, answering, problem, says},
    samples,
};

/// A wish for the pages of a file.
fn wish(turns: &Value, left_out: &Value, photo: bool) -> Value {
    json!({ "turns": turns, "left_out": left_out, "photo": photo })
}

/// What the sender sees of every page, once all are there.
async fn look(journey: &Journey) -> (JobView, Vec<Raster>) {
    let view = journey.converted().await;
    let shown = previews(&journey.world.client, &view).await.unwrap();
    (view, shown)
}

/// Which pages of their files are sent, in order.
fn sources(view: &JobView) -> Vec<u32> {
    view.pages.iter().map(|page| page.source).collect()
}

#[tokio::test]
async fn files_in_another_order_without_some_pages_arrive_so() {
    let world = World::get();
    let mut journey = world.prepare(&["letter-de.pdf", "report-en.pdf"]).await;
    let view = journey.job.view().await.unwrap();
    let (letter, report) = (view.documents[0].id.clone(), view.documents[1].id.clone());
    let before = journey.job.quote(&answering(70), None).await.unwrap();
    journey.job.arrange(&[&report, &letter]).await.unwrap();
    let left_out = json!([1, 2, 3, 4, 6, 7, 8, 9]);
    journey.job.choose_pages(&report, &wish(&json!([]), &left_out, false)).await.unwrap();
    let (view, shown) = look(&journey).await;
    assert_eq!(view.documents[0].left_out, [1, 2, 3, 4, 6, 7, 8, 9]);
    assert_eq!((view.documents[0].pages, view.left_out.len()), (2, 8));
    assert_eq!(sources(&view)[..2], [5, 10]);
    assert!(view.pages.iter().zip(1..).all(|(page, number)| page.number == Some(number)));
    let letters = journey.shown.len() - 10;
    let expected =
        [&journey.shown[letters + 4..=letters + 4], &journey.shown[letters + 9..], &journey.shown[..letters]];
    assert!(shown == expected.concat(), "the preview is the same pages in the new order");
    let after = journey.job.quote(&answering(70), None).await.unwrap();
    assert_eq!((before.pages - after.pages, after.pages as usize), (8, shown.len()));
    assert!(after.price.amount < before.price.amount);
    journey.shown = shown;
    delivered(&journey, &answering(70)).await;
    journey.finish().await;
}

#[tokio::test]
async fn turned_and_photographed_pages_are_made_anew_under_new_addresses_and_arrive_so() {
    let world = World::get();
    let mut journey = world.prepare(&["letter-en.pdf", "scene.jpg", "note-de.txt"]).await;
    let before = journey.job.view().await.unwrap();
    let [letter, scene, note] = [0, 1, 2].map(|at| before.documents[at].id.clone());
    let turned = json!([{ "page": 1, "degrees": 180 }]);
    let asked = journey.job.choose_pages(&letter, &wish(&turned, &json!([]), false)).await.unwrap();
    assert_eq!((asked.stage, asked.documents[0].state.as_str()), (Stage::Draft, "awaited"));
    says(&problem(journey.job.quote(&answering(71), None).await), "not_ready", None, "noch nicht fertig");
    journey.job.choose_pages(&letter, &wish(&turned, &json!([]), false)).await.unwrap();
    journey.job.choose_pages(&scene, &wish(&json!([{ "page": 1, "degrees": 90 }]), &json!([]), true)).await.unwrap();
    journey.job.choose_pages(&note, &wish(&json!([{ "page": 1, "degrees": 270 }]), &json!([]), false)).await.unwrap();
    let (view, shown) = look(&journey).await;
    assert_eq!(view.pages.iter().map(|page| page.turn).collect::<Vec<_>>(), [180, 90, 270]);
    for ((old, new), at) in before.pages.iter().zip(&view.pages).zip(0..) {
        assert_ne!(path(&old.preview), path(&new.preview), "a cache could show the old page");
        assert!(shown[at] != journey.shown[at], "page {at} is the same");
    }
    let gone = world.client.http().get(&before.pages[0].preview).send().await.unwrap();
    assert_eq!(gone.status(), 404, "the old pages are not kept");
    journey.shown = shown;
    delivered(&journey, &answering(71)).await;
    journey.finish().await;
}

/// An address without what makes it good for some minutes.
fn path(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}

#[tokio::test]
async fn standard_resolution_arrives_as_shown() {
    let world = World::get();
    let mut journey = world.prepare(&["letter-en.pdf", "note-de.txt"]).await;
    journey.job.choose_resolution(&json!({ "resolution": "standard" })).await.unwrap();
    let (view, shown) = look(&journey).await;
    assert!(view.pages.iter().all(|page| page.rows_per_inch == 98 && page.rows <= 1146), "{:?}", view.pages);
    assert!(shown.iter().zip(&journey.shown).all(|(coarse, fine)| coarse.rows() * 2 <= fine.rows() + 2));
    journey.shown = shown;
    delivered(&journey, &answering(72)).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_locked_file_opens_with_its_password_which_nobody_keeps() {
    let world = World::get();
    let bytes = samples::read("traps/password.pdf");
    let mut journey = world.upload(&[("locked.pdf", &bytes)]).await;
    let view = journey.converted().await;
    assert_eq!(view.documents[0].refusal.as_deref(), Some("password_needed"));
    let id = view.documents[0].id.clone();
    let with = |word: &str| {
        let mut wish = wish(&json!([]), &json!([]), false);
        wish["password"] = word.into();
        wish
    };
    journey.job.choose_pages(&id, &with("wrong-xq7")).await.unwrap();
    assert_eq!(journey.converted().await.documents[0].refusal.as_deref(), Some("password_needed"));
    journey.job.choose_pages(&id, &with("opensesame")).await.unwrap();
    let (view, shown) = look(&journey).await;
    assert_eq!(view.stage, Stage::Ready);
    // Made anew it needs the password again, and without it the sender is asked.
    journey.job.choose_resolution(&json!({ "resolution": "standard" })).await.unwrap();
    assert_eq!(journey.converted().await.documents[0].refusal.as_deref(), Some("password_needed"));
    let again = json!({ "resolution": "fine", "passwords": [{ "document": id, "password": "opensesame" }] });
    journey.job.choose_resolution(&again).await.unwrap();
    journey.job.choose_pages(&id, &with("opensesame")).await.unwrap();
    let (_, again) = look(&journey).await;
    assert!(again == shown, "fine again, the pages are the same");
    journey.shown = again;
    delivered(&journey, &answering(73)).await;
    journey.finish().await;
}

#[tokio::test]
async fn wishes_that_do_not_fit_change_nothing() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt", "letter-en.pdf"]).await;
    let before = journey.job.view().await.unwrap();
    let (note, letter) = (before.documents[0].id.as_str(), before.documents[1].id.as_str());
    for order in [vec![note], vec![note, note], vec![note, letter, "abcdefghijklmnop"], vec![]] {
        says(&problem(journey.job.arrange(&order).await), "wrong_stage", None, "Laden Sie die Seite neu");
    }
    let choose = |document: &'static str, wish: Value| {
        let job = journey.job.clone();
        async move { problem(job.choose_pages(document, &wish).await).code }
    };
    assert_eq!(choose("abcdefghijklmnop", wish(&json!([]), &json!([]), false)).await, "wrong_stage");
    assert_eq!(choose("no-document", wish(&json!([]), &json!([]), false)).await, "not_found");
    for (turns, left_out) in [(json!([{ "page": 1, "degrees": 45 }]), json!([])), (json!([]), json!(["1"]))] {
        let refused = problem(journey.job.choose_pages(note, &wish(&turns, &left_out, false)).await);
        assert_eq!(refused.code, "bad_request", "{turns} {left_out}");
    }
    for page in [0, 2, 4_000_000] {
        let refused = problem(journey.job.choose_pages(note, &wish(&json!([]), &json!([page]), false)).await);
        assert_eq!(refused.code, "wrong_stage", "page {page}");
    }
    let after = journey.job.view().await.unwrap();
    assert_eq!((after.stage, sources(&after)), (Stage::Ready, sources(&before)));
    journey.job.choose_pages(note, &wish(&json!([]), &json!([1]), false)).await.unwrap();
    let letters = before.pages.len() - 1;
    let all: Vec<usize> = (1..=letters).collect();
    journey.job.choose_pages(letter, &wish(&json!([]), &json!(all), false)).await.unwrap();
    assert_eq!(journey.job.view().await.unwrap().stage, Stage::Draft, "nothing is left to fax");
    says(&problem(journey.job.quote(&answering(74), None).await), "not_ready", None, "noch nicht fertig");
    journey.job.choose_pages(note, &wish(&json!([]), &json!([]), false)).await.unwrap();
    let page = journey.order(&answering(74)).await;
    says(&problem(journey.job.arrange(&[letter, note]).await), "wrong_stage", None, "geht jetzt nicht");
    assert_eq!(page.abandon().await.unwrap().status, 303);
    journey.finish().await;
}

fn cover(message: &str) -> Value {
    json!({
        "language": "fr", "to": "Fernsprech-Gesellschaft Übersee mbH", "from": "Łukasz Nováková-Ångström",
        "subject": "Résiliation", "message": message,
    })
}

/// The picture of the cover page.
async fn cover_picture(journey: &Journey) -> Raster {
    let page = journey.job.view_cover().await.unwrap();
    let picture = page["picture"].as_str().unwrap().strip_prefix("data:image/png;base64,").unwrap();
    let raster = Raster::read(&data_encoding::BASE64.decode(picture.as_bytes()).unwrap()).unwrap();
    assert_eq!(page["rows"], raster.rows());
    raster
}

#[tokio::test]
async fn a_cover_page_is_counted_paid_and_arrives_first_as_shown() {
    let world = World::get();
    let mut journey = world.prepare(&["report-en.pdf"]).await;
    let to = answering(76);
    let bare = journey.job.quote(&to, None).await.unwrap();
    says(&problem(journey.job.view_cover().await), "not_found", None, "");
    says(
        &problem(journey.job.write_cover(&cover(&"mot\n".repeat(900))).await),
        "cover_too_long",
        Some("message"),
        "Seite",
    );
    let with_emoji = problem(journey.job.write_cover(&cover("Merci \u{1f600}")).await);
    says(&with_emoji, "letters_unknown", Some("message"), "Emoji");
    journey.job.write_cover(&cover("Bonjour,\n\nci-joint mon préavis.")).await.unwrap();
    let with_ten = cover_picture(&journey).await;
    let covered = journey.job.quote(&to, None).await.unwrap();
    assert_eq!(covered.pages, bare.pages + 1);
    assert!(covered.price.amount > bare.price.amount);
    let report = journey.job.view().await.unwrap().documents[0].id.clone();
    journey.job.choose_pages(&report, &wish(&json!([]), &json!([2, 3, 4, 5, 6, 7, 8, 9]), false)).await.unwrap();
    let (view, shown) = look(&journey).await;
    assert_eq!(view.pages.iter().map(|page| page.number).collect::<Vec<_>>(), [Some(2), Some(3)]);
    let with_two = cover_picture(&journey).await;
    assert!(with_two != with_ten, "the number of pages on it follows");
    journey.shown = [vec![with_two], shown].concat();
    let view = delivered(&journey, &to).await;
    assert_eq!(view.attempts[0].pages, Some(3));
    says(&problem(journey.job.view_cover().await), "not_found", None, "");
    journey.finish().await;
}

#[tokio::test]
async fn a_cover_page_taken_away_is_not_sent() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    journey.job.write_cover(&cover("")).await.unwrap();
    journey.job.remove_cover().await.unwrap();
    delivered(&journey, &answering(77)).await;
    journey.finish().await;
}

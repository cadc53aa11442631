//! The private link: whoever does not have it learns nothing, not even whether there is such a fax.

use justfax_tests::client::Problem;

use crate::harness::{World, problem, says};

#[tokio::test]
async fn a_guessed_link_gets_the_same_answer_whatever_is_wrong_with_it() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let other = world.prepare(&["note-de.txt"]).await;
    let (id, secret) = (journey.job.id.as_str(), journey.job.secret.as_str());
    let last = if secret.ends_with('A') { 'B' } else { 'A' };
    let nearly = format!("{}{last}", &secret[..31]);
    let guesses = [
        (id, nearly.as_str()),
        (id, other.job.secret.as_str()),
        (id, ""),
        (id, "Bearer"),
        (id, "short"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaa", secret),
        ("a", secret),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAA", secret),
    ];
    let mut answers: Vec<Problem> = Vec::new();
    for (guessed, with) in guesses {
        let job = world.client.job(guessed, with);
        answers.push(problem(job.view().await));
        answers.push(problem(job.quote("+493023125001", None).await));
        answers.push(problem(job.cancel().await));
        answers.push(problem(job.money_back().await));
        answers.push(problem(job.erase().await));
        answers.push(problem(job.remove_document("aaaaaaaaaaaaaaaa").await));
        answers.push(problem(job.add_documents(&[]).await));
    }
    says(&answers[0], "not_found", None, "Prüfen Sie den Link");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "the answers differ: {answers:?}");
    let english = problem(world.client.speaking("en").job(id, &nearly).view().await);
    says(&english, "not_found", None, "Check the link");
    journey.job.view().await.expect("the right link opens it still");
    journey.finish().await;
    other.finish().await;
}

#[tokio::test]
async fn a_path_that_is_none_of_ours_is_not_found() {
    let world = World::get();
    for path in
        ["/api/", "/api/jobs/aaaaaaaaaaaaaaaaaaaaaaaaaa/secrets", "/api/admin", "/api/jobs/..%2F..%2Fdesk%2Fmail.json"]
    {
        let answer = world.client.http().get(format!("{}{path}", world.stack.site)).send().await.unwrap();
        assert!(matches!(answer.status().as_u16(), 403..=405), "{path}: {}", answer.status());
    }
}

#[tokio::test]
async fn answers_about_a_job_are_kept_by_nobody() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let url = format!("{}/jobs/{}", world.stack.api, journey.job.id);
    let answer = world.client.http().get(url).bearer_auth(&journey.job.secret).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
    journey.finish().await;
}

//! What the functions really logged during a journey with unmistakable data: none of it.

use justfax_tests::{client::Stage, providers::seconds_from_now};

use crate::{
    harness::{Journey, World, number},
    samples,
};

#[tokio::test]
async fn no_log_line_names_file_number_address_secret_or_link() {
    let world = World::get();
    let since = seconds_from_now(-1) * 1000;
    let letter = samples::read("letter-en.pdf");
    let name = "Kündigung Zwetschgenknödel 7351.pdf";
    let opened = world.announce(&[(name, &letter)]).await;
    let form = &opened.uploads[0];
    justfax_tests::client::upload(world.client.http(), form, &letter).await.unwrap();
    let journey = Journey::new(world.clone(), &opened).prepared().await;
    let picture = journey.job.view().await.unwrap().pages[0].preview.clone();
    let number = number(7, "08");
    let price = journey.job.quote(&number, None).await.unwrap().price;
    let email = "zwetschge.7351@example.org";
    let page = journey.job.checkout(&number, email, &price, "de").await.unwrap();
    justfax_tests::client::PaymentForm::new(world.client.http(), &page.url).pay("card").await.unwrap();
    journey.reach(Stage::Delivered).await;
    journey.settled().await;
    let machine = world.desk.calls(&opened.job).await.unwrap().pop().and_then(|call| call.machine).unwrap();
    let signature = |url: &str| {
        url.split("Signature=").nth(1).unwrap_or("no signature").split('&').next().unwrap_or_default().to_owned()
    };
    let forbidden = [
        "Zwetschgenknödel".to_owned(),
        "Zwetschgenkn".to_owned(),
        number.clone(),
        number[3..].to_owned(),
        "23125".to_owned(),
        email.to_owned(),
        "zwetschge".to_owned(),
        journey.job.secret.clone(),
        page.url.clone(),
        signature(&picture),
        form.fields["x-amz-signature"].clone(),
        form.fields["policy"].clone(),
        "X-Amz-Signature".to_owned(),
        "Authorization".to_owned(),
        machine.csid.unwrap_or_else(|| "no csid".to_owned()),
        world.stack.secrets.payment_webhook_secret.clone(),
        "KEY".to_owned(),
        "sk_test".to_owned(),
    ];
    let mut told = 0;
    for (function, group) in &world.stack.log_groups {
        let lines = world.aws.log_lines(group, since).await.unwrap();
        told += lines.iter().filter(|line| line.contains(opened.job.as_str())).count();
        for line in &lines {
            let found = forbidden.iter().find(|secret| line.contains(secret.as_str()));
            assert!(found.is_none(), "{function} logged {found:?}: {line}");
        }
    }
    assert!(told >= 8, "only {told} lines tell of the journey: this proves nothing");
    journey.finish().await;
}

//! The link by mail and the reminder: only if asked for, once each, and never for a fax that is on its way.

use super::*;
use crate::{
    job::{
        Limit,
        effect::MailKind,
        event::MailTrouble,
        resume::{MOST_LINKS, Resume},
    },
    lookup::LookupKey,
    retention,
};

fn link(number: u32) -> Effect {
    Effect::Mail(MailKind::Link, number)
}

fn reminder(number: u32) -> Effect {
    Effect::Mail(MailKind::Expiring, number)
}

fn secret(story: &Story, address: &str) -> Secret {
    LookupKey::new(&[1; 32]).unwrap().link_secret(story.job.id(), address).unwrap()
}

fn asked(story: &Story, address: &str) -> Event {
    let to = Some((EmailAddress::parse(address).unwrap(), address.to_owned()));
    Event::LinkAsked(Resume { to, secret: secret(story, address).hash(), language: Language::De, asked: story.now })
}

fn ask(story: &mut Story, address: &str) {
    let event = asked(story, address);
    story.then(event);
}

fn mail(story: &mut Story, effect: &Effect) {
    let Effect::Mail(kind, number) = *effect else { panic!("no mail") };
    story.claim(effect.clone());
    story.then(Event::Mailed(kind, number));
}

#[test]
fn nobody_is_reminded_who_did_not_ask() {
    let story = Story::ready();
    assert!(story.job.pending.is_empty() && story.job.reminder_at().is_none());
}

#[test]
fn the_link_goes_at_once_and_the_reminder_three_days_before_the_end() {
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    assert!(story.owes(&link(1)));
    mail(&mut story, &link(1));
    let at = start() + retention::UNSENT - retention::REMINDER;
    assert_eq!((story.job.reminder_at(), story.job.due()), (Some(at), Some(at)));
    story.now = at;
    mail(&mut story, &reminder(1));
    assert_eq!(story.job.reminder_at(), None, "it goes once");
    assert_eq!(story.job.due(), Some(start() + retention::UNSENT), "and the files go when they were said to");
}

#[test]
fn a_mailed_link_opens_the_job_until_another_address_is_asked_for() {
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    let (first, second) = (secret(&story, "a@b.de"), secret(&story, "b@b.de"));
    assert!(story.job.opens_with(&first) && !story.job.opens_with(&second));
    assert!(!format!("{:?}", story.job).contains(first.reveal()), "the record holds no secret");
    ask(&mut story, "b@b.de");
    assert!(!story.job.opens_with(&first) && story.job.opens_with(&second), "the first was mistyped");
    assert!(!story.owes(&link(1)) && story.owes(&link(2)) && story.owes(&reminder(2)) && !story.owes(&reminder(1)));
}

#[test]
fn a_second_click_is_no_second_mail_and_the_fourth_wish_is_refused() {
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    let before = story.job.clone();
    ask(&mut story, "a@b.de");
    assert_eq!(story.job, before);
    for number in 1..=MOST_LINKS {
        mail(&mut story, &link(number));
        if number < MOST_LINKS {
            ask(&mut story, "a@b.de");
        }
    }
    assert_eq!(story.refuses(asked(&story, "a@b.de")), Refused::Limit(Limit::Links));
}

#[test]
fn a_fax_on_its_way_is_not_reminded_of_and_one_that_came_back_is() {
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    mail(&mut story, &link(1));
    story.then(Event::Ordered(Order { email_hash: "a@b.de".into(), ..order(story.now) }));
    assert_eq!(story.job.reminder_at(), None);
    assert_eq!(story.refuses(asked(&story, "a@b.de")), Refused::WrongStage);
    story.then(Event::Cancelled);
    assert!(story.job.reminder_at().is_some());
}

#[test]
fn an_order_with_another_address_leaves_the_link_and_forgets_where_it_went() {
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    story.then(Event::Ordered(order(story.now)));
    assert_eq!(story.job.email_hash(), Some("hash"));
    assert!(story.job.resume.as_ref().unwrap().to.is_none() && story.job.opens_with(&secret(&story, "a@b.de")));
    story.then(Event::Cancelled);
    assert_eq!(story.job.reminder_at(), None);
    assert_eq!(story.refuses(asked(&story, "a@b.de")), Refused::OtherAddress, "one Job, one mailbox");
}

#[test]
fn whoever_asks_too_late_is_not_reminded_and_whoever_declines_neither() {
    let mut story = Story::ready();
    story.now = start() + retention::UNSENT - retention::REMINDER;
    ask(&mut story, "a@b.de");
    assert!(story.owes(&link(1)) && story.job.reminder_at().is_none());
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    story.then(Event::ReminderDeclined);
    assert!(story.job.pending.is_empty() && story.job.email_hash().is_none());
    assert!(story.job.opens_with(&secret(&story, "a@b.de")));
    assert_eq!(story.refuses(Event::ReminderDeclined), Refused::Stale);
}

#[test]
fn an_address_whose_mails_came_back_gets_no_more_and_another_may_be_tried() {
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    mail(&mut story, &link(1));
    story.then(Event::MailTrouble(MailTrouble::Bounced));
    assert_eq!(story.job.reminder_at(), None);
    assert_eq!(story.refuses(asked(&story, "a@b.de")), Refused::MailStopped);
    ask(&mut story, "b@b.de");
    assert!(story.owes(&link(2)));
}

#[test]
fn a_deleted_fax_mails_nothing_and_forgets_the_address() {
    let mut story = Story::ready();
    ask(&mut story, "a@b.de");
    story.then(Event::Erased);
    assert!(!story.owes(&link(1)) && !story.owes(&reminder(1)));
    story.job.pending.clear();
    story.wait(1);
    story.then(Event::Woken);
    assert!(story.job.is_forgotten() && story.job.email_hash().is_none());
}

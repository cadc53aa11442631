//! What a delivered fax leaves behind: the picture for the report, the mail with it, the receipts.

use super::*;
use crate::{
    deletion::{self, CopyKind, Fate},
    job::{
        effect::{Copies, MailKind},
        event::MailTrouble,
    },
    receipt::Receipt,
    report::ReportFacts,
    retention,
};

const MAIL: Effect = Effect::Mail(MailKind::Delivered, 1);
const PICTURES: Effect = Effect::Delete(Copies::Pictures);

fn delivered() -> Story {
    let mut story = Story::dialling();
    story.report(1, Outcome::Delivered);
    story
}

fn due(story: &Story, effect: &Effect) -> Option<Timestamp> {
    story.job.pending.iter().find(|p| p.effect == *effect).map(|p| p.not_before)
}

fn all_deleted(story: &mut Story) {
    for copies in [Copies::Originals, Copies::Pages, Copies::Transmissions, Copies::CarrierCopy(1)] {
        story.then(Event::Deleted(copies));
    }
}

#[test]
fn the_mail_goes_when_no_document_is_left_and_waits_two_minutes_at_most() {
    let mut story = delivered();
    assert_eq!(due(&story, &MAIL), Some(story.now + retention::MAIL_WAITS));
    story.then(Event::Deleted(Copies::Originals));
    assert_eq!(due(&story, &MAIL), Some(story.now + retention::MAIL_WAITS));
    for copies in [Copies::Pages, Copies::Transmissions, Copies::CarrierCopy(1)] {
        story.then(Event::Deleted(copies));
    }
    assert_eq!(due(&story, &MAIL), Some(story.now));
}

#[test]
fn the_picture_is_deleted_after_the_mail_and_after_a_day_without_one() {
    let mut story = delivered();
    assert_eq!(due(&story, &PICTURES), Some(story.now + retention::PICTURE));
    all_deleted(&mut story);
    story.wait(1);
    story.then(Event::Mailed(MailKind::Delivered, 1));
    assert_eq!(due(&story, &PICTURES), Some(story.now));
}

#[test]
fn a_fetched_report_takes_its_picture_with_it_unless_a_mail_will_show_it() {
    let mut story = delivered();
    all_deleted(&mut story);
    assert_eq!(story.refuses(Event::ReportFetched), Refused::Stale, "the mail will show it");
    story.then(Event::MailedBare(MailKind::Delivered, 1));
    let kept = due(&story, &PICTURES);
    assert_eq!(kept, Some(story.now + retention::PICTURE), "the mail had no report, so the picture waits for its day");
    story.wait(1);
    story.then(Event::ReportFetched);
    assert_eq!(due(&story, &PICTURES), Some(story.now));
    assert_eq!(story.refuses(Event::ReportFetched), Refused::Stale);
    assert_eq!(Story::undelivered().refuses(Event::ReportFetched), Refused::Stale, "it may still be sent");
}

#[test]
fn a_purged_fax_keeps_no_picture() {
    let mut story = Story::ready();
    story.then(Event::Erased);
    assert_eq!(due(&story, &PICTURES), Some(story.now));
}

#[test]
fn copies_are_called_deleted_only_when_they_were_looked_for_and_not_found() {
    let mut story = delivered();
    let fate = |story: &Story, kind| deletion::receipt(&story.job).into_iter().find(|(k, _)| *k == kind).unwrap().1;
    assert_eq!(fate(&story, CopyKind::Originals), Fate::Deleting);
    assert_eq!(fate(&story, CopyKind::Pictures), Fate::Kept, "the report is not mailed");
    story.then(Event::Postponed(Effect::Delete(Copies::Originals), story.now));
    assert_eq!(fate(&story, CopyKind::Originals), Fate::Deleting);
    all_deleted(&mut story);
    assert_eq!(fate(&story, CopyKind::CarrierCopy), Fate::Deleted(story.now));
    story.then(Event::Mailed(MailKind::Delivered, 1));
    assert_eq!(fate(&story, CopyKind::Pictures), Fate::Deleting);
}

#[test]
fn after_a_bounce_no_mail_is_owed_any_more_but_everything_else_is() {
    let mut story = Story::dialling();
    story.then(Event::MailTrouble(MailTrouble::Bounced));
    assert!(!story.job.pending.iter().any(|p| matches!(p.effect, Effect::Mail(..))));
    assert_eq!(story.refuses(Event::MailTrouble(MailTrouble::Complained)), Refused::Stale);
    story.report(1, Outcome::Delivered);
    assert!(!story.owes(&MAIL) && story.owes(&Effect::Capture(1)) && story.owes(&PICTURES));
}

#[test]
fn a_corrected_number_is_told_by_mail_each_time() {
    let mut story = Story::dialling();
    for (attempt, to) in [(1, "+493023125002"), (2, "+493023125003")] {
        story.report(attempt, Outcome::Unreachable);
        story.then(Event::NumberCorrected(number(to)));
        assert!(story.owes(&Effect::Mail(MailKind::Corrected, 1)), "{to}");
        story.then(Event::Mailed(MailKind::Corrected, 1));
        story.dial(attempt + 1);
    }
}

#[test]
fn a_receipt_is_given_for_a_delivered_fax_alone() {
    let mut story = Story::dialling();
    assert_eq!(Receipt::of(&story.job), None);
    story.report(1, Outcome::Delivered);
    let receipt = Receipt::of(&story.job).unwrap();
    assert_eq!((receipt.gross, receipt.vat, receipt.net), (euros(239), euros(38), euros(201)));
    assert_eq!((receipt.number, receipt.supplied), ("pi_1", story.now));
}

#[test]
fn a_report_is_about_the_attempt_that_delivered_and_needs_one_that_is_over() {
    let mut story = Story::dialling();
    assert_eq!(ReportFacts::of(&story.job, story.now), None);
    story.report(1, Outcome::Busy);
    assert_eq!(ReportFacts::of(&story.job, story.now).unwrap().result, Outcome::Busy);
    story.wait(10);
    story.dial(2);
    assert_eq!(ReportFacts::of(&story.job, story.now), None, "a call is under way");
    story.report(2, Outcome::Delivered);
    let facts = ReportFacts::of(&story.job, story.now).unwrap();
    assert_eq!((facts.result, facts.attempts.len(), facts.pages), (Outcome::Delivered, 2, 3));
    assert_eq!(format!("{facts:?}"), format!("ReportFacts({})", story.job.id));
}

//! What the sender changes about files and pages before ordering.

use super::*;
use crate::{
    choices::Choices,
    cover::{CoverLanguage, CoverText},
    document::{DocumentState, MOST_EDITIONS, MOST_PAGES, MOST_RENDERED, Refusal},
    job::{
        Limit,
        effect::{Copies, Worker},
    },
};

/// A Job of a file of three pages and one of two.
fn two_files() -> (Story, DocumentId, DocumentId) {
    let mut story = Story::ready();
    story.then(Event::DocumentsAdded(vec![document(2)]));
    let [first, second] = [0, 1].map(|at| story.job.documents[at].id.clone());
    story.then(Event::DocumentPrepared(second.clone(), rendering(1, 2)));
    (story, first, second)
}

fn without(pages: &[u32]) -> Choices {
    Choices { left_out: pages.iter().copied().collect(), ..Choices::default() }
}

fn turned(page: u32, turn: Turn) -> Choices {
    Choices { turns: [(page, turn)].into(), ..Choices::default() }
}

#[test]
fn files_go_in_the_order_that_names_each_once() {
    let (mut story, first, second) = two_files();
    story.then(Event::DocumentsArranged(vec![second.clone(), first.clone()]));
    assert_eq!(story.job.documents.iter().map(|d| &d.id).collect::<Vec<_>>(), [&second, &first]);
    assert!(story.job.is_ready(), "another order needs no new pages");
    let unknown = document(9).id;
    for wrong in [vec![], vec![first.clone()], vec![first.clone(), first.clone()], vec![second, first, unknown]] {
        assert_eq!(story.refuses(Event::DocumentsArranged(wrong)), Refused::Stale);
    }
}

#[test]
fn pages_left_out_are_neither_counted_nor_paid_and_need_no_new_pages() {
    let (mut story, first, second) = two_files();
    story.then(Event::PagesChosen(first.clone(), without(&[1, 3])));
    assert_eq!((story.job.page_count(), story.job.encoded_bytes()), (3, 90_000));
    assert!(story.job.is_ready());
    story.then(Event::PagesChosen(second, without(&[1, 2])));
    assert!(story.job.is_ready(), "a file of which nothing goes is no obstacle");
    story.then(Event::PagesChosen(first.clone(), without(&[1, 2, 3])));
    assert!(!story.job.is_ready(), "nothing is left to fax");
    assert_eq!(story.refuses(Event::Ordered(order(story.now))), Refused::NotReady);
    story.then(Event::PagesChosen(first, Choices::default()));
    assert_eq!(story.job.page_count(), 3);
}

#[test]
fn pages_that_the_file_does_not_have_cannot_be_chosen() {
    let (story, first, _) = two_files();
    for choices in [without(&[0]), without(&[4]), turned(4, Turn::Half), turned(0, Turn::Half)] {
        assert_eq!(story.refuses(Event::PagesChosen(first.clone(), choices)), Refused::Stale);
    }
    assert_eq!(story.refuses(Event::PagesChosen(document(9).id, Choices::default())), Refused::Stale);
}

#[test]
fn a_turned_page_is_made_anew_and_nothing_is_ordered_meanwhile() {
    let (mut story, first, _) = two_files();
    story.then(Event::PagesChosen(first.clone(), turned(2, Turn::Clockwise)));
    assert_eq!((story.job.page_count(), story.job.documents[0].edition), (5, 2), "the old pages are shown");
    assert!(!story.job.is_ready() && story.job.documents[0].is_awaited());
    assert_eq!(story.refuses(Event::Ordered(order(story.now))), Refused::NotReady);
    assert_eq!(story.refuses(Event::DocumentPrepared(first.clone(), rendering(1, 3))), Refused::Stale);
    story.then(Event::DocumentPrepared(first, rendering(2, 3)));
    assert!(story.job.is_ready());
}

#[test]
fn pages_that_do_not_come_are_asked_for_once_more() {
    let (mut story, first, _) = two_files();
    story.then(Event::PagesChosen(first.clone(), turned(2, Turn::Clockwise)));
    let again = Effect::AskPages(first.clone(), 2);
    assert!(story.owes(&again) && again.worker() == Worker::Settle);
    assert!(story.job.next_for(Worker::Settle, story.now).is_none(), "they may be on their way");
    assert!(story.job.due().is_some_and(|due| due <= story.now + SignedDuration::from_mins(5)));
    story.then(Event::PagesChosen(first.clone(), turned(2, Turn::Half)));
    assert!(!story.owes(&again) && story.owes(&Effect::AskPages(first.clone(), 3)), "the last wish counts");
    story.then(Event::DocumentPrepared(first.clone(), rendering(3, 3)));
    assert!(!story.owes(&Effect::AskPages(first.clone(), 3)));
    story.then(Event::PagesChosen(first.clone(), turned(1, Turn::Half)));
    story.then(Event::DocumentRemoved(first.clone()));
    assert!(!story.owes(&Effect::AskPages(first, 4)));
}

#[test]
fn pages_are_counted_as_they_are_sent() {
    let (mut story, first, second) = two_files();
    for id in [&first, &second] {
        story.then(Event::PagesChosen(id.clone(), Choices { photo: true, ..Choices::default() }));
        story.then(Event::DocumentPrepared(id.clone(), rendering(2, MOST_PAGES as usize)));
    }
    assert!(story.job.is_ready());
    let ordered = |story: &Story| Event::Ordered(Order { pages: story.job.page_count(), ..order(story.now) });
    assert_eq!(story.refuses(ordered(&story)), Refused::Limit(Limit::Pages));
    let left_out: Vec<u32> = (1..=MOST_PAGES).collect();
    story.then(Event::PagesChosen(second.clone(), Choices { photo: true, ..without(&left_out) }));
    story.then(Event::CoverWritten(cover(), 9000));
    assert_eq!(story.refuses(ordered(&story)), Refused::Limit(Limit::Pages), "the cover page is sent too");
    story.then(Event::PagesChosen(first, Choices { photo: true, ..without(&[7]) }));
    story.then(ordered(&story));
    assert_eq!(story.job.page_count(), MOST_PAGES);
}

#[test]
fn more_pages_than_are_kept_are_refused() {
    let (mut story, first, second) = two_files();
    story.then(Event::PagesChosen(first.clone(), Choices { photo: true, ..Choices::default() }));
    let too_many = rendering(2, MOST_RENDERED as usize - 1);
    story.then(Event::DocumentPrepared(first.clone(), too_many));
    assert_eq!(story.job.documents[0].state, DocumentState::Refused(Refusal::TooManyPages));
    assert!(story.job.documents.iter().any(|d| d.id == second));
}

#[test]
fn the_same_wish_again_changes_nothing() {
    let (mut story, first, _) = two_files();
    let wish = Event::PagesChosen(first, Choices { photo: true, ..turned(1, Turn::Half) });
    story.then(wish.clone());
    let before = story.job.clone();
    story.then(wish);
    assert_eq!(story.job, before);
}

#[test]
fn pages_that_come_after_another_change_are_old_news() {
    let (mut story, first, _) = two_files();
    story.then(Event::PagesChosen(first.clone(), turned(1, Turn::Clockwise)));
    story.then(Event::PagesChosen(first.clone(), turned(1, Turn::Half)));
    assert_eq!(story.refuses(Event::DocumentPrepared(first.clone(), rendering(2, 3))), Refused::Stale);
    assert_eq!(story.refuses(Event::DocumentRefused(first.clone(), 2, Refusal::TooComplex)), Refused::Stale);
    story.then(Event::DocumentPrepared(first, rendering(3, 3)));
    assert!(story.job.is_ready());
}

#[test]
fn another_resolution_makes_every_file_anew() {
    let (mut story, first, second) = two_files();
    story.then(Event::ResolutionChosen(Resolution::Fine));
    assert!(story.job.is_ready(), "it was fine before");
    story.then(Event::ResolutionChosen(Resolution::Standard));
    assert!(story.job.documents.iter().all(Document::is_awaited));
    for id in [first, second] {
        story.then(Event::DocumentPrepared(id, Rendering { resolution: Resolution::Standard, ..rendering(2, 1) }));
    }
    assert!(story.job.is_ready());
}

#[test]
fn a_file_that_lacks_its_password_is_kept_and_tried_again_with_it() {
    let mut story = Story::draft();
    let id = story.job.documents[0].id.clone();
    story.then(Event::Unlocked(id.clone()));
    assert_eq!(story.job.documents[0].edition, 1, "nobody said that it is locked");
    story.then(Event::DocumentRefused(id.clone(), 1, Refusal::PasswordNeeded));
    assert!(!story.owes(&Effect::Delete(Copies::Document(id.clone()))));
    story.then(Event::Unlocked(id.clone()));
    assert!(story.job.documents[0].is_awaited());
    story.then(Event::DocumentRefused(id.clone(), 2, Refusal::PasswordNeeded));
    story.then(Event::Unlocked(id.clone()));
    story.then(Event::DocumentPrepared(id, rendering(3, 3)));
    assert!(story.job.is_ready());
}

#[test]
fn a_file_is_not_made_anew_without_end() {
    let (mut story, first, _) = two_files();
    let turn = |n: u32| Event::PagesChosen(first.clone(), turned(1, [Turn::Half, Turn::Upright][n as usize % 2]));
    for n in 1..MOST_EDITIONS {
        story.then(turn(n));
    }
    assert_eq!(story.refuses(turn(MOST_EDITIONS)), Refused::Limit(Limit::Editions));
}

fn cover() -> CoverText {
    let word = |text: &str| text.to_owned();
    let [to, from, subject, message] = [word("Amt"), word("Łukasz"), word("Antrag"), word("Anbei.")];
    CoverText { language: CoverLanguage::De, to, from, subject, message }
}

#[test]
fn a_cover_page_counts_and_is_paid_but_covers_something() {
    let (mut story, first, second) = two_files();
    story.then(Event::CoverWritten(cover(), 9_000));
    assert_eq!((story.job.page_count(), story.job.encoded_bytes()), (6, 159_000));
    assert!(story.job.is_ready());
    story.then(Event::PagesChosen(first, without(&[1, 2, 3])));
    story.then(Event::PagesChosen(second, without(&[1, 2])));
    assert!(!story.job.is_ready(), "a cover page alone");
    story.then(Event::CoverRemoved);
    assert_eq!(story.job.page_count(), 0);
}

#[test]
fn the_words_of_a_cover_page_are_deleted_with_the_pages() {
    let mut story = Story::ready();
    story.then(Event::CoverWritten(cover(), 9_000));
    story.then(Event::Erased);
    assert!(story.job.cover.as_ref().is_some_and(|cover| cover.text.is_some()));
    story.then(Event::Deleted(Copies::Pages));
    assert!(story.job.cover.as_ref().is_some_and(|cover| cover.text.is_none()));
    assert_eq!(story.job.page_count(), 4, "what was sent is still counted");
}

#[test]
fn nothing_is_arranged_once_ordered() {
    let (mut story, first, second) = two_files();
    story.then(Event::Ordered(Order { pages: 5, ..order(story.now) }));
    for event in [
        Event::DocumentsArranged(vec![second, first.clone()]),
        Event::PagesChosen(first.clone(), without(&[1])),
        Event::Unlocked(first),
        Event::ResolutionChosen(Resolution::Standard),
        Event::CoverWritten(cover(), 1),
        Event::CoverRemoved,
    ] {
        assert_eq!(story.refuses(event), Refused::WrongStage);
    }
}

use super::*;
use crate::{
    document::{DocumentState, MOST_DOCUMENT_BYTES, MOST_DOCUMENTS, Refusal},
    job::{Limit, effect::Copies},
};

#[test]
fn a_job_is_ready_when_every_file_has_become_pages() {
    let mut story = Story::ready();
    assert!(story.job.is_ready());
    story.then(Event::DocumentsAdded(vec![document(2)]));
    assert!(!story.job.is_ready());
    assert_eq!(story.refuses(Event::Ordered(order(story.now))), Refused::NotReady);
}

#[test]
fn a_refused_file_is_deleted_and_must_be_removed_before_ordering() {
    let mut story = Story::draft();
    let id = story.job.documents[0].id.clone();
    story.then(Event::DocumentRefused(id.clone(), 1, Refusal::Damaged));
    assert!(story.owes(&Effect::Delete(Copies::Document(id.clone()))));
    assert!(!story.job.is_ready());
    story.then(Event::DocumentRemoved(id));
    assert!(story.job.documents.is_empty());
}

#[test]
fn the_same_preparation_twice_changes_nothing() {
    let story = Story::ready();
    let document = story.job.documents[0].id.clone();
    assert_eq!(story.refuses(Event::DocumentPrepared(document.clone(), rendering(1, 1))), Refused::Stale);
    assert_eq!(story.refuses(Event::DocumentRefused(document, 1, Refusal::Damaged)), Refused::Stale);
}

#[test]
fn five_hundred_pages_are_too_many_for_one_fax() {
    let mut story = Story::draft();
    let document = story.job.documents[0].id.clone();
    story.then(Event::DocumentPrepared(document, rendering(1, 500)));
    assert_eq!(story.job.documents[0].state, DocumentState::Refused(Refusal::TooManyPages));
}

#[test]
fn a_document_without_pages_is_empty() {
    let mut story = Story::draft();
    let document = story.job.documents[0].id.clone();
    story.then(Event::DocumentPrepared(document, rendering(1, 0)));
    assert_eq!(story.job.documents[0].state, DocumentState::Refused(Refusal::Empty));
}

#[test]
fn files_bytes_and_sums_have_limits() {
    let story = Story::draft();
    let with = |bytes| Document { bytes, ..document(9) };
    let refused = |documents| story.refuses(Event::DocumentsAdded(documents));
    assert_eq!(refused(vec![with(MOST_DOCUMENT_BYTES + 1)]), Refused::Limit(Limit::DocumentBytes));
    assert_eq!(refused(vec![with(MOST_DOCUMENT_BYTES); 3]), Refused::Limit(Limit::JobBytes));
    assert_eq!(refused(vec![with(1); MOST_DOCUMENTS]), Refused::Limit(Limit::Documents));
}

#[test]
fn files_are_fixed_once_ordered() {
    let story = Story::ordered();
    let id = story.job.documents[0].id.clone();
    assert_eq!(story.refuses(Event::DocumentRemoved(id)), Refused::WrongStage);
    assert_eq!(story.refuses(Event::DocumentsAdded(vec![document(3)])), Refused::WrongStage);
}

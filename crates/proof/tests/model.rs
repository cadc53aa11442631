//! The model checker on the real flows, and on the real flows with bugs seeded into them.
//!
//! Each search is exhaustive within its bounds. The short ones are made here; `make model` makes all and says what each
//! saw. Each seeded bug is looked for within the smallest bounds that show it.

use std::time::Duration;

use justfax_proof::{
    bugs::Bug,
    model::searches::{SEARCHES, bounds_for, search},
};

/// Far more than any search here takes; a machine under load is no reason to fail.
const PATIENCE: Duration = Duration::from_mins(5);

fn holds(name: &str) {
    let Some(wanted) = SEARCHES.into_iter().find(|search| search.name == name) else {
        panic!("no search is named {name}")
    };
    let seen = search(wanted.bounds, None, PATIENCE);
    let broken: Vec<_> =
        seen.broken().into_iter().map(|promise| format!("{promise}: {}", seen.found[promise])).collect();
    assert_eq!(broken, [] as [String; 0]);
    assert!(seen.whole, "the search did not end");
    for stage in wanted.reaches {
        assert!(seen.found.contains_key(stage), "{stage} was not reached");
    }
}

macro_rules! holds {
    ($($test:ident: $search:literal;)+) => {
        $(#[test]
        fn $test() {
            holds($search);
        })+

        #[test]
        fn no_short_search_is_left_out() {
            let short = SEARCHES.iter().filter(|search| search.short).map(|search| search.name);
            assert_eq!(short.collect::<Vec<_>>(), [$($search),+]);
        }
    };
}

holds! {
    the_promises_hold_on_the_way_to_delivery: "one fax";
    the_promises_hold_when_calls_fail: "calls fail";
    the_promises_hold_when_webhooks_repeat_and_come_out_of_order: "webhooks repeat and come late";
    the_promises_hold_when_a_worker_dies_anywhere: "a worker dies anywhere";
    the_promises_hold_when_the_network_loses_a_request_or_an_answer: "a request or an answer is lost";
    the_promises_hold_whatever_the_sender_wishes: "the sender wishes something";
    a_payment_that_cannot_be_held_is_earned_or_paid_back: "a payment cannot be held";
    the_promises_hold_when_two_workers_run_at_once: "two workers at once";
    two_jobs_never_share_a_line: "two Jobs on one line";
    the_promises_hold_when_a_call_turns_up_after_it_was_given_up: "a call turns up after it was given up";
}

macro_rules! found {
    ($($test:ident: $bug:ident;)+) => {
        $(#[test]
        fn $test() {
            let seen = search(bounds_for(Bug::$bug), Some(Bug::$bug), PATIENCE);
            assert!(!seen.broken().is_empty(), "{:?} was not found in {} states", Bug::$bug, seen.states);
        })+

        #[test]
        fn no_seeded_bug_is_left_out() {
            assert_eq!([$(Bug::$bug),+], Bug::ALL);
        }
    };
}

found! {
    dialling_without_a_claim_is_found: NoClaimBeforeDialling;
    dialling_again_after_a_crash_is_found: DialsAgainAfterCrash;
    taking_silence_for_not_dialled_is_found: SilenceIsNotDialled;
    believing_at_once_that_a_call_is_not_listed_is_found: UnlistedBelievedAtOnce;
    capturing_before_delivery_is_found: CapturesBeforeDelivery;
    forgetting_to_capture_is_found: ForgetsToCapture;
    forgetting_to_release_is_found: ForgetsToRelease;
    forgetting_to_delete_is_found: ForgetsToDelete;
    never_asking_the_payment_provider_is_found: NeverAsksPayment;
    never_asking_the_carrier_is_found: NeverAsksCarrier;
    forgetting_to_mail_is_found: ForgetsToMail;
    ignoring_versions_is_found: VersionsIgnored;
    ignoring_lines_is_found: LinesIgnored;
    dialling_for_an_old_report_is_found: OldReportDialsAgain;
    leaving_the_copy_of_a_late_call_is_found: LateCopyIsLeft;
}

//! The simulation is zero where it must be, the same for the same seed, and not zero where a bug is seeded.

use justfax_proof::{
    bugs::Bug,
    simulation::{Found, seed_of, simulate, tell},
};

fn line(found: &Found) -> String {
    let mut line = found.line.clone();
    line.jobs_per_second = 0;
    format!("{line:?}")
}

#[test]
fn thousands_of_faxes_in_a_hostile_world_break_no_promise() {
    let found = simulate(3_000, 20_261_124, None);
    assert_eq!(found.line.tally.broken(), [] as [&str; 0], "again with seed {:?}", found.failing);
    let tally = &found.line.tally;
    let came_of_it = [tally.delivered, tally.failed, tally.cancelled, tally.captured, tally.released, tally.refunded];
    assert!(came_of_it.iter().all(|count| *count > 0), "every end was reached: {came_of_it:?}");
    for kind in [
        "crash_before_effect",
        "crash_after_effect",
        "timeout_before_effect",
        "timeout_after_effect",
        "throttled",
        "conflict_with_own_write",
        "nudge_lost",
        "webhook_lost",
        "webhook_doubled",
        "webhook_late",
        "clock_skew",
        "dial_arrives_late",
        "call_turns_up_late",
        "rival_on_the_line",
        "wish_erase",
        "wish_correct_number",
    ] {
        assert!(tally.faults.contains_key(kind), "{kind} never happened");
    }
}

#[test]
fn the_same_seed_gives_the_same_line_and_another_gives_another() {
    let once = line(&simulate(200, 7, None));
    assert_eq!(once, line(&simulate(200, 7, None)));
    assert_ne!(once, line(&simulate(200, 8, None)));
}

#[test]
fn a_job_that_ends_badly_ends_so_again_by_its_own_seed() {
    let bug = Some(Bug::ForgetsToRelease);
    let failing = simulate(200, 3, bug).failing.unwrap();
    assert!((0..200).any(|index| seed_of(3, index) == failing.seed));
    let again = simulate(1, failing.seed, bug);
    assert_eq!(again.failing.unwrap().broken, failing.broken);
    assert!(tell(failing.seed, bug).iter().any(|step| step.contains("BROKEN")));
}

/// Simulates until the bug shows; which promises it breaks then.
fn broken_by(bug: Bug) -> Vec<&'static str> {
    let tries = (0..40).map(|part| simulate(20, 1_000 + part, Some(bug)).line.tally.broken());
    tries.into_iter().find(|broken| !broken.is_empty()).unwrap_or_default()
}

/// A test for each seeded bug, so that each is told by its name when it is missed.
macro_rules! found {
    ($($name:ident: $bug:ident;)+) => {
        $(#[test]
        fn $name() {
            let broken = broken_by(Bug::$bug);
            assert!(!broken.is_empty(), "{:?} was not noticed", Bug::$bug);
        })+

        #[test]
        fn no_seeded_bug_is_left_out() {
            assert_eq!([$(Bug::$bug),+], Bug::ALL);
        }
    };
}

found! {
    dialling_without_a_claim_is_noticed: NoClaimBeforeDialling;
    dialling_again_after_a_crash_is_noticed: DialsAgainAfterCrash;
    taking_silence_for_not_dialled_is_noticed: SilenceIsNotDialled;
    believing_at_once_that_a_call_is_not_listed_is_noticed: UnlistedBelievedAtOnce;
    capturing_before_delivery_is_noticed: CapturesBeforeDelivery;
    forgetting_to_capture_is_noticed: ForgetsToCapture;
    forgetting_to_release_is_noticed: ForgetsToRelease;
    forgetting_to_delete_is_noticed: ForgetsToDelete;
    never_asking_the_payment_provider_is_noticed: NeverAsksPayment;
    never_asking_the_carrier_is_noticed: NeverAsksCarrier;
    forgetting_to_mail_is_noticed: ForgetsToMail;
    ignoring_versions_is_noticed: VersionsIgnored;
    ignoring_lines_is_noticed: LinesIgnored;
    dialling_for_an_old_report_is_noticed: OldReportDialsAgain;
    leaving_the_copy_of_a_late_call_is_noticed: LateCopyIsLeft;
}

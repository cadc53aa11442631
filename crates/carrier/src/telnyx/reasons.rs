//! What the carrier's reasons for a failed fax mean to us.
//!
//! The list is open: an unknown reason counts as a lost line, which is dialled again, but not for ever.

use justfax::redial::Outcome;

/// The outcome that a `failure_reason` stands for.
pub(super) fn outcome_of(reason: Option<&str>) -> Outcome {
    match reason.unwrap_or_default() {
        "user_busy" => Outcome::Busy,
        "receiver_no_answer" | "receiver_no_response" | "receiver_recovery_on_timer_expire" => Outcome::NoAnswer,
        "fax_initial_communication_timeout" => Outcome::NotAFax,
        "receiver_decline" | "rejected" => Outcome::Rejected,
        "destination_invalid"
        | "receiver_unallocated_number"
        | "receiver_invalid_number_format"
        | "receiver_incompatible_destination" => Outcome::Unreachable,
        "file_format_invalid" | "file_size_limit_exceeded" | "page_count_limit_exceeded" => Outcome::DocumentRefused,
        "sender_canceled" => Outcome::Cancelled,
        "account_disabled"
        | "no_outbound_profile"
        | "destination_not_in_countries_whitelist"
        | "destination_not_in_service_plan"
        | "unverified_origination_number"
        | "unverified_destination_not_allowed"
        | "user_channel_limit_exceeded"
        | "connection_channel_limit_exceeded"
        | "outbound_profile_channel_limit_exceeded"
        | "outbound_profile_daily_spend_limit_exceeded"
        | "service_unavailable"
        | "destination_unreachable"
        | "carrier_lost"
        | "file_download_failed"
        | "media_processing_exception" => Outcome::CarrierTrouble,
        _ => Outcome::LineLost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_each_class_are_told_apart() {
        assert_eq!(outcome_of(Some("user_busy")), Outcome::Busy);
        assert_eq!(outcome_of(Some("receiver_unallocated_number")), Outcome::Unreachable);
        assert_eq!(outcome_of(Some("account_disabled")), Outcome::CarrierTrouble);
        assert_eq!(outcome_of(Some("receiver_call_dropped")), Outcome::LineLost);
    }

    #[test]
    fn an_unknown_or_missing_reason_is_dialled_again() {
        assert_eq!(outcome_of(Some("brand_new_reason")), Outcome::LineLost);
        assert_eq!(outcome_of(None), Outcome::LineLost);
    }
}

//! Stripe's status words as types.

use serde::{Deserialize, Serialize};

/// An enum whose variants are the words of the API.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$of])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// The word of the API.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

words! {
    /// Whether a session still takes a payment.
    SessionStatus {
        /// It does.
        Open = "open",
        /// Somebody paid.
        Complete = "complete",
        /// Too late, or ended by the shop.
        Expired = "expired",
    }
}

words! {
    /// Whether the money of a session was taken. A hold is no payment yet.
    PaymentStatus {
        /// Not taken.
        Unpaid = "unpaid",
        /// Taken.
        Paid = "paid",
    }
}

words! {
    /// How a payment stands.
    IntentStatus {
        /// Not tried, or declined.
        RequiresPaymentMethod = "requires_payment_method",
        /// Under way at a slow bank.
        Processing = "processing",
        /// Held.
        RequiresCapture = "requires_capture",
        /// Captured.
        Succeeded = "succeeded",
        /// Released or given up.
        Canceled = "canceled",
    }
}

words! {
    /// When the money is taken.
    CaptureMethod {
        /// At once.
        Automatic = "automatic",
        /// At once, told later.
        AutomaticAsync = "automatic_async",
        /// Held until captured.
        Manual = "manual",
    }
}

words! {
    /// How a charge went.
    ChargeStatus {
        /// The bank said yes.
        Succeeded = "succeeded",
        /// The bank has not answered.
        Pending = "pending",
        /// The bank said no.
        Failed = "failed",
    }
}

words! {
    /// How a refund went.
    RefundStatus {
        /// The money is back.
        Succeeded = "succeeded",
        /// It came back to us afterwards.
        Failed = "failed",
    }
}

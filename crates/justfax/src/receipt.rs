//! The receipt (Beleg): the proof of payment for a delivered fax.
//!
//! Its number is the payment provider's name of the payment: unique, never given twice, and the one under which the
//! provider keeps the invoice data that the law asks for. A counter of our own would need a lock for nothing.

use jiff::Timestamp;

use crate::{
    job::{Job, Stage, payment::PaymentState},
    money::Money,
};

/// What a receipt states; who gives it is the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt<'a> {
    /// The payment provider's number of the payment.
    pub number: &'a str,
    /// When the fax was delivered, which is when the service was rendered.
    pub supplied: Timestamp,
    /// Pages delivered.
    pub pages: u32,
    /// Price without tax.
    pub net: Money,
    /// Tax.
    pub vat: Money,
    /// Its rate, a decimal.
    pub vat_percent: &'a str,
    /// Price with tax.
    pub gross: Money,
}

impl<'a> Receipt<'a> {
    /// The receipt of a Job that was delivered and whose money was or is being earned; else none.
    pub fn of(job: &'a Job) -> Option<Self> {
        let (Stage::Delivered(supplied), Some(order), Some(payment)) =
            (job.stage(), job.order(), job.payments().last())
        else {
            return None;
        };
        let (PaymentState::Capturing(number) | PaymentState::Captured(number) | PaymentState::Taken(number)) =
            &payment.state
        else {
            return None;
        };
        Some(Self {
            number,
            supplied: *supplied,
            pages: order.pages,
            net: order.price.less(order.vat),
            vat: order.vat,
            vat_percent: &order.vat_percent,
            gross: order.price,
        })
    }
}

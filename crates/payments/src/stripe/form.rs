//! The form that opens a payment page.
//!
//! The provider learns the amount, the e-mail address and our names for Job and order; not the recipient, not the
//! documents, and not the secret: the return address names the Job only in its fragment.

use jiff::Timestamp;
use justfax::{
    language::{Language, Page},
    ports::Due,
};

/// Fields in the order of the API's documentation.
pub(super) fn checkout(due: &Due<'_>, site_url: &str, expires: Timestamp) -> Vec<(String, String)> {
    let order = due.order;
    let language = order.language;
    let product = match language {
        Language::De => format!("Fax, {} Seite(n)", order.pages),
        Language::En | Language::Fr => format!("Fax, {} page(s)", order.pages),
    };
    let (status_page, order_page) = (language.path(Page::Status), language.path(Page::Order));
    let job = due.job;
    let number = due.number.to_string();
    let pairs = [
        ("mode", "payment".to_owned()),
        ("client_reference_id", job.to_string()),
        ("customer_email", order.email.as_str().to_owned()),
        ("expires_at", expires.as_second().to_string()),
        ("locale", language.as_str().to_owned()),
        ("success_url", format!("{site_url}{status_page}#{job}")),
        ("cancel_url", format!("{site_url}{order_page}#{job}")),
        ("line_items[0][quantity]", "1".to_owned()),
        ("line_items[0][price_data][currency]", order.price.currency.to_string().to_ascii_lowercase()),
        ("line_items[0][price_data][unit_amount]", order.price.amount.to_string()),
        ("line_items[0][price_data][product_data][name]", product),
        ("metadata[job]", job.to_string()),
        ("metadata[order]", number.clone()),
        ("payment_intent_data[capture_method]", "manual".to_owned()),
        ("payment_intent_data[metadata][job]", job.to_string()),
        ("payment_intent_data[metadata][order]", number),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

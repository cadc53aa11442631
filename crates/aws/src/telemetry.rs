//! Logging: one JSON object a line on standard output, from where Lambda takes it to the log group.
//!
//! Only our own crates speak below `warn`: the SDK's debug output carries headers and bodies, which may hold what no
//! log line may hold.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Our crates and functions, as modules.
const OURS: [&str; 20] = [
    "justfax",
    "justfax_aws",
    "justfax_carrier",
    "justfax_edge",
    "justfax_pages",
    "justfax_payments",
    "justfax_report",
    "carrier_webhook",
    "checkout",
    "cleanup",
    "dispatch",
    "job_change",
    "job_status",
    "mail_feedback",
    "messages",
    "open_upload",
    "payment_webhook",
    "prepare",
    "rights",
    "settle",
];

/// Sets logging up and chooses the one TLS provider. Call first, once.
pub fn start() {
    let level = std::env::var("LOG_LEVEL").ok().filter(|l| matches!(l.as_str(), "error" | "warn" | "info" | "debug"));
    let level = level.as_deref().unwrap_or("info");
    let filter = OURS.iter().fold("warn".to_owned(), |all, name| format!("{all},{name}={level}"));
    let layer = fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    let _ = tracing_subscriber::registry().with(EnvFilter::new(filter)).with(layer).try_init();
    let _ = rustls::crypto::ring::default_provider().install_default();
    std::panic::set_hook(Box::new(|info| {
        // The place, never the message: it may quote what was being worked on.
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_may_speak() {
        let functions = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions")).unwrap();
        let folders = functions.map(Result::unwrap).filter(|entry| entry.path().join("Cargo.toml").exists());
        let names: Vec<_> = folders.map(|entry| entry.file_name().into_string().unwrap().replace('-', "_")).collect();
        assert!(names.len() > 10);
        assert!(names.iter().all(|name| OURS.contains(&name.as_str())), "{names:?}");
    }
}

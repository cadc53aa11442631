//! Listeners, clock and end of the program.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::{Addresses, App, StartError};
use crate::config::Config;
use crate::store::{self, StoreError};
use crate::{carrier, desk, hooks, mail, payment};

/// How often the payment clock is looked at, and after how many such looks the state is written.
const BEAT: Duration = Duration::from_millis(500);
const BEATS_TO_SAVE: u32 = 3;

/// Why the sandbox does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// It cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A port is taken, or signals cannot be heard.
    #[error("cannot listen: {0}")]
    Listen(#[from] std::io::Error),
    /// `ready.json` cannot be written.
    #[error(transparent)]
    Ready(#[from] StoreError),
}

/// A running sandbox.
#[derive(Debug)]
pub struct Running {
    /// Its state.
    pub app: Arc<App>,
}

/// Runs until SIGTERM or Ctrl-C.
///
/// # Errors
/// [`ServeError`] when it cannot start.
pub async fn run(config: Config, folder: PathBuf) -> Result<(), ServeError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let running = start(config, folder).await?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("ending");
    running.app.save();
    Ok(())
}

/// Binds the listeners on 127.0.0.1, starts serving, and writes `ready.json`.
///
/// # Errors
/// [`ServeError`].
pub async fn start(config: Config, folder: PathBuf) -> Result<Running, ServeError> {
    let desk_listener = bind(config.desk_port).await?;
    let payment_listener = bind(config.payment_port).await?;
    let carrier_listener = bind(config.carrier_port).await?;
    let smtp_listener = match config.smtp_port {
        Some(port) => Some(bind(port).await?),
        None => None,
    };
    let addresses = Addresses {
        desk: origin(&desk_listener)?,
        payment: origin(&payment_listener)?,
        carrier: origin(&carrier_listener)?,
    };
    let app = Arc::new(App::open(config, folder, addresses)?);
    serve(desk_listener, desk::router(Arc::clone(&app)));
    serve(payment_listener, payment::router(Arc::clone(&app)).merge(payment::page_router(Arc::clone(&app))));
    serve(carrier_listener, carrier::router(Arc::clone(&app)));
    if let Some(listener) = smtp_listener {
        tokio::spawn(mail::serve(Arc::clone(&app), listener));
    }
    hooks::resume(&app);
    carrier::resume(&app);
    tokio::spawn(keep_time(Arc::clone(&app)));
    let ready = serde_json::to_vec(&app.addresses).unwrap_or_default();
    store::replace(&app.folder.join("ready.json"), &ready)?;
    tracing::info!(
        desk = app.addresses.desk,
        payment = app.addresses.payment,
        carrier = app.addresses.carrier,
        "ready"
    );
    Ok(Running { app })
}

async fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await
}

fn origin(listener: &TcpListener) -> std::io::Result<String> {
    Ok(format!("http://127.0.0.1:{}", listener.local_addr()?.port()))
}

fn serve(listener: TcpListener, router: axum::Router) {
    tokio::spawn(async move {
        if let Err(fault) = axum::serve(listener, router).await {
            tracing::error!(error = %fault, "a listener ended");
        }
    });
}

/// Lets payments expire and writes what changed.
async fn keep_time(app: Arc<App>) {
    let mut beat = tokio::time::interval(BEAT);
    loop {
        for _ in 0..BEATS_TO_SAVE {
            beat.tick().await;
            payment::sweep(&app);
        }
        app.save();
    }
}

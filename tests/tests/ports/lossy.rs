//! A network that loses an answer: the request arrives and is carried out, and the connection breaks before its answer.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
};

/// The way to one provider.
pub(crate) struct Lossy {
    /// The provider's address on this way, without trailing slash.
    pub(crate) url: String,
    loses: Arc<AtomicBool>,
}

impl Lossy {
    /// To the provider at this address; ways that share `loses` lose one answer between them.
    pub(crate) async fn to(provider: &str, loses: &Arc<AtomicBool>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (to, flag) = (provider.trim_start_matches("http://").to_owned(), Arc::clone(loses));
        tokio::spawn(async move {
            while let Ok((ours, _)) = listener.accept().await {
                tokio::spawn(pass(ours, to.clone(), Arc::clone(&flag)));
            }
        });
        Self { url, loses: Arc::clone(loses) }
    }

    /// The next answer is lost.
    pub(crate) fn lose(&self) {
        self.loses.store(true, Ordering::SeqCst);
    }
}

/// Passes bytes both ways, until an end is closed or an answer is lost.
async fn pass(ours: TcpStream, to: String, loses: Arc<AtomicBool>) {
    let Ok(theirs) = TcpStream::connect(to).await else { return };
    let ((mut our_requests, mut our_answers), (mut their_answers, mut their_requests)) =
        (ours.into_split(), theirs.into_split());
    let requests = tokio::spawn(async move { copy(&mut our_requests, &mut their_requests).await });
    let mut buffer = vec![0; 65_536];
    while let Ok(length @ 1..) = their_answers.read(&mut buffer).await {
        if loses.swap(false, Ordering::SeqCst) || our_answers.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
    requests.abort();
}

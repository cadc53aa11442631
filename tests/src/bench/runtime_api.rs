//! A small Lambda Runtime API, so that a function can be started and called like on AWS, with nothing between it and the
//! clock. (AWS Lambda developer guide, "Custom runtimes", version 2018-06-01.)

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use serde_json::Value;
use tokio::sync::{Notify, oneshot};

/// A call that waits for the function.
struct Waiting {
    id: String,
    event: Value,
    answer: oneshot::Sender<Result<Value, String>>,
}

#[derive(Default)]
struct Board {
    waiting: Mutex<VecDeque<Waiting>>,
    begun: Mutex<Vec<Waiting>>,
    rings: Notify,
}

/// One Runtime API, for one process: a second would race with what the first still asks.
#[derive(Clone)]
pub struct RuntimeApi {
    /// Where it listens.
    pub address: SocketAddr,
    board: Arc<Board>,
}

/// Locks even when a panic elsewhere has poisoned it: a bench has nothing to protect.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl RuntimeApi {
    /// Listens on a free port.
    ///
    /// # Errors
    /// When there is none.
    pub async fn start() -> std::io::Result<Self> {
        let board = Arc::new(Board::default());
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .with_state(Arc::clone(&board));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, board })
    }

    /// Has the function take this event, and waits for its answer.
    ///
    /// # Errors
    /// What the function says went wrong.
    pub async fn call(&self, id: &str, event: &Value) -> Result<Value, String> {
        let (answer, answered) = oneshot::channel();
        locked(&self.board.waiting).push_back(Waiting { id: id.to_owned(), event: event.clone(), answer });
        self.board.rings.notify_one();
        answered.await.unwrap_or_else(|_| Err("the function ended without an answer".to_owned()))
    }
}

/// Milliseconds since 1970 by which an answer is due: far away.
fn deadline() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    (now + 120_000).to_string()
}

async fn next(State(board): State<Arc<Board>>) -> Response {
    loop {
        let taken = locked(&board.waiting).pop_front();
        if let Some(waiting) = taken {
            let headers = [
                ("Lambda-Runtime-Aws-Request-Id", waiting.id.clone()),
                ("Lambda-Runtime-Deadline-Ms", deadline()),
                (
                    "Lambda-Runtime-Invoked-Function-Arn",
                    "arn:aws:lambda:eu-central-1:000000000000:function:bench".to_owned(),
                ),
                ("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0".to_owned()),
            ];
            let answer = (headers, Json(waiting.event.clone())).into_response();
            locked(&board.begun).push(waiting);
            return answer;
        }
        board.rings.notified().await;
    }
}

fn end(board: &Board, id: &str, answer: Result<Value, String>) -> StatusCode {
    let mut begun = locked(&board.begun);
    if let Some(place) = begun.iter().position(|waiting| waiting.id == id) {
        let _ = begun.swap_remove(place).answer.send(answer);
    }
    StatusCode::ACCEPTED
}

async fn response(State(board): State<Arc<Board>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    end(&board, &id, Ok(serde_json::from_slice(&body).unwrap_or_default()))
}

async fn error(State(board): State<Arc<Board>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    end(&board, &id, Err(String::from_utf8_lossy(&body).into_owned()))
}

async fn init_error(State(board): State<Arc<Board>>, body: Bytes) -> StatusCode {
    let told = String::from_utf8_lossy(&body).into_owned();
    for waiting in locked(&board.waiting).drain(..) {
        let _ = waiting.answer.send(Err(told.clone()));
    }
    StatusCode::ACCEPTED
}

//! The port contract on the real adapters: the emulator's table and bucket, the carrier and payment sandboxes, the mailbox.
//!
//! The cases are those of `crates/proof/src/contract`, where they run on the world in which everything is proven. Where
//! this program and that one disagree, a proof is of another world than ours. Needs a running stack, named by
//! `JUSTFAX_STACK`.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a panic in a step of a test is its answer")]

mod lossy;
mod real;

use justfax_proof::{contract::cases, contract_cases};

use crate::real::Real;

macro_rules! on_the_stack {
    ($($case:ident)+) => {
        $(#[tokio::test]
        async fn $case() {
            let real = Real::new().await;
            cases::$case(&real).await.unwrap_or_else(|unlike| panic!("{unlike}"));
        })+
    };
}

contract_cases!(on_the_stack);

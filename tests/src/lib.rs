//! Everything that looks at JustFax from outside: a headless client, the pages of the sandboxes, the emulator's own API,
//! and the bench of the functions.
//!
//! Nothing here links a function or reads the table. What a journey knows it has learnt as a sender, a provider or an
//! operator would, so a fault that hides in our own code cannot hide in the proof as well.

pub mod apart;
pub mod audit;
pub mod aws;
pub mod bench;
pub mod chaos;
pub mod client;
pub mod events;
pub mod providers;
pub mod runner;
pub mod send;
pub mod stack;

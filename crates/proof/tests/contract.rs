//! The port contract on the world of the proofs. On the real adapters: `tests/tests/ports`.

use justfax_proof::{
    contract::{cases, memory::Memory},
    contract_cases,
};

macro_rules! in_memory {
    ($($case:ident)+) => {
        $(#[test]
        fn $case() {
            let memory = Memory::default();
            memory.keeps(cases::$case(&memory)).unwrap();
        })+
    };
}

contract_cases!(in_memory);

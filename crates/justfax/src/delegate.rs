//! Puts a function's world together from adapters: each line of [`delegate!`] grants one capability.

/// Implements ports for a struct by handing each to one of its fields:
/// `delegate!(World { ReadJobs => jobs; Jobs => jobs; Clock => system });`
#[macro_export]
macro_rules! delegate {
    ($world:ty { $($port:ident => $field:ident;)+ }) => { $($crate::delegate!(@ $port, $world, $field);)+ };

    (@ Clock, $world:ty, $field:ident) => {
        impl $crate::ports::Clock for $world {
            fn now(&self) -> $crate::Timestamp { self.$field.now() }
        }
    };
    (@ Entropy, $world:ty, $field:ident) => {
        impl $crate::ports::Entropy for $world {
            fn fill(&self, buffer: &mut [u8]) { self.$field.fill(buffer); }
        }
    };
    (@ ReadJobs, $world:ty, $field:ident) => {
        impl $crate::ports::ReadJobs for $world {
            fn load(&self, id: &$crate::ids::JobId) -> impl $crate::ports::Answer<Option<$crate::ports::Stored>> {
                self.$field.load(id)
            }
        }
    };
    (@ Jobs, $world:ty, $field:ident) => {
        impl $crate::ports::Jobs for $world {
            fn commit(&self, job: &$crate::job::Job, seen: u64)
                -> impl $crate::ports::Answer<$crate::ports::Committed> { self.$field.commit(job, seen) }
        }
    };
    (@ Overdue, $world:ty, $field:ident) => {
        impl $crate::ports::Overdue for $world {
            fn overdue(&self, now: $crate::Timestamp, most: usize)
                -> impl $crate::ports::Answer<Vec<$crate::ids::JobId>> { self.$field.overdue(now, most) }
        }
    };
    (@ JobsOf, $world:ty, $field:ident) => {
        impl $crate::ports::JobsOf for $world {
            fn jobs_of(&self, email_hash: &str) -> impl $crate::ports::Answer<Vec<$crate::ids::JobId>> {
                self.$field.jobs_of(email_hash)
            }
        }
    };
    (@ DataKeys, $world:ty, $field:ident) => {
        impl $crate::ports::DataKeys for $world {
            fn keep(&self, key: &$crate::ids::SecretHash, used: $crate::ports::KeyUse, whose: &str,
                until: $crate::Timestamp) -> impl $crate::ports::Answer<()> {
                self.$field.keep(key, used, whose, until)
            }
            fn holder(&self, key: &$crate::ids::SecretHash, used: $crate::ports::KeyUse, now: $crate::Timestamp)
                -> impl $crate::ports::Answer<Option<String>> { self.$field.holder(key, used, now) }
            fn spend(&self, key: &$crate::ids::SecretHash, now: $crate::Timestamp)
                -> impl $crate::ports::Answer<bool> { self.$field.spend(key, now) }
        }
    };
    (@ Limits, $world:ty, $field:ident) => {
        impl $crate::ports::Limits for $world {
            fn take_one(&self, name: &str, most: u32, until: $crate::Timestamp)
                -> impl $crate::ports::Answer<bool> { self.$field.take_one(name, most, until) }
        }
    };
    (@ Lines, $world:ty, $field:ident) => {
        impl $crate::ports::Lines for $world {
            fn take(&self, line: &str, holder: &str, now: $crate::Timestamp, until: $crate::Timestamp)
                -> impl $crate::ports::Answer<bool> { self.$field.take(line, holder, now, until) }
            fn free(&self, line: &str, holder: &str) -> impl $crate::ports::Answer<()> {
                self.$field.free(line, holder)
            }
        }
    };
    (@ Nudges, $world:ty, $field:ident) => {
        impl $crate::ports::Nudges for $world {
            fn nudge(&self, worker: $crate::job::effect::Worker, job: &$crate::ids::JobId, wait: $crate::SignedDuration)
                -> impl $crate::ports::Answer<()> { self.$field.nudge(worker, job, wait) }
        }
    };
    (@ Inbox, $world:ty, $field:ident) => {
        impl $crate::ports::Inbox for $world {
            fn put_back(&self, receipt: &str, wait: $crate::SignedDuration) -> impl $crate::ports::Answer<()> {
                self.$field.put_back(receipt, wait)
            }
        }
    };
    (@ UploadDesk, $world:ty, $field:ident) => {
        impl $crate::ports::UploadDesk for $world {
            fn allow(&self, job: &$crate::ids::JobId, document: &$crate::ids::DocumentId, bytes: u64,
                now: $crate::Timestamp) -> Result<$crate::ports::Upload, $crate::fault::Fault> {
                self.$field.allow(job, document, bytes, now)
            }
        }
    };
    (@ Originals, $world:ty, $field:ident) => {
        impl $crate::ports::Originals for $world {
            fn read(&self, job: &$crate::ids::JobId, document: &$crate::ids::DocumentId)
                -> impl $crate::ports::Answer<Option<Vec<u8>>> { self.$field.read(job, document) }
        }
    };
    (@ PageShelf, $world:ty, $field:ident) => {
        impl $crate::ports::PageShelf for $world {
            fn store(&self, job: &$crate::ids::JobId, document: &$crate::ids::DocumentId, edition: u32, tiff: Vec<u8>,
                previews: Vec<$crate::ports::Preview>) -> impl $crate::ports::Answer<()> {
                self.$field.store(job, document, edition, tiff, previews)
            }
            fn clear(&self, job: &$crate::ids::JobId, document: &$crate::ids::DocumentId, edition: u32)
                -> impl $crate::ports::Answer<()> { self.$field.clear(job, document, edition) }
        }
    };
    (@ Renderings, $world:ty, $field:ident) => {
        impl $crate::ports::Renderings for $world {
            fn ask(&self, job: &$crate::ids::JobId, document: &$crate::ids::DocumentId, edition: u32,
                password: Option<&$crate::choices::Password>) -> impl $crate::ports::Answer<()> {
                self.$field.ask(job, document, edition, password)
            }
        }
    };
    (@ PreviewLinks, $world:ty, $field:ident) => {
        impl $crate::ports::PreviewLinks for $world {
            fn link(&self, job: &$crate::ids::JobId, document: &$crate::ids::DocumentId, edition: u32, number: u32)
                -> impl $crate::ports::Answer<(String, String)> { self.$field.link(job, document, edition, number) }
        }
    };
    (@ Press, $world:ty, $field:ident) => {
        impl $crate::ports::Press for $world {
            fn make(&self, job: &$crate::job::Job, attempt: &$crate::job::attempt::Attempt)
                -> impl $crate::ports::Answer<$crate::ports::Sheet> { self.$field.make(job, attempt) }
        }
    };
    (@ FirstPages, $world:ty, $field:ident) => {
        impl $crate::ports::FirstPages for $world {
            fn picture(&self, job: &$crate::ids::JobId, attempt: u32)
                -> impl $crate::ports::Answer<Option<Vec<u8>>> { self.$field.picture(job, attempt) }
        }
    };
    (@ Reports, $world:ty, $field:ident) => {
        impl $crate::ports::Reports for $world {
            fn report(&self, facts: &$crate::report::ReportFacts, picture: Option<Vec<u8>>)
                -> Result<Vec<u8>, $crate::fault::Fault> { self.$field.report(facts, picture) }
        }
    };
    (@ Eraser, $world:ty, $field:ident) => {
        impl $crate::ports::Eraser for $world {
            fn erase(&self, job: &$crate::ids::JobId, copies: &$crate::job::effect::Copies)
                -> impl $crate::ports::Answer<()> { self.$field.erase(job, copies) }
        }
    };
    (@ Carrier, $world:ty, $field:ident) => {
        impl $crate::ports::Carrier for $world {
            fn dial(&self, call: &$crate::ports::Call<'_>) -> impl $crate::ports::Answer<$crate::ports::Dialled> {
                self.$field.dial(call)
            }
            fn look(&self, call: &$crate::ports::Call<'_>, reference: Option<&str>)
                -> impl $crate::ports::Answer<$crate::ports::CarrierWord> { self.$field.look(call, reference) }
        }
    };
    (@ CarrierCopies, $world:ty, $field:ident) => {
        impl $crate::ports::CarrierCopies for $world {
            fn forget(&self, reference: &str) -> impl $crate::ports::Answer<()> { self.$field.forget(reference) }
        }
    };
    (@ Checkouts, $world:ty, $field:ident) => {
        impl $crate::ports::Checkouts for $world {
            fn open(&self, due: &$crate::ports::Due<'_>, now: $crate::Timestamp)
                -> impl $crate::ports::Answer<$crate::job::event::MoneyNews> { self.$field.open(due, now) }
        }
    };
    (@ Payments, $world:ty, $field:ident) => {
        impl $crate::ports::Payments for $world {
            fn look(&self, session: &str) -> impl $crate::ports::Answer<$crate::job::event::MoneyNews> {
                self.$field.look(session)
            }
            fn close(&self, job: &$crate::ids::JobId, order: u32, session: &str)
                -> impl $crate::ports::Answer<$crate::job::event::MoneyNews> { self.$field.close(job, order, session) }
            fn capture(&self, job: &$crate::ids::JobId, order: u32, intent: &str)
                -> impl $crate::ports::Answer<$crate::job::event::MoneyNews> { self.$field.capture(job, order, intent) }
            fn release(&self, job: &$crate::ids::JobId, order: u32, intent: &str)
                -> impl $crate::ports::Answer<$crate::job::event::MoneyNews> { self.$field.release(job, order, intent) }
            fn refund(&self, job: &$crate::ids::JobId, order: u32, intent: &str)
                -> impl $crate::ports::Answer<$crate::job::event::MoneyNews> { self.$field.refund(job, order, intent) }
        }
    };
    (@ Post, $world:ty, $field:ident) => {
        impl $crate::ports::Post for $world {
            fn send(&self, letter: &$crate::mail::Letter) -> impl $crate::ports::Answer<()> { self.$field.send(letter) }
        }
    };
}

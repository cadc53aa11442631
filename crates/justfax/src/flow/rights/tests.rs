use std::{collections::HashMap, sync::Mutex};

use super::*;
use crate::flow::messages::{self, MOST_OF_ONE, Note};
use crate::{
    ids::{JobId, SecretHash},
    job::{
        Stage,
        effect::Worker,
        tests::{Story, start},
    },
    mail::Letter,
    memory::Dice,
    ports::{Committed, Stored},
};

/// A store, a clock and a letter box in memory.
struct Town {
    jobs: Mutex<HashMap<JobId, Stored>>,
    keys: Mutex<HashMap<String, (KeyUse, String, Timestamp)>>,
    taken: Mutex<HashMap<String, u32>>,
    letters: Mutex<Vec<Letter>>,
    looked_up: Mutex<u32>,
    now: Mutex<Timestamp>,
    dice: Dice,
}

impl Town {
    fn new() -> Self {
        Self {
            jobs: Mutex::default(),
            keys: Mutex::default(),
            taken: Mutex::default(),
            letters: Mutex::default(),
            looked_up: Mutex::default(),
            now: Mutex::new(start()),
            dice: Dice::new(3),
        }
    }

    /// A Job ordered with this address, at the stage of the story.
    fn with(self, address: &str, mut story: Story, seed: u64) -> Self {
        let address = EmailAddress::parse(address).unwrap();
        story.job.id = JobId::random(&Dice::new(seed));
        let order = story.job.order.as_mut().unwrap();
        order.email_hash = key().of_email(&address);
        order.email = address;
        self.jobs.lock().unwrap().insert(story.job.id.clone(), Stored { job: story.job, version: 1 });
        self
    }

    fn later(&self, by: SignedDuration) {
        *self.now.lock().unwrap() += by;
    }

    async fn asked(&self, address: &str) -> Asked {
        let address = EmailAddress::parse(address).unwrap();
        ask(self, &key(), &head(), &address, Language::De).await.unwrap()
    }

    /// The secret in the last letter.
    fn mailed(&self) -> Secret {
        let letters = self.letters.lock().unwrap();
        let text = &letters.last().unwrap().text;
        Secret::parse(text.split_once('#').unwrap().1.get(..32).unwrap()).unwrap()
    }

    async fn opened(&self, address: &str) -> Secret {
        self.asked(address).await;
        open(self, &self.mailed()).await.unwrap().unwrap().0
    }
}

fn key() -> LookupKey {
    LookupKey::new(&[7; 32]).unwrap()
}

fn head() -> Letterhead {
    let zone = jiff::tz::TimeZone::UTC;
    Letterhead { name: "JustFax".into(), seller: String::new(), site_url: "https://fax.example".into(), zone }
}

impl Clock for Town {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }
}

impl Entropy for Town {
    fn fill(&self, buffer: &mut [u8]) {
        self.dice.fill(buffer);
    }
}

impl Limits for Town {
    async fn take_one(&self, name: &str, most: u32, _: Timestamp) -> Result<bool, Fault> {
        let mut taken = self.taken.lock().unwrap();
        let count = taken.entry(name.to_owned()).or_default();
        let free = *count < most;
        *count += u32::from(free);
        Ok(free)
    }
}

impl DataKeys for Town {
    async fn keep(&self, key: &SecretHash, used: KeyUse, whose: &str, until: Timestamp) -> Result<(), Fault> {
        self.keys.lock().unwrap().insert(key.as_str().to_owned(), (used, whose.to_owned(), until));
        Ok(())
    }

    async fn holder(&self, key: &SecretHash, used: KeyUse, now: Timestamp) -> Result<Option<String>, Fault> {
        let keys = self.keys.lock().unwrap();
        let found = keys.get(key.as_str()).filter(|(kept, _, until)| *kept == used && *until > now);
        Ok(found.map(|(_, whose, _)| whose.clone()))
    }

    async fn spend(&self, key: &SecretHash, _: Timestamp) -> Result<bool, Fault> {
        Ok(self.keys.lock().unwrap().remove(key.as_str()).is_some())
    }
}

impl Post for Town {
    async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        self.letters.lock().unwrap().push(letter.clone());
        Ok(())
    }
}

impl JobsOf for Town {
    async fn jobs_of(&self, email_hash: &str) -> Result<Vec<JobId>, Fault> {
        *self.looked_up.lock().unwrap() += 1;
        let jobs = self.jobs.lock().unwrap();
        let theirs = jobs.values().filter(|s| s.job.order().is_some_and(|order| order.email_hash == email_hash));
        Ok(theirs.map(|stored| stored.job.id().clone()).collect())
    }
}

impl ReadJobs for Town {
    async fn load(&self, id: &JobId) -> Result<Option<Stored>, Fault> {
        Ok(self.jobs.lock().unwrap().get(id).cloned())
    }
}

impl Jobs for Town {
    async fn commit(&self, job: &Job, seen: u64) -> Result<Committed, Fault> {
        let stored = Stored { job: job.clone(), version: seen + 1 };
        self.jobs.lock().unwrap().insert(job.id().clone(), stored);
        Ok(Committed::Done)
    }
}

impl Nudges for Town {
    async fn nudge(&self, _: Worker, _: &JobId, _: SignedDuration) -> Result<(), Fault> {
        Ok(())
    }
}

#[tokio::test]
async fn a_known_and_an_unknown_address_get_the_same_answer_and_the_same_mail() {
    let town = Town::new().with("known@example.org", Story::delivered(), 1);
    assert_eq!(town.asked("known@example.org").await, town.asked("unknown@example.org").await);
    let letters = town.letters.lock().unwrap();
    let told = |letter: &Letter| {
        let (before, after) = letter.text.split_once('#').unwrap();
        (letter.subject.clone(), before.to_owned(), after[32..].to_owned())
    };
    assert_eq!(told(&letters[0]), told(&letters[1]));
    assert_eq!(*town.looked_up.lock().unwrap(), 0, "nothing may depend on what is stored");
}

#[tokio::test]
async fn one_address_gets_few_mails_a_day_and_nobody_learns_that_it_had_them() {
    let town = Town::new();
    for _ in 0..5 {
        assert_eq!(town.asked("a@example.org").await, Asked::Answered);
    }
    assert_eq!(town.letters.lock().unwrap().len(), MOST_FOR_ONE as usize);
    town.later(SignedDuration::from_hours(24));
    town.asked("a@example.org").await;
    assert_eq!(town.letters.lock().unwrap().len(), MOST_FOR_ONE as usize + 1);
}

#[tokio::test]
async fn many_mails_to_everybody_are_stopped() {
    let town = Town::new();
    for index in 0..MOST_FOR_ALL {
        assert_eq!(town.asked(&format!("a{index}@example.org")).await, Asked::Answered);
    }
    assert_eq!(town.asked("last@example.org").await, Asked::TooMany);
}

#[tokio::test]
async fn a_mailed_link_opens_once_within_its_hour_and_its_page_closes_by_itself() {
    let town = Town::new().with("a@example.org", Story::delivered(), 1);
    town.asked("a@example.org").await;
    let link = town.mailed();
    assert!(faxes(&town, &link).await.unwrap().is_none(), "a link is no key");
    let (page, _) = open(&town, &link).await.unwrap().unwrap();
    assert!(open(&town, &link).await.unwrap().is_none(), "it opened twice");
    assert!(open(&town, &page).await.unwrap().is_none(), "a key is no link");
    assert_eq!(faxes(&town, &page).await.unwrap().unwrap().len(), 1);
    town.later(PAGE_LASTS);
    assert!(faxes(&town, &page).await.unwrap().is_none());
    town.asked("a@example.org").await;
    let late = town.mailed();
    town.later(LINK_LASTS);
    assert!(open(&town, &late).await.unwrap().is_none());
}

#[tokio::test]
async fn a_key_shows_and_erases_the_faxes_of_its_address_and_of_nobody_else() {
    let town = Town::new().with("a@example.org", Story::paid(), 1).with("A@example.org", Story::undelivered(), 2).with(
        "b@example.org",
        Story::paid(),
        3,
    );
    let page = town.opened("a@example.org").await;
    let left = erase(&town, &Rules::default(), &page).await.unwrap().unwrap();
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|job| matches!(job.stage(), Stage::Purged(_))), "{left:?}");
    let other = town.opened("b@example.org").await;
    assert!(
        faxes(&town, &other).await.unwrap().unwrap().iter().all(|job| matches!(job.stage(), Stage::Sending { .. }))
    );
}

#[tokio::test]
async fn a_flood_of_messages_is_stopped_before_it_is_mailed() {
    let town = Town::new();
    let (operator, from) =
        (EmailAddress::parse("us@example.org").unwrap(), EmailAddress::parse("a@example.org").unwrap());
    let note = Note::Message("Hello".into());
    let mut answers = Vec::new();
    for _ in 0..MOST_OF_ONE + 2 {
        let (key, head) = (key(), head());
        let written = messages::write(&town, &key, &head, &operator, &from, Language::En, &note).await.unwrap();
        answers.push(written.0);
    }
    assert_eq!(answers.iter().filter(|answer| **answer == Asked::TooMany).count(), 2);
    let letters = town.letters.lock().unwrap();
    assert_eq!(letters.len(), MOST_OF_ONE as usize);
    assert!(letters.iter().all(|letter| letter.to == operator && letter.reply_to.as_ref() == Some(&from)));
}

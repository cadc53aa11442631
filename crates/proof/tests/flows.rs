//! Single interleavings worth a name: what the simulation once found, told as a story.

use justfax_proof::{
    run::{Kind, Run},
    wire::Request,
    world::{NUMBERS, World, order},
};

use justfax::{
    SignedDuration, Timestamp,
    document::{Document, FileName},
    ids::{DocumentId, JobId, Secret},
    job::{
        Job,
        event::{Event, Rules},
    },
    language::Language,
    memory::Dice,
};

/// A world with a Job whose one file is uploaded and not prepared.
fn uploaded() -> Option<(World, JobId, DocumentId)> {
    let (dice, now) = (Dice::new(1), Timestamp::UNIX_EPOCH);
    let job = Job::open(JobId::random(&dice), Secret::random(&dice).hash(), Language::En, now);
    let id = DocumentId::random(&dice);
    let document = Document::announced(id.clone(), FileName::new("a.pdf"), 1);
    let (job, _) = job.apply(Event::DocumentsAdded(vec![document]), &Rules::default(), now).ok()?;
    let mut world = World::new(vec![job.clone()], now, None);
    world.bytes.get_mut(job.id())?.pages.clear();
    Some((world, job.id().clone(), id))
}

/// Lets a run go on until it is over, or is about to ask for something.
fn go_on(run: &mut Run, world: &mut World, until: impl Fn(&Request) -> bool) {
    while let Some(request) = run.asks.clone() {
        if until(&request) {
            return;
        }
        let reply = world.answer(&request);
        run.reply(reply, world.now, &Rules::default());
    }
}

#[test]
fn a_message_that_comes_twice_does_not_delete_the_pages_of_a_fax_ordered_meanwhile() {
    let (mut world, job, document) = uploaded().unwrap();
    let start = |kind: Kind, world: &World| Run::new(kind, world.now, &Rules::default());
    let prepare = Kind::Prepare(job.clone(), document.clone());
    let mut slow = start(prepare.clone(), &world);
    go_on(&mut slow, &mut world, |request| matches!(request, Request::Store(..)));
    go_on(&mut start(prepare, &world), &mut world, |_| false);
    world.now += SignedDuration::from_secs(20);
    let order = order(NUMBERS[0], 1, world.now).unwrap();
    go_on(&mut start(Kind::Checkout(job.clone(), Box::new(order)), &world), &mut world, |_| false);
    go_on(&mut slow, &mut world, |_| false);
    assert!(
        world.bytes[&job].pages.contains(&(document.clone(), 1)) && world.bytes[&job].originals.contains_key(&document)
    );
}

#[test]
fn pages_that_are_ready_after_the_end_are_deleted() {
    let (mut world, job, document) = uploaded().unwrap();
    let mut slow = Run::new(Kind::Prepare(job.clone(), document), world.now, &Rules::default());
    go_on(&mut slow, &mut world, |request| matches!(request, Request::Store(..)));
    for kind in [Kind::Record(job.clone(), Event::Erased), Kind::Settle(job.clone())] {
        go_on(&mut Run::new(kind, world.now, &Rules::default()), &mut world, |_| false);
    }
    go_on(&mut slow, &mut world, |_| false);
    assert!(!world.bytes[&job].any());
}

//! Chaos: some hundred faxes through a deployed stack in which everything fails that can fail, judged from outside.
//!
//! What is not seeded is when the world strikes: processes really die in the middle of what they do, so two runs of one seed
//! have the same senders and different accidents.

mod dice;
mod doubler;
mod judge;
mod keeper;
mod living;
mod plan;
mod processes;
mod reaper;
mod report;
mod sender;
mod witnesses;

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{task::JoinSet, time::sleep};

use self::{
    dice::Dice,
    doubler::Doubler,
    living::Living,
    plan::Plan,
    reaper::{Kill, Reaper},
    sender::Life,
};
pub use self::{keeper::Keeper, report::Report};
use crate::{
    aws::Aws,
    client::{Client, Desk},
    stack::{Stack, http},
};

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many senders.
    pub jobs: u32,
    /// Which senders.
    pub seed: u64,
    /// How many of them live at a time.
    pub at_once: usize,
}

/// After the last sender: how long queues may take to run dry.
const DRY_WITHIN: Duration = Duration::from_mins(4);
/// How long money takes that comes seconds after it was paid, with the news of it.
const SLOW_MONEY: Duration = Duration::from_secs(15);
/// After the last blow: what is not put right within this time is wrong.
const MENDS_WITHIN: Duration = Duration::from_mins(6);

/// What is shared by everybody in a run.
struct World {
    stack: Stack,
    client: Client,
    desk: Desk,
    aws: Aws,
    living: Living,
    reaper: Reaper,
    doubler: Doubler,
}

/// Runs it and says what became of everybody; faults are told to `tell`, Job by Job.
///
/// # Errors
/// When the stack cannot be talked to at all.
pub async fn run(
    stack: Stack,
    options: Options,
    keeper: &mut Keeper,
    tell: &(dyn Fn(&str) + Sync),
) -> anyhow::Result<Report> {
    let http = http()?;
    let aws = Aws::new(http.clone(), stack.clone());
    let world = Arc::new(World {
        client: Client::new(http.clone(), &stack.api, "de"),
        desk: Desk::new(&http, &stack.site),
        living: Living::default(),
        reaper: Reaper::new(stack.pids.get("emulator").copied().unwrap_or_default()),
        doubler: Doubler::new(aws.clone(), stack.clone()),
        aws,
        stack,
    });
    let begun = Instant::now();
    world.desk.misbehave(&misbehaviour()).await?;
    let (reaping, doubling) = strike(&world, options);
    let lives = live_all(&world, options, keeper, tell).await?;
    let seconds = begun.elapsed().as_secs_f64();
    world.reaper.stop.store(true, Ordering::Release);
    world.doubler.stop.store(true, Ordering::Release);
    let _ = reaping.join();
    doubling.await?;
    world.desk.misbehave(&json!({})).await?;
    run_dry(&world).await;
    let faults = count_faults(&world, keeper).await?;
    let kills = world.reaper.kills();
    let mut report = judge(&world, &lives, &kills, tell).await?;
    report.jobs = options.jobs;
    report.seed = options.seed;
    report.faults = faults;
    report.jobs_per_second = f64::from(options.jobs) / seconds;
    Ok(report)
}

/// Judges when everything is clean, or when nothing gets better any more: what a dead worker left behind is taken up when its
/// lease has lapsed, and slow money comes when it comes.
async fn judge(world: &World, lives: &[Life], kills: &[Kill], tell: &(dyn Fn(&str) + Sync)) -> anyhow::Result<Report> {
    sleep(SLOW_MONEY).await;
    let since = Instant::now();
    while since.elapsed() < MENDS_WITHIN {
        if witnesses::hear(&world.desk, &world.aws, lives, kills, &|_| ()).await?.is_clean() {
            break;
        }
        sleep(Duration::from_secs(10)).await;
    }
    witnesses::hear(&world.desk, &world.aws, lives, kills, tell).await
}

/// The worst day of both providers at once.
fn misbehaviour() -> Value {
    let webhooks = |lose: u8| {
        json!({
            "lose": lose, "repeat": 20, "delay": 20, "delay_ms": 4_000, "reorder": 15,
            "time_out": 6, "time_out_ms": 9_000, "unavailable": 6,
        })
    };
    json!({ "payment": webhooks(12), "carrier": webhooks(12) })
}

/// Lets reaper and doubler loose: in all about a kill for two senders, and a few copies for each.
fn strike(world: &Arc<World>, options: Options) -> (std::thread::JoinHandle<()>, tokio::task::JoinHandle<()>) {
    let dice = Dice::new(options.seed);
    let (deaths, copies) = (dice.of_part(u64::MAX), dice.of_part(u64::MAX - 1));
    let (reaper, doubler) = (Arc::clone(world), Arc::clone(world));
    let reaping = std::thread::spawn(move || reaper.reaper.work(deaths, Duration::from_secs(5)));
    let doubling = tokio::spawn(async move {
        doubler.doubler.work(&doubler.living, copies, Duration::from_millis(1_500)).await;
    });
    (reaping, doubling)
}

/// Lets everybody live, so many at a time, and has the emulator restarted when half of them have begun.
async fn live_all(
    world: &Arc<World>,
    options: Options,
    keeper: &mut Keeper,
    tell: &(dyn Fn(&str) + Sync),
) -> anyhow::Result<Vec<Life>> {
    let (mut alive, mut lives) = (JoinSet::new(), Vec::new());
    for index in 0..options.jobs {
        if alive.len() >= options.at_once
            && let Some(life) = alive.join_next().await
        {
            lives.push(life?);
            tell_progress(world, options, &lives, tell);
        }
        if index == options.jobs / 2 {
            restart(world, keeper, tell).await?;
        }
        let (world, plan) = (Arc::clone(world), Plan::of(options.seed, index));
        alive.spawn(async move { sender::live(&world.client, plan, &world.living).await });
    }
    while let Some(life) = alive.join_next().await {
        lives.push(life?);
        tell_progress(world, options, &lives, tell);
    }
    Ok(lives)
}

fn tell_progress(world: &World, options: Options, lives: &[Life], tell: &(dyn Fn(&str) + Sync)) {
    if let Some(life) = lives.last()
        && let Some(trouble) = &life.trouble
    {
        let job = life.job.as_ref().map_or("no Job", |job| job.id.as_str());
        tell(&format!("sender {} ({job}) never got past: {trouble}", life.plan.index));
    }
    if lives.len().is_multiple_of(10) {
        let killed = world.reaper.kills().len();
        tell(&format!("{} of {} senders are through, {killed} processes killed", lives.len(), options.jobs));
    }
}

async fn restart(world: &World, keeper: &mut Keeper, tell: &(dyn Fn(&str) + Sync)) -> anyhow::Result<()> {
    tell("restarting the emulator with its data kept");
    world.reaper.emulator.store(0, Ordering::Release);
    // All function processes end with it, in the middle of what they do.
    world.reaper.note(reaper::EVERYBODY);
    let emulator = keeper.restart().await?;
    world.reaper.note(reaper::EVERYBODY);
    if let Some(emulator) = emulator {
        world.reaper.emulator.store(emulator, Ordering::Release);
    }
    Ok(())
}

/// Waits until the work queues have run dry; what is left then shows in the verdicts.
async fn run_dry(world: &World) {
    let since = Instant::now();
    while since.elapsed() < DRY_WITHIN {
        let mut left = 0;
        for url in world.stack.queues.values() {
            left += world.aws.waiting(url).await.map_or(1, |waiting| waiting.visible + waiting.in_flight);
        }
        if left == 0 {
            return;
        }
        sleep(Duration::from_secs(1)).await;
    }
}

async fn count_faults(world: &World, keeper: &Keeper) -> anyhow::Result<BTreeMap<String, u64>> {
    let mut faults = world.desk.misbehaved().await?;
    for kill in world.reaper.kills().into_iter().filter(|kill| kill.function != reaper::EVERYBODY) {
        *faults.entry(format!("killed.{}", kill.function)).or_default() += 1;
    }
    faults.insert("message.doubled".to_owned(), world.doubler.sent.load(Ordering::Acquire));
    faults.insert("emulator.restarted".to_owned(), keeper.restarts());
    Ok(faults)
}

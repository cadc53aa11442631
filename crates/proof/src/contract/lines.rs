//! Lines: one holder at a time.

use justfax::{SignedDuration, ids::JobId};

use super::{Kept, Place, same};

/// A time that is no whole second, so that rounding shows.
const HALF: SignedDuration = SignedDuration::from_millis(500);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A whole second.
fn start<P: Place>(place: &P) -> justfax::Timestamp {
    let now = place.now();
    justfax::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

pub(super) async fn a_line_has_one_holder<P: Place>(place: &P) -> Kept {
    let (line, now) = (JobId::random(place).to_string(), start(place));
    same("a free line", &place.take(&line, "a.1", now, now + MINUTE).await?, &true)?;
    same("for another", &place.take(&line, "b.1", now, now + MINUTE).await?, &false)?;
    same("for its holder again", &place.take(&line, "a.1", now, now + MINUTE).await?, &true)?;
    let other = JobId::random(place).to_string();
    same("another line", &place.take(&other, "b.1", now, now + MINUTE).await?, &true)
}

pub(super) async fn a_line_is_freed_by_its_holder_alone<P: Place>(place: &P) -> Kept {
    let (line, now) = (JobId::random(place).to_string(), start(place));
    place.free(&line, "nobody").await?;
    place.take(&line, "a.1", now, now + MINUTE).await?;
    place.free(&line, "b.1").await?;
    same("freed by another", &place.take(&line, "b.1", now, now + MINUTE).await?, &false)?;
    place.free(&line, "a.1").await?;
    place.free(&line, "a.1").await?;
    same("freed by its holder", &place.take(&line, "b.1", now, now + MINUTE).await?, &true)
}

pub(super) async fn a_line_lapses_after_its_last_second<P: Place>(place: &P) -> Kept {
    let (line, now) = (JobId::random(place).to_string(), start(place));
    let until = now + MINUTE;
    place.take(&line, "a.1", now, until + HALF / 2).await?;
    for (at, free) in [(until, false), (until + HALF, false), (until + SignedDuration::from_secs(1), true)] {
        let what = format!("{} after its last second began", at.duration_since(until));
        same(&what, &place.take(&line, "b.1", at, at + MINUTE).await?, &free)?;
    }
    Ok(())
}

//! Calls: the carrier takes each for a new one, so what it lists is all that can be known of one whose answer was lost.

use justfax::{
    Timestamp,
    ids::JobId,
    number::FaxNumber,
    ports::{Call, Carrier, CarrierWord, Dialled},
    redial::Outcome,
};

use super::{ANSWERS, BUSY, Kept, Place, Unlike, holds, same};

/// A call to be placed.
struct Wanted {
    job: JobId,
    to: FaxNumber,
    sheet: String,
    began: Timestamp,
}

impl Wanted {
    async fn to<P: Place>(place: &P, number: &str) -> Result<Self, Unlike> {
        let job = JobId::random(place);
        let to = number.to_owned().try_into().map_err(|_| Unlike::Differs("not a number".to_owned()))?;
        let sheet = place.transmission(&job, 1).await?;
        Ok(Self { job, to, sheet, began: place.now() })
    }

    fn call(&self) -> Call<'_> {
        Call { job: &self.job, attempt: 1, to: &self.to, sheet_url: &self.sheet, began: self.began }
    }

    async fn dialled<P: Place>(&self, place: &P) -> Result<String, Unlike> {
        match place.dial(&self.call()).await? {
            Dialled::Accepted(reference) => Ok(reference),
            other => Err(Unlike::Differs(format!("a call was not accepted: {other:?}"))),
        }
    }

    /// What the carrier says by its own name of the call, or by ours.
    async fn word<P: Place>(&self, place: &P, reference: Option<&str>) -> Result<CarrierWord, Unlike> {
        Ok(Carrier::look(place, &self.call(), reference).await?)
    }
}

fn name_in(word: &CarrierWord) -> Option<&str> {
    match word {
        CarrierWord::Progress { reference, .. } | CarrierWord::Over { reference, .. } => Some(reference),
        CarrierWord::Unlisted => None,
    }
}

fn outcome_in(word: &CarrierWord) -> Option<Outcome> {
    match word {
        CarrierWord::Over { report, .. } => Some(report.outcome),
        _ => None,
    }
}

pub(super) async fn a_call_is_found_by_its_name_and_by_ours<P: Place>(place: &P) -> Kept {
    let wanted = Wanted::to(place, ANSWERS).await?;
    let reference = wanted.dialled(place).await?;
    for by in [Some(reference.as_str()), None] {
        same("its name", &name_in(&wanted.word(place, by).await?), &Some(reference.as_str()))?;
    }
    place.call_over(&wanted.job).await?;
    for by in [Some(reference.as_str()), None] {
        let word = wanted.word(place, by).await?;
        same("its name at the end", &name_in(&word), &Some(reference.as_str()))?;
        same("its outcome", &outcome_in(&word), &Some(Outcome::Delivered))?;
    }
    Ok(())
}

pub(super) async fn a_busy_number_is_reported_as_busy<P: Place>(place: &P) -> Kept {
    let wanted = Wanted::to(place, BUSY).await?;
    let reference = wanted.dialled(place).await?;
    place.call_over(&wanted.job).await?;
    same("its outcome", &outcome_in(&wanted.word(place, Some(&reference)).await?), &Some(Outcome::Busy))
}

pub(super) async fn a_call_whose_answer_was_lost_is_found_by_our_reference<P: Place>(place: &P) -> Kept {
    let wanted = Wanted::to(place, ANSWERS).await?;
    place.lose_answer();
    same("nobody knows", &place.dial(&wanted.call()).await?, &Dialled::Ambiguous)?;
    holds("the carrier has it", name_in(&wanted.word(place, None).await?).is_some())?;
    place.call_over(&wanted.job).await?;
    same("its outcome", &outcome_in(&wanted.word(place, None).await?), &Some(Outcome::Delivered))?;
    same("calls", &place.calls(&wanted.job).await?, &1)
}

pub(super) async fn a_call_never_placed_is_not_listed<P: Place>(place: &P) -> Kept {
    let wanted = Wanted::to(place, ANSWERS).await?;
    same("the carrier's word", &wanted.word(place, None).await?, &CarrierWord::Unlisted)
}

pub(super) async fn dialling_again_is_another_call<P: Place>(place: &P) -> Kept {
    let wanted = Wanted::to(place, ANSWERS).await?;
    let first = wanted.dialled(place).await?;
    let second = wanted.dialled(place).await?;
    holds("each has a name of its own", first != second)?;
    same("calls", &place.calls(&wanted.job).await?, &2)?;
    place.call_over(&wanted.job).await.map_err(Unlike::from)
}

pub(super) async fn the_copy_of_a_call_under_way_is_not_deleted<P: Place>(place: &P) -> Kept {
    let wanted = Wanted::to(place, ANSWERS).await?;
    let reference = wanted.dialled(place).await?;
    holds("it is refused", place.forget(&reference).await.is_err())?;
    place.call_over(&wanted.job).await?;
    same("its outcome", &outcome_in(&wanted.word(place, Some(&reference)).await?), &Some(Outcome::Delivered))
}

pub(super) async fn a_forgotten_call_is_not_listed<P: Place>(place: &P) -> Kept {
    let wanted = Wanted::to(place, BUSY).await?;
    let reference = wanted.dialled(place).await?;
    place.call_over(&wanted.job).await?;
    place.forget(&reference).await?;
    place.forget(&reference).await?;
    for by in [Some(reference.as_str()), None] {
        same("the carrier's word", &wanted.word(place, by).await?, &CarrierWord::Unlisted)?;
    }
    Ok(())
}

//! Classes what an AWS service answered: passing trouble or for a person.

#[cfg(feature = "jobs")]
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::result::SdkError;
use justfax::fault::Fault;

/// A failed call, told without anything that was in it.
#[derive(Debug, thiserror::Error)]
#[error("{call}: {code}")]
struct CallFailed {
    call: &'static str,
    code: String,
}

/// The class of a failed call. What the service calls the caller's mistake stays a mistake; the rest passes.
pub(crate) fn fault<E, R>(call: &'static str, error: &SdkError<E, R>, code: Option<&str>) -> Fault {
    let passing = match error {
        SdkError::ServiceError(_) => code.is_none_or(is_passing),
        SdkError::ConstructionFailure(_) => false,
        _ => true,
    };
    let code = code.map_or_else(|| kind(error).to_owned(), str::to_owned);
    let failed = CallFailed { call, code };
    if passing { Fault::retry(2, failed) } else { Fault::broken(failed) }
}

/// Whether a conditional write went through: false when its condition did not hold.
#[cfg(feature = "jobs")]
pub(crate) fn held<T, E, R>(call: &'static str, written: Result<T, SdkError<E, R>>) -> Result<bool, Fault>
where
    SdkError<E, R>: ProvideErrorMetadata,
{
    match written {
        Ok(_) => Ok(true),
        Err(e) if e.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(e) => Err(fault(call, &e, e.code())),
    }
}

fn kind<E, R>(error: &SdkError<E, R>) -> &'static str {
    match error {
        SdkError::ConstructionFailure(_) => "could not be built",
        SdkError::TimeoutError(_) => "timed out",
        SdkError::DispatchFailure(_) => "could not be sent",
        SdkError::ResponseError(_) => "unreadable answer",
        _ => "unnamed error",
    }
}

/// Codes that end by themselves: throttling, and the service's own trouble.
fn is_passing(code: &str) -> bool {
    const WORDS: [&str; 8] =
        ["Throttl", "TooMany", "LimitExceeded", "SlowDown", "Internal", "Unavailable", "Timeout", "InProgress"];
    WORDS.iter().any(|word| code.contains(word))
}

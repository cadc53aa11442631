//! The renderer: a child process that can be killed.

use justfax::{
    document::{PageFacts, Refusal, Warning},
    fault::Fault,
    flow::prepare::{Rendered, Renderer},
    ports::Preview,
};
use justfax_pages::{Limits, child, preview};

use crate::RENDER_CHILD;

/// Renders in a child process of this program.
pub(crate) struct Child;

impl Renderer for Child {
    async fn render(&self, bytes: Vec<u8>) -> Result<Result<Rendered, Refusal>, Fault> {
        let rendering = tokio::task::spawn_blocking(move || {
            let program = std::env::current_exe().map_err(Fault::broken)?;
            Ok(child::render_in_child(&program, [RENDER_CHILD], &bytes, &Limits::default())
                .map_err(refusal)
                .map(|pages| rendered(&pages)))
        });
        rendering.await.map_err(|e| Fault::retry(1, e))?
    }
}

fn rendered(rendered: &justfax_pages::Rendered) -> Rendered {
    let facts = |page: &justfax_pages::RenderedPage| PageFacts {
        rows: u32::try_from(page.page.rows()).unwrap_or(u32::MAX),
        encoded_bytes: u32::try_from(page.encoded_bytes).unwrap_or(u32::MAX),
        warnings: page.warnings.iter().copied().map(warning).collect(),
    };
    let picture = |page: &justfax_pages::RenderedPage| Preview {
        full: preview::png(&page.page),
        small: preview::thumbnail(&page.page),
    };
    Rendered {
        pages: rendered.pages.iter().map(facts).collect(),
        tiff: rendered.tiff().to_vec(),
        previews: rendered.pages.iter().map(picture).collect(),
    }
}

fn refusal(refusal: justfax_pages::Refusal) -> Refusal {
    use justfax_pages::Refusal as From;
    match refusal {
        From::NotADocument => Refusal::NotADocument,
        From::Empty => Refusal::Empty,
        From::TooLarge => Refusal::TooLarge,
        From::TooManyPages { .. } => Refusal::TooManyPages,
        From::PasswordNeeded => Refusal::PasswordNeeded,
        From::XfaForm => Refusal::XfaForm,
        From::Damaged => Refusal::Damaged,
        From::TooComplex => Refusal::TooComplex,
    }
}

fn warning(warning: justfax_pages::Warning) -> Warning {
    use justfax_pages::Warning as From;
    match warning {
        From::Blank => Warning::Blank,
        From::VeryDark => Warning::VeryDark,
        From::VeryPale => Warning::VeryPale,
        From::TinyPrint => Warning::TinyPrint,
        From::Sideways => Warning::Sideways,
        From::MissingFont => Warning::MissingFont,
        From::UnfilledForm => Warning::UnfilledForm,
    }
}

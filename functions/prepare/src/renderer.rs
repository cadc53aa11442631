//! The renderer: a child process that can be killed.

use justfax::{
    document::{PageFacts, Refusal},
    fault::Fault,
    flow::prepare::{Rendered, Renderer, Wanted},
    ports::Preview,
};
use justfax_pages::{Limits, Options, child, preview};

use crate::RENDER_CHILD;

/// Renders in a child process of this program.
pub(crate) struct Child;

impl Renderer for Child {
    async fn render(&self, bytes: Vec<u8>, wanted: Wanted) -> Result<Result<Rendered, Refusal>, Fault> {
        let rendering = tokio::task::spawn_blocking(move || {
            let program = std::env::current_exe().map_err(Fault::broken)?;
            let options = options(wanted);
            Ok(child::render_in_child_with(&program, [RENDER_CHILD], &bytes, &Limits::default(), &options)
                .map(|pages| rendered(&pages)))
        });
        rendering.await.map_err(|e| Fault::retry(1, e))?
    }
}

/// All pages: which of them go is picked when they are put together.
fn options(wanted: Wanted) -> Options {
    Options {
        resolution: wanted.resolution,
        photo: wanted.choices.photo,
        turns: wanted.choices.turns.into_iter().map(|(page, turn)| (page as usize, turn)).collect(),
        selection: Vec::new(),
        password: wanted.password.map(String::from),
    }
}

fn rendered(rendered: &justfax_pages::Rendered) -> Rendered {
    let facts = |page: &justfax_pages::RenderedPage| PageFacts {
        rows: u32::try_from(page.page.rows()).unwrap_or(u32::MAX),
        encoded_bytes: u32::try_from(page.encoded_bytes).unwrap_or(u32::MAX),
        turn: page.turn,
        warnings: page.warnings.clone(),
    };
    let picture = |page: &justfax_pages::RenderedPage| Preview {
        full: preview::png(&page.page),
        small: preview::thumbnail(&page.page),
    };
    Rendered {
        pages: rendered.pages.iter().map(facts).collect(),
        tiff: rendered.tiff(),
        previews: rendered.pages.iter().map(picture).collect(),
    }
}

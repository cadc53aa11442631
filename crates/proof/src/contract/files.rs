//! Files: stored by what they are for, and deleted so that nothing is left.

use std::collections::BTreeSet;

use justfax::{
    ids::{DocumentId, JobId},
    job::effect::Copies,
    ports::Preview,
};

use super::{Kept, Place, Unlike, holds, same};

/// Two Jobs and a document of each.
struct Shelf {
    job: JobId,
    other: JobId,
    document: DocumentId,
    second: DocumentId,
}

impl Shelf {
    fn new<P: Place>(place: &P) -> Self {
        Self {
            job: JobId::random(place),
            other: JobId::random(place),
            document: DocumentId::random(place),
            second: DocumentId::random(place),
        }
    }

    /// Files of every kind: two documents of one Job, the first in two editions, and one of the other Job.
    async fn filled<P: Place>(place: &P) -> Result<Self, Unlike> {
        let shelf = Self::new(place);
        let Self { job, other, document, second } = &shelf;
        for (job, document) in [(job, document), (job, second), (other, document)] {
            place.upload(job, document, vec![1]).await?;
            place.store(job, document, 1, b"tiff".to_vec(), vec![picture()]).await?;
        }
        place.store(job, document, 2, b"tiff".to_vec(), vec![picture(), picture()]).await?;
        for (job, attempt) in [(job, 1), (job, 2), (other, 1)] {
            place.transmission(job, attempt).await?;
        }
        Ok(shelf)
    }

    /// What is there when it is filled.
    fn all(&self) -> BTreeSet<String> {
        let Self { document, second, .. } = self;
        [
            format!("uploads/{document}"),
            format!("uploads/{second}"),
            format!("pages/{document}/1"),
            format!("pages/{document}/2"),
            format!("pages/{second}/1"),
            "transmissions/1".to_owned(),
            "transmissions/2".to_owned(),
            "reports/1".to_owned(),
            "reports/2".to_owned(),
        ]
        .into()
    }
}

fn picture() -> Preview {
    Preview { full: b"png".to_vec(), small: b"png".to_vec() }
}

pub(super) async fn an_original_is_read_as_it_was_uploaded<P: Place>(place: &P) -> Kept {
    let Shelf { job, document, second, .. } = Shelf::new(place);
    same("before", &place.read(&job, &document).await?, &None)?;
    place.upload(&job, &document, vec![2]).await?;
    place.upload(&job, &document, vec![3]).await?;
    same("the last of two", &place.read(&job, &document).await?, &Some(vec![3]))?;
    same("another document", &place.read(&job, &second).await?, &None)
}

pub(super) async fn an_edition_is_cleared_alone<P: Place>(place: &P) -> Kept {
    let shelf = Shelf::filled(place).await?;
    same("everything", &place.kept(&shelf.job).await?, &shelf.all())?;
    place.clear(&shelf.job, &shelf.document, 1).await?;
    let mut left = shelf.all();
    left.remove(&format!("pages/{}/1", shelf.document));
    same("what is left", &place.kept(&shelf.job).await?, &left)
}

pub(super) async fn each_kind_of_copy_is_deleted_alone<P: Place>(place: &P) -> Kept {
    let shelf = Shelf::filled(place).await?;
    let theirs = place.kept(&shelf.other).await?;
    let mut left = shelf.all();
    holds("the picture is read", place.picture(&shelf.job, 2).await?.is_some())?;
    let kinds = [
        (Copies::Transmissions, "transmissions/"),
        (Copies::Pictures, "reports/"),
        (Copies::Pages, "pages/"),
        (Copies::Originals, "uploads/"),
    ];
    for (copies, folder) in kinds {
        place.erase(&shelf.job, &copies).await?;
        left.retain(|name| !name.starts_with(folder));
        same(folder, &place.kept(&shelf.job).await?, &left)?;
    }
    holds("the picture is gone", place.picture(&shelf.job, 2).await?.is_none())?;
    same("the other Job's", &place.kept(&shelf.other).await?, &theirs)
}

pub(super) async fn a_document_is_deleted_with_its_pages_and_every_version<P: Place>(place: &P) -> Kept {
    let shelf = Shelf::filled(place).await?;
    place.upload(&shelf.job, &shelf.document, vec![2]).await?;
    place.erase(&shelf.job, &Copies::Document(shelf.document.clone())).await?;
    let mut left = shelf.all();
    left.retain(|name| !name.contains(shelf.document.as_str()));
    same("what is left", &place.kept(&shelf.job).await?, &left)
}

pub(super) async fn deleting_what_is_not_there_succeeds<P: Place>(place: &P) -> Kept {
    let Shelf { job, document, .. } = Shelf::new(place);
    place.clear(&job, &document, 1).await?;
    for copies in
        [Copies::Document(document), Copies::Originals, Copies::Pages, Copies::Transmissions, Copies::Pictures]
    {
        place.erase(&job, &copies).await?;
    }
    same("a picture that never was", &place.picture(&job, 1).await?, &None)
}

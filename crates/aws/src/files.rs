//! The documents bucket: originals, pages, pictures, transmissions, and deletion that looks again.

use std::time::Duration;

use aws_sdk_s3::{
    Client,
    error::ProvideErrorMetadata,
    presigning::PresigningConfig,
    primitives::ByteStream,
    types::{Delete, ObjectIdentifier},
};
use justfax::{
    document::Document,
    fault::Fault,
    ids::{DocumentId, JobId},
    job::effect::Copies,
    ports::{Eraser, FirstPages, Originals, PageShelf, Preview, PreviewLinks},
};

use crate::{failure::fault, sdk::configured};

/// A picture's address is good this long: the page asks again.
const PICTURE_LINK: Duration = Duration::from_mins(15);
/// The carrier fetches within this time, retries included.
const SHEET_LINK: Duration = Duration::from_hours(1);

/// Where the pages of a rendering lie.
fn folder(job: &JobId, document: &DocumentId, edition: u32) -> String {
    format!("pages/{job}/{document}/{edition}")
}

/// The documents bucket.
#[derive(Debug, Clone)]
pub struct Documents {
    client: Client,
    bucket: String,
}

impl Documents {
    /// The bucket of this name.
    pub fn new(aws: &crate::Aws, bucket: String) -> Self {
        Self { client: configured!(aws_sdk_s3, aws), bucket }
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Fault> {
        match self.client.get_object().bucket(&self.bucket).key(key).send().await {
            Ok(object) => {
                let body = object.body.collect().await.map_err(|e| Fault::retry(1, e))?;
                Ok(Some(body.to_vec()))
            }
            Err(e) if e.code() == Some("NoSuchKey") => Ok(None),
            Err(e) => Err(fault("GetObject", &e, e.code())),
        }
    }

    async fn put(&self, key: String, content_type: &str, bytes: Vec<u8>) -> Result<(), Fault> {
        self.client
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type(content_type)
            .body(ByteStream::from(bytes))
            .send()
            .await
            .map_err(|e| fault("PutObject", &e, e.code()))?;
        Ok(())
    }

    async fn presigned(&self, key: String, valid: Duration) -> Result<String, Fault> {
        let config = PresigningConfig::expires_in(valid).map_err(Fault::broken)?;
        let request = self.client.get_object().bucket(&self.bucket).key(key).presigned(config).await;
        request.map(|r| r.uri().to_owned()).map_err(|e| fault("presign GetObject", &e, e.code()))
    }

    /// All pages of a prepared Document as TIFF; none when they are gone.
    ///
    /// # Errors
    /// A [`Fault`] of S3.
    pub async fn pages(&self, job: &JobId, document: &Document) -> Result<Option<Vec<u8>>, Fault> {
        let Some(rendering) = document.rendering() else { return Ok(None) };
        self.get(&format!("{}/fax.tif", folder(job, &document.id, rendering.edition))).await
    }

    /// Keeps the file for one attempt and gives the address at which the carrier fetches it.
    ///
    /// # Errors
    /// A [`Fault`] of S3.
    pub async fn transmission(&self, job: &JobId, attempt: u32, pdf: Vec<u8>) -> Result<String, Fault> {
        let key = format!("transmissions/{job}/{attempt}.pdf");
        self.put(key.clone(), "application/pdf", pdf).await?;
        self.presigned(key, SHEET_LINK).await
    }

    /// Keeps the reduced first page of an attempt for its report.
    ///
    /// # Errors
    /// A [`Fault`] of S3.
    pub async fn keep_picture(&self, job: &JobId, attempt: u32, png: Vec<u8>) -> Result<(), Fault> {
        self.put(picture_key(job, attempt), "image/png", png).await
    }

    /// Names and versions under a prefix, one page of the listing.
    async fn listed(&self, prefix: &str) -> Result<Vec<ObjectIdentifier>, Fault> {
        let list = self.client.list_object_versions().bucket(&self.bucket).prefix(prefix).send().await;
        let list = list.map_err(|e| fault("ListObjectVersions", &e, e.code()))?;
        let versions = list.versions().iter().map(|v| (v.key(), v.version_id()));
        let markers = list.delete_markers().iter().map(|m| (m.key(), m.version_id()));
        versions
            .chain(markers)
            .filter_map(|(key, version)| Some((key?, version)))
            .map(|(key, version)| {
                let identifier = ObjectIdentifier::builder().key(key).set_version_id(version.map(str::to_owned));
                identifier.build().map_err(Fault::broken)
            })
            .collect()
    }

    async fn erase_prefix(&self, prefix: &str) -> Result<(), Fault> {
        // Bounded: a listing holds 1,000 names, a Job has a few hundred files.
        for _ in 0..20 {
            let found = self.listed(prefix).await?;
            if found.is_empty() {
                return Ok(());
            }
            let delete = Delete::builder().set_objects(Some(found)).quiet(true).build().map_err(Fault::broken)?;
            let deleted = self.client.delete_objects().bucket(&self.bucket).delete(delete).send().await;
            let deleted = deleted.map_err(|e| fault("DeleteObjects", &e, e.code()))?;
            if let Some(error) = deleted.errors().first() {
                return Err(Fault::retry(5, format!("an object could not be deleted: {:?}", error.code())));
            }
        }
        Err(Fault::retry(5, "objects are left"))
    }
}

/// Where the reduced first page lies.
fn picture_key(job: &JobId, attempt: u32) -> String {
    format!("reports/{job}/{attempt}.png")
}

impl FirstPages for Documents {
    async fn picture(&self, job: &JobId, attempt: u32) -> Result<Option<Vec<u8>>, Fault> {
        self.get(&picture_key(job, attempt)).await
    }
}

impl Originals for Documents {
    async fn read(&self, job: &JobId, document: &DocumentId) -> Result<Option<Vec<u8>>, Fault> {
        self.get(&format!("uploads/{job}/{document}")).await
    }
}

impl PageShelf for Documents {
    async fn store(
        &self,
        job: &JobId,
        document: &DocumentId,
        edition: u32,
        tiff: Vec<u8>,
        previews: Vec<Preview>,
    ) -> Result<(), Fault> {
        let folder = folder(job, document, edition);
        self.put(format!("{folder}/fax.tif"), "image/tiff", tiff).await?;
        for (index, preview) in previews.into_iter().enumerate() {
            let number = index + 1;
            self.put(format!("{folder}/{number}.png"), "image/png", preview.full).await?;
            self.put(format!("{folder}/{number}-small.png"), "image/png", preview.small).await?;
        }
        Ok(())
    }

    async fn clear(&self, job: &JobId, document: &DocumentId, edition: u32) -> Result<(), Fault> {
        self.erase_prefix(&format!("{}/", folder(job, document, edition))).await
    }
}

impl PreviewLinks for Documents {
    async fn link(
        &self,
        job: &JobId,
        document: &DocumentId,
        edition: u32,
        number: u32,
    ) -> Result<(String, String), Fault> {
        let folder = folder(job, document, edition);
        let full = self.presigned(format!("{folder}/{number}.png"), PICTURE_LINK).await?;
        let small = self.presigned(format!("{folder}/{number}-small.png"), PICTURE_LINK).await?;
        Ok((full, small))
    }
}

impl Eraser for Documents {
    async fn erase(&self, job: &JobId, copies: &Copies) -> Result<(), Fault> {
        match copies {
            Copies::Document(document) => {
                self.erase_prefix(&format!("uploads/{job}/{document}")).await?;
                self.erase_prefix(&format!("pages/{job}/{document}/")).await
            }
            Copies::Originals => self.erase_prefix(&format!("uploads/{job}/")).await,
            Copies::Pages => self.erase_prefix(&format!("pages/{job}/")).await,
            Copies::Transmissions => self.erase_prefix(&format!("transmissions/{job}/")).await,
            Copies::Pictures => self.erase_prefix(&format!("reports/{job}/")).await,
            Copies::CarrierCopy(_) => Err(Fault::broken("the carrier's copy is not in the bucket")),
        }
    }
}

//! Makes the file that is transmitted: the pages the sender saw, with a header line of this attempt above each.
//!
//! The header's time is the time the attempt was claimed, which is stored; made again, the file is the same to the bit.

use data_encoding::HEXLOWER;
use jiff::tz::TimeZone;
use justfax::{
    fault::Fault,
    job::{Job, attempt::Attempt},
    ports::{self, Sheet},
};
use justfax_aws::files::Documents;
use justfax_pages::{FaxPage, Limits, cover, header, pdf, preview, tiff};
use sha2::{Digest, Sha256};

/// Puts transmissions together.
pub(crate) struct Press {
    pub(crate) files: Documents,
    pub(crate) sender: String,
    pub(crate) zone: TimeZone,
}

impl Press {
    async fn pages(&self, job: &Job) -> Result<Vec<FaxPage>, Fault> {
        let mut pages: Vec<FaxPage> = cover::of(job).map_err(Fault::broken)?.into_iter().collect();
        for document in job.documents().iter().filter(|document| document.pages().next().is_some()) {
            let file = self.files.pages(job.id(), document).await?;
            let file = file.ok_or_else(|| Fault::broken("the pages of a paid Job are gone"))?;
            let limits = Limits { bytes: usize::MAX, ..Limits::default() };
            let all = tiff::read(&file, &limits).map_err(Fault::broken)?;
            let sent = |(number, page)| (!document.choices.left_out.contains(&number)).then_some(page);
            pages.extend((1..).zip(all).filter_map(sent));
        }
        Ok(pages)
    }

    fn stamped(&self, pages: &[FaxPage], attempt: &Attempt) -> Vec<FaxPage> {
        let time = attempt.began.to_zoned(self.zone.clone()).strftime("%d.%m.%Y %H:%M %Z").to_string();
        let stamp = |(index, page)| {
            let line = header::HeaderLine {
                sender: self.sender.clone(),
                time: time.clone(),
                recipient: attempt.to.display(),
                page: index + 1,
                pages: pages.len(),
            };
            header::stamp(page, &line)
        };
        pages.iter().enumerate().map(stamp).collect()
    }
}

impl ports::Press for Press {
    async fn make(&self, job: &Job, attempt: &Attempt) -> Result<Sheet, Fault> {
        let pages = self.pages(job).await?;
        let pages = self.stamped(&pages, attempt);
        if let Some(first) = pages.first() {
            self.files.keep_picture(job.id(), attempt.number, preview::reduced(first)).await?;
        }
        let file = pdf::write(&pages);
        let sha256 = HEXLOWER.encode(&Sha256::digest(&file));
        let url = self.files.transmission(job.id(), attempt.number, file).await?;
        Ok(Sheet { url, sha256 })
    }
}

//! Times that a sender feels, in the running stack.

use std::time::{Duration, Instant};

use crate::{
    client::{Client, JobClient, NewDocument, PaymentForm, Stage, upload},
    send::{NotSent, previews},
};

use super::function::percentile;

/// How often each is measured.
const ROUNDS: usize = 5;
/// Pages of the document that is converted.
const PAGES: usize = 10;

/// Medians in milliseconds.
#[derive(Debug, serde::Serialize)]
pub(super) struct Felt {
    /// From the last byte uploaded to the last preview looked at, of ten pages.
    upload_to_preview_ms: f64,
    /// From paying to the first sight of "dialling".
    payment_to_dialling_ms: f64,
}

pub(super) async fn measure(client: &Client) -> Result<Felt, NotSent> {
    let (mut converted, mut dialled) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (job, seconds) = convert(client).await?;
        converted.push(seconds);
        dialled.push(dial(client, &job, round).await?);
    }
    Ok(Felt {
        upload_to_preview_ms: percentile(&mut converted, 50),
        payment_to_dialling_ms: percentile(&mut dialled, 50),
    })
}

async fn convert(client: &Client) -> Result<(JobClient, Duration), NotSent> {
    let file = text_pdf(PAGES);
    let opened = client.open_job("en", &[NewDocument { name: "ten.pdf".to_owned(), bytes: file.len() as u64 }]).await?;
    let job = client.job(&opened.job, &opened.secret);
    let form = opened.uploads.first().ok_or_else(|| NotSent::Otherwise("no upload".to_owned()))?;
    let uploaded = upload(client.http(), form, &file).await?;
    let begun = Instant::now();
    if uploaded.status != 204 {
        return Err(NotSent::Otherwise(format!("the storage answered {}", uploaded.status)));
    }
    let view = job.until_stage(Stage::Ready, 60).await?;
    let shown = previews(client, &view).await?;
    let seconds = begun.elapsed();
    if shown.len() == PAGES {
        Ok((job, seconds))
    } else {
        Err(NotSent::Otherwise(format!("{} pages of {PAGES}", shown.len())))
    }
}

/// Each round dials a number of its own: two faxes to one number wait for each other.
async fn dial(client: &Client, job: &JobClient, round: usize) -> Result<Duration, NotSent> {
    let to = format!("+4930231259{}", 20 + round);
    let quote = job.quote(&to, None).await?;
    let page = job.checkout(&to, "bench@example.org", &quote.price, "en").await?;
    PaymentForm::new(client.http(), &page.url).pay("card").await?;
    let begun = Instant::now();
    job.until("dialling", 60, |view| !view.attempts.is_empty()).await?;
    let seconds = begun.elapsed();
    job.until_stage(Stage::Delivered, 120).await?;
    Ok(seconds)
}

/// A PDF with so many pages full of lines of text, written out by hand (ISO 32000-2, section 7.5).
fn text_pdf(pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for page in 0..pages {
        let line = |row| {
            format!("({row:02} Page {} of a document long enough to be a letter with a few sheets.) Tj T*", page + 1)
        };
        let lines = (0..52).map(line).collect::<Vec<_>>().join("\n");
        let content = format!("BT /F1 11 Tf 14 TL 56 780 Td\n{lines}\nET");
        let resources = "/Resources << /Font << /F1 3 0 R >> >>";
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {} 0 R >>",
            5 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    with_cross_references(&objects)
}

fn with_cross_references(objects: &[String]) -> Vec<u8> {
    let (mut body, mut places) = ("%PDF-1.7\n".to_owned(), vec!["0000000000 65535 f \n".to_owned()]);
    for (index, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", body.len()));
        body = format!("{body}{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let (start, count) = (body.len(), places.len());
    let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    format!("{body}xref\n0 {count}\n{}{trailer}", places.concat()).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cross_references_point_at_the_objects() {
        let file = String::from_utf8(text_pdf(2)).unwrap();
        let table = file.split("xref\n").nth(1).unwrap();
        for (number, line) in table.lines().skip(2).take(7).enumerate() {
            let at: usize = line[..10].parse().unwrap();
            assert!(file[at..].starts_with(&format!("{} 0 obj", number + 1)), "{line}");
        }
    }
}

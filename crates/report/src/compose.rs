//! Sets the facts as a page.
//!
//! Facts left, the picture right, and everything that grows (attempts, files) below, so that an ordinary fax has a report
//! of one page and a difficult one of as many as it takes.

use jiff::{Timestamp, tz::TimeZone};
use justfax::{
    choices::Resolution,
    language::Page,
    redial::Outcome,
    report::{AttemptFacts, ReportFacts},
};
use krilla::metadata::DateTime;

use crate::{
    flow::{Column, Content, Flow, LEFT, NAME, SMALL, SMALL_NAME, Style, TEXT, WIDTH},
    marks::{CellKind, Ink, Part, Plan},
    typeface::{Face, Faces},
    words::{Words, outcome},
};

/// What a report says about the operator.
pub(crate) struct Letterhead<'a> {
    pub(crate) sender: &'a str,
    pub(crate) operator: &'a str,
    pub(crate) site_url: &'a str,
    pub(crate) zone: &'a TimeZone,
    pub(crate) key: &'a str,
}

/// Pixels per inch of the reduced page, half of those of a fine page: 102 across, 98 down.
const REDUCED: (f32, f32) = (102.0, 98.0);
/// Room for the picture, in points; and its left end from the margin.
const PICTURE: (f32, f32) = (212.0, 300.0);
const PICTURE_AT: f32 = WIDTH - PICTURE.0;
const FACTS: [Column; 2] = [(0.0, 116.0), (120.0, 162.0)];
const WIDE_FACTS: [Column; 2] = [(0.0, 150.0), (154.0, WIDTH - 154.0)];
const ATTEMPTS: [Column; 7] =
    [(0.0, 20.0), (22.0, 78.0), (102.0, 98.0), (202.0, 98.0), (302.0, 38.0), (342.0, 34.0), (378.0, WIDTH - 378.0)];
const FILES: [Column; 3] = [(0.0, 150.0), (154.0, 74.0), (232.0, WIDTH - 232.0)];

/// Sets a report; `picture` is the size in pixels of the reduced first page.
pub(crate) fn compose(fonts: &Faces, head: &Letterhead<'_>, facts: &ReportFacts, picture: Option<(u32, u32)>) -> Plan {
    let words = Words::of(facts.language);
    let mut flow = Flow::new(fonts);
    flow.heading(1, 20.0, words.title);
    flow.skip(2.0);
    result(&mut flow, words, facts);
    if let Some(size) = picture {
        beside(&mut flow, words, head, facts, size);
    } else {
        flow.table(&WIDE_FACTS, &facts_rows(words, head, facts), 3.0);
        flow.paragraph(SMALL, (0.0, WIDTH), words.no_picture);
    }
    flow.skip(10.0);
    attempts(&mut flow, words, head, facts);
    files(&mut flow, words, facts);
    proof(&mut flow, words, head, facts);
    let made = time(facts, head.zone, facts.made);
    flow.feet(|page, pages| {
        format!(
            "{} · {} · {} {made} · {} {page} {} {pages}",
            head.operator, facts.job, words.made, words.page, words.of
        )
    });
    flow.plan
}

/// The result in a box, which a glance finds on a bad copy too.
fn result(flow: &mut Flow<'_>, words: &Words, facts: &ReportFacts) {
    let said = match facts.result {
        Outcome::Delivered => words.delivered.to_owned(),
        other => format!("{}: {}", words.not_delivered, outcome(facts.language, other)),
    };
    flow.put(LEFT, flow.y, Ink::Frame { width: WIDTH, height: 24.0 });
    flow.skip(4.0);
    flow.paragraph(Style { face: Face::Bold, size: 12.5 }, (8.0, WIDTH - 16.0), &format!("{}: {said}", words.result));
    flow.skip(12.0);
}

/// The facts with the picture beside them.
fn beside(flow: &mut Flow<'_>, words: &Words, head: &Letterhead<'_>, facts: &ReportFacts, size: (u32, u32)) {
    let top = flow.y;
    flow.table(&FACTS, &facts_rows(words, head, facts), 3.0);
    let below = flow.y;
    let (width, height) = fitted(size);
    let x = LEFT + PICTURE_AT;
    let drawn = flow.put(x, top, Ink::Picture { width, height });
    flow.put(x, top, Ink::Frame { width, height });
    flow.plan.parts.push(Part::Figure(format!("{}, {}", words.picture, facts.job), vec![drawn]));
    flow.y = top + height + 3.0;
    flow.paragraph(SMALL, (PICTURE_AT, PICTURE.0), words.picture);
    flow.y = flow.y.max(below);
}

/// Size on paper of a picture of so many pixels, in its own proportions within its room.
fn fitted((columns, rows): (u32, u32)) -> (f32, f32) {
    #[expect(clippy::cast_precision_loss, reason = "a page is far smaller than 2^24 pixels")]
    let (width, height) = (columns.max(1) as f32 / REDUCED.0, rows.max(1) as f32 / REDUCED.1);
    let scale = (PICTURE.0 / width).min(PICTURE.1 / height);
    (width * scale, height * scale)
}

fn fact(name: &str, value: String) -> Vec<Content> {
    vec![(CellKind::RowName, NAME, name.to_owned()), (CellKind::Fact, TEXT, value)]
}

fn facts_rows(words: &Words, head: &Letterhead<'_>, facts: &ReportFacts) -> Vec<Vec<Content>> {
    let resolution = match facts.resolution {
        Resolution::Standard => words.standard,
        Resolution::Fine => words.fine,
    };
    let confirmed = facts.pages_confirmed.map_or(words.not_told.to_owned(), |pages| pages.to_string());
    vec![
        fact(words.sender, head.sender.to_owned()),
        fact(words.recipient, facts.recipient.clone()),
        fact(words.csid, facts.csid.clone().unwrap_or_else(|| words.no_csid.to_owned())),
        fact(words.began, time(facts, head.zone, facts.began)),
        fact(words.ended, time(facts, head.zone, facts.ended)),
        fact(words.zone, head.zone.iana_name().unwrap_or("UTC").to_owned()),
        fact(words.duration, length(facts.seconds).unwrap_or_else(|| words.not_told.to_owned())),
        fact(words.pages, format!("{confirmed} {} {}", words.of, facts.pages)),
        fact(words.resolution, resolution.to_owned()),
        fact(words.speed, words.not_told.to_owned()),
        fact(words.job, facts.job.clone()),
        fact(words.price, price(words, facts)),
    ]
}

fn price(words: &Words, facts: &ReportFacts) -> String {
    let (price, vat) = (facts.language.amount(facts.price), facts.language.amount(facts.vat));
    format!("{price} ({} {} %: {vat})", words.vat, facts.vat_percent)
}

fn attempts(flow: &mut Flow<'_>, words: &Words, head: &Letterhead<'_>, facts: &ReportFacts) {
    flow.heading(2, 10.5, words.attempts);
    flow.skip(2.0);
    let mut rows = vec![column_names(&words.attempt_columns)];
    rows.extend(facts.attempts.iter().map(|attempt| attempt_row(words, head.zone, facts, attempt)));
    flow.table(&ATTEMPTS, &rows, 1.5);
    flow.skip(7.0);
}

fn attempt_row(words: &Words, zone: &TimeZone, facts: &ReportFacts, attempt: &AttemptFacts) -> Vec<Content> {
    let ended = attempt.outcome.map_or(words.not_told, |ended| outcome(facts.language, ended));
    let code = attempt.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    let cells = [
        attempt.number.to_string(),
        attempt.to.clone(),
        time(facts, zone, attempt.began),
        attempt.ended.map(|at| time(facts, zone, at)).unwrap_or_default(),
        length(attempt.seconds).unwrap_or_default(),
        attempt.pages.map(|pages| pages.to_string()).unwrap_or_default(),
        format!("{ended}{code}"),
    ];
    cells.into_iter().map(|text| (CellKind::Fact, SMALL, text)).collect()
}

fn files(flow: &mut Flow<'_>, words: &Words, facts: &ReportFacts) {
    flow.heading(2, 10.5, words.files);
    flow.skip(2.0);
    let mut rows = vec![column_names(&words.file_columns)];
    let small = |text: String| (CellKind::Fact, SMALL, text);
    rows.extend(facts.documents.iter().map(|document| {
        let size = format!("{}, {}", document.pages, document.bytes);
        vec![small(document.name.clone()), small(size), small(document.sha256.clone())]
    }));
    if let Some(sha256) = facts.sent_sha256() {
        rows.push(vec![small(words.sent_file.to_owned()), small(facts.pages.to_string()), small(sha256.to_owned())]);
    }
    flow.table(&FILES, &rows, 1.5);
    flow.skip(1.0);
    flow.paragraph(SMALL, (0.0, WIDTH), words.hashes);
    flow.skip(7.0);
}

fn proof(flow: &mut Flow<'_>, words: &Words, head: &Letterhead<'_>, facts: &ReportFacts) {
    flow.heading(2, 10.5, words.proves);
    flow.skip(2.0);
    let receipt = if facts.result == Outcome::Delivered { words.proof } else { words.no_proof };
    flow.paragraph(TEXT, (0.0, WIDTH), receipt);
    flow.skip(2.0);
    if facts.country.as_deref() == Some("DE") {
        flow.paragraph(TEXT, (0.0, WIDTH), words.form);
        flow.skip(2.0);
    }
    flow.paragraph(TEXT, (0.0, WIDTH), words.source);
    flow.skip(6.0);
    let path = facts.language.path(Page::Verify);
    let site = format!("{} {}). {} {}{}", words.signed, head.key, words.check, head.site_url, path);
    flow.paragraph(TEXT, (0.0, WIDTH), &site);
}

fn column_names(names: &[&str]) -> Vec<Content> {
    names.iter().map(|name| (CellKind::ColumnName, SMALL_NAME, (*name).to_owned())).collect()
}

fn time(facts: &ReportFacts, zone: &TimeZone, at: Timestamp) -> String {
    facts.language.time(at, zone)
}

/// Minutes and seconds.
fn length(seconds: Option<u32>) -> Option<String> {
    seconds.map(|all| format!("{}:{:02} min", all / 60, all % 60))
}

/// A time for the PDF's own fields, in UTC.
pub(crate) fn date(at: Timestamp) -> DateTime {
    let at = at.to_zoned(TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

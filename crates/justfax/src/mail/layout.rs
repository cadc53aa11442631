//! The same words as plain text and as HTML, without anything remote.

use super::Words;
use crate::language::Language;

/// Styles stand in the elements: many mail programs drop style sheets.
const BODY_STYLE: &str =
    "font-family:system-ui,sans-serif;line-height:1.5;max-width:40em;margin:0 auto;padding:1em;overflow-wrap:anywhere";
/// Columns of fixed shares: a hash or an id is broken where the row ends, instead of making the page wider than a phone.
const TABLE_STYLE: &str = "width:100%;table-layout:fixed;border-collapse:collapse";
const NAME_STYLE: &str = "width:38%;text-align:left;vertical-align:top;padding:.25em .75em .25em 0;font-weight:normal";
const VALUE_STYLE: &str = "vertical-align:top;padding:.25em 0;word-break:break-word;overflow-wrap:anywhere";

pub(super) fn as_text(words: &Words) -> String {
    let mut parts = words.paragraphs.clone();
    parts.extend((!words.facts.is_empty()).then(|| text_table(&words.facts)));
    for (title, rows) in &words.sections {
        parts.push(format!("{title}\n{}\n{}", "-".repeat(title.chars().count()), text_table(rows)));
    }
    parts.push(words.closing.clone());
    format!("{}\n", parts.join("\n\n"))
}

fn text_table(rows: &[(String, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let row = |(name, value): &(String, String)| {
        let gap = " ".repeat(width - name.chars().count());
        format!("{name}:{gap} {value}")
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

pub(super) fn as_html(words: &Words, language: Language) -> String {
    let paragraph = |text: &String| {
        let shown = escape(text);
        if is_address(text) { format!("<p><a href=\"{shown}\">{shown}</a></p>") } else { format!("<p>{shown}</p>") }
    };
    let section = |(title, rows): &(String, Vec<(String, String)>)| {
        format!("<h2 style=\"font-size:1.1em\">{}</h2>\n{}", escape(title), html_table(rows))
    };
    let mut parts: Vec<String> = words.paragraphs.iter().map(paragraph).collect();
    parts.extend((!words.facts.is_empty()).then(|| html_table(&words.facts)));
    parts.extend(words.sections.iter().map(section));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head>\n<body style=\"{BODY_STYLE}\">\n<h1 style=\"font-size:1.3em\">{title}</h1>\n\
         {parts}\n<p>{closing}</p>\n</body></html>\n",
        lang = language.as_str(),
        title = escape(&words.subject),
        parts = parts.join("\n"),
        closing = escape(&words.closing).replace('\n', "<br>"),
    )
}

fn html_table(rows: &[(String, String)]) -> String {
    let row = |(name, value): &(String, String)| {
        let (name, value) = (escape(name), escape(value));
        format!(
            "<tr><th scope=\"row\" style=\"{NAME_STYLE}\">{name}</th><td style=\"{VALUE_STYLE}\"><strong>{value}</strong></td></tr>"
        )
    };
    format!("<table style=\"{TABLE_STYLE}\">\n{}\n</table>", rows.iter().map(row).collect::<Vec<_>>().join("\n"))
}

/// Whether a paragraph is an address of the site and nothing else, which becomes a link.
fn is_address(paragraph: &str) -> bool {
    paragraph.starts_with("http") && paragraph.contains("://") && !paragraph.contains(char::is_whitespace)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

//! The table, and the totals that the project holds itself to.
#![expect(clippy::print_stdout, reason = "the table is what the program is run for")]

use super::Row;
use super::tools::Tool;

/// Prints a line for each document and the totals over documents that were not tuned on.
pub(crate) fn print(rows: &[Row], tools: &[Tool]) {
    let names: Vec<String> = tools.iter().map(|tool| format!("{:>30}", tool.name())).collect();
    println!("{:<34}{}", "words missed %, KB, CPU ms a page", names.concat());
    let mut documents: Vec<(&str, bool)> = rows.iter().map(|row| (row.document.as_str(), row.tuning)).collect();
    documents.dedup();
    for (document, tuning) in documents {
        let cells = tools.iter().map(|tool| cell(find(rows, document, tool.name())));
        println!("{:<34}{}", format!("{document}{}", if tuning { " *" } else { "" }), cells.collect::<String>());
    }
    println!("* looked at while constants were chosen; not in the totals");
    for kind in ["text", "picture", "photograph"] {
        println!("\n{kind}: means of documents not looked at while constants were chosen");
        for tool in tools {
            total(rows, kind, *tool);
        }
    }
}

/// The line of one program over the documents of one kind.
fn total(rows: &[Row], kind: &str, tool: Tool) {
    let reported: Vec<&Row> =
        rows.iter().filter(|row| !row.tuning && row.kind == kind && row.tool == tool.name()).collect();
    let ratio = |row: &&Row, of: fn(&Row) -> f64| Some((of(row) / of(find(rows, &row.document, "justfax")?)).ln());
    let times = |of: fn(&Row) -> f64| mean(reported.iter().filter_map(|row| ratio(row, of))).exp();
    println!(
        "{:<10} {:>2} documents  words missed {:>6.2} %  characters wrong {:>6.2} %  similarity {:>5.1} %  {:>7.1} KB/page, {:>5.2} x ours  CPU {:>5.2} x ours  peak {:>6.1} MiB",
        tool.name(),
        reported.len(),
        mean(reported.iter().filter_map(|row| row.words_missing)),
        mean(reported.iter().filter_map(|row| row.character_error)),
        mean(reported.iter().filter_map(|row| row.similarity)),
        mean(reported.iter().map(|row| row.bytes_per_page / 1000.0)),
        times(|row| row.bytes_per_page),
        times(|row| row.cpu_ms_per_page),
        reported.iter().filter_map(|row| row.peak_mib).fold(0.0, f64::max),
    );
}

fn find<'r>(rows: &'r [Row], document: &str, tool: &str) -> Option<&'r Row> {
    rows.iter().find(|row| row.document == document && row.tool == tool)
}

fn cell(row: Option<&Row>) -> String {
    let Some(row) = row else { return format!("{:>30}", "-") };
    let words = row.words_missing.map_or_else(|| "-".to_owned(), |words| format!("{words:.1}"));
    format!("{words:>12}{:>9.1}{:>9.1}", row.bytes_per_page / 1000.0, row.cpu_ms_per_page)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

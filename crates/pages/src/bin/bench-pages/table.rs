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
    for tool in tools {
        let reported: Vec<&Row> = rows.iter().filter(|row| !row.tuning && row.tool == tool.name()).collect();
        let ratios: Vec<f64> = reported
            .iter()
            .filter_map(|row| Some(row.cpu_ms_per_page / find(rows, &row.document, "justfax")?.cpu_ms_per_page))
            .collect();
        println!(
            "{:<10} words missed {:>6.2} %  characters wrong {:>6.2} %  {:>7.1} KB/page  CPU {:>5.2} x ours (geometric mean)  peak {:>6.1} MiB",
            tool.name(),
            mean(reported.iter().filter_map(|row| row.words_missing)),
            mean(reported.iter().filter_map(|row| row.character_error)),
            mean(reported.iter().map(|row| row.bytes_per_page / 1000.0)),
            mean(ratios.iter().map(|ratio| ratio.ln())).exp(),
            reported.iter().filter_map(|row| row.peak_mib).fold(0.0, f64::max),
        );
    }
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

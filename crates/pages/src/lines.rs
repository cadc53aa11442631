//! Breaking text into lines.

/// Breaks a line between words, and within words that no line can hold, into lines that `fit`. Nothing is lost: the
/// lines put together are the text, except that spaces at a break may hang over.
pub(crate) fn broken(line: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    if fits(line) {
        return vec![line.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in line.split_inclusive(' ') {
        if push_if(&mut lines, word, |longer| fits(longer.trim_end())) {
            continue;
        }
        lines.push(String::new());
        for letter in word.chars() {
            let letter = letter.to_string();
            if !push_if(&mut lines, &letter, |longer| fits(longer.trim_end())) {
                lines.push(letter);
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Adds `more` to the last line if it fits then.
fn push_if(lines: &mut [String], more: &str, fits: impl Fn(&str) -> bool) -> bool {
    let Some(last) = lines.last_mut() else { return false };
    let before = last.len();
    last.push_str(more);
    let fit = fits(last);
    if !fit {
        last.truncate(before);
    }
    fit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        let lines = broken("one two three four", |line| line.len() <= 8);
        assert_eq!(lines, ["one two ", "three ", "four"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        assert_eq!(broken("abcdefgh ij", |line| line.len() <= 3), ["abc", "def", "gh ", "ij"]);
    }

    #[test]
    fn a_line_too_narrow_for_a_letter_ends_anyway() {
        assert_eq!(broken("ab", str::is_empty).concat(), "ab");
    }
}

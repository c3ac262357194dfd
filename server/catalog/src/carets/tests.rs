use super::*;

/// The stripped text, then one line an assertion: line, place, id, and the line as written.
fn check(text: &str, stripped: &str, expected: &[&str]) {
    let (text, assertions, malformed) = strip_carets(text);
    assert_eq!(text, stripped);
    assert_eq!(assertions.iter().map(shown).collect::<Vec<_>>(), expected);
    assert_eq!(malformed, []);
}

fn shown(assertion: &Assertion) -> String {
    let Assertion { concept, present, line, written_line, expected } = assertion;
    let place = match expected {
        Expected::Exactly { column, width } => format!("{column}+{width}"),
        Expected::StartsLine => "start".to_owned(),
    };
    format!("{line} {place} {}{concept} @{written_line}", if *present { "" } else { "!" })
}

fn malformed(text: &str) -> Vec<(u32, String)> {
    let (_, assertions, malformed) = strip_carets(text);
    assert_eq!(assertions, []);
    malformed
}

#[test]
fn carets_mark_the_characters_above_them() {
    check("x = yield y\n#   ^^^^^ yield-value\n", "x = yield y\n", &["0 4+5 yield-value @1"]);
    check("    é = 1\n    # ^ a\n", "    é = 1\n", &["0 6+1 a @1"]);
    check("(l := 1)\n#^ a\n", "(l := 1)\n", &["0 1+1 a @1"]);
}

#[test]
fn one_comment_asserts_several_concepts_and_absences() {
    check(
        "a or b\n# ^^ one-id !two-2 three  \n",
        "a or b\n",
        &["0 2+2 one-id @1", "0 2+2 !two-2 @1", "0 2+2 three @1"],
    );
}

#[test]
fn arrows_mark_what_carets_cannot_reach() {
    check("x = 1\n# <- !a\n", "x = 1\n", &["0 start !a @1"]);
    check("for x in y: z\n# <~3 a\n", "for x in y: z\n", &["0 0+3 a @1"]);
    check(" x = 1\n# <~1 a\n", " x = 1\n", &["0 1+1 a @1"]);
}

#[test]
fn carets_pass_output_blank_lines_and_other_carets() {
    let text = "print(x)\n#> ^ 1\n    #> 2\n\n# <~5 a\n#     ^ b\nx\n# <- c";
    check(text, "print(x)\n#> ^ 1\n    #> 2\n\nx\n", &["0 0+5 a @4", "0 6+1 b @5", "4 start c @7"]);
}

#[test]
fn an_ordinary_comment_stays_and_is_code() {
    let text = "x = 1\n# the name `x`\n# <~14 a\n## ^^ b\nx  # ^ c\n";
    check(text, "x = 1\n# the name `x`\n## ^^ b\nx  # ^ c\n", &["1 0+14 a @2"]);
}

#[test]
fn other_text_is_kept_byte_for_byte() {
    for text in ["", "\n\n", "x\r\n\ty", "# comment\r\n", "é\u{2028}#x\n"] {
        check(text, text, &[]);
    }
    check("x\r\n# <- a\r\ny", "x\r\ny", &["0 start a @1"]);
}

#[test]
fn malformed_carets_are_reported_by_line_and_taken_out() {
    for line in [
        "# ^^",
        "# ^^ Not-An-Id",
        "# ^^ a B",
        "#  ^^a",
        "# <-",
        "# <-a",
        "# <~ a",
        "# <~0 a",
        "# <~+1 a",
        "# <~99999999999 a",
        "# ^x a",
        "# ^ !",
        "# ^ !!a",
        "# ^ é",
        "# ^ 2a",
    ] {
        let text = format!("x = 1\n{line}\ny\n");
        let found = malformed(&text);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert_eq!(found[0].0, 1);
        assert_eq!(strip_carets(&text).0, "x = 1\ny\n");
    }
}

#[test]
fn carets_above_any_code_are_malformed() {
    assert_eq!(malformed("#> 1\n\n# ^ a\nx\n")[0].0, 2);
}

#[test]
fn a_width_needs_code_in_column_0_or_1() {
    let found = malformed("    x = 1\n# <~1 a\n");
    assert!(found[0].1.contains("under column 4"), "{found:?}");
}

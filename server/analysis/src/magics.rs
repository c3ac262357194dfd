//! What IPython adds to Python, put out of the parser's sight.
//!
//! Magics (`%run`), shell commands (`!ls`) and questions (`x?`) are no Python. [`mask`] replaces each by a call of as many
//! bytes, which is what IPython makes of it, so that every offset stays and the code around it is what it was. They are
//! recognised where a statement begins, and behind the `=` of an assignment; so brackets, strings and continued lines are
//! followed, and `%` stays an operator inside them. A cell magic hides the cell, unless its body is Python.

use std::borrow::Cow;
use std::ops::Range;

use crate::Span;

/// A text of the same length as the cell's that is Python as far as the cell is.
pub(crate) struct Masked<'t> {
    /// The text to parse.
    pub(crate) text: Cow<'t, str>,
    /// What was replaced. Nothing that is found in it is the reader's.
    pub(crate) magics: Vec<Span>,
}

/// Cell magics that run their body as the cell's own Python.
const PYTHON_BODIES: [&str; 12] = [
    "capture",
    "debug",
    "ipytest",
    "lprun",
    "memit",
    "mprun",
    "prun",
    "pyinstrument",
    "scalene",
    "snakeviz",
    "time",
    "timeit",
];

/// What a line of IPython's own begins with; no statement of Python does.
const ESCAPES: &[u8] = b"%!?,;/";

/// Mask what isn't Python in a cell.
pub(crate) fn mask(text: &str) -> Masked<'_> {
    let magics = magics(text);
    if magics.is_empty() {
        return Masked { text: Cow::Borrowed(text), magics: Vec::new() };
    }
    let mut bytes = text.as_bytes().to_vec();
    for magic in &magics {
        fill(&mut bytes[magic.clone()]);
    }
    // A magic begins with a character of one byte and ends with its line, so no character is cut.
    let text = String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned);
    let magics = magics.iter().map(|magic| Span { start: magic.start as u32, end: magic.end as u32 });
    Masked { text, magics: magics.collect() }
}

/// A call on the first line, blanks on those that continue it.
fn fill(magic: &mut [u8]) {
    let first_line = magic.iter().position(|byte| ends_line(*byte)).unwrap_or(magic.len());
    let (call, rest) = magic.split_at_mut(first_line);
    match call {
        [name @ .., open, close] => {
            name.fill(b'z');
            (*open, *close) = (b'(', b')');
        }
        [only] => *only = b'0',
        [] => {}
    }
    rest.iter_mut().filter(|byte| !ends_line(**byte)).for_each(|byte| *byte = b' ');
}

/// The places to mask, in order.
fn magics(text: &str) -> Vec<Range<usize>> {
    let mut magics = Vec::new();
    let mut lexer = Lexer::default();
    let mut is_head = true;
    let mut lines = lines(text);
    while let Some(line) = lines.next() {
        let code = text[line.clone()].trim_start();
        let start = line.end - code.len();
        match cell_magic(code) {
            _ if is_head && code.is_empty() => continue,
            Some(name) if is_head && PYTHON_BODIES.contains(&name) => {
                magics.push(start..line.end);
                continue;
            }
            Some(_) if is_head => {
                magics.push(start..text.len());
                break;
            }
            _ => is_head = false,
        }
        if let Some(start) = lexer.magic_on(text.as_bytes(), line.clone()) {
            let mut end = line.end;
            while text[start..end].ends_with('\\') {
                let Some(next) = lines.next() else { break };
                end = next.end;
            }
            magics.push(start..end);
        }
    }
    magics
}

/// The name of the cell magic that a line begins with.
fn cell_magic(code: &str) -> Option<&str> {
    let name = code.strip_prefix("%%")?;
    let end = name.find(|c: char| c.is_whitespace()).unwrap_or(name.len());
    (end > 0).then(|| &name[..end])
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let end = text[from..].find(['\n', '\r']).map(|length| from + length);
        start = end.map(|end| end + if text[end..].starts_with("\r\n") { 2 } else { 1 });
        Some(from..end.unwrap_or(text.len()))
    })
}

fn ends_line(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// What is open at a place: just enough of Python's tokens to know where a statement begins.
#[derive(Default)]
struct Lexer {
    brackets: u32,
    string: Option<Quotes>,
    is_continued: bool,
}

#[derive(Clone, Copy)]
struct Quotes {
    mark: u8,
    is_triple: bool,
}

impl Lexer {
    /// Read a line; where its magic begins, if it holds one.
    fn magic_on(&mut self, text: &[u8], line: Range<usize>) -> Option<usize> {
        let begins_statement = self.brackets == 0 && self.string.is_none() && !self.is_continued;
        self.is_continued = false;
        let first = skip_blanks(text, line.clone());
        if begins_statement && text[first..line.end].first().is_some_and(|byte| ESCAPES.contains(byte)) {
            return Some(first);
        }
        let mut may_assign = begins_statement;
        let mut at = first;
        while at < line.end {
            if let Some(quotes) = self.string {
                at = self.read_string(text, at..line.end, quotes);
                continue;
            }
            match text[at] {
                b'#' => break,
                b'\\' => self.is_continued = at + 1 == line.end,
                b'(' | b'[' | b'{' => self.brackets += 1,
                b')' | b']' | b'}' => self.brackets = self.brackets.saturating_sub(1),
                b'=' if may_assign && self.brackets == 0 && is_assignment(text, at, line.end) => {
                    may_assign = false;
                    let value = skip_blanks(text, at + 1..line.end);
                    if is_magic_value(&text[value..line.end]) {
                        return Some(value);
                    }
                }
                b'?' if begins_statement && self.brackets == 0 && is_last(&text[at..line.end]) => return Some(first),
                mark @ (b'\'' | b'"') => {
                    let is_triple = text[at..line.end].starts_with(&[mark; 3]);
                    self.string = Some(Quotes { mark, is_triple });
                    at += if is_triple { 2 } else { 0 };
                }
                _ => {}
            }
            at += 1;
        }
        // A string that its line should have ended is an error; what follows isn't in it.
        let goes_on = text[..line.end].ends_with(b"\\");
        self.string = self.string.filter(|quotes| quotes.is_triple || goes_on);
        None
    }

    /// Read one step of a string; where to go on.
    fn read_string(&mut self, text: &[u8], rest: Range<usize>, Quotes { mark, is_triple }: Quotes) -> usize {
        let length = if is_triple { 3 } else { 1 };
        if text[rest.start] == b'\\' {
            return rest.start + 2;
        }
        if text[rest.clone()].starts_with(&[mark; 3][..length]) {
            self.string = None;
            return rest.start + length;
        }
        rest.start + 1
    }
}

fn skip_blanks(text: &[u8], line: Range<usize>) -> usize {
    let is_code = |byte: &u8| *byte != b' ' && *byte != b'\t';
    text[line.clone()].iter().position(is_code).map_or(line.end, |count| line.start + count)
}

/// Whether the `=` here is a token of its own.
fn is_assignment(text: &[u8], at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).map(|before| text[before]);
    let after = text[at..end].get(1);
    !before.is_some_and(|byte| b"=<>!:+-*/%&|^@".contains(&byte)) && after != Some(&b'=')
}

fn is_magic_value(value: &[u8]) -> bool {
    match value {
        [b'!', ..] => true,
        [b'%', name, ..] => name.is_ascii_alphabetic() || *name == b'_',
        _ => false,
    }
}

/// Whether nothing but question marks and blanks is left of a line.
fn is_last(rest: &[u8]) -> bool {
    rest.iter().all(|byte| b"? \t".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell and what the parser sees of it; `·` is a blank.
    const CELLS: &[(&str, &str)] = &[
        // A line of IPython's own is a call.
        ("%matplotlib inline", "zzzzzzzzzzzzzzzz()"),
        ("x = 1\n%time f(x)\ny", "x = 1\nzzzzzzzz()\ny"),
        ("!ls\n!!ls\n?x\n??x", "z()\nzz()\n()\nz()"),
        ("if x:\n    !pip install é\n", "if x:\n    zzzzzzzzzzzzz()\n"),
        ("%\n!x", "0\n()"),
        ("!ls \\\n  -l \\\n -a\nx", "zzz()\n······\n···\nx"),
        ("!ls \\\r\n -l\r\nx", "zzz()\r\n···\r\nx"),
        ("!ls\r%cd\rx", "z()\rz()\rx"),
        (",f a b", "zzzz()"),
        // Questions.
        ("x?\nx.y??\n  f?  ", "()\nzzz()\n  zz()"),
        ("f('?')\n'a?'\n# why?\nx = 1 # ?", "f('?')\n'a?'\n# why?\nx = 1 # ?"),
        ("f(\na?\n)", "f(\na?\n)"),
        ("x ? y", "x ? y"),
        // Values.
        ("files = !ls -l", "files = zzzz()"),
        ("t = %timeit -o f(it's)\nx", "t = zzzzzzzzzzzzzzzz()\nx"),
        ("a, b[f(x=1)] = %magic", "a, b[f(x=1)] = zzzz()"),
        ("x = y = !ls", "x = y = !ls"),
        ("x == !y", "x == !y"),
        // Operators and strings stay.
        ("x = 5 \\\n% 3", "x = 5 \\\n% 3"),
        ("x = (5\n% y\n)\n%cd", "x = (5\n% y\n)\nz()"),
        ("x = a %b\ny %= 3", "x = a %b\ny %= 3"),
        ("s = '''\n%cd\n!ls ?\n'''\n!ls", "s = '''\n%cd\n!ls ?\n'''\nz()"),
        ("s = \"a\\\n%cd\"\n%cd", "s = \"a\\\n%cd\"\nz()"),
        ("s = r'\\'\n%cd", "s = r'\\'\nz()"),
        ("s = 'unclosed\n%cd", "s = 'unclosed\nz()"),
        ("d = {'a': '%s' % x,\n'b': 1}\n%cd", "d = {'a': '%s' % x,\n'b': 1}\nz()"),
        ("x = ')' # (\n%cd", "x = ')' # (\nz()"),
        ("f(a)) \n%cd", "f(a)) \nz()"),
        ("x != y", "x != y"),
        // Cell magics.
        ("%%bash\necho (\nls", "zzzz()\n······\n··"),
        ("\n  %%html a\n<é>\n", "\n  zzzzzz()\n····\n"),
        ("%%time\nx = 1", "zzzz()\nx = 1"),
        ("%%capture out\n\n%%timeit -n 1\nx = 1\n%cd", "zzzzzzzzzzz()\n\nzzzzzzzzzzz()\nx = 1\nz()"),
        ("%%time\n%%bash\nls", "zzzz()\nzzzz()\n··"),
        ("x\n%%bash\nls", "x\nzzzz()\nls"),
        ("", ""),
        ("%%", "()"),
    ];

    #[test]
    fn what_is_not_python_becomes_a_call_of_the_same_length() {
        for (cell, seen) in CELLS {
            let masked = mask(cell);
            assert_eq!(masked.text.replace("·", " "), seen.replace('·', " "), "{cell:?}");
            assert_eq!(masked.text.len(), cell.len(), "{cell:?}");
            assert_eq!(masked.magics.is_empty(), masked.text == *cell, "{cell:?}");
        }
    }

    #[test]
    fn a_value_that_is_masked_is_one_expression() {
        let tree = crate::parse(&mask("x = !ls\n%cd\nif x:\n    %%time f()\n").text, None);
        assert!(!tree.root_node().has_error());
    }
}

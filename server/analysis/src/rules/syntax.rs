//! The text of a `detect.scm` as items with places. Knows the form of tree-sitter queries, not the grammar.

use std::fmt;

/// A half-open range of bytes in the rule file.
pub(super) type Place = std::ops::Range<usize>;

/// A rule as written: a pattern, or several siblings, with predicates.
#[derive(Debug, PartialEq)]
pub(super) struct RawRule {
    /// The sibling patterns; nearly always one.
    pub(super) items: Vec<RawItem>,
    /// The predicates, wherever in the rule they stand.
    pub(super) predicates: Vec<RawPredicate>,
    /// Where the whole rule stands.
    pub(super) place: Place,
}

/// A pattern within a rule.
#[derive(Debug, PartialEq)]
pub(super) struct RawItem {
    /// `left` in `left: (identifier)`.
    pub(super) field: Option<(String, Place)>,
    /// `.` in front of it.
    pub(super) anchored: bool,
    /// `?` behind it.
    pub(super) optional: bool,
    /// The names of the captures behind it, without `@`.
    pub(super) captures: Vec<(String, Place)>,
    /// What is to be matched.
    pub(super) test: RawTest,
    /// Where the item stands, field and captures left out.
    pub(super) place: Place,
}

/// What an item matches.
#[derive(Debug, PartialEq)]
pub(super) enum RawTest {
    /// `(kind …)`, `(_ …)` or `_`.
    Node {
        /// The kind, `None` for any.
        kind: Option<String>,
        /// Whether only named nodes match: `(_)`, but not `_`.
        named: bool,
        /// Patterns of children.
        children: Vec<RawItem>,
        /// `.` behind the last child.
        anchored_end: bool,
        /// Fields that must be absent: `!value`.
        absent: Vec<(String, Place)>,
    },
    /// `"yield"`
    Token(String),
    /// `[a b]`
    Alternation(Vec<RawItem>),
    /// `(a . b)` within a pattern.
    Group(Vec<RawItem>),
}

/// `(#eq? @a "b")`
#[derive(Debug, PartialEq)]
pub(super) struct RawPredicate {
    /// The name without `#`, with its `?` or `!`.
    pub(super) name: String,
    /// Captures and texts.
    pub(super) arguments: Vec<(RawArgument, Place)>,
    /// Where the predicate stands.
    pub(super) place: Place,
    /// Where its name stands.
    pub(super) name_place: Place,
}

/// An argument of a predicate.
#[derive(Debug, PartialEq)]
pub(super) enum RawArgument {
    /// `@name`, without the `@`.
    Capture(String),
    /// `"text"`, or a bare word.
    Text(String),
}

/// What is malformed, and where.
#[derive(Debug, PartialEq)]
pub(super) struct SyntaxError {
    /// Where.
    pub(super) place: Place,
    /// What was expected.
    pub(super) message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Read a rule file. Reading stops at the first error, since what follows a lost parenthesis means nothing; the rules in
/// front of it are given back.
pub(super) fn read(text: &str) -> (Vec<RawRule>, Option<SyntaxError>) {
    let mut reader = Reader { text, at: 0, predicates: Vec::new(), depth: 0 };
    let mut rules = Vec::new();
    loop {
        reader.skip_blanks();
        if reader.peek().is_none() {
            return (rules, None);
        }
        match reader.rule() {
            Ok(rule) => rules.push(rule),
            Err(error) => return (rules, Some(error)),
        }
    }
}

/// Deeper patterns than this are a mistake, and would overflow the stack.
const DEEPEST: usize = 64;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    predicates: Vec<RawPredicate>,
    depth: usize,
}

type Read<T> = Result<T, SyntaxError>;

/// What stands between the parentheses of a node or group.
#[derive(Default)]
struct Inside {
    items: Vec<RawItem>,
    absent: Vec<(String, Place)>,
    anchored_end: bool,
}

impl Reader<'_> {
    fn rule(&mut self) -> Read<RawRule> {
        let start = self.at;
        let item = self.item(false)?;
        let place = start..self.at;
        let is_group = matches!(item.test, RawTest::Group(_)) && item.captures.is_empty() && !item.optional;
        let items = match item.test {
            RawTest::Group(items) if is_group => items,
            _ => vec![item],
        };
        if items.is_empty() {
            return Err(SyntaxError { place, message: "expected a pattern in the parentheses".to_owned() });
        }
        Ok(RawRule { items, predicates: std::mem::take(&mut self.predicates), place })
    }

    fn item(&mut self, anchored: bool) -> Read<RawItem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail("a pattern nested less deeply");
        }
        let field = self.field()?;
        let start = self.at;
        let test = self.test()?;
        let place = start..self.at;
        let mut item = RawItem { field, anchored, optional: false, captures: Vec::new(), test, place };
        self.suffixes(&mut item)?;
        self.depth -= 1;
        Ok(item)
    }

    fn field(&mut self) -> Read<Option<(String, Place)>> {
        let start = self.at;
        if !self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            return Ok(None);
        }
        let name = self.word();
        let place = start..self.at;
        self.skip_blanks();
        self.expect(':', "`:` behind a field's name")?;
        self.skip_blanks();
        Ok(Some((name, place)))
    }

    fn test(&mut self) -> Read<RawTest> {
        match self.peek() {
            Some('(') => self.parenthesized(),
            Some('[') => self.alternation(),
            Some('"') => Ok(RawTest::Token(self.string()?)),
            Some('_') => {
                self.at += 1;
                Ok(RawTest::Node {
                    kind: None,
                    named: false,
                    children: Vec::new(),
                    anchored_end: false,
                    absent: Vec::new(),
                })
            }
            _ => self.fail("a pattern: `(kind …)`, `[…]`, `\"token\"` or `_`"),
        }
    }

    fn parenthesized(&mut self) -> Read<RawTest> {
        self.at += 1;
        self.skip_blanks();
        let (is_node, kind) = match self.peek() {
            Some('_') => {
                self.at += 1;
                (true, None)
            }
            Some(c) if c.is_ascii_alphabetic() => {
                let before = self.at;
                let kind = self.word();
                self.skip_blanks();
                // `(left: …)` is a group whose first item has a field.
                let is_field = self.peek() == Some(':');
                if is_field {
                    self.at = before;
                }
                (!is_field, Some(kind).filter(|_| !is_field))
            }
            _ => (false, None),
        };
        let Inside { items, absent, anchored_end } = self.inside()?;
        if is_node {
            return Ok(RawTest::Node { kind, named: true, children: items, anchored_end, absent });
        }
        if !absent.is_empty() || anchored_end {
            return self.fail("`!field` and a closing `.` only within a node's parentheses");
        }
        Ok(RawTest::Group(items))
    }

    fn inside(&mut self) -> Read<Inside> {
        let mut inside = Inside::default();
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(')') => {
                    self.at += 1;
                    return Ok(inside);
                }
                Some('.') => {
                    self.at += 1;
                    inside.anchored_end = true;
                }
                Some('!') => {
                    self.at += 1;
                    let start = self.at;
                    inside.absent.push((self.word(), start..self.at));
                }
                Some('(') if self.is_predicate() => self.predicate()?,
                Some(_) => {
                    let anchored = std::mem::take(&mut inside.anchored_end);
                    let item = self.item(anchored)?;
                    inside.items.push(item);
                }
                None => return self.fail("`)`"),
            }
        }
    }

    fn alternation(&mut self) -> Read<RawTest> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(']') if items.is_empty() => return self.fail("a pattern in the brackets"),
                Some(']') => {
                    self.at += 1;
                    return Ok(RawTest::Alternation(items));
                }
                Some(_) => items.push(self.item(false)?),
                None => return self.fail("`]`"),
            }
        }
    }

    fn suffixes(&mut self, item: &mut RawItem) -> Read<()> {
        loop {
            let before = self.at;
            self.skip_blanks();
            match self.peek() {
                Some('?') => {
                    self.at += 1;
                    item.optional = true;
                }
                Some('*' | '+') => {
                    return self.fail("no `*` or `+`: of the quantifiers only `?` is supported");
                }
                Some('@') => item.captures.push(self.capture()?),
                _ => {
                    self.at = before;
                    return Ok(());
                }
            }
        }
    }

    fn capture(&mut self) -> Read<(String, Place)> {
        let start = self.at;
        self.at += 1;
        let name = self.word();
        if name.is_empty() {
            return self.fail("a capture's name behind `@`");
        }
        Ok((name, start..self.at))
    }

    fn is_predicate(&self) -> bool {
        self.text[self.at + 1..].trim_start().starts_with('#')
    }

    fn predicate(&mut self) -> Read<()> {
        let start = self.at;
        self.at += 1;
        self.skip_blanks();
        self.at += 1;
        let name_start = self.at - 1;
        let mut name = self.word();
        if let Some(mark @ ('?' | '!')) = self.peek() {
            self.at += 1;
            name.push(mark);
        }
        let name_place = name_start..self.at;
        let mut arguments = Vec::new();
        loop {
            self.skip_blanks();
            let from = self.at;
            let argument = match self.peek() {
                Some(')') => break self.at += 1,
                Some('@') => RawArgument::Capture(self.capture()?.0),
                Some('"') => RawArgument::Text(self.string()?),
                Some(c) if c.is_ascii_alphanumeric() || c == '_' => RawArgument::Text(self.word()),
                _ => return self.fail("`@capture`, `\"text\"` or `)`"),
            };
            arguments.push((argument, from..self.at));
        }
        self.predicates.push(RawPredicate { name, arguments, place: start..self.at, name_place });
        Ok(())
    }

    fn string(&mut self) -> Read<String> {
        let start = self.at;
        let mut value = String::new();
        let mut chars = self.text[start + 1..].char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + 1 + offset + 1;
                    return Ok(value);
                }
                '\\' => match chars.next().map(|(_, escaped)| escaped) {
                    Some('n') => value.push('\n'),
                    Some('t') => value.push('\t'),
                    Some('r') => value.push('\r'),
                    Some(escaped) => value.push(escaped),
                    None => break,
                },
                '\n' => break,
                _ => value.push(c),
            }
        }
        self.fail("`\"` at the end of the text on its line")
    }

    /// A name: letters, digits, `_`, `-`, and dots within a capture.
    fn word(&mut self) -> String {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.at += length;
        rest[..length].to_owned()
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            if self.peek() != Some(';') {
                return;
            }
            self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at);
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn expect(&mut self, wanted: char, what: &str) -> Read<()> {
        if self.peek() != Some(wanted) {
            return self.fail(what);
        }
        self.at += wanted.len_utf8();
        Ok(())
    }

    fn fail<T>(&self, expected: &str) -> Read<T> {
        let found = match self.peek() {
            Some(c) => format!("found `{c}`"),
            None => "the file ends".to_owned(),
        };
        let length = self.peek().map_or(0, char::len_utf8);
        Err(SyntaxError { place: self.at..self.at + length, message: format!("expected {expected}; {found}") })
    }
}

"""Read the header of a PEP.

1. `read_header(read)`: `read()` returns the next line, "" at the end of the
   text. Return a dict of the header's fields. Stop at the first blank line or
   at the end, and fetch no line beyond. An indented line continues the field
   above it, after one space. Say what is returned with an arrow.
2. `is_final`: it works, but in a traceback it is called `<lambda>`.
"""
import io
import re
import typing

FIELD = re.compile(r"([\w-]+): (.*)")


def read_header(read) -> dict:
    header, name = {}, None
    while line := read().rstrip():
        if field := FIELD.match(line):
            name = field[1]
            header[name] = field[2]
        elif name and line.startswith(" "):
            header[name] += " " + line.strip()
    return header


def is_final(header) -> bool:
    return header.get("Status") == "Final"


# The checks: leave them as they are.

PEP = """\
PEP: 572
Author: Chris Angelico,
        Tim Peters
Status: Final

Abstract: not part of the header
"""


class Lines:
    """Hands out lines and counts the calls."""

    def __init__(self, text):
        self.source, self.calls = io.StringIO(text), 0

    def read(self):
        self.calls += 1
        if self.calls > 20:
            raise EOFError("read far beyond the end")
        return self.source.readline()


def check_fields():
    header = read_header(Lines(PEP).read)
    return header.get("PEP") == "572" and header.get("Status") == "Final"


def check_continuation():
    header = read_header(Lines(PEP).read)
    return header.get("Author") == "Chris Angelico, Tim Peters"


def check_body():
    lines = Lines(PEP)
    header = read_header(lines.read)
    return len(header) == 3 and lines.calls == 5


def check_end():
    lines = Lines("PEP: 20\nStatus: Active\n")
    header = read_header(lines.read)
    return header == {"PEP": "20", "Status": "Active"} and lines.calls == 3


def check_hint():
    hint = typing.get_type_hints(read_header).get("return")
    return hint is dict or typing.get_origin(hint) is dict


def check_name():
    return (is_final.__name__ == "is_final" and is_final({"Status": "Final"})
            and not is_final({"Status": "Draft"}))


CHECKS = [
    ("the fields of a header become a dict", check_fields),
    ("an indented line continues the field above", check_continuation),
    ("reading stops after the blank line, each line read once", check_body),
    ("a header without a blank line ends with the text", check_end),
    ("read_header says that it returns a dict", check_hint),
    ("a traceback calls is_final by its name", check_name),
]


def holds(check):
    try:
        return bool(check())
    except Exception:
        return False


if __name__ == "__main__":
    results = [(holds(check), text) for text, check in CHECKS]
    for held, text in results:
        print("ok  " if held else "no  ", text)
    raise SystemExit(not all(held for held, _ in results))

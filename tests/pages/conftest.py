"""Python fences of the topic pages, read as a reader's Markdown tool would read them."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

TOPICS = Path(__file__).resolve().parents[2] / "topics"

HEADING = re.compile(r"^## .*?(?:\{#(?P<id>[a-z0-9-]+)[^}]*\})?\s*$")
FENCE = re.compile(r"^```python(?P<words>[^`\n]*)$")
CARETS = re.compile(r"^\s*#\s*(?:\^+|<-|<~\d+)\s+!?[a-z]")
SINCE = re.compile(r"^since=(\d+)\.(\d+)$")


@dataclass
class Fence:
    """The code of one fence: its first line's number in the page, and the text without caret comments."""

    line: int
    code: str
    since: tuple[int, int] = (3, 0)


@dataclass
class Section:
    """The fences of one section that run on this interpreter, in order."""

    page: Path
    name: str
    fences: list[Fence] = field(default_factory=list)


def sections(page: Path) -> list[Section]:
    """The sections of a page that hold code which this interpreter can run."""
    found = [Section(page, "introduction")]
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), start=1))
    for number, line in lines:
        if heading := HEADING.match(line):
            found.append(Section(page, heading["id"] or line.removeprefix("## ")))
        elif opened := FENCE.match(line):
            code = []
            for _, inside in lines:
                if inside.startswith("```"):
                    break
                code.append(inside)
            words = opened["words"].split()
            if runs_here(words):
                kept = [text for text in code if not CARETS.match(text)]
                found[-1].fences.append(Fence(number + 1, "\n".join(kept) + "\n"))
    return [section for section in found if section.fences]


def runs_here(words: list[str]) -> bool:
    """Whether a fence with these words behind ``python`` runs on this interpreter."""
    since = [tuple(map(int, match.groups())) for word in words if (match := SINCE.match(word))]
    return not {"sugar", "mend", "no-run"} & set(words) and all(version <= sys.version_info[:2] for version in since)


def pages() -> list[Path]:
    """All topic pages."""
    return sorted(TOPICS.glob("[0-9]*/topic.md"))
